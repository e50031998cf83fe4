"""The answer of the search API: plain values of `Results`, in the shape that `description` states."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import urlencode

from translationstring import TranslationString

from portal.request import Request
from portal.search.documents import FACETS
from portal.search.highlight import Piece
from portal.search.parameters import MOST_RESULTS, SIZE
from portal.search.results import FacetValue, Hit, PassageHit, Results, Wanted


def answer_of(request: Request, results: Results) -> dict[str, Any]:
    """Everything found; addresses are absolute and in the language of the request."""
    base = request.portal.address + request.script_name
    wanted = results.wanted
    by_passage = wanted.group == "passage"
    return {
        "query": wanted.q,
        "total": results.total,
        "took_ms": results.took_ms,
        "relaxed": results.relaxed,
        "from_index": results.from_index,
        "results": [_hit(hit, base, by_passage) for hit in results.hits],
        "facets": {
            name: [{"value": one.value, "label": _label(request, one), "count": one.count} for one in values]
            for name, values in results.facets.items()
        },
        "did_you_mean": results.did_you_mean,
        "best_bets": [{"title": bet.title, "url": f"{base}{bet.url}", "text": bet.text} for bet in results.best_bets],
        "shortened": results.shortened,
        "not_understood": list(results.unknown),
        "page": wanted.page,
        "size": wanted.size,
        "pages": None if by_passage else results.pages,
        "links": _links(base + request.path_info, results),
    }


def _label(request: Request, value: FacetValue) -> str:
    """Most are words already, and there may be hundreds."""
    return request.translate(value.label) if isinstance(value.label, TranslationString) else value.label


def marked_html(pieces: Sequence[Piece]) -> str:
    """Escaped text with the words asked for between <mark> and </mark>."""
    return "".join(f"<mark>{escape(one.text)}</mark>" if one.marked else escape(one.text) for one in pieces)


def plain(pieces: Sequence[Piece]) -> str:
    """The same text without marks."""
    return "".join(one.text for one in pieces)


def _hit(hit: Hit, base: str, by_passage: bool) -> dict[str, Any]:
    own = hit.passage.source_id if by_passage and hit.passage else hit.source_id
    return {
        "uid": hit.uid,
        "source_id": own,
        **({"document_source_id": hit.source_id} if by_passage else {}),
        "kind": hit.kind,
        "title": hit.title,
        "title_html": marked_html(hit.title_pieces),
        "number": hit.number,
        "type": hit.type,
        "type_name": hit.type_name,
        "issuer": hit.issuer,
        "issuer_name": hit.issuer_name,
        "issued_on": hit.issued_on.isoformat() if hit.issued_on else None,
        "effect": hit.effect,
        "effect_name": hit.effect_name,
        "fields": list(hit.fields),
        "language": hit.language,
        "url": base + hit.url,
        "path": hit.path,
        "snippet": marked_html(hit.snippet_pieces),
        "snippet_text": plain(hit.snippet_pieces),
        "score": hit.score,
        "passage": _passage(hit.passage, base) if hit.passage else None,
        "passages": [_passage(one, base) for one in hit.passages],
    }


def _passage(passage: PassageHit, base: str) -> dict[str, Any]:
    return {
        "source_id": passage.source_id,
        "anchor": passage.anchor,
        "title": passage.title,
        "title_html": marked_html(passage.title_pieces),
        "url": base + passage.path,
        "score": passage.score,
    }


def _links(address: str, results: Results) -> dict[str, str | None]:
    wanted = results.wanted
    more = len(results.hits) == wanted.size if wanted.group == "passage" else wanted.page < results.pages
    more = more and (wanted.page + 1) * wanted.size <= MOST_RESULTS
    return {
        "self": _address(address, wanted),
        "next": _address(address, replace(wanted, page=wanted.page + 1)) if more else None,
        "prev": _address(address, replace(wanted, page=wanted.page - 1)) if wanted.page > 1 else None,
    }


def _address(address: str, wanted: Wanted) -> str:
    pairs = [("q", wanted.q)] if wanted.q else []
    pairs += [(facet, value) for facet in FACETS for value in sorted(wanted.limits.get(facet, ()))]
    pairs += [(name, day.isoformat()) for name, day in (("from", wanted.first), ("to", wanted.last)) if day]
    others = {
        "sort": (wanted.sort, "relevance"),
        "group": (wanted.group, "document"),
        "size": (str(wanted.size), str(SIZE)),
        "page": (str(wanted.page), "1"),
    }
    pairs += [(name, value) for name, (value, usual) in others.items() if value != usual]
    return f"{address}?{urlencode(pairs)}" if pairs else address
