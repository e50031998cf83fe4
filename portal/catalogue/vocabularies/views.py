"""The desk's part of the vocabularies."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal import audit
from portal.catalogue.vocabularies import queries, service
from portal.catalogue.vocabularies.files import terms_in
from portal.catalogue.vocabularies.routes import PLACES, Vocabularies, Vocabulary, Word
from portal.catalogue.vocabularies.rules import LOOK, MAINTAIN
from portal.catalogue.vocabularies.schemas import WordForm
from portal.errors import PortalError
from portal.forms import Button, Form, Invalid
from portal.request import Request, _

LABELS = {
    "audience": _("Đối tượng"),
    "life_event": _("Sự kiện của người dân"),
    "business_event": _("Sự kiện của doanh nghiệp"),
}
ACTIONS = {"added": _("Đã thêm"), "changed": _("Đã sửa"), "retired": _("Ngừng dùng"), "offered again": _("Dùng lại")}
_FIELDS = ("name", "english_name", "description", "english_description", "position")


@view_config(
    route_name="vocabularies.desk", request_method="GET", permission=LOOK, renderer="catalogue/open_vocabularies.jinja2"
)
def show_all(context: Vocabularies, request: Request) -> dict[str, Any]:
    """Every vocabulary with its words, and how many procedures name each."""
    may_maintain = bool(request.has_permission(MAINTAIN, context))
    groups = [
        (place, LABELS[name], queries.terms(request.db, name, retired=True), queries.used(request.db, name))
        for place, name in PLACES.items()
    ]
    missing = may_maintain and not any(words for _place, _label, words, _used in groups)
    return {
        "groups": groups,
        "may_maintain": may_maintain,
        "ready": missing and bool(terms_in(request.portal.content_dir)),
    }


@view_config(route_name="vocabularies.desk", request_method="POST", permission=MAINTAIN)
def bring(context: Vocabularies, request: Request) -> HTTPSeeOther:
    """Bring in the words that come with the program."""
    added = service.bring_terms(request.db, terms_in(request.portal.content_dir), at=request.at)
    request.session.flash(request.translate(_("Đã thêm ${n} mục có sẵn.", mapping={"n": added})))
    return HTTPSeeOther(request.route_path("vocabularies.desk"))


@view_config(
    route_name="vocabularies.add", request_method="GET", permission=MAINTAIN, renderer="catalogue/open_word.jinja2"
)
def show_add(context: Vocabulary, request: Request) -> dict[str, Any]:
    """The form of a new word."""
    return _answer(context, request, _form(request).render())


@view_config(
    route_name="vocabularies.add", request_method="POST", permission=MAINTAIN, renderer="catalogue/open_word.jinja2"
)
def add(context: Vocabulary, request: Request) -> Any:
    """Add it."""

    def save(values: dict[str, Any]) -> None:
        values = {name: values[name] for name in _FIELDS}
        service.add(request.db, context.name, by=_actor(request), at=request.at, **values)

    return _sent(context, request, save)


@view_config(
    route_name="vocabularies.word", request_method="GET", permission=MAINTAIN, renderer="catalogue/open_word.jinja2"
)
def show(context: Word, request: Request) -> dict[str, Any]:
    """A word, where it is used, and what was done to it."""
    values = {name: getattr(context.term, name) for name in _FIELDS}
    return _answer(context, request, _form(request).render({**values, "version": context.term.version}))


@view_config(
    route_name="vocabularies.word", request_method="POST", permission=MAINTAIN, renderer="catalogue/open_word.jinja2"
)
def change(context: Word, request: Request) -> Any:
    """Save it."""

    def save(values: dict[str, Any]) -> None:
        new = {name: values[name] for name in _FIELDS if name != "position" or values[name] is not None}
        version = values["version"] if values["version"] is not None else -1
        service.change(request.db, context.term, version=version, by=_actor(request), at=request.at, **new)

    return _sent(context, request, save)


@view_config(
    route_name="vocabularies.retire", request_method="POST", permission=MAINTAIN, renderer="catalogue/open_word.jinja2"
)
def retire(context: Word, request: Request) -> Any:
    """No longer offer it; refused while a procedure names it."""
    into = request.POST.get("into") or None
    said: dict[str, Any] = {"version": _version(request), "by": _actor(request), "at": request.at}
    try:
        service.retire(request.db, context.term, into=into, **said)
    except PortalError as error:
        request.response.status_int = error.status
        return {**show(context, request), "refused": error.message}
    request.session.flash(request.translate(_("Đã ngừng dùng mục này.")))
    return HTTPSeeOther(request.route_path("vocabularies.desk"))


@view_config(
    route_name="vocabularies.offer", request_method="POST", permission=MAINTAIN, renderer="catalogue/open_word.jinja2"
)
def offer(context: Word, request: Request) -> Any:
    """Offer it again."""
    said: dict[str, Any] = {"version": _version(request), "by": _actor(request), "at": request.at}
    try:
        service.offer_again(request.db, context.term, **said)
    except PortalError as error:
        request.response.status_int = error.status
        return {**show(context, request), "refused": error.message}
    request.session.flash(request.translate(_("Mục này được dùng lại.")))
    return HTTPSeeOther(request.route_path("vocabularies.desk"))


def _sent(context: Vocabulary, request: Request, save: Any) -> Any:
    form = _form(request)
    try:
        save(form.validate(request.POST.items()))
    except Invalid as refused:
        request.response.status_int = refused.status
        return _answer(context, request, refused.form.render())
    except PortalError as error:
        form.refuse(error.message)
        request.response.status_int = error.status
        return _answer(context, request, form.render())
    request.session.flash(request.translate(_("Đã lưu; trang dịch vụ công dùng ngay.")))
    return HTTPSeeOther(request.route_path("vocabularies.desk"))


def _answer(context: Vocabulary, request: Request, form: Any) -> dict[str, Any]:
    term = context.term if isinstance(context, Word) else None
    others = [one for one in queries.terms(request.db, context.name) if one is not term]
    return {
        "term": term,
        "place": context.place,
        "vocabulary": LABELS[context.name],
        "form": form,
        "others": others,
        "users": queries.users(request.db, term) if term else [],
        "number": queries.used(request.db, context.name).get(term.slug, 0) if term else 0,
        "successor": queries.successor(request.db, term) if term else None,
        "history": audit.history(request.db, service.subject_of(term.slug).uid)[:20] if term else [],
        "actions": ACTIONS,
        "refused": None,
    }


def _form(request: Request) -> Form:
    buttons = (
        Button("save", _("Lưu")),
        Button("cancel", _("Hủy"), kind="secondary", href=request.route_path("vocabularies.desk")),
    )
    return Form(WordForm(), request=request, buttons=buttons)


def _actor(request: Request) -> audit.Actor | None:
    return request.identity.person if request.identity else None


def _version(request: Request) -> int:
    """The version that the person saw; none that exists when the form does not say it."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1
