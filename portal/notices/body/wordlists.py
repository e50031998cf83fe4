"""Word writes lists as paragraphs with the style `mso-list`; this recognises them."""

import re
from dataclasses import dataclass

from lxml import html as lxml_html

_LEVEL = re.compile(r"mso-list:\s*(?!ignore)\S*\s*level(\d)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3})[.)]\Z")
_BULLETS = frozenset("·•●▪◦o§-–—+*ü")


@dataclass(frozen=True, slots=True)
class ListMarker:
    """The sign before a Word list item; `number` for "1." or "1)", None for other signs ("a)", "Điều 1.", bullets)."""

    text: str
    is_bullet: bool
    number: int | None


def list_marker(element: lxml_html.HtmlElement) -> ListMarker | None:
    """The marker of a paragraph that is an item of a Word list, or None when it is none."""
    if element.tag not in ("p", "div") or not _LEVEL.search(element.get("style") or ""):
        return None
    for span in element.iter("span"):
        if "mso-list:ignore" in (span.get("style") or "").replace(" ", "").lower():
            text = " ".join(span.text_content().split())
            number = _NUMBER.match(text)
            return ListMarker(text, text in _BULLETS, int(number[1]) if number else None)
    return None
