"""Citizens' pages: the list, the start of a guide, one question a page, the outcome. Addresses hold the answers.

Nothing is stored: the back button, bookmarks and shared links work because a page is what its address says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal import clock
from portal.errors import BadParameter
from portal.guides import present, queries
from portal.guides.data import OUTCOME, Data, nodes_of, references
from portal.guides.graph import Graph
from portal.guides.queries import NAME
from portal.guides.reading import CHOSEN, TYPED, NoAnswer, answer_of
from portal.guides.rules import READ
from portal.guides.walking import Walk, changed_between, choice_of, walk
from portal.publishing.errors import Gone
from portal.publishing.models import Edition, State
from portal.publishing.routes import small_number
from portal.publishing.rules import READ as READ_EDITION
from portal.publishing.views.addresses import gone_page, live_at
from portal.request import Request, _

SENT, EDITION, LOST = "gui", "ban", "mat"
"""Parameters: the form was sent; the edition of a link; an answer of the link is not known any more."""
GONE = _("Hướng dẫn này đã được gỡ")


@dataclass(frozen=True)
class Place:
    """Where the pages of an edition stand: among the public ones, or in its preview."""

    request: Request
    edition: Edition
    start: str
    draft: bool = False

    def at(self, answers: Sequence[str], **query: str) -> str:
        """The address of what these answers lead to."""
        path = "/".join((f"{self.start}/tra-loi", *answers))
        asked = query if self.draft else {EDITION: str(self.edition.number), **query}
        return path + ("?" + "&".join(f"{name}={value}" for name, value in asked.items()) if asked else "")


@view_config(route_name="guides.list", permission=READ, renderer="guides/list.jinja2")
def listing(context: Any, request: Request) -> dict[str, Any]:
    """Every guide."""
    request.depends_on("list:guide")
    return {"guides": queries.published(request.db), "page_title": request.translate(_("Hướng dẫn từng bước"))}


@view_config(route_name="guides.one", permission=READ, renderer="guides/start.jinja2")
def start(context: Any, request: Request) -> dict[str, Any]:
    """What a guide is for, and the way in."""
    try:
        live = live_at(request, NAME)
    except Gone as gone:
        return gone_page(request, gone, GONE)
    return _start(_public(request, live.edition))


@view_config(route_name="guides.first", permission=READ, renderer="guides/question.jinja2")
@view_config(route_name="guides.answers", permission=READ, renderer="guides/question.jinja2")
def answers(context: Any, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """The question that the answers of the address lead to, or their outcome."""
    prefix = f"/huong-dan/{request.matchdict['slug']}"
    try:
        live = live_at(request, NAME, below=request.path_info.removeprefix(prefix))
    except Gone as gone:
        return gone_page(request, gone, GONE)
    return _answered(_public(request, live.edition))


@view_config(route_name="guides.preview", permission=READ_EDITION, renderer="guides/start.jinja2")
def preview(edition: Edition, request: Request) -> dict[str, Any]:
    """The start as it will be."""
    return _start(_draft(request, edition))


@view_config(route_name="guides.preview_first", permission=READ_EDITION, renderer="guides/question.jinja2")
@view_config(route_name="guides.preview_answers", permission=READ_EDITION, renderer="guides/question.jinja2")
def preview_answers(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """The questions as they will be."""
    return _answered(_draft(request, edition))


def _public(request: Request, edition: Edition) -> Place:
    return Place(request, edition, request.script_name + str(edition.item.path))


def _draft(request: Request, edition: Edition) -> Place:
    request.response.cache_control.no_store = True
    path = request.route_path("guides.preview", uid=edition.item.uid, number=edition.number)
    return Place(request, edition, path, draft=True)


def _start(place: Place) -> dict[str, Any]:
    data, request = place.edition.data, place.request
    named = references(data)
    rows = {row["procedure"]: row for node in nodes_of(data, OUTCOME) for row in node["procedures"]}
    return {
        **_common(place),
        "page_title": present.said(request, data, "title").text,
        "page_description": present.said(request, data, "summary").text,
        "first": place.at(()) if data["start"] else None,
        "questions": Graph.of(data).most_questions,
        "procedures": present.procedures(request, [rows[name] for name in named], named),
    }


def _answered(place: Place) -> dict[str, Any] | HTTPSeeOther:
    request, data = place.request, place.edition.data
    walked = walk(data, request.matchdict.get("answers", ()))
    if walked.refused is not None:
        return HTTPSeeOther(place.at(walked.answers, **{LOST: "1"}))
    page = _common(place) | _so_far(place, walked)
    if walked.node is None:
        return HTTPSeeOther(place.start)
    if walked.is_over:
        request.override_renderer = "guides/outcome.jinja2"
        shown = present.outcome(request, walked.node)
        return page | {"outcome": shown, "page_title": f"{shown['title'].text} – {page['title'].text}"}
    return _asked(place, walked, walked.node, page)


def _asked(place: Place, walked: Walk, node: Data, page: dict[str, Any]) -> dict[str, Any] | HTTPSeeOther:
    request, error = place.request, None
    if request.GET.get(SENT) == "1":
        try:
            chosen = answer_of(node, request.GET, clock.today(request.at))
            return HTTPSeeOther(place.at((*walked.answers, chosen["id"])))
        except NoAnswer as refused:
            request.response.status_int = refused.status
            error = request.translate(refused.message)
    shown = present.question(request, node)
    title = f"{shown['title'].text} – {page['title'].text}"
    known = choice_of(node, request.GET.get(CHOSEN, ""))
    return page | {
        "question": shown,
        "page_title": request.translate(_("Lỗi: ${title}", mapping={"title": title})) if error else title,
        "error": error,
        "chosen": known["id"] if known else None,
        "typed": request.GET.get(TYPED, "")[:60],
        "action": place.at(walked.answers).partition("?")[0],
        "number": len(walked.steps) + 1,
    }


def _common(place: Place) -> dict[str, Any]:
    request, edition = place.request, place.edition
    title = present.said(request, edition.data, "title")
    return {
        "edition": edition,
        "item": edition.item,
        "title": title,
        "title_lang": title.lang,
        "summary": present.said(request, edition.data, "summary"),
        "untranslated": request.lang != title.lang,
        "place": place,
        "draft": place.draft and edition.state is not State.PUBLISHED,
        "canonical": None if place.draft else request.portal.address + place.start,
    }


def _so_far(place: Place, walked: Walk) -> dict[str, Any]:
    """The answers given, each with the way to change it; what the reader must know of the link that led here."""
    request = place.request
    given = [present.given(request, step) for step in walked.steps]
    for row in given:
        row["change"] = place.at(row["answers"], **{CHOSEN: row["chosen"]})
    last = given[-1]["change"] if given else place.start
    return {
        "given": given,
        "back": last,
        "lost": request.GET.get(LOST) == "1",
        "changed": None if place.draft else _changed(place, walked),
    }


def _changed(place: Place, walked: Walk) -> Edition | None:
    """The present edition, when whoever follows these answers reads something else than in that of the link."""
    written = place.request.GET.get(EDITION)
    if written is None:
        return None
    number = small_number(written)
    if number is None:
        raise BadParameter(EDITION)
    if number == place.edition.number:
        return None
    older = queries.public_edition(place.request.db, place.edition.item, number)
    if older is None or not changed_between(older.data, place.edition.data, walked.answers):
        return None
    return place.edition
