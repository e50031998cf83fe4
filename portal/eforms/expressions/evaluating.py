"""What an expression comes to. Total: never raises, never takes long."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException
from typing import Any

from translationstring import TranslationString

from portal.eforms.expressions.trees import PLACES, WHOLE_DIGITS, Tree
from portal.request import _

_LARGEST = Decimal(10) ** WHOLE_DIGITS
_STEP = Decimal(1).scaleb(-PLACES)
_CONTEXT = Context(prec=64, rounding=ROUND_HALF_UP, Emin=-999, Emax=999)


@dataclass(frozen=True)
class Series:
    """The values of one field in every row of a repeat group; of the group itself one True a row."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class Failure:
    """Why there is no value."""

    message: TranslationString


Value = Decimal | bool | str | date | tuple[str, ...] | Series | Failure | None
"""None: not answered. A tuple: the choices made."""
Look = Callable[[str], Value]
"""The value of a field by its name."""

DIVIDED_BY_ZERO = Failure(_("Không chia được cho 0."))
TOO_LARGE = Failure(_("Kết quả quá lớn."))
NOT_A_NUMBER = Failure(_("Phép tính này cần số."))
NOT_A_DATE = Failure(_("Phép tính này cần ngày."))
NEEDS_ONE = Failure(_("Mục trong nhóm lặp cần một hàm như tổng(…) hoặc đếm(…)."))


def evaluate(tree: Tree, look: Look) -> Value:
    """The value of a clean tree; None when an answer it needs is missing, a `Failure` when there can be none."""
    if "op" not in tree:
        return _leaf(tree, look)
    op, args = tree["op"], tree["args"]
    if op == "or":
        return any(evaluate(one, look) is True for one in args)
    if op == "and":
        return all(evaluate(one, look) is True for one in args)
    if op == "if":
        return evaluate(args[1] if evaluate(args[0], look) is True else args[2], look)
    return _OPERATIONS[op](*(evaluate(one, look) for one in args))


def holds(tree: Tree | None, look: Look) -> bool:
    """Whether a condition is met; no condition always is, and what fails is not."""
    return tree is None or evaluate(tree, look) is True


def _leaf(tree: Tree, look: Look) -> Value:
    [(kind, value)] = tree.items()
    if kind == "field":
        return look(value)
    if kind == "number":
        return Decimal(value)
    if kind == "date":
        return date.fromisoformat(value)
    literal: bool | str = value
    return literal


def _not(value: Value) -> Value:
    return value is not True


def _empty(value: Value) -> Value:
    return is_empty(value)


def is_empty(value: Value) -> bool:
    """Whether nothing was answered: a zero and a no are answers."""
    if isinstance(value, Series):
        return all(is_empty(one) for one in value.values)
    return value in (None, "", ()) or isinstance(value, Failure)


def _equal(left: Value, right: Value) -> Value:
    if isinstance(left, Failure | Series) or isinstance(right, Failure | Series):
        return False
    return _sort(left) == _sort(right) and left == right


def _sort(value: Value) -> str:
    if isinstance(value, bool):
        return "bool"
    return type(value).__name__


def _unequal(left: Value, right: Value) -> Value:
    return not _equal(left, right)


def _order(test: Callable[[Any, Any], bool]) -> Callable[[Value, Value], Value]:
    def compare(left: Value, right: Value) -> Value:
        if _sort(left) != _sort(right) or not isinstance(left, Decimal | date):
            return False
        return bool(test(left, right))

    return compare


def _in(value: Value, *among: Value) -> Value:
    if isinstance(value, tuple):
        return any(_equal(one, other) is True for one in value for other in among)
    return any(_equal(value, other) is True for other in among)


def _arithmetic(compute: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Value, Value], Value]:
    def go(left: Value, right: Value) -> Value:
        for one in (left, right):
            if isinstance(one, Failure):
                return one
            if isinstance(one, Series):
                return NEEDS_ONE
        if left is None or right is None:
            return None
        if not isinstance(left, Decimal) or not isinstance(right, Decimal):
            return NOT_A_NUMBER
        return _bounded(lambda: compute(left, right))

    return go


def _bounded(compute: Callable[[], Decimal]) -> Value:
    try:
        result = compute()
        if not result.is_finite() or abs(result) >= _LARGEST:
            return TOO_LARGE
        return _CONTEXT.quantize(result, _STEP)
    except DecimalException:
        return TOO_LARGE


def _divide(left: Value, right: Value) -> Value:
    if isinstance(right, Decimal) and right == 0 and isinstance(left, Decimal):
        return DIVIDED_BY_ZERO
    return _arithmetic(_CONTEXT.divide)(left, right)


def _negative(value: Value) -> Value:
    return _arithmetic(_CONTEXT.subtract)(Decimal(0), value)


def _values(value: Value) -> list[Value]:
    return list(value.values) if isinstance(value, Series) else [value]


def _sum(value: Value) -> Value:
    total: Value = Decimal(0)
    for one in _values(value):
        if one is not None:
            total = _arithmetic(_CONTEXT.add)(total, one)
    return total


def _count(value: Value) -> Value:
    if isinstance(value, tuple):
        return Decimal(len(value))
    return Decimal(sum(not is_empty(one) for one in _values(value)))


def _extreme(choose: Callable[[Any], Any]) -> Callable[..., Value]:
    def go(*given: Value) -> Value:
        values = [one for value in given for one in _values(value) if one is not None]
        failed = next((one for one in values if isinstance(one, Failure)), None)
        if failed is not None or not values:
            return failed
        if all(isinstance(one, Decimal) for one in values) or all(isinstance(one, date) for one in values):
            found: Value = choose(values)
            return found
        return NOT_A_NUMBER

    return go


def _between(measure: Callable[[date, date], int]) -> Callable[[Value, Value], Value]:
    def go(start: Value, end: Value) -> Value:
        for one in (start, end):
            if isinstance(one, Failure):
                return one
        if start is None or end is None:
            return None
        if not isinstance(start, date) or not isinstance(end, date):
            return NOT_A_DATE
        return Decimal(measure(start, end))

    return go


def full_years(start: date, end: date) -> int:
    """Completed years from one day to another, as an age is counted; negative when the end lies before."""
    if end < start:
        return -full_years(end, start)
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _round(value: Value, places: Value = Decimal(0)) -> Value:
    if not isinstance(places, Decimal):
        return NOT_A_NUMBER if value is not None else None
    kept = min(max(int(places), 0), PLACES)
    if value is None or isinstance(value, Failure):
        return value
    if not isinstance(value, Decimal):
        return NEEDS_ONE if isinstance(value, Series) else NOT_A_NUMBER
    return _bounded(lambda: _CONTEXT.quantize(value, Decimal(1).scaleb(-kept)))


_OPERATIONS: dict[str, Callable[..., Value]] = {
    "not": _not,
    "=": _equal,
    "!=": _unequal,
    "<": _order(lambda left, right: left < right),
    "<=": _order(lambda left, right: left <= right),
    ">": _order(lambda left, right: left > right),
    ">=": _order(lambda left, right: left >= right),
    "in": _in,
    "empty": _empty,
    "+": _arithmetic(_CONTEXT.add),
    "-": _arithmetic(_CONTEXT.subtract),
    "*": _arithmetic(_CONTEXT.multiply),
    "/": _divide,
    "neg": _negative,
    "sum": _sum,
    "count": _count,
    "min": _extreme(min),
    "max": _extreme(max),
    "days": _between(lambda start, end: (end - start).days),
    "years": _between(full_years),
    "round": _round,
}
