"""Trying every path: where each leads, which ones are marked as right, which of those lead elsewhere now."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.errors import BadParameter
from portal.guides import service
from portal.guides.checks import name, test_failure
from portal.guides.data import Data, node_of
from portal.guides.graph import Graph, Path
from portal.guides.walking import walk
from portal.publishing.models import Edition, State
from portal.publishing.rules import EDIT, READ
from portal.publishing.views.actions import person_of, version_of
from portal.request import Request, _

MOST = 200
"""Paths on the page."""
SEPARATOR = " "
"""Between the answers of a path in a form: no id holds a space."""


@view_config(route_name="guides.paths", permission=READ, renderer="guides/paths.jinja2", request_method="GET")
def paths_page(edition: Edition, request: Request) -> dict[str, Any]:
    """Every path with where it leads."""
    data = edition.data
    paths = Graph.of(data).paths(MOST)
    expected = {tuple(test["answers"]) for test in data["tests"] if test_failure(data, test) is None}
    return {
        "edition": edition,
        "item": edition.item,
        "paths": paths,
        "rows": [_row(request, data, path, expected) for path in paths.listed],
        "failures": [_failure(test, message) for test in data["tests"] if (message := test_failure(data, test))],
        "unmarked": sum(path.whole and path.answers not in expected for path in paths.listed),
        "editable": edition.state is State.DRAFT and request.has_permission(EDIT, edition),
        "most": MOST,
    }


@view_config(route_name="guides.paths", permission=EDIT, request_method="POST")
def mark(edition: Edition, request: Request) -> HTTPSeeOther:
    """Mark paths as right (`right`; `all` the listed ones), or forget that one was (`forget`)."""
    post = request.POST
    seen: dict[str, Any] = {"version": version_of(request), "by": person_of(request), "at": request.at}
    if "forget" in post:
        service.expect_no_more(request.db, edition, _answers(post["forget"]), **seen)
        said = _("Đã bỏ đánh dấu.")
    elif "all" in post:
        whole = [path.answers for path in Graph.of(edition.data).paths(MOST).listed if path.whole]
        service.expect(request.db, edition, whole, **seen)
        said = _("Đã đánh dấu mọi đường trong danh sách là đúng.")
    elif "right" in post:
        service.expect(request.db, edition, [_answers(post["right"])], **seen)
        said = _("Đã đánh dấu đúng. Từ nay đường này được thử lại mỗi khi công bố.")
    else:
        raise BadParameter("right")
    request.session.flash(request.translate(said))
    return HTTPSeeOther(request.route_path("guides.paths", uid=edition.item.uid))


def _answers(sent: str) -> list[str]:
    return sent.split(SEPARATOR) if sent else []


def _row(request: Request, data: Data, path: Path, expected: set[tuple[str, ...]]) -> dict[str, Any]:
    walked, last = walk(data, path.answers), node_of(data, path.nodes[-1])
    steps = [(step.node["title"], step.choice["label"]) for step in walked.steps]
    if not path.whole and walked.refused is not None and walked.node is not None:
        stopped = next(choice for choice in walked.node["choices"] if choice["id"] == walked.refused)
        steps.append((walked.node["title"], stopped["label"]))
    return {
        "steps": steps,
        "value": SEPARATOR.join(path.answers),
        "whole": path.whole,
        "expected": path.answers in expected,
        "leads_to": request.translate(name(last)) if path.whole and last else None,
    }


def _failure(test: Data, message: Any) -> dict[str, Any]:
    return {"message": message, "value": SEPARATOR.join(test["answers"])}
