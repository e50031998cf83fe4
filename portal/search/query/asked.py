"""A question taken apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_WORDS = 64
"""Syllables that are looked for; judged questions have 60 at most."""

Words = tuple[str, ...]
"""Canonical syllables with accents, in order (`analysis.tokens`)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question says. Nothing of it is ever an error: what cannot be meant is plain words."""

    text: str = ""
    """As typed, control characters as spaces, cut where it was too long."""
    runs: tuple[Words, ...] = ()
    """What is looked for; within a run, neighbours stand together. Phrases are runs of their own too."""
    phrases: tuple[Words, ...] = ()
    """Runs that must stand just so."""
    excluded: tuple[Words, ...] = ()
    """Words or phrases that must not stand."""
    numbers: tuple[str, ...] = ()
    """Own numbers of documents that are demanded (`so:249`), as typed."""
    limits: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Facet → values demanded by the question itself (`nam:2014`)."""
    unknown: tuple[str, ...] = ()
    """Limits that mean nothing here, as typed."""
    shortened: bool = False
    """Whether its end was left out because it is too long."""

    @property
    def words(self) -> Words:
        """All that is looked for, in order."""
        return tuple(word for run in self.runs for word in run)

    @property
    def plain(self) -> bool:
        """Whether it is words only, so that correcting them corrects the question."""
        return not (self.phrases or self.excluded or self.numbers or self.limits or self.unknown)
