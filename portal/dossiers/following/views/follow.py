"""The page of a dossier for its applicant, the appointment, the receipt and the result. All behind code and secret."""

from functools import partial
from typing import Any
from uuid import UUID

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config
from webob.static import FileIter

from portal import files
from portal.catalogue import queries as catalogue
from portal.catalogue.fees import money
from portal.catalogue.present import Said
from portal.dossiers.following import access, calendar_file, present, qr, requests, seals
from portal.dossiers.following.labels import TAGS
from portal.dossiers.following.models import RESULT
from portal.dossiers.following.routes import Followed
from portal.dossiers.following.views.lookup import DISCREET, to_lookup
from portal.dossiers.rules import TRACK
from portal.dossiers.states import DELIVERY_LABELS, FINANCE_LABELS, LABELS
from portal.files.names import disposition
from portal.publishing.models import Edition
from portal.request import Request, _

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"


@view_config(
    route_name="following.one", request_method="GET", permission=TRACK, renderer="dossiers/following/one.jinja2"
)
def one(context: Followed, request: Request) -> Any:
    """Where the dossier stands."""
    dossier = context.dossier
    if dossier is None:
        return to_lookup(request, context.code)
    request.response.headers.update(DISCREET)
    office = request.registry["portal.dossiers"]
    page = present.page_of(request.db, dossier, office, lang=request.lang, at=request.at)
    sealed = {seal.sha256: seal for seal in seals.of_dossier(request.db, dossier) if seal.paper == RESULT}
    return {
        "page": page,
        "view": page.view,
        "dossier": dossier,
        "title": _title(request, dossier),
        "state": LABELS[dossier.state],
        "tag": TAGS[dossier.state],
        "finance": FINANCE_LABELS[dossier.finance],
        "delivery": DELIVERY_LABELS[dossier.delivery],
        "results": [(file, _stored(request, file.sha256), sealed.get(file.sha256)) for file in page.results],
        "seal_of": lambda seal: seals.written(office, seal),
        "qr": lambda seal: qr.drawn(seals.address(office, seal)),
        "money": partial(money, lang=request.lang),
        "until": access.until(request, dossier),
        "may": {name: _has_route(request, name) for name in ("applying.supplement", "applying.withdraw")},
        "asked": requests.of_dossier(request.db, dossier),
    }


def _title(request: Request, dossier: Any) -> Said:
    """The procedure as it was called on the day; in English where the record names it so."""
    procedure = catalogue.of_edition(request.db, request.db.get_one(Edition, dossier.edition_id))
    english = request.lang == "en" and bool(procedure.name_en) and procedure.name.startswith(dossier.title)
    return Said(procedure.label("en"), "en") if english else Said(dossier.title, "vi")


@view_config(route_name="following.calendar", request_method="GET", permission=TRACK)
def appointment(context: Followed, request: Request) -> Any:
    """The due date for the applicant's calendar."""
    dossier = context.dossier
    if dossier is None:
        return to_lookup(request, context.code)
    page = f"{request.portal.address}/ho-so/{dossier.code}"
    told = _(
        "Hồ sơ ${code}: ${title}. Tra cứu tại ${page}",
        mapping={"code": dossier.code, "title": dossier.title, "page": page},
    )
    made = calendar_file.appointment(
        request.db,
        dossier,
        request.registry["portal.dossiers"],
        title=request.translate(_("Hẹn trả kết quả hồ sơ ${code}", mapping={"code": dossier.code})),
        text=request.translate(told),
        warning=request.translate(_("Ngày mai là ngày hẹn trả kết quả")),
        lang=request.lang,
        page=page,
        at=request.at,
    )
    answer = Response(body=made, content_type="text/calendar", charset="utf-8")
    answer.content_disposition = f'attachment; filename="hen-tra-{dossier.code}.ics"'
    answer.headers.update(DISCREET)
    return answer


@view_config(route_name="following.file", request_method="GET", permission=TRACK)
def file(context: Followed, request: Request) -> Any:
    """A file of the result. What the applicant handed in is not given out by code and secret."""
    if context.dossier is None:
        return to_lookup(request, context.code)
    try:
        uid = UUID(request.matchdict["uid"])
    except ValueError:
        raise HTTPNotFound from None
    found = next((one for one in present.results(request.db, context.dossier) if one.uid == uid), None)
    if found is None:
        raise HTTPNotFound
    stored = _stored(request, found.sha256)
    content = files.blob_path(request.portal.files_dir, found.sha256).open("rb")
    answer = Response(app_iter=FileIter(content), content_length=stored.size)
    charset = f"; charset={stored.charset}" if stored.charset else ""
    answer.headers["Content-Type"] = stored.media_type + charset
    answer.headers["Content-Disposition"] = disposition(found.name, inline=False)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers.update(DISCREET)
    return answer


def _stored(request: Request, sha256: str) -> Any:
    stored = files.get(request.db, sha256)
    if stored is None:
        raise HTTPNotFound
    return stored


def _has_route(request: Request, name: str) -> bool:
    from pyramid.interfaces import IRoutesMapper

    return request.registry.getUtility(IRoutesMapper).get_route(name) is not None
