"""The JSON tree of an expression: its shape, its limits, and what it speaks of."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.text import nfc, without_controls

Tree = dict[str, Any]

MOST_NODES = 200
DEEPEST = 25
LONGEST_TEXT = 300
WHOLE_DIGITS, PLACES = 18, 12

FIELD = re.compile(r"[a-z][a-z0-9_]{0,59}(\.[a-z][a-z0-9_]{0,59})?")
NUMBER = re.compile(r"[0-9]{1,18}(\.[0-9]{1,12})?")

OPERATORS: Mapping[str, tuple[int, int]] = {
    "or": (2, MOST_NODES),
    "and": (2, MOST_NODES),
    "not": (1, 1),
    "=": (2, 2),
    "!=": (2, 2),
    "<": (2, 2),
    "<=": (2, 2),
    ">": (2, 2),
    ">=": (2, 2),
    "in": (2, MOST_NODES),
    "empty": (1, 1),
    "+": (2, 2),
    "-": (2, 2),
    "*": (2, 2),
    "/": (2, 2),
    "neg": (1, 1),
    "sum": (1, 1),
    "count": (1, 1),
    "min": (1, MOST_NODES),
    "max": (1, MOST_NODES),
    "days": (2, 2),
    "years": (2, 2),
    "round": (1, 2),
    "if": (3, 3),
}
"""Operator → the fewest and the most arguments. `in`: the first one among the others; `days` and `years`: from, to."""


def clean_tree(given: Any) -> Tree | None:
    """The tree in its one form, or None when `given` is no tree within the limits."""
    budget = [MOST_NODES]
    return _clean(given, DEEPEST, budget)


def _clean(given: Any, depth: int, budget: list[int]) -> Tree | None:
    budget[0] -= 1
    if not isinstance(given, dict) or depth <= 0 or budget[0] < 0:
        return None
    if "op" not in given:
        return _leaf(given)
    op, args = given.get("op"), given.get("args")
    if not isinstance(op, str) or op not in OPERATORS or not isinstance(args, list):
        return None
    fewest, most = OPERATORS[op]
    if not fewest <= len(args) <= most:
        return None
    cleaned = [_clean(one, depth - 1, budget) for one in args]
    return None if any(one is None for one in cleaned) else {"op": op, "args": cleaned}


def _leaf(given: Tree) -> Tree | None:
    kind, value = next(iter(given.items())) if len(given) == 1 else ("", None)
    if kind == "bool":
        return {"bool": value} if isinstance(value, bool) else None
    read = _LEAVES.get(kind)
    return read(value) if read is not None and isinstance(value, str) else None


def _field_tree(name: str) -> Tree | None:
    return {"field": name} if FIELD.fullmatch(name) else None


def text_tree(value: str) -> Tree | None:
    """The tree of a text."""
    text = literal_text(value)
    return {"text": text} if len(text) <= LONGEST_TEXT else None


def literal_text(value: str) -> str:
    """A text as an expression can hold it: one line, NFC."""
    return " ".join(without_controls(nfc(value)).split())


def number_tree(text: str) -> Tree | None:
    """The tree of a number written with a point; a negative one is the negation of its amount."""
    sign, plain = text.startswith("-"), text.removeprefix("-")
    if not plain.isascii() or not NUMBER.fullmatch(plain):
        return None
    leaf = {"number": written_number(Decimal(plain))}
    return {"op": "neg", "args": [leaf]} if sign else leaf


def date_tree(text: str) -> Tree | None:
    """The tree of a date in ISO form."""
    try:
        return {"date": date.fromisoformat(text).isoformat()} if len(text) == 10 else None
    except ValueError:
        return None


_LEAVES = {"field": _field_tree, "text": text_tree, "number": number_tree, "date": date_tree}


def written_number(value: Decimal) -> str:
    """Without exponent and without zeros at the end: `12.5`, `1000`, `0`."""
    try:
        text = f"{value:f}"
    except (InvalidOperation, ValueError):
        return "0"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-", "-0") else text


def nodes(tree: Tree) -> Iterator[Tree]:
    """The tree and everything in it."""
    yield tree
    for one in tree.get("args", ()):
        yield from nodes(one)


def fields_of(tree: Tree | None) -> list[str]:
    """The fields that the expression speaks of, each once, in their order."""
    found = (node["field"] for node in nodes(tree) if "field" in node) if tree else iter(())
    return list(dict.fromkeys(found))


def renamed(tree: Tree | None, old: str, new: str) -> Tree | None:
    """The same expression after the field `old` was called `new`, also where it is a group or stands in one."""
    if tree is None:
        return None
    if "field" in tree:
        parts = [new if part == old else part for part in tree["field"].split(".")]
        return {"field": ".".join(parts)}
    if "op" in tree:
        return {"op": tree["op"], "args": [renamed(one, old, new) for one in tree["args"]]}
    return dict(tree)
