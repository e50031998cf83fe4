"""What packages show on the pages of others: the page's package names a place, theirs registers a part for it.

    config.add_panel("agency", "notices", "notices/agency.jinja2", latest_of)   # loader(request, agency)

A page asks `panels_of(request, "agency", agency)` and includes each panel's template.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyramid.config import Configurator

from portal.request import Request

AGENCY, DESK, DOCUMENT, FRONT, SERVICE = PLACES = ("agency", "desk", "document", "front", "service")
"""The page of an agency (an `Agency`) · the first page of the desk (None) · the page of a published document (a
`Notice`) · the front page (None) · the page of a public service (a `Procedure`)."""
Loader = Callable[[Request, Any], Any]
"""(request, what the page is about) → what the template gets as `panel.data`; None leaves the panel out."""


@dataclass(frozen=True)
class Panel:
    """A part of the page: `template` is included with this as `panel`."""

    name: str
    template: str
    data: Any


def add_panel(config: Configurator, place: str, name: str, template: str, loader: Loader, *, order: int = 100) -> None:
    """Directive: a part of the pages of `place`. Low `order` comes first."""
    if place not in PLACES:
        raise ValueError(f"No page has panels called {place!r}; there are {', '.join(PLACES)}.")
    registered = config.registry.setdefault("portal.panels", {}).setdefault(place, [])
    registered.append((order, name, template, loader))
    registered.sort(key=lambda one: one[:2])


def panels_of(request: Request, place: str, about: Any = None) -> list[Panel]:
    """The panels of the place that have something to show."""
    registered = request.registry.get("portal.panels", {}).get(place, [])
    loaded = [Panel(name, template, loader(request, about)) for _order, name, template, loader in registered]
    return [panel for panel in loaded if panel.data is not None]
