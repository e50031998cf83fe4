"""The typed rows of procedures and local variants, rewritten from the data of an edition at every save."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies import snapshot
from portal.catalogue.data import Data, as_date
from portal.catalogue.fees import is_free
from portal.catalogue.models import Procedure, ProcedureBasis, ProcedureTerm
from portal.notices.references import number_key_of
from portal.publishing.models import Edition
from portal.text import fold, sort_key, toneless

FACETS = (("field", "fields"), ("audience", "audiences"), ("event", "events"), ("level", "levels"))
OTHERS = "#"
"""Where names stand that begin with no letter."""


def project(db: Session, edition: Edition, *, fresh: bool = False) -> None:
    """Rewrite the typed rows of a procedure's edition. A fresh one is only added: its first flush writes it."""
    values, lists = _values(db, edition), {"terms": _terms(edition.data), "basis": _basis(edition.data)}
    row = None if fresh else db.get(Procedure, edition.id)
    if row is None:
        db.add(Procedure(edition_id=edition.id, **values, **lists))
        return
    for table in (ProcedureTerm, ProcedureBasis):
        db.execute(delete(table).where(table.edition_id == edition.id))
    db.expire(row, ["terms", "basis", "authority"])
    for name, value in values.items():
        setattr(row, name, value)
    for name, rows in lists.items():
        getattr(row, name).extend(rows)
    db.flush()


def initial_of(name: str) -> str:
    """The letter of the Vietnamese alphabet that the name begins with: "Đ" apart from "D", "Ă" from "A"."""
    first = toneless(name.strip()[:1]).upper()
    return first if len(first) == 1 and first.isalpha() else OTHERS


def agency_id_of(db: Session, agency: Data) -> int | None:
    """The unit of the register that a record's `{"name", "code"}` means; None when unknown or ambiguous."""
    lent = snapshot.lent(db)
    if lent is not None:
        return lent.id_of(agency["code"], agency["name"], None)
    found = agencies.by_code(db, agency["code"]) if agency["code"] else None
    if found is None and agency["name"]:
        found = agencies.by_name(db, agency["name"])
    return found.id if found else None


def _values(db: Session, edition: Edition) -> dict[str, Any]:
    data = edition.data
    return {
        "item_id": edition.item_id,
        "code": data["code"],
        "name": data["name"],
        "name_en": data["name_en"],
        "name_folded": fold(data["name"]),
        "words_folded": fold(" ".join([data["name"], *data["also_called"], data["code"] or ""])),
        "initial": initial_of(data["name"]),
        "sort_key": sort_key(data["name"]),
        "authority_id": agency_id_of(db, data["authority"]),
        "authority_name": data["authority"]["name"],
        "service": data["service"],
        "free": is_free(data),
        "effective_on": as_date(data["effective_on"]),
        "expires_on": as_date(data["expires_on"]),
        "review_by": as_date(data["review_by"]),
        "eform": data["eform"],
        "doubts": len(data["doubts"]),
    }


def _terms(data: Data) -> list[ProcedureTerm]:
    return [ProcedureTerm(facet=facet, slug=slug) for facet, name in FACETS for slug in dict.fromkeys(data[name])]


def _basis(data: Data) -> list[ProcedureBasis]:
    keys = [number_key_of(row["number"]) if row["number"] else None for row in data["legal_basis"]]
    return [ProcedureBasis(position=position, key=key) for position, key in enumerate(keys)]
