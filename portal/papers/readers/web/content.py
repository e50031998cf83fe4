"""What of a page is its content. When unsure, everything stays."""

import re

from lxml.html import HtmlElement

_NEVER = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "link",
        "meta",
        "base",
        "select",
        "button",
        "input",
        "textarea",
        "option",
        "datalist",
        "dialog",
        "audio",
        "video",
        "canvas",
        "svg",
        "map",
        "nav",
    }
)
_NEVER_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog"})
_HIDDEN = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(^|[\s_-])(nav|navbar|menu|breadcrumbs?|sidebar|footer|site-?header|banner|toolbar|share|social|related|"
    r"comments?|advert\w*|pagination)($|[\s_-])",
    re.IGNORECASE,
)
_CONTENT_NAMES = ("toanvancontent", "fulltext", "main-content", "maincontent", "content-main", "noidungvanban")
_SOME = 200
"""Characters of text that make a content."""
_NEARLY_ALL = 0.9
_MOST_LINKS = 0.6


def without_furniture(root: HtmlElement) -> None:
    """Take out what nobody reads (scripts, forms, hidden parts) and what is plainly the site's own."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in _NEVER or element.get("role", "").strip().lower() in _NEVER_ROLES or _is_hidden(element):
            drop(element)
    for element in list(root.iter("div", "ul", "table", "section", "aside", "header", "footer")):
        if element.getparent() is not None and _is_furniture(element):
            drop(element)


def drop(element: HtmlElement) -> None:
    """Take an element out; the text after it stays."""
    element.drop_tree()


def main_part(root: HtmlElement) -> HtmlElement:
    """The element that holds the document: one marked as such with most of the text, else the whole body."""
    body = root.find("body")
    body = root if body is None else body
    whole = _length(body)
    for candidate in _marked(body):
        length = _length(candidate)
        if length >= whole * _NEARLY_ALL and candidate.tag != "main":
            return body  # what little stands beside it may be the title
        if length >= _SOME and length * 2 >= whole:
            return candidate
    return body


def _marked(body: HtmlElement) -> list[HtmlElement]:
    mains = body.xpath(".//main | .//*[@role='main']")
    articles = body.xpath(".//article")
    named = [
        element
        for element in body.iter("div", "td", "section")
        if {element.get("id", "").lower(), *element.get("class", "").lower().split()} & set(_CONTENT_NAMES)
    ]
    return [*mains[:1], *(articles if len(articles) == 1 else []), *(named if len(named) == 1 else [])]


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None


def _is_furniture(element: HtmlElement) -> bool:
    """By its name and because it is made of links."""
    if not _FURNITURE.search(f"{element.get('id', '')} {element.get('class', '')} {element.get('data-role', '')}"):
        return False
    length = _length(element)
    links = sum(_length(link) for link in element.iter("a"))
    return length < 20 or links > length * _MOST_LINKS


def _length(element: HtmlElement) -> int:
    return sum(len(text.strip()) for text in element.itertext())
