"""Footnotes: a reference that leads to a note which leads back to the reference, as Word and others write them."""

from itertools import islice

from lxml.html import HtmlElement

_CONTAINERS = frozenset({"div", "p", "li", "aside", "dd", "td"})
_MARK = "data-chu-thich"
_MOST = 5000


def take_notes(root: HtmlElement) -> dict[int, HtmlElement]:
    """Take the notes out of the page, by number in the order of their references.

    The references stay, marked: `number_of` tells them.
    """
    named: dict[str, HtmlElement] = {}
    for element in root.iter("a", "div", "p", "li", "sup", "span", "aside", "dd"):
        for key in (element.get("id"), element.get("name")):
            if key:
                named.setdefault(key, element)
    found: dict[int, HtmlElement] = {}
    containers: dict[HtmlElement, int] = {}
    for link in list(islice((a for a in root.iter("a") if (a.get("href") or "").startswith("#")), _MOST)):
        target = named.get((link.get("href") or "")[1:])
        if target is None or link.getparent() is None:
            continue
        note = _note_of(target, link)
        if note is None:
            continue
        number = containers.setdefault(note, len(containers) + 1)
        found[number] = note
        link.set(_MARK, str(number))
    for note in found.values():
        note.drop_tree()
    return found


def number_of(link: HtmlElement) -> int | None:
    """The number of the note to which this link refers; None for other links."""
    number = link.get(_MARK)
    return int(number) if number else None


def _note_of(target: HtmlElement, link: HtmlElement) -> HtmlElement | None:
    """The element that holds the note at `target`, when it leads back to `link` and begins with that."""
    container: HtmlElement | None = target
    while container is not None and container.tag not in _CONTAINERS:
        container = container.getparent()
    if container is None or container.tag == "td" or link in set(container.iter("a")):
        return None
    backs = {f"#{key}" for element in _around(link) for key in (element.get("id"), element.get("name")) if key}
    back = next((a for a in container.iter("a") if a.get("href") in backs), None)
    if back is None or not container.text_content().lstrip().startswith(back.text_content().strip()):
        return None
    back.drop_tree()
    parent = container.getparent()
    is_wrapped = parent is not None and parent.tag == "div" and parent.get("id") == target.get("id")
    return parent if is_wrapped else container


def _around(link: HtmlElement) -> list[HtmlElement]:
    """The link and what closely surrounds it, where the name of the reference may stand."""
    found, element = [link, *link.iterdescendants()], link.getparent()
    while element is not None and element.tag in ("sup", "span", "b", "i", "strong", "em"):
        found.append(element)
        element = element.getparent()
    return found
