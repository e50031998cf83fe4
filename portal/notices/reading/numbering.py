"""The grammar of a document's number, for numbers with slips of scanning or old forms (NĐ 30/2020, Appendix III)."""

import re
from functools import cache
from typing import NamedTuple

from portal.notices.types import TYPES
from portal.text import UPPERCASE, find_numbers, plain_signs

_DIGITS = str.maketrans({"l": "1", "I": "1", "|": "1", "!": "1", "O": "0", "o": "0", "S": "5", "B": "8", "Z": "2"})
_NUMBER = re.compile(
    rf"(?P<digits>[\dlIOoSBZ|!](?:[ .]?[\dlIOoSBZ|!]){{0,6}}(?:[a-d](?![a-z]))?)[ \t]{{0,3}}(?:/[ \t]{{0,2}}"
    rf"(?P<year>[12lIZ!][ ]?[\dlIOoSB!][ ]?[\dlIOoSB!][ ]?[\dlIOoSBZ!])[ \t]{{0,2}})?(?P<joint>[/\-])[ \t]{{0,3}}"
    rf"(?P<letters>[{UPPERCASE}\d][\w&.]*(?:[ \t]{{0,3}}[-/][ \t]{{0,3}}[{UPPERCASE}\d][\w&.]*|"
    rf"[ ](?!V/)[{UPPERCASE}&]{{1,3}}(?=[ ]?[-/&][ ]?[{UPPERCASE}]))*)"
)
_OLD = re.compile(rf"(?P<digits>\d{{1,5}})[ ](?P<letters>[{UPPERCASE}]{{2,4}}(?:[ ]?[-/][ ]?[{UPPERCASE}][\w]*)+)")
_KNOWN = (
    "UBND", "HĐND", "CP", "TTg", "VPCP", "TW", "CTN", "UBTVQH", "HĐBT", "HĐTP", "TANDTC", "VKSTC", "VKSNDTC", "BTC",
    "BYT", "BNV", "BCA", "BQP", "BTP", "BCT", "BXD", "BGDĐT", "BNN", "BNNPTNT", "BTNMT", "BKHCN", "BTTTT", "BVHTTDL",
    "BLĐTBXH", "BGTVT", "BKHĐT", "BNG", "NHNN", "TTCP", "UBDT", "KTNN", "BHXH", "TCT", "TCHQ", "BNNMT", "BDTTG",
    "TLĐ", "BTCTW", "UB",
)  # fmt: skip


_UNDERSCORE = re.compile(rf"(?<=[{UPPERCASE}])_(?=[{UPPERCASE}])")
_LOST_SLASH = re.compile(
    r"(\d{1,5})[Il|](?=(?:19|20)\d\d/|(?:QĐ|NQ|TB|KH|BC|TTr|CT|HD|TT|NĐ|CĐ|GM|CTr|PA|ĐA|UBND|HĐND|VPCP)\s?[-–])"
)


_FIRST = {
    "QD": "QĐ",
    "QO": "QĐ",
    "Q0": "QĐ",
    "T8": "TB",
    "8C": "BC",
    "88": "BB",
    "8B": "BB",
    "B8": "BB",
    "TTR": "TTr",
    "CTR": "CTr",
}


class Mended(NamedTuple):
    """The number as it must have been, and how much of the text it took; `doubtful` unless only blanks were wrong."""

    text: str
    length: int
    doubtful: bool


def mended_number(text: str) -> Mended | None:
    """The number at the beginning of `text`, put right; None when it needs nothing or is none."""
    signs = _UNDERSCORE.sub("-", plain_signs(text))
    lost = _LOST_SLASH.match(signs)
    if lost:
        signs = f"{signs[: lost.end(1)]}/{signs[lost.end(1) + 1 :]}"
    found = _NUMBER.match(signs)
    if found is None:
        return _old_form(signs)
    digits = re.sub(r"[ .]", "", found["digits"]).translate(_DIGITS)
    tail = re.search(r"[a-d]$", found["digits"])
    digits = digits if tail is None else digits[:-1] + tail[0]
    letters = found["letters"].rstrip(".")
    end = found.start("letters") + len(letters)
    whole = _letters(letters)
    if whole is None:
        return None
    year = re.sub(" ", "", found["year"]).translate(_DIGITS) + "/" if found["year"] else ""
    mended = f"{digits}{'/' + year if year else found['joint']}{whole}"
    blanks_only = re.sub(r"\s", "", plain_signs(text[:end])) == mended and not re.search(r"\d\s+\d", found["digits"])
    plain = next((number for number in find_numbers(text) if number.start == 0), None)
    if plain is not None and plain.end >= end and plain.number.text == mended:
        return None
    return Mended(mended, end, not blanks_only)


