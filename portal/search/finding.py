"""The answer to a question: best bets, a page of hits, facets and exact total, from the index or without one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from time import perf_counter
from typing import Protocol

from sqlalchemy.orm import Session

from portal import clock
from portal.search import faceting, maintaining, phrases
from portal.search.analysis import fold, has_marks
from portal.search.engine import EXACT, FOLDED, Candidate, Damaged, Plan, Searcher, Term
from portal.search.hits import Marks, hits_of
from portal.search.query import Asked, is_relaxed, parse, plan_of
from portal.search.ranking import Ranked, rank
from portal.search.results import BestBetHit, Results, Wanted
from portal.search.vocabulary import Vocabulary
from portal.search.weights import CANDIDATES
from portal.search.without_index import found_in_database

FEW = 2
"""Results up to which another spelling is suggested."""
DEEPEST = 10_000
"""The last result that can be asked for."""


class Speller(Protocol):
    def suggest(self, text: str) -> str | None: ...


class Live(Protocol):
    """The index of this host."""

    def searcher(self) -> Searcher | None:
        """A snapshot; None while there is no index."""
        ...

    def speller(self) -> Speller | None: ...

    def complain(self, error: Exception) -> None:
        """Its files could not be read."""
        ...


def find(live: Live | None, db: Session, wanted: Wanted, *, at: datetime, language: str = "vi") -> Results:
    """Answer `wanted` as of `at`, words of facets in `language`; never waits for the index.

    Without one (`live` or its searcher is None, or its files turn out to be damaged) numbers and titles are asked of
    the database, and `from_index` says so.
    """
    began = perf_counter()
    today = clock.today(at)
    searcher = live.searcher() if live is not None else None
    results = None
    if live is not None and searcher is not None:
        try:
            results = _from_index(live, searcher, db, wanted, today, language)
        except (Damaged, OSError) as error:
            live.complain(error)
    if results is None:
        results = found_in_database(db, wanted, language)
    bets = _best_bets(db, wanted, today)
    return replace(results, best_bets=bets, took_ms=round((perf_counter() - began) * 1000, 2))


def _from_index(live: Live, searcher: Searcher, db: Session, wanted: Wanted, today: date, language: str) -> Results:
    asked = parse(wanted.q, Vocabulary(db, searcher))
    plan = plan_of(asked, wanted, searcher, maintaining.synonyms(db) if asked.runs else maintaining.NONE)
    read = phrases.read(asked, plan, searcher)
    ordered = _ordered(asked, plan, searcher, wanted, read, today)
    start = (wanted.page - 1) * wanted.size
    marks = Marks(asked, plan, searcher)
    if read.kept is None:
        total = searcher.total(plan)
        counts = faceting.counts(searcher, plan, asked, wanted)
    else:
        total = sum(faceting.is_within(brief, plan) for brief in read.briefs)
        counts = faceting.counts_of(read.briefs, plan, asked, wanted)
    facets = faceting.facets(db, counts, wanted, language)
    names = {facet: {value.value: value.label for value in facets.get(facet, ())} for facet in ("type", "effect")}
    hits = hits_of(ordered[start : start + wanted.size], searcher, marks, names)
    return Results(
        wanted=wanted,
        total=total,
        relaxed=is_relaxed(plan),
        took_ms=0.0,
        hits=tuple(hits),
        facets=facets,
        did_you_mean=_suggestion(live, asked, searcher, few=total <= FEW or is_relaxed(plan)),
        shortened=asked.shortened,
        unknown=asked.unknown,
    )


def _ordered(
    asked: Asked, plan: Plan, searcher: Searcher, wanted: Wanted, read: phrases.Read, today: date
) -> list[Ranked]:
    """The results from the first to the last of the page that is asked for."""
    needed = wanted.page * wanted.size
    grouped = wanted.group == "document"
    if wanted.sort == "date" or (grouped and not plan.scored):
        found = searcher.by_date(plan, CANDIDATES if read.kept is not None else needed)
        return [Ranked(0.0, one, (one,)) for one in found if read.keeps(one.group)]
    limit = CANDIDATES
    without = _documents(plan, searcher) if plan.excluded else None
    while True:
        candidates = searcher.top(plan, limit)
        complete = len(candidates) < limit
        ordered = _ranked(asked, candidates, searcher, grouped, today, within=without)
        ordered = [one for one in ordered if read.keeps(one.best.group)]
        if complete or len(ordered) >= needed:
            return sorted(ordered, key=lambda one: one.best.group not in read.first) if read.first else ordered
        limit *= 4


def _documents(plan: Plan, searcher: Searcher) -> frozenset[int]:
    """The documents that match as a whole: a passage may be without the excluded word that its document has."""
    return frozenset(one.group for one in searcher.by_date(plan, searcher.total(plan)))


def _ranked(
    asked: Asked,
    candidates: Sequence[Candidate],
    searcher: Searcher,
    grouped: bool,
    today: date,
    *,
    within: frozenset[int] | None,
) -> list[Ranked]:
    """The first ones ranked, always the same ones, so that pages never overlap; the others as the engine found them.

    `within`: the only documents that count.
    """
    first, rest = candidates[:CANDIDATES], candidates[CANDIDATES:]
    if within is not None:
        first, rest = ([one for one in some if one.group in within] for some in (first, rest))
    ranked = rank(asked, first, searcher, today=today, group=grouped)
    if not grouped:
        return ranked + [Ranked(one.score, one, (one,)) for one in rest]
    shown = {one.best.group for one in ranked}
    later: dict[int, list[Candidate]] = {}
    for one in rest:
        if one.group not in shown:
            later.setdefault(one.group, []).append(one)
    return ranked + [Ranked(units[0].score, units[0], tuple(units)) for units in later.values()]


def _suggestion(live: Live, asked: Asked, searcher: Searcher, *, few: bool) -> str | None:
    """Another spelling of the words, when `few` documents have them all or one of them stands nowhere."""
    if not asked.runs or not asked.plain or asked.shortened:
        return None
    if not few and all(_is_known(word, searcher) for word in dict.fromkeys(asked.words)):
        return None
    speller = live.speller()
    return speller.suggest(asked.text) if speller is not None else None


def _is_known(word: str, searcher: Searcher) -> bool:
    return bool(searcher.frequency(Term(EXACT, word) if has_marks(word) else Term(FOLDED, fold(word))))


def _best_bets(db: Session, wanted: Wanted, today: date) -> tuple[BestBetHit, ...]:
    if wanted.page > 1 or not wanted.q.strip():
        return ()
    return tuple(BestBetHit(bet.title, bet.url, bet.text) for bet in maintaining.best_bets(db, wanted.q, today))
