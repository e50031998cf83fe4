"""The hierarchy of a body: parts, chapters, articles, clauses and points with their numbers, headings and content."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from portal.notices.akn import xml
from portal.notices.akn.blocks import Blocks
from portal.notices.akn.inline import Notes, Parted, Sort, Token, content_of, parted, tokens
from portal.notices.akn.names import TAGS
from portal.notices.akn.naming import eids
from portal.notices.akn.quoting import Quotation
from portal.notices.body import Kind, Part, parts, read_marker

_MARKER = 300
"""So much of a line is read for its marker, as `body.parts` does."""


@dataclass
class Node:
    """A part on its way to XML: `lead` blocks belong to its first line, `blocks` is everything before its children."""

    kind: Kind
    level: int
    eid: str
    anchor: str
    line: str
    number: str
    heading: str | None = None
    join: str | None = None
    marks: int = 0
    own: int | None = None
    first: bool = False
    blocks: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    def attributes(self) -> dict[str, object]:
        """Identity, and what HTML says beyond Akoma Ntoso."""
        return {
            "eId": self.eid,
            "wId": self.anchor,
            "own_line": None if self.line == "p" else self.line,
            "own_join": self.join,
            "own_marks": self.marks or None,
            "own_own": None if self.own in (None, 1) else self.own,
            "own_first": "1" if self.first else None,
        }

    def title(self) -> str:
        """Number and heading."""
        heading = xml.tag("heading", self.heading) if self.heading is not None else ""
        return xml.tag("num", self.number) + heading

    def inner(self) -> str:
        """Content, or introduction and children."""
        content = "".join(self.blocks)
        if not self.children:
            return xml.tag("content", content) if content else ""
        intro = xml.tag("intro", content) if content else ""
        return f"{intro}\n" + "\n".join(child.xml() for child in self.children)

    def xml(self) -> str:
        """The whole part."""
        return xml.tag(TAGS[self.kind], self.title() + self.inner(), **self.attributes())


@dataclass
class Body:
    """A body read: blocks before the first part (with the elements they came from), the parts, and the annexes."""

    leading: list[tuple[etree._Element, str]] = field(default_factory=list)
    parts: list[Node] = field(default_factory=list)
    annexes: list[Node] = field(default_factory=list)


class Outline:
    """Reads the stored HTML of one body into a `Body`."""

    def __init__(self, html: str) -> None:
        anchored, found = parts(html)
        self._parts = {part.anchor: part for part in found}
        self._root = etree.fromstring(f"<div>{anchored}</div>", etree.HTMLParser(huge_tree=True))[0][0]
        self._eids = eids(found)
        self._notes = Notes(dict(_notes(self._root)), self._eids)
        self._blocks = Blocks(self._notes)
        self._open: list[Node] = []
        self._quotation = Quotation()
        self.body = Body()

    def read(self) -> Body:
        """The body in its parts."""
        for element in self._root:
            if element.tag == "aside":
                continue
            self._element(element)
        self._quotation.end()
        left = self._notes.uncited()
        if left:
            self._add(self._root, left)
        return self.body

    def _element(self, element: etree._Element) -> None:
        is_list = element.tag == "ol" and any(item.get("id") in self._parts for item in element)
        part = self._part_of(element)
        if is_list or part is not None:
            self._quotation.end()
        if is_list:
            self._items(element)
        elif part is not None:
            self._line(element, part)
        else:
            block = self._blocks.block(element)
            if not (self._open and self._quotation.takes(element, block, self._open[-1].blocks)):
                self._add(element, block)
        self._quotation.follows(element)

    def _part_of(self, element: etree._Element) -> Part | None:
        return self._parts.get(element.get("id") or "")

    def _add(self, element: etree._Element, block: str) -> None:
        if self._open:
            self._open[-1].blocks.append(block)
        else:
            self.body.leading.append((element, block))

    def _line(self, element: etree._Element, part: Part) -> None:
        line = self._split(element)
        node = Node(part.kind, part.level, "", part.anchor, element.tag, line.number, join=line.join, marks=line.marks)
        if element.tag != "p" or part.kind is Kind.ANNEX:
            node.heading = line.rest
            node.join = None if line.join == "alone" else line.join
        elif line.rest is not None:
            node.blocks.append(xml.tag("p", line.rest))
        self._place(node, part)

    def _split(self, element: etree._Element) -> Parted:
        line: list[Token] = list(tokens(content_of(element), self._notes))
        seen = "".join(t.xml if t.sort is Sort.TEXT and t.length else "\n" * t.length for t in line)
        begin = len(seen) - len(seen.lstrip())
        marker = read_marker(seen.strip()[:_MARKER])
        return parted(line, begin + marker.end) if marker else parted(line, 0)

    def _items(self, element: etree._Element) -> None:
        number = int(element.get("start") or 1)
        first = True
        for item in element:
            part = self._part_of(item)
            if part is None:
                self._add(item, self._blocks.item(item, number, first=first))
            else:
                blocks = self._blocks.flows(item)
                node = Node(part.kind, part.level, "", part.anchor, "li", f"{number}.", own=len(blocks), first=first)
                node.blocks.extend(blocks)
                self._place(node, part)
            number += 1
            first = False

    def _place(self, node: Node, part: Part) -> None:
        while self._open and self._open[-1].level >= node.level:
            self._open.pop()
        node.eid = self._eids[part.anchor]
        if self._open:
            self._open[-1].children.append(node)
        else:
            (self.body.annexes if node.kind is Kind.ANNEX else self.body.parts).append(node)
        self._open.append(node)


def _notes(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for item in root.iter("li"):
        anchor = item.get("id") or ""
        if anchor.startswith("chu-thich-"):
            yield anchor.removeprefix("chu-thich-"), item
