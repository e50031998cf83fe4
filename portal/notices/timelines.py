"""The timelines of documents, built from published editions: at most two questions for a page of rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Subquery, and_, exists, func, select, union
from sqlalchemy.orm import Session, aliased

from portal.notices.data import Effect, Relation
from portal.notices.effect import Act, Event, Timeline, What, effect_on, in_order
from portal.notices.models import Notice, NoticeEffect, NoticeRelation
from portal.notices.references import needs_day, number_key_of
from portal.notices.types import BY_SLUG
from portal.publishing.models import Edition, Item, State

ACTS = (Relation.REPLACES, Relation.REPEALS, Relation.AMENDS, Relation.CORRECTS, Relation.GUIDES)
_ENDS = (Relation.REPLACES, Relation.REPEALS)


def effects_on(db: Session, notices: Sequence[Notice], day: date) -> dict[int, Effect | None]:
    """The status of each notice on a day, by edition id."""
    return {id_: effect_on(timeline, day) for id_, timeline in timelines(db, notices).items()}


def timelines(db: Session, notices: Sequence[Notice]) -> dict[int, Timeline]:
    """The timeline of each notice, by edition id."""
    if not notices:
        return {}
    stated, acts = _stated(db, notices), _acts(db, notices)
    return {
        notice.edition_id: Timeline(
            in_order([*_own(notice), *stated[notice.edition_id], *acts[notice.edition_id]]),
            Effect(notice.effect) if notice.effect else None,
            notice.issued_on,
        )
        for notice in notices
    }


def timeline(db: Session, notice: Notice) -> Timeline:
    """The timeline of one notice."""
    return timelines(db, [notice])[notice.edition_id]


def _own(notice: Notice) -> list[Event]:
    events = []
    if notice.effective_on is not None:
        events.append(Event(What.EFFECTIVE, notice.effective_on, Effect.IN_FORCE))
    if notice.expires_on is not None:
        events.append(Event(What.EXPIRES, notice.expires_on, Effect.EXPIRED))
    return events


def _stated(db: Session, notices: Sequence[Notice]) -> Mapping[int, list[Event]]:
    found: defaultdict[int, list[Event]] = defaultdict(list)
    ids = [notice.edition_id for notice in notices]
    query = select(NoticeEffect).where(NoticeEffect.edition_id.in_(ids)).order_by(NoticeEffect.position)
    for row in db.scalars(query):
        event = Event(What.STATED, row.starts_on, Effect(row.effect), row.ends_on, words=row.act)
        found[row.edition_id].append(event)
    return found


def _acts(db: Session, notices: Sequence[Notice]) -> Mapping[int, list[Event]]:
    """What published documents do to the notices. A number counts when one public document bears it and it is certain:
    with its year, or of the same issuer."""
    by_uid = {str(notice.edition.item.uid): notice for notice in notices}
    by_key: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        if notice.number_key:
            by_key[notice.number_key].append(notice)
    found: defaultdict[int, list[Event]] = defaultdict(list)
    for row in db.execute(_question(list(by_uid), list(by_key))):
        chosen = by_uid.get(row.target_uid or "")
        meant = [chosen] if chosen is not None else [] if row.target_uid else by_key.get(row.number_key or "", [])
        for notice in meant:
            if notice.item_id != row.item_id and (chosen is not None or _is_certain(notice, row)):
                found[notice.edition_id].append(_event(row))
    return found


def _question(uids: list[str], keys: list[str]) -> Any:
    bearer, bearing = aliased(Notice), aliased(Edition)
    bearers = (
        select(func.count())
        .select_from(bearer)
        .join(bearing, and_(bearing.id == bearer.edition_id, bearing.state == State.PUBLISHED))
        .where(bearer.number_key == NoticeRelation.number_key)
        .correlate(NoticeRelation)
        .scalar_subquery()
    )
    acting = _acting(uids, keys)
    public = exists().where(Edition.id == Notice.edition_id, Edition.state == State.PUBLISHED).correlate(Notice)
    return (
        select(
            *(NoticeRelation.relation, NoticeRelation.scope, NoticeRelation.number_key, NoticeRelation.target_uid),
            *(Notice.item_id, Notice.type, Notice.full_number, Notice.title, Notice.effective_on),
            *(Notice.issuer_id, Notice.issuer_name, Item.path, bearers.label("bearers")),
        )
        .select_from(acting)
        .join(
            NoticeRelation,
            and_(NoticeRelation.edition_id == acting.c.edition_id, NoticeRelation.position == acting.c.position),
        )
        .join(Notice, Notice.edition_id == NoticeRelation.edition_id)
        .join(Item, Item.id == Notice.item_id)
        .where(public)
        .order_by(Notice.effective_on, Notice.edition_id, NoticeRelation.position)
    )


def _acting(uids: list[str], keys: list[str]) -> Subquery:
    """The relations meant, by either index; asked with OR, SQLite would walk every published edition.

    That a chosen document outweighs a number is left to the caller: "no document chosen" would be a third index.
    """
    wanted = select(NoticeRelation.edition_id, NoticeRelation.position).where(NoticeRelation.relation.in_(ACTS))
    by_uid = wanted.where(NoticeRelation.target_uid.in_(uids))
    by_number = wanted.where(NoticeRelation.number_key.in_(keys))
    return union(by_uid, by_number).subquery()


def _is_certain(notice: Notice, row: Any) -> bool:
    if row.bearers > 1:
        return False
    if not needs_day(number_key_of(notice.full_number or "")):
        return True
    by_register = notice.issuer_id is not None and notice.issuer_id == row.issuer_id
    return by_register or (notice.issuer_name is not None and notice.issuer_name == row.issuer_name)


def _event(row: Any) -> Event:
    relation = Relation(row.relation)
    effect: Effect | None = None
    if relation in _ENDS and not row.scope:
        effect = Effect.EXPIRED
    elif relation in (*_ENDS, Relation.AMENDS):
        effect = Effect.PARTLY_EXPIRED
    type_ = BY_SLUG.get(row.type or "")
    name = " ".join(filter(None, (type_.name if type_ else "", row.full_number and f"số {row.full_number}")))
    return Event(
        What(relation.value),
        row.effective_on,
        effect,
        scope=row.scope,
        by=Act(name or row.title, row.title, row.path),
    )
