"""Drawings in a run: pictures, text boxes, and which of two alternatives is read."""

import re
from dataclasses import dataclass, field

from lxml import etree

from portal.papers.readers.docx.fields import safe_address
from portal.papers.readers.docx.names import MC, WP, A, M, O, R, V, W
from portal.papers.readers.docx.shared import Story
from portal.papers.readers.docx.styles import whole

_TEXTBOX = W + "txbxContent"
_FULL = frozenset({_TEXTBOX, A + "blip", V + "imagedata", W + "t", M + "oMath", W + "drawing", W + "pict"})
_SIZE = re.compile(r"(?:^|;)\s*(width|height|margin-left|left)\s*:\s*(-?\d+(?:\.\d+)?)(pt|in|cm|mm|px)?", re.IGNORECASE)
_EMU = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, "": 12_700}
_SIDES = {"left": 0, "inside": 0, "center": 3_000_000, "right": 6_000_000, "outside": 6_000_000}


@dataclass(frozen=True, slots=True)
class Box:
    """A floating box with text; `across` its place from the left in EMU."""

    element: etree._Element
    across: int


@dataclass
class Drawn:
    """What a drawing holds: pictures as HTML, boxes, and whether there is a chart or diagram."""

    pictures: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    has_diagram: bool = False


def chosen(element: etree._Element) -> etree._Element | None:
    """The alternative of an `mc:AlternateContent` that holds something: the newer form first, and never both."""
    for option in element:
        if option.tag in (MC + "Choice", MC + "Fallback") and any(True for _ in option.iter(*_FULL)):
            return option
    return next((option for option in element if option.tag == MC + "Choice"), None)


def drawn(element: etree._Element, story: Story) -> Drawn:
    """What `w:drawing`, `w:pict` or `w:object` shows."""
    found = Drawn()
    waiting: list[tuple[etree._Element, int, str, tuple[int, int] | None]] = [(element, 0, "", None)]
    while waiting:
        one, across, alt, size = waiting.pop()
        if one.tag == _TEXTBOX:
            found.boxes.append(Box(one, across))
            continue
        if one.tag == MC + "AlternateContent":
            option = chosen(one)
            waiting += [] if option is None else [(option, across, alt, size)]
            continue
        if one.tag in (WP + "inline", WP + "anchor"):
            across, alt, size = _placed(one)
        elif isinstance(one.tag, str) and one.tag.startswith(V):
            across, alt, size = _vml(one, across, alt, size)
        _picture(one, found, story, alt, size)
        waiting += [(part, across, alt, size) for part in reversed(one)]
    return found


def _picture(one: etree._Element, found: Drawn, story: Story, alt: str, size: tuple[int, int] | None) -> None:
    if one.tag == A + "graphicData":
        found.has_diagram |= (one.get("uri") or "").endswith(("/chart", "/diagram", "/chartex"))
        return
    if one.tag == A + "blip":
        identifier = one.get(R + "embed") or one.get(R + "link")
    elif one.tag == V + "imagedata":
        identifier = one.get(R + "id") or one.get(R + "pict") or one.get(O + "relid")
    else:
        return
    if identifier:
        picture = story.shared.images.shown(story.relations.part(identifier), alt, size)
        found.pictures += [picture] if picture else []


def _placed(one: etree._Element) -> tuple[int, str, tuple[int, int] | None]:
    about, extent = one.find(WP + "docPr"), one.find(WP + "extent")
    alt = "" if about is None else about.get("descr") or about.get("title") or ""
    size = None
    if extent is not None:
        size = (whole(extent.get("cx")) or 0, whole(extent.get("cy")) or 0)
    offset = one.find(f"{WP}positionH/{WP}posOffset")
    side = one.find(f"{WP}positionH/{WP}align")
    across = whole((offset.text or "").strip()) or 0 if offset is not None else 0
    if side is not None:
        across = _SIDES.get((side.text or "").strip(), 0)
    return across, alt, size


def _vml(
    one: etree._Element, across: int, alt: str, size: tuple[int, int] | None
) -> tuple[int, str, tuple[int, int] | None]:
    style = {
        name.lower(): int(float(number[:12]) * _EMU[unit.lower()])
        for name, number, unit in _SIZE.findall(one.get("style") or "")
    }
    across = style.get("margin-left", style.get("left", across))
    if "width" in style and "height" in style:
        size = (style["width"], style["height"])
    return across, one.get("alt") or alt, size


def link_of(element: etree._Element, story: Story) -> str | None:
    """Where a `w:hyperlink` leads outside the paper, None when it may not be followed or stays inside."""
    address = story.relations.address(element.get(R + "id"))
    anchor = element.get(W + "anchor")
    return safe_address(f"{address}#{anchor}" if address and anchor else address)
