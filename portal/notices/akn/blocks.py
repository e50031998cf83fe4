"""Blocks of stored HTML (paragraphs, lists, tables, quotations) as Akoma Ntoso."""

from collections.abc import Iterator

from lxml import etree

from portal.notices.akn import xml
from portal.notices.akn.inline import Notes, content_of, tokens, written

BLOCKS = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "table", "blockquote", "aside"})
_IN_ITEMS = frozenset({"p", "ul", "ol"})


class Blocks:
    """Writes the blocks of one document."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        notes.blocks = lambda item: self.flow(item) or "<p/>"

    def block(self, element: etree._Element) -> str:
        """One block."""
        name = element.tag
        if name == "p":
            return xml.tag("p", self.line(element))
        if name in ("h2", "h3", "h4"):
            return xml.tag("block", self.line(element), name="heading", own_line=name)
        if name in ("ul", "ol"):
            return self.list_of(element)
        if name == "table":
            return self._table(element)
        if name == "blockquote":
            return xml.tag("p", self._quotation(element))
        return self.flow(element)

    def line(self, element: etree._Element) -> str:
        """What stands in a paragraph."""
        return written(tokens(content_of(element), self.notes))

    def flow(self, element: etree._Element) -> str:
        """Text and blocks mixed (cells, items, notes), as blocks."""
        return "".join(self.flows(element))

    def flows(self, element: etree._Element) -> list[str]:
        """The same, a block each."""
        return [
            self.block(piece) if isinstance(piece, etree._Element) else xml.tag("p", written(tokens(piece, self.notes)))
            for piece in _pieces(element)
        ]

    def list_of(self, element: etree._Element) -> str:
        """A list; the number that it starts with stands at its first item."""
        begin = element.get("start") if element.tag == "ol" else None
        items = [item for item in element if item.tag == "li"]
        values: list[str | None] = [begin] + [None] * len(items)
        written_items = "".join(
            xml.tag("li", self._item(item), value=value) for item, value in zip(items, values, strict=False)
        )
        return xml.tag(element.tag, written_items)

    def item(self, item: etree._Element, number: int, *, first: bool) -> str:
        """One item of a list whose other items are parts of the document."""
        content = xml.tag("li", self._item(item), value=number)
        return xml.tag("ol", content, own_more=None if first else "1", own_first="1" if first else None)

    def _item(self, item: etree._Element) -> str:
        out: list[str] = []
        for piece in _pieces(item):
            if not isinstance(piece, etree._Element):
                out.append(written(tokens(piece, self.notes)))
            elif piece.tag in _IN_ITEMS:
                out.append(self.block(piece))
            elif piece.tag == "blockquote":
                out.append(self._quotation(piece))
            else:
                out.append(xml.tag("subFlow", self.block(piece), name="block"))
        return "".join(out)

    def _quotation(self, element: etree._Element) -> str:
        return xml.tag("embeddedStructure", self.flow(element) or "<p/>", own_line="blockquote")

    def _table(self, table: etree._Element) -> str:
        caption = table.find("caption")
        head = xml.tag("caption", self.line(caption)) if caption is not None else ""
        rows: list[str] = []
        before = None
        for group in table:
            if group.tag not in ("thead", "tbody", "tfoot"):
                continue
            begins = "1" if group.tag == before else None
            for row in group:
                rows.append(self._row(row, None if group.tag == "tbody" else group.tag, begins))
                begins = None
            before = group.tag
        return xml.tag("table", head + "".join(rows))

    def _row(self, row: etree._Element, group: str | None, begins: str | None) -> str:
        cells = "".join(
            xml.tag(
                cell.tag,
                self.flow(cell),
                colspan=cell.get("colspan"),
                rowspan=cell.get("rowspan"),
                own_scope=cell.get("scope"),
            )
            for cell in row
        )
        return xml.tag("tr", cells, own_group=group, own_begins=begins)


def _pieces(element: etree._Element) -> Iterator[list[str | etree._Element] | etree._Element]:
    """Blocks, and between them the runs of text that are more than a gap."""
    run: list[str | etree._Element] = []
    for piece in content_of(element):
        if isinstance(piece, str) or piece.tag not in BLOCKS:
            run.append(piece)
            continue
        if _says_something(run):
            yield run
        run = []
        yield piece
    if _says_something(run):
        yield run


def _says_something(run: list[str | etree._Element]) -> bool:
    return any(not isinstance(piece, str) or piece.strip() for piece in run)
