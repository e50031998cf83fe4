"""What may be asked about guides, and about the procedures and documents that they name."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.catalogue.models import Procedure
from portal.guides.models import Guide, GuideProcedure
from portal.notices.models import Notice
from portal.publishing.models import WORKING, Edition, Item, State
from portal.text import fold, number_key

NAME = "guide"


def published(db: Session) -> list[Guide]:
    """Every public guide, in the order of the alphabet."""
    return list(db.scalars(_public().order_by(Guide.sort_key, Guide.edition_id)))


def naming(db: Session, references: Collection[str]) -> list[Guide]:
    """Public guides with an outcome that names one of these procedures (codes, uids)."""
    named = select(GuideProcedure.edition_id).where(GuideProcedure.reference.in_(references))
    return list(db.scalars(_public().where(Guide.edition_id.in_(named)).order_by(Guide.sort_key)))


def desk(db: Session, units: Collection[int]) -> list[Edition]:
    """The current edition of every guide of these units: the working one where there is one, else the newest."""
    query = (
        select(Edition)
        .join(Item)
        .where(Item.kind == NAME, Item.unit_id.in_(units), Edition.state != State.SUPERSEDED)
        .order_by(Edition.number)
    )
    newest: dict[int, Edition] = {}
    for edition in db.scalars(query):
        held = newest.get(edition.item_id)
        if held is None or held.state not in WORKING:
            newest[edition.item_id] = edition
    return sorted(newest.values(), key=lambda edition: edition.updated_at, reverse=True)


def public_edition(db: Session, item: Item, number: int) -> Edition | None:
    """An edition that is public, or was until a later one followed it."""
    query = select(Edition).where(Edition.item_id == item.id, Edition.number == number)
    return db.scalar(query.where(Edition.state.in_((State.PUBLISHED, State.SUPERSEDED))))


def procedures(db: Session, references: Collection[str]) -> dict[str, Procedure]:
    """The public procedures of these codes and uids, by what they were asked for with."""
    uids = [uid for uid in map(_uid, references) if uid]
    codes = [reference for reference in references if _uid(reference) is None]
    if not codes and not uids:
        return {}
    query = select(Procedure).join(Edition, Edition.id == Procedure.edition_id).join(Item, Item.id == Edition.item_id)
    query = query.options(joinedload(Procedure.edition).undefer(Edition.data))
    query = query.where(Edition.state == State.PUBLISHED, or_(Procedure.code.in_(codes), Item.uid.in_(uids)))
    found: dict[str, Procedure] = {}
    for row in db.scalars(query.order_by(Procedure.edition_id)):
        for name in (row.code, str(row.edition.item.uid)):
            if name in references:
                found.setdefault(str(name), row)
    return found


def procedures_named(db: Session, words: str, limit: int) -> list[Procedure]:
    """Public procedures with all of these words in their names (everyday ones too), shortest name first."""
    wanted = fold(words).split()
    if not wanted:
        return []
    query = select(Procedure).join(Edition, Edition.id == Procedure.edition_id).where(Edition.state == State.PUBLISHED)
    for word in wanted[:12]:
        query = query.where(Procedure.words_folded.contains(word, autoescape=True))
    return list(db.scalars(query.order_by(func.length(Procedure.name), Procedure.edition_id).limit(limit)))


def documents(db: Session, numbers: Collection[str]) -> dict[str, Notice]:
    """The public documents of these numbers, the newest where several bear one, by the number as it was written."""
    keys = {number: number_key(number)[:120] for number in numbers}
    if not keys:
        return {}
    query = select(Notice).join(Edition, and_(Edition.id == Notice.edition_id, Edition.state == State.PUBLISHED))
    rows = db.scalars(
        query.where(Notice.number_key.in_(set(keys.values()))).order_by(Notice.issued_on, Notice.edition_id)
    )
    by_key = {row.number_key: row for row in rows}
    return {number: by_key[key] for number, key in keys.items() if key in by_key}


def _public() -> Select[Guide]:
    return select(Guide).join(Edition, Edition.id == Guide.edition_id).where(Edition.state == State.PUBLISHED)


def _uid(reference: str) -> UUID | None:
    try:
        return UUID(reference) if len(reference) == 36 else None
    except ValueError:
        return None
