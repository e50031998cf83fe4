"""The runs of a paragraph: text with its marks, signs of notes, pictures, boxes."""

import re
from collections.abc import Callable
from functools import lru_cache

from lxml import etree

from portal.papers.readers.docx.drawings import Box, chosen, drawn, link_of
from portal.papers.readers.docx.equations import linear
from portal.papers.readers.docx.fields import Fields, is_dropped, linked, name_and_rest
from portal.papers.readers.docx.names import MC, OFF, M, W
from portal.papers.readers.docx.pieces import COLUMN, PLAIN, Marks, Piece
from portal.papers.readers.docx.shared import Story
from portal.papers.readers.docx.styles import Look, child, value
from portal.papers.readers.docx.symbols import from_font, is_symbol_font
from portal.papers.remarks import Remarks
from portal.text.legacy import encoding_of_font, is_capital_font

_DEEPEST = 60
_WHITE = str.maketrans(f"\r\n{COLUMN}", "   ")
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_THROUGH = frozenset(
    W + name for name in ("smartTag", "customXml", "sdtContent", "dir", "bdo", "rubyBase", "ins", "moveTo", "ruby")
)
_CHANGED = frozenset(W + name for name in ("ins", "moveTo", "del", "moveFrom"))


class Inline:
    """Collects the pieces of one paragraph. `leaders` fill its tabs; `boxes` are the text boxes anchored in it."""

    def __init__(self, story: Story, fields: Fields, style: str | None, leaders: tuple[str, ...] = ()) -> None:
        self._story, self._shared, self._fields, self._style = story, story.shared, fields, style
        self._leaders = list(leaders)
        self.pieces: list[Piece] = []
        self.boxes: list[Box] = []
        self.has_hidden = False

    def read(self, element: etree._Element, href: str | None = None, depth: int = 0) -> None:
        """Everything in a paragraph or in something inside it."""
        if depth > _DEEPEST:
            self._text("".join(text.text or "" for text in element.iter(W + "t")), PLAIN)
            return
        for one in element:
            tag = one.tag
            if tag == W + "r":
                self._run(one, href)
                continue
            if tag in _CHANGED:
                self._shared.tally[Remarks.CHANGES_ACCEPTED] += 1
            if tag in _THROUGH:
                self.read(one, href, depth + 1)
            elif tag == W + "hyperlink":
                self.read(one, link_of(one, self._story) or href, depth + 1)
            elif (special := _SPECIAL.get(tag)) is not None:
                special(self, one, href, depth + 1)

    def _content_control(self, one: etree._Element, href: str | None, depth: int) -> None:
        shown = child(child(one, "sdtPr"), "showingPlcHdr")
        content = child(one, "sdtContent")
        if content is not None and (shown is None or shown.get(W + "val") in OFF):
            self.read(content, href, depth)

    def _simple_field(self, one: etree._Element, href: str | None, depth: int) -> None:
        code = one.get(W + "instr") or ""
        if not is_dropped(code):
            name, rest = name_and_rest(code)
            self.read(one, (linked(rest) if name == "HYPERLINK" else None) or href, depth)

    def _equation(self, one: etree._Element, href: str | None, depth: int) -> None:
        self._shared.tally[Remarks.EQUATION_LINEAR] += 1
        self._text(linear(one), PLAIN)

    def _alternatives(self, one: etree._Element, href: str | None, depth: int) -> None:
        if (option := chosen(one)) is not None:
            self.read(option, href, depth)

    def _run(self, run: etree._Element, href: str | None) -> None:
        properties = child(run, "rPr")
        styles = self._shared.styles
        own = styles.look(properties)
        look = own.over(styles.under(self._style, value(properties, "rStyle")))
        marks = marks_of(look, href or self._fields.href)
        self._children(run, look, marks)

    def _children(self, run: etree._Element, look: Look, marks: Marks) -> None:
        custom_sign = False
        for one in run:
            tag = one.tag
            if tag == W + "t":
                text = one.text or ""
                if one.get(_XML_SPACE) != "preserve":
                    text = text.strip(" \t\r\n")
                if not custom_sign:
                    self._looking(text, look, marks)
            elif tag == W + "fldChar":
                self._field_sign(one, marks)
            elif tag == W + "instrText":
                self._fields.code(one.text or "")
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                custom_sign = self._note(one, look)
            elif tag in _DRAWINGS:
                self._drawing(one, look)
            elif tag == MC + "AlternateContent":
                if (option := chosen(one)) is not None:
                    self._children(option, look, marks)
            elif tag == W + "ruby":
                self.read(one)
            else:
                self._sign(one, look, marks)

    def _looking(self, text: str, look: Look, marks: Marks) -> None:
        """Text as it is printed: hidden text is not, symbol fonts are pictures, capitals may be only a look."""
        if not self._fields.shows or not text:
            return
        if look.hidden:
            self.has_hidden = True
            self._shared.tally[Remarks.HIDDEN_DROPPED] += bool(text.strip())
            return
        if is_symbol_font(look.font) or _PRIVATE.search(text):
            text, lost = from_font(text, look.font)
            self._shared.tally[Remarks.SYMBOL_UNKNOWN] += lost
        if look.capitals and marks.encoding is None:
            text = text.upper()
        self._text(text, marks)

    def _text(self, text: str, marks: Marks) -> None:
        if text and self._fields.shows:
            self.pieces.append(Piece(text.translate(_WHITE), marks))

    def _sign(self, one: etree._Element, look: Look, marks: Marks) -> None:
        """Everything in a run that is a sign of its own."""
        if not self._fields.shows or look.hidden:
            return
        tag = one.tag
        if tag == W + "tab" or tag == W + "ptab":
            leader = self._leaders.pop(0) if self._leaders else ""
            self.pieces.append(Piece(leader or "\t", marks))
        elif tag in (W + "br", W + "cr"):
            is_column = one.get(W + "type") == "column"
            self.pieces.append(Piece(COLUMN) if is_column else Piece("\n", marks))
        elif tag == W + "noBreakHyphen":
            self.pieces.append(Piece("-", marks))
        elif tag == W + "softHyphen" and marks.encoding:  # in an old font its code is a letter
            self.pieces.append(Piece("\xad", marks))
        elif tag == W + "sym":
            self._symbol(one, marks)
        elif tag == W + "commentReference":
            self._shared.tally[Remarks.COMMENTS_DROPPED] += 1

    def _symbol(self, one: etree._Element, marks: Marks) -> None:
        code = one.get(W + "char") or ""
        try:
            place = int(code[:6], 16)
        except ValueError:
            return
        if 0x20 <= place < 0xD800 or 0xE000 <= place <= 0xFFFD:
            text, lost = from_font(chr(place), one.get(W + "font"))
            self._shared.tally[Remarks.SYMBOL_UNKNOWN] += lost
            self._text(text, Marks(marks.href, marks.strong, marks.em, marks.struck, marks.vertical))

    def _field_sign(self, one: etree._Element, marks: Marks) -> None:
        kind = one.get(W + "fldCharType")
        if kind == "begin":
            self._fields.begin(_checkbox(one))
        elif kind == "separate":
            self._fields.result()
        elif kind == "end":
            shown, _ = from_font(self._fields.end(), "Wingdings")
            self._text(shown, marks)

    def _note(self, one: etree._Element, look: Look) -> bool:
        """The sign of a note; whether the paper draws its own sign after it."""
        if not self._fields.shows or look.hidden or self._story.level < 0:
            return False
        kind = "footnote" if one.tag == W + "footnoteReference" else "endnote"
        noted = self._shared.noted
        number = noted.setdefault((kind, one.get(W + "id") or ""), len(noted) + 1)
        sign = f'<sup><a href="#chu-thich-{number}">{number}</a></sup>'
        self.pieces.append(Piece("", PLAIN, sign))
        return one.get(W + "customMarkFollows") not in (None, *OFF)

    def _drawing(self, one: etree._Element, look: Look) -> None:
        if look.hidden or not self._fields.shows:
            return
        found = drawn(one, self._story)
        self.pieces += [Piece("", PLAIN, picture) for picture in found.pictures]
        self.boxes += found.boxes
        self._shared.tally[Remarks.DIAGRAM_DROPPED] += found.has_diagram


@lru_cache(1 << 12)
def marks_of(look: Look, href: str | None = None) -> Marks:
    """What of a look is kept, and the old encoding that its font promises."""
    encoding = encoding_of_font(look.font) if look.font else None
    return Marks(
        href,
        bool(look.strong),
        bool(look.em),
        bool(look.struck),
        look.vertical if look.vertical in ("superscript", "subscript") else None,
        (encoding, bool(look.capitals) or is_capital_font(look.font or "")) if encoding else None,
    )


_DRAWINGS = frozenset({W + "drawing", W + "pict", W + "object"})
_SPECIAL: dict[str, Callable[[Inline, etree._Element, str | None, int], None]] = {
    W + "sdt": Inline._content_control,
    W + "fldSimple": Inline._simple_field,
    M + "oMath": Inline._equation,
    M + "oMathPara": Inline._equation,
    MC + "AlternateContent": Inline._alternatives,
}


def _checkbox(begin: etree._Element) -> str | None:
    box = child(child(begin, "ffData"), "checkBox")
    if box is None:
        return None
    state = child(box, "checked")
    state = child(box, "default") if state is None else state
    return "☒" if state is not None and state.get(W + "val") not in OFF else "☐"
