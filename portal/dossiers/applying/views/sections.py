"""One page of the form: drawn, kept whatever was typed, and on to the next."""

from typing import Any

from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import exception_view_config, view_config

from portal.accounts import csrf
from portal.accounts.views.refused import stale_page
from portal.clock import today
from portal.dossiers.applying import files, prefilling, service, steps
from portal.dossiers.applying.held import Held
from portal.dossiers.applying.routes import place_of, section_at
from portal.dossiers.applying.views.private import sent, shell, titled
from portal.dossiers.rules import APPLY
from portal.eforms import filling, uploads
from portal.eforms.answers import previous_section, visible_sections
from portal.eforms.compiling import Page, values_of
from portal.eforms.definition import Data, said, section_of
from portal.eforms.errors import NoSuchPart
from portal.eforms.kinds import Type
from portal.eforms.places import places_of
from portal.eforms.rendering import rows_to_check
from portal.forms import Button, Form
from portal.publishing.routes import small_number
from portal.request import Request, _

NEXT, BACK, LATER = "tiep_tuc", "quay_lai", "de_sau"
SEEN, DRAWN, CHECKING = "phien_ban", "da_thay", "ve"
CHECK = "kiem-tra"


@view_config(
    route_name="applying.section", permission=APPLY, request_method="GET", renderer="dossiers/applying/section.jinja2"
)
def show(held: Held, request: Request) -> Any:
    """The questions of a section, filled with what is known; `?ve=kiem-tra` leads back to the check."""
    section = _section(held, request)
    answers = files.with_finished(request.db, held.draft, section, held.answers)
    answers |= prefilling.within(held.definition, answers)
    try:
        form, asked = _opened(held, request, section, answers)
    except NoSuchPart:
        return _not_asked(held, request)
    return _drawn(held, request, section) | {"form": form.render(values_of(asked, answers))}


@view_config(
    route_name="applying.section", permission=APPLY, request_method="POST", renderer="dossiers/applying/section.jinja2"
)
def go_on(held: Held, request: Request) -> Any:
    """Keep what was typed, good or not; then the next page, the one before, or the overview."""
    section = _section(held, request)
    files.put_into(request, files.take_finished(request.db, held.draft, section))
    try:
        taken = steps.take(
            request, held.definition, section["id"], held.answers, _page(held, request), **_look(held, request, section)
        )
    except NoSuchPart:
        return _not_asked(held, request)
    typed = service.page_answers(section, taken.answers)
    seen, drawn = small_number(sent(request, SEEN)) or 0, sent(request, DRAWN)
    if not service.keep(request.db, held.draft, section, typed, seen=seen, drawn=drawn, at=request.at):
        return _conflict(held, request, section, taken, typed)
    stays = taken.form is not None and (taken.rows_changed or taken.unreadable or not _leaves(request))
    if taken.form is not None and stays:
        request.response.status_int = taken.status
        drawn_form = taken.form.render()
        return _drawn(held, request, section) | {
            "form": drawn_form,
            "revealed": taken.revealed,
            "wrong": taken.status >= 400,
        }
    return HTTPSeeOther(_destination(held, request, section, taken.following))


@exception_view_config(BadCSRFToken, filling_in=True, renderer="dossiers/applying/section.jinja2")
@exception_view_config(BadCSRFOrigin, filling_in=True, renderer="accounts/stale_page.jinja2")
def stale_form(request: Request) -> Any:
    """The page was open longer than its session: what was typed stands there again, to be sent once more.

    Nothing is done, and nothing is shown to a request that came from another site.
    """
    held = request.context
    known = isinstance(held, Held) and isinstance(request.exception, BadCSRFToken) and csrf.came_from_here(request)
    section = section_of(held.definition, section_at(request.matchdict["section"])) if known else None
    if section is None:
        request.override_renderer = "accounts/stale_page.jinja2"
        return stale_page(request)
    try:
        taken = steps.take(
            request,
            held.definition,
            section["id"],
            held.answers,
            _page(held, request),
            **_look(held, request, section) | {"uploads": None},
        )
        form, asked = _opened(held, request, section, taken.answers)
    except NoSuchPart:
        request.override_renderer = "accounts/stale_page.jinja2"
        return stale_page(request)
    request.response.status_int = 400
    drawn = taken.form.render() if taken.form is not None else form.render(values_of(asked, taken.answers))
    return _drawn(held, request, section) | {"form": drawn, "expired": True}


