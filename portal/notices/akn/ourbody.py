"""The body of a document that this program wrote, as the stored HTML it came from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from portal.notices.akn.markup import Flow, own
from portal.notices.akn.names import AKN, TAGS
from portal.notices.akn.parsing import child, local, words

_PARTS = frozenset(TAGS.values()) | {"hcontainer"}
_JOINS = {None: " ", "br": "<br>", "none": "", "alone": ""}
_LAST_END, _FIRST_START = re.compile(r"</\w+>\Z"), re.compile(r"\A<\w+(?: [^<>]*)?>")


@dataclass(frozen=True)
class Item:
    """An item of a numbered list that belongs to the one before, unless it is the first."""

    content: str
    number: int
    first: bool


class OurBody(Flow):
    """Puts the lines of parts together again."""

    def __init__(self, document: etree._Element) -> None:
        super().__init__(document, is_own=True)
        self._document = document

    def html(self) -> str:
        """The whole body: preamble, main part, annexes, footnotes."""
        pieces: list[str | Item] = []
        for element in self._document:
            if local(element) in ("preamble", "body", "mainBody"):
                pieces.extend(self._within(element))
            elif local(element) == "attachments":
                for attachment in element:
                    pieces.extend(self._part(attachment))
        blocks = list(_with_lists(pieces))
        notes = self.markup.footnotes()
        return "\n".join([*blocks, notes] if notes else blocks)

    def _within(self, element: etree._Element) -> Iterator[str | Item]:
        for each in element:
            name = local(each)
            if name in _PARTS:
                yield from self._part(each)
            elif name in ("citations", "citation", "formula", "content", "intro"):
                yield from self._within(each)
            elif name == "ol" and len(each) and (own(each, "more") or own(each, "first")):
                item = each[0]
                yield Item(self.item(item), _number(item.get("value"), 1), own(each, "first") is not None)
            elif name == "p":
                yield from self._paragraph(each)
            else:
                yield from self.block(each)

    def _paragraph(self, element: etree._Element) -> Iterator[str | Item]:
        line = own(element, "line")
        if line == "notes":
            for note in element:
                self.markup.note(note)
        elif line == "quoted":
            for each in element.iter(f"{{{AKN}}}quotedStructure"):
                yield from self._within(each)
                break
        else:
            yield from self.blocks(element)

    def _part(self, element: etree._Element) -> Iterator[str | Item]:
        line = own(element, "line") or "p"
        inside = list(self._inside(element))
        if line == "li":
            count = _number(own(element, "own"), 1)
            number = _number(words(child(element, "num")).removesuffix("."), 1)
            content = "".join(str(each) for each in inside[:count])
            yield Item(content, number, own(element, "first") is not None)
            yield from inside[count:]
        elif line == "none":
            yield from inside
        elif line == "p" and local(element) != "attachment":
            alone = own(element, "join") == "alone" or not inside
            rest = None if alone else str(inside.pop(0)).removeprefix("<p>").removesuffix("</p>")
            yield f"<p>{self._joined(element, rest)}</p>"
            yield from inside
        else:
            heading = child(element, "heading")
            rest = None if heading is None else self.markup.line(heading)
            yield f"<{line}>{self._joined(element, rest)}</{line}>"
            yield from inside

    def _inside(self, element: etree._Element) -> Iterator[str | Item]:
        if local(element) == "attachment":
            document = child(element, "doc")
            main = child(document, "mainBody")
            if main is not None:
                yield from self._within(main)
            return
        for each in element:
            if local(each) in ("content", "intro"):
                yield from self._within(each)
            elif local(each) in _PARTS:
                yield from self._part(each)

    def _joined(self, element: etree._Element, rest: str | None) -> str:
        num = child(element, "num")
        number = "" if num is None else self.markup.line(num)
        if rest is None:
            return number
        for _each in range(_number(own(element, "marks"), 0)):
            number, rest = _LAST_END.sub("", number), _FIRST_START.sub("", rest)
        return f"{number}{_JOINS.get(own(element, 'join'), ' ')}{rest}"


def _number(written: str | None, otherwise: int) -> int:
    digits = written or ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 5 else otherwise


def _with_lists(pieces: list[str | Item]) -> Iterator[str]:
    items: list[Item] = []
    for piece in pieces:
        if items and (isinstance(piece, str) or piece.first):
            yield _list(items)
            items = []
        if isinstance(piece, str):
            yield piece
        else:
            items.append(piece)
    if items:
        yield _list(items)


def _list(items: list[Item]) -> str:
    start = f' start="{items[0].number}"' if items[0].number != 1 else ""
    return f"<ol{start}>{''.join(f'<li>{item.content}</li>' for item in items)}</ol>"
