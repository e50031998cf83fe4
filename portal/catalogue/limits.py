"""Time limits (thời hạn giải quyết) in words: read into rows of the record, and said in words again.

Nothing is made up: what is not clearly an amount of a unit keeps its text and, where a clerk should look, has a doubt.
"""

import re
from dataclasses import dataclass, field

from portal.catalogue.data import LARGEST, Data, Unit
from portal.text import nfc

_UNITS = {
    "ngày làm việc": Unit.WORKING_DAYS,
    "giờ làm việc": Unit.WORKING_HOURS,
    "ngày": Unit.DAYS,
    "giờ": Unit.HOURS,
    "tháng": Unit.MONTHS,
    "năm": Unit.YEARS,
}
_WORDS = {
    Unit.WORKING_DAYS: ("ngày làm việc", "working day", "working days"),
    Unit.WORKING_HOURS: ("giờ làm việc", "working hour", "working hours"),
    Unit.DAYS: ("ngày", "day", "days"),
    Unit.HOURS: ("giờ", "hour", "hours"),
    Unit.MONTHS: ("tháng", "month", "months"),
    Unit.YEARS: ("năm", "year", "years"),
}
_AT_ONCE = ("Ngay trong ngày làm việc", "The same working day")
_UNIT = r"(?P<unit>ngày làm việc|giờ làm việc|ngày|giờ|tháng|năm)(?!\w)"
_LEAD = (
    r"(?:(?:thời hạn(?: giải quyết)?(?: là)?|trong(?: thời hạn| vòng| thời gian)?|không quá|tối đa"
    r"|chậm nhất(?: là)?)\s*[:,]?\s*)*"
)
_AMOUNT = re.compile(
    rf"\s*[-+*•]?\s*{_LEAD}(?P<amount>\d+)(?![.,/]?\d)\s*(?:\((?P<said>[^\W\d_][^()\d]*)\)\s*)?{_UNIT}\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ANY = re.compile(rf"\d\s*(?:\([^()]*\)\s*)?{_UNIT}", re.IGNORECASE)
_SAME_DAY = re.compile(
    r"\s*(?:giải quyết\s+)?(?:ngay\s+)?trong ngày(?: làm việc| tiếp nhận(?: hồ sơ)?)?(?!\w)\s*(?P<rest>.*)",
    re.I | re.DOTALL,
)
_UNSTATED = re.compile(r"\s*(?:không|chưa) (?:có )?quy định(?: cụ thể)?(?: về)?(?: thời (?:hạn|gian).*)?[.\s]*", re.I)
_BARE = re.compile(r"\s*\d+([.,]\d+)?\s*")
_PARTS = re.compile(r"\s*[;\n]\s*|,\s+(?=\d)")

NO_UNIT = "Thời hạn “{text}” chỉ có số, không rõ đơn vị thời gian."
NOTHING = "Thời hạn “{text}” bằng 0: không rõ là giải quyết ngay hay chưa nhập."
NOT_WHOLE = "Thời hạn “{text}” không phải số nguyên: hãy ghi theo đơn vị nhỏ hơn."
UNCLEAR = "Không đọc được thời hạn “{text}” thành số và đơn vị."
SEVERAL = "Có nhiều thời hạn nhưng không ghi từng thời hạn áp dụng cho trường hợp nào."


@dataclass
class Reading:
    """What a text says: rows for `limits` of a channel, and the doubts in words for a clerk."""

    rows: list[Data] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read(text: str | None) -> list[Data]:
    """Rows `{amount, unit, text, note}` of a text; `unit` None where it is not clearly a number of something."""
    return examine(text).rows


def examine(text: str | None) -> Reading:
    """`read`, with what is doubtful. An empty text is no limit and no doubt."""
    given = " ".join(nfc(text or "").split())
    if not given:
        return Reading()
    parts = [part for part in _split(given) if part]
    rows = [_row(part) for part in parts]
    if len(parts) > 1 and not all(row["unit"] for row in rows):
        parts, rows = [given], [_row(given)]
    doubts = [doubt for part, row in zip(parts, rows, strict=True) if (doubt := _doubt(part, row))]
    if len(rows) > 1 and not all(row["note"] for row in rows):
        doubts.append(SEVERAL)
    return Reading(rows, doubts)


def words(limit: Data, lang: str) -> str:
    """`5 ngày làm việc`, `5 working days`; where no amount is known, the text of the source. The note is not said."""
    unit, amount = limit["unit"], limit["amount"]
    english = lang == "en"
    if unit == Unit.AT_ONCE:
        return _AT_ONCE[english]
    if unit is None or amount is None:
        return str(limit["text"] or limit["note"] or "")
    vietnamese, one, many = _WORDS[Unit(unit)]
    if not english:
        return f"{amount} {vietnamese}"
    return f"{amount} {one if amount == 1 else many}"


def _split(text: str) -> list[str]:
    """At semicolons, and at commas before a further number, never within brackets."""
    parts, depth, start = [], 0, 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        found = _PARTS.match(text, place) if depth == 0 and place >= start else None
        if found:
            parts.append(text[start:place])
            start = found.end()
    return [*parts, text[start:]]


def _row(text: str) -> Data:
    row: Data = {"amount": None, "unit": None, "text": text, "note": None}
    found = _AMOUNT.fullmatch(text)
    if found and not _ANY.search(found["rest"]) and 0 < int(found["amount"]) <= LARGEST:
        unit = _UNITS[" ".join(found["unit"].lower().split())]
        return row | {"amount": int(found["amount"]), "unit": unit.value, "note": _note(found["rest"])}
    found = _SAME_DAY.fullmatch(text)
    if found and not _ANY.search(found["rest"]):
        return row | {"unit": Unit.AT_ONCE.value, "note": _note(found["rest"])}
    return row


def _note(rest: str) -> str | None:
    note = rest.strip(" ,;:")
    if note.startswith("(") and note.endswith(")") and note.find(")") == len(note) - 1:
        note = note[1:-1].strip()
    return note if any(character.isalnum() for character in note) else None


def _doubt(text: str, row: Data) -> str | None:
    if row["unit"] or _UNSTATED.fullmatch(text) or not any(character.isdigit() for character in text):
        return None
    if re.fullmatch(r"\s*0+(?![.,\d]).{0,20}", text):
        return NOTHING.format(text=text)
    if re.match(r"\s*\d+[.,]\d+\s", text):
        return NOT_WHOLE.format(text=text)
    return (NO_UNIT if _BARE.fullmatch(text) else UNCLEAR).format(text=text[:200])
