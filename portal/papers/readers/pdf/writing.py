"""From flows to blocks: paragraphs over page breaks, recipients before signatures, tables over pages as one."""

from html import escape

from portal.papers.paper import Writer
from portal.papers.readers.pdf.margins import Margins, margins_of
from portal.papers.readers.pdf.markup import html_of_words, said
from portal.papers.readers.pdf.model import Line, Page, Picture, Table
from portal.papers.readers.pdf.order import Flow, Kind, flows_of
from portal.papers.readers.pdf.paragraphs import Hyphens, Joining, Paragraph, headed, listed
from portal.papers.readers.pdf.tables import joined, text_of_table


def written(pages: list[Page], hyphens: Hyphens) -> Writer:
    """All blocks of the paper in the order of reading."""
    flows = _feet_joined(_flows(pages))
    _tables_joined(flows)
    writing = _Writing(hyphens)
    for flow in flows:
        writing.flow(flow)
    writing.close()
    return writing.writer


def _flows(pages: list[Page]) -> list[Flow]:
    flows: list[Flow] = []
    open_foot: Flow | None = None
    for page in pages:
        own = flows_of(page, open_foot)
        flows += own
        kinds = [flow.kind for flow in own]
        lists = [flow for flow in own if flow.kind is Kind.RECIPIENTS]
        # Nothing but the foot at the end of the page: its list may go on on the next.
        ends_open = bool(lists) and set(kinds[kinds.index(Kind.RECIPIENTS) :]) <= {Kind.RECIPIENTS, Kind.SIGNATURE}
        open_foot = lists[-1] if ends_open else None
    return flows


def _feet_joined(flows: list[Flow]) -> list[Flow]:
    """A foot over two pages: all recipients, then the whole signature."""
    out: list[Flow] = []
    for index, flow in enumerate(flows):
        earlier = flows[index - 1] if index else None
        if (
            flow.kind is Kind.RECIPIENTS
            and earlier is not None
            and earlier.page == flow.page - 1
            and earlier.kind in (Kind.SIGNATURE, Kind.RECIPIENTS)
            and out
        ):
            place = len(out) - 1 if out[-1].kind is Kind.SIGNATURE else len(out)
            before = next((x for x in reversed(out[:place]) if x.kind is Kind.RECIPIENTS), None)
            if before is not None:
                before.items += flow.items
                continue
        out.append(flow)
    return out


def _tables_joined(flows: list[Flow]) -> None:
    """Tables that follow each other directly over a page break and have the same columns."""
    last: tuple[Flow, Table] | None = None
    for flow in flows:
        kept = []
        for item in flow.items:
            if isinstance(item, Table) and last is not None and item.page == last[1].page + 1 and joined(last[1], item):
                last[1].page = item.page
                continue
            kept.append(item)
            last = (flow, item) if isinstance(item, Table) else None
        flow.items = kept


class _Writing:
    def __init__(self, hyphens: Hyphens) -> None:
        self.hyphens = hyphens
        self.writer = Writer()
        self.joining = Joining(hyphens)
        self.margins: Margins | None = None

    def flow(self, flow: Flow) -> None:
        lines = [item for item in flow.items if isinstance(item, Line)]
        if flow.kind in (Kind.BODY, Kind.COLUMN):
            self._body(flow, lines)
            return
        self.close()
        if flow.kind is Kind.RECIPIENTS:
            paragraphs = listed(lines, self.hyphens)
        elif flow.kind is Kind.HEAD:
            paragraphs = headed(lines, self.hyphens)
        else:
            paragraphs = [Paragraph(list(line.words), line.page) for line in lines]
        for paragraph in paragraphs:
            self._paragraph(paragraph)
        for item in flow.items:
            if not isinstance(item, Line):
                self._other(item)

    def _body(self, flow: Flow, lines: list[Line]) -> None:
        margins = margins_of(lines, self.margins if flow.kind is Kind.BODY else None, least=flow.least)
        if flow.kind is Kind.BODY and len(lines) >= 6:
            self.margins = margins
        for item in flow.items:
            if isinstance(item, Line):
                self.joining.add(item, margins)
            elif isinstance(item, Picture) and not item.name:
                continue
            else:
                self.close()
                self._other(item)

    def close(self) -> None:
        """Writes the paragraphs that are finished; the next line begins a new one."""
        for paragraph in self.joining.paragraphs:
            self._paragraph(paragraph)
        self.joining = Joining(self.hyphens)

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = said(paragraph.words)
        if text:
            self.writer.add(text, f"<p>{html_of_words(paragraph.words)}</p>", paragraph.page)

    def _other(self, item: Table | Picture | Line) -> None:
        if isinstance(item, Table):
            page = min((line.page for cell in item.cells for line in cell.lines), default=item.page)
            text, html = text_of_table(item, self.hyphens)
            if text:
                self.writer.add(text, html, page)
        elif isinstance(item, Picture) and item.name:
            self.writer.add("", f'<p><img src="hinh:{escape(item.name)}" alt=""></p>', item.page)
