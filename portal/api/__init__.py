"""The public JSON interface (`/api/v1`) with its OpenAPI description: what everybody may read, for others' programs."""

from typing import Any

from pyramid.config import Configurator
from pyramid.events import NewResponse

BASE = "/api/v1"


def for_programs_of_others(event: Any) -> None:
    """Subscriber of NewResponse: scripts of any site may read what is public for everybody, refusals too."""
    if event.request.path_info.startswith("/api/"):
        headers = event.response.headers
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Access-Control-Expose-Headers"] = "ETag"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def includeme(config: Configurator) -> None:
    config.add_route("api.search", f"{BASE}/search")
    config.add_route("api.procedures", f"{BASE}/procedures")
    config.add_route("api.procedure", f"{BASE}/procedures/{{code}}")
    config.add_route("api.variants", f"{BASE}/procedures/{{code}}/variants")
    config.add_route("api.vocabulary", f"{BASE}/vocabularies/{{name}}")
    config.add_route("api.dossier_statistics", f"{BASE}/statistics/dossiers")
    config.add_route("api.openapi", f"{BASE}/openapi.json")
    config.add_subscriber(for_programs_of_others, NewResponse)
    config.scan("portal.api.views")
    config.scan("portal.api.catalogue")
    config.scan("portal.api.statistics")
