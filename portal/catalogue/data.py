"""The record of a procedure (thủ tục hành chính, A5) as plain values: what `Edition.data` of one holds.

Unknown is None or an empty list. The parts follow Article 8 of Decree 63/2010 (A5-1); codes follow A5-3.
"""

import re
from collections.abc import Callable, Container
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from portal.notices.body import clean_html
from portal.text import nfc, without_controls, without_invisible

SCHEMA = 1

Data = dict[str, Any]

CODE = re.compile(r"\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.[GH]\d{2}(?:\.\d{2})?)?")
"""Code of a procedure (A5-3): `2.000635`, `1.001193.000.00.00.H35`, with `.02` a variant of the service."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
LARGEST = 10**15
"""No amount of money or time above this is meant."""


class Channel(StrEnum):
    """How an application may be handed in (KENH 1, 2, 3 of the national record)."""

    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"


class Unit(StrEnum):
    """What a time limit counts. Working days and hours follow the calendar of the agency."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    DAYS = "days"
    HOURS = "hours"
    MONTHS = "months"
    YEARS = "years"
    AT_ONCE = "at_once"
    """`ngay trong ngày làm việc`: the day of reception."""


class FeeKind(StrEnum):
    """Phí, lệ phí or another payment (Law on Fees and Charges 97/2015/QH13)."""

    FEE = "phi"
    CHARGE = "le_phi"
    OTHER = "khac"


class Service(StrEnum):
    """How far a service can be used online (A5-5)."""

    FULL = "toan-trinh"
    PARTIAL = "mot-phan"
    INFORMATION = "thong-tin"


class Level(StrEnum):
    """Levels of administration that carry a procedure out."""

    MINISTRY = "bo"
    PROVINCE = "tinh"
    COMMUNE = "xa"
    OTHER = "khac"


ROLES = ("implementing", "competent", "delegated", "coordinating")
"""What an agency is to a procedure: cơ quan thực hiện, có thẩm quyền, được ủy quyền, phối hợp."""
_LINES = ("name", "name_en", "form_kind", "related_note")
_TEXTS = ("summary", "summary_en", "partial_reason", "partial_basis", "online_url")
_HTML = ("conditions", "notes")
_DATES = ("effective_on", "expires_on", "reviewed_on", "review_by")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def empty() -> Data:
    """A record about which nothing is known yet."""
    return clean({})


def clean(given: Data) -> Data:
    """Every key present, text NFC, HTML cleaned. What cannot be what its key needs becomes unknown, never made up."""
    data: Data = {name: _line(given.get(name)) for name in _LINES}
    data["name"] = data["name"] or ""
    data |= {name: _text(given.get(name)) for name in _TEXTS}
    data |= {name: _html(given.get(name)) for name in _HTML}
    data |= {name: _date(given.get(name)) for name in _DATES}
    data["code"] = _code(given.get("code"))
    data["also_called"] = _lines(given.get("also_called"))
    data["authority"] = _agency(given.get("authority"))
    data["levels"] = [level.value for level in Level if level in _list(given.get("levels"))]
    for name in ("fields", "audiences", "events"):
        data[name] = sorted({s for s in _list(given.get(name)) if isinstance(s, str) and _SLUG.fullmatch(s)})
    agencies = _mapping(given.get("agencies"))
    data["agencies"] = {role: _rows(agencies.get(role), _named_agency) for role in ROLES}
    data["cases"] = _rows(given.get("cases"), _case)
    data["channels"] = _one_each(_rows(given.get("channels"), _channel))
    data["documents"] = _rows(given.get("documents"), _document)
    data["sets"] = _count(given.get("sets"))
    data["results"] = _rows(given.get("results"), _result)
    data["no_result"] = given.get("no_result") is True
    data["legal_basis"] = _rows(given.get("legal_basis"), _basis)
    data["service"] = _one_of(given.get("service"), tuple(Service)) or Service.INFORMATION.value
    data["old_level"] = _between(given.get("old_level"), 1, 4)
    data["proactive"] = _between(given.get("proactive"), 1, 4)
    data["eform"] = _uid(given.get("eform"))
    data["decision"] = _decision(_mapping(given.get("decision")))
    data["reception"] = _rows(given.get("reception"), _place)
    data["contact"] = _contact(_mapping(given.get("contact")))
    data["related"] = [code for code in map(_code, _list(given.get("related"))) if code]
    data["original"] = {str(k): str(v) for k, v in _mapping(given.get("original")).items() if v}
    data["doubts"] = {str(k): str(v) for k, v in _mapping(given.get("doubts")).items()}
    return data


def clean_local(given: Data) -> Data:
    """The record of a local variant: what an agency adds to a national procedure, and nothing else.

    `saw` is the fingerprint of the national parts that it stands beside, when it was last checked
    (`behind.fingerprint`); `name` what the national procedure was called then, for lists on the desk.
    """
    data: Data = {"procedure": _uid(given.get("procedure")), "code": _code(given.get("code"))}
    data["name"] = _line(given.get("name"))
    data["agency"] = _agency(given.get("agency"))
    data["reception"] = _rows(given.get("reception"), _place)
    data["channels"] = _one_each(_rows(given.get("channels"), _channel))
    data["contact"] = _contact(_mapping(given.get("contact")))
    data["decision"] = _decision(_mapping(given.get("decision")))
    data |= {name: _text(given.get(name)) for name in ("online_url", "notes", "saw")}
    data["eform"] = _uid(given.get("eform"))
    data |= {name: _date(given.get(name)) for name in ("effective_on", "expires_on")}
    return data


def as_date(value: str | None) -> date | None:
    """A stored ISO date."""
    return date.fromisoformat(value) if value else None


