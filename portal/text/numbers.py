"""Numbers of official documents: `249/TB-VPCP`, `42/2022/NĐ-CP`, `7816/VPCP-TTĐT`, `57-NQ/TW` (requirement C-6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from portal.text.fold import fold
from portal.text.normal import UPPERCASE, normal

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"))
_SLASHES = str.maketrans(dict.fromkeys("\uff0f\u2044\u2215\u29f8", "/"))
_PREFIX = re.compile(r"^\s*(?:số|so|no\.?)\s*[:.]?\s*(?=[\d/.…_])", re.IGNORECASE)

_LETTER = r"[^\W\d_]"
_YEAR = r"(?:19|20)\d\d"
_WORD = rf"{_LETTER}(?:[\w&]|\.(?={_LETTER}))*"
_NOTATION = rf"{_WORD}(?: ?[-/] ?{_WORD})*"
_SHAPE = (
    rf"(?P<number>\d+(?:\.\d{{1,3}})*[a-zđ]?)(?: ?/ ?(?P<year>{_YEAR}))?"
    rf"(?: ?(?P<joint>[/-]) ?(?P<notation>{_NOTATION}))"
)
_WHOLE = re.compile(_SHAPE + r"\Z", re.IGNORECASE)
_BLANK_NUMBER = re.compile(rf"[\s.…_]*/\s*(?:(?P<year>{_YEAR})\s*/\s*)?(?P<notation>{_NOTATION})\Z", re.IGNORECASE)

_JOINED = re.compile(r"\A(nq|qd|ct|nd|tt|tb|kh|cd|ttr|bc|hd|l|vbhn)(cp|ttg|ubnd|hdnd|ctn|vpcp|ubtvqh\d*|b[a-z]{1,6})\Z")
_TIGHT = re.compile(r"\s*([/-])\s*")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number in its parts, spelled as the author did but for spaces, dashes and slashes.

    `number` is None while the paper only leaves room for it (`Số:     /QĐ-UBND`); `year` is that written in the number
    (normative texts), never the year of issue; `letters` are what follows,
    `joint` is the sign before them: a hyphen in the Party's numbers (`57-NQ/TW`) and some old ones (`15-TTg`).
    """

    number: str | None
    year: int | None
    letters: str
    joint: str = "/"

    @property
    def notation(self) -> str:
        """Ký hiệu as a record keeps it: `TB-VPCP`, `2022/NĐ-CP`; with the hyphen if one joins it (`-NQ/TW`)."""
        letters = self.letters if self.joint == "/" else self.joint + self.letters
        return f"{self.year}/{letters}" if self.year is not None else letters

    @property
    def text(self) -> str:
        """The whole number, `42/2022/NĐ-CP`; an unknown number is left away (`/QĐ-UBND`)."""
        return join_number(self.number, self.notation)

    @property
    def key(self) -> str:
        """The folded whole, equal for all spellings of one number: `42/2022/nd-cp`."""
        return number_key(self.text)

    @property
    def segments(self) -> tuple[str, ...]:
        """The letters taken apart: ("NĐ", "CP"), ("VPCP", "TTĐT"), ("NQ", "TW")."""
        return tuple(part for part in re.split(r"[-/.&]", self.letters) if part)

    @property
    def tokens(self) -> tuple[str, ...]:
        """Folded search tokens: the whole first, then number, year, letters and each segment."""
        letters, number = number_key(self.letters), (self.number or "").lower()
        parts = [self.key, number, number.lstrip("0"), str(self.year or ""), letters, *re.split(r"[-/.&]", letters)]
        return tuple(dict.fromkeys(part for part in parts if part))


class FoundNumber(NamedTuple):
    """A number in a text, with the offsets of its characters."""

    start: int
    end: int
    number: DocumentNumber


def plain_signs(text: str) -> str:
    """Every kind of dash as `-`, of slash as `/`, no-break spaces as spaces; the length stays."""
    return text.translate(_DASHES).translate(_SLASHES).replace("\u00a0", " ").replace("\u202f", " ")


def parse_number(text: str) -> DocumentNumber | None:
    """The number that the whole text is (with or without "số"), or None when it is something else."""
    tight = _TIGHT.sub(r"\1", " ".join(plain_signs(normal(_PREFIX.sub("", normal(text)))).split())).rstrip("-/.,; ")
    found = _WHOLE.match(tight) or _BLANK_NUMBER.match(tight)
    return _number_of(found) if found else None


def join_number(number: str | None, notation: str | None) -> str:
    """The whole number of a record's two columns: "42", "2022/NĐ-CP" → `42/2022/NĐ-CP`; "57", "-NQ/TW" → `57-NQ/TW`.

    An unknown part is left away.
    """
    if not notation:
        return number or ""
    return f"{number or ''}{'' if notation.startswith('-') else '/'}{notation}"


def number_key(text: str) -> str:
    """The folded key of a whole or partial number: no spaces round signs, `nđcp` as `nd-cp`, no leading zeros.

    Never fails: text that is no number is only folded.
    """
    folded = fold(_PREFIX.sub("", plain_signs(normal(text))))
    tight = _TIGHT.sub(r"\1", folded)
    *before, last = tight.split("/")
    joined = _JOINED.match(last)
    if joined:
        last = f"{joined[1]}-{joined[2]}"
    if before and before[0].isdigit():
        before[0] = before[0].lstrip("0") or "0"
    return "/".join([*before, last])


_CAPITAL = f"[{UPPERCASE}]"
_SEGMENT = rf"(?:{_CAPITAL}(?:(?:{_CAPITAL}|[\d&])[\w&]*)?|QyĐ)(?:\.{_CAPITAL}[\w&]*)*(?![\w&])"
_LOOSE = re.compile(
    rf"(?<![\w/.-])(?P<number>\d{{1,6}}(?:\.\d{{1,3}})*[a-zđ]?)(?:"
    rf"\s?/\s?(?:(?P<year>{_YEAR})\s?/\s?)?(?P<notation>{_SEGMENT}(?:\s?[-/]\s?{_SEGMENT})*)"
    rf"|\s?(?P<joint>-)\s?(?P<joined>{_SEGMENT}/{_SEGMENT}(?:[-/]{_SEGMENT})*))"
)


def find_numbers(text: str) -> Iterator[FoundNumber]:
    """All numbers that stand in running text, in order. Letters must be capitals, as in official writing."""
    signs = plain_signs(text)
    for found in _LOOSE.finditer(signs):
        letters = found["notation"] or found["joined"]
        year = int(found["year"]) if found["year"] else None
        tight = _TIGHT.sub(r"\1", letters)
        number = DocumentNumber(found["number"], year, normal(tight), found["joint"] or "/")
        yield FoundNumber(found.start(), found.end(), number)


def _number_of(found: re.Match[str]) -> DocumentNumber:
    groups = found.groupdict()
    year = int(groups["year"]) if groups["year"] else None
    return DocumentNumber(groups.get("number"), year, groups["notation"], "/" if year else groups.get("joint") or "/")