def _old_form(signs: str) -> Mended | None:
    """`1141 TC/QĐ/CĐKT`: before 2000 some ministries wrote no sign after the number."""
    found = _OLD.match(signs)
    if found is None:
        return None
    letters = re.sub(r"\s", "", found["letters"])
    return Mended(f"{found['digits']}-{letters}", found.end(), True)


def _letters(written: str) -> str | None:
    """The notation without blanks, its first and last segments as the regulation spells them."""
    tight = re.sub(r"\s", "", written)
    parts = re.split(r"([-/])", tight)
    if not re.search(rf"[{UPPERCASE}]", tight):
        return None
    spelled = [_spelled(part, first=i == 0) if i % 2 == 0 else part for i, part in enumerate(parts)]
    # "ND-CP" and "NO-CP" can only be decrees: the Government issues nothing else under these letters.
    if len(spelled) == 3 and spelled[2] in ("CP", "TTg"):
        spelled[0] = {"ND": "NĐ", "QD": "QĐ", "CD": "CĐ", "NO": "NQ"}.get(spelled[0], spelled[0])
    return "".join(spelled)


def _spelled(part: str, *, first: bool) -> str:
    known = _by_key()
    if first and part in _FIRST:
        return _FIRST[part]
    if part in known.values() or len(part) < 2:
        return part
    if re.fullmatch(r"QH[\dlIO]{1,2}", part):
        return "QH" + part[2:].translate(_DIGITS)
    if re.fullmatch(r"UBTVQH[\dlIO]{1,2}", part):
        return "UBTVQH" + part[6:].translate(_DIGITS)
    return known.get(_key(part), part) if len(part) > 3 or part.upper() == "TTG" else part


@cache
def _by_key() -> dict[str, str]:
    names = [*_KNOWN, *(type_.abbreviation for type_ in TYPES if type_.abbreviation and len(type_.abbreviation) > 3)]
    return {_key(name): name for name in names}


def _key(text: str) -> str:
    return (
        text.upper()
        .replace("Đ", "D")
        .replace("0", "O")
        .replace("1", "I")
        .replace("L", "I")
        .replace("8", "B")
        .replace("5", "S")
    )


_SEGMENT = re.compile(
    rf"[{UPPERCASE}]*(?:Tr|To|Th|Ch|Kh|Ph|Ng|Nh|Gi|Qu)[{UPPERCASE}]+|"
    rf"[{UPPERCASE}]+\d{{0,3}}|[{UPPERCASE}]+[ru]|[{UPPERCASE}]?[{UPPERCASE}]*(?:TTg|QyĐ|TrS|TTr|CTr|CTg)|"
    rf"V\d{{1,2}}|P\d{{1,2}}|[A-Z]+\d+[A-Z]*"
)


def is_odd(letters: str) -> bool:
    """Whether a notation holds what no agency writes: small letters or digits in the midst (`U8ND`, `PX0l`)."""
    return any(not _SEGMENT.fullmatch(part) for part in re.split(r"[-/.&,]", letters) if part)


_PIECE = (
    r"(?:[A-ZĐa-z]{1,6}[-–—/][A-ZĐ]{1,8}|[-–—/][A-ZĐ][A-ZĐa-z\d]{1,8}(?:[-–—/][A-ZĐ\d]+)*|"
    r"[-–—/]?[ ]?[A-ZĐ][A-ZĐ\d]{0,8}(?:[-–—/][A-ZĐ\d]+)*|\d{1,2}|"
    r"[a-z]{1,2}[A-ZĐ]{0,6}|[A-ZĐ]{1,3}[a-z][A-ZĐ]{1,6})"
)
_GOES_ON = re.compile(
    rf"[ \u00a0]{{1,2}}(?!V/){_PIECE}(?!\w)|[ \u00a0]?\n?[ \u00a0]?{_PIECE}[ \u00a0]*(?=\n|\t|[ ]{{3}}|\Z)"
)
"""What a broken notation goes on with: `1290/HQHCM` and `-TXNK` on the next line, `93/GM-UB ND`."""


def goes_on(plain: str, end: int) -> bool:
    """Whether something that may be the rest of the notation stands behind it."""
    return _GOES_ON.match(plain, end) is not None
