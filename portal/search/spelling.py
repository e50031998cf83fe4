"""Did you mean: a question with its slips of the keyboard put right and its accents restored, as an offer only.

Which syllables stand side by side is asked of the index (folded pairs); the accents come from `accents`.
"""

import re
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log

from portal.search.accents import QUESTIONS, Accents, best_path
from portal.search.analysis import Span, fold, has_marks, pairs, spans, tokens
from portal.search.engine import FOLDED, PAIRS, Searcher, Term

_LONGEST = 40
"""Syllables of the longest question that is looked at."""
_LONGEST_TEXT = 1_000
_RARE = 2
"""Units in which a pair stands at most to be suspicious."""
_SLIP, _SLIP_INTO_WORD = 5.0, 8.0
"""How unlikely a slip is, as a negative logarithm: one that leaves no known word, and one that leaves another word."""
_OTHER_ACCENTS = 9.0
"""How unlikely it is that somebody who types accents types a wrong one that makes another word."""
_SMOOTHING = 20.0
_CANDIDATES = 10
_WITH_DIGIT = re.compile(r"[^\s\d]*\d\S*")
_VOWEL = re.compile("[aeiouy]")
_LETTERS = "abcdeghiklmnopqrstuvxyfjwz"


_OF_QUESTIONS = {
    term: 50
    for question in QUESTIONS
    for folded in [[fold(word) for word in tokens(question)]]
    for term in (*folded, *pairs(folded))
}


class Speller:
    """Suggestions from the words of one snapshot; also of use for later ones. Made at once, learned when first asked.

    `background`: learn in a thread of its own; until then nothing is suggested.
    """

    def __init__(self, searcher: Searcher, *, background: bool = False) -> None:
        self._searcher = searcher
        self._background = background
        self._begun = False
        self._accents: Accents | None = None
        self._learning = threading.Lock()
        self._frequency = lru_cache(maxsize=1 << 14)(self._ask)

    @property
    def has_learned(self) -> bool:
        """Whether it suggests anything yet."""
        return self._accents is not None

    def learn(self) -> None:
        """Read the words of the index; some seconds for a large one."""
        with self._learning:
            if self._accents is None:
                self._accents = Accents(self._searcher)

    def follow(self, searcher: Searcher) -> None:
        """Ask a later snapshot how frequent words are; the accents that were learned stay."""
        self._searcher = searcher
        self._frequency.cache_clear()

    def suggest(self, text: str) -> str | None:
        """The likelier question, with the typed signs, capitals and right words kept; None when it is fine as typed."""
        if self._accents is None:
            self._begin()
        accents = self._accents
        words = list(spans(text)) if len(text) <= _LONGEST_TEXT else []
        if accents is None or not 0 < len(words) <= _LONGEST:
            return None
        fixed = _fixed(text, words)
        folded = self._corrected(words, fixed, accents)
        marked = any(has_marks(word.exact) and accents.knows(word.exact) for word in words)
        choices = [
            {word.exact: 0.0} if word.start in fixed else _choices(word, right, accents, marked=marked)
            for word, right in zip(words, folded, strict=True)
        ]
        return _rewritten(text, words, accents.likeliest(choices), accents)

    def _begin(self) -> None:
        if not self._background:
            self.learn()
        elif not self._begun:
            self._begun = True
            threading.Thread(target=self.learn, name="portal-search-speller", daemon=True).start()

    def _corrected(self, words: Sequence[Span], fixed: Collection[int], accents: Accents) -> list[str]:
        """Folded syllables, those that fit nowhere exchanged for one a keystroke away that does."""
        typed = [word.folded for word in words]
        together = [self._frequency(PAIRS, f"{first}_{second}") for first, second in pairwise(typed)]
        choices: list[Mapping[str, float]] = []
        for place, word in enumerate(typed):
            beside = together[max(0, place - 1) : place + 1]
            if words[place].start in fixed or self._fits(word, beside):
                choices.append({word: 0.0})
                continue
            before = typed[place - 1] if place else ""
            behind = typed[place + 1] if place + 1 < len(typed) else ""
            others = self._others(word, before, behind, accents)
            cost = _SLIP_INTO_WORD if self._is_word(words[place], accents) else _SLIP
            choices.append({word: 0.0, **dict.fromkeys(others, cost)})
        if all(len(one) == 1 for one in choices):
            return typed
        return best_path(choices, self._alone, self._after)

    def _is_word(self, word: Span, accents: Accents) -> bool:
        if has_marks(word.exact):
            return accents.knows(word.exact)
        return self._frequency(FOLDED, word.folded) > _RARE

    def _fits(self, word: str, beside: Sequence[int]) -> bool:
        if len(word) < 2:
            return True
        if beside:
            return max(beside) > _RARE
        return self._frequency(FOLDED, word) > _RARE

    def _others(self, word: str, before: str, behind: str, accents: Accents) -> list[str]:
        """Known syllables one keystroke away, those that stand beside the neighbours first."""
        known = {other for other in _one_off(word) if accents.variants(other)}

        def fit(other: str) -> tuple[int, int]:
            left = self._frequency(PAIRS, f"{before}_{other}") if before else 0
            right = self._frequency(PAIRS, f"{other}_{behind}") if behind else 0
            return left + right, self._frequency(FOLDED, other)

        return sorted(known, key=fit, reverse=True)[:_CANDIDATES]

    def _alone(self, word: str) -> float:
        return log((self._frequency(FOLDED, word) + 0.1) / (self._searcher.units + 1))

    def _after(self, before: str, word: str) -> float:
        own = (self._frequency(FOLDED, word) + 0.1) / (self._searcher.units + 1)
        together = self._frequency(PAIRS, f"{before}_{word}")
        return log((together + _SMOOTHING * own) / (self._frequency(FOLDED, before) + _SMOOTHING))

    def _ask(self, field: str, text: str) -> int:
        return max(self._searcher.frequency(Term(field, text)), _OF_QUESTIONS.get(text, 0))


