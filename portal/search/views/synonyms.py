"""The desk's part of search: synonyms."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal import audit
from portal.errors import PortalError
from portal.forms import Button, Form, Invalid
from portal.request import Request, _
from portal.search import editing, maintaining, queries
from portal.search.cautions import cautions
from portal.search.desk_routes import Maintained, SearchDesk
from portal.search.editing import MaintainingRefused
from portal.search.files import groups_in
from portal.search.rules import LOOK, MAINTAIN
from portal.search.schemas import SynonymGroup, lines
from portal.search.trying import searcher_of, tried, tried_group

ACTIONS = {"added": _("Đã thêm"), "changed": _("Đã sửa"), "removed": _("Đã xóa")}
_TRY = "try"


@view_config(
    route_name="search.synonyms", request_method="GET", permission=LOOK, renderer="search/desk/synonyms.jinja2"
)
def list_synonyms(context: SearchDesk, request: Request) -> dict[str, Any]:
    """Every group, and what they do to a question that is typed here."""
    words, searcher = request.GET.get("thu", "").strip()[:200], searcher_of(request)
    synonyms = maintaining.synonyms(request.db)
    rows = queries.synonyms(request.db)
    may_maintain = bool(request.has_permission(MAINTAIN, context))
    return {
        "rows": rows,
        "register": maintaining.register_groups(request.db),
        "words": words,
        "tried": tried(request.db, searcher, words, synonyms) if words and searcher is not None else None,
        "has_index": searcher is not None,
        "may_maintain": may_maintain,
        "ready": may_maintain and not rows and bool(groups_in(request.portal.content_dir)),
    }


@view_config(route_name="search.bring_synonyms", request_method="POST", permission=MAINTAIN)
def bring(context: SearchDesk, request: Request) -> HTTPSeeOther:
    """Add the groups that come with the program."""
    groups = groups_in(request.portal.content_dir)
    added = editing.bring_synonyms(request.db, groups, source="content", at=request.at)
    request.session.flash(request.translate(_("Đã thêm ${n} nhóm từ có sẵn.", mapping={"n": added})))
    return HTTPSeeOther(request.route_path("search.synonyms"))


@view_config(
    route_name="search.add_synonym", request_method="GET", permission=MAINTAIN, renderer="search/desk/synonym.jinja2"
)
def show_add(context: SearchDesk, request: Request) -> dict[str, Any]:
    """The form of a new group, filled with what the report handed over."""
    word = request.GET.get("tu", "")[:200]
    return _answer(request, None, _form(request).render({"terms": word, "active": True}))


@view_config(
    route_name="search.add_synonym", request_method="POST", permission=MAINTAIN, renderer="search/desk/synonym.jinja2"
)
def add(context: SearchDesk, request: Request) -> Any:
    """Add it, or try it."""
    return _sent(context, request, None)


@view_config(
    route_name="search.synonym", request_method="GET", permission=MAINTAIN, renderer="search/desk/synonym.jinja2"
)
def show(context: Maintained, request: Request) -> dict[str, Any]:
    """A group, and what it does."""
    row = context.row
    values = {"version": row.version, "terms": "\n".join(row.terms), "note": row.note, "active": row.active}
    return _answer(request, row, _form(request).render(values), row.terms)


@view_config(
    route_name="search.synonym", request_method="POST", permission=MAINTAIN, renderer="search/desk/synonym.jinja2"
)
def change(context: Maintained, request: Request) -> Any:
    """Save it, or try it."""
    return _sent(context, request, context.row)


@view_config(
    route_name="search.synonym_action", match_param="action=bat-tat", request_method="POST", permission=MAINTAIN
)
def switch(context: Maintained, request: Request) -> HTTPSeeOther:
    """Use the group, or stop using it."""
    row = context.row
    active = not row.active
    editing.change_synonyms(
        request.db, row, active=active, version=version_of(request), by=actor(request), at=request.at
    )
    text = _("Đã bật nhóm từ.") if active else _("Đã tắt nhóm từ: người tìm không dùng đến nó nữa.")
    request.session.flash(request.translate(text))
    return HTTPSeeOther(request.route_path("search.synonyms"))


@view_config(route_name="search.synonym_action", match_param="action=xoa", request_method="POST", permission=MAINTAIN)
def remove(context: Maintained, request: Request) -> HTTPSeeOther:
    """Delete the group."""
    editing.remove(request.db, context.row, version=version_of(request), by=actor(request), at=request.at)
    request.session.flash(request.translate(_("Đã xóa nhóm từ.")))
    return HTTPSeeOther(request.route_path("search.synonyms"))


def actor(request: Request) -> audit.Actor | None:
    """Who does it."""
    return request.identity.person if request.identity else None


def version_of(request: Request) -> int:
    """The version that the person saw; none that exists when the form does not say it."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1


