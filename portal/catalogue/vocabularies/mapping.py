"""From what the national database says of a procedure to events and audiences; the rules are `events.toml`.

Read while procedures are brought in; what an editor chooses afterwards stands.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from portal.catalogue.vocabularies.files import FILE as TERMS
from portal.catalogue.vocabularies.files import FOLDER, BadVocabularies, tables, terms_in
from portal.settings import ROOT
from portal.text import exact, fold

FILE = FOLDER / "events.toml"
CONTENT = ROOT / "content"
PEOPLE = frozenset({"cong-dan", "nguoi-nuoc-ngoai", "viet-kieu", "can-bo"})


@dataclass(frozen=True)
class _Field:
    events: tuple[str, ...]
    otherwise: tuple[str, ...]


@dataclass(frozen=True)
class _Words:
    fields: frozenset[str]
    phrases: re.Pattern[str]
    unless: re.Pattern[str] | None
    events: tuple[str, ...]

    def holds(self, own_field: str, name: str) -> bool:
        """Whether it applies; both arguments as they are compared."""
        if self.fields and own_field not in self.fields:
            return False
        return bool(self.phrases.search(name)) and not (self.unless and self.unless.search(name))


@dataclass(frozen=True)
class Mapping:
    """The rules of one file."""

    fields: dict[str, list[_Field]] = field(default_factory=dict)
    words: tuple[_Words, ...] = ()
    applicants: dict[str, str] = field(default_factory=dict)
    """The folded national name of an applicant → slug of an audience."""
    vocabularies: dict[str, str] = field(default_factory=dict)
    """Slug of a word → its vocabulary."""
    _known: re.Pattern[str] | None = None

    @classmethod
    def load(cls, content: Path) -> "Mapping":
        """The rules of a content folder, none without the file. Raises `BadVocabularies`."""
        path = content / FILE
        if not path.is_file():
            return cls()
        fields: dict[str, list[_Field]] = {}
        for place, row in enumerate(tables(path, "fields"), 1):
            rule = _Field(*(_texts(path, f"fields[{place}]", row, name) for name in ("events", "otherwise")))
            for name in _texts(path, f"fields[{place}]", row, "names", needed=True):
                fields.setdefault(fold(name), []).append(rule)
        words = tuple(_words(path, f"words[{place}]", row) for place, row in enumerate(tables(path, "words"), 1))
        applicants = {
            fold(name): str(row.get("slug"))
            for place, row in enumerate(tables(path, "audiences"), 1)
            for name in _texts(path, f"audiences[{place}]", row, "applicants", needed=True)
        }
        vocabularies = {term.slug: term.vocabulary for term in terms_in(content)}
        return cls(fields, words, applicants, vocabularies, _any_of(applicants) if applicants else None)

    def slugs(self) -> frozenset[str]:
        """Every word that the rules name."""
        by_field = {one for rules in self.fields.values() for rule in rules for one in rule.events + rule.otherwise}
        return frozenset(by_field | {one for rule in self.words for one in rule.events} | set(self.applicants.values()))

    def events_for(self, field_name: str | None, name: str, audiences: Collection[str] = ()) -> list[str]:
        """As the function of the module."""
        own_field, said = fold(field_name or ""), exact(name)
        rules = self.fields.get(own_field, [])
        found = [one for rule in rules for one in rule.events]
        by_words = [one for rule in self.words if rule.holds(own_field, said) for one in rule.events]
        if not by_words:
            found += [one for rule in rules for one in rule.otherwise]
        return sorted(self._of_these({*found, *by_words}, set(audiences)))

    def _of_these(self, events: set[str], audiences: set[str]) -> set[str]:
        """Enterprises have no events of people's lives, nor the other way round; all stay where none would be left."""
        others = set()
        if audiences and not audiences & PEOPLE:
            others = {one for one in events if self.vocabularies.get(one) == "life_event"}
        elif audiences and audiences <= PEOPLE:
            others = {one for one in events if self.vocabularies.get(one) == "business_event"}
        return events - others or events

    def audiences_for(self, applicants: Iterable[str] | str | None) -> list[str]:
        """As the function of the module."""
        given = applicants if isinstance(applicants, str) else ", ".join(applicants or ())
        if self._known is None:
            return []
        return sorted({self.applicants[found.group()] for found in self._known.finditer(fold(given))})


def events_for(
    field_name: str | None, name: str, audiences: Collection[str] = (), *, content: Path = CONTENT
) -> list[str]:
    """Slugs of the life and business events of a procedure, sorted; empty where none fits.

    `field_name`: of its field in the national database, as written there. `audiences` (slugs): events of people's lives
    are left out where no people are among them, and those of enterprises where nobody else is. `content`: the content
    folder of the instance.
    """
    return of(content).events_for(field_name, name, audiences)


def audiences_for(applicants: Iterable[str] | str | None, *, content: Path = CONTENT) -> list[str]:
    """Slugs of the audiences that national names of applicants mean, sorted; what is not known is passed over.

    Takes the names, or one text of them; a name that was cut at its own comma is put together again.
    """
    return of(content).audiences_for(applicants)


def of(content: Path) -> Mapping:
    """The rules of an instance; read again when a file has changed. Raises `BadVocabularies`."""
    files = (content / FILE, content / TERMS)
    return _kept(content, tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in files))


@lru_cache(maxsize=8)
def _kept(content: Path, changed: tuple[int, ...]) -> Mapping:
    return Mapping.load(content)


def _words(path: Path, place: str, row: dict[str, Any]) -> _Words:
    unless = _texts(path, place, row, "unless")
    return _Words(
        frozenset(fold(name) for name in _texts(path, place, row, "fields")),
        _any_of(exact(phrase) for phrase in _texts(path, place, row, "any", needed=True)),
        _any_of(exact(phrase) for phrase in unless) if unless else None,
        _texts(path, place, row, "events", needed=True),
    )


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _texts(path: Path, place: str, row: dict[str, Any], name: str, *, needed: bool = False) -> tuple[str, ...]:
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value) or (needed and not value):
        raise BadVocabularies(path, f"{place}.{name}")
    return tuple(value)
