"""Published documents as Akoma Ntoso, with what the portal knows of their relations."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.notices import queries
from portal.notices.akn.iri import work_iri
from portal.notices.akn.meta import Passive, Source
from portal.notices.akn.writing import to_akn
from portal.notices.data import Relation
from portal.notices.models import Notice
from portal.publishing.models import Edition

SUFFIX = ".akn.xml"


def export(db: Session, notice: Notice, *, base: str) -> bytes:
    """The document of a published edition; `base`: the address of the portal without a slash at its end."""
    edition = notice.edition
    links = queries.links(db, notice)
    source = Source(
        uid=str(edition.item.uid),
        origin=edition.item.origin,
        address=f"{base}{edition.item.path or ''}",
        published_at=edition.published_at,
        issuer_code=notice.issuer.code if notice.issuer else None,
        targets={place: iri_of(link.notice) for place, link in enumerate(links.outgoing) if link.notice},
        passive=[_passive(link) for link in links.incoming if link.notice],
    )
    return to_akn(edition.data, source)


def iri_of(notice: Notice) -> str:
    """The address of a document's work, from its typed row."""
    record = {
        "type": notice.type,
        "number": notice.number,
        "notation": notice.notation,
        "title": notice.title,
        "issuer": {"name": notice.issuer_name, "code": None},
        "issued_on": notice.issued_on.isoformat() if notice.issued_on else None,
    }
    code = notice.issuer.code if notice.issuer else None
    return work_iri(record, str(notice.edition.item.uid), code=code)


def file_name(notice: Notice) -> str:
    """`249-tb-vpcp-2014.akn.xml`: the last part of its address."""
    path = notice.edition.item.path or str(notice.edition.item.uid)
    return path.rpartition("/")[2] + SUFFIX


def all_published(db: Session, *, batch: int = 200) -> Iterator[Notice]:
    """Every published document in the order of its edition, a batch in memory at a time."""
    last = 0
    while True:
        query = select(Notice).join(Edition, queries.PUBLIC).where(Notice.edition_id > last)
        rows = list(db.scalars(query.order_by(Notice.edition_id).limit(batch)))
        yield from rows
        if len(rows) < batch:
            return
        last = rows[-1].edition_id
        db.expunge_all()


def _passive(link: queries.Link) -> Passive:
    notice = link.notice
    assert notice is not None
    name = link.number or link.title or ""
    return Passive(Relation(link.relation), iri_of(notice), name, notice.effective_on)
