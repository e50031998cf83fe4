"""What a public address answers, for every kind of content (invariant 14)."""

from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently, HTTPNotFound
from translationstring import TranslationString

from portal.publishing import queries
from portal.publishing.errors import Gone, Moved, NeverThere
from portal.publishing.queries import Live
from portal.request import Request


def live_at(request: Request, kind: str, *, below: str = "") -> Live:
    """The item of this kind that stands at the address asked for. Raises `Gone`, a redirect or 404.

    `below`: what follows the item's own address in that of a page about it (`.pdf`, `/duoc-dan-chieu`).
    """
    try:
        live = queries.by_path(request.db, request.path_info.removesuffix(below))
    except Moved as moved:
        query = f"?{request.query_string}" if request.query_string else ""
        raise HTTPMovedPermanently(f"{request.script_name}{moved.path}{below}{query}") from None
    except NeverThere:
        raise HTTPNotFound from None
    if live.item.kind != kind:
        raise HTTPNotFound
    request.depends_on(f"item:{live.item.uid}")
    return live


def gone_page(request: Request, gone: Gone, title: TranslationString) -> dict[str, Any]:
    """410 with the reason, under `title`."""
    request.override_renderer = "notices/gone.jinja2"
    request.response.status_int = 410
    request.depends_on(f"item:{gone.item.uid}")
    return {"edition": gone.edition, "page_title": request.translate(title)}
