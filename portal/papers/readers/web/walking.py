"""Going through the content of a page in order, and writing its blocks."""

import re

from lxml.html import HtmlElement

from portal.papers.paper import Note, Writer
from portal.papers.readers.web import lists, tables
from portal.papers.readers.web.inline import DEEPEST, Inline
from portal.papers.readers.web.pictures import Pictures

_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "caption",
    }
)
_FRAMES = frozenset({"iframe", "frame", "object", "embed", "frameset", "applet"})
_HEADING = re.compile(r"h[1-6]\Z")


class Walk:
    """One pass over a page. `frames`: something from elsewhere stood in it."""

    def __init__(self, pictures: Pictures, max_text: int) -> None:
        self.writer = Writer()
        self.frames = False
        self._pictures, self._max = pictures, max_text
        self._levels: dict[str, int] = {}
        self._inline = self.inline()

    def inline(self) -> Inline:
        """A collector for one more paragraph."""
        return Inline(self._pictures, self._max)

    def over(self, root: HtmlElement) -> None:
        """Write all of the content."""
        present = sorted({e.tag for e in root.iter("h1", "h2", "h3", "h4", "h5", "h6")})
        self._levels = {tag: min(2 + rank, 4) for rank, tag in enumerate(present)}
        self.inside(root, 0)
        self.flush()

    def notes(self, notes: dict[int, HtmlElement]) -> tuple[Note, ...]:
        """The contents of the footnotes."""
        return tuple(Note(number, self.line_of(element)[1]) for number, element in sorted(notes.items()))

    def inside(self, element: HtmlElement, depth: int) -> None:
        """What is in an element that has no meaning of its own."""
        if depth > DEEPEST:
            self._inline.say(element.text_content())
            return
        self._inline.say(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, depth + 1)
            self._inline.say(child.tail)

    def _child(self, element: HtmlElement, depth: int) -> None:
        tag = element.tag
        if tag in _FRAMES:
            self.frames = True
        elif tag not in _BLOCKS:
            self._inline_or_inside(element, depth)
        else:
            self.flush()
            self._block(element, depth)
            self.flush()

    def _inline_or_inside(self, element: HtmlElement, depth: int) -> None:
        """A `<span>` or an unknown element may hold whole paragraphs."""
        if any(isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in element.iterdescendants()):
            self.inside(element, depth)
        else:
            self._inline.over(element, depth)

    def _block(self, element: HtmlElement, depth: int) -> None:
        tag = element.tag
        if _HEADING.match(tag) and has_no_blocks(element):
            text, html = self.line_of(element)
            if text:
                level = self._levels.get(tag, 4)
                self.write(text, f"<h{level}>{html}</h{level}>")
        elif tag in ("ul", "ol", "menu"):
            lists.write_list(self, element, depth)
        elif tag == "table":
            tables.write_table(self, element, depth)
        elif tag == "blockquote" and has_no_blocks(element):
            text, html = self.line_of(element)
            if text:
                self.write(text, f"<blockquote><p>{html}</p></blockquote>")
        elif tag == "pre":
            self._inline.over(element, depth)
        elif tag != "hr":
            self.inside(element, depth)

    def line_of(self, element: HtmlElement) -> tuple[str, str]:
        """All that is in an element as one paragraph: text and html; paragraphs in it become lines."""
        inline = self.inline()
        _as_lines(inline, element, 0)
        return inline.taken()

    def flush(self) -> None:
        """End the paragraph under way."""
        text, html = self._inline.taken()
        if text or "<img" in html or "<sup><a" in html:
            self.write(text, f"<p>{html}</p>")

    def write(self, text: str, html: str) -> None:
        """One block."""
        self.writer.add(text, html)


def has_no_blocks(element: HtmlElement) -> bool:
    """Whether there are only words in it."""
    return not any(isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in element.iterdescendants())


def _as_lines(inline: Inline, element: HtmlElement, depth: int) -> None:
    if depth > DEEPEST or has_no_blocks(element):
        inline.over(element, depth)
        return
    inline.say(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _FRAMES:
            is_block = child.tag in _BLOCKS
            if is_block:
                inline.break_line()
            _as_lines(inline, child, depth + 1)
            if is_block:
                inline.break_line()
        inline.say(child.tail)
