"""Who is cited and who cites: the references of published documents, asked by key."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.db import Page
from portal.notices.models import Notice, NoticeReference
from portal.notices.queries import NEWEST, PUBLIC, WITH_LANGUAGE
from portal.notices.references import Target, law_key_of, needs_day, number_key_of, the_one
from portal.publishing.models import Edition, Item

AT_ONCE = 500
"""Keys of one question."""


def targets(db: Session, keys: frozenset[str]) -> Mapping[str, Sequence[Target]]:
    """The published documents that each key names: `number:42/2022/nd-cp`, `law:luat dat dai|2013`."""
    found: defaultdict[str, list[Target]] = defaultdict(list)
    for column, prefix in ((Notice.number_key, "number:"), (Notice.law_key, "law:")):
        wanted = sorted(key.removeprefix(prefix) for key in keys if key.startswith(prefix))
        for some in _portions(wanted):
            query = (
                select(Notice.number_key, Notice.law_key, Notice.type, Notice.issued_on, Notice.anchors, Item.path)
                .join(Edition, PUBLIC)
                .join(Item, Item.id == Notice.item_id)
                .where(column.in_(some))
            )
            for row in db.execute(query):
                key = row.number_key if prefix == "number:" else row.law_key
                found[f"{prefix}{key}"].append(
                    Target(
                        row.number_key, row.law_key, row.type, row.issued_on, row.path, frozenset(row.anchors.split())
                    )
                )
    return found


def _portions(wanted: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]


def cited_by(db: Session, notice: Notice, *, page: int, size: int) -> Page[Notice]:
    """The published documents whose text certainly means this one, the newest first."""
    meant = _meant(db, notice)
    if meant is None:
        return Page(rows=[], total=0, page=page, size=size)
    citing = select(NoticeReference.edition_id).where(meant)
    public = exists().where(PUBLIC).correlate(Notice)  # joined, SQLite might walk every published edition
    wanted = (Notice.edition_id.in_(citing), Notice.item_id != notice.item_id, public)
    total = db.scalar(select(func.count()).select_from(Notice).where(*wanted)) or 0
    ids = select(Notice.edition_id).where(*wanted).order_by(*NEWEST).limit(size).offset((page - 1) * size)
    found = list(db.scalars(ids)) if total else []
    query = select(Notice).join(Edition, Edition.id == Notice.edition_id).options(WITH_LANGUAGE)
    rows = {row.edition_id: row for row in db.scalars(query.where(Notice.edition_id.in_(found)))} if found else {}
    return Page(rows=[rows[id_] for id_ in found], total=total, page=page, size=size)


def _meant(db: Session, notice: Notice) -> ColumnElement[bool] | None:
    """Which references mean this document; None when its number and its name are those of others too."""
    keys = [
        *([number_key_of(notice.full_number)] if notice.full_number else []),
        *([law_key_of(notice.law_key)] if notice.law_key else []),
    ]
    named = targets(db, frozenset(keys))
    conditions: list[ColumnElement[bool]] = []
    for key in keys:
        one = the_one(named.get(key, ()), key, notice.type, notice.issued_on)
        if one is None or one.path != notice.edition.item.path:
            continue
        parts = [NoticeReference.key == key, _same_type(notice)]
        if key.startswith("number:") and needs_day(key):
            parts.append(NoticeReference.issued_on == notice.issued_on)
        conditions.append(and_(*parts))
    return or_(*conditions) if conditions else None


def _same_type(notice: Notice) -> ColumnElement[bool]:
    return or_(NoticeReference.type.is_(None), NoticeReference.type == notice.type)
