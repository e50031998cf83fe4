"""`/api/v1/procedures` and `/api/v1/vocabularies`: the catalogue of public services, read-only."""

from typing import Any
from uuid import UUID

import orjson
from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from portal.api import catalogue_parameters
from portal.api.catalogue_answers import Answers
from portal.api.catalogue_parameters import FIELDS, VOCABULARIES
from portal.api.problems import bad_parameters, problem
from portal.api.views import options, other_method
from portal.catalogue import local, queries
from portal.catalogue.kind import NAME
from portal.catalogue.models import Procedure
from portal.catalogue.queries import Filter
from portal.catalogue.rules import READ
from portal.catalogue.vocabularies.queries import terms
from portal.catalogue.vocabularies.service import KEY as WORDS
from portal.errors import BadParameter
from portal.publishing.errors import Gone, Moved, NeverThere
from portal.publishing.models import Item
from portal.publishing.queries import by_path
from portal.request import Request, _

GONE = _("Dịch vụ công này đã được gỡ")


@view_config(route_name="api.procedures", request_method="GET", permission=READ)
def listed(context: Any, request: Request) -> Response:
    """A page of the published procedures."""
    try:
        wanted = catalogue_parameters.read(request.GET.items(), request.db)
    except BadParameter as error:
        return bad_parameters(request, error)
    page = queries.listed(request.db, wanted.filter, wanted.page, wanted.size, sort=wanted.sort)
    request.depends_on(f"list:{NAME}", f"list:{local.NAME}", "agencies", WORDS)
    return _json(_answers(request).listed(wanted, page))


@view_config(route_name="api.procedure", request_method="GET", permission=READ)
def one(context: Any, request: Request) -> Response:
    """One procedure, by its code in any spelling or by its identity."""
    found = _found(request)
    if isinstance(found, Response):
        return found
    data = found.edition.data
    named = [data["authority"], *(row for rows in data["agencies"].values() for row in rows)]
    units = queries.agencies_with_code(request.db, [row["code"] for row in named if row["code"]])
    request.depends_on(f"item:{found.edition.item.uid}", "agencies", WORDS)
    return _json(_answers(request).record(found, units))


@view_config(route_name="api.variants", request_method="GET", permission=READ)
def variants(context: Any, request: Request) -> Response:
    """What agencies add to a procedure."""
    found = _found(request)
    if isinstance(found, Response):
        return found
    uid = found.edition.item.uid
    answers, rows = _answers(request), queries.local_of(request.db, uid)
    request.depends_on(f"item:{uid}", f"procedure:{uid}", "agencies")
    return _json({"procedure": str(uid), "total": len(rows), "results": [answers.variant(row) for row in rows]})


@view_config(route_name="api.vocabulary", request_method="GET", permission=READ)
def vocabulary(context: Any, request: Request) -> Response:
    """The words that lists are narrowed by, each with how many procedures have it."""
    name, answers = request.matchdict["name"], _answers(request)
    if name == FIELDS:
        rows, facet = list(answers.fields.values()), "field"
    elif name in VOCABULARIES:
        rows = terms(request.db, VOCABULARIES[name])
        facet = "audience" if VOCABULARIES[name] == "audience" else "event"
    else:
        raise HTTPNotFound
    counts = queries.counts(request.db, facet, Filter())
    request.depends_on(f"list:{NAME}", "agencies", WORDS)
    return _json({"name": name, "results": [answers.word(row, counts.get(row.slug, 0)) for row in rows]})


def _found(request: Request) -> Procedure | Response:
    """The published procedure of the address; a problem document where one was withdrawn, else 404."""
    if request.GET:
        return bad_parameters(request, BadParameter(next(iter(request.GET))))
    code = request.matchdict["code"]
    found = queries.by_code(request.db, code) or _by_uid(request, code)
    if found is not None:
        return found
    try:
        live = by_path(request.db, f"/thu-tuc/{code}")
    except Gone as gone:
        request.depends_on(f"item:{gone.item.uid}")
        return problem(request, 410, request.translate(GONE), gone.edition.withdrawn_why or "")
    except (Moved, NeverThere):
        raise HTTPNotFound from None
    if live.item.kind != NAME:
        raise HTTPNotFound
    return queries.of_edition(request.db, live.edition)


def _by_uid(request: Request, given: str) -> Procedure | None:
    try:
        uid = UUID(given)
    except ValueError:
        return None
    item = request.db.scalar(select(Item).where(Item.uid == uid, Item.kind == NAME))
    return queries.of_item(request.db, item) if item else None


def _answers(request: Request) -> Answers:
    return Answers(request, queries.terms(request.db), queries.fields(request.db))


def _json(answer: dict[str, Any]) -> Response:
    """Its tag and its 304 come from `portal.publishing.cache`, by what the answer depends on."""
    return Response(body=orjson.dumps(answer), content_type="application/json")


@view_config(route_name="api.procedures", request_method="OPTIONS", permission=READ)
@view_config(route_name="api.procedure", request_method="OPTIONS", permission=READ)
@view_config(route_name="api.variants", request_method="OPTIONS", permission=READ)
@view_config(route_name="api.vocabulary", request_method="OPTIONS", permission=READ)
def preflight(context: Any, request: Request) -> Response:
    """What may be asked."""
    return options(context, request)


@view_config(route_name="api.procedures", permission=READ, require_csrf=False)
@view_config(route_name="api.procedure", permission=READ, require_csrf=False)
@view_config(route_name="api.variants", permission=READ, require_csrf=False)
@view_config(route_name="api.vocabulary", permission=READ, require_csrf=False)
def nothing_changes(context: Any, request: Request) -> Response:
    """Nothing can be changed here."""
    return other_method(context, request)
