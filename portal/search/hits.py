"""From ranked units to results: words marked, the best passage named, codes with their words."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import log
from typing import Any

from portal.search.analysis import fold, has_marks, tokens
from portal.search.engine import EXACT, FOLDED, Candidate, Plan, Searcher
from portal.search.highlight import Highlighter, Piece
from portal.search.query.asked import Asked
from portal.search.ranking import Ranked
from portal.search.results import Hit, PassageHit

PASSAGES = 3
"""Passages named with a result."""
Brief = Mapping[str, Any]
Names = Mapping[str, Mapping[str, str]]
"""Facet → value → words."""


class Marks:
    """What is marked in titles and texts: folded syllable → weight, and those meant with just these accents."""

    def __init__(self, asked: Asked, plan: Plan, searcher: Searcher) -> None:
        every = searcher.units + 1
        self.words: dict[str, float] = {}
        for term, weight in plan.scored:
            if term.field in (EXACT, FOLDED):
                rarity = log(1 + every / (searcher.frequency(term) + 0.5)) * weight
                folded = fold(term.text)
                self.words[folded] = max(rarity, self.words.get(folded, 0.0))
        exact = frozenset(term.text for term, _ in plan.scored if term.field == EXACT and has_marks(term.text))
        self._highlighter = Highlighter(self.words, exact)

    def all_in(self, title: str) -> bool:
        """Whether the title holds everything that is asked for."""
        return self.words.keys() <= set(map(fold, tokens(title)))

    def title(self, text: str) -> tuple[Piece, ...]:
        return tuple(self._highlighter.marked(text))

    def snippet(self, text: str) -> tuple[Piece, ...]:
        return tuple(self._highlighter.snippet(text))


def hits_of(page: Sequence[Ranked], searcher: Searcher, marks: Marks, names: Names) -> list[Hit]:
    """The results of a page; `names` are those of types and effects."""
    shown = [[ranked.best, *_passages(ranked)] for ranked in page]
    briefs = iter(searcher.briefs([candidate.ref for candidates in shown for candidate in candidates]))
    places = []
    for candidates in shown:
        units = [(candidate, next(briefs)) for candidate in candidates]
        places.append(units[1:] if _is_better_shown_in_a_passage(units, marks) else units)
    texts = searcher.texts([units[0][0].ref for units in places])
    return [
        _hit(ranked.score, units, marks.snippet(text), marks, names)
        for ranked, units, text in zip(page, places, texts, strict=True)
    ]


def _passages(ranked: Ranked) -> list[Candidate]:
    """The best passages beside the best place."""
    return [one for one in ranked.candidates if not one.head and one is not ranked.best][:PASSAGES]


def _is_better_shown_in_a_passage(units: Sequence[tuple[Candidate, Brief]], marks: Marks) -> bool:
    """Whether a document that was found as a whole, and not by its title, has passages that show why."""
    return len(units) > 1 and units[0][0].head and not marks.all_in(units[0][1]["title"])


def _hit(
    score: float, units: Sequence[tuple[Candidate, Brief]], cut: tuple[Piece, ...], marks: Marks, names: Names
) -> Hit:
    brief = units[0][1]
    best = None if brief["head"] else _passage(brief, units[0][0].score, marks, cut)
    room = PASSAGES - 1 if best else PASSAGES
    others = [_passage(other, one.score, marks) for one, other in units[1 : 1 + room]]
    passages = (best, *others) if best else tuple(others)
    return Hit(
        uid=brief["uid"],
        kind=brief["kind"],
        title=brief["title"],
        title_pieces=marks.title(brief["title"]),
        number=brief["number"],
        type=brief["type"],
        type_name=names["type"].get(brief["type"] or ""),
        issuer=brief["issuer"],
        issuer_name=brief["issuer_name"],
        issued_on=date.fromisoformat(brief["issued_on"]) if brief["issued_on"] else None,
        effect=brief["effect"],
        effect_name=names["effect"].get(brief["effect"] or ""),
        fields=tuple(brief["fields"]),
        path=brief["path"],
        url=best.path if best else brief["path"],
        source_id=brief["source_id"],
        passage=best,
        passages=passages,
        snippet_pieces=cut,
        score=round(score, 4),
        language=brief["language"],
    )


def _passage(brief: Brief, score: float, marks: Marks, cut: tuple[Piece, ...] = ()) -> PassageHit:
    title = brief["heading"] or brief["title"]
    return PassageHit(
        anchor=brief["anchor"],
        title=title,
        title_pieces=marks.title(title),
        path=f"{brief['path']}#{brief['anchor']}",
        source_id=brief["passage_source_id"],
        score=round(score, 4),
        snippet_pieces=cut,
    )
