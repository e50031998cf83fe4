"""What may be asked about public services. Every question sees published editions only."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, selectinload

from portal.agencies import queries as agencies
from portal.agencies.models import Agency, Field
from portal.catalogue.data import CODE, Level
from portal.catalogue.models import LocalService, Procedure, ProcedureBasis, ProcedureTerm, Term
from portal.db import Page
from portal.publishing.models import Edition, Item, State
from portal.text import fold, normal, sort_key

PUBLIC = and_(Procedure.edition_id == Edition.id, Edition.state == State.PUBLISHED)
PUBLIC_LOCAL = and_(LocalService.edition_id == Edition.id, Edition.state == State.PUBLISHED)
FACETS = ("field", "audience", "event", "level")
_AT_ONCE = 500


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to. `agencies`: ids of units that announce it, or add a local variant to it (`items`)."""

    field: str | None = None
    audience: str | None = None
    event: str | None = None
    level: str | None = None
    agencies: frozenset[int] | None = None
    items: frozenset[int] = frozenset()
    """Ids of the items that `agencies` add a variant to (`with_local`)."""
    service: str | None = None
    free: bool = False
    """Only what is known to cost nothing."""
    letter: str | None = None
    words: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """As SQL, over `Procedure`."""
        found: list[ColumnElement[bool]] = [
            _has(facet, value) for facet in FACETS if (value := getattr(self, facet)) is not None
        ]
        if self.agencies is not None:
            found.append(or_(Procedure.authority_id.in_(self.agencies), Procedure.item_id.in_(self.items)))
        if self.service:
            found.append(Procedure.service == self.service)
        if self.free:
            found.append(Procedure.free.is_(True))
        if self.letter:
            found.append(Procedure.initial == self.letter)
        code = plain_code(self.words)
        if code:
            found.append(Procedure.code == code)
        else:
            found += [Procedure.words_folded.contains(word, autoescape=True) for word in fold(self.words).split()]
        return found


def plain_code(typed: str) -> str | None:
    """The code that somebody means, as it is written: "1001193", " 1.001193.000.00.00.h17 " → "1.001193"; else None.

    What stands behind the number of the procedure names an agency: `agency_code`.
    """
    parts = _code_parts(typed)
    return parts[0] if parts else None


def agency_code(typed: str) -> str | None:
    """The agency in a code typed in full: "1.001193.000.00.00.h17" → "H17"; None when there is none."""
    parts = _code_parts(typed)
    return parts[1] if parts else None


def _code_parts(typed: str) -> tuple[str, str | None] | None:
    text = "".join(normal(typed).upper().split())
    for separator in ",‚．・_-–/":
        text = text.replace(separator, ".")
    text = text.strip(".")
    if text.isascii() and text.isdigit() and len(text) == 7:
        text = f"{text[0]}.{text[1:]}"
    if not CODE.fullmatch(text):
        return None
    parts = text.split(".")
    return ".".join(parts[:2]), ".".join(parts[5:6]) or None


def by_code(db: Session, code: str) -> Procedure | None:
    """The published procedure that bears this code, in full or without the part of an agency; any spelling of it."""
    query = select(Procedure).join(Edition, PUBLIC).order_by(Procedure.edition_id).limit(1)
    exact = db.scalar(query.where(Procedure.code == code.strip().upper()))
    plain = plain_code(code)
    if exact is not None or plain is None:
        return exact
    return db.scalar(query.where(Procedure.code == plain))


def of_item(db: Session, item: Item) -> Procedure | None:
    """What the published edition of the item says; None when it has none."""
    return db.scalar(select(Procedure).join(Edition, PUBLIC).where(Procedure.item_id == item.id))


def of_edition(db: Session, edition: Edition) -> Procedure:
    """The typed row of an edition, public or not."""
    return db.get_one(Procedure, edition.id)


def listed(
    db: Session, wanted: Filter, page: int, size: int, *, sort: str = "name", used: Mapping[int, int] | None = None
) -> Page[Any]:
    """Published procedures by name, in Vietnamese order (C-10).

    `sort`: by `field` or `level` first, or by `usage` with `used`, how often each was, by id of the item (A5-8).
    """
    order = [] if sort in ("name", "usage") else [_first_term(sort).nulls_last()]
    first = (page - 1) * size
    ids = select(Procedure.edition_id, Procedure.item_id).join(Edition, PUBLIC).where(*wanted.conditions())
    ids = ids.order_by(*order, _by_name(db), Procedure.edition_id)
    if sort == "usage" and used:
        every = sorted(db.execute(ids).all(), key=lambda row: -used.get(row[1], 0))
        found = [row[0] for row in every[first : first + size]]
    else:
        found = [row[0] for row in db.execute(ids.limit(size).offset(first))]
    query = select(Procedure).where(Procedure.edition_id.in_(found)).options(selectinload(Procedure.terms))
    rows = {row.edition_id: row for row in db.scalars(query)}
    return Page(rows=[rows[id_] for id_ in found], total=count(db, wanted), page=page, size=size)


def count(db: Session, wanted: Filter) -> int:
    """How many there are."""
    query = select(func.count()).select_from(Procedure).join(Edition, PUBLIC).where(*wanted.conditions())
    return db.scalar(query) or 0


