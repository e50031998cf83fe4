"""Autosave and presence: what the edit form's script asks for. JSON, with the same rules as the form."""

from typing import Any

from pyramid.view import view_config

from portal.publishing import queries, service
from portal.publishing.errors import StaleVersion, WrongState
from portal.publishing.models import Edition
from portal.publishing.rules import EDIT
from portal.publishing.views.actions import person_of, version_of
from portal.publishing.views.editing import note_presence
from portal.request import Request, _

NOT_KEPT = frozenset({"csrf_token", "edition", "version", "_charset_"})


@view_config(route_name="publishing.autosave", permission=EDIT, request_method="POST", renderer="json")
def autosave(edition: Edition, request: Request) -> dict[str, Any]:
    """Keep what was typed. 409 when somebody saved since: the typing is kept and the person told."""
    typed = [(name, value) for name, value in request.POST.items() if name not in NOT_KEPT and isinstance(value, str)]
    try:
        service.autosave(request.db, edition, person_of(request), typed, version=version_of(request), at=request.at)
    except (StaleVersion, WrongState) as error:
        request.response.status_int = error.status
        return {"message": request.translate(error.message), "version": edition.version}
    return {"saved_at": request.at.isoformat(), "version": edition.version}


@view_config(route_name="publishing.presence", permission=EDIT, request_method="GET", http_cache=0, renderer="json")
def presence(edition: Edition, request: Request) -> dict[str, Any]:
    """Say "I am here" and hear who else is."""
    person = person_of(request)
    note_presence(request, edition)
    others = [other.name for other in queries.also_editing(request.db, edition, person, at=request.at)]
    if not others:
        return {"message": "", "version": edition.version}
    told = _("${names} cũng đang mở văn bản này để sửa.", mapping={"names": ", ".join(others)})
    return {"message": request.translate(told), "version": edition.version}
