"""Automatic numbering: what Word prints before a paragraph, counted through the paper as Word counts it."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from portal.papers.readers.docx.formats import written
from portal.papers.readers.docx.names import MC, OFF, W
from portal.papers.readers.docx.styles import Look, Styles, child, value, whole

_PLACE = re.compile(r"%([1-9])")
_DEEPEST_LEVEL = 8
_SUFFIX = {"tab": " ", "space": " ", "nothing": ""}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `restart`: None after any higher level, 0 never, N after level N-1 or higher."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    suffix: str = " "
    style: str | None = None
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: `text` with the gap after it, or a bullet of the level `depth`."""

    text: str
    is_bullet: bool
    depth: int
    look: Look | None = None


class _List:
    """A `w:num`: the levels it shows, where it overrides the start, and which counters it shares."""

    def __init__(self, abstract: str, levels: dict[int, Level], starts: dict[int, int]) -> None:
        self.abstract, self.levels, self.starts = abstract, levels, starts


class Numbering:
    """The lists of a paper and how far each has counted."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, etree._Element] = {}
        self._nums: dict[str, etree._Element] = {}
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        for element in () if root is None else root.iter(W + "abstractNum"):
            self._abstracts.setdefault(element.get(W + "abstractNumId") or "", element)
        for element in () if root is None else root.iter(W + "num"):
            self._nums.setdefault(element.get(W + "numId") or "", element)

    def label(self, properties: etree._Element | None, style_id: str | None) -> Label | None:
        """What stands before the next paragraph, None when nothing does. Counts: call once a paragraph, in order."""
        own = child(properties, "numPr")
        style = self._styles.paragraph(style_id)
        number = value(own, "numId") or style.number
        found = self._list(number) if number and number != "0" else None
        if found is None or number is None:
            return None
        depth = whole(value(own, "ilvl"))
        if depth is None:
            depth = self._depth_of_style(found, style_id) if value(own, "numId") is None else 0
        depth = style.level or 0 if depth is None else depth
        level = found.levels.get(depth)
        if level is None or not 0 <= depth <= _DEEPEST_LEVEL:
            return None
        if level.kind == "bullet":
            return Label(level.text, True, depth, level.look)
        self._count(number, found, depth, level)
        return self._written(found, depth, level)

    def _depth_of_style(self, found: _List, style_id: str | None) -> int | None:
        for identifier in self._styles.numbered_by(style_id):
            for depth, level in found.levels.items():
                if level.style == identifier:
                    return depth
        return None

    def _count(self, number: str, found: _List, depth: int, level: Level) -> None:
        counter = self._counters.setdefault(found.abstract, {})
        start = found.starts.get(depth, level.start)
        if depth in found.starts and (number, depth) not in self._started:
            counter[depth] = start
        else:
            counter[depth] = counter[depth] + 1 if depth in counter else start
        self._started.add((number, depth))
        for deeper in range(depth + 1, _DEEPEST_LEVEL + 1):
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or depth < restart:
                counter.pop(deeper, None)

    def _written(self, found: _List, depth: int, level: Level) -> Label:
        counter = self._counters[found.abstract]

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            shown = found.levels.get(at, Level())
            kind = "decimal" if level.legal and shown.kind != "none" else shown.kind
            return written(counter.get(at, found.starts.get(at, shown.start)), kind)

        text = _PLACE.sub(number, level.text)
        if text and not any(map(str.isalnum, text)) and len(text.strip()) <= 1:
            return Label(text, True, depth, level.look)
        return Label(text + level.suffix if text else "", False, depth, level.look)

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = self._read(number)
        return self._lists[number]

    def _read(self, number: str) -> _List | None:
        num = self._nums.get(number)
        abstract_id = value(num, "abstractNumId")
        abstract = self._abstract(abstract_id)
        if num is None or abstract is None:
            return None
        levels = self._levels(abstract)
        starts: dict[int, int] = {}
        for override in num.iter(W + "lvlOverride"):
            depth = whole(override.get(W + "ilvl"))
            if depth is None:
                continue
            if (own := child(override, "lvl")) is not None:
                levels[depth] = self._level(own)
            if (start := whole(value(override, "startOverride"))) is not None:
                starts[depth] = start
        return _List(abstract.get(W + "abstractNumId") or "", levels, starts)

    def _abstract(self, identifier: str | None, hops: int = 0) -> etree._Element | None:
        """The definition; one that only names a numbering style is followed to the list of that style."""
        abstract = self._abstracts.get(identifier or "")
        link = value(abstract, "numStyleLink")
        if link is None or hops > 5:
            return abstract
        style = self._styles.element(link)
        num = self._nums.get(value(child(child(style, "pPr"), "numPr"), "numId") or "")
        followed = self._abstract(value(num, "abstractNumId"), hops + 1)
        return abstract if followed is None else followed

    def _levels(self, abstract: etree._Element) -> dict[int, Level]:
        levels: dict[int, Level] = {}
        for element in abstract.iter(W + "lvl"):
            depth = whole(element.get(W + "ilvl"))
            if depth is not None:
                levels[depth] = self._level(element)
        return levels

    def _level(self, element: etree._Element) -> Level:
        start, restart = whole(value(element, "start")), whole(value(element, "lvlRestart"))
        legal = child(element, "isLgl")
        kind = _kind(element)
        level = Level(
            start=0 if start is None else start,
            kind=kind,
            text=value(element, "lvlText") or "",
            restart=restart,
            legal=legal is not None and legal.get(W + "val") not in OFF,
            suffix=_SUFFIX.get(value(element, "suff") or "tab", " "),
            style=value(element, "pStyle"),
            look=self._styles.look(child(element, "rPr")),
        )
        is_picture = child(element, "lvlPicBulletId") is not None
        return replace(level, kind="bullet", text="•") if is_picture else level


def _kind(element: etree._Element) -> str:
    found = child(element, "numFmt")
    if found is None:
        found = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    if found is None:
        return "decimal"
    kind = found.get(W + "val") or "decimal"
    return found.get(W + "format") or "decimal" if kind == "custom" else kind
