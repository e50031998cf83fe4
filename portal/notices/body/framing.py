"""Tables of a body in frames of their own, so that a wide one scrolls and the page does not."""

import re
from html import escape, unescape

_EDGE = re.compile(r"<(/?)table\b[^<>]*>(?:<caption>(?P<caption>.*?)</caption>)?", re.DOTALL)
_MARK = re.compile(r"<[^<>]+>")


def framed(html: str, *, word: str = "Bảng") -> str:
    """The stored body with every outermost table in a region that the keyboard reaches, named by its caption or number.

    `word`: table, in the language of the document.
    """
    out: list[str] = []
    depth = place = count = 0
    for edge in _EDGE.finditer(html):
        opens = not edge[1]
        if opens and depth == 0:
            count += 1
            caption = unescape(_MARK.sub("", edge["caption"] or ""))
            name = escape(caption or f"{word} {count}")
            out += [
                html[place : edge.start()],
                f'<div class="portal-scroll" role="region" tabindex="0" aria-label="{name}">',
            ]
            place = edge.start()
        depth += 1 if opens else -1
        if depth == 0:
            out += [html[place : edge.end()], "</div>"]
            place = edge.end()
    return "".join([*out, html[place:]])
