"""Where in a text words stand: inside a quotation, in an amending article, after the name of another document."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from portal.notices.types import TYPES

_QUOTES = re.compile(r"[“”\n]")
_CHAPTER = re.compile(r"Chương [IVXLC\d]+\b")
_STRAIGHT_OPENS = re.compile(r'^"[^"\n]*$', re.MULTILINE)
_STRAIGHT_CLOSES = re.compile(r'^[^"\n]*"[.;,]?$', re.MULTILINE)
_ARTICLE = re.compile(r"^Điều \d+[a-zđ]?[.:]?.*$", re.MULTILINE)
_CHANGES = re.compile(r"sửa đổi|bổ sung|thay thế|bãi bỏ|đính chính|thay cụm từ|bỏ cụm từ|hủy bỏ|huỷ bỏ", re.IGNORECASE)
_FORMAL = "|".join(
    t.name
    for t in TYPES
    if t.slug in ("luat", "bo-luat", "phap-lenh", "hien-phap", "nghi-dinh", "nghi-quyet", "thong-tu", "quyet-dinh")
)
_OTHERS = re.compile(rf"(?:{_FORMAL}|Công ước|Hiệp định|Nghị định thư|Điều lệ|Quy chế|Điều ước)(?! này)\b")


class Surroundings:
    """Answers about offsets of one text; made once, asked often."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._edges, self._depths = self._quotations()
        self._straight = list(self._straight_quotations()) if '"' in text else []
        self._articles: list[tuple[int, bool]] | None = None

    def is_quoted(self, place: int) -> bool:
        """Whether the place is inside a quotation, which may span paragraphs. A chapter of its own ends one."""
        at = bisect_right(self._edges, place) - 1
        if at >= 0 and self._depths[at] > 0:
            return True
        after = bisect_right(self._straight, (place, len(self._text)))
        return after > 0 and place < self._straight[after - 1][1]

    def is_marker(self, start: int, end: int) -> bool:
        """Whether the words begin a part themselves: "Điều 5. Phạm vi" at the start of a line."""
        if start and self._text[start - 1] not in "\n“":
            return False
        return end >= len(self._text) or self._text[end] in ".:\n" or self._text[end : end + 2] in (" -", " –")

    def speaks_of_others(self, start: int, end: int) -> bool:
        """Whether the line names another document around the words, or their article amends one."""
        line = self._text.rfind("\n", 0, start) + 1
        begin = max(line, start - 1500)
        line_end = self._text.find("\n", end, end + 1500)
        if line_end < 0:
            line_end = end + 1500
        if _OTHERS.search(self._text, begin, line_end) or _CHANGES.search(self._text, begin, start):
            return True
        if self._articles is None:
            self._articles = [(m.start(), bool(_CHANGES.search(m[0]))) for m in _ARTICLE.finditer(self._text)]
        at = bisect_right(self._articles, (start, True)) - 1
        return at >= 0 and self._articles[at][1]

    def _quotations(self) -> tuple[list[int], list[int]]:
        edges, depths = [], []
        depth = 0
        for found in _QUOTES.finditer(self._text):
            sign = found[0]
            if sign == "“":
                depth += 1
            elif sign == "”":
                depth = max(0, depth - 1)
            elif depth == 0 or not _CHAPTER.match(self._text, found.end()):
                continue
            else:
                depth = 0
            edges.append(found.start())
            depths.append(depth)
        return edges, depths

    def _straight_quotations(self) -> Iterator[tuple[int, int]]:
        """From a line that opens with a straight mark and does not close it, to the line that ends with one."""
        place = 0
        while (opens := _STRAIGHT_OPENS.search(self._text, place)) is not None:
            closes = _STRAIGHT_CLOSES.search(self._text, opens.end())
            place = closes.end() if closes is not None else len(self._text)
            yield opens.start(), place
