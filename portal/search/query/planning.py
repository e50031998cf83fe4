"""From what is asked to the plan of the engine: what ranks, what must hold, and how much of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import ceil

from portal.search.analysis import fold, has_marks, pairs
from portal.search.engine import EXACT, FOLDED, NUMBER, PAIRS, Alternative, Concept, Plan, Searcher, Term
from portal.search.query.asked import Asked, Words
from portal.search.query.numbers import Numbers, demanded, numbers_of
from portal.search.query.synonyms import NONE, Synonyms
from portal.search.results import Wanted
from portal.search.weights import NUMBER as NUMBER_WEIGHT
from portal.search.weights import PAIRS as PAIRS_WEIGHT
from portal.search.weights import SYNONYM as SYNONYM_WEIGHT
from portal.search.weights import WORD as WORD_WEIGHT

SHORT = 6
"""Distinct syllables up to which all of them are demanded first."""
ENOUGH = 20
"""Documents with every word that make it unnecessary to show others."""
SHARE = 0.4
"""Of the syllables of a long question, how many a result has (measured: more loses right answers)."""
NOTHING = "-"
"""A value that no document has."""


def plan_of(asked: Asked, wanted: Wanted, searcher: Searcher, synonyms: Synonyms = NONE) -> Plan:
    """The plan for this question and the limits beside it.

    `minimum` is decided here: all words of a short question when `ENOUGH` documents hold them (whatever the limits),
    else the share; see `is_relaxed`.
    """
    numbers = numbers_of(asked.words, searcher)
    concepts = _Concepts(asked, searcher, synonyms, numbers)
    required: list[Concept] = [(_standing(phrase, searcher),) for phrase in asked.phrases]
    required += [demanded(number, searcher) for number in asked.numbers]
    free = tuple(concepts.free())
    if numbers.concept:
        if len(free) <= SHORT:
            required.append(numbers.concept)
        else:  # who bears the number need not say any of the many other words
            free = tuple((*concept, *numbers.concept) for concept in free)
    plan = Plan(
        scored=tuple(concepts.scored.items()),
        concepts=free,
        minimum=len(free),
        required=tuple(required),
        excluded=tuple((_standing(words, searcher),) for words in asked.excluded),
    )
    named = bool(numbers.concept) and len(free) <= SHORT
    return limits_of(_with_minimum(plan, searcher, named=named), asked, wanted)


def is_relaxed(plan: Plan) -> bool:
    """Whether a short question shows documents that lack some of its words."""
    return len(plan.concepts) <= SHORT and plan.minimum < len(plan.concepts)


def syllable(word: str, searcher: Searcher) -> Term:
    """The term of one syllable: with its accents when it was typed with them and stands so anywhere (C-3)."""
    if has_marks(word):
        exact = Term(EXACT, word)
        if searcher.frequency(exact):
            return exact
    return Term(FOLDED, fold(word))


class _Concepts:
    """The distinct syllables with what may stand for each, and the terms that rank."""

    def __init__(self, asked: Asked, searcher: Searcher, synonyms: Synonyms, numbers: Numbers) -> None:
        self.scored: dict[Term, float] = {}
        self._searcher = searcher
        self._numbers = numbers
        self._terms = {word: syllable(word, searcher) for word in dict.fromkeys(asked.words)}
        self._alternatives: dict[str, dict[Alternative, None]] = {word: {} for word in self._terms}
        self._phrases = set(asked.phrases)
        self._asked = asked
        for term in self._terms.values():
            self._score(term, WORD_WEIGHT)
        for run in asked.runs:
            for pair in pairs([fold(word) for word in run]):
                self._score(Term(PAIRS, pair), PAIRS_WEIGHT)
        for term, weight in numbers.scored:
            self._score(term, weight * NUMBER_WEIGHT)
        for run in asked.runs:
            self._add_synonyms(run, synonyms)

    def free(self) -> Iterator[Concept]:
        """A concept for each syllable that is neither in a phrase nor spoken for by a number."""
        place, wanted = 0, dict[str, None]()
        for run in self._asked.runs:
            for word in run:
                if run not in self._phrases and place not in self._numbers.covered:
                    wanted[word] = None
                place += 1
        seen: set[Concept] = set()
        for word in wanted:
            concept = ((self._terms[word],), *self._number(word), *self._alternatives[word])
            if concept not in seen:
                seen.add(concept)
                yield concept

    def _number(self, word: str) -> Iterator[Alternative]:
        """A word may be part of the document's own number: without leading zeros, or letters joined."""
        folded = fold(word)
        own = Term(NUMBER, (folded.lstrip("0") or "0") if folded.isdigit() else folded)
        if self._searcher.frequency(own):
            yield (own,)

    def _add_synonyms(self, run: Words, synonyms: Synonyms) -> None:
        for start, end, others in synonyms.spans(run):
            for other in others:
                alternative = _standing(other, self._searcher)
                for word in run[start:end]:
                    self._alternatives[word][alternative] = None
                for term in alternative:
                    self._score(term, SYNONYM_WEIGHT)

    def _score(self, term: Term, weight: float) -> None:
        self.scored[term] = max(weight, self.scored.get(term, 0.0))


def _standing(words: Words, searcher: Searcher) -> Alternative:
    """These words stand together: neighbour pairs, and the accents that were typed; of one word itself."""
    if len(words) == 1:
        return (syllable(words[0], searcher),)
    exact = (Term(EXACT, word) for word in words if has_marks(word))
    joined = (Term(PAIRS, pair) for pair in pairs([fold(word) for word in words]))
    return tuple(dict.fromkeys((*joined, *exact)))


def _with_minimum(plan: Plan, searcher: Searcher, *, named: bool) -> Plan:
    """`named`: the question bears a document's number, which is demanded; the words around it may say anything."""
    asked = len(plan.concepts)
    least = 0 if named else max(ceil(SHARE * asked), min(asked, 2))
    if least < asked and (asked > SHORT or searcher.total(plan) < ENOUGH):
        return replace(plan, minimum=least)
    return plan


def limits_of(plan: Plan, asked: Asked, wanted: Wanted) -> Plan:
    """The plan with the limits of the question and those beside it; where they exclude each other nothing matches."""
    limits = dict(asked.limits)
    for facet, values in wanted.limits.items():
        both = values & limits[facet] if facet in limits else values
        limits[facet] = both or frozenset({NOTHING})
    return replace(plan, limits=limits, days=_days(wanted))


def _days(wanted: Wanted) -> tuple[int, int] | None:
    if wanted.first is None and wanted.last is None:
        return None
    first = wanted.first.toordinal() if wanted.first else 1
    return first, wanted.last.toordinal() if wanted.last else date.max.toordinal()
