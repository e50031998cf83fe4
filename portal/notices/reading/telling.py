"""A reading as plain values for programs: what `portal notices read` prints, one object a paper."""

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from portal.notices import types
from portal.notices.reading.found import Found, Issuer, Reading, Related
from portal.text import join_number

Data = dict[str, Any]

_ARTICLE = re.compile(r"^[ \t]*Điều[ \t]+(\d{1,4}[a-zđ]?)[ \t]*[.:]", re.MULTILINE)
_LONGEST_REFERENCES = 2000


def told(reading: Reading, text: str) -> Data:
    """The fields of one paper. What it does not say is None or empty; `unsure` names what a person must check and why.

    `number` and `notation` are those of a record ("249" and "TB-VPCP", "42" and "2022/NĐ-CP"), `full_number` the whole;
    `type` is the Vietnamese name; dates are ISO 8601; `articles` counts the articles of the text without annexes.
    """
    number, notation = _value(reading.number), _value(reading.notation)
    type_ = types.by_slug(_value(reading.type))
    signer = reading.signer.value if reading.signer else None
    return {
        "number": number,
        "notation": notation,
        "full_number": join_number(number, notation) if number else None,
        "type": type_.name if type_ else None,
        "issuer": reading.issuer.value.name if reading.issuer else None,
        "issuer_code": reading.issuer.value.code if reading.issuer else None,
        "issuer_above": reading.issuer.value.above if reading.issuer else None,
        "joint_issuers": [_agency(found) for found in reading.joint_issuers],
        "place": _value(reading.place),
        "issued_on": _day(reading.issued_on),
        "title": _value(reading.title),
        "signer": signer.name if signer else None,
        "signer_position": signer.position if signer else None,
        "signer_on_behalf": signer.on_behalf if signer else None,
        "signer_authority": signer.authority if signer else None,
        "joint_signers": [found.value.name for found in reading.joint_signers],
        "urgency": _value(reading.urgency),
        "secrecy": _value(reading.secrecy),
        "addressees": [found.value for found in reading.addressees],
        "recipients": [{"name": found.value.name, "purpose": found.value.purpose} for found in reading.recipients],
        "archive_line": _value(reading.archive_line),
        "legal_bases": [found.value for found in reading.legal_bases],
        "references": _references(reading.content(text)),
        "relations": [_relation(found) for found in reading.relations],
        "meeting_on": _day(reading.meeting_on),
        "effective_on": _day(reading.effective_on),
        "articles": len(set(_ARTICLE.findall(text[reading.body.start : reading.body.end]))),
        "unsure": [{"field": name, "why": str(why)} for name, why in reading.doubts.items()],
    }


def _value(found: Found[Any] | None) -> Any:
    return found.value if found else None


def _day(found: Found[Any] | None) -> str | None:
    return found.value.isoformat() if found else None


def _agency(found: Found[Issuer]) -> Data:
    return {"name": found.value.name, "code": found.value.code}


def _relation(found: Found[Related]) -> Data:
    related = found.value
    return {
        "relation": related.relation,
        "number": related.number or None,
        "title": related.title,
        "scope": related.scope,
        "sure": found.sure,
    }


def _references(text: str) -> list[Data]:
    """Each other document that the text names, once, in the order of its first mention; not its own articles."""
    found: dict[tuple[Any, ...], Data] = {}
    for reference in _find_references()(text):
        if not (reference.number or reference.title):
            continue
        data = {
            "type": reference.type,
            "number": reference.number,
            "year": reference.year,
            "title": reference.title,
            "articles": reference.articles,
        }
        found.setdefault((reference.type, reference.number, reference.year, reference.title), data)
        if len(found) >= _LONGEST_REFERENCES:
            break
    return list(found.values())


def _find_references() -> Callable[[str], Iterable[Any]]:
    """Loaded late: `references` itself stands on this package."""
    name = "portal.notices.references"
    if find_spec(name) is None:
        return lambda text: ()
    found: Callable[[str], Iterable[Any]] = import_module(name).find_references
    return found
