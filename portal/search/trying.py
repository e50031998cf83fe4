"""What synonyms do to a question: how many documents hold all of its words, with them and without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from portal.search.engine import Damaged, Searcher
from portal.search.query import Synonyms, parse, plan_of
from portal.search.query.synonyms import NONE
from portal.search.results import Wanted
from portal.search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Tried:
    """`without`, `within`: documents found without and with the synonyms; `meant`: what of the question was taken as
    which other spellings."""

    query: str
    without: int
    within: int
    meant: tuple[tuple[str, tuple[str, ...]], ...] = ()


def searcher_of(request: Any) -> Searcher | None:
    """The index of this host as it is now; None while there is none."""
    live = request.registry.get("portal.search")
    searcher: Searcher | None = live.searcher() if live is not None else None
    return searcher


def tried(db: Session, searcher: Searcher, query: str, synonyms: Synonyms, besides: Synonyms = NONE) -> Tried | None:
    """Ask `query` with `synonyms`, and with `besides` instead. None when the index is damaged."""
    asked = parse(query, Vocabulary(db, searcher))
    try:
        without, within = (_total(searcher, asked, each) for each in (besides, synonyms))
    except Damaged:
        return None
    spans = (span for run in asked.runs for span in _spans(run, synonyms))
    return Tried(query, without, within, tuple(dict.fromkeys(spans)))


def tried_group(db: Session, searcher: Searcher, group: Sequence[str], others: Iterable[Sequence[str]]) -> list[Tried]:
    """Each spelling of a group asked for, with the group and without it; `others` are used both times."""
    held = [list(other) for other in others]
    with_group, without_group = Synonyms.of([*held, group]), Synonyms.of(held)
    found = (tried(db, searcher, term, with_group, without_group) for term in group)
    return [replace(one, query=term) for one, term in zip(found, group, strict=True) if one is not None]


def _total(searcher: Searcher, asked: Any, synonyms: Synonyms) -> int:
    plan = plan_of(asked, Wanted(), searcher, synonyms)
    return searcher.total(replace(plan, minimum=len(plan.concepts)))


def _spans(run: Sequence[str], synonyms: Synonyms) -> Iterable[tuple[str, tuple[str, ...]]]:
    for span in synonyms.spans(tuple(run)):
        yield " ".join(run[span.start : span.end]), tuple(" ".join(other) for other in span.others)
