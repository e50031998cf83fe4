"""Check your answers, and submit: once, whatever the number of clicks and windows."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.clock import today
from portal.dossiers import forms
from portal.dossiers.applying import service
from portal.dossiers.applying.errors import NoLongerOffered
from portal.dossiers.applying.held import Held
from portal.dossiers.applying.routes import place_of
from portal.dossiers.applying.views.private import agency_named, office_of, sent, shell, terms, titled
from portal.dossiers.errors import AnswersIncomplete, NoAgencyCode
from portal.dossiers.following import access
from portal.dossiers.rules import APPLY
from portal.eforms.answers import Wrong, visible_sections
from portal.eforms.rendering import rows_to_check
from portal.publishing.routes import small_number
from portal.request import Request

SEEN, KEY = "phien_ban", "khoa"


@view_config(
    route_name="applying.check", permission=APPLY, request_method="GET", renderer="dossiers/applying/check.jinja2"
)
def check(held: Held, request: Request) -> dict[str, Any]:
    """Every answer with a way to change it, what is still missing, fee and time as of today."""
    return _page(held, request)


@view_config(
    route_name="applying.check", permission=APPLY, request_method="POST", renderer="dossiers/applying/check.jinja2"
)
def submit(held: Held, request: Request) -> Any:
    """Submit what was seen; a draft that another window changed meanwhile is shown once more first."""
    if small_number(sent(request, SEEN)) != held.draft.version:
        request.response.status_int = 409
        return _page(held, request) | {"changed": True}
    key = sent(request, KEY)[:100] or held.key
    try:
        receipt = service.submit(request.db, held, office_of(request), key=key, language=request.lang, at=request.at)
    except (AnswersIncomplete, NoLongerOffered, NoAgencyCode) as refused:
        request.response.status_int = refused.status
        return _page(held, request) | {"refused": request.translate(refused.message)}
    answer = HTTPSeeOther(request.route_path("applying.receipt", draft_key=held.key))
    access.grant(request, answer, receipt.dossier)
    return answer


def _page(held: Held, request: Request) -> dict[str, Any]:
    offer = held.offer(request.db, request.at)
    wrong = forms.errors(held.definition, held.answers, on=today(request.at), lang=request.lang)
    return (
        shell(held, request)
        | terms(request, offer, held.definition, held.answers, final=True)
        | {
            "offer": offer,
            "agency": agency_named(offer.agency, request.lang) if offer else None,
            "sections": _sections(held, request),
            "wrong": [_said(held, request, section, one) for section, found in wrong.items() for one in found],
            "refused": None,
            "changed": False,
            "seen": held.draft.version,
            "once": f"{held.draft.uid}-{held.draft.version}",
            "definition": held.definition,
        }
    )


def _sections(held: Held, request: Request) -> list[dict[str, Any]]:
    shown = {section["id"]: section for section in visible_sections(held.definition, held.answers)}
    return [
        {
            "id": one.id,
            "title": titled(shown[one.id], "title", request),
            "rows": one.rows,
            "href": _address(held, request, one.id),
        }
        for one in rows_to_check(held.definition, held.answers, request.lang)
        if one.id in shown
    ]


def _said(held: Held, request: Request, section_id: str, wrong: Wrong) -> dict[str, str]:
    """What is missing, and the way to the question."""
    place = wrong.path.replace(".", "-")
    return {
        "text": request.translate(wrong.message),
        "href": f"{_address(held, request, section_id)}#bieu-mau-{place}",
    }


def _address(held: Held, request: Request, section_id: str) -> str:
    """The page of a section, from where the person comes back to the check."""
    return str(
        request.route_path(
            "applying.section", draft_key=held.key, section=place_of(section_id), _query={"ve": "kiem-tra"}
        )
    )
