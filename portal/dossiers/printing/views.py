"""Papers for officers: a page and a PDF of each form, and the register of a period. Each look is noted as a reading."""

from datetime import date, timedelta
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from portal import clock
from portal.dossiers import rules
from portal.dossiers.desk import noting
from portal.dossiers.desk.routes import BASE, ONE, dossier_of
from portal.dossiers.desk.views import office_of, officer_of
from portal.dossiers.desk.views.content import purpose_of
from portal.dossiers.desk.views.one import PAPERS, papers_of
from portal.dossiers.models import Dossier
from portal.dossiers.printing import papers, press, register
from portal.dossiers.printing.page import html_of
from portal.dossiers.printing.sheets import Sheet
from portal.dossiers.profiles import Paper
from portal.dossiers.service import log
from portal.errors import BadParameter
from portal.files.views import PDF as POLICY
from portal.forms.dates import NotADate, parse_date
from portal.publishing.routes import small_number
from portal.request import Request, _

LONGEST = timedelta(days=366)


@view_config(
    route_name="printing.paper",
    request_method="GET",
    permission=rules.READ_PERSONAL,
    renderer="dossiers/printing/paper.jinja2",
)
def paper(dossier: Dossier, request: Request) -> dict[str, Any]:
    """A form of the dossier, to read and to print from the browser."""
    wanted = _paper(dossier, request)
    made = papers.render(request.db, dossier, wanted, office_of(request), lang=request.lang, at=request.at)
    _note(dossier, request)
    request.response.cache_control.no_store = True
    others = papers_of(dossier, log.events_of(request.db, dossier))
    number = request.matchdict["number"]
    return {
        "dossier": dossier,
        "paper": made,
        "label": PAPERS[wanted],
        "number": number,
        "others": others,
        "labels": PAPERS,
    }


@view_config(route_name="printing.paper_pdf", request_method="GET", permission=rules.READ_PERSONAL)
def paper_pdf(dossier: Dossier, request: Request) -> Response:
    """The same as PDF."""
    wanted = _paper(dossier, request)
    made = papers.pdf(request.db, dossier, wanted, office_of(request), lang=request.lang, at=request.at)
    _note(dossier, request)
    return _pdf(made, f"{wanted.value}-{dossier.code}.pdf")


@view_config(
    route_name="printing.register",
    request_method="GET",
    permission=rules.LIST,
    renderer="dossiers/printing/register.jinja2",
)
def book(context: Any, request: Request) -> dict[str, Any]:
    """The register (form 07, or 06) of a period: the officer's dossiers, with names where they may read them."""
    first, last = _period(request)
    sheet = _register(request, first, last)
    request.response.cache_control.no_store = True
    return {"html": html_of(sheet), "first": first, "last": last}


@view_config(route_name="printing.register_pdf", request_method="GET", permission=rules.LIST)
def book_pdf(context: Any, request: Request) -> Response:
    """The same as PDF, on A4 across."""
    first, last = _period(request)
    office = office_of(request)
    sheet = _register(request, first, last)
    return _pdf(press.pdf_of(sheet, office, made_at=request.at), f"so-theo-doi-{first}-{last}.pdf")


def _register(request: Request, first: date, last: date) -> Sheet:
    """Whoever stands in it is noted as read first."""
    officer, office = officer_of(request), office_of(request)
    rows, total = register.of_period(request.db, first, last, by=officer)
    noting.note(request, register.named(rows, officer), "paper", register.PURPOSE)
    return register.sheet_for(
        request.db, office, rows, total, first, last, by=officer, lang=request.lang, at=request.at
    )


def _paper(dossier: Dossier, request: Request) -> Paper:
    number = small_number(request.matchdict["number"])
    found = dict(papers_of(dossier, log.events_of(request.db, dossier)))
    if number not in found:
        raise HTTPNotFound
    return found[number]


def _note(dossier: Dossier, request: Request) -> None:
    noting.note(request, [dossier], "paper", purpose_of(dossier, request))


def _period(request: Request) -> tuple[date, date]:
    for name in request.GET:
        if name not in ("tu", "den"):
            raise BadParameter(name)
    today = clock.today(request.at)
    first, last = _day(request, "tu", today.replace(day=1)), _day(request, "den", today)
    if not timedelta(0) <= last - first <= LONGEST:
        raise BadParameter("tu", _("Kỳ của sổ phải bắt đầu trước khi kết thúc và không dài quá một năm."))
    return first, last


def _day(request: Request, name: str, usual: date) -> date:
    typed = request.GET.get(name)
    if not typed:
        return usual
    try:
        found = parse_date(typed)
    except NotADate as error:
        raise BadParameter(name, error.message) from None
    if not 2000 <= found.year <= 2100:
        raise BadParameter(name)
    return found


def _pdf(made: bytes, name: str) -> Response:
    response = Response(made, content_type="application/pdf", charset=None)
    response.content_disposition = f'inline; filename="{name}"'
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


def includeme(config: Configurator) -> None:
    config.add_route("printing.register_pdf", f"{BASE}/so-theo-doi.pdf")
    config.add_route("printing.register", f"{BASE}/so-theo-doi")
    config.add_route("printing.paper_pdf", f"{ONE}/mau/{{number}}.pdf", factory=dossier_of)
    config.add_route("printing.paper", f"{ONE}/mau/{{number}}", factory=dossier_of)
