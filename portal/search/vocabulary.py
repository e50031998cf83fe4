"""The values of facets and their words: what `coquan:bộ tài chính` means, and what a facet's value is called."""

from collections.abc import Callable, Collection, Mapping, Sequence
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency, Field
from portal.search.analysis import fold, tokens
from portal.search.documents import searchables
from portal.search.engine import Plan, Searcher

FRESH = 5.0
"""Seconds."""
_kept: WeakKeyDictionary[Any, tuple[float, dict[tuple[str, str], dict[str, str | None]]]] = WeakKeyDictionary()
_LANGUAGES = ("vi", "en")
MOST_LOOKUPS = 24
"""Names of agencies that are looked up for one question; each costs several statements."""
_KNOWN_BY_A_BEGINNING = ("effect", "field", "kind")


class Vocabulary:
    """What may be typed after `coquan:`, `loai:` …; reads the database only when one of them is typed."""

    def __init__(self, db: Session, searcher: Searcher | None) -> None:
        self._db = db
        self._searcher = searcher
        self._words: dict[str, dict[tuple[str, ...], set[str]]] = {}
        self._issuers: dict[str, frozenset[str]] = {}

    def values(self, facet: str, words: Sequence[str]) -> frozenset[str]:
        """The values that these words mean, by slug, name in any language, or for some the beginning of a name."""
        if facet == "issuer":
            return self._issuers_meant(" ".join(words))
        typed = tuple(map(fold, tokens(" ".join(words))))
        if not typed:
            return frozenset()
        known = self._known(facet)
        if typed in known:
            return frozenset(known[typed])
        if facet not in _KNOWN_BY_A_BEGINNING:
            return frozenset()
        begun = (values for spelling, values in known.items() if spelling[: len(typed)] == typed)
        return frozenset(value for values in begun for value in values)

    def _issuers_meant(self, text: str) -> frozenset[str]:
        if text not in self._issuers:
            if len(self._issuers) >= MOST_LOOKUPS:
                return frozenset()
            self._issuers[text] = issuers_meant(self._db, text)
        return self._issuers[text]

    def _known(self, facet: str) -> dict[tuple[str, ...], set[str]]:
        if facet not in self._words:
            present = self._searcher.facets(Plan(), [facet]).get(facet, {}) if self._searcher else {}
            known: dict[tuple[str, ...], set[str]] = {}
            for language in _LANGUAGES:
                for value, label in labels(self._db, facet, list(present), language).items():
                    for spelling in (label, value):
                        known.setdefault(tuple(map(fold, tokens(spelling))), set()).add(value)
            self._words[facet] = known
        return self._words[facet]


def issuers_meant(db: Session, text: str) -> frozenset[str]:
    """Keys of the agency that a name, an abbreviation or a code means, in every period of its life; a key means itself
    alone, as in the facet."""
    if agencies.by_key(db, text) is not None:
        return frozenset({text})
    meant = agencies.resolver(db, text)
    if meant is None:
        return frozenset()
    return frozenset(db.scalars(select(Agency.key).where(Agency.name_key == meant.name_key)))


def labels(db: Session, facet: str, values: Collection[str], language: str) -> Mapping[str, str]:
    """The words for these values; a value that has none stands for itself."""
    return {value: value for value in values} | dict(known(db, facet, values, language))


def known(db: Session, facet: str, values: Collection[str], language: str = "vi") -> Mapping[str, str]:
    """The words for those of the values that have any; as they were at most `FRESH` seconds ago."""
    kept = _kept_of(db, facet, language)
    missing = [value for value in values if value not in kept]
    if missing:
        kept.update(dict.fromkeys(missing))
        kept.update(_READERS.get(facet, _registered(facet))(db, missing, language))
    return {value: word for value in values if (word := kept[value]) is not None}


def _kept_of(db: Session, facet: str, language: str) -> dict[str, str | None]:
    """What was read lately from this database, to be added to; None: there is no word for it."""
    now, bind = monotonic(), db.get_bind()
    since, kept = _kept.get(bind, (0.0, {}))
    if now - since > FRESH:
        kept = {}
        _kept[bind] = now, kept
    return kept.setdefault((facet, language), {})


def _registered(facet: str) -> Callable[[Session, Collection[str], str], Mapping[str, str]]:
    def read(db: Session, values: Collection[str], language: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for searchable in searchables().values():
            if facet in searchable.labels:
                found |= searchable.labels[facet](db, values, language)
        return found

    return read


def _of_kinds(db: Session, values: Collection[str], language: str) -> Mapping[str, str]:
    return {kind: searchable.label for kind, searchable in searchables().items() if kind in values}


def _of_issuers(db: Session, values: Collection[str], language: str) -> Mapping[str, str]:
    rows = db.execute(select(Agency.key, Agency.name, Agency.english_name).where(Agency.key.in_(values)))
    return {key: (english if language == "en" else None) or name for key, name, english in rows}


def _of_fields(db: Session, values: Collection[str], language: str) -> Mapping[str, str]:
    rows = db.execute(select(Field.slug, Field.name, Field.english_name).where(Field.slug.in_(values)))
    return {slug: (english if language == "en" else None) or name for slug, name, english in rows}


_READERS = {"kind": _of_kinds, "issuer": _of_issuers, "field": _of_fields}
