"""What other packages show on the public page of an agency."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyramid.config import Configurator

from portal.agencies.models import Agency
from portal.request import Request

Loader = Callable[[Request, Agency], Any]
"""What the panel's template gets as `panel.data`; None leaves the panel out."""


@dataclass(frozen=True)
class Panel:
    """A part of the page: `template` is included with this as `panel`."""

    name: str
    template: str
    data: Any


def add_agency_panel(config: Configurator, name: str, template: str, loader: Loader, *, order: int = 100) -> None:
    """Directive: `config.add_agency_panel("notices", "notices/agency.jinja2", latest)`; low `order` comes first."""
    registered = config.registry.setdefault("portal.agency_panels", [])
    registered.append((order, name, template, loader))
    registered.sort(key=lambda one: one[:2])


def panels_of(request: Request, agency: Agency) -> list[Panel]:
    """The panels that have something to show."""
    loaded = [
        Panel(name, template, loader(request, agency))
        for _order, name, template, loader in request.registry.get("portal.agency_panels", [])
    ]
    return [panel for panel in loaded if panel.data is not None]
