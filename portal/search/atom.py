"""Results as an Atom feed (RFC 4287) that says how many there are (OpenSearch 1.1); the description of search."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID

from lxml import etree
from lxml.builder import ElementMaker

from portal import clock
from portal.search.results import Hit
from portal.text import without_controls

ATOM, OPENSEARCH = "http://www.w3.org/2005/Atom", "http://a9.com/-/spec/opensearch/1.1/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_A = ElementMaker(namespace=ATOM, nsmap={None: ATOM, "opensearch": OPENSEARCH})
_S = ElementMaker(namespace=OPENSEARCH, nsmap={"opensearch": OPENSEARCH})
_D = ElementMaker(namespace=OPENSEARCH, nsmap={None: OPENSEARCH})
UNKNOWN_DAY = date(1970, 1, 1)
"""What stands for the day of an item that has none: Atom demands one, and it must not change by itself."""
SHORT_NAME, LONG_NAME = 16, 48
"""Characters that OpenSearch allows."""


def feed(
    hits: Sequence[Hit],
    *,
    address: str,
    page: str,
    base: str,
    title: str,
    author: str,
    lang: str,
    words: str,
    total: int,
    at: datetime,
) -> bytes:
    """The feed document. `address`: of the feed, its permanent id too; `page`: of the results; `base`: before paths."""
    moments = [_moment(hit.issued_on) for hit in hits]
    root = _A.feed(
        _A.id(address),
        _A.title(without_controls(title)),
        _A.updated(max(moments, default=at).isoformat()),
        _A.author(_A.name(author)),
        _A.link(rel="self", type="application/atom+xml", href=address),
        _A.link(rel="alternate", type="text/html", href=page),
        _A.link(rel="search", type="application/opensearchdescription+xml", href=f"{base}/opensearch.xml"),
        _A.generator("portal"),
        _S.totalResults(str(total)),
        _S.startIndex("1"),
        _S.itemsPerPage(str(len(hits))),
        _S.Query(role="request", searchTerms=without_controls(words)),
    )
    root.set(LANG, lang)
    root.extend(_entry(hit, moment, base) for hit, moment in zip(hits, moments, strict=True))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)  # type: ignore[no-any-return]


def _entry(hit: Hit, moment: datetime, base: str) -> etree._Element:
    summary = "".join(piece.text for piece in hit.snippet_pieces) or hit.title
    entry = _A.entry(
        _A.id(UUID(hit.uid).urn),
        _A.title(without_controls(" – ".join(part for part in (hit.number, hit.title) if part))),
        _A.updated(moment.isoformat()),
        _A.author(_A.name(without_controls(hit.issuer_name or base))),
        _A.link(rel="alternate", type="text/html", href=f"{base}{hit.url}"),
        _A.summary(without_controls(summary)),
    )
    entry.set(LANG, without_controls(hit.language))
    if hit.type:
        entry.append(_A.category(term=hit.type, label=hit.type_name or hit.type))
    return entry


def description(*, name: str, host: str, about: str, base: str, icon: str, contact: str, lang: str) -> bytes:
    """The OpenSearch description of this portal's search. `icon`: address of its emblem."""
    root = _D.OpenSearchDescription(
        _D.ShortName(_short(host)),
        _D.LongName(name[:LONG_NAME].strip()),
        _D.Description(about),
        *([_D.Contact(contact)] if contact else []),
        _D.Url(type="text/html", template=f"{base}/tim-kiem?q={{searchTerms}}&page={{startPage?}}"),
        _D.Url(type="application/atom+xml", template=f"{base}/tim-kiem.atom?q={{searchTerms}}"),
        _D.Url(
            type="application/x-suggestions+json",
            rel="suggestions",
            template=f"{base}/tim-kiem/goi-y?q={{searchTerms}}&format=opensearch",
        ),
        _D.Url(type="application/opensearchdescription+xml", rel="self", template=f"{base}/opensearch.xml"),
        _D.Image(icon, height="64", width="64", type="image/svg+xml"),
        _D.Query(role="example", searchTerms="hộ kinh doanh"),
        _D.Language(lang),
        _D.InputEncoding("UTF-8"),
        _D.OutputEncoding("UTF-8"),
    )
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)  # type: ignore[no-any-return]


def _short(host: str) -> str:
    """The host as far as it may be long: labels are left out from the end."""
    labels = host.removeprefix("www.").split(":")[0].split(".")
    while len(labels) > 1 and len(".".join(labels)) > SHORT_NAME:
        labels.pop()
    return ".".join(labels)[:SHORT_NAME]


def _moment(day: date | None) -> datetime:
    return datetime.combine(day or UNKNOWN_DAY, time(), clock.VIETNAM).astimezone(UTC)
