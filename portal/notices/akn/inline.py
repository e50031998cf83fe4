"""The inside of a line: stored HTML to Akoma Ntoso, and a line parted into its number and its text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from lxml import etree

from portal.notices.akn import xml
from portal.notices.akn.iri import number_iri
from portal.notices.akn.names import MARKS
from portal.text import find_numbers

Run = Iterable["str | etree._Element"]
_NOTE = "#chu-thich-"


class Sort(Enum):
    OPEN = auto()
    CLOSE = auto()
    TEXT = auto()
    VOID = auto()


class Token(NamedTuple):
    """A piece of a line. `xml`: its markup, or its raw text; `length`: how many characters markers see in it."""

    sort: Sort
    xml: str
    length: int = 0


@dataclass
class Notes:
    """What lines point to: footnotes, whose content `blocks` writes where one is first cited, and parts by anchor."""

    items: dict[str, etree._Element]
    eids: Mapping[str, str] = field(default_factory=dict)
    blocks: Callable[[etree._Element], str] = field(default=lambda _item: "")
    cited: set[str] = field(default_factory=set)

    def cite(self, number: str, marker: str) -> str:
        """The note itself where it is first cited, later a reference to it."""
        if number in self.cited:
            return xml.tag("noteRef", href=f"#fn_{number}", marker=marker)
        return self.note(number, marker)

    def note(self, number: str, marker: str) -> str:
        """The whole note."""
        self.cited.add(number)
        content = self.blocks(self.items[number])
        return xml.tag("authorialNote", content, marker=marker, placement="bottom", eId=f"fn_{number}")

    def uncited(self) -> str:
        """The notes that nothing in the text cites, in a paragraph of their own."""
        left = [self.note(number, number) for number in self.items if number not in self.cited]
        return xml.tag("p", "".join(left), own_line="notes") if left else ""


def tokens(run: Run, notes: Notes) -> Iterator[Token]:
    """A run of text and inline elements as pieces."""
    for piece in run:
        if isinstance(piece, str):
            if piece:
                yield Token(Sort.TEXT, piece, len(piece))
        else:
            yield from _element(piece, notes)


def content_of(element: etree._Element) -> Run:
    """The text and the children of an element, in order."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def _element(element: etree._Element, notes: Notes) -> Iterator[Token]:
    name = element.tag
    if name == "br":
        yield Token(Sort.VOID, "<eol/>", 1)
    elif name == "img":
        source, differs = xml.address(element.get("src") or "")
        yield Token(Sort.VOID, xml.tag("img", src=source, alt=element.get("alt"), own_src=differs))
    elif (cited := _citation(element, notes)) is not None:
        yield Token(Sort.VOID, notes.cite(*cited))
    elif name == "a":
        href = element.get("href") or ""
        eid = notes.eids.get(href[1:]) if href.startswith("#") else None
        valid, differs = (f"#{eid}", href) if eid else xml.address(href)
        yield Token(Sort.OPEN, xml.start("a", href=valid, own_href=differs))
        for place, token in enumerate(tokens(content_of(element), notes)):
            unseen = place == 0 and element.text and href.startswith(_NOTE)
            yield token._replace(length=0) if unseen else token
        yield Token(Sort.CLOSE, "</a>")
    elif name in MARKS:
        yield Token(Sort.OPEN, f"<{MARKS[name]}>")
        yield from tokens(content_of(element), notes)
        yield Token(Sort.CLOSE, f"</{MARKS[name]}>")
    else:
        yield from tokens(content_of(element), notes)


def _citation(element: etree._Element, notes: Notes) -> tuple[str, str] | None:
    """Number and marker of `<sup><a href="#chu-thich-N">N</a></sup>`."""
    if element.tag != "sup" or len(element) != 1 or element.text:
        return None
    link = element[0]
    number = (link.get("href") or "").removeprefix(_NOTE)
    if link.tag != "a" or len(link) or link.tail or not link.text or number not in notes.items:
        return None
    return number, link.text


def written(pieces: Iterable[Token]) -> str:
    """As XML; numbers of documents in running text become references to them."""
    out: list[str] = []
    links = 0
    for sort, markup, _length in pieces:
        if sort is Sort.TEXT:
            out.append(xml.text(markup) if links else _with_references(markup))
            continue
        links += markup.startswith("<a ") - (markup == "</a>")
        out.append(markup)
    return "".join(out)


def _with_references(words: str) -> str:
    if "/" not in words and "-" not in words:
        return xml.text(words)
    out: list[str] = []
    done = 0
    for found in find_numbers(words):
        out.append(xml.text(words[done : found.start]))
        out.append(xml.tag("ref", xml.text(words[found.start : found.end]), href=number_iri(found.number)))
        done = found.end
    return "".join([*out, xml.text(words[done:])])


class Parted(NamedTuple):
    """A line in two: `join` and `marks` as in `names.OWN`; `rest` is None when nothing follows the number."""

    number: str
    rest: str | None
    join: str | None
    marks: int


def parted(line: list[Token], end: int) -> Parted:
    """The line parted after `end` characters, without the space there; marks open there are closed and opened again."""
    place, seen = 0, 0
    opened: list[Token] = []
    number: list[Token] = []
    rest: list[Token] = []
    for place, token in enumerate(line):
        if seen >= end and token.sort is not Sort.CLOSE:
            rest = line[place:]
            break
        if token.sort is Sort.TEXT and seen + token.length > end:
            cut = end - seen
            number.append(Token(Sort.TEXT, token.xml[:cut], cut))
            rest = [Token(Sort.TEXT, token.xml[cut:], token.length - cut), *line[place + 1 :]]
            break
        number.append(token)
        seen += token.length
        if token.sort is Sort.OPEN:
            opened.append(token)
        elif token.sort is Sort.CLOSE:
            opened.pop()
    join = _join(number, rest)
    closing = [Token(Sort.CLOSE, f"</{token.xml[1:-1].split(' ')[0]}>") for token in reversed(opened)]
    following = written([*opened, *rest]) if rest else None
    return Parted(written([*number, *closing]), following, join, len(opened) if rest else 0)


def _join(number: list[Token], rest: list[Token]) -> str | None:
    """What stood between, taken out of both: None is a space."""
    if not rest:
        return "alone"
    last = number[-1]
    if last.sort is Sort.TEXT and last.xml.endswith(" "):
        number[-1] = Token(Sort.TEXT, last.xml[:-1])
        return None
    if rest[0].sort is Sort.TEXT and rest[0].xml.startswith(" "):
        rest[0] = Token(Sort.TEXT, rest[0].xml[1:])
        return None
    if rest[0].xml == "<eol/>":
        del rest[0]
        if not rest:
            rest.append(Token(Sort.TEXT, ""))
        return "br"
    return "none"
