"""Addresses of works by the naming convention: `/akn/vn/act/nghi-dinh/chinh-phu/2020-03-05/30-2020-nd-cp`.

What is not known has no part in the address: a document known by its number alone (`30/2020/NĐ-CP` in a text) is
`/akn/vn/act/nghi-dinh/2020/30-2020-nd-cp`.
"""

from collections.abc import Iterable

from portal.notices.data import Data, full_number
from portal.notices.types import BY_SLUG, Group, by_notation, group_of
from portal.text import DocumentNumber, parse_number, slug

ROOT = "/akn/vn"
UNKNOWN_DATE = "0001-01-01"
"""The schema demands a date everywhere; one that nobody knows is this, under the name `unknown`."""
OTHER = "van-ban"
"""The name of a document of unknown type."""


def document_type(data: Data) -> tuple[str, str]:
    """`act` for normative documents or else `doc`, and the name of the type (`nghi-dinh`)."""
    type_ = BY_SLUG.get(data["type"] or "")
    if type_ is None:
        return "doc", OTHER
    number = parse_number(full_number(data) or "")
    return "act" if group_of(type_, number) is Group.NORMATIVE else "doc", type_.slug


def work_iri(data: Data, uid: str, *, code: str | None = None) -> str:
    """The address of the work that a record describes; `uid` names it when it has neither number nor title.

    `code`: of the issuer in the register of agencies.
    """
    kind, name = document_type(data)
    number = full_number(data)
    parsed = parse_number(number or "")
    year = str(parsed.year) if parsed and parsed.year else ""
    last = slug(number, longest=100) if data["number"] and number else slug(data["title"], empty=uid)
    return _joined((kind, name, actor(data["issuer"]["name"], code), data["issued_on"] or year, last))


def number_iri(number: DocumentNumber) -> str:
    """The address of a document as far as its number tells it."""
    type_ = by_notation(number)
    normative = number.year is not None if type_ is None else group_of(type_, number) is Group.NORMATIVE
    year = str(number.year) if number.year else ""
    return _joined(("act" if normative else "doc", type_.slug if type_ else "", year, slug(number.text, longest=100)))


def reference_iri(number: str | None, title: str | None) -> str:
    """The address of a document known by what another one calls it."""
    parsed = parse_number(number or "")
    if parsed is not None and parsed.number:
        return number_iri(parsed)
    return _joined(("doc", slug(number or title or "", longest=100)))


def actor(name: str | None, code: str | None) -> str:
    """The part of an address that names an agency: its code, else its name; empty when unknown."""
    return slug(code or name or "", empty="")


def _joined(parts: Iterable[str]) -> str:
    return "/".join((ROOT, *filter(None, parts)))
