"""The part of a text that shows best why it was found, with the words asked for marked as written (C-13).

Pieces are plain text; whoever shows them escapes them.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Set
from itertools import accumulate, compress, product
from typing import NamedTuple

from portal.search.analysis import tokens
from portal.search.analysis.bounded import Computed
from portal.search.analysis.words import EXACT, FOLDED, places

_BLOCK = 8_000
_BLOCKS = 3
_ENOUGH = 0.5
"""Share of the weight asked for with which a window is good enough not to read on."""
_LIGHT = 0.15
"""Of the heaviest word; lighter ones ("của", "và") are marked only beside a heavier one."""
_BESIDE = 0.5
"""What two words asked for are worth besides when they stand side by side, of the lighter one's weight."""
_BEFORE = 80
_KNOWN = 20_000
"""Chunks that one question remembers."""
SEVERAL = " "
_ENDS = (". ", "; ", ": ", "\n")
_SPACE = re.compile(r"\s+")


class Piece(NamedTuple):
    """Consecutive characters, marked or not."""

    text: str
    marked: bool


class _Place(NamedTuple):
    score: float
    start: int
    end: int


Spelled = tuple[tuple[str, int], ...]
"""Telling words as they stand there, with their numbers."""


class Highlighter:
    """Marks the words of one question in any number of texts. What is learnt of a word or chunk serves the next text.

    `words`: folded syllables with their weights. `exact`: those among them typed with accents, as `tokens` gives
    them; where one stands in the text as typed, other accents are not marked.
    """

    def __init__(self, words: Mapping[str, float], exact: frozenset[str] = frozenset()) -> None:
        self._words = words
        self._whole = sum(words.values())
        self._exact = exact
        telling = _LIGHT * max(words.values(), default=0.0)
        heavy = {word: weight for word, weight in words.items() if weight >= telling}
        self._maybe = frozenset({*heavy, SEVERAL})
        self._number = {word: number for number, word in enumerate(heavy)}
        self._weights = [*heavy.values(), *(_BESIDE * min(both) for both in product(heavy.values(), repeat=2))]
        """Of each telling word, then of each two of them side by side."""
        self._in_chunk = Computed(self._telling_in_chunk, _KNOWN)

    def snippet(self, text: str, length: int = 240) -> list[Piece]:
        """The best `length` characters or so, with … where cut; the beginning when no word asked for stands there."""
        text = text[: _BLOCK * _BLOCKS]
        best = _Place(0.0, 0, 0)
        for start in range(0, len(text), _BLOCK):
            place = self._best_place(text[start : start + _BLOCK], length)
            if place.score > best.score:
                best = _Place(place.score, place.start + start, place.end + start)
            if best.score >= _ENOUGH * self._whole:
                break
        start, end = _window(text, best, length)
        pieces = self.marked(text[start:end])
        return [
            *([Piece("… ", False)] if start else []),
            *pieces,
            *([Piece(" …", False)] if end < len(text.rstrip()) else []),
        ]

    def marked(self, text: str) -> list[Piece]:
        """The whole text with the words marked; neighbours are marked together."""
        pieces, at = [], 0
        for start, end in self._runs(text):
            if start > at:
                pieces.append(Piece(text[at:start], False))
            pieces.append(Piece(text[start:end], True))
            at = end
        if at < len(text):
            pieces.append(Piece(text[at:], False))
        return pieces

    def _runs(self, text: str) -> Iterator[tuple[int, int]]:
        """Offsets of neighbouring words to mark, at least one of them telling."""
        words, exact = self._words, self._exact
        found = [
            (token, folded, place) for place in places(text) if (folded := FOLDED[token := EXACT[place[0]]]) in words
        ]
        as_typed = {folded for token, folded, _ in found if token in exact}
        first, last, telling = 0, -1, False
        for token, folded, place in found:
            if folded in as_typed and token not in exact:
                continue
            start, end = place.span()
            if last >= 0 and not text[last:start].strip():
                last, telling = end, telling or folded in self._number
                continue
            if telling:
                yield first, last
            first, last, telling = start, end, folded in self._number
        if telling:
            yield first, last

    def _best_place(self, text: str, length: int) -> _Place:
        """Offsets of the first and behind the last of the telling words in the best window.

        Works on what stands between spaces: reading each word with its place would cost three times as much.
        """
        chunks = text.replace("\n", " ").split(" ")
        maybe = map(self._maybe.__contains__, map(_WORD_OF_CHUNK.__getitem__, chunks))
        at = list(compress(range(len(chunks)), maybe))
        meant = self._meant({chunks[place] for place in at})
        behind = list(accumulate(map(len, chunks)))
        weights, count = self._weights, len(self._number)
        times = [0] * len(weights)
        hits: list[tuple[int, tuple[int, ...]]] = []
        best, best_start, best_end = 0.0, 0, 0
        score, first, neighbour, last = 0.0, 0, -2, 0
        for place in at:
            chunk = chunks[place]
            own = meant[chunk]
            if not own:
                continue
            end = behind[place] + place
            following, beside = own[-1], neighbour == place - 1
            if beside:
                own = (*own, count + count * last + own[0])
            neighbour, last = place, following
            hits.append((end - len(chunk), own))
            for number in own:
                if not times[number]:
                    score += weights[number]
                times[number] += 1
            while hits[first][0] < end - length and first < len(hits) - 1:
                for number in hits[first][1]:
                    times[number] -= 1
                    if not times[number]:
                        score -= weights[number]
                first += 1
            if score > best + 1e-9:
                best, best_start, best_end = score, hits[first][0], end
        return _Place(best, best_start, best_end)

    def _meant(self, chunks: Set[str]) -> dict[str, tuple[int, ...]]:
        """Of each chunk the numbers of the telling words that are meant."""
        spelled = {chunk: self._in_chunk[chunk] for chunk in chunks}
        exact = self._exact
        as_typed = {word for both in spelled.values() for token, word in both if token in exact}
        return {
            chunk: tuple([word for token, word in both if word not in as_typed or token in exact])
            for chunk, both in spelled.items()
        }

    def _telling_in_chunk(self, chunk: str) -> Spelled:
        number = self._number
        return tuple((token, number[word]) for token in tokens(chunk) if (word := FOLDED[token]) in number)


