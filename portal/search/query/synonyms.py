"""Spellings that mean the same, both ways (C-7): "UBND" finds "Ủy ban nhân dân" and the reverse."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from portal.search.analysis import fold, has_marks, tokens
from portal.search.query.asked import Words

MOST_WORDS = 8
"""Syllables of a spelling; longer ones are left out."""
MOST_ALTERNATIVES = 6
"""Other spellings that count at one place."""


class Meant(NamedTuple):
    """A spelling found in a question: `words[start:end]` may also be written so."""

    start: int
    end: int
    others: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of spellings, ready to be looked up. Immutable: share it."""

    _others: Mapping[Words, tuple[tuple[Words, tuple[Words, ...]], ...]] = field(default_factory=dict)
    """Folded spelling → (the spelling, the others of its group)."""

    @classmethod
    def of(cls, groups: Iterable[Sequence[str]]) -> Self:
        """From groups of spellings as an editor wrote them; a spelling may stand in several."""
        found: dict[Words, list[tuple[Words, tuple[Words, ...]]]] = {}
        for group in groups:
            spellings = list(dict.fromkeys(tuple(tokens(spelling)) for spelling in group))
            spellings = [spelling for spelling in spellings if 0 < len(spelling) <= MOST_WORDS]
            for spelling in spellings:
                others = tuple(other for other in spellings if other != spelling)
                if others:
                    found.setdefault(tuple(map(fold, spelling)), []).append((spelling, others))
        return cls({folded: tuple(entries) for folded, entries in found.items()})

    def spans(self, words: Words) -> Iterator[Meant]:
        """Every spelling in a run of words, the longest at each beginning."""
        folded = tuple(map(fold, words))
        for start in range(len(words)):
            for end in range(min(len(words), start + MOST_WORDS), start, -1):
                others = self._at(words[start:end], folded[start:end])
                if others:
                    yield Meant(start, end, others)
                    break

    def _at(self, words: Words, folded: Words) -> tuple[Words, ...]:
        entries = self._others.get(folded, ())
        others = (other for spelling, group in entries if _means(words, spelling) for other in group)
        return tuple(dict.fromkeys(others))[:MOST_ALTERNATIVES]


def _means(words: Words, spelling: Words) -> bool:
    """Whether words of the same folded form can be that spelling: accents that were typed must be its own."""
    return all(
        not has_marks(word) or word == own or not has_marks(own) for word, own in zip(words, spelling, strict=True)
    )


NONE = Synonyms()
