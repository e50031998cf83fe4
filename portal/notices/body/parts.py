"""Anchors for the parts of a body, and its table of contents."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from portal.notices.body.markers import HEADINGS, Kind, Marker, read_marker
from portal.text import slug

_NAMES = {
    Kind.ANNEX: "phu-luc",
    Kind.PART: "phan",
    Kind.CHAPTER: "chuong",
    Kind.SECTION: "muc",
    Kind.SUBSECTION: "tieu-muc",
    Kind.ARTICLE: "dieu",
    Kind.CLAUSE: "khoan",
    Kind.POINT: "diem",
    Kind.CONCLUSION: "ket-luan",
}
_RANK = {kind: rank for rank, kind in enumerate((*HEADINGS, Kind.CLAUSE, Kind.CONCLUSION, Kind.POINT))}
_RANK[Kind.CONCLUSION] = _RANK[Kind.CLAUSE]
_UNPREFIXED = (Kind.PART, Kind.CHAPTER, Kind.ARTICLE, Kind.ANNEX)
_CLASS = "portal-doc-"
_LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a body. `label` is its marker as written ("Điều 5", "a"), `heading` its title or the beginning of its
    text, `anchor` the id in the HTML, `level` its depth from 1."""

    kind: Kind
    number: str
    label: str
    heading: str
    anchor: str
    level: int

    @property
    def is_heading(self) -> bool:
        """Whether a table of contents lists it: chapters, sections, articles, annexes; numbered conclusions too."""
        return self.kind in HEADINGS or self.kind is Kind.CONCLUSION


def parts(html: str) -> tuple[str, list[Part]]:
    """Cleaned HTML with an `id` and a class `portal-doc-<kind>` on every part, and the parts in order. Idempotent.

    Anchors follow the numbers (`dieu-5-khoan-2-diem-a`, `ket-luan-3`), so they stay when other parts change; in annexes
    they are prefixed (`phu-luc-1-dieu-2`), and a number that comes again gets `-lan-2`. What an amending article quotes
    is no part.
    """
    if not html.strip():
        return html, []
    # Plain elements: those of lxml.html cost a call of Python for each one that is touched.
    root = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser(huge_tree=True))[0][0]
    outline = _Outline()
    for element, text, marker in _marked(root):
        part = outline.add(text, marker)
        element.set("id", part.anchor)
        element.set("class", f"{_CLASS}{part.kind}")
    return _serialised(root), outline.parts


def _marked(root: etree._Element) -> Iterator[tuple[etree._Element, str, Marker]]:
    quoted = 0
    for element in root:
        for block, number in _blocks(element):
            _forget(block)
            text = _text(block)
            marker = read_marker(f"{number}. {text[:300]}" if number else text[:300])
            if quoted and marker is not None and marker.kind is Kind.CHAPTER:
                quoted = 0
            if marker is not None and not quoted:
                yield block, text[marker.end - len(number) - 2 if number else marker.end :], marker
            quoted = max(0, quoted + text.count("“") - text.count("”"))


def _text(block: etree._Element) -> str:
    """The text with a line end for each br, without the lists inside an item."""
    if not len(block):
        return (block.text or "").strip()
    pieces: list[str] = []
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if event == "start" and element.tag in ("ul", "ol", "table"):
            break
        pieces.append("\n" if event == "start" and element.tag == "br" else _around(element, event, block))
    return "".join(pieces).strip()


def _around(element: etree._Element, event: str, block: etree._Element) -> str:
    if event == "start":
        return "" if (element.get("href") or "").startswith("#chu-thich-") else element.text or ""
    return "" if element is block else element.tail or ""


def _blocks(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The blocks of running text, items of a numbered list with their number; neither tables nor quotations."""
    if element.tag in ("p", "h2", "h3", "h4"):
        yield element, ""
    elif element.tag == "ol":
        start = int(element.get("start") or 1)
        for place, item in enumerate(element.iterchildren("li")):
            yield item, str(start + place)


def _forget(block: etree._Element) -> None:
    if (block.get("class") or "").startswith(_CLASS):
        del block.attrib["class"]
        block.attrib.pop("id", None)


class _Outline:
    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._open: list[Part] = []
        self._seen: dict[str, int] = {}

    def add(self, text: str, marker: Marker) -> Part:
        kind = marker.kind
        if kind is Kind.CLAUSE and not self._inside(Kind.ARTICLE):
            kind = Kind.CONCLUSION
        while self._open and _RANK[self._open[-1].kind] >= _RANK[kind]:
            self._open.pop()
        part = Part(
            kind, marker.number, marker.label, _heading(text), self._anchor(kind, marker.number), len(self._open) + 1
        )
        self._open.append(part)
        self.parts.append(part)
        return part

    def _inside(self, kind: Kind) -> bool:
        return any(part.kind is kind for part in self._open)

    def _anchor(self, kind: Kind, number: str) -> str:
        own = "-".join(filter(None, (_NAMES[kind], _number(number))))
        prefix = ""
        if kind not in _UNPREFIXED and self._open:
            prefix = self._open[-1].anchor
        elif kind is not Kind.ANNEX and self._open and self._open[0].kind is Kind.ANNEX:
            prefix = self._open[0].anchor
        wanted = f"{prefix}-{own}" if prefix else own
        times = self._seen[wanted] = self._seen.get(wanted, 0) + 1
        return wanted if times == 1 else f"{wanted}-lan-{times}"


@lru_cache(4096)
def _number(number: str) -> str:
    """đ must not become d: `diem-dd` stands beside `diem-d`."""
    return slug(number.replace("đ", "dd").replace(".", "-"), empty="") if number else ""


def _heading(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= _LONGEST_HEADING:
        return words
    cut = words.rfind(" ", 0, _LONGEST_HEADING)
    return words[: cut if cut > 0 else _LONGEST_HEADING].rstrip(" ,;:-–") + "…"


def _serialised(root: etree._Element) -> str:
    inner = etree.tostring(root, method="html", encoding="unicode")
    return str(inner[len("<div>") : -len("</div>")])
