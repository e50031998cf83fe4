"""One answer: read from what was sent or stored, checked against its field, shown as text. All pure.

JSON of an answer by type: text, long_text, citizen_id (12 digits), phone (`0912345678`), email: text · number: decimal
text `12.5` · money: whole number of đồng · date: `2026-01-31` · yes_no, statement: true or false · choice: the option's
value · choices: list of them in the order of the options · address: {"province", "commune", "street"} · agency:
{"code", "name"} · files: list of {sha256, name, size, media_type} · group: list of {field id: answer}. An answer that
was not given is None, or its key is missing.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from portal.eforms.definition import MOST_ROWS, text_of
from portal.eforms.expressions.trees import NUMBER, written_number
from portal.eforms.kinds import Type

Field = Mapping[str, Any]
LONGEST_ANSWER = 20_000
MOST_MONEY = 10**15
MOST_FILES = 100

_ID = re.compile(r"[0-9]{12}")
_PHONE = re.compile(r"0[1-9][0-9]{8,9}")
_EMAIL = re.compile(r"[^\s@<>\",;:]{1,64}@[^\s@<>\",;:.]+(?:\.[^\s@<>\",;:.]+)+")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def clean_value(field: Field, given: Any) -> Any:
    """The answer in its one form; None for nothing, and for what can be no answer to this field."""
    if given is None:
        return None
    return _CLEAN[Type(field["type"])](field, given)


def fitting_phone(text: str) -> str:
    """A phone number without spaces and dots, `+84` as `0`."""
    plain = re.sub(r"[\s.\-()]", "", text)
    return "0" + plain[3:] if plain.startswith("+84") else plain


def is_citizen_id(text: str) -> bool:
    """Twelve digits (số định danh cá nhân, Law on Identification 26/2023/QH15)."""
    return bool(_ID.fullmatch(text))


def is_phone(text: str) -> bool:
    """A number of Vietnam, ten or eleven digits from 0."""
    return bool(_PHONE.fullmatch(text))


def is_email(text: str) -> bool:
    """An address that could be one; whether it exists nobody knows before a letter came back."""
    return len(text) <= 254 and bool(_EMAIL.fullmatch(text))


def as_decimal(value: Any) -> Decimal | None:
    """The number of a number or money answer."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value) if abs(value) <= MOST_MONEY else None
    if isinstance(value, str) and value.isascii() and NUMBER.fullmatch(value.removeprefix("-")):
        return Decimal(value)
    return None


def as_day(value: Any) -> date | None:
    """The day of a date answer."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _text(field: Field, given: Any) -> Any:
    text = text_of(given) if isinstance(given, str) else None
    return text[:LONGEST_ANSWER] if text else None


def _line(field: Field, given: Any) -> Any:
    text = _text(field, given)
    return " ".join(text.split()) if text else None


def _number(field: Field, given: Any) -> Any:
    number = as_decimal(given)
    return None if number is None else written_number(number)


def _money(field: Field, given: Any) -> Any:
    number = as_decimal(given)
    whole = number is not None and number == number.to_integral_value() and abs(number) <= MOST_MONEY
    return int(number) if whole and number is not None else None


def _day(field: Field, given: Any) -> Any:
    day = as_day(given)
    return day.isoformat() if day else None


def _truth(field: Field, given: Any) -> Any:
    return given if isinstance(given, bool) else None


def _choice(field: Field, given: Any) -> Any:
    return given if any(option["value"] == given for option in field["options"]) else None


def _choices(field: Field, given: Any) -> Any:
    chosen = given if isinstance(given, list | tuple | set | frozenset) else ()
    found = [option["value"] for option in field["options"] if option["value"] in chosen]
    return found or None


def _phone(field: Field, given: Any) -> Any:
    text = _line(field, given)
    return fitting_phone(text) or None if text else None


def _citizen_id(field: Field, given: Any) -> Any:
    text = _line(field, given)
    return text.replace(" ", "") if text else None


def _address(field: Field, given: Any) -> Any:
    if not isinstance(given, dict):
        return None
    row = {name: _line(field, given.get(name)) for name in ("province", "commune", "street")}
    return row if any(row.values()) else None


def _agency(field: Field, given: Any) -> Any:
    if not isinstance(given, dict):
        return None
    name = _line(field, given.get("name"))
    return {"code": _line(field, given.get("code")), "name": name} if name else None


def _files(field: Field, given: Any) -> Any:
    if not isinstance(given, list | tuple):
        return None
    rows = [row for row in map(_file, given[:MOST_FILES]) if row]
    return rows or None


def _file(given: Any) -> dict[str, Any] | None:
    row = given if isinstance(given, Mapping) else {}
    size = row.get("size")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0 or not _SHA256.fullmatch(str(row.get("sha256"))):
        return None
    named = {key: " ".join((text_of(row.get(key)) or "").split()) for key in ("name", "media_type")}
    return {"sha256": row["sha256"], "size": size, **named}


def _group(field: Field, given: Any) -> Any:
    if not isinstance(given, list | tuple):
        return None
    rows = [clean_row(field, row) for row in given[:MOST_ROWS] if isinstance(row, dict)]
    return rows or None


def clean_row(group: Field, row: Mapping[str, Any]) -> dict[str, Any]:
    """One row of a repeat group: an answer for each of its fields."""
    return {inner["id"]: clean_value(inner, row.get(inner["id"])) for inner in group["fields"]}


def _computed(field: Field, given: Any) -> Any:
    """A number as decimal text, a day, a truth as it is, or text."""
    if isinstance(given, bool):
        return given
    if isinstance(given, str):
        return _line(field, given)
    return _number(field, given)


_CLEAN: dict[Type, Callable[[Field, Any], Any]] = {
    Type.TEXT: _line,
    Type.LONG_TEXT: _text,
    Type.NUMBER: _number,
    Type.MONEY: _money,
    Type.DATE: _day,
    Type.YES_NO: _truth,
    Type.CHOICE: _choice,
    Type.CHOICES: _choices,
    Type.CITIZEN_ID: _citizen_id,
    Type.PHONE: _phone,
    Type.EMAIL: _line,
    Type.ADDRESS: _address,
    Type.AGENCY: _agency,
    Type.FILES: _files,
    Type.GROUP: _group,
    Type.COMPUTED: _computed,
    Type.STATEMENT: _truth,
    Type.PARAGRAPH: lambda field, given: None,
}
