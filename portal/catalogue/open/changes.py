"""The Atom feed of new and changed procedures (RFC 4287), with tombstones of withdrawn ones (RFC 6721)."""

from collections.abc import Sequence
from datetime import datetime

from lxml import etree
from lxml.builder import ElementMaker
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, undefer

from portal.catalogue import queries
from portal.catalogue.models import Procedure
from portal.catalogue.open import words
from portal.notices.atom import ATOM, LANG, TOMBSTONES
from portal.publishing.models import Edition, State

ENTRIES = 50
NAMES = {
    "vi": ("Dịch vụ công mới và vừa thay đổi", "Nội dung thay đổi"),
    "en": ("New and changed public services", "What has changed"),
}
_A = ElementMaker(namespace=ATOM, nsmap={None: ATOM, "at": TOMBSTONES})
_T = ElementMaker(namespace=TOMBSTONES, nsmap={"at": TOMBSTONES})


def feed(
    db: Session, *, address: str, page: str, base: str, author: str, lang: str, at: datetime, entries: int = ENTRIES
) -> bytes:
    """The feed document. `address`: of the feed, its permanent id too; `page`: of the catalogue; `base`: before paths.

    `at` is its date when nothing was ever published.
    """
    published, withdrawn = _published(db, entries), _withdrawn(db, entries)
    moments = [_moment(row.edition) for row in published] + [e.withdrawn_at for e in withdrawn if e.withdrawn_at]
    root = _A.feed(
        _A.id(address),
        _A.title(NAMES[lang][0]),
        _A.updated(max(moments, default=at).isoformat()),
        _A.author(_A.name(author)),
        _A.link(rel="self", type="application/atom+xml", href=address),
        _A.link(rel="alternate", type="text/html", href=page),
        _A.generator("portal"),
    )
    root.set(LANG, lang)
    root.extend(_entry(row, base, lang) for row in published)
    root.extend(_tombstone(edition) for edition in withdrawn)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)  # type: ignore[no-any-return]


def _published(db: Session, limit: int) -> Sequence[Procedure]:
    """By the moment of publication, newest first; small corrections do not bring an old one up."""
    asked = select(Procedure).join(Edition, queries.PUBLIC).where(~Edition.minor | (Edition.number == 1))
    asked = asked.options(joinedload(Procedure.edition).options(undefer(Edition.data)))
    return db.scalars(asked.order_by(Edition.published_at.desc(), Edition.id.desc()).limit(limit)).all()


def _withdrawn(db: Session, limit: int) -> Sequence[Edition]:
    asked = select(Edition).join(Procedure, Procedure.edition_id == Edition.id)
    asked = asked.where(Edition.state == State.WITHDRAWN).order_by(Edition.withdrawn_at.desc())
    return db.scalars(asked.limit(limit)).all()


def _entry(row: Procedure, base: str, lang: str) -> etree._Element:
    edition, data = row.edition, row.edition.data
    note = f"{NAMES[lang][1]}: {edition.change_note}" if edition.change_note and edition.number > 1 else None
    path = f"{base}{edition.item.path}"
    entry = _A.entry(
        _A.id(edition.item.uid.urn),
        _A.title(" – ".join(part for part in (row.code, row.label(lang)) if part)),
        _A.updated(_moment(edition).isoformat()),
        _A.author(_A.name(row.authority_name or base)),
        _A.link(rel="alternate", type="text/html", href=path),
        _A.link(rel="alternate", type="text/turtle", href=f"{path}.ttl"),
        _A.summary("\n".join(part for part in (note, words.description(data)) if part)),
    )
    entry.set(LANG, "vi")
    entry.extend(_A.category(term=slug) for slug in data["fields"])
    return entry


def _tombstone(edition: Edition) -> etree._Element:
    when = edition.withdrawn_at or edition.updated_at
    element = _T("deleted-entry", ref=edition.item.uid.urn, when=when.isoformat())
    comment = _T.comment(edition.withdrawn_why or "")
    comment.set(LANG, "vi")
    element.append(comment)
    return element


def _moment(edition: Edition) -> datetime:
    return edition.published_at or edition.updated_at
