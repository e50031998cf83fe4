"""Numbers of documents in a question: `249/TB-VPCP`, `82 2019 nd cp`, in any spelling the same (C-6)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portal.search.analysis import asked_numbers, fold, number_terms, pairs, tokens
from portal.search.engine import NUMBER, PAIRS, Alternative, Concept, Plan, Searcher, Term
from portal.search.query.asked import Words

_LETTERS = re.compile("[a-z]")
_PREFIXES = ("so", "no")
_MOST = 4


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a question means by its numbers, as far as the index has such."""

    scored: tuple[tuple[Term, float], ...] = ()
    concept: Concept = ()
    """A document whose own number it is, or a unit that mentions it; empty when no whole number was asked for."""
    covered: frozenset[int] = frozenset()
    """Places of the words that are spoken for by the concept, and of "số" before a number."""


def numbers_of(words: Words, searcher: Searcher) -> Numbers:
    """The numbers among these words that are own numbers of documents."""
    folded = [fold(word) for word in words]
    if not any(character.isdigit() for word in folded for character in word) and len(folded) > 4:
        return Numbers()
    existing: list[tuple[str, float]] = []
    for candidates in asked_numbers(" ".join(_without_prefixes(words, folded))):
        existing = [(term, weight) for term, weight in candidates if searcher.frequency(Term(NUMBER, term))]
        if existing:
            break
    chosen = list(_most_telling([term for term, _weight in existing], folded))[:_MOST]
    years = {term.split("/")[1] for term in chosen if term.count("/") == 2}
    scored = tuple((Term(NUMBER, term), weight) for term, weight in existing if term.split("/")[0] not in years)
    alternatives: list[Alternative] = []
    covered = {place for place in range(len(folded)) if _is_prefix(folded, place)}
    for term in chosen:
        if term.split("/")[0] in years:
            continue
        alternatives += number_alternatives(term, searcher)
        covered |= set(_places(term, folded))
    return Numbers(scored, tuple(dict.fromkeys(alternatives)), frozenset(covered))


def demanded(number: str, searcher: Searcher) -> Concept:
    """What `so:…` demands: documents with this own number, or with a number of these parts."""
    for candidates in asked_numbers(number)[:1]:
        found = [term for term, _weight in candidates if searcher.frequency(Term(NUMBER, term))]
        whole = list(_most_telling(found, [fold(word) for word in tokens(number)]))
        if whole:
            return tuple((Term(NUMBER, term),) for term in whole[:_MOST])
    parts = [part.lstrip("0") or "0" if part.isdigit() else part for part in map(fold, tokens(number))]
    return (tuple(Term(NUMBER, part) for part in dict.fromkeys(parts)),)


def number_alternatives(term: str, searcher: Searcher) -> Iterator[Alternative]:
    """A document of that number, and a unit that mentions it in its official spelling, whatever was typed."""
    own = Term(NUMBER, term)
    yield (own,)
    best = searcher.top(Plan(required=(((own,),),)), 1)
    if not best:
        return
    number = searcher.briefs([best[0].ref])[0].get("number") or ""
    if term in number_terms(number):
        mention = pairs([fold(token) for token in tokens(number)])
        if mention:
            yield tuple(Term(PAIRS, pair) for pair in dict.fromkeys(mention))


def _most_telling(terms: Sequence[str], folded: Sequence[str]) -> Iterator[str]:
    """For each number the existing term that says most of it: with letters, or number and year as neighbours."""
    best: dict[str, str] = {}
    for term in terms:
        number, slash, rest = term.partition("/")
        if "." in term:
            yield term
        elif slash and (_LETTERS.search(rest) or _neighbours(number, rest, folded)):
            held = best.get(number)
            if held is None or _telling(term) > _telling(held):
                best[number] = term
    yield from best.values()


def _telling(term: str) -> tuple[int, bool, int]:
    return term.count("/"), bool(_LETTERS.search(term)), len(term)


def _neighbours(number: str, year: str, folded: Sequence[str]) -> bool:
    return any(first.lstrip("0") == number and second == year for first, second in pairwise(folded))


def _without_prefixes(words: Words, folded: Sequence[str]) -> Iterator[str]:
    """Without the word "số" before a number."""
    for place, word in enumerate(words):
        if not _is_prefix(folded, place):
            yield word


def _is_prefix(folded: Sequence[str], place: int) -> bool:
    """Whether it is the word "số" before a number: whoever leaves it out asks the same."""
    return folded[place] in _PREFIXES and place + 1 < len(folded) and folded[place + 1][0].isdigit()


def _places(term: str, folded: Sequence[str]) -> Iterator[int]:
    """Where the parts of the term stand."""
    number, *rest = re.split("[/.]", term)
    for place, word in enumerate(folded):
        if (word.lstrip("0") or "0") == number:
            yield place
    for part in rest:
        yield from _run(part, folded)


def _run(part: str, folded: Sequence[str]) -> Iterator[int]:
    """The neighbours that are this part when joined: `nd`, `cp` of `ndcp`."""
    for start in range(len(folded)):
        joined = ""
        for end in range(start, min(len(folded), start + 6)):
            joined += folded[end]
            if joined == part:
                yield from range(start, end + 1)
            if not part.startswith(joined):
                break
