"""Paragraphs of a read paper given the structure of a body: headings, lists; marks, tables and pictures stay."""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from urllib.parse import unquote

from lxml import etree
from lxml import html as lxml_html

from portal.notices.body.headings import KINDS, Headings, is_title
from portal.notices.body.markers import Marker, read_marker
from portal.text import nfc, without_controls, without_invisible

PICTURE = re.compile(r'<img[^<>]*? src="/tep/([0-9a-f]{64})/([^/"<>\s]+\.[A-Za-z0-9]{1,10})"')
"""A picture that the portal keeps: its hash and its name as the address writes it."""
_TAG = re.compile(r'<img(?:"[^"]*"|[^">])*>')
"""As the cleaner writes it: double quotes, the address first; a description may hold anything but those quotes."""
_IN_PAPER = re.compile(r'<img[^<>]*? src="hinh:([\w.-]{1,80})"[^<>]*>')
_SOURCE = re.compile(r' src="hinh:[\w.-]{1,80}"')
_BULLET = re.compile(r"(?P<sign>[-–—•●▪·*+\uf0b7])[ \u00a0]*(?=[^\s\-–—])")
_HEADING_TAGS = ("h2", "h3", "h4")
_PARTS = ("ul", "ol", "table", "img", "blockquote")


def with_pictures(html: str, addresses: Mapping[str, str]) -> str:
    """`hinh:NAME` replaced by the address of the stored picture; a picture that was not kept goes."""

    def stored(found: re.Match[str]) -> str:
        address = addresses.get(found[1])
        return _SOURCE.sub(f' src="{escape(address)}"', found[0]) if address else ""

    return _IN_PAPER.sub(stored, html)


def only_pictures(html: str, may_stay: Callable[[str, str], bool]) -> str:
    """A stored body without those pictures of the portal of which `may_stay(sha256, name)` says no."""

    def kept(tag: re.Match[str]) -> str:
        picture = PICTURE.match(tag[0])
        return tag[0] if picture is None or may_stay(picture[1], unquote(picture[2])) else ""

    return _TAG.sub(kept, html) if "<img" in html else html


def structured(html: str) -> str:
    """The paragraphs of a paper (`Paper.html_of`) with chapters, sections and articles as h2–h4 by their nesting and
    lines with dashes as lists, chosen as `text_to_html` does; no word is added, dropped or moved.
    """
    if not html.strip():
        return ""
    root = lxml_html.fragment_fromstring(
        without_controls(html), create_parent="div", parser=lxml_html.HTMLParser(huge_tree=True)
    )
    return "\n".join(_Outline(root).blocks())


class _Outline:
    """Goes through the blocks once; remembers which headings are open and which list goes on."""

    def __init__(self, root: lxml_html.HtmlElement) -> None:
        self._root = root
        self._out: list[etree._Element] = []
        self._headings = Headings()
        self._bullets: etree._Element | None = None

    def blocks(self) -> Iterable[str]:
        for element in list(self._root):
            element.tail = None
            if element.tag in ("p", *_HEADING_TAGS):
                self._line(element)
            else:
                self._other(element)
        return [etree.tostring(element, method="html", encoding="unicode") for element in self._out]

    def _other(self, element: etree._Element) -> None:
        self._headings.awaits_title, self._bullets = False, None
        self._out.append(element)

    def _line(self, element: etree._Element) -> None:
        text = _text(element)
        bullet = _BULLET.match(text) if element.tag == "p" else None
        if bullet and _drop(element, bullet.end()):
            self._item(element, nested=bullet["sign"] == "+")
            return
        self._bullets = None
        marker = read_marker(text[:300])
        if marker is not None and marker.kind in KINDS:
            self._heading(element, marker, text)
        elif self._headings.awaits_title and _is_title(element, text, marker):
            self._complete(element)
        else:
            self._headings.awaits_title = False
            self._out.append(element)

    def _heading(self, element: etree._Element, marker: Marker, text: str) -> None:
        level = self._headings.level(marker, text)
        self._out.append(element)
        if level is None:
            element.tag = "p"
            return
        element.tag = f"h{level}"
        _without_weight(element)

    def _complete(self, element: etree._Element) -> None:
        """The title that stands on a line of its own under "Chương I"."""
        heading = self._out[-1]
        _without_weight(element)
        line = etree.SubElement(heading, "br")
        line.tail = element.text
        heading.extend(list(element))
        self._headings.awaits_title = False

    def _item(self, element: etree._Element, *, nested: bool) -> None:
        self._headings.awaits_title = False
        element.tag = "li"
        element.attrib.clear()
        if self._bullets is None:
            self._bullets = etree.Element("ul")
            self._out.append(self._bullets)
        elif nested and len(self._bullets):
            last = self._bullets[-1]
            inner = last[-1] if len(last) and last[-1].tag == "ul" else etree.SubElement(last, "ul")
            inner.append(element)
            return
        self._bullets.append(element)


def _text(element: etree._Element) -> str:
    """The words as markers are read from: NFC, single spaces, a line end for each br."""
    pieces: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces += ("\n" if one.tag == "br" else "", one.text or "")
        elif one is not element:
            pieces.append(one.tail or "")
    lines = nfc(without_invisible("".join(pieces))).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _is_title(element: etree._Element, text: str, marker: Marker | None) -> bool:
    is_plain = marker is None and not any(True for _ in element.iter(*_PARTS))
    return is_plain and is_title(text)


def _drop(element: etree._Element, count: int) -> bool:
    """Take the bullet and what follows it off the first text of the line; False when a mark parts them."""
    place: etree._Element = element
    while not (place.text or "").strip():
        if not len(place) or place[0].tag in ("br", "img"):
            return False
        place = place[0]
    text = (place.text or "").lstrip()
    found = _BULLET.match(text)
    if found is None:
        bare = text.rstrip(" \u00a0")
        if bare in "-–—•●▪·*+\uf0b7" and len(bare) == 1 and (place.tail or len(place)):
            place.text = ""
            return True
        return False
    place.text = text[found.end() :]
    return True


def _without_weight(element: etree._Element) -> None:
    """A heading is bold by itself; other marks stay."""
    for strong in list(element.iter("strong", "b")):
        if strong is not element:
            strong.drop_tag()
