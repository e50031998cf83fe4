"""What a crawl of the national portal's page leaves behind a text: headings, choices of agencies, button labels."""

import re
from dataclasses import dataclass

_TAIL = re.compile(
    r"T?ừ khóa(?P<keywords>.*?)Mô tả(?P<description>.*?)"
    r"(?:Chọn cơ quan thực hiện.*?Nộp hồ sơ)?\s*\Z",
    re.DOTALL,
)
_EMPTY_LABEL = re.compile(r"T?ừ khóa\s*:?\s*\Z")
_CHOICE = re.compile(r"(?:Chọn cơ quan thực hiện)?Tỉnh/ Thành phốBộ ngành.*?Nộp hồ sơ\s*\Z", re.DOTALL)
_NOTHING = re.compile(r"\s*(?:không có thông tin|không có|không|\.+|-+)?[.\s]*", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"#?Tên thủ tục\d*|#\d*")
DEBRIS = ("ừ khóa", "Không có thông tin", "Chọn cơ quan thực hiện", "-- Chọn", "#Tên thủ tục")
"""What must not be left in any cleaned value."""


@dataclass(frozen=True)
class Page:
    """A text without the page around it; what the page said beside it under its own headings, None where nothing."""

    text: str
    keywords: str | None = None
    description: str | None = None


def taken_apart(text: str | None) -> Page:
    """The text proper of a value, its keywords and its description."""
    given = text or ""
    tail = _TAIL.search(given)
    if tail is None:
        return Page(said(_EMPTY_LABEL.sub("", _CHOICE.sub("", given))) or "")
    return Page(said(given[: tail.start()]) or "", said(tail["keywords"]), said(tail["description"]))


def said(text: str | None) -> str | None:
    """The text, None for the ways in which pages say that there is none."""
    stripped = (text or "").strip()
    return None if _NOTHING.fullmatch(stripped) else stripped


def names_in(text: str | None) -> list[str]:
    """The names in a table of related procedures whose cells were written on end."""
    return list(dict.fromkeys(name.strip() for name in _NUMBER_SIGN.split(text or "") if name.strip()))