def _sent(context: SearchDesk, request: Request, row: Any) -> Any:
    form, terms = _form(request), lines(request.POST.get("terms"))
    doubts: Any = ()
    try:
        values = form.validate(request.POST.items())
        terms = lines(values["terms"])
        found = cautions(request.db, terms, besides=row.id if row is not None else None, searcher=searcher_of(request))
        doubts = found.doubts
        if found.refused:
            raise MaintainingRefused(found.refused)
        if _TRY in request.POST:
            return _answer(request, row, form.render(), terms, doubts)
        if doubts and not values["confirmed"]:
            form = _form(request, doubted=True)
            form.validate(request.POST.items())
            raise form.refuse(_("Hãy xem các điểm cần cân nhắc rồi đánh dấu xác nhận."), "confirmed")
        _save(request, row, terms, values)
    except Invalid as refused:
        request.response.status_int = refused.status
        return _answer(request, row, refused.form.render(), terms, doubts)
    except MaintainingRefused as error:
        form.refuse(error.reasons[0], "terms")
        for reason in error.reasons[1:]:
            form.refuse(reason)
        request.response.status_int = error.status
        return _answer(request, row, form.render(), ())
    except PortalError as error:
        form.refuse(error.message)
        request.response.status_int = error.status
        return _answer(request, row, form.render(), terms)
    request.session.flash(request.translate(_("Đã lưu nhóm từ; người tìm dùng được ngay.")))
    return HTTPSeeOther(request.route_path("search.synonyms"))


def _save(request: Request, row: Any, terms: list[str], values: dict[str, Any]) -> None:
    said: dict[str, Any] = {"by": actor(request), "at": request.at}
    if row is None:
        row = editing.add_synonyms(request.db, terms, note=values["note"], **said)
        if not values["active"]:
            editing.change_synonyms(request.db, row, active=False, version=None, **said)
        return
    editing.change_synonyms(
        request.db,
        row,
        terms=terms,
        note=values["note"],
        active=values["active"],
        version=values["version"] if values["version"] is not None else -1,
        **said,
    )


def _form(request: Request, *, doubted: bool = False) -> Form:
    buttons = (
        Button("save", _("Lưu")),
        Button(_TRY, _("Thử trước khi lưu"), kind="secondary"),
        Button("cancel", _("Hủy"), kind="secondary", href=request.route_path("search.synonyms")),
    )
    return Form(SynonymGroup(), request=request, buttons=buttons, doubted=doubted)


def _answer(request: Request, row: Any, form: Any, terms: Any = (), doubts: Any = ()) -> dict[str, Any]:
    searcher = searcher_of(request)
    effects = []
    if searcher is not None and len(terms) > 1:
        others = [group for group in maintaining.synonym_groups(request.db) if row is None or group != row.terms]
        effects = tried_group(request.db, searcher, terms, others)
    history = audit.history(request.db, editing.subject_of(row).uid)[:20] if row is not None else []
    return {
        "row": row,
        "form": form,
        "effects": effects,
        "doubts": doubts,
        "history": history,
        "actions": ACTIONS,
        "has_index": searcher is not None,
    }
