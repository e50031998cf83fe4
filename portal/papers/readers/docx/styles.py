"""Styles: what a paragraph and its runs look like through inheritance."""

import re
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache

from lxml import etree

from portal.papers.readers.docx.names import OFF, A, W

_HEADING = re.compile(r"(?:heading|đầu\s*đề|tiêu\s*đề|đề\s*mục)\s*([1-9])", re.IGNORECASE)
_DEEPEST = 40
_LEADERS = {
    "dot": "…………",
    "middleDot": "…………",
    "underscore": "____________",
    "hyphen": "------",
    "heavy": "____________",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a run says about itself; None where it leaves that to its styles."""

    strong: bool | None = None
    em: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    vertical: str | None = None
    font: str | None = None

    def over(self, below: "Look") -> "Look":
        """This look where it speaks, the other below it."""
        return below if self is NOTHING else _over(self, below)


@lru_cache(1 << 14)
def _over(above: Look, below: Look) -> Look:
    own = {f.name: getattr(above, f.name) for f in fields(Look) if getattr(above, f.name) is not None}
    return replace(below, **own) if own else below


NOTHING = Look()
_TOGGLES = ("strong", "em", "struck", "hidden", "capitals")


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits. `outline` 0 is the highest heading, None no heading; `level` of its
    numbering list `number`; `leaders` the signs that fill its tabs."""

    look: Look = NOTHING
    outline: int | None = None
    number: str | None = None
    level: int | None = None
    leaders: tuple[str, ...] = ()


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    return None if element is None else element.find(W + name)


def value(element: etree._Element | None, name: str) -> str | None:
    """The `w:val` of a child."""
    found = child(element, name)
    return None if found is None else found.get(W + "val")


def whole(text: str | None) -> int | None:
    """A number of at most nine digits, None for anything else."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else None


def leaders(properties: etree._Element | None) -> tuple[str, ...]:
    """The fillers of the tab stops in the order of their places: "…………" or ""."""
    tabs = child(properties, "tabs")
    stops = [] if tabs is None else [tab for tab in tabs.iter(W + "tab") if tab.get(W + "val") != "clear"]
    placed = sorted(stops, key=lambda tab: whole(tab.get(W + "pos")) or 0)
    return tuple(_LEADERS.get(tab.get(W + "leader") or "", "") for tab in placed)


class Styles:
    """The styles of a paper; without a part everything looks like nothing."""

    def __init__(self, root: etree._Element | None, theme: etree._Element | None) -> None:
        self._theme = _theme_fonts(theme)
        self._known: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        self._base = NOTHING
        if root is not None:
            self._collect(root)
        self.paragraph = cache(self._paragraph)
        self.character = cache(self._character)
        self.under = cache(self._under)

    def _collect(self, root: etree._Element) -> None:
        for style in root.iter(W + "style"):
            identifier, kind = style.get(W + "styleId") or "", style.get(W + "type") or "paragraph"
            self._known.setdefault(identifier, style)
            if style.get(W + "default") not in (None, *OFF):
                self._defaults.setdefault(kind, identifier)
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._base = self.look(default)

    def element(self, identifier: str | None) -> etree._Element | None:
        """A style as it stands in the file."""
        return self._known.get(identifier or "")

    def lineage(self, identifier: str | None) -> list[etree._Element]:
        """The style and those it is based on, nearest first; a circle ends."""
        found: list[etree._Element] = []
        while identifier and (style := self._known.get(identifier)) is not None:
            if style in found or len(found) >= _DEEPEST:
                break
            found.append(style)
            identifier = value(style, "basedOn")
        return found

    def _paragraph(self, identifier: str | None) -> Style:
        style = Style(self._base)
        for element in reversed(self.lineage(identifier or self._defaults.get("paragraph"))):
            properties, own = child(element, "pPr"), child(element, "numPr")
            own = child(properties, "numPr") if own is None else own
            name = _HEADING.fullmatch((value(element, "name") or "").strip())
            outline = whole(value(properties, "outlineLvl"))
            if outline is None and name:
                outline = int(name[1]) - 1
            level = whole(value(own, "ilvl"))
            style = Style(
                self.look(child(element, "rPr")).over(style.look),
                style.outline if outline is None else outline if 0 <= outline <= 8 else None,
                value(own, "numId") or style.number,
                style.level if level is None else level,
                leaders(properties) or style.leaders,
            )
        return style

    def _character(self, identifier: str) -> Look:
        look = NOTHING
        for element in reversed(self.lineage(identifier)):
            look = self.look(child(element, "rPr")).over(look)
        return look

    def _under(self, paragraph: str | None, character: str | None) -> Look:
        """The look that paragraph style and character style give together: a switch in both is off again."""
        below = self.paragraph(paragraph).look
        if not character:
            return below
        above = self.character(character)
        both = {name: True for name in _TOGGLES if getattr(above, name) and not getattr(below, name)}
        both |= {name: False for name in _TOGGLES if getattr(above, name) and getattr(below, name)}
        return replace(below, vertical=above.vertical or below.vertical, font=above.font or below.font, **both)

    def numbered_by(self, identifier: str | None) -> list[str]:
        """The identifiers of a style and its ancestors, for numbering levels that belong to a style."""
        return [element.get(W + "styleId") or "" for element in self.lineage(identifier)]

    def look(self, properties: etree._Element | None) -> Look:
        """What run properties say themselves."""
        if properties is None or not len(properties):
            return NOTHING
        own: dict[str, bool | str | None] = {}
        for element in properties:
            name = _PLAIN.get(element.tag)
            if name is not None:
                own[name] = element.get(W + "val") not in OFF
            elif element.tag == _VERTICAL:
                own["vertical"] = element.get(W + "val")
            elif element.tag == _FONTS:
                own["font"] = self._font(element)
        return Look(**own) if own else NOTHING  # type: ignore[arg-type]  # the names decide the kinds

    def _font(self, fonts: etree._Element) -> str | None:
        for name in ("hAnsi", "ascii"):
            theme = fonts.get(f"{W}{name}Theme")
            if font := self._theme.get((theme or "")[:5]) or fonts.get(W + name):
                return font
        return None


_PLAIN = {
    W + "b": "strong",
    W + "i": "em",
    W + "strike": "struck",
    W + "dstrike": "struck",
    W + "vanish": "hidden",
    W + "caps": "capitals",
}
_VERTICAL = W + "vertAlign"
_FONTS = W + "rFonts"


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    found = {}
    for name in ("major", "minor"):
        font = None if theme is None else theme.find(f".//{A}{name}Font/{A}latin")
        if font is not None and font.get("typeface"):
            found[name] = font.get("typeface")
    return found
