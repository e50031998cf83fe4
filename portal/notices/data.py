"""The document record (A3) as plain values: what `Edition.data` of a notice holds. Unknown is None or an empty list."""

import re
from collections.abc import Container
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from portal.notices.body import clean_html, parts, text_to_html
from portal.notices.types import BY_SLUG
from portal.text import join_number, nfc, without_controls, without_invisible

SCHEMA = 1

Data = dict[str, Any]


class Relation(StrEnum):
    """What a document does to another one (A3-7)."""

    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    GUIDES = "guides"
    CORRECTS = "corrects"
    BASED_ON = "based_on"


class Effect(StrEnum):
    """Effect status, the six values of the national database of legal documents (A3-7)."""

    IN_FORCE = "con"
    NOT_YET = "chua"
    PARTLY_EXPIRED = "mot-phan"
    EXPIRED = "het"
    SUSPENDED = "ngung"
    OBSOLETE = "khong-phu-hop"


URGENCIES = ("khan", "thuong-khan", "hoa-toc")
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""A date outside of these years is a slip of the pen."""
ON_BEHALF = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
_TEXTS = ("number", "notation", "place", "archive_line", "summary")
_DATES = ("issued_on", "meeting_on", "effective_on", "expires_on")
_FIELD = re.compile(r"[a-z0-9-]{1,80}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag as pages carry it (BCP 47, without its rarer parts)."""


class Body(str):
    """A body in the form in which it is stored: cleaned, with anchors. Text from anywhere else is a plain `str`.

    Only this module makes one, so that what is known to be clean need not be parsed again.
    """

    __slots__ = ()


def body_of_text(text: str) -> Body:
    """The stored form of a body that came as plain text: what `text_to_html` writes, the cleaner leaves as it is."""
    return Body(parts(text_to_html(text))[0])


def empty() -> Data:
    """A record about which nothing is known yet."""
    return clean({})


def clean(given: Data) -> Data:
    """Every key present, text NFC without invisible characters, HTML cleaned and given anchors.

    Values that cannot be what their key needs become unknown; nothing is ever made up.
    """
    data: Data = {name: _text(given.get(name)) for name in _TEXTS}
    data |= {name: _date(given.get(name)) for name in _DATES}
    data["type"] = _one_of(given.get("type"), BY_SLUG)
    data["issuer"] = _agency(given.get("issuer"))
    data["joint_issuers"] = [a for a in map(_agency, _list(given.get("joint_issuers"))) if a["name"]]
    data["title"] = _line(given.get("title")) or ""
    data["signer"] = _signer(_mapping(given.get("signer")))
    data["recipients"] = [r for r in map(_recipient, _list(given.get("recipients"))) if r["name"]]
    data["urgency"] = _one_of(given.get("urgency"), URGENCIES)
    data["effect"] = _one_of(given.get("effect"), tuple(Effect))
    data["fields"] = sorted(
        {slug for slug in _list(given.get("fields")) if isinstance(slug, str) and _FIELD.fullmatch(slug)}
    )
    data["relations"] = [r for r in map(_relation, map(_mapping, _list(given.get("relations")))) if r is not None]
    data["attachments"] = [a for a in map(_attachment, map(_mapping, _list(given.get("attachments")))) if a]
    data["body"] = _body(given.get("body"))
    data["original"] = _file(_mapping(given.get("original")))
    data["scan"] = given.get("scan") is True
    data["effects"] = [e for e in map(_stated_effect, map(_mapping, _list(given.get("effects")))) if e is not None]
    data["language"] = _language(given.get("language"))
    data["doubts"] = {str(k): str(v) for k, v in _mapping(given.get("doubts")).items()}
    data["sources"] = dict(_mapping(given.get("sources")))
    paper = given.get("paper")
    data["paper"] = (
        paper.replace("\0", " ") or None if isinstance(paper, str) else None
    )  # passages count its characters
    return data


def full_number(data: Data) -> str | None:
    """The number as it is written, `249/TB-VPCP` or `42/2022/NĐ-CP`; None when neither part is known."""
    return join_number(data["number"], data["notation"]) or None


def as_date(value: str | None) -> date | None:
    """A stored ISO date."""
    return date.fromisoformat(value) if value else None


def _body(given: Any) -> Body:
    if isinstance(given, Body):
        return given
    return Body(parts(clean_html(given))[0] if isinstance(given, str) else "")


def _language(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= 35 and _LANGUAGE.fullmatch(value) else "vi"


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


def _text(value: Any) -> str | None:
    text = without_controls(without_invisible(nfc(str(value)))).strip() if value is not None else ""
    return text or None


def _line(value: Any) -> str | None:
    text = _text(value)
    return " ".join(text.split()) if text else None


def _date(value: Any) -> str | None:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    return day.isoformat() if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _agency(value: Any) -> dict[str, str | None]:
    given = value if isinstance(value, dict) else {"name": value}
    return {"name": _line(given.get("name")), "code": _text(given.get("code"))}


def _signer(given: Data) -> Data:
    behalf = _one_of(given.get("on_behalf"), ON_BEHALF)
    return {
        "name": _line(given.get("name")),
        "position": _line(given.get("position")),
        "on_behalf": behalf,
        "authority": _line(given.get("authority")),
    }


def _recipient(given: Any) -> dict[str, str | None]:
    row = given if isinstance(given, dict) else {"name": given}
    return {"name": _line(row.get("name")), "purpose": _line(row.get("purpose"))}


def _file(given: Data) -> Data | None:
    """A stored file: its hash, name, size in bytes and media type."""
    return {key: given.get(key) for key in ("sha256", "name", "size", "media_type")} if given.get("sha256") else None


def _attachment(given: Data) -> Data | None:
    """A file that the public gets; `signatures`: what its digital signatures say, None while nobody looked."""
    file = _file(given)
    if file is None:
        return None
    signatures = given.get("signatures")
    return dict(given) | file | {"signatures": _list(signatures) if signatures is not None else None}


def _stated_effect(given: Data) -> Data | None:
    """A change of effect that an editor states (A3-7): from `on`, up to `until` when for a time, `by` which act."""
    effect, on = _one_of(given.get("effect"), tuple(Effect)), _date(given.get("on"))
    if effect is None or on is None:
        return None
    return {"on": on, "effect": effect, "until": _date(given.get("until")), "by": _line(given.get("by"))}


def _relation(given: Data) -> Data | None:
    relation = _one_of(given.get("relation"), tuple(Relation))
    if relation is None:
        return None
    row = {"relation": relation, "number": _line(given.get("number")), "title": _line(given.get("title"))}
    row |= {"scope": _line(given.get("scope"))}
    row |= {"uid": _uid(given.get("uid")), "passage": _text(given.get("passage"))}
    return row if row["number"] or row["title"] else None
