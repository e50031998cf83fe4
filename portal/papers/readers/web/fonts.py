"""Legacy text inside a page: by the fonts that it names, and by how it looks."""

import re

from lxml.html import HtmlElement

from portal.text import without_controls
from portal.text.legacy import Converted, convert, encoding_of_font, is_capital_font, to_unicode

_FAMILY = re.compile(r"font(?:-family)?\s*:\s*([^;]{1,200})", re.IGNORECASE)
_SEPARATOR = "\n"


def to_unicode_inside(root: HtmlElement, chosen: str | None) -> Converted | None:
    """Convert the text of the page in place; what was converted, or None when nothing was.

    Text in a font of an old encoding is converted as that, the rest as it is recognised, paragraph by paragraph.
    """
    if chosen is not None:
        return None  # the whole page was converted before it was parsed
    by_font: dict[str, None] = {}
    rest: list[tuple[HtmlElement, str, str]] = []
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        fonts = _fonts_of(element)
        for place, owner in (("text", element), ("tail", element)):
            text = getattr(owner, place)
            if not text or text.isspace():
                continue
            names = fonts if place == "text" else _fonts_of(element.getparent())
            encoding = next(filter(None, map(encoding_of_font, names[:1])), None)
            if encoding is not None:
                capitals = is_capital_font(names[0])
                setattr(owner, place, without_controls(convert(text, encoding, capitals=capitals)))
                by_font[encoding] = None
            elif not text.isascii():
                rest.append((owner, place, text))
    converted = _rest_converted(rest)
    encodings = tuple(dict.fromkeys([*by_font, *(converted.encodings if converted else ())]))
    if not encodings:
        return None
    return Converted("", encodings, True, converted.candidates if converted else ())


def _rest_converted(rest: list[tuple[HtmlElement, str, str]]) -> Converted | None:
    texts = [" ".join(text.split("\n")) for _owner, _place, text in rest]
    converted = to_unicode(_SEPARATOR.join(texts))
    lines = converted.text.split(_SEPARATOR)
    if not converted.encodings or len(lines) != len(rest):
        return None
    for (owner, place, _text), line in zip(rest, lines, strict=True):
        setattr(owner, place, without_controls(line))
    return converted


def _fonts_of(element: HtmlElement | None) -> list[str]:
    """The font families in force, the first first; empty when nothing is said."""
    while element is not None:
        if face := element.get("face"):
            return [name.strip(" \"'") for name in face.split(",")]
        if (style := element.get("style")) and (family := _FAMILY.search(style)):
            return [re.sub(r"^.*\d(?:pt|px|em|%)\S*\s+", "", n).strip(" \"'") for n in family[1].split(",")]
        element = element.getparent()
    return []
