"""Menus, put together from what the packages register: nothing here knows which pages exist."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyramid.config import Configurator
from translationstring import TranslationString

from portal.request import Request

MAIN, STRIP, FOOTER, DESK = PLACES = ("main", "strip", "footer", "desk")
"""The bar under the header · the thin strip at the very top · the foot of public pages · the officials' side bar."""


@dataclass(frozen=True)
class Entry:
    """A registered link. `permission` None: everybody sees it. `group`: a heading above it (desk and footer)."""

    text: TranslationString
    route: str
    order: int
    permission: str | None
    group: TranslationString | None
    access_key: str | None
    values: Mapping[str, str]


@dataclass(frozen=True)
class Link:
    """An entry as one page shows it; `current`: this page, or the nearest one above it."""

    text: str
    href: str
    current: bool
    group: str | None
    access_key: str | None


@dataclass(frozen=True)
class FindBox:
    """Where the find box of every page leads, and the name of its parameter."""

    route: str
    parameter: str
    suggestions: str | None = None
    """Route of what is suggested while somebody types."""
    description: str | None = None
    """Route of the OpenSearch description."""


def add_menu(
    config: Configurator,
    place: str,
    text: TranslationString,
    route: str,
    *,
    order: int = 100,
    permission: str | None = None,
    group: TranslationString | None = None,
    access_key: str | None = None,
    **values: str,
) -> None:
    """Directive: a link in a menu. Low `order` comes first; `values` fill the route's pattern."""
    if place not in PLACES:
        raise ValueError(f"No menu is called {place!r}; there are {', '.join(PLACES)}.")
    entries: list[Entry] = config.registry.setdefault("portal.menus", {}).setdefault(place, [])
    entries.append(Entry(text, route, order, permission, group, access_key, values))
    entries.sort(key=lambda entry: entry.order)


def set_find_box(
    config: Configurator,
    route: str,
    parameter: str = "q",
    *,
    suggestions: str | None = None,
    description: str | None = None,
) -> None:
    """Directive: the page that answers the find box in the header. The last call wins: search replaces a list."""
    config.registry["portal.find_box"] = FindBox(route, parameter, suggestions, description)


def links(request: Request, place: str) -> list[Link]:
    """The links of a menu that this visitor may follow."""
    entries: list[Entry] = request.registry.get("portal.menus", {}).get(place, [])
    visible = [entry for entry in entries if _may(request, entry.permission)]
    hrefs = [request.route_path(entry.route, **entry.values) for entry in visible]
    here = _nearest(request.script_name + request.path_info, hrefs, request.script_name + "/")
    return [_link(request, entry, href, href == here) for entry, href in zip(visible, hrefs, strict=True)]


def groups(request: Request, place: str) -> list[tuple[str | None, list[Link]]]:
    """The same links under their headings, in the order in which the headings first come up."""
    found: dict[str | None, list[Link]] = {}
    for link in links(request, place):
        found.setdefault(link.group, []).append(link)
    return list(found.items())


def find_box(request: Request) -> dict[str, str | None] | None:
    """`action`, `parameter` and the addresses of `suggestions` and `description` of the find box, or None when no
    package offers one."""
    box: FindBox | None = request.registry.get("portal.find_box")
    if box is None:
        return None
    return {
        "action": request.route_path(box.route),
        "parameter": box.parameter,
        "suggestions": request.route_path(box.suggestions) if box.suggestions else None,
        "description": request.route_path(box.description) if box.description else None,
    }


def _may(request: Request, permission: str | None) -> bool:
    return permission is None or bool(request.has_permission(permission))


def _link(request: Request, entry: Entry, href: str, current: bool) -> Link:
    return Link(
        text=request.translate(entry.text),
        href=href,
        current=current,
        group=request.translate(entry.group) if entry.group else None,
        access_key=entry.access_key,
    )


def _nearest(here: str, hrefs: list[str], home: str) -> str | None:
    """The longest of the addresses that `here` is or lies below; everything lies below home, so that must be it."""
    above = [href for href in hrefs if here == href or (href != home and here.startswith(href.rstrip("/") + "/"))]
    return max(above, key=len, default=None)
