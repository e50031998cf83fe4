"""Where a citizen applies: what other packages offer (`config.add_apply_link`), else the address that the record names.

A button stands on a page only while an application is possible; otherwise the page says where to go.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from pyramid.config import Configurator
from translationstring import TranslationString

from portal.catalogue.data import Data
from portal.catalogue.models import LocalService, Procedure
from portal.catalogue.present import takes_online
from portal.request import Request, _


@dataclass(frozen=True)
class Apply:
    """The button: where it leads and what it says; `host` is the other portal that it leads to, None on this one."""

    href: str
    text: TranslationString
    host: str | None = None


Loader = Callable[[Request, Procedure, LocalService | None], Apply | None]
"""(request, procedure, the agency's variant of it) → the button, or None when nobody can apply here."""


def add_apply_link(config: Configurator, loader: Loader, *, order: int = 100) -> None:
    """Directive: offer to apply for procedures; the lowest `order` that has something is shown."""
    registered = config.registry.setdefault("portal.apply_links", [])
    registered.append((order, loader))
    registered.sort(key=lambda one: one[0])


def apply_link(request: Request, procedure: Procedure, local: LocalService | None, data: Data) -> Apply | None:
    """How to apply online for it (with `data`, the record as the agency carries it out); None when one cannot."""
    for _order, loader in request.registry.get("portal.apply_links", []):
        found: Apply | None = loader(request, procedure, local)
        if found is not None:
            return found
    if data["online_url"]:
        return _elsewhere(data["online_url"], request)
    national = request.portal.national_portal
    if national and takes_online(data):
        return _elsewhere(national, request)
    return None


def _elsewhere(address: str, request: Request) -> Apply | None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    if parts.hostname == urlsplit(request.portal.address).hostname:
        return Apply(address, _("Nộp hồ sơ"))
    return Apply(address, _("Nộp hồ sơ trực tuyến"), parts.hostname)
