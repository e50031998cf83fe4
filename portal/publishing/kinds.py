"""What publishing must know of a kind of content; each kind's package registers one with `config.add_kind`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from pyramid.config import Configurator
from sqlalchemy.orm import Session
from translationstring import TranslationString

if TYPE_CHECKING:
    from portal.publishing.models import Edition, Item

Data = dict[str, Any]
Described = tuple[TranslationString, str] | tuple[TranslationString, str, str]
"""A field's label, its text, and the language of the text when it is not Vietnamese."""


@dataclass(frozen=True)
class Owned:
    """A file that belongs to an edition, by its hash.

    `public`: it is seen wherever the edition is; otherwise only by those who may read the edition on the desk.
    `sure`: whether it must be stored here; what a text merely mentions need not.
    """

    sha256: str
    name: str
    public: bool = True
    sure: bool = True


class Project(Protocol):
    """Rewrites the typed rows of an edition from its data; `fresh`: the edition was made just now and has none yet."""

    def __call__(self, db: Session, edition: "Edition", *, fresh: bool = False) -> None: ...


@dataclass(frozen=True)
class Kind:
    """How one kind of content behaves. Only the functions that take `db` may ask the database."""

    name: str
    label: TranslationString
    schema: int
    """Version of the shape of `Edition.data`."""
    clean: Callable[[Data], Data]
    """Normalise: all keys present, HTML cleaned, text NFC. Never refuses a half-finished draft."""
    title: Callable[[Data], str]
    problems: Callable[[Session, "Edition"], list[TranslationString]]
    """What publication still needs; empty when it may go out."""
    path: Callable[[Session, "Item", Data], str]
    """The public address it would like, without suffix against collisions."""
    project: Project
    describe: Callable[[Data], Sequence[Described]]
    """Labelled plain-text fields, in the order of reading, for comparing editions."""
    files: Callable[[Data], list[Owned]]
    edit_route: str
    """Route of the edit form, taking `uid`."""
    preview: str
    """Route of the preview on the real page, taking `uid` and `number`."""
    touches: Callable[[Data], frozenset[str]] = lambda data: frozenset()
    """Dependency keys of the pages of other items that show something of this one."""
    went_live: Callable[[Session, "Edition", datetime], None] = lambda db, edition, at: None
    """Called when an edition has become the public one, in the same transaction; not for items brought in new."""


_kinds: dict[str, Kind] = {}


def kind_of(item: "Item") -> Kind:
    """The kind of an item. Raises KeyError when its package is not included."""
    return _kinds[item.kind]


def kind_named(name: str) -> Kind:
    """A registered kind by its name."""
    return _kinds[name]


def add_kind(config: Configurator, kind: Kind) -> None:
    """Configurator directive. The same kind may be added again (several instances in one process)."""
    _kinds[kind.name] = kind
