"""Keys under which a document is cited, equal for all spellings; they are keys of the page cache too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from portal.notices.references.documents import LAWS, Mention
from portal.notices.references.model import Reference
from portal.notices.types import BY_SLUG, by_name
from portal.text import fold, number_key

LONGEST, LONGEST_NUMBER = 180, 120
_SIGNS = re.compile(r"[^a-z0-9]+")
_REVISED = re.compile(r" sua doi\Z")
_ASIDE = re.compile(r"\([^()]*\)")
_YEARLY = re.compile(r"number:[^/]+/(?:19|20)\d\d/")
_LOCAL = re.compile(r"ubnd|hdnd")
_AGAIN = re.compile(r"\A(?:(bo luat|luat|phap lenh|hien phap) )+")


@dataclass(frozen=True, slots=True)
class Target:
    """A published document as references see it: its number's key, type (slug), day of issue, address, anchors."""

    number_key: str | None
    law_key: str | None
    type: str | None
    issued_on: date | None
    path: str
    anchors: frozenset[str] = frozenset()


@lru_cache(8192)  # the same laws and decrees are cited by thousands
def number_key_of(number: str) -> str:
    """`number:42/2022/nd-cp`."""
    return f"number:{number_key(number)[:LONGEST_NUMBER]}"


def law_key(type_: str | None, title: str, year: int | None) -> str | None:
    """`luat dat dai|2013` of a law's type (slug), title and year of issue; None for what is not known by its name."""
    if type_ not in LAWS or year is None:
        return None
    kind, words = _words(BY_SLUG[type_].name), _words(_ASIDE.sub(" ", title))
    if type_ == "hien-phap":
        words = ""  # Hiến pháp nước Cộng hòa … năm 2013: there is one of a year
    elif not words:
        return None
    name = f"{kind} {_AGAIN.sub('', f'{words} ').strip()}".strip()
    return f"{name}|{year}"[:LONGEST]


def law_key_of(key: str) -> str:
    """`law:luat dat dai|2013` of a `law_key`."""
    return f"law:{key}"


def key_of(mention: Reference | Mention) -> str | None:
    """The key of what is mentioned; None for a part of the document itself."""
    if mention.number:
        return number_key_of(mention.number)
    type_ = by_name(mention.type) if mention.type else None
    key = law_key(type_.slug if type_ else None, mention.title, mention.year)
    return law_key_of(key) if key else None


def needs_day(key: str) -> bool:
    """Whether the key of a number names no one document: without a year it comes again, and each province counts for
    itself."""
    return not _YEARLY.match(key) or bool(_LOCAL.search(key))


def same_document(target: Target, key: str, type_: str | None, issued_on: date | None) -> bool:
    """Whether a reference with this key, type (slug, None when unsaid) and date means the target, whose key agrees.

    Types that contradict each other never match (laws and resolutions of the Assembly count apart).
    """
    if type_ and target.type and type_ != target.type:
        return False
    if key.startswith("law:"):
        return True
    if needs_day(key):
        return issued_on is not None and issued_on == target.issued_on
    return issued_on is None or target.issued_on is None or issued_on.year == target.issued_on.year


def the_one(targets: Iterable[Target], key: str, type_: str | None, issued_on: date | None) -> Target | None:
    """The only target that is meant, or None: what is ambiguous is no link."""
    meant = [target for target in targets if same_document(target, key, type_, issued_on)]
    return meant[0] if len(meant) == 1 else None


def _words(text: str) -> str:
    return _REVISED.sub("", _SIGNS.sub(" ", fold(text)).strip())
