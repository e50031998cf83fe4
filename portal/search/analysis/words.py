"""Running text as canonical syllables, their folded forms and neighbour pairs."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from portal.search.analysis.bounded import Computed
from portal.search.analysis.canonical import canonical
from portal.text import fold as folded_text

_INNER = "\u0300-\u036f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_HAS_INNER = re.compile(f"[{_INNER}]")
_WORD = re.compile(r"[^\W_]+")
_WORD_WITH_INNER = re.compile(rf"[^\W_]+(?:[{_INNER}]+[^\W_]*)*")


class Span(NamedTuple):
    """A word where it stands: offsets into the text that was given, whatever its normal form."""

    start: int
    end: int
    exact: str
    folded: str


def _folded(token: str) -> str:
    return "".join(filter(str.isalnum, folded_text(token))) or token


def _words(text: str) -> list[str]:
    return (_WORD_WITH_INNER if _HAS_INNER.search(text) else _WORD).findall(text)


def _tokens_of_chunk(chunk: str) -> tuple[str, ...]:
    return tuple(EXACT[word] for word in _words(chunk))


EXACT = Computed(canonical, 100_000)
"""Word as written → token."""
_TOKENS = Computed(_tokens_of_chunk, 200_000)
FOLDED = Computed(_folded, 100_000)
"""Token → folded token, for many at once: `map(FOLDED.__getitem__, tokens)`."""


def tokens(text: str) -> list[str]:
    """Canonical syllables with accents, in order; numbers and words of other languages too."""
    return list(chain.from_iterable(map(_TOKENS.__getitem__, text.split())))


def fold(token: str) -> str:
    """A token without accents, đ as d."""
    return FOLDED[token]


def pairs(folded: list[str]) -> list[str]:
    """Each two neighbours: ["thu", "tuc", "moi"] → ["thu_tuc", "tuc_moi"]."""
    return list(map("_".join, pairwise(folded)))


def has_marks(token: str) -> bool:
    """Whether a token was written with accents or đ, so that its exact form is what is asked for (C-3)."""
    return not token.isascii()


def places(text: str) -> Iterator[re.Match[str]]:
    """The words as written, where they stand."""
    return (_WORD_WITH_INNER if _HAS_INNER.search(text) else _WORD).finditer(text)


def spans(text: str) -> Iterator[Span]:
    """The words with their places; the same words as `tokens`."""
    for found in places(text):
        exact = EXACT[found[0]]
        yield Span(found.start(), found.end(), exact, FOLDED[exact])
