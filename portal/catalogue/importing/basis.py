"""Căn cứ pháp lý: titles and numbers of several documents written on end, taken apart where the numbers prove it."""

import re
from typing import Any

from portal.catalogue.data import Data
from portal.catalogue.importing import glue
from portal.text import number_key, parse_number

_LETTERS = r"[A-ZĐ]{1,6}(?:-[A-ZĐ]{2,7}){0,5}"
_KNOWN = (
    r"(?:QH\d{2}|UBTVQH\d{2}|(?:VBHN|TTLT|TT|NĐ|ND|NQ|QĐ|QD|CT|PL|TB|KH)"
    r"(?:-(?:CP|TTg|TTG|QH\d{0,2}|UBTVQH\d{0,2}|HĐND|UBND|TANDTC|VKSNDTC|HĐTP|CTN|VPCP|TTCP|NHNN|BNNPTNT|BNNMT|BTNMT|BGTVT|BLĐTBXH"
    r"|BKHĐT|BVHTTDL|BGDĐT|BTTTT|BKHCN|BTC|BTP|BCA|BQP|BXD|BCT|BYT|BNV|BNG|KTNN|BHXH|BTM|BCN|BTS|BNN|BLN|BVHTT))+)"
)
_NUMBER = re.compile(
    rf"(?:(?<![/\d.])|(?<=[/ ]20\d\d)|(?<=QH\d\d))\d{{1,4}}[a-zđ]?/\d{{4}}/{_KNOWN}"
    rf"|(?<![/\d.])\d{{1,4}}/{_KNOWN}(?=\s|\Z|[.,;])"
)
_SPLIT_LAW = re.compile(r".*?(?P<own>\d{1,3}/\d{4}/(?:PL-)?(?:UBTV)?QH)\Z", re.DOTALL)
_YEAR_CUT = re.compile(r".*\D20\Z", re.DOTALL)
_CONSTITUTION = re.compile(r"\s*hiến pháp\b", re.IGNORECASE)
_HANGING = re.compile(
    r"(?:(?<=[^\W\d_A-ZĐ])(?:Luật|Nghị định|Thông tư|Nghị quyết|Quyết định)(?: số)?|(?<!\w)[Ss]ố|(?<=[à-ỹa-z])số)\s*\Z"
)

_NAMED = re.compile(r"(?:Luật|Nghị định|Thông tư|Nghị quyết|Quyết định|Pháp lệnh)(?: liên tịch)?(?: số)?:?\s+(?=\d)")
_TYPE = re.compile(r"(?:Luật|Bộ luật|Nghị định|Thông tư|Nghị quyết|Quyết định|Pháp lệnh)(?: liên tịch)?(?: số)?")
_DEBRIS = re.compile(r"/20\d{4,}|[^\W\d_](?:Luật|Nghị định|Thông tư) số")

NO_NUMBER = "Căn cứ “{title}” không có số, ký hiệu đọc được."
GLUED = "Căn cứ “{title}” có thể gồm nhiều văn bản dính liền nhau."
DIFFERS = "Căn cứ “{title}” nêu một số khác với số, ký hiệu {number}."


def basis_of(rows: list[dict[str, Any]], doubts: dict[str, str]) -> list[Data]:
    """Rows for `legal_basis`, in order, each document once."""
    found: list[Data] = []
    for row in rows:
        found += _documents(str(row.get("title") or "").strip(), str(row.get("number") or "").strip())
    kept: dict[tuple[str, str], Data] = {}
    for row in found:
        key = (number_key(row["number"] or ""), "" if row["number"] else (row["title"] or ""))
        known = kept.setdefault(key, row)
        if row is not known and len(row["title"] or "") > len(known["title"] or ""):
            known["title"] = row["title"]
    for place, row in enumerate(kept.values()):
        if doubt := _doubt(row):
            doubts[f"legal_basis.{place}"] = doubt
    return list(kept.values())


def _documents(title: str, number: str) -> list[Data]:
    """Each number that touches the words around it ends one document's entry; the row's own number ends the last."""
    title, number = _mended(title, number)
    found = list(_NUMBER.finditer(title))
    parts: list[Data] = []
    place = 0
    for one, after in zip(found, [*found[1:], None], strict=False):
        again = after is not None and after.start() == one.end() and number_key(after[0]) == number_key(one[0])
        if again or not (_touched_before(title, one.start()) or _touched_after(title, one.end())):
            continue
        parts.append(_row(title[place : one.start()], one[0]))
        place = one.end()
    parts.append(_row(title[place:], number))
    return [part for part in parts if part["title"] or part["number"]]


def _mended(title: str, number: str) -> tuple[str, str]:
    """Digits that the source moved from the title into the number, or off the number, put back where they prove it."""
    digits = re.match(r"\d+", number)
    if digits is None:
        inside = re.search(r"\d+[a-z]?/\S+", number)
        return title or number, inside[0] if inside and parse_number(inside[0]) else ""
    law = _SPLIT_LAW.fullmatch(title)
    for length in (2, 1) if law else ():
        if law and number_key(number[length:]) == number_key(law["own"] + number[:length]):
            return title + number[:length], number[length:]
    named = _NAMED.match(title)
    own = _NUMBER.match(title, named.end()) if named else None
    for length in (2, 1) if own else ():
        if own and number_key(number[length:]) == number_key(own[0]):
            return title + number[:length], number[length:]
    year = re.match(r"\d+/(\d{4})/", number)
    if _YEAR_CUT.fullmatch(title) and len(digits[0]) > 2 and year and year[1] == f"20{number[:2]}":
        return title + number[:2], number[2:]
    decimal = re.search(r"(\d+)\Z", title)
    if decimal and f"{decimal[1]}.{number}" in title[: decimal.start()]:
        return title[: decimal.start()].strip(), f"{decimal[1]}.{number}"
    return title, re.sub(r"\s*-\s*", "-", number).rstrip("-. ")


def _touched_before(title: str, start: int) -> bool:
    before = title[start - 1 : start]
    return bool(before) and not before.isspace() and before not in '(“"'


def _touched_after(title: str, end: int) -> bool:
    return title[end : end + 1].isalnum()


def _row(title: str, number: str) -> Data:
    words = _HANGING.sub("", " ".join(title.split())).strip(" ;,.")
    if number_key(words) == number_key(number):
        words = ""
    if _TYPE.fullmatch(words) and number:
        words = f"{words} {number}"
    return {"number": number or None, "title": glue.restored(words) or None, "part": None}


def _doubt(row: Data) -> str | None:
    title, number = row["title"] or "", row["number"]
    if not number or parse_number(number) is None:
        return None if _CONSTITUTION.match(title) else NO_NUMBER.format(title=title[:100] or number)
    inside = list(_NUMBER.finditer(title))
    if any(title[one.end() : one.end() + 1].isalpha() for one in inside) or _DEBRIS.search(title):
        return GLUED.format(title=title[:100])
    named = _NAMED.match(title)
    own = next((one[0] for one in inside if named and one.start() == named.end()), None)
    return DIFFERS.format(title=title[:100], number=number) if own and number_key(own) != number_key(number) else None
