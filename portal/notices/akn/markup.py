"""Akoma Ntoso as HTML: lines and flows, for documents of ours and of others alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from portal.notices.akn.names import MARKS, OWN
from portal.notices.akn.parsing import local

_TAGS = {short: name for name, short in MARKS.items()}
_INLINE = frozenset(
    {*_TAGS, "a", "u", "abbr", "span", "inline", "img", "br", "eol", "eop", "noteRef", "marker"}
    | {"ref", "mref", "rref", "mod", "mmod", "rmod", "remark", "recordedTime", "vote", "outcome", "omissis", "def"}
    | {"embeddedText", "quotedText", "opinion", "placeholder", "fillIn", "decoration", "docType", "docTitle"}
    | {"docNumber", "docProponent", "docDate", "legislature", "session", "shortTitle", "docAuthority", "docPurpose"}
    | {"docCommittee", "docIntroducer", "docStage", "docStatus", "docJurisdiction", "docketNumber", "date", "time"}
    | {"person", "organization", "concept", "object", "event", "location", "process", "role", "term", "quantity"}
    | {
        "entity",
        "argument",
        "courtType",
        "neutralCitation",
        "party",
        "judge",
        "lawyer",
        "signature",
        "affectedDocument",
    }
    | {"relatedDocument", "change"}
)
_NOTE = "authorialNote"
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


def own(element: etree._Element, name: str) -> str | None:
    """One of our own attributes."""
    value: str | None = element.get(f"{{{OWN}}}{name}")
    return value


@dataclass
class Markup:
    """Writes the HTML of one document. `notes`: contents of its footnotes, in the order of their numbers."""

    is_own: bool
    flow: "Flow"
    notes: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, str] = field(default_factory=dict)
    _written: dict[int, str] = field(default_factory=dict)
    kept: dict[str, etree._Element] = field(default_factory=dict)
    """Notes that stand in the metadata, by id."""

    def line(self, element: etree._Element) -> str:
        """The inside of an element as one line with marks."""
        return escape(element.text or "", quote=False) + "".join(
            self.mark(child) + escape(child.tail or "", quote=False) for child in element
        )

    def mark(self, element: etree._Element) -> str:
        """An inline element."""
        name = local(element)
        if name in _TAGS:
            return f"<{_TAGS[name]}>{self.line(element)}</{_TAGS[name]}>"
        if name in ("eol", "br"):
            return "<br>"
        special = {"img": _picture, _NOTE: self.note, "noteRef": self._reference, "a": self._link}
        return (special | {"ref": self._link}).get(name, self.line)(element)

    def note(self, element: etree._Element) -> str:
        """The number of a footnote, whose content is kept for the end."""
        identity = element.get("eId") or element.get("id") or ""
        if not identity or self._numbers.get(identity) in self.notes:
            identity = f"note {len(self._numbers)}"
        return self._cited(identity, element.get("marker"), element)

    def footnotes(self) -> str:
        """All footnotes, as the stored alphabet has them at the end of a body."""
        items = "".join(f'<li id="chu-thich-{number}">{content}</li>' for number, content in self.notes.items())
        return f'<aside class="portal-doc-notes"><ol>{items}</ol></aside>' if items else ""

    def _reference(self, element: etree._Element) -> str:
        identity = (element.get("href") or "").removeprefix("#")
        note = self.kept.get(identity)
        if note is None and identity not in self._numbers and not self.is_own:
            return escape(element.get("marker") or "", quote=False)
        return self._cited(identity, element.get("marker"), note)

    def _cited(self, identity: str, marker: str | None, note: etree._Element | None) -> str:
        number = self._numbers.get(identity)
        if number is None:
            number = identity.removeprefix("fn_") if self.is_own else str(len(self._numbers) + 1)
            self._numbers[identity] = number
        if note is not None and number not in self.notes:
            self.notes[number] = ""  # its place, before those that it cites itself
            self.notes[number] = "".join(self.flow.blocks(note))
        shown = marker if self.is_own and marker else number
        return f'<sup><a href="#chu-thich-{number}">{escape(shown, quote=False)}</a></sup>'

    def _link(self, element: etree._Element) -> str:
        inner = self.line(element)
        href = own(element, "href") or element.get("href") or ""
        kept = local(element) == "a" if self.is_own else _WEB.match(href)
        return f'<a href="{escape(href)}">{inner}</a>' if kept and href else inner


class Flow:
    """Blocks and text mixed, as blocks of HTML; what nobody knows keeps its words."""

    def __init__(self, root: etree._Element, *, is_own: bool) -> None:
        self.markup = Markup(is_own, self)
        self._with_blocks = frozenset(_with_blocks(root))

    def blocks(self, element: etree._Element, *, without: frozenset[str] = frozenset()) -> list[str]:
        """The inside of an element, but for the children of those names."""
        out: list[str] = []
        line = [escape(element.text or "", quote=False)]
        for child in element:
            name = local(child)
            if name in without:
                pass
            elif name == _NOTE or (name in _INLINE and child not in self._with_blocks):
                line.append(self.markup.mark(child))
            else:
                _end(line, out)
                out.extend(self.block(child))
            line.append(escape(child.tail or "", quote=False))
        _end(line, out)
        return out

    def block(self, element: etree._Element) -> Iterator[str]:
        """One block."""
        name = local(element)
        if name in ("ul", "ol"):
            yield self._list(element, name)
        elif name == "table":
            yield self._table(element)
        elif name in ("embeddedStructure", "quotedStructure"):
            yield self._quotation(element)
        elif name == "block" and own(element, "line") in ("h2", "h3", "h4"):
            tag = own(element, "line")
            yield f"<{tag}>{self.markup.line(element)}</{tag}>"
        elif name not in ("meta", "identification"):
            yield from self.blocks(element)

    def _quotation(self, element: etree._Element) -> str:
        start, end = element.get("startQuote") or "", element.get("endQuote") or ""
        inner = self.blocks(element)
        if inner and inner[0].startswith("<p>"):
            inner[0] = f"<p>{escape(start, quote=False)}{inner[0][3:]}"
        if inner and inner[-1].endswith("</p>"):
            inner[-1] = f"{inner[-1][:-4]}{escape(end, quote=False)}</p>"
        return f"<blockquote>{''.join(inner)}</blockquote>"

    def _list(self, element: etree._Element, name: str) -> str:
        items = list(element)
        begin = items[0].get("value") if items and name == "ol" else None
        inner = "".join(f"<li>{self.item(item)}</li>" for item in items)
        start = f' start="{escape(begin)}"' if begin else ""
        return f"<{name}{start}>{inner}</{name}>"

    def item(self, item: etree._Element) -> str:
        """What stands in an item of a list."""
        return "".join(self.blocks(item))

    def _table(self, table: etree._Element) -> str:
        out: list[str] = []
        before = ""
        for row in table:
            if local(row) == "caption":
                out.append(f"<caption>{self.markup.line(row)}</caption>")
                continue
            group = own(row, "group") or "tbody"
            if group != before or own(row, "begins"):
                out.append(f"</{before}><{group}>" if before else f"<{group}>")
            before = group
            cells = row if local(row) == "tr" else [row]
            out.append(f"<tr>{''.join(self._cell(cell) for cell in cells)}</tr>")
        return f"<table>{''.join(out)}{f'</{before}>' if before else ''}</table>"

    def _cell(self, cell: etree._Element) -> str:
        name = local(cell) if local(cell) in ("td", "th") else "td"
        named = ("colspan", cell.get("colspan")), ("rowspan", cell.get("rowspan")), ("scope", own(cell, "scope"))
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in named if value)
        return f"<{name}{attributes}>{''.join(self.blocks(cell))}</{name}>"


def _picture(element: etree._Element) -> str:
    source = own(element, "src") or element.get("src") or ""
    return f'<img src="{escape(source)}" alt="{escape(element.get("alt") or "")}">'


def _with_blocks(root: etree._Element) -> set[etree._Element]:
    """Elements that have a block somewhere inside; what stands in a footnote does not count outside of it."""
    found: set[etree._Element] = set()
    for element in root.iter():
        if local(element) in _INLINE or local(element) == _NOTE:
            continue
        above = element.getparent()
        while above is not None and above not in found and local(above) != _NOTE:
            found.add(above)
            above = above.getparent()
    return found


def _end(line: list[str], out: list[str]) -> None:
    whole = "".join(line)
    if whole.strip():
        out.append(f"<p>{whole.strip()}</p>")
    line.clear()
