"""Payments (phí, lệ phí) in words: read into rows of the record, and said in words again.

Nothing is made up: an amount that is not certain stays as text, with a doubt for a clerk.
"""

import re
from dataclasses import dataclass, field

from portal.catalogue.data import LARGEST, Data, FeeKind
from portal.text import nfc

_KIND = re.compile(r"\s*[-+*•]?\s*(?P<kind>lệ phí|phí)\s*:\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_MONEY = r"(?P<amount>\d[\d.,]*)\s*(?P<currency>việt nam đồng|vnđ|vnd|đồng|đ|usd|đô la mỹ)(?!\w)"
_AMOUNT = re.compile(rf"\s*{_MONEY}\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_ANY = re.compile(rf"(?<![\w/]){_MONEY}", re.IGNORECASE)
_NOTHING = re.compile(
    r"\s*(?:không(?: có| thu(?: phí| lệ phí)?| đồng| mất phí)?|miễn(?: phí| lệ phí| thu)?)\s*"
    r"(?P<note>\([^()]*\))?[.\s]*",
    re.IGNORECASE,
)
_UNSTATED = re.compile(r"\s*[-+]?\s*(?:không|chưa) (?:có )?quy định[.\s]*", re.IGNORECASE)
_FILE = re.compile(r"\s*(?:File|Tệp) đính kèm\s*:.*", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_PARTS = re.compile(r"\s*;\s*|\s*\n\s*")
_FOREIGN = frozenset({"usd", "đô la mỹ"})
LEAST = 1000
"""VND below which an amount cannot be meant: some sources write thousands."""

TOO_SMALL = "Mức thu “{text}” quá nhỏ: có thể ghi theo nghìn đồng."
BAD_NUMBER = "Không đọc được số tiền trong “{text}”."
NO_CURRENCY = "Mức thu “{text}” không ghi đơn vị tiền."
CUT = "Phần phí, lệ phí bị cắt mất: “{text}”."
TWO_CURRENCIES = "Cùng một số tiền ghi cả VNĐ và USD: “{text}”."
SEVERAL = "Có nhiều mức thu nhưng không ghi từng mức áp dụng cho trường hợp nào."
FREE_AND_NOT = "Vừa ghi miễn phí, vừa ghi mức thu khác."


@dataclass
class Reading:
    """What a text says: rows for `fees` of a channel, and the doubts in words for a clerk."""

    rows: list[Data] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read(text: str | None) -> list[Data]:
    """Rows `{kind, amount, currency, text, note}`; `amount` None where it cannot be told, 0 for nothing to pay."""
    return examine(text).rows


def examine(text: str | None) -> Reading:
    """`read`, with what is doubtful. An empty text says nothing about payments."""
    given = nfc(text or "").strip()
    reading = Reading()
    kind = FeeKind.OTHER
    for part in _split(given):
        said = _KIND.fullmatch(part)
        if said:
            kind = FeeKind.CHARGE if said["kind"].lower() == "lệ phí" else FeeKind.FEE
        if _FILE.fullmatch(part) and reading.rows:
            reading.rows[-1]["note"] = " ".join(filter(None, (reading.rows[-1]["note"], _tidy(part))))
            continue
        _take(reading, part, said["rest"] if said else part, kind)
    _agree(reading, given)
    return reading


def words(fee: Data, lang: str) -> str:
    """`Miễn phí`, `70.000 đồng`, `10 USD`; in English `Free`, `70,000 VND`; without an amount the source's text."""
    amount, english = fee["amount"], lang == "en"
    if amount is None:
        return str(fee["text"] or fee["note"] or "")
    if amount == 0:
        return "Free" if english else "Miễn phí"
    return money(amount, fee["currency"], lang)


def money(amount: int, currency: str, lang: str) -> str:
    """`70.000 đồng`, `10 USD`; in English `70,000 VND`."""
    grouped = f"{amount:,}" if lang == "en" else f"{amount:,}".replace(",", ".")
    return f"{grouped} {'đồng' if currency == 'VND' and lang != 'en' else currency}"


def is_free(data: Data) -> bool | None:
    """Whether a procedure asks for no payment by any channel; None where one of them leaves it open."""
    fees = [fee for channel in data["channels"] for fee in channel["fees"]]
    if any(fee["amount"] for fee in fees):
        return False
    if not fees or not all(channel["fees"] for channel in data["channels"]):
        return None
    return True if all(fee["amount"] == 0 for fee in fees) else None


def mentions_payment(text: str) -> bool:
    """Whether an amount of money above nothing stands in a text."""
    return any(found["amount"].strip("0.,") for found in _ANY.finditer(text))


def _split(text: str) -> list[str]:
    """At semicolons and line ends outside of brackets; a bracket that never closes does not hold the rest."""
    parts, depth, start = [], 0, 0
    closed = text.count("(") == text.count(")")
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        found = _PARTS.match(text, place) if (depth == 0 or not closed) and place >= start else None
        if found:
            parts.append(text[start:place])
            start = found.end()
    return [part for part in (*parts, text[start:]) if part.strip()]


def _take(reading: Reading, whole: str, text: str, kind: FeeKind) -> None:
    row: Data = {"kind": kind.value, "amount": None, "currency": "VND", "text": _tidy(whole), "note": None}
    found = _AMOUNT.fullmatch(text)
    nothing = _NOTHING.fullmatch(text)
    if nothing:
        row["note"] = _note(nothing["note"] or "")
        row["amount"], row["kind"] = 0, row["kind"] if text != whole else FeeKind.OTHER.value
    elif found:
        row["currency"] = "USD" if found["currency"].lower() in _FOREIGN else "VND"
        row["amount"], doubt = _value(found["amount"], row["currency"], row["text"])
        row["note"] = _note(found["rest"])
        reading.doubts += [doubt] if doubt else []
    elif doubt := _doubt(text):
        reading.doubts.append(doubt.format(text=row["text"][:200]))
    reading.rows.append(row)


def _value(written: str, currency: str, text: str) -> tuple[int | None, str | None]:
    """The number, or why it is not one. A decimal of a foreign currency is certain, but no whole amount."""
    digits = written.rstrip(".,")
    if _THOUSANDS.fullmatch(digits):
        digits = re.sub(r"[.,]", "", digits)
    if not digits.isdecimal():
        sure = currency != "VND" and re.fullmatch(r"\d+[.,]\d{1,2}", digits)
        return None, None if sure else BAD_NUMBER.format(text=text)
    value = int(digits)
    if value > LARGEST:
        return None, BAD_NUMBER.format(text=text)
    odd = value < LEAST or (digits == written and value < 10 * LEAST and value % LEAST)
    return (None, TOO_SMALL.format(text=text)) if currency == "VND" and value and odd else (value, None)


def _doubt(text: str) -> str | None:
    """Why a part without a readable amount should be looked at; plain words need no look."""
    if _UNSTATED.fullmatch(text):
        return None
    if re.fullmatch(r"\s*(?:lệ )?phí\s*,?\s*|\s*o đồng\s*|[\s,.]*000\s*\w+", text, re.IGNORECASE):
        return CUT
    return NO_CURRENCY if re.fullmatch(r"\s*\d[\d.,]*\s*", text) else None


def _agree(reading: Reading, given: str) -> None:
    """What is said twice is one row; what contradicts itself is a doubt."""
    rows = _without_echoes(reading)
    paid = {(row["amount"], row["currency"]) for row in rows if row["amount"]}
    if any(row["amount"] == 0 for row in rows) and (paid or any(row["amount"] is None for row in rows)):
        unstated = [row for row in rows if row["amount"] is None and _UNSTATED.fullmatch(row["text"] or "")]
        if len(rows) == 1 + len(unstated):
            rows = [row for row in rows if row["amount"] == 0]
            rows[0]["note"] = " ".join(row["text"] for row in unstated)
        else:
            reading.doubts.append(FREE_AND_NOT)
    if len(rows) > 1 and len(paid) > 1 and not all(row["note"] for row in rows):
        reading.doubts.append(SEVERAL)
    reading.rows = rows


def _without_echoes(reading: Reading) -> list[Data]:
    """`900 VNĐ; 900.000 đồng` and `155 VNĐ; 155 USD` are one amount each; their texts stay."""
    kept: list[Data] = []
    for row in sorted(reading.rows, key=lambda row: row["amount"] is None):
        twin = next((other for other in kept if _same(row, other)), None)
        if twin is None:
            kept.append(row)
            continue
        if row["text"] not in twin["text"].split("; "):
            twin["text"] = f"{row['text']}; {twin['text']}"
        twin["note"] = twin["note"] or row["note"]
        if row["amount"] is None:
            reading.doubts.remove(TOO_SMALL.format(text=row["text"]))
            if twin["currency"] != "VND":
                reading.doubts.append(TWO_CURRENCIES.format(text=twin["text"]))
    order = {id(row): place for place, row in enumerate(reading.rows)}
    return sorted(kept, key=lambda row: order[id(row)])


def _same(row: Data, other: Data) -> bool:
    if row["amount"] is not None:
        alike = row["amount"] == other["amount"] and row["currency"] == other["currency"]
        return alike and (not row["note"] or not other["note"] or row["note"] == other["note"])
    small = re.fullmatch(r"(?:.*:\s*)?(\d+)\s*(?:VNĐ|VND|đồng)", row["text"])
    if small is None or not other["amount"] or int(small[1]) >= LEAST:
        return False
    return bool(other["amount"] == int(small[1]) * (1000 if other["currency"] == "VND" else 1))


def _note(rest: str) -> str | None:
    note = rest.strip(" ,;:/")
    if note.startswith("(") and note.endswith(")"):
        note = note[1:-1].strip()
    return _tidy(note) if any(character.isalnum() for character in note) else None


def _tidy(text: str) -> str:
    return " ".join(text.split())
