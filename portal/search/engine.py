"""The contract between search and its engines (`engines.whoosh`, `engines.tantivy`): units in, ranked references out.

The index holds **units**: of every document one *head* (its title, context and whole text) and one for each passage.
All words, weights, expansions, grouping and re-ranking are decided outside of an engine: it stores weighted terms,
scores by BM25 and answers boolean conditions; both engines give the same scores up to the rounding of lengths.

    score(unit) = Σ weight · idf · tf·(K1+1) / (tf + K1·(1 − B + B·length/average length))   over `plan.scored`
    idf = ln(1 + (N − df + 0.5)/(df + 0.5)),  N all units, df the units that hold the term; lengths by field
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self

K1, B = 1.2, 0.75

EXACT, FOLDED, PAIRS, NUMBER = "E", "F", "B", "N"
FIELDS = (EXACT, FOLDED, PAIRS, NUMBER)
"""Canonical syllables with accents · folded syllables · folded neighbour pairs `thu_tuc` · terms of the own number."""


class Term(NamedTuple):
    """A term of a field."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of the index. `terms`: field → term → weighted frequency (whole, at least 1)."""

    uid: str
    head: bool
    """Whether it stands for the whole document; totals, facets and dates count heads only."""
    anchor: str
    """Of a passage; empty for a head."""
    version: int
    """Number of the change (`search_changes.seq`) at which the document was read; the same for all of its units."""
    terms: Mapping[str, Mapping[str, int]]
    facets: Mapping[str, tuple[str, ...]]
    """Facet → values, on passages too (limits apply to them)."""
    day: int
    """`issued_on` as a proleptic ordinal (`date.toordinal`), 0 when unknown."""
    brief: Mapping[str, Any]
    """What a result shows but its text, as plain JSON values; see `units.py`."""
    text: str
    """What the snippet is cut from."""


Alternative = tuple[Term, ...]
"""All of these terms stand in the unit."""
Concept = tuple[Alternative, ...]
"""One thing asked for: at least one alternative holds. A syllable is `((Term("F", "thu"),),)`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A query as engines see it. A unit matches when at least `minimum` of `concepts`, all of `required`, none of
    `excluded` and every limit hold. Without concepts and required ones every unit within the limits matches.
    """

    scored: tuple[tuple[Term, float], ...] = ()
    """Terms with weights, each at most once. They rank, they never match or exclude."""
    concepts: tuple[Concept, ...] = ()
    minimum: int = 0
    required: tuple[Concept, ...] = ()
    excluded: tuple[Concept, ...] = ()
    limits: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Facet → values of which the unit has at least one."""
    days: tuple[int, int] | None = None
    """First and last `Unit.day`."""


class Candidate(NamedTuple):
    """A unit that matches. `ref` and `group` hold for its searcher only."""

    score: float
    ref: Any
    group: int
    """The same for all units of one document."""
    head: bool


class Searcher(Protocol):
    """A snapshot of the last commit. May be used by many threads at once; later commits do not change it."""

    @property
    def units(self) -> int:
        """How many live units there are."""
        ...

    def top(self, plan: Plan, limit: int) -> list[Candidate]:
        """The best units, heads and passages, best first; equal scores by later `day`, then by `uid` and `anchor`."""
        ...

    def by_date(self, plan: Plan, limit: int, offset: int = 0) -> list[Candidate]:
        """Heads by `day`, the latest first, then by `uid`; their scores are 0."""
        ...

    def total(self, plan: Plan) -> int:
        """How many heads match."""
        ...

    def facets(self, plan: Plan, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """For each facet how many matching heads have each value; values without any are left away."""
        ...

    def briefs(self, refs: Sequence[Any]) -> list[Mapping[str, Any]]:
        """What was stored with these units, in their order; cheap enough for fifty."""
        ...

    def texts(self, refs: Sequence[Any]) -> list[str]:
        """The stored texts of these units, in their order."""
        ...

    def frequency(self, term: Term) -> int:
        """In how many units a term stands (deleted ones that are not merged away may count)."""
        ...

    def terms(self, field: str) -> Iterator[tuple[str, int]]:
        """Every term of a field with its frequency, in any order: for spelling."""
        ...

    def heads(self) -> Iterator[Mapping[str, Any]]:
        """The brief of every head, in any order: for suggestions."""
        ...

    def versions(self) -> dict[str, tuple[int, int]]:
        """uid → (version, number of units) of every document: for verifying."""
        ...


class Writer(Protocol):
    """The only writer of an index. Nothing is visible before `commit`; a crash loses what was not committed."""

    def replace(self, uid: str, units: Sequence[Unit]) -> None:
        """Put these units in the place of all that the document had; none: it is removed."""
        ...

    def commit(self) -> None:
        """Make what was written durable and visible to new searchers; may merge segments."""
        ...

    def close(self) -> None:
        """End without committing what is pending; also after an error. Idempotent."""
        ...


class Index(Protocol):
    """An index in a folder of its own."""

    @classmethod
    def create(cls, folder: Path) -> Self:
        """A new, empty one; the folder exists and is empty."""
        ...

    @classmethod
    def open(cls, folder: Path, *, memory: int) -> Self:
        """One that `create` made. `memory`: bytes that its caches may hold. Raises `Damaged`."""
        ...

    def build(self, documents: Iterable[tuple[str, Sequence[Unit]]]) -> None:
        """Fill an empty index as fast as can be, and commit: (uid, its units)."""
        ...

    def writer(self) -> Writer:
        """Begin to write. The caller sees to it that there is one writer."""
        ...

    def searcher(self) -> Searcher:
        """A snapshot of the last commit, also of one by another process; the same object while nothing is new."""
        ...

    def check(self) -> None:
        """Read the whole index through. Raises `Damaged`."""
        ...

    def close(self) -> None: ...


class Damaged(Exception):
    """The files of an index cannot be read; it must be built anew."""
