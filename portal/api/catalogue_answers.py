"""Procedures, their variants and the vocabularies as the interface answers them: plain values, absolute addresses."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from portal.agencies.models import Agency
from portal.api.catalogue_parameters import SIZE, Wanted
from portal.catalogue.data import Data
from portal.catalogue.models import LocalService, Procedure
from portal.db import Page
from portal.publishing.models import Edition
from portal.request import Request

_INSIDE = ("original", "doubts", "eform", "saw")
"""Parts of a record that only its editors need."""


class Answers:
    """Builds answers in the language of the request. `terms`, `fields`: by slug."""

    def __init__(self, request: Request, terms: dict[str, Any], fields: dict[str, Any]) -> None:
        self.lang, self.terms, self.fields = request.lang, terms, fields
        self.address, self.prefix = request.portal.address, request.script_name

    def listed(self, wanted: Wanted, page: Page[Any]) -> Data:
        """A page of the list."""
        return {
            "total": page.total,
            "page": page.page,
            "size": page.size,
            "pages": page.pages,
            "results": [self.summary(row) for row in page.rows],
            "links": {
                "self": self._list(wanted, page.page),
                "next": self._list(wanted, page.page + 1) if page.page < page.pages else None,
                "prev": self._list(wanted, page.page - 1) if page.page > 1 else None,
            },
        }

    def summary(self, row: Procedure) -> Data:
        """A procedure in a list; `row.terms` are loaded."""
        slugs = {facet: sorted(term.slug for term in row.terms if term.facet == facet) for facet in _FACETS}
        return {
            **self._head(row),
            "service": row.service,
            "free": row.free,
            "fields": self._words(slugs["field"], self.fields),
            "audiences": self._words(slugs["audience"], self.terms),
            "events": self._words(slugs["event"], self.terms),
            "levels": slugs["level"],
        }

    def record(self, row: Procedure, units: dict[str, Agency]) -> Data:
        """A whole procedure; `units`: the agencies that it names, by code."""
        data = _outside(row.edition.data)
        data |= {
            "fields": self._words(data["fields"], self.fields),
            "audiences": self._words(data["audiences"], self.terms),
            "events": self._words(data["events"], self.terms),
            "agencies": {role: [self._named(one, units) for one in rows] for role, rows in data["agencies"].items()},
            "documents": [self._document(one) for one in data["documents"]],
        }
        path = row.edition.item.path or ""
        links = {
            "ttl": f"{self.address}{path}.ttl",
            "jsonld": f"{self.address}{path}.jsonld",
            "variants": f"{self._api(row)}/variants",
        }
        return {**data, **self._head(row), "free": row.free, "links": links}

    def variant(self, row: LocalService) -> Data:
        """What an agency adds to a procedure."""
        return {
            **_outside(row.edition.data),
            "uid": str(row.edition.item.uid),
            "code": row.code,
            "agency": self._unit(row.agency, row.edition.data["agency"]["name"]),
            "behind": row.behind,
            "published_at": _moment(row.edition),
            "url": self._page(row.edition.item.path),
        }

    def word(self, row: Any, count: int) -> Data:
        """A word of a vocabulary, or a field, with how many procedures have it."""
        return {
            "slug": row.slug,
            "name": row.name,
            "english_name": row.english_name,
            "description": getattr(row, "description", None),
            "english_description": getattr(row, "english_description", None),
            "count": count,
        }

    def _head(self, row: Procedure) -> Data:
        edition = row.edition
        return {
            "uid": str(edition.item.uid),
            "code": row.code,
            "name": row.name,
            "name_en": row.name_en,
            "authority": self._unit(row.authority, row.authority_name),
            "effective_on": row.effective_on.isoformat() if row.effective_on else None,
            "expires_on": row.expires_on.isoformat() if row.expires_on else None,
            "published_at": _moment(edition),
            "version": edition.number,
            "url": self._page(edition.item.path),
            "api_url": self._api(row),
        }

    def _unit(self, agency: Agency | None, name: str | None) -> Data | None:
        if agency is None:
            return {"name": name, "code": None, "url": None} if name else None
        return {"name": agency.label(self.lang), "code": agency.code, "url": self._page(f"/co-quan/{agency.key}")}

    def _named(self, row: Data, units: dict[str, Agency]) -> Data:
        agency = units.get(row["code"] or "")
        return {**row, "url": self._page(f"/co-quan/{agency.key}") if agency else None}

    def _document(self, row: Data) -> Data:
        form = row["form"]
        if form is None:
            return row
        url = f"{self.address}/tep/{form['sha256']}/{quote(form['name'], safe='')}"
        return {**row, "form": {**form, "url": url}}

    def _words(self, slugs: Iterable[str], known: dict[str, Any]) -> list[Data]:
        return [
            {"slug": slug, "name": known[slug].label(self.lang) if slug in known else None}
            for slug in slugs
        ]  # fmt: skip

    def _page(self, path: str | None) -> str:
        return f"{self.address}{self.prefix}{path or ''}"

    def _api(self, row: Procedure) -> str:
        return f"{self.address}{self.prefix}/api/v1/procedures/{row.code or row.edition.item.uid}"

    def _list(self, wanted: Wanted, page: int) -> str:
        pairs = [(name, value) for name, value in wanted.given if (name, value) != ("size", str(SIZE))]
        pairs += [("page", str(page))] if page > 1 else []
        address = f"{self.address}{self.prefix}/api/v1/procedures"
        return f"{address}?{urlencode(pairs)}" if pairs else address


_FACETS = ("field", "audience", "event", "level")


def _outside(data: Data) -> Data:
    return {name: value for name, value in data.items() if name not in _INSIDE}


def _moment(edition: Edition) -> str:
    return (edition.published_at or edition.updated_at).isoformat(timespec="seconds")
