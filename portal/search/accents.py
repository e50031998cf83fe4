"""Which accents a syllable has among its neighbours, learned from what is published here.

Learned are the exact syllables of the index and, from titles and a sample of the texts, which follows which: sorted
arrays of about 3 MB, in one to three seconds. Learn it beside the requests.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from math import log

import numpy as np
from numpy.typing import NDArray

from portal.search.analysis import fold, tokens
from portal.search.engine import EXACT, Plan, Searcher
from portal.text import normal
from portal.text.syllables import is_syllable

QUESTIONS = (
    "là gì", "gồm những gì", "cần những gì", "phải làm gì", "điều kiện gì", "giấy tờ gì", "như thế nào", "khi nào",
    "trường hợp nào", "những ai", "ai được", "ai có", "là ai", "bao lâu", "mất bao lâu", "bao nhiêu", "bao nhiêu tiền",
    "bao nhiêu ngày", "ở đâu", "nộp ở đâu", "làm ở đâu", "làm sao", "thế nào", "vì sao", "tại sao", "có được không",
    "được không", "hay không", "phải không", "không ạ", "cho tôi hỏi", "tôi muốn", "làm thế nào", "cách làm", "xin hỏi",
    "có phải", "mấy ngày", "mấy năm", "bị phạt bao nhiêu", "xử lý ra sao", "ra sao", "hết bao nhiêu",
)  # fmt: skip
"""How people ask, which official texts never do."""
_ASKED_TIMES = 50

_MOST_TITLES = 60_000
_MOST_TEXTS = 6_000
_AT_ONCE = 200
_LONGEST_TEXT = 4_000
_MOST_SYLLABLES = 30_000
_VARIANTS = 12
_SMOOTHING = 2.0
"""How many sightings of its neighbour a syllable's own frequency is worth."""
_I_OR_Y = re.compile(r"(?<!\w)(?:[hklmst]|qu)[iyíìỉĩịýỳỷỹỵ](?!\w)")

Ints = NDArray[np.int64]


class Accents:
    """Accented syllables by their folded form, and the likeliest of them in a row."""

    def __init__(self, searcher: Searcher) -> None:
        self._known = dict(_syllables(searcher))
        self._number = {syllable: number for number, syllable in enumerate(self._known)}
        self._all = float(sum(self._known.values()) or 1)
        self._by_folded: dict[str, list[str]] = {}
        for syllable in self._known:
            self._by_folded.setdefault(fold(syllable), []).append(syllable)
        self._usual: dict[str, str] = {}
        self._pairs, self._times, self._single = self._learn(chain(_texts(searcher), QUESTIONS * _ASKED_TIMES))
        self._after = lru_cache(maxsize=1 << 15)(self._log_after)

    def knows(self, syllable: str) -> bool:
        return syllable in self._known

    def variants(self, folded: str) -> list[str]:
        """The syllables that look so without accents, most frequent first."""
        return self._by_folded.get(folded, [])[:_VARIANTS]

    def usual(self, syllable: str) -> str:
        """How a canonical syllable is mostly written: `kí` as `ký`."""
        return self._usual.get(syllable, syllable)

    def likeliest(self, choices: Sequence[Mapping[str, float]]) -> list[str]:
        """One of each (with what choosing it costs), so that neighbours fit best."""
        return best_path(choices, self._alone, self._after)

    def _alone(self, syllable: str) -> float:
        return log(self._known.get(syllable, 0.1) / self._all)

    def _log_after(self, before: str, syllable: str) -> float:
        first, second = self._number.get(before), self._number.get(syllable)
        own = self._known.get(syllable, 0.1) / self._all
        if first is None or second is None:
            return log(own)
        pair = first * _MOST_SYLLABLES + second
        place = int(np.searchsorted(self._pairs, pair))
        together = int(self._times[place]) if place < len(self._pairs) and self._pairs[place] == pair else 0
        return log((together + _SMOOTHING * own) / (int(self._single[first]) + _SMOOTHING))

    def _learn(self, texts: Iterable[str]) -> tuple[Ints, Ints, Ints]:
        spelled: Counter[str] = Counter()
        parts = []
        for text in texts:
            spelled.update(_I_OR_Y.findall(normal(text).lower()))
            parts.append(np.fromiter((self._number.get(token, -1) for token in tokens(text)), np.int64))
        for spelling, _ in reversed(spelled.most_common()):
            self._usual[tokens(spelling)[0]] = spelling
        numbers = [(part[:-1], part[1:]) for part in parts if len(part) > 1]
        first = np.concatenate([part for part, _ in numbers] or [np.empty(0, np.int64)])
        second = np.concatenate([part for _, part in numbers] or [np.empty(0, np.int64)])
        both = (first >= 0) & (second >= 0)
        pairs, times = np.unique(first[both] * _MOST_SYLLABLES + second[both], return_counts=True)
        single = np.bincount(first[first >= 0], minlength=len(self._known) + 1)
        return pairs, times, single


def best_path(
    choices: Sequence[Mapping[str, float]], alone: Callable[[str], float], after: Callable[[str, str], float]
) -> list[str]:
    """One of each of the choices (with what choosing it costs), the most probable row of them (Viterbi)."""
    columns: list[dict[str, tuple[float, str]]] = []
    for costs in choices:
        column = {}
        for word, cost in costs.items():
            if columns:
                score, before = max((score + after(before, word), before) for before, (score, _) in columns[-1].items())
            else:
                score, before = alone(word), ""
            column[word] = (score - cost, before)
        columns.append(column)
    word = max(columns[-1], key=lambda one: columns[-1][one][0])
    found = [word]
    for column in reversed(columns[1:]):
        word = column[word][1]
        found.append(word)
    return found[::-1]


def _syllables(searcher: Searcher) -> list[tuple[str, int]]:
    """Syllables, and other words of letters that stand often enough to be none by mistake, most frequent first."""
    often = 2 + searcher.units // 2000
    found = (
        (token, times)
        for token, times in searcher.terms(EXACT)
        if (is_syllable(token) and times * 10 >= often) or (times >= often and _is_other_word(token))
    )
    asked = Counter(token for question in QUESTIONS for token in tokens(question))
    return sorted((Counter(dict(found)) | asked).items(), key=lambda one: (-one[1], one[0]))[:_MOST_SYLLABLES]


def _is_other_word(token: str) -> bool:
    """An abbreviation or a foreign word; `cơquan` is two words without the space between them."""
    return token.isalpha() and len(token) <= 20 and token.replace("đ", "d").isascii()


def _texts(searcher: Searcher) -> Iterator[str]:
    """Titles, and the texts of the latest units."""
    for brief in islice(searcher.heads(), _MOST_TITLES):
        yield brief["title"]
    units = searcher.top(Plan(), _MOST_TEXTS)
    for start in range(0, len(units), _AT_ONCE):
        for text in searcher.texts([unit.ref for unit in units[start : start + _AT_ONCE]]):
            yield text[:_LONGEST_TEXT]
