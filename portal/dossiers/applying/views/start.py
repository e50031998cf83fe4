"""Before a draft: who takes the application, what it costs, how long it takes, what will be asked."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config

from portal import clock
from portal.catalogue import present
from portal.catalogue.models import Procedure
from portal.dossiers.applying import service
from portal.dossiers.applying.errors import NotOffered
from portal.dossiers.applying.offers import Offer, offer_at, offers_of, takes_here
from portal.dossiers.applying.views.private import agency_named, language_of, named, office_of, terms
from portal.dossiers.rules import APPLY
from portal.dossiers.service.drafts import KEPT
from portal.eforms.definition import said
from portal.forms import Button, Form, Invalid, Schema, widgets
from portal.request import Request, _

AGENCY = "co-quan"
FEW = 8
"""Up to so many agencies are chosen by radio buttons."""


@view_config(
    route_name="applying.start", permission=APPLY, request_method="GET", renderer="dossiers/applying/start.jinja2"
)
def choose(procedure: Procedure, request: Request) -> Any:
    """Which agency: asked where several carry the procedure out; `?co-quan=` answers."""
    offers = _offers(procedure, request)
    if len(offers) == 1:
        return _page(offers[0], request)
    if not offers:
        return _closed(procedure, request)
    form = _choice(offers, request)
    asked = AGENCY in request.GET or "__start__" in request.GET  # radio buttons are named apart from their field
    if asked:
        try:
            chosen = form.validate(request.GET.items())[AGENCY]
        except Invalid as invalid:
            request.response.status_int = invalid.status
        else:
            return HTTPSeeOther(request.route_path("applying.start_at", code=procedure.code, agency=chosen))
    request.override_renderer = "dossiers/applying/agencies.jinja2"
    drawn = form.render() if asked else form.render({})
    return _shell(procedure, request) | {"form": drawn, "wrong": asked}


@view_config(
    route_name="applying.start_at", permission=APPLY, request_method="GET", renderer="dossiers/applying/start.jinja2"
)
def look(procedure: Procedure, request: Request) -> Any:
    """What applying to this agency means."""
    offer = _chosen(procedure, request)
    return _page(offer, request) if offer is not None else _closed(procedure, request)


@view_config(route_name="applying.start", permission=APPLY, request_method="POST")
@view_config(route_name="applying.start_at", permission=APPLY, request_method="POST")
def begin(procedure: Procedure, request: Request) -> Any:
    """A new draft, and the way to it. Raises `SubmitElsewhere`, `NotOffered`, `TooManyDrafts`."""
    office = office_of(request)
    if "agency" in request.matchdict:
        offer = _chosen(procedure, request)
    else:
        offers = _offers(procedure, request)
        if len(offers) > 1:
            return HTTPSeeOther(request.route_path("applying.start", code=procedure.code))
        offer = offers[0] if offers else None
    if offer is None and office.takes_applications:
        raise NotOffered()
    if offer is None:
        offer = next(iter(offers_of(request.db, procedure, clock.today(request.at))), None)
    if offer is None:
        raise NotOffered()
    network = request.remote_addr or ""
    _draft, key = service.begin(request.db, offer, office, language=request.lang, network=network, at=request.at)
    return HTTPSeeOther(request.route_path("applying.draft", draft_key=key))


def _offers(procedure: Procedure, request: Request) -> list[Offer]:
    found = offers_of(request.db, procedure, clock.today(request.at))
    return [one for one in found if takes_here(procedure, office_of(request), one.data)]


def _chosen(procedure: Procedure, request: Request) -> Offer | None:
    """The agency of the address, when it takes applications here; 404 for one that does not carry the procedure out."""
    offer = offer_at(request.db, procedure, request.matchdict["agency"], clock.today(request.at))
    if offer is None:
        raise HTTPNotFound
    return offer if takes_here(procedure, office_of(request), offer.data) else None


def _closed(procedure: Procedure, request: Request) -> dict[str, Any]:
    """Nobody can apply here: on the national portal (A6-11), or at a counter only."""
    data = procedure.edition.data
    national = request.portal.national_portal if present.takes_online(data) else ""
    request.override_renderer = "dossiers/applying/elsewhere.jinja2"
    return _shell(procedure, request) | {
        "elsewhere": data["online_url"] or national or None,
        "national": bool(national and not data["online_url"]),
        "place": present.glance_place(request, data),
    }


def _shell(procedure: Procedure, request: Request) -> dict[str, Any]:
    request.response.headers["X-Robots-Tag"] = "noindex"
    return {"procedure": named(procedure, request.lang), "path": procedure.edition.item.path}


def _page(offer: Offer, request: Request) -> dict[str, Any]:
    definition = offer.definition(request.db)
    return (
        _shell(offer.procedure, request)
        | {
            "offer": offer,
            "agency": agency_named(offer.agency, request.lang),
            "action": request.path,
            "definition": definition,
            "said": lambda thing, key: said(thing, key, request.lang),
            "language": language_of(request),
            "papers": present.papers(offer.data),
            "kept": KEPT.days,
            "service": offer.data["service"],
            "reason": offer.data["partial_reason"],
        }
        | terms(request, offer, definition)
    )


def _choice(offers: list[Offer], request: Request) -> Form:
    options = [(one.name, one.agency.label(request.lang)) for one in offers]
    schema = Schema()
    schema.add(
        colander.SchemaNode(
            colander.String(),
            name=AGENCY,
            title=_("Bạn nộp hồ sơ cho cơ quan nào?"),
            description=_("Thường là nơi bạn cư trú, hoặc nơi có việc cần giải quyết."),
            validator=colander.OneOf([value for value, _label in options]),
            widget=widgets.Radios(options) if len(options) <= FEW else widgets.Select(options),
        )
    )
    buttons = (Button("", _("Tiếp tục")),)
    return Form(schema, request=request, method="get", action=request.path, form_id="co-quan", buttons=buttons)