def counts(db: Session, facet: str, wanted: Filter | None = None) -> dict[Any, int]:
    """How many have each value of a facet: slugs of `field`, `audience`, `event`, `level`, a `service`, ids of
    `authority`. Values without any are missing."""
    conditions = (wanted or Filter()).conditions()
    if facet in FACETS:
        query = select(ProcedureTerm.slug, func.count()).join(
            Procedure, Procedure.edition_id == ProcedureTerm.edition_id
        )
        query = query.join(Edition, PUBLIC).where(ProcedureTerm.facet == facet, *conditions)
        return {row[0]: row[1] for row in db.execute(query.group_by(ProcedureTerm.slug))}
    column: Any = {"service": Procedure.service, "authority": Procedure.authority_id}[facet]
    by_column = select(column, func.count()).join(Edition, PUBLIC).where(column.is_not(None), *conditions)
    return {row[0]: row[1] for row in db.execute(by_column.group_by(column))}


def letters(db: Session) -> dict[str, int]:
    """The letters that names begin with, in the order of the alphabet, and how many begin so."""
    query = select(Procedure.initial, func.count()).join(Edition, PUBLIC).group_by(Procedure.initial)
    found = {row[0]: row[1] for row in db.execute(query)}
    return {letter: found[letter] for letter in sorted(found, key=sort_key)}


def local_of(db: Session, procedure_uid: Any) -> list[LocalService]:
    """The published local variants of a procedure, by the name of the agency in Vietnamese order."""
    query = select(LocalService).join(Edition, PUBLIC_LOCAL).where(LocalService.procedure_uid == str(procedure_uid))
    rows = db.scalars(query.options(contains_eager(LocalService.edition).undefer(Edition.data)))
    return sorted(rows, key=lambda row: (sort_key(row.agency.name) if row.agency else "", row.edition_id))


def local_at(db: Session, procedure_uid: Any, agency_id: int) -> LocalService | None:
    """The published variant that the agency adds to the procedure."""
    query = select(LocalService).join(Edition, PUBLIC_LOCAL).where(LocalService.agency_id == agency_id)
    return db.scalar(query.where(LocalService.procedure_uid == str(procedure_uid)).limit(1))


def with_local(db: Session, units: Collection[int]) -> frozenset[int]:
    """Ids of the items of procedures that one of these units adds a variant to."""
    query = select(LocalService.procedure_uid).join(Edition, PUBLIC_LOCAL).where(LocalService.agency_id.in_(units))
    uids = {UUID(uid) for uid in db.scalars(query) if uid}
    return frozenset(db.scalars(select(Item.id).where(Item.uid.in_(uids)))) if uids else frozenset()


def resting_on(db: Session, keys: Collection[str]) -> list[Procedure]:
    """The published procedures whose legal basis names a document by one of these keys, by name."""
    rests = exists().where(ProcedureBasis.edition_id == Procedure.edition_id, ProcedureBasis.key.in_(list(keys)))
    query = select(Procedure).join(Edition, PUBLIC).where(rests)
    return list(db.scalars(query.order_by(_by_name(db), Procedure.edition_id)))


def named(db: Session, codes: Iterable[str]) -> list[Procedure]:
    """The published procedures with these codes, in their order."""
    wanted = list(codes)
    found = {
        row.code: row for row in db.scalars(select(Procedure).join(Edition, PUBLIC).where(Procedure.code.in_(wanted)))
    }
    return [found[code] for code in dict.fromkeys(wanted) if code in found]


def terms(db: Session) -> dict[str, Term]:
    """The words of all vocabularies by slug, in their order."""
    return {term.slug: term for term in db.scalars(select(Term).order_by(Term.position, Term.name))}


def fields(db: Session) -> dict[str, Field]:
    """The fields of the register by slug."""
    return {field.slug: field for field in agencies.fields(db)}


def agencies_with_code(db: Session, codes: Sequence[str]) -> dict[str, Agency]:
    """Units by code; of several periods the latest."""
    found = db.scalars(select(Agency).where(Agency.code.in_(set(codes))).order_by(Agency.valid_from.nulls_first()))
    return {agency.code: agency for agency in found if agency.code}


def history(db: Session, item: Item) -> list[tuple[Edition, date | None]]:
    """The editions of a procedure that were ever public, newest first, each with the day it takes effect."""
    query = (
        select(Edition, Procedure.effective_on)
        .join(Procedure, Procedure.edition_id == Edition.id)
        .where(Edition.item_id == item.id, Edition.published_at.is_not(None))
        .order_by(Edition.number.desc())
    )
    return [(row[0], row[1]) for row in db.execute(query)]


def _has(facet: str, slug: str) -> ColumnElement[bool]:
    its = aliased(ProcedureTerm)  # a question may count these rows and be narrowed by them at the same time
    return exists().where(its.edition_id == Procedure.edition_id, its.facet == facet, its.slug == slug)


def _first_term(facet: str) -> Any:
    """The place of the highest level, or the first field."""
    ordered: Any = ProcedureTerm.slug
    if facet == "level":
        ordered = case({level.value: place for place, level in enumerate(Level)}, value=ProcedureTerm.slug)
    its = select(func.min(ordered)).where(ProcedureTerm.edition_id == Procedure.edition_id)
    return its.where(ProcedureTerm.facet == facet).correlate(Procedure).scalar_subquery()


def _by_name(db: Session) -> Any:
    """Keys are ordered by code point, which a database of another locale must be told."""
    return Procedure.sort_key.collate("C") if db.get_bind().dialect.name == "postgresql" else Procedure.sort_key
