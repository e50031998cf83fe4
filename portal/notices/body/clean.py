"""HTML from editors, Word and web pages brought into the small alphabet in which bodies are stored.

The result is written anew from the parsed tree, then passed through nh3 as the last guard.
"""

import re
from collections.abc import Iterator
from html import escape

import nh3
from lxml import html as lxml_html

from portal.notices.body.wordlists import list_marker
from portal.text import nfc, without_controls, without_invisible

_INLINE = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "sup": "sup",
    "sub": "sub",
    "del": "del",
    "s": "del",
    "strike": "del",
    "ins": "ins",
}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_TABLE = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "blockquote", "center", "pre", "hr", "dl", "dt", "dd", "address", "form", "fieldset"}
    | {"section", "article", "aside", "main", "header", "footer", "nav", "figure", "figcaption", "details", "summary"}
    | _TABLE
    | _HEADINGS.keys()
)
_ALLOWED = frozenset(
    {"h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "br", "a", "strong", "em", "sup", "sub", "del", "ins"}
    | {"img", "aside"}
    | _TABLE
)
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "li": {"id"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"scope", "colspan", "rowspan"},
}
_SCHEMES = {"http", "https", "mailto", "hinh"}
_STORED = re.compile(r"/tep/[0-9a-f]{64}/[^/<>\"\s]+|hinh:[\w.-]{1,80}")
"""Pictures that are shown: files of the portal, and in a paper being read its own (`portal.papers`)."""
_NOTE = re.compile(r"chu-thich-([1-9]\d{0,3})")
_DROPPED = {
    "script",
    "style",
    "title",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "xml",
    "textarea",
    "select",
}
_WIDE = nh3.Cleaner(
    tags=set(_BLOCKS | _ALLOWED | _INLINE.keys() | {"span"}),
    clean_content_tags=_DROPPED,
    attributes={"*": {"style"}, **_ATTRIBUTES},
    url_schemes=_SCHEMES,
    link_rel=None,
)
_NARROW = nh3.Cleaner(
    tags=set(_ALLOWED),
    clean_content_tags=_DROPPED,
    attributes=_ATTRIBUTES | {"a": {"href", "id"}, "aside": {"class"}},
    url_schemes=_SCHEMES,
    link_rel=None,
)
_TAG = re.compile(r"<(/?)([a-zA-Z]\w*)")
_TAGS = re.compile(r"<[^<>]*>|[<>]")
_FLAT = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
    | {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option"}
)
"""Elements that have no end, or need none: they do not nest by staying open."""
_DEEPEST_PARSED = 200
_SPACES = re.compile(r"[\s\u00a0]+")
_BREAKS = re.compile(r" ?<br> ?")
_EMPTY_INLINE = re.compile(r"<(strong|em|sup|sub|del|ins|a)(?: [^<>]*)?>( ?)</\1>")
_SCOPES = frozenset(("row", "col", "rowgroup", "colgroup"))
_DEEPEST = 60


def clean_html(html: str) -> str:
    """The body in the stored alphabet: h2–h4, p, lists, tables, quotations, strong/em/sup/sub/del/ins, links, br,
    pictures that the portal keeps, footnotes (`docs/decisions/papers.md`).

    Idempotent; NFC. No style, script or foreign picture; links only http, https, mailto, relative or to an anchor.
    Word's debris is gone and its bulleted and numbered paragraphs are real lists; lettered ones keep their letter
    (the Vietnamese row has đ). What nests deeper than 200 elements keeps its words and loses its marks.
    """
    html = without_controls(html)
    if _is_too_deep(html):  # before anything parses it: parsers take quadratic time there
        html = _TAGS.sub(" ", html)
    wide = _WIDE.clean(html).replace("&nbsp;", " ")
    wide = _SPACES.sub(" ", nfc(without_invisible(without_controls(wide))))
    if not wide.strip():
        return ""
    parser = lxml_html.HTMLParser(huge_tree=True)
    root = lxml_html.fragment_fromstring(wide, create_parent="div", parser=parser)
    flow = _Flow(root)
    return _NARROW.clean("\n".join([*flow.blocks(root), *flow.notes()]))


def _is_too_deep(html: str) -> bool:
    depth = 0
    for closing, tag in _TAG.findall(html):
        if tag.lower() not in _FLAT:
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > _DEEPEST_PARSED:
                return True
    return False


