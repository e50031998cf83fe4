"""What is asked and what is found: values between the edge (page, feed, API) and `finding`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from portal.search.highlight import Piece

Sort: TypeAlias = Literal["relevance", "date"]
Group: TypeAlias = Literal["document", "passage"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question as it arrives, checked (`parameters.read`)."""

    q: str = ""
    """What was typed; any text."""
    limits: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Facet (`documents.FACETS`) → values, at least one of which a result has."""
    first: date | None = None
    last: date | None = None
    """Days of issue, both included."""
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    group: Group = "document"
    """`document`: each document once, with its best place. `passage`: each unit by itself."""


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that matches: an article, with its own address."""

    anchor: str
    title: str
    title_pieces: tuple[Piece, ...]
    path: str
    """Of the document, with `#anchor`."""
    source_id: str | None
    score: float
    snippet_pieces: tuple[Piece, ...] = ()
    """Cut for the best passage of a hit only."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. Slugs and keys as in the facets, with their words beside them."""

    uid: str
    kind: str
    title: str
    title_pieces: tuple[Piece, ...]
    number: str | None
    type: str | None
    type_name: str | None
    issuer: str | None
    issuer_name: str | None
    issued_on: date | None
    effect: str | None
    effect_name: str | None
    fields: tuple[str, ...]
    path: str
    """Of the document, without a prefix of language or host."""
    url: str
    """Of its best place: `path`, with `#anchor` when that is a passage."""
    source_id: str | None
    passage: PassageHit | None
    """The best place, when it is a passage."""
    passages: tuple[PassageHit, ...]
    """The best passages that match, `passage` among them, best first; at most 3."""
    snippet_pieces: tuple[Piece, ...]
    score: float
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value by which results can be narrowed."""

    value: str
    label: str
    """In the language asked for; of a kind a translation string: say it through `request.translate`."""
    count: int
    """How many results there are with it, all other limits holding."""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class BestBetHit:
    """What an editor put above all results for this question."""

    title: str
    url: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a `Wanted`."""

    wanted: Wanted
    total: int
    """How many documents match, exactly."""
    relaxed: bool
    """Whether too few held every word, so that results hold most of them only."""
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    """Every facet of `documents.FACETS` that has values, most frequent first (years: latest first)."""
    did_you_mean: str | None = None
    best_bets: tuple[BestBetHit, ...] = ()
    from_index: bool = True
    """False: there is no index now; numbers and titles were asked of the database."""
    shortened: bool = False
    """The question was longer than search reads; only its beginning counted."""
    unknown: tuple[str, ...] = ()
    """Limits typed into the question that mean nothing here (`coquan:abc`), as typed; they were left out."""

    @property
    def pages(self) -> int:
        """How many pages of `wanted.size` there are, those too deep to be asked for included."""
        return -(-self.total // self.wanted.size)