def snippet(
    text: str, words: Mapping[str, float], exact: frozenset[str] = frozenset(), length: int = 240
) -> list[Piece]:
    """`Highlighter.snippet` of one text."""
    return Highlighter(words, exact).snippet(text, length)


def marked(text: str, words: Mapping[str, float], exact: frozenset[str] = frozenset()) -> list[Piece]:
    """`Highlighter.marked` of one text."""
    return Highlighter(words, exact).marked(text)


def _word_of_chunk(chunk: str) -> str:
    words = tokens(chunk)
    return FOLDED[words[0]] if len(words) == 1 else SEVERAL if words else ""


_WORD_OF_CHUNK = Computed(_word_of_chunk, 100_000)
"""What stands between spaces → its folded word; `SEVERAL` when there are more."""


def _window(text: str, best: _Place, length: int) -> tuple[int, int]:
    """Where to cut: round the hits, rather at the beginning of a sentence, never within a word or a grapheme."""
    if len(text) <= length:
        return 0, len(text)
    spare = max(0, length - (best.end - best.start))
    earliest = max(0, best.start - min(_BEFORE, spare // 2))
    start = _beginning(text, earliest, best.start)
    end = min(len(text), max(start + length, best.end))
    if end < len(text):
        end = _ending(text, max(start + 1, min(best.end, end)), end)
    return start, end


def _beginning(text: str, earliest: int, first: int) -> int:
    """Between these offsets: behind the end of a sentence, else before a word."""
    if earliest == 0:
        return 0
    sentence = max(text.rfind(end, earliest, first) + len(end) if end in text[earliest:first] else 0 for end in _ENDS)
    if sentence:
        return _behind_spaces(text, sentence, first)
    space = _SPACE.search(text, earliest, first)
    return _behind_spaces(text, space.end(), first) if space else first


def _behind_spaces(text: str, start: int, first: int) -> int:
    while start < first and text[start].isspace():
        start += 1
    return start


def _ending(text: str, least: int, end: int) -> int:
    """The last end of a word between these offsets; of one endless word the last end of a grapheme."""
    cut = end
    while cut > least and not text[cut].isspace():
        cut -= 1
    if not text[cut].isspace():
        cut = end
        while cut > least and _extends(text[cut]):
            cut -= 1
    while cut > least and text[cut - 1].isspace():
        cut -= 1
    return cut


def _extends(character: str) -> bool:
    """Whether it belongs to the grapheme before it."""
    return character in "\u200c\u200d" or unicodedata.category(character) in ("Mn", "Me", "Mc")