def _section(held: Held, request: Request) -> Data:
    section = section_of(held.definition, section_at(request.matchdict["section"]))
    if section is None:
        raise HTTPNotFound
    return section


def _page(held: Held, request: Request) -> Page:
    on = today(request.at)
    return Page(lang=request.lang, on=on, places=places_of(request.db, held.definition, on))


def _look(held: Held, request: Request, section: Data) -> dict[str, Any]:
    first = previous_section(held.definition, held.answers, section["id"]) is None
    buttons = [Button(NEXT, _("Lưu và tiếp tục"))]
    if not first:
        buttons.append(Button(BACK, _("Lưu và quay lại"), kind="secondary"))
    buttons.append(Button(LATER, _("Lưu và để sau"), kind="secondary"))
    return {
        "buttons": buttons,
        "action": request.path,
        "uploads": files.store_for(request, held.draft),
        "attributes": uploads.attributes(request, files.GATE, held.key) if _has_files(section) else {},
    }


def _has_files(section: Data) -> bool:
    return any(field["type"] == Type.FILES for field in section["fields"])


def _opened(held: Held, request: Request, section: Data, answers: dict[str, Any]) -> tuple[Form, Data]:
    look = _look(held, request, section)
    return filling.opened(request, held.definition, section["id"], answers, _page(held, request), **look)


def _drawn(held: Held, request: Request, section: Data) -> dict[str, Any]:
    shown = [one["id"] for one in visible_sections(held.definition, held.answers)]
    before = service.page_answers(section, held.draft.answers)
    number = shown.index(section["id"]) + 1 if section["id"] in shown else 0
    return shell(held, request) | {
        "section": section,
        "title": titled(section, "title", request),
        "number": number,
        "total": len(shown),
        "intro": said(held.definition, "intro", request.lang) if number == 1 else "",
        "definition": held.definition,
        "seen": held.draft.version,
        "drawn": service.digest(before),
        "checking": _checking(request),
        "files": _has_files(section),
        "revealed": 0,
        "wrong": False,
        "expired": False,
        "stored": None,
    }


def _conflict(held: Held, request: Request, section: Data, taken: steps.Taken, typed: dict[str, Any]) -> dict[str, Any]:
    """Both texts: what another window saved, for reading, and what was typed here, to be sent once more."""
    request.response.status_int = 409
    stored = rows_to_check(held.definition, held.answers, request.lang)
    here = next((one.rows for one in stored if one.id == section["id"]), [])
    form = taken.form
    if form is not None:
        drawn = form.render()
    else:
        both = held.answers | typed
        try:
            form, asked = _opened(held, request, section, both)
        except NoSuchPart:
            return _drawn(held, request, section) | {"form": None, "stored": here}
        drawn = form.render(values_of(asked, both))
    return _drawn(held, request, section) | {"form": drawn, "stored": here}


def _not_asked(held: Held, request: Request) -> Any:
    """The section was asked once, and is not any more."""
    return HTTPSeeOther(request.route_path("applying.draft", draft_key=held.key, _query={"da": "an"}))


def _checking(request: Request) -> bool:
    return CHECK in (sent(request, CHECKING), request.GET.get(CHECKING))


def _leaves(request: Request) -> bool:
    """Whether the person goes elsewhere, and what is missing here may stay missing."""
    return BACK in request.POST or LATER in request.POST


def _destination(held: Held, request: Request, section: Data, following: str | None) -> str:
    key = held.key
    if LATER in request.POST:
        return str(request.route_path("applying.draft", draft_key=key, _query={"da": "luu"}))
    if BACK in request.POST:
        before = previous_section(held.definition, held.answers, section["id"])
        if before is None:
            return str(request.route_path("applying.draft", draft_key=key))
        return str(request.route_path("applying.section", draft_key=key, section=place_of(before)))
    if following is None or _checking(request):
        return str(request.route_path("applying.check", draft_key=key))
    return str(request.route_path("applying.section", draft_key=key, section=place_of(following)))
