"""What packages hand in to be found: documents with their passages, and the registration that says where they are read.

A package calls `config.add_searchable(Searchable(...))`. Nobody but `portal.search` opens the index.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from pyramid.config import Configurator
from sqlalchemy.orm import Session
from translationstring import TranslationString

FACETS = ("kind", "type", "issuer", "field", "year", "effect")
"""By what a result can be narrowed. Each holds slugs or keys, never words of a language; `field` may hold several."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part that can be linked to by itself: an article of a decree."""

    anchor: str
    """What stands behind `#` in its address: `dieu-32`."""
    title: str
    """Its heading as written: `Điều 32. Thẩm quyền …`."""
    text: str
    """Its plain text, without the heading."""
    source_id: str | None = None
    """Its identity where it comes from (`82-2019-nd-cp#32`); of an article `<source id of the document>#<number>`."""


@dataclass(frozen=True, slots=True)
class Document:
    """One published item as search sees it. Plain text everywhere, NFC, the author's spelling."""

    uid: str
    kind: str
    title: str
    path: str
    """Its public address."""
    text: str = ""
    """All of its text, that of its passages included."""
    passages: tuple[Passage, ...] = ()
    context: str = ""
    """Further words it is known by: name of its type, issuer, summary, field."""
    number: str | None = None
    type: str | None = None
    """Slug, `nghi-dinh`."""
    issuer: str | None = None
    """Key of the agency in the register, when it stands there."""
    issuer_name: str | None = None
    fields: tuple[str, ...] = ()
    issued_on: date | None = None
    issued_in: int | None = None
    """The year of issue where the day is unknown."""
    effect: str | None = None
    """Slug of its status of effect on the day it was read."""
    source_id: str | None = None
    language: str = "vi"

    @property
    def year(self) -> str | None:
        """Year of issue, as the facet holds it."""
        year = self.issued_on.year if self.issued_on else self.issued_in
        return str(year) if year else None


Labels = Callable[[Session, Collection[str], str], Mapping[str, str]]
"""(db, values, language) → the words for the values of a facet; a value without words is shown as it is."""


def _none(db: Session, uids: Sequence[UUID]) -> set[UUID]:
    return set()


def _nothing(db: Session, words: str, limit: int) -> list["Document"]:
    return []


def _no_names(db: Session, agencies: Collection[str], fields: Collection[str]) -> set[UUID]:
    return set()


def _not_ours(db: Session, path: str) -> bool | None:
    return None


def _no_change(db: Session, after: date, until: date) -> set[UUID]:
    return set()


@dataclass(frozen=True)
class Searchable:
    """Where the documents of one kind come from. Every function sees public editions only."""

    kind: str
    label: TranslationString
    """Name of the kind for readers, in the plural: "Văn bản"."""
    uids: Callable[[Session], Iterable[UUID]]
    """Every public item of this kind, in a stable order."""
    documents: Callable[[Session, Sequence[UUID], date], Iterable[Document]]
    """The documents of these items as they are on a day; those that are not public are simply missing."""
    also: Callable[[Session, Sequence[UUID]], Collection[UUID]] = _none
    """Other items whose documents say something else when these are published or withdrawn (effect)."""
    changing: Callable[[Session, date, date], Collection[UUID]] = _no_change
    """Items whose document changes by the calendar alone, on a day after the first and not after the second."""
    naming: Callable[[Session, Collection[str], Collection[str]], Collection[UUID]] = _no_names
    """(db, keys of agencies, slugs of fields) → items whose documents hold words of the register about these."""
    by_words: Callable[[Session, str, int], Sequence[Document]] = _nothing
    """(db, what was typed, limit) → documents whose number it is or whose title holds its words, asked of the database:
    the answer while there is no index."""
    shows: Callable[[Session, str], bool | None] = _not_ours
    """(db, path) → whether an item of this kind is public at that address; None when it is the address of none."""
    labels: Mapping[str, Labels] = field(default_factory=dict)
    """Words for the values of the facets that this kind fills (`type`, `effect`)."""


_searchables: dict[str, Searchable] = {}


def add_searchable(config: Configurator, searchable: Searchable) -> None:
    """Configurator directive. The same kind may be added again (several instances in one process)."""
    _searchables[searchable.kind] = searchable


def searchables() -> Mapping[str, Searchable]:
    """Every registered kind, by name."""
    return _searchables