def _fixed(text: str, words: Sequence[Span]) -> set[int]:
    """Where words start that are never touched: parts of numbers (`82/2019/NĐ-CP`), abbreviations without a vowel."""
    in_numbers = {place for found in _WITH_DIGIT.finditer(text) for place in range(found.start(), found.end())}
    return {word.start for word in words if word.start in in_numbers or not _VOWEL.search(word.folded)}


def _choices(word: Span, folded: str, accents: Accents, *, marked: bool) -> Mapping[str, float]:
    """What may stand in the place of a word, and its cost: other accents than typed must fit far better."""
    variants = dict.fromkeys(accents.variants(folded), 0.0)
    if folded == word.folded and marked and accents.knows(word.exact):
        return {**dict.fromkeys(variants, _OTHER_ACCENTS), word.exact: 0.0}
    return variants or {word.exact: 0.0}


def _rewritten(text: str, words: Sequence[Span], chosen: Sequence[str], accents: Accents) -> str | None:
    parts, at = [], 0
    for word, better in zip(words, chosen, strict=True):
        if better != word.exact:
            parts += [text[at : word.start], _in_case_of(text[word.start : word.end], accents.usual(better))]
            at = word.end
    return "".join([*parts, text[at:]]) if parts else None


def _in_case_of(typed: str, word: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word


def _one_off(word: str) -> Iterator[str]:
    """Every word one insertion, omission, exchange or swap of letters away."""
    for place in range(len(word) + 1):
        left, right = word[:place], word[place:]
        for letter in _LETTERS:
            yield f"{left}{letter}{right}"
            if right and letter != right[0]:
                yield f"{left}{letter}{right[1:]}"
        if right:
            yield left + right[1:]
        if len(right) > 1 and right[0] != right[1]:
            yield left + right[1] + right[0] + right[2:]