def _case(value: Any) -> Data | None:
    """A case of the procedure with its steps in order: `{"name": None | str, "steps": [{"name", "text" (HTML)}]}`."""
    given = _mapping(value)
    steps = _rows(given.get("steps"), _step)
    return {"name": _line(given.get("name")), "steps": steps} if steps else None


def _step(value: Any) -> Data | None:
    given = _mapping(value)
    step = {"name": _line(given.get("name")), "text": _html(given.get("text"))}
    return step if step["name"] or step["text"] else None


def _channel(value: Any) -> Data | None:
    given = _mapping(value)
    channel = _one_of(given.get("channel"), tuple(Channel))
    if channel is None:
        return None
    row: Data = {"channel": channel, "description": _text(given.get("description"))}
    row["limits"] = _rows(given.get("limits"), _limit)
    row["fees"] = _rows(given.get("fees"), _fee)
    return row


def _limit(value: Any) -> Data | None:
    """A time limit: `amount` of `unit`, or words alone where it is not a number; `text` is how the source says it."""
    given = _mapping(value)
    row: Data = {"amount": _count(given.get("amount")), "unit": _one_of(given.get("unit"), tuple(Unit))}
    row |= {"text": _line(given.get("text")), "note": _text(given.get("note"))}
    if row["unit"] is None or (row["amount"] is None and row["unit"] != Unit.AT_ONCE):
        row["amount"] = row["unit"] = None
    return row if row["unit"] or row["text"] or row["note"] else None


def _fee(value: Any) -> Data | None:
    """A payment: `amount` in whole `currency` (VND, USD), 0 for none; None where it cannot be told."""
    given = _mapping(value)
    row: Data = {"kind": _one_of(given.get("kind"), tuple(FeeKind)) or FeeKind.OTHER.value}
    row |= {"amount": _count(given.get("amount")), "currency": _one_of(given.get("currency"), ("VND", "USD")) or "VND"}
    row |= {"text": _line(given.get("text")), "note": _text(given.get("note"))}
    return row if row["amount"] is not None or row["text"] or row["note"] else None


def _document(value: Any) -> Data | None:
    """A paper to bring; `form`: the blank as a stored file {sha256, name, size, media_type}, `case`: of which case."""
    given = _mapping(value)
    row: Data = {"name": _line(given.get("name")), "case": _line(given.get("case")), "note": _text(given.get("note"))}
    row |= {"original": _count(given.get("original")), "copies": _count(given.get("copies"))}
    row |= {"form": _file(_mapping(given.get("form"))), "form_name": _line(given.get("form_name"))}
    row["required"] = given.get("required") is not False
    return row if row["name"] else None


def _result(value: Any) -> Data | None:
    given = _mapping(value)
    row = {"name": _line(given.get("name")), "code": _line(given.get("code"))}
    return row if row["name"] or row["code"] else None


def _basis(value: Any) -> Data | None:
    given = _mapping(value)
    row = {"number": _line(given.get("number")), "title": _line(given.get("title")), "part": _line(given.get("part"))}
    return row if row["number"] or row["title"] else None


def _decision(given: Data) -> Data:
    """The decision that announced the procedure (quyết định công bố)."""
    row: Data = {"number": _line(given.get("number")), "title": _line(given.get("title"))}
    return row | {"issued_on": _date(given.get("issued_on"))}


def _place(value: Any) -> Data | None:
    """Where applications are handed in."""
    given = _mapping(value)
    row = {name: _text(given.get(name)) for name in ("name", "address", "hours", "phone")}
    return row if any(row.values()) else None


def _contact(given: Data) -> Data:
    return {name: _line(given.get(name)) for name in ("name", "phone", "email", "website")}


def _agency(value: Any) -> dict[str, str | None]:
    given = value if isinstance(value, dict) else {"name": value}
    return {"name": _line(given.get("name")), "code": _text(given.get("code"))}


def _named_agency(value: Any) -> Data | None:
    agency = _agency(value)
    return agency if agency["name"] else None


def _file(given: Data) -> Data | None:
    return {key: given.get(key) for key in ("sha256", "name", "size", "media_type")} if given.get("sha256") else None


def _one_each(channels: list[Data]) -> list[Data]:
    """One row a channel, in the order of `Channel`; the first one of a channel counts."""
    first = {row["channel"]: row for row in reversed(channels)}
    return [first[channel] for channel in Channel if channel in first]


def _rows(value: Any, row: Callable[[Any], Data | None]) -> list[Data]:
    return [made for made in map(row, _list(value)) if made is not None]


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set | frozenset) else []


def _mapping(value: Any) -> Data:
    return value if isinstance(value, dict) else {}


def _one_of(value: Any, known: Container[str]) -> str | None:
    return str(value) if isinstance(value, str) and value in known else None


def _uid(value: Any) -> str | None:
    try:
        return str(UUID(str(value))) if value else None
    except ValueError:
        return None


def _code(value: Any) -> str | None:
    text = (_text(value) or "").upper()
    return text if CODE.fullmatch(text) else None


def _count(value: Any) -> int | None:
    return _between(value, 0, LARGEST)


def _between(value: Any, low: int, high: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high else None


def _html(value: Any) -> str:
    return clean_html(value) if isinstance(value, str) else ""


def _text(value: Any) -> str | None:
    text = without_controls(without_invisible(nfc(str(value)))).strip() if value is not None else ""
    return text or None


def _line(value: Any) -> str | None:
    text = _text(value)
    return " ".join(text.split()) if text else None


def _lines(value: Any) -> list[str]:
    found = (_line(one) for one in _list(value))
    return list(dict.fromkeys(line for line in found if line))


def _date(value: Any) -> str | None:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    return day.isoformat() if day and FIRST_YEAR <= day.year <= LAST_YEAR else None
