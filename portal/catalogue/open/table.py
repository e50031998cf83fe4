"""The list of public services as a table for spreadsheets: CSV (RFC 4180) in UTF-8, a row for each procedure."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from portal.catalogue import fees, limits
from portal.catalogue.open import known
from portal.catalogue.open.known import Known, Service
from portal.search.views.desk import as_text
from portal.settings import Settings

COLUMNS = (
    "code",
    "name",
    "name_en",
    "authority",
    "authority_code",
    "fields",
    "audiences",
    "events",
    "levels",
    "service",
    "channels",
    "time_limits",
    "fees",
    "free",
    "documents",
    "results",
    "legal_basis",
    "decision",
    "effective_on",
    "published_on",
    "url",
)
"""Names of the columns: those of the record, never translated, so that programs find them."""
SEVERAL = " | "
BOM = b"\xef\xbb\xbf"


def write(db: Session, settings: Settings) -> Iterator[bytes]:
    """The table, in pieces."""
    yield BOM + _lines([COLUMNS])
    for services, found in known.services(db):
        yield _lines([_row(service, found, settings) for service in services])


def _row(service: Service, found: Known, settings: Settings) -> list[Any]:
    data, procedure = service.data, service.procedure
    edition = procedure.edition
    moment = edition.published_at or edition.updated_at
    cells = {
        "code": procedure.code,
        "name": procedure.name,
        "name_en": procedure.name_en,
        "authority": procedure.authority.name if procedure.authority else procedure.authority_name,
        "authority_code": procedure.authority.code if procedure.authority else None,
        "fields": [found.fields[slug].name for slug in data["fields"] if slug in found.fields],
        "audiences": [found.terms[slug].name for slug in data["audiences"] if slug in found.terms],
        "events": [found.terms[slug].name for slug in data["events"] if slug in found.terms],
        "levels": data["levels"],
        "service": data["service"],
        "channels": [row["channel"] for row in data["channels"]],
        "time_limits": _once(limits.words(one, "vi") for row in data["channels"] for one in row["limits"]),
        "fees": _once(fees.words(one, "vi") for row in data["channels"] for one in row["fees"]),
        "free": {True: "true", False: "false"}.get(procedure.free) if procedure.free is not None else None,
        "documents": [row["name"] for row in data["documents"]],
        "results": [row["name"] for row in data["results"]],
        "legal_basis": [row["number"] or row["title"] for row in data["legal_basis"]],
        "decision": data["decision"]["number"],
        "effective_on": data["effective_on"],
        "published_on": moment.date().isoformat(),
        "url": settings.address + service.path,
    }
    return [as_text(_cell(cells[column])) for column in COLUMNS]


def _cell(value: Any) -> str:
    several = value if isinstance(value, list) else [value]
    return SEVERAL.join(" ".join(str(one).split()) for one in several if one not in (None, ""))


def _once(words: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _lines(rows: list[Any]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()
