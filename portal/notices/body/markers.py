"""How the parts of a document announce themselves: Chương II, Mục 1, Điều 5., 2., a) (NĐ 30/2020, Appendix I)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from portal.text import LOWERCASE, UPPERCASE

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


class Kind(StrEnum):
    """What a part is: phụ lục, phần, chương, mục, tiểu mục, điều, khoản, điểm; a number outside articles concludes."""

    ANNEX = "annex"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ARTICLE = "article"
    CLAUSE = "clause"
    POINT = "point"
    CONCLUSION = "conclusion"


HEADINGS = (Kind.ANNEX, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.ARTICLE)


@dataclass(frozen=True, slots=True)
class Marker:
    """A recognised beginning: its kind, its number as digits or letter ("2", "5a", "1.2", "đ"), where the text goes on.

    `label` is the marker as written, without closing signs ("Chương II", "Điều 5", "2", "a").
    """

    kind: Kind
    number: str
    label: str
    end: int


_UP = UPPERCASE
_NUMERAL = r"(?:[IVXLC]+|\d+)"
_MARKERS = re.compile(
    rf"""
    (?P<annex>PHỤ[ ]LỤC(?:[ ](?:SỐ[ ])?(?P<annex_n>{_NUMERAL}[A-Za-zđĐ]?|[A-Z])(?!\w))?(?=[^{LOWERCASE}]*(?:\Z|\n|[(]))
      |Phụ[ ]lục(?:[ ](?:số[ ])?(?P<annex_m>{_NUMERAL}[A-Za-zđĐ]?|[A-Z]))?(?=[ ]*(?:[.:]|\Z|\n)))
    |(?P<part>(?:Phần|PHẦN)[ ](?:(?:thứ|THỨ)[ ])?
      (?P<part_n>{_NUMERAL}|(?i:{"|".join(_ORDINALS)}))(?=[ ]*(?:[.:\n]|\Z|[{_UP}]{{2}})))
    |(?P<chapter>(?:Chương|CHƯƠNG)[ ](?P<chapter_n>{_NUMERAL}[a-zđ]?)(?=[ ]*(?:[.:\-–\n]|\Z|[{_UP}])))
    |(?P<subsection>(?:Tiểu|TIỂU)[ ](?:mục|MỤC)[ ](?P<subsection_n>{_NUMERAL})(?=[ ]*(?:[.:\-–\n]|\Z|[{_UP}])))
    |(?P<section>(?:Mục|MỤC)[ ](?P<section_n>{_NUMERAL}|[A-Z])(?=[ ]*(?:[.:\-–\n]|\Z|[{_UP}])))
    |(?P<article>(?:Điều|ĐIỀU)[ ]?(?P<article_n>\d+[a-zđ]?))(?=[ ]*(?:[.:]|\Z|\n))
    |(?P<roman>(?P<roman_n>[IVX]{{1,6}}))(?=[./\-)][ ]*[{_UP}“"])
    |(?P<clause>(?P<clause_n>\d{{1,3}}))(?=[.)/][ ]+\S|[.)/][{_UP}“]|[.]\Z)
    |(?P<deeper>(?P<deeper_n>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}))(?=\.?[ ]+[{_UP}“"]|\.[{_UP}])
    |(?P<point>(?P<point_n>[a-zđ]{{1,2}}\d?))(?=\)[ ]*\S|\.[ ]+\S)
    """,
    re.VERBOSE,
)
_CLOSING = re.compile(r"[ ]*[.:)/\-–]*[ ]*")


def read_marker(text: str) -> Marker | None:
    """The marker with which a paragraph begins, or None. Plain single spaces and NFC are expected."""
    found = _MARKERS.match(text)
    if found is None or found.lastgroup is None:
        return None
    name = found.lastgroup  # the outer group: it closes last
    end = _CLOSING.match(text, found.end())
    assert end is not None
    return Marker(_KIND_OF[name], _number(found, name), found[name], end.end())


_KIND_OF = {
    "annex": Kind.ANNEX,
    "part": Kind.PART,
    "chapter": Kind.CHAPTER,
    "subsection": Kind.SUBSECTION,
    "section": Kind.SECTION,
    "article": Kind.ARTICLE,
    "roman": Kind.SECTION,
    "clause": Kind.CLAUSE,
    "deeper": Kind.CLAUSE,
    "point": Kind.POINT,
}


def _number(found: re.Match[str], name: str) -> str:
    written = found["annex_n"] or found["annex_m"] if name == "annex" else found[f"{name}_n"]
    if not written:
        return ""
    if name in ("clause", "deeper", "article", "point"):
        return written.lstrip("0") or "0"
    if written.lower() in _ORDINALS:
        return str(_ORDINALS.index(written.lower()) + 1)
    numeral = re.match(r"[IVXLC]+", written)
    if numeral and (name != "annex" or len(written) > 1 or written in "IVX"):
        return f"{roman_value(numeral[0])}{written[numeral.end() :].lower()}"
    return written.lower()


def roman_value(numeral: str) -> int:
    """IV → 4; read leniently (IIII → 4)."""
    values = [_ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
