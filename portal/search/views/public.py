"""The page of search, and the form with more conditions."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.request import Request, _
from portal.search import asking, conditions, parameters, present
from portal.search.finding import find
from portal.search.parameters import BadSearch, Problem
from portal.search.results import Results, Wanted
from portal.search.rules import READ
from portal.search.still_public import still_public

TITLE, ADVANCED = _("Tìm kiếm"), _("Tìm nâng cao")
NOTHING_ASKED = _("Hãy nhập ít nhất một điều kiện.")
KEPT = "private, no-cache"
"""A browser keeps the page to go back to and asks again otherwise; nobody else keeps what was asked."""
FIELDS = {"q": "words"}
"""Parameter → the control of the form that it comes from, where their names differ."""


@view_config(route_name="search.page", permission=READ, renderer="search/page.jinja2")
def page(context: Any, request: Request) -> dict[str, Any]:
    """The find box, and what was found."""
    request.response.headers["Cache-Control"] = KEPT
    wanted, problems = read(request)
    if problems:
        return _refused(request, wanted, problems)
    results = None if present.is_empty(wanted) else answer(request, wanted)
    return {
        **_frame(request, wanted),
        "page_title": title(request, wanted),
        "canonical": request.portal.address + present.address(request, wanted),
        "results": results,
        **(_found(request, wanted, results) if results else {}),
    }


@view_config(route_name="search.advanced", permission=READ, renderer="search/advanced.jinja2")
def advanced(context: Any, request: Request) -> Any:
    """A form for all that a question can say; sending it leads to the page with that question."""
    request.response.headers["Cache-Control"] = KEPT
    if conditions.SENT not in request.GET:
        return _form(request, conditions.of(read(request)[0]))
    given = conditions.sent(request.GET.items())
    if not given.parameters():
        return _form(request, given, [("words", NOTHING_ASKED)])
    try:
        wanted = parameters.read(given.parameters(), request.db)
    except BadSearch as refused:
        wrong = [(FIELDS.get(one.parameter, one.parameter), one.detail) for one in refused.problems]
        return _form(request, given, wrong)
    return HTTPSeeOther(present.address(request, wanted), headers={"Cache-Control": KEPT})


def read(request: Request) -> tuple[Wanted, tuple[Problem, ...]]:
    """What is asked and what is wrong with it; with problems it is what is left when they are taken away."""
    pairs = list(request.GET.items())
    try:
        return parameters.read(pairs, request.db), ()
    except BadSearch as refused:
        wrong = {problem.parameter for problem in refused.problems}
        left = [(name, value) for name, value in pairs if name in parameters.NAMES and name not in wrong]
        return parameters.read(left, request.db), refused.problems


def answer(request: Request, wanted: Wanted) -> Results:
    """Ask, and count that it was asked."""
    results = find(request.registry["portal.search"], request.db, wanted, at=request.at, language=request.lang)
    results = still_public(request.registry["portal.search"], request.db, results)
    asking.note(request, wanted, results)
    request.response.headers["Server-Timing"] = f"search;dur={results.took_ms:.1f}"
    return results


def title(request: Request, wanted: Wanted) -> str:
    """What the page of this question is called."""
    words, name = " ".join(wanted.q.split())[:100], request.translate(TITLE)
    said = f"{words} – {name}" if words else name
    return f"{said} – {request.translate(_('Trang ${n}', mapping={'n': wanted.page}))}" if wanted.page > 1 else said


def _frame(request: Request, wanted: Wanted) -> dict[str, Any]:
    """What the page shows with and without results."""
    kept = [pair for pair in present.parameters_of(wanted) if pair[0] not in ("q", "page")]
    address = present.address(request, present.again(wanted, wanted.q), "search.advanced")
    return {"wanted": wanted, "kept": kept, "advanced": address, "problems": []}


def _found(request: Request, wanted: Wanted, results: Results) -> dict[str, Any]:
    pages = present.pages(results)
    corrected = results.did_you_mean
    feed = present.address(request, present.again(wanted, wanted.q), "search.feed")
    return {
        "facets": present.facets(request, wanted, results),
        "chips": present.chips(request, wanted, results),
        "all_href": present.address(request, present.unlimited(wanted)),
        "orders": present.orders(request, wanted),
        "pages": pages,
        "too_deep": pages.page >= pages.pages and pages.pages < results.pages,
        "corrected_href": present.address(request, present.again(wanted, corrected)) if corrected else None,
        "feeds": [{"title": title(request, present.again(wanted, wanted.q)), "href": feed}],
    }


def _refused(request: Request, wanted: Wanted, problems: tuple[Problem, ...]) -> dict[str, Any]:
    request.response.status_int = 422
    return {
        **_frame(request, wanted),
        "page_title": request.translate(_("Điều kiện tìm chưa đúng")),
        "results": None,
        "problems": [(request.translate(one.detail), one.allowed) for one in problems],
        "without_href": None if present.is_empty(wanted) else present.address(request, wanted),
    }


def _form(request: Request, given: conditions.Conditions, problems: Any = ()) -> dict[str, Any]:
    if problems:
        request.response.status_int = 422
    offered = find(request.registry["portal.search"], request.db, Wanted(), at=request.at, language=request.lang)
    return {
        "page_title": request.translate(ADVANCED),
        "given": given,
        "problems": {name: request.translate(text) for name, text in problems},
        "options": {name: present.options(offered, name, given.values(name)) for name in ("type", "issuer", "effect")},
        "kept": [(name, value) for name in ("kind", "field", "year") for value in given.values(name)],
    }
