"""A draft as a whole: where it stands, how to come back to it, what an earlier dossier can bring, how to drop it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal import mail
from portal.clock import today
from portal.dossiers import tracking
from portal.dossiers.applying import prefilling, service
from portal.dossiers.applying.held import Held
from portal.dossiers.applying.routes import place_of
from portal.dossiers.applying.schemas import LinkSchema, PrefillSchema
from portal.dossiers.applying.views.private import agency_named, office_of, shell, terms, titled
from portal.dossiers.following import access
from portal.dossiers.models import Dossier
from portal.dossiers.rules import APPLY
from portal.eforms.answers import ask, check_section
from portal.eforms.definition import Data
from portal.errors import PortalError
from portal.forms import Button, Form, Invalid
from portal.request import Request, _

SAVED, SENT, FILLED, NOTHING, NOT_ASKED = "luu", "gui", "dien", "khong", "an"
SAID = {
    SAVED: ("success", _("Đã lưu bản nháp.")),
    SENT: ("success", _("Đã gửi liên kết tới địa chỉ thư của bạn.")),
    FILLED: ("success", _("Đã điền sẵn từ hồ sơ trước. Hãy kiểm tra lại ở từng phần.")),
    NOTHING: ("info", _("Hồ sơ trước không có thông tin nào dùng lại được ở đây.")),
    NOT_ASKED: ("info", _("Phần vừa mở không còn phải điền, vì các câu trả lời trước đã thay đổi.")),
}
WRONG_PAIR = _("Mã hồ sơ hoặc mã bí mật không đúng. Hãy xem lại giấy biên nhận.")


@view_config(
    route_name="applying.draft", permission=APPLY, request_method="GET", renderer="dossiers/applying/draft.jinja2"
)
def overview(held: Held, request: Request) -> dict[str, Any]:
    """The parts of the form with what is done and what is not; `?da=` tells what has just happened."""
    return _page(held, request)


@view_config(
    route_name="applying.draft", permission=APPLY, request_method="POST", renderer="dossiers/applying/draft.jinja2"
)
def act(held: Held, request: Request) -> Any:
    """Send the link by mail (`gui`), or fill in from an earlier dossier (`dien`, or `tu` for one proven before)."""
    if "tu" in request.POST:
        earlier = access.proven(request, str(request.POST["tu"]))
        return _filled(held, request, earlier) if earlier is not None else _page(held, request)
    sending = FILLED not in request.POST
    if sending and not _mails(request):
        return _page(held, request)
    form = _link_form(held, request) if sending else _prefill_form(held, request)
    try:
        typed = form.validate(request.POST.items())
        if sending:
            return _sent(held, request, typed["email"])
        earlier = _looked_up(request, typed)
        if earlier is None:
            raise form.refuse(WRONG_PAIR, "secret")
    except (Invalid, mail.BadAddress, PortalError) as error:
        refused = error if isinstance(error, Invalid) else form.refuse(error.message, "email" if sending else "secret")
        request.response.status_int = refused.status if isinstance(error, Invalid) else error.status
        drawn = refused.form.render()
        return _page(held, request) | ({"link_form": drawn} if sending else {"prefill_form": drawn, "open": True})
    return _filled(held, request, earlier)


@view_config(
    route_name="applying.discard", permission=APPLY, request_method="GET", renderer="dossiers/applying/discard.jinja2"
)
def before_discarding(held: Held, request: Request) -> dict[str, Any]:
    """Asks once more."""
    return shell(held, request)


@view_config(route_name="applying.discard", permission=APPLY, request_method="POST")
def discard(held: Held, request: Request) -> Any:
    """All that was typed goes."""
    path = request.script_name + (held.procedure.edition.item.path or "/")
    offer = held.offer(request.db, request.at)
    service.discard(request.db, held)
    if offer is None or not offer.procedure.code:
        return HTTPSeeOther(path)
    request.session.flash(request.translate(_("Đã bỏ bản nháp: những gì đã điền và tệp đã tải lên không còn nữa.")))
    return HTTPSeeOther(request.route_path("applying.start_at", code=offer.procedure.code, agency=offer.name))


def address_of(held: Held, request: Request) -> str:
    """The whole address of the draft, to be written down or mailed."""
    return str(request.portal.address + request.route_path("applying.draft", draft_key=held.key))


def _sent(held: Held, request: Request, to: str) -> Any:
    service.send_link(
        request.db,
        held,
        office_of(request),
        to=to,
        link=address_of(held, request),
        lang=request.lang,
        network=request.remote_addr or "",
        at=request.at,
    )
    return _back(held, request, SENT)


def _looked_up(request: Request, typed: dict[str, Any]) -> Dossier | None:
    """The dossier that code and secret open; wrong pairs are counted (invariant 19)."""
    found = tracking.look(
        request.db,
        typed["code"],
        typed["secret"],
        network=request.remote_addr or "",
        office=office_of(request),
        lang=request.lang,
        at=request.at,
    )
    return found.dossier if found is not None else None


def _filled(held: Held, request: Request, earlier: Dossier) -> Any:
    filled = service.prefill(request.db, held, earlier, at=request.at)
    return _back(held, request, FILLED if filled else NOTHING)


def _back(held: Held, request: Request, said: str) -> Any:
    return HTTPSeeOther(request.route_path("applying.draft", draft_key=held.key, _query={"da": said}))


def _page(held: Held, request: Request) -> dict[str, Any]:
    offer = held.offer(request.db, request.at)
    parts = _parts(held, request)
    undone = next((part for part in parts if part["state"] != "done"), None)
    return (
        shell(held, request)
        | terms(request, offer, held.definition, held.answers)
        | {
            "parts": parts,
            "done": sum(part["state"] == "done" for part in parts),
            "next": undone["href"] if undone else request.route_path("applying.check", draft_key=held.key),
            "untouched": not held.draft.answers,
            "agency": agency_named(offer.agency, request.lang) if offer else None,
            "link": address_of(held, request),
            "told": SAID.get(request.GET.get("da", "")),
            "link_form": _link_form(held, request).render({"email": _own_email(held)}) if _mails(request) else None,
            "prefill_form": _prefill_form(held, request).render({}) if _wants_prefill(held) else None,
            "earlier": access.held(request) if _wants_prefill(held) else [],
            "open": False,
        }
    )


def _parts(held: Held, request: Request) -> list[dict[str, Any]]:
    """The sections that are asked, with `state`: done, wrong, or open."""
    asked = ask(held.definition, held.answers)
    found = []
    for section in asked.sections:
        if not section["fields"]:
            continue
        touched = any(field["id"] in held.draft.answers for field in section["fields"])
        wrong = check_section(section, asked.answers, on=today(request.at), lang=request.lang)
        state = "open" if not touched else "wrong" if wrong else "done"
        href = request.route_path("applying.section", draft_key=held.key, section=place_of(section["id"]))
        found.append({"title": titled(section, "title", request), "state": state, "href": href})
    return found


def _own_email(held: Held) -> Any:
    """The address that the form already has."""
    said = prefilling.known(held.definition, held.answers)
    found = said.get("person.email") or said.get("organisation.email")
    return found[1] if found else None


def _wants_prefill(held: Held) -> bool:
    return any(_marked(section) for section in held.definition["sections"])


def _marked(section: Data) -> bool:
    return any(field["prefill"] for field in section["fields"])


def _mails(request: Request) -> bool:
    """Whether letters go out of this instance; where none do, no link is promised."""
    return bool(request.registry["portal.settings"].mail_server)


def _link_form(held: Held, request: Request) -> Form:
    return Form(
        LinkSchema(),
        request=request,
        buttons=(Button(SENT, _("Gửi liên kết"), kind="secondary"),),
        action=request.path,
        form_id="gui-lien-ket",
    )


def _prefill_form(held: Held, request: Request) -> Form:
    return Form(
        PrefillSchema(),
        request=request,
        buttons=(Button(FILLED, _("Điền sẵn"), kind="secondary"),),
        action=request.path,
        form_id="dien-san",
    )
