"""Lists of a page: those with signs stay lists, those with numbers get their numbers written out."""

import re
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from portal.text import without_controls

if TYPE_CHECKING:
    from portal.papers.readers.web.walking import Walk

_BLOCKY = ("table", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre")
_NO_SIGN = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3}|[a-zđ]{1,2}|[ivx]{1,6})[.)]", re.IGNORECASE)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST = 9999


def write_list(walk: "Walk", element: HtmlElement, depth: int) -> None:
    """A `<ul>` as one block, an `<ol>` as a paragraph for each of its items."""
    if element.tag == "ol":
        _numbered(walk, element, depth)
    elif any(element.iter(*_BLOCKY)) or _NO_SIGN.search(element.get("style") or ""):
        for item in element:
            if isinstance(item.tag, str):
                walk.flush()
                walk.inside(item, depth)
                walk.flush()
    else:
        text, html = _signed(walk, element, 0)
        if text:
            walk.write("\n".join(text), html)


def _signed(walk: "Walk", element: HtmlElement, level: int) -> tuple[list[str], str]:
    """Its lines, with signs, and its html."""
    lines: list[str] = []
    items: list[str] = []
    for item in element:
        if not isinstance(item.tag, str):
            continue
        if item.tag in ("ul", "menu"):  # wrongly placed, but frequent
            inner_lines, inner = _signed(walk, item, min(level + 1, 20))
            lines += inner_lines
            if items and inner:
                items[-1] += inner
            elif inner:
                items.append(inner)
            continue
        inner_lists = list(item.iterchildren("ul", "menu")) if level < 20 else []
        kept = [_signed(walk, inner, level + 1) for inner in inner_lists]
        for inner in inner_lists:
            inner.drop_tree()
        text, html = walk.line_of(item)
        if not text and not kept:
            continue
        lines += [f"{'-' if level == 0 else '+'} {text}".replace("\n", " ")] if text else []
        lines += [line for inner_lines, _html in kept for line in inner_lines]
        items.append(html + "".join(inner for _lines, inner in kept))
    return lines, f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""


def _numbered(walk: "Walk", element: HtmlElement, depth: int) -> None:
    number = _integer(element.get("start"), 1)
    form = element.get("type") or ""
    silent = _NO_SIGN.search(element.get("style") or "") is not None
    for item in element:
        if not isinstance(item.tag, str):
            continue
        number = _integer(item.get("value"), number)
        walk.flush()
        if item.tag == "li" and not silent and not _NUMBER.match(item.text_content().lstrip()):
            _put_before(item, f"{_written(number, form)} ")
        walk.inside(item, depth) if item.tag == "li" else walk.inside(_wrapped(item), depth)
        walk.flush()
        number += item.tag == "li"


def _wrapped(item: HtmlElement) -> HtmlElement:
    from lxml.html import Element

    around = Element("div")
    item.addprevious(around)
    item.tail = None
    around.append(item)
    return around


def _put_before(item: HtmlElement, number: str) -> None:
    """The number before the first words, which may stand in a paragraph of their own."""
    target = item
    while not (target.text or "").strip() and len(target) and target[0].tag in ("p", "div"):
        target = target[0]
    target.text = without_controls(number + (target.text or "").lstrip())


def _integer(given: str | None, otherwise: int) -> int:
    return min(int(given), _LARGEST) if given and re.fullmatch(r"\d{1,6}", given.strip()) else otherwise


def _written(number: int, form: str) -> str:
    if form in ("a", "A") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter})" if form == "a" else f"{letter.upper()}."
    if form in ("i", "I") and number < 40:
        rest, roman = number, ""
        for worth, sign in _ROMAN:
            while rest >= worth:
                rest, roman = rest - worth, roman + sign
        return f"{roman})" if form == "i" else f"{roman.upper()}."
    return f"{number}."
