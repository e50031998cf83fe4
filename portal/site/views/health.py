"""Health for machines, and whom to tell of a weakness (RFC 9116)."""

from datetime import timedelta
from typing import Any

from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.publishing import queries as publishing
from portal.request import Request
from portal.site.rules import READ

VALID = timedelta(days=180)


@view_config(route_name="site.live", permission=READ, renderer="json")
def live(context: Any, request: Request) -> dict[str, Any]:
    """The process answers."""
    return {"state": "ok"}


@view_config(route_name="site.ready", permission=READ, renderer="json")
def ready(context: Any, request: Request) -> dict[str, Any]:
    """The process can serve: 503 names what is missing. `late`: overdue schedules, amber and not red."""
    try:
        request.db.execute(text("SELECT 1"))
        late = len(publishing.overdue(request.db, request.at))
    except SQLAlchemyError as error:
        request.response.status_int = 503
        return {"state": "down", "database": type(error).__name__}
    return {"state": "late" if late else "ok", "overdue": late}


@view_config(route_name="site.security", permission=READ)
def security_txt(context: Any, request: Request) -> Response:
    """Where to report a weakness."""
    settings = request.portal
    lines = [
        f"Contact: mailto:{settings.contact_email}"
        if settings.contact_email
        else f"Contact: {settings.address}/lien-he",
        f"Expires: {(request.at + VALID).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: vi, en",
        f"Canonical: {settings.address}/.well-known/security.txt",
        "",
    ]
    return Response(body="\n".join(lines).encode(), content_type="text/plain", charset="utf-8")
