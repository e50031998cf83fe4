"""What guides show on the pages of others: the front page, and the page of a procedure that they may lead to."""

from typing import Any

from portal.catalogue.models import Procedure
from portal.guides import queries
from portal.guides.kind import key_of
from portal.guides.models import Guide
from portal.request import Request

OFFERED = 4
"""Guides that the front page offers."""


def of_front(request: Request, about: None) -> dict[str, Any] | None:
    """The first guides, and how many there are; None while there are none."""
    request.depends_on("list:guide")
    guides = queries.published(request.db)
    return {"guides": guides[:OFFERED], "total": len(guides)} if guides else None


def of_procedure(request: Request, procedure: Procedure) -> list[Guide] | None:
    """The guides that may lead to this procedure: for whoever is not sure that it is the right one."""
    names = [name for name in (procedure.code, str(procedure.edition.item.uid)) if name]
    request.depends_on(*(key_of(name) for name in names))
    return queries.naming(request.db, names) or None