class _Flow:
    """Writes one parsed tree; `blocks` yields finished blocks, `_inline` one line of text with marks."""

    def __init__(self, root: lxml_html.HtmlElement) -> None:
        self._with_blocks: set[lxml_html.HtmlElement] = set()
        for element in root.iter(*_BLOCKS):
            above = element.getparent()
            while above is not None and above not in self._with_blocks:
                self._with_blocks.add(above)
                above = above.getparent()
        self._notes: dict[int, str] = {}
        self._noted = {number for item in root.iter("li") if (number := _note_number(item.get("id"))) is not None}
        self._cited: set[int] = set()

    def notes(self) -> Iterator[str]:
        """The footnotes that stood anywhere, as one list at the end."""
        if self._notes:
            items = "".join(f'<li id="chu-thich-{number}">{self._notes[number]}</li>' for number in sorted(self._notes))
            yield f'<aside class="portal-doc-notes"><ol>{items}</ol></aside>'

    def blocks(self, element: lxml_html.HtmlElement, depth: int = 0) -> Iterator[str]:
        if depth > _DEEPEST:
            yield from _paragraphs(_text(element.text_content()))
            return
        line: list[str] = [_text(element.text)]
        children = list(element)
        place = 0
        while place < len(children):
            child = children[place]
            place += 1
            if child.tag not in _BLOCKS and child not in self._with_blocks:
                line += (self._mark(child, depth), _text(child.tail))
                continue
            yield from _paragraphs("".join(line))
            line = []
            if list_marker(child) is not None:
                run = [child]
                while place < len(children) and not (run[-1].tail or "").strip() and list_marker(children[place]):
                    run.append(children[place])
                    place += 1
                yield from self._word_list(run, depth)
                line.append(_text(run[-1].tail))
            else:
                yield from self._block(child, depth + 1)
                line.append(_text(child.tail))
        yield from _paragraphs("".join(line))

    def _block(self, element: lxml_html.HtmlElement, depth: int) -> Iterator[str]:
        tag = element.tag
        if tag in _HEADINGS and element not in self._with_blocks:
            line = _tidy(self._inline(element, depth))
            if line:
                yield f"<{_HEADINGS[tag]}>{line}</{_HEADINGS[tag]}>"
        elif tag in ("ul", "ol"):
            yield from self._list(element, depth)
        elif tag == "table":
            yield from self._table(element, depth)
        elif tag == "blockquote":
            inner = "\n".join(self.blocks(element, depth))
            if inner:
                yield f"<blockquote>{inner}</blockquote>"
        else:
            yield from self.blocks(element, depth)

    def _list(self, element: lxml_html.HtmlElement, depth: int) -> Iterator[str]:
        items: list[str] = []
        for child in element:
            if child.tag in ("ul", "ol"):
                nested = "\n".join(self._list(child, depth + 1)) if depth < _DEEPEST else ""
                if items and nested:
                    items[-1] = f"{items[-1]}\n{nested}"
                elif nested:
                    items.append(nested)
                continue
            content = self._content(child, depth + 1)
            if content:
                items.append(content)
            if content and (number := _note_number(child.get("id"))) is not None:
                self._notes.setdefault(number, items.pop())
        if items:
            start = _small_number(element.get("start"), least=0) if element.tag == "ol" else None
            attribute = f' start="{start}"' if start not in (None, 1) else ""
            yield f"<{element.tag}{attribute}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{element.tag}>"

    def _content(self, element: lxml_html.HtmlElement, depth: int) -> str:
        """What is in a list item or a cell: a single paragraph goes without its p."""
        blocks = list(self.blocks(element, depth))
        paragraphs = [block for block in blocks if block.startswith("<p>")]
        if len(paragraphs) == 1 and blocks[0] is paragraphs[0]:
            blocks[0] = blocks[0][3:-4]
        return "\n".join(blocks)

    def _table(self, element: lxml_html.HtmlElement, depth: int) -> Iterator[str]:
        out: list[str] = []
        for child in element:
            if child.tag == "caption":
                caption = _tidy(_text(child.text_content()))
                out += [f"<caption>{caption}</caption>"] if caption else []
            elif child.tag in ("thead", "tbody", "tfoot"):
                rows = "".join(self._row(row, depth) for row in child if row.tag == "tr")
                out += [f"<{child.tag}>{rows}</{child.tag}>"] if rows else []
            elif child.tag == "tr":
                row = self._row(child, depth)
                out += [f"<tbody>{row}</tbody>"] if row else []
        whole = "".join(out).replace("</tbody><tbody>", "")
        if "<t" in whole:
            yield f"<table>{whole}</table>"

    def _row(self, row: lxml_html.HtmlElement, depth: int) -> str:
        cells = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            attributes = [
                f' {name}="{number}"'
                for name in ("colspan", "rowspan")
                if (number := _small_number(cell.get(name), least=2)) is not None
            ]
            if cell.tag == "th" and cell.get("scope") in _SCOPES:
                attributes.append(f' scope="{cell.get("scope")}"')
            cells.append(f"<{cell.tag}{''.join(attributes)}>{self._content(cell, depth + 1)}</{cell.tag}>")
        return f"<tr>{''.join(cells)}</tr>" if cells else ""

    def _word_list(self, run: list[lxml_html.HtmlElement], depth: int) -> Iterator[str]:
        """Word's list paragraphs in a row: bullets and running numbers as lists, other markers literally."""
        kind, start, following = "", 0, 0
        items: list[str] = []
        for element in run:
            marker = list_marker(element)
            assert marker is not None
            text = _tidy(self._inline(element, depth))
            next_kind = "ul" if marker.is_bullet else "ol" if marker.number is not None else "p"
            if items and (next_kind != kind or (kind == "ol" and marker.number != following)):
                yield _plain_list(kind, items, start)
                items = []
            if next_kind == "p":
                yield f"<p>{_text(marker.text)} {text}</p>"
                continue
            if not items:
                kind, start = next_kind, marker.number or 1
            if text:
                items.append(text)
            following = (marker.number or 0) + 1
        if items:
            yield _plain_list(kind, items, start)

    def _inline(self, element: lxml_html.HtmlElement, depth: int) -> str:
        if depth > _DEEPEST:
            return _text(element.text_content())
        pieces = [_text(element.text)]
        for child in element:
            pieces += (self._mark(child, depth + 1), _text(child.tail))
        return "".join(pieces)

    def _mark(self, element: lxml_html.HtmlElement, depth: int) -> str:
        tag = element.tag
        if tag in ("br", "img"):
            return "<br>" if tag == "br" else _picture(element)
        style = (element.get("style") or "").replace(" ", "").lower()
        if "mso-list:ignore" in style:
            return ""
        inner = self._inline(element, depth)
        if tag == "a":
            return self._link(_SPACES.sub("", element.get("href") or ""), inner)
        for mark in _marks(tag, style):
            inner = f"<{mark}>{inner}</{mark}>"
        return inner

    def _link(self, href: str, inner: str) -> str:
        number = _note_number(href[1:]) if href.startswith("#") else None
        if number is not None:
            return self._citation(number, inner)
        is_address = href and not href.startswith(("#_", "hinh:"))
        return f'<a href="{escape(href)}">{inner}</a>' if is_address else inner

    def _citation(self, number: int, inner: str) -> str:
        """A reference to a footnote, the first one with the anchor by which the note leads back."""
        if number not in self._noted:
            return inner
        anchor = f' id="goi-chu-thich-{number}"' if number not in self._cited else ""
        self._cited.add(number)
        return f'<a href="#chu-thich-{number}"{anchor}>{inner}</a>'


