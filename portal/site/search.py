"""Editorial pages as search sees them: one document a page, with the text of both languages.

A page has one identity and one address (English is the same one under `/en`), so it is found once, by the words of
either language, and the visitor stays in the language of the search.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.notices.body import plain_text
from portal.notices.search import shows
from portal.publishing.models import Edition, Item, State
from portal.request import _
from portal.search import Document, Searchable
from portal.site.models import SitePage
from portal.site.pages import NAME
from portal.text import fold

_LABEL = _("Trang thông tin")


def uids(db: Session) -> list[UUID]:
    """Every public page."""
    return list(db.scalars(_public(select(Item.uid)).order_by(Item.id)))


def documents(db: Session, uids: Sequence[UUID], day: date) -> Iterator[Document]:
    """These pages; those that are not public are missing."""
    query = _public(select(Item.uid, Item.path, Item.source_id, Edition.data)).where(Item.uid.in_(uids))
    for row in db.execute(query.order_by(Item.id)):
        data = row.data
        yield Document(
            uid=str(row.uid),
            kind=NAME,
            title=data["title"],
            path=row.path or "",
            text="\n".join(filter(None, (plain_text(data["body"]), plain_text(data["body_en"])))),
            context="\n".join(filter(None, (data["title_en"], data["summary"], data["summary_en"]))),
            source_id=row.source_id,
        )


def by_words(db: Session, words: str, limit: int) -> list[Document]:
    """Public pages with all of these words in their title of either language."""
    wanted = fold(words).split()
    rows = db.execute(_public(select(Item.uid, SitePage.title, SitePage.title_en)).order_by(SitePage.position, Item.id))
    found = [uid for uid, *titles in rows if wanted and any(_holds(title, wanted) for title in titles if title)]
    known = {document.uid: document for document in documents(db, found[:limit], date.min)}
    return [known[str(uid)] for uid in found[:limit]]


def _holds(title: str, wanted: list[str]) -> bool:
    return set(wanted) <= set(fold(title).split())


def _public(query: Select) -> Select:  # type: ignore[type-arg]
    return (
        query.join(Edition, Edition.item_id == Item.id)
        .join(SitePage, SitePage.edition_id == Edition.id)
        .where(Item.kind == NAME, Edition.state == State.PUBLISHED)
    )


SEARCHABLE = Searchable(kind=NAME, label=_LABEL, uids=uids, documents=documents, by_words=by_words, shows=shows(NAME))
