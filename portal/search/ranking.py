"""The order of results: what an engine found by words, ranked by what else is known of it.

A document with several good passages comes before one with a single one, a heading that says nothing but what was
asked before one that says more, and the title that was typed first; of documents with the same title those in force,
then the newest. Documents whose own number was typed come before all that only mention it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import sqrt
from typing import Any, NamedTuple

from portal.search.analysis import asked_numbers, fold, number_terms, pairs, tokens
from portal.search.analysis.words import FOLDED
from portal.search.engine import Candidate, Searcher
from portal.search.query.asked import MOST_WORDS, Asked
from portal.search.weights import CHANGES, HEADING, NUMBER_WORDS, SHARE, TITLE_COVERED, TITLE_RANKED, TITLE_WORDS

NO_LONGER = frozenset({"het", "ngung", "khong-phu-hop"})
"""Values of the facet `effect` of documents that do not hold: expired, suspended, obsolete."""

CHANGING = frozenset({"sua_doi", "bai_bo", "dinh_chinh"})
"""Pairs in titles of documents that change others, and repeat their titles."""
DATE_WORDS = frozenset({"ngay", "thang", "quy", "nam"})
"""Folded words beside which `11/2026` is a date."""

Brief = Mapping[str, Any]
Pairs = frozenset[str]


class Ranked(NamedTuple):
    """A result: a document, or a unit by itself when results are not grouped."""

    score: float
    best: Candidate
    """The unit to show: a passage, or the head."""
    candidates: tuple[Candidate, ...]
    """All of its units among the candidates, best first."""


def rank(
    asked: Asked, candidates: Sequence[Candidate], searcher: Searcher, *, today: date, group: bool
) -> list[Ranked]:
    """Candidates of `searcher` in the order in which they are shown.

    With `group` each document once. Without, each unit by itself, but no head whose passages are there.
    """
    scores = _with_share(candidates)
    order = sorted(range(len(candidates)), key=lambda place: -scores[place])
    if asked.words:
        first, rest = order[:TITLE_RANKED], order[TITLE_RANKED:]
        briefs = dict(zip(first, searcher.briefs([candidates[place].ref for place in first]), strict=True))
        titles = {place: _title_words(brief) for place, brief in briefs.items()}
        order = _by_title(asked, candidates, scores, briefs, titles, today)
        if group:
            named = _named(asked.words, briefs)
            typed = _typed(asked.words, candidates, titles, briefs)
            order.sort(key=lambda place: (place not in typed, place not in named))
        order += rest
    if not group:
        in_parts = {candidate.group for candidate in candidates if not candidate.head}
        shown = (place for place in order if not (candidates[place].head and candidates[place].group in in_parts))
        return [Ranked(scores[place], candidates[place], (candidates[place],)) for place in shown]
    grouped: dict[int, list[int]] = {}
    for place in order:
        grouped.setdefault(candidates[place].group, []).append(place)
    return [
        Ranked(scores[places[0]], candidates[places[0]], tuple([candidates[place] for place in places]))
        for places in grouped.values()
    ]


def _with_share(candidates: Sequence[Candidate]) -> list[float]:
    """Scores with what the other candidates of the same document add."""
    squares: dict[int, float] = {}
    for candidate in candidates:
        squares[candidate.group] = squares.get(candidate.group, 0.0) + candidate.score**2
    added = {group: SHARE * sqrt(square) for group, square in squares.items()}
    return [candidate.score + added[candidate.group] for candidate in candidates]


def _typed(
    words: Sequence[str], candidates: Sequence[Candidate], titles: Mapping[int, list[str]], briefs: Mapping[int, Brief]
) -> frozenset[int]:
    """The places of heads whose whole title is the question, perhaps with its type before it (`luật cư trú`); of one
    word only it says too little. Of a long title as much counts as is read of a question."""
    if len(words) < 2:
        return frozenset()
    folded = list(map(fold, words))

    def said(place: int, title: list[str]) -> bool:
        kind = (briefs[place]["type"] or "").split("-")
        return folded in (title[:MOST_WORDS], [*kind, *title][:MOST_WORDS])

    return frozenset(place for place, title in titles.items() if candidates[place].head and said(place, title))


def _named(words: Sequence[str], briefs: Mapping[int, Brief]) -> frozenset[int]:
    """The places of those whose own number stands in the question, as exactly as any of them does."""
    asked = _numbers(words)
    exactness = {}
    for place, brief in briefs.items() if asked else ():
        own = asked.intersection(number_terms(brief["number"])) if brief["number"] else ()
        if own:
            exactness[place] = max((term.count("/"), len(term)) for term in own)
    most = max(exactness.values(), default=None)
    return frozenset(place for place, exact in exactness.items() if exact == most)


def _numbers(words: Sequence[str]) -> frozenset[str]:
    """Numbers with letters; a number and a year alone only in a short question that does not speak of a month."""
    whole = {term for terms in asked_numbers(" ".join(words))[:1] for term, _weight in terms if "/" in term}
    if len(words) <= NUMBER_WORDS and not DATE_WORDS.intersection(map(fold, words)):
        return frozenset(whole)
    return frozenset(term for term in whole if any(map(str.isalpha, term)))


def _by_title(
    asked: Asked,
    candidates: Sequence[Candidate],
    scores: list[float],
    briefs: Mapping[int, Brief],
    words: Mapping[int, list[str]],
    today: date,
) -> list[int]:
    """Raise, in place, the scores of these by their titles; their new order."""
    wanted, top = _pairs(list(map(fold, asked.words))), max((scores[place] for place in briefs), default=0.0)
    short = len(asked.words) <= TITLE_WORDS
    same: dict[Pairs, float] = {}
    ties: dict[int, tuple[bool, int]] = {}
    titles: dict[int, Pairs] = {}
    for place, brief in briefs.items():
        title = titles[place] = _pairs(words[place])
        both = len(wanted & title)
        if short and candidates[place].head:
            scores[place] *= _title_factor(both, len(wanted), len(title))
            if title & CHANGING - wanted:
                scores[place] *= CHANGES
        if title:
            scores[place] += HEADING * top * both / len(title)
        if short and candidates[place].head and both >= TITLE_COVERED * len(wanted):
            same[title] = max(scores[place], same.get(title, 0.0))
            ties[place] = (brief["effect"] in NO_LONGER, -_day(brief, today))
    for place in ties:
        scores[place] = same[titles[place]]
    return sorted(briefs, key=lambda place: (-scores[place], ties.get(place, (False, 0))))


def _title_factor(both: int, wanted: int, title: int) -> float:
    covered = both / wanted
    if covered < TITLE_COVERED:
        return 1.0
    return 1 + 0.3 * (covered - TITLE_COVERED) / (1 - TITLE_COVERED) + covered * min(1.0, wanted / title)


def _title_words(brief: Brief) -> list[str]:
    """Folded words of the title, of a passage's heading without `Điều 32.`."""
    words = list(map(FOLDED.__getitem__, tokens(brief["heading"] or brief["title"])))
    return words[2:] if brief["heading"] and words[:1] == ["dieu"] else words


def _pairs(folded: list[str]) -> Pairs:
    """Neighbour pairs of the folded words; of one word itself."""
    return frozenset(pairs(folded) if len(folded) > 1 else folded)


def _day(brief: Brief, today: date) -> int:
    """Day of issue; a date still to come is a slip of the pen and counts for nothing."""
    issued = date.fromisoformat(brief["issued_on"]) if brief["issued_on"] else date.min
    return issued.toordinal() if issued <= today else 0
