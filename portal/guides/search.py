"""Guides as search sees them: one document a guide, with its questions, answers and outcomes as text."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.guides.data import words
from portal.guides.models import Guide
from portal.guides.queries import NAME
from portal.notices.search import shows
from portal.publishing.models import Edition, Item, State
from portal.request import _
from portal.search import Document, Searchable
from portal.text import fold


def uids(db: Session) -> list[UUID]:
    """Every public guide."""
    return list(db.scalars(_public(select(Item.uid)).order_by(Item.id)))


def documents(db: Session, uids: Sequence[UUID], day: date) -> Iterator[Document]:
    """These guides; those that are not public are missing."""
    query = _public(select(Item.uid, Item.path, Item.source_id, Edition.data)).where(Item.uid.in_(uids))
    for row in db.execute(query.order_by(Item.id)):
        data = row.data
        yield Document(
            uid=str(row.uid),
            kind=NAME,
            title=data["title"],
            path=row.path or "",
            text="\n".join(words(data)),
            context="\n".join(filter(None, (data["title_en"], data["summary"], data["summary_en"]))),
            source_id=row.source_id,
        )


def by_words(db: Session, words: str, limit: int) -> list[Document]:
    """Public guides with all of these words in their title."""
    wanted = set(fold(words).split())
    rows = db.execute(_public(select(Item.uid, Guide.title_folded)).order_by(Guide.sort_key, Item.id))
    found = [uid for uid, title in rows if wanted and wanted <= set(title.split())][:limit]
    known = {document.uid: document for document in documents(db, found, date.min)}
    return [known[str(uid)] for uid in found]


def _public(query: Select) -> Select:  # type: ignore[type-arg]
    return (
        query.join(Edition, Edition.item_id == Item.id)
        .join(Guide, Guide.edition_id == Edition.id)
        .where(Item.kind == NAME, Edition.state == State.PUBLISHED)
    )


SEARCHABLE = Searchable(
    kind=NAME, label=_("Hướng dẫn từng bước"), uids=uids, documents=documents, by_words=by_words, shows=shows(NAME)
)
