"""What records name by code, slug or number, looked up for many procedures at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, undefer

from portal.agencies.models import Agency, Field
from portal.catalogue import queries
from portal.catalogue.data import Data
from portal.catalogue.models import LocalService, Procedure, Term
from portal.notices.models import Notice
from portal.publishing.models import Edition, Item, State
from portal.text import number_key

BATCH = 100
"""Procedures read at a time: their records are in memory together."""


@dataclass(frozen=True)
class Service:
    """A published procedure with its record and what agencies add to it."""

    procedure: Procedure
    data: Data
    locals: list[LocalService] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Its public address."""
        return self.procedure.edition.item.path or ""


@dataclass(frozen=True)
class Known:
    """Words and fields by slug, units by code, paths of published documents by number and of procedures by code."""

    terms: dict[str, Term]
    fields: dict[str, Field]
    agencies: dict[str, Agency]
    documents: dict[str, str]
    services: dict[str, Procedure]


def services(db: Session) -> Iterator[tuple[list[Service], Known]]:
    """Every published procedure in the order in which they came, in batches, each with what it names."""
    terms, fields = queries.terms(db), queries.fields(db)
    after = 0
    while True:
        asked = _published().where(Procedure.item_id > after).order_by(Procedure.item_id).limit(BATCH)
        rows = list(db.scalars(asked))
        if not rows:
            return
        yield of(db, rows, terms=terms, fields=fields)
        after = rows[-1].item_id
        for row in rows:
            db.expunge(row)


def one(db: Session, procedure: Procedure) -> tuple[Service, Known]:
    """The published procedure with what it names."""
    asked = _published().where(Procedure.edition_id == procedure.edition_id)
    found, known = of(db, list(db.scalars(asked.execution_options(populate_existing=True))))
    return found[0], known


def of(
    db: Session,
    rows: Sequence[Procedure],
    *,
    terms: dict[str, Term] | None = None,
    fields: dict[str, Field] | None = None,
) -> tuple[list[Service], Known]:
    """These procedures with what they name: a handful of questions, however many they are."""
    variants = _variants(db, rows)
    found = [Service(row, row.edition.data, variants.get(str(row.edition.item.uid), [])) for row in rows]
    related = {code for one in found for code in one.data["related"]}
    known = Known(
        terms=queries.terms(db) if terms is None else terms,
        fields=queries.fields(db) if fields is None else fields,
        agencies=queries.agencies_with_code(db, sorted(_codes(found))),
        documents=_documents(db, found),
        services={row.code: row for row in queries.named(db, sorted(related)) if row.code},
    )
    return found, known


def _published() -> Select[Procedure]:
    data = joinedload(Procedure.edition).options(undefer(Edition.data), joinedload(Edition.item))
    return select(Procedure).join(Edition, queries.PUBLIC).options(data)


def _variants(db: Session, rows: Sequence[Procedure]) -> dict[str, list[LocalService]]:
    uids = [str(row.edition.item.uid) for row in rows]
    asked = select(LocalService).join(Edition, queries.PUBLIC_LOCAL).where(LocalService.procedure_uid.in_(uids))
    data = joinedload(LocalService.edition).undefer(Edition.data)
    found: dict[str, list[LocalService]] = {}
    for row in db.scalars(asked.options(data).order_by(LocalService.edition_id)):
        found.setdefault(str(row.procedure_uid), []).append(row)
    return found


def _codes(found: list[Service]) -> set[str]:
    named = [agency for one in found for rows in one.data["agencies"].values() for agency in rows]
    named += [one.data["authority"] for one in found]
    return {agency["code"] for agency in named if agency["code"]}


def _documents(db: Session, found: list[Service]) -> dict[str, str]:
    """Paths of published documents by the key of their number; of several the newest."""
    keys = {number_key(row["number"]) for one in found for row in one.data["legal_basis"] if row["number"]}
    asked = (
        select(Notice.number_key, Item.path)
        .join(Edition, Edition.id == Notice.edition_id)
        .join(Item, Item.id == Notice.item_id)
        .where(Edition.state == State.PUBLISHED, Notice.number_key.in_(keys))
        .order_by(Notice.issued_on, Notice.edition_id)
    )
    return {key: path for key, path in db.execute(asked) if key and path}
