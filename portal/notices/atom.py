"""Atom feeds of documents (RFC 4287), with tombstones of withdrawn ones (RFC 6721)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import quote

from lxml import etree
from lxml.builder import ElementMaker

from portal.notices.models import Notice
from portal.notices.types import BY_SLUG
from portal.publishing.models import Edition

ATOM, TOMBSTONES = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_A = ElementMaker(namespace=ATOM, nsmap={None: ATOM, "at": TOMBSTONES})
_T = ElementMaker(namespace=TOMBSTONES, nsmap={"at": TOMBSTONES})


def feed(
    *,
    address: str,
    page: str,
    base: str,
    title: str,
    author: str,
    lang: str,
    notices: Sequence[Notice],
    withdrawn: Iterable[Edition],
    at: datetime,
) -> bytes:
    """The feed document. `address`: of the feed, its permanent id too; `page`: of the list; `base`: put before paths.

    `at` is its date when nothing was ever published.
    """
    gone = list(withdrawn)
    moments = [_published(n.edition) for n in notices] + [e.withdrawn_at for e in gone if e.withdrawn_at]
    root = _A.feed(
        _A.id(address),
        _A.title(title),
        _A.updated(max(moments, default=at).isoformat()),
        _A.author(_A.name(author)),
        _A.link(rel="self", type="application/atom+xml", href=address),
        _A.link(rel="alternate", type="text/html", href=page),
        _A.generator("portal"),
    )
    root.set(LANG, lang)
    root.extend(_entry(notice, base) for notice in notices)
    root.extend(_tombstone(edition) for edition in gone)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)  # type: ignore[no-any-return]


def _entry(notice: Notice, base: str) -> etree._Element:
    edition, type_ = notice.edition, BY_SLUG.get(notice.type or "")
    moment = _published(edition).isoformat()
    entry = _A.entry(
        _A.id(edition.item.uid.urn),
        _A.title(" – ".join(part for part in (notice.full_number, notice.title) if part) or edition.title or "–"),
        _A.updated(moment),
        _A.published(moment),
        _A.author(_A.name(notice.issuer_name or base)),
        _A.link(rel="alternate", type="text/html", href=f"{base}{edition.item.path}"),
        _A.summary(edition.data["summary"] or notice.title or edition.title),
    )
    entry.set(LANG, edition.data["language"])
    if type_:
        entry.append(_A.category(term=type_.slug, label=type_.name))
    for file in edition.data["attachments"]:
        href = f"{base}/tep/{file['sha256']}/{quote(file['name'], safe='')}"
        entry.append(_A.link(rel="enclosure", type=file["media_type"], length=str(file["size"]), href=href))
    return entry


def _tombstone(edition: Edition) -> etree._Element:
    when = edition.withdrawn_at or edition.updated_at
    element = _T("deleted-entry", ref=edition.item.uid.urn, when=when.isoformat())
    comment = _T.comment(edition.withdrawn_why or "")
    comment.set(LANG, "vi")
    element.append(comment)
    return element


def _published(edition: Edition) -> datetime:
    return edition.published_at or edition.updated_at