def _note_number(anchor: str | None) -> int | None:
    found = _NOTE.fullmatch(anchor or "")
    return int(found[1]) if found else None


def _picture(element: lxml_html.HtmlElement) -> str:
    source = (element.get("src") or "").strip()
    if not _STORED.fullmatch(source):
        return ""
    alt = " ".join((element.get("alt") or "").split())
    return f'<img src="{escape(source)}" alt="{escape(alt)}">'


_STYLE_MARKS = (
    (re.compile(r"font-weight:(?:bold|[6-9]00)"), "strong"),
    (re.compile(r"font-style:italic"), "em"),
    (re.compile(r"vertical-align:super"), "sup"),
    (re.compile(r"vertical-align:sub(?!\w)"), "sub"),
    (re.compile(r"text-decoration(?:-line)?:[a-z]*line-through"), "del"),
)


def _marks(tag: str, style: str) -> list[str]:
    named = _INLINE.get(tag)
    if named == "strong" and "font-weight:normal" in style:
        named = None
    styled = [mark for pattern, mark in _STYLE_MARKS if mark != named and pattern.search(style)] if style else []
    return [*([named] if named else []), *styled]


def _text(raw: str | None) -> str:
    return escape(raw, quote=False) if raw else ""


def _tidy(line: str) -> str:
    if "<" not in line:
        return line.strip() if "  " not in line else " ".join(line.split())
    before = None
    while ("></" in line or "> </" in line) and before != line:
        before, line = line, _EMPTY_INLINE.sub(r"\2", line)
    line = _BREAKS.sub("<br>", _SPACES.sub(" ", line)).strip()
    while line.startswith("<br>"):
        line = line[4:].strip()
    while line.endswith("<br>"):
        line = line[:-4].strip()
    return line


def _paragraphs(line: str) -> Iterator[str]:
    tidy = _tidy(line)
    if tidy:
        yield f"<p>{tidy}</p>"


def _plain_list(tag: str, items: list[str], start: int) -> str:
    attribute = f' start="{start}"' if tag == "ol" and start != 1 else ""
    return f"<{tag}{attribute}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"


def _small_number(written: str | None, *, least: int) -> int | None:
    digits = (written or "").strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 4:
        return None
    return int(digits) if least <= int(digits) <= 1000 else None
