"""Public services as search sees them: sections as passages, everyday names as context, effect by their dates.

A local variant is no document of its own: the national service says where it has one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from pyramid.i18n import Localizer, make_localizer
from sqlalchemy import ColumnElement, and_, event, inspect, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.agencies.models import Agency
from portal.catalogue import queries
from portal.catalogue.data import Data, as_date
from portal.catalogue.kind import NAME
from portal.catalogue.labels import CHANNELS
from portal.catalogue.local import NAME as LOCAL_NAME
from portal.catalogue.models import LocalService, Procedure, ProcedureTerm, Term
from portal.notices.body import plain_text
from portal.notices.data import Effect
from portal.notices.effect import LABELS
from portal.notices.search import shows
from portal.publishing.models import Edition, Item, State
from portal.request import _
from portal.search import Document, Passage, Searchable
from portal.search.service import changed
from portal.settings import ROOT

BATCH = 250
"""Documents read at a time: their texts are in memory together."""
PASSAGES = (
    ("ho-so", "Giấy tờ cần có"),
    ("cach-nop", "Cách nộp, thời hạn, phí, lệ phí"),
    ("noi-nop", "Nơi tiếp nhận"),
    ("trinh-tu", "Các bước thực hiện"),
    ("dieu-kien", "Yêu cầu, điều kiện"),
    ("ket-qua", "Kết quả"),
    ("can-cu", "Căn cứ pháp lý"),
)
"""Anchors of the page of a service and what stands there; results link to them."""


def uids(db: Session) -> Iterator[UUID]:
    """Every public service, in the order in which they came."""
    yield from db.scalars(_public(select(Item.uid)).order_by(Item.id))


def documents(db: Session, uids: Sequence[UUID], day: date) -> Iterator[Document]:
    """These services as they are on a day; those that are not public are missing. A few questions for each `BATCH`."""
    terms = queries.terms(db)
    fields = {slug: field.name for slug, field in queries.fields(db).items()}
    for start in range(0, len(uids), BATCH):
        some = uids[start : start + BATCH]
        rows = db.execute(
            _public(select(Item.uid, Item.path, Item.source_id, Edition.data, Agency))
            .outerjoin(Agency, Agency.id == Procedure.authority_id)
            .where(Item.uid.in_(some))
        )
        found = {row.uid: row for row in rows}
        places = _local_agencies(db, some)
        for uid in some:
            if uid in found:
                yield _document(found[uid], day, terms, fields, places.get(str(uid), []))


def by_words(db: Session, words: str, limit: int) -> list[Document]:
    """Public services of that code, or with these words in their names."""
    page = queries.listed(db, queries.Filter(words=words), 1, limit) if words.strip() else None
    found = [row.edition.item.uid for row in page.rows] if page else []
    return list(documents(db, found, date.min))


def naming(db: Session, agencies: Collection[str], fields: Collection[str]) -> set[UUID]:
    """Public services that hold words of the register about these agencies (keys) and fields (slugs)."""
    by_authority = _public(select(Item.uid)).join(Agency, Agency.id == Procedure.authority_id)
    by_field = _public(select(Item.uid)).join(ProcedureTerm, ProcedureTerm.edition_id == Procedure.edition_id)
    by_field = by_field.where(ProcedureTerm.facet == "field", ProcedureTerm.slug.in_(fields))
    found = {*(db.scalars(by_authority.where(Agency.key.in_(agencies))) if agencies else ())}
    found |= {*(db.scalars(by_field) if fields else ())}
    return found | (_with_local_at(db, agencies) if agencies else set())


def changing(db: Session, after: date, until: date) -> set[UUID]:
    """Public services that take effect, or end, on a day after the first and not after the second."""
    starts = _within(Procedure.effective_on, after, until)
    ends = _within(Procedure.expires_on, after - timedelta(days=1), until - timedelta(days=1))
    return set(db.scalars(_public(select(Item.uid)).where(or_(starts, ends))))


def effect_on(data: Data, day: date) -> Effect:
    """By its dates; one that says nothing holds."""
    starts, ends = as_date(data["effective_on"]), as_date(data["expires_on"])
    if starts and day < starts:
        return Effect.NOT_YET
    return Effect.EXPIRED if ends and day > ends else Effect.IN_FORCE


def _document(
    row: Any, day: date, terms: Mapping[str, Term], fields: Mapping[str, str], places: Sequence[Agency]
) -> Document:
    data = row.data
    texts = _texts(data)
    passages = tuple(Passage(anchor, title, texts[anchor]) for anchor, title in PASSAGES if texts.get(anchor))
    text = "\n".join(filter(None, (data["summary"], *(one.text for one in passages), plain_text(data["notes"]))))
    return Document(
        uid=str(row.uid),
        kind=NAME,
        title=data["name"],
        path=row.path or "",
        text=text,
        passages=passages,
        context=_context(data, row.Agency, terms, fields, places),
        number=data["code"],
        issuer=row.Agency.key if row.Agency else None,
        issuer_name=data["authority"]["name"],
        fields=tuple(data["fields"]),
        issued_on=as_date(data["decision"]["issued_on"]),
        effect=effect_on(data, day).value,
        source_id=row.source_id,
    )


def _texts(data: Data) -> dict[str, str]:
    """The plain text of each section of the page."""
    said: dict[str, Iterable[str | None]] = {
        "ho-so": (f"{row['name']} {row['note'] or ''}" for row in data["documents"]),
        "cach-nop": (_channel(row) for row in data["channels"]),
        "noi-nop": (" ".join(filter(None, row.values())) for row in data["reception"]),
        "trinh-tu": (
            " ".join(filter(None, (case["name"], step["name"], plain_text(step["text"]))))
            for case in data["cases"]
            for step in case["steps"]
        ),
        "dieu-kien": (plain_text(data["conditions"]),),
        "ket-qua": (row["name"] for row in data["results"]),
        "can-cu": (" ".join(filter(None, (row["number"], row["title"]))) for row in data["legal_basis"]),
    }
    return {anchor: "\n".join(filter(None, lines)).strip() for anchor, lines in said.items()}


def _channel(row: Data) -> str:
    amounts = [one[name] for part in ("limits", "fees") for one in row[part] for name in ("text", "note")]
    return ". ".join(filter(None, (CHANNELS[row["channel"]].interpolate(), *amounts, row["description"])))


def _context(
    data: Data, unit: Agency | None, terms: Mapping[str, Term], fields: Mapping[str, str], places: Sequence[Agency]
) -> str:
    """Words it is known by beside name and code, a line each."""
    labels = [terms[slug].name for slug in (*data["events"], *data["audiences"]) if slug in terms]
    carrying = [row["name"] for role in ("implementing", "competent") for row in data["agencies"][role]]
    short = [unit.short_name, unit.abbreviation] if unit else []
    code = data["code"].replace(".", "") if data["code"] else None  # as some type it
    words = [*data["also_called"], data["name_en"], code, data["authority"]["name"], *short, *carrying, *labels]
    words += [fields[slug] for slug in data["fields"] if slug in fields]
    words += [name for place in places for name in (place.short_name or place.name,)]
    return "\n".join(dict.fromkeys(filter(None, words)))


def _local_agencies(db: Session, uids: Sequence[UUID]) -> dict[str, list[Agency]]:
    """The agencies that add a variant to each of these."""
    query = select(LocalService.procedure_uid, Agency).join(Agency, Agency.id == LocalService.agency_id)
    query = query.join(Edition, queries.PUBLIC_LOCAL).where(LocalService.procedure_uid.in_([str(uid) for uid in uids]))
    found: dict[str, list[Agency]] = {}
    for uid, agency in db.execute(query.order_by(Agency.name_key, Agency.id)):
        found.setdefault(str(uid), []).append(agency)
    return found


def _with_local_at(db: Session, keys: Collection[str]) -> set[UUID]:
    query = select(LocalService.procedure_uid).join(Agency, Agency.id == LocalService.agency_id)
    found = db.scalars(query.join(Edition, queries.PUBLIC_LOCAL).where(Agency.key.in_(keys)))
    return {UUID(uid) for uid in found if uid}


def _public(query: Any) -> Any:
    """The query over `Item`, joined with the published edition and its typed row."""
    public = and_(Edition.item_id == Item.id, Edition.state == State.PUBLISHED)
    return query.select_from(Item).join(Edition, public).join(Procedure, Procedure.edition_id == Edition.id)


def _within(column: Any, after: date, until: date) -> ColumnElement[bool]:
    within: ColumnElement[bool] = and_(column > after, column <= until)
    return within


def _effects(db: Session, values: Collection[str], language: str) -> dict[str, str]:
    known = {effect.value: LABELS[effect] for effect in Effect}
    return {value: _localizer(language).translate(known[value]) for value in values if value in known}


@cache
def _localizer(language: str) -> Localizer:
    directories: Any = [str(ROOT / "portal" / "locale")]
    return make_localizer(language, directories)


def listen() -> None:
    """Have a service read anew whenever a variant of it becomes public, or no longer is, by whatever path."""
    if not event.contains(Session, "after_flush", _note_variants):
        event.listen(Session, "after_flush", _note_variants)


def _note_variants(db: Session, _context: Any) -> None:
    for row in (*db.new, *db.dirty):
        if not isinstance(row, Edition) or getattr(row.item, "kind", None) != LOCAL_NAME:
            continue  # a discarded edition has lost its item
        if inspect(row).attrs.state.history.has_changes():
            national = row.data.get("procedure")
            if national:
                changed(db, NAME, [national], at=clock.now())


SEARCHABLE = Searchable(
    kind=NAME,
    label=_("Dịch vụ công"),
    uids=uids,
    documents=documents,
    changing=changing,
    naming=naming,
    by_words=by_words,
    shows=shows(NAME),
    labels={"effect": _effects},
)
