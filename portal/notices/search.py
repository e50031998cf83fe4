"""Documents as search sees them: what stands in them, their articles as passages, their effect on a day."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from pyramid.i18n import Localizer, make_localizer
from sqlalchemy import and_, select
from sqlalchemy.orm import Session, joinedload, lazyload

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.notices import queries, turning
from portal.notices.body import Place, text_and_passages
from portal.notices.data import Data, Effect
from portal.notices.effect import LABELS
from portal.notices.kind import NAME
from portal.notices.models import Notice, NoticeField
from portal.notices.timelines import effects_on
from portal.notices.types import BY_SLUG
from portal.publishing.models import Edition, Item, ReservedPath, State
from portal.request import _
from portal.search import Document, Passage, Searchable
from portal.settings import ROOT

BATCH = 250
"""Documents read at a time: their texts are in memory together."""
_PAGE = 5_000


def uids(db: Session) -> Iterator[UUID]:
    """Every public document, in the order in which they came."""
    query = select(Item.id, Item.uid).join(Edition, Edition.item_id == Item.id)
    query = query.where(Item.kind == NAME, Edition.state == State.PUBLISHED).order_by(Item.id).limit(_PAGE)
    after = 0
    while rows := db.execute(query.where(Item.id > after)).all():
        yield from (row.uid for row in rows)
        after = rows[-1].id


def documents(db: Session, uids: Sequence[UUID], day: date) -> Iterator[Document]:
    """These documents as they are on a day; those that are not public are missing. A few questions for each `BATCH`."""
    names = {field.slug: field.name for field in agencies.fields(db)}
    for start in range(0, len(uids), BATCH):
        notices = _public(db, uids[start : start + BATCH])
        effects, texts, issuers = effects_on(db, notices, day), _texts(db, notices), _issuers(db, notices)
        for notice in notices:
            id_, issuer = notice.edition_id, issuers.get(notice.issuer_id)
            yield _document(notice, texts[id_], issuer, effects[id_], names)


def by_words(db: Session, words: str, limit: int) -> list[Document]:
    """Public documents of that number, or with these words in their titles, newest first; their effect is not asked."""
    found = queries.newest(db, queries.Filter(words=words), limit)
    texts, names = _texts(db, found), {field.slug: field.name for field in agencies.fields(db)}
    return [_document(notice, texts[notice.edition_id], notice.issuer, None, names) for notice in found]


def naming(db: Session, agencies: Collection[str], fields: Collection[str]) -> set[UUID]:
    """Public documents that hold words of the register about these agencies (keys) and fields (slugs)."""
    public = select(Item.uid).join(Edition, and_(Edition.item_id == Item.id, Edition.state == State.PUBLISHED))
    public = public.join(Notice, Notice.edition_id == Edition.id)
    by_issuer = public.join(Agency, Agency.id == Notice.issuer_id).where(Agency.key.in_(agencies))
    by_field = public.join(NoticeField, NoticeField.edition_id == Notice.edition_id).where(
        NoticeField.field.in_(fields)
    )
    return {*(db.scalars(by_issuer) if agencies else ()), *(db.scalars(by_field) if fields else ())}


def shows(kind: str) -> Callable[[Session, str], bool | None]:
    """Whether an item of the kind is public at an address; a former address of it counts, as it leads on."""

    def is_public(db: Session, path: str) -> bool | None:
        bearer = select(Item.id).join(ReservedPath, ReservedPath.item_id == Item.id)
        item_id = db.scalar(bearer.where(ReservedPath.path == path, Item.kind == kind))
        if item_id is None:
            return None
        public = select(Edition.id).where(Edition.item_id == item_id, Edition.state == State.PUBLISHED)
        return db.scalar(public) is not None

    return is_public


def _public(db: Session, uids: Sequence[UUID]) -> list[Notice]:
    """Their typed rows in the order asked for, without texts and without what only pages show."""
    query = (
        select(Notice)
        .join(Edition, Edition.id == Notice.edition_id)
        .join(Item, Item.id == Edition.item_id)
        .where(Item.uid.in_(uids), Item.kind == NAME, Edition.state == State.PUBLISHED)
        .options(joinedload(Notice.edition).joinedload(Edition.item).lazyload(Item.unit), lazyload(Notice.issuer))
    )
    found = {notice.edition.item.uid: notice for notice in db.scalars(query)}
    return [found[uid] for uid in uids if uid in found]


def _texts(db: Session, notices: Sequence[Notice]) -> dict[int, Data]:
    ids = [notice.edition_id for notice in notices]
    return {row.id: row.data for row in db.execute(select(Edition.id, Edition.data).where(Edition.id.in_(ids)))}


def _issuers(db: Session, notices: Sequence[Notice]) -> dict[int | None, Agency]:
    wanted = {notice.issuer_id for notice in notices if notice.issuer_id is not None}
    return {agency.id: agency for agency in db.scalars(select(Agency).where(Agency.id.in_(wanted)))}


def _document(
    notice: Notice, data: Data, issuer: Agency | None, effect: Effect | None, fields: Mapping[str, str]
) -> Document:
    item = notice.edition.item
    text, places = text_and_passages(data["body"])
    return Document(
        uid=str(item.uid),
        kind=NAME,
        title=notice.title or notice.edition.title,
        path=item.path or "",
        text=text,
        passages=tuple(_passage(place, item.source_id) for place in places),
        context=_context(data, issuer, [fields[slug] for slug in data["fields"] if slug in fields]),
        number=notice.full_number,
        type=notice.type,
        issuer=issuer.key if issuer else None,
        issuer_name=notice.issuer_name,
        fields=tuple(data["fields"]),
        issued_on=notice.issued_on,
        issued_in=notice.year,
        effect=effect.value if effect else None,
        source_id=item.source_id,
        language=data["language"],
    )


def _passage(place: Place, source_id: str | None) -> Passage:
    own = f"{source_id}#{place.number or place.anchor}" if source_id else None
    return Passage(place.anchor, place.title, place.text, own)


def _context(data: Data, issuer: Agency | None, fields: list[str]) -> str:
    """Words it is known by beside title and number, a line each."""
    named = [agency["name"] for agency in (data["issuer"], *data["joint_issuers"])]
    short = [issuer.short_name, issuer.abbreviation] if issuer else []
    type_ = BY_SLUG[data["type"]].name if data["type"] else None
    words = [type_, *named, *short, *fields, data["summary"], data["signer"]["name"]]
    return "\n".join(dict.fromkeys(filter(None, words)))


def _types(db: Session, values: Collection[str], language: str) -> dict[str, str]:
    return {slug: BY_SLUG[slug].label(language) for slug in values if slug in BY_SLUG}


def _effects(db: Session, values: Collection[str], language: str) -> dict[str, str]:
    known = {effect.value: LABELS[effect] for effect in Effect}
    return {value: _localizer(language).translate(known[value]) for value in values if value in known}


@cache
def _localizer(language: str) -> Localizer:
    directories: Any = [str(ROOT / "portal" / "locale")]
    return make_localizer(language, directories)


SEARCHABLE = Searchable(
    kind=NAME,
    label=_("Văn bản"),
    uids=uids,
    documents=documents,
    also=turning.also,
    changing=turning.changing,
    naming=naming,
    by_words=by_words,
    shows=shows(NAME),
    labels={"type": _types, "effect": _effects},
)
