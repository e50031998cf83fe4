"""Questions asked of a scratch index as a visitor asks them."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from portal.db import Base, engine_for
from portal.search.engine import Searcher
from portal.search.engines import engine_named
from portal.search.finding import find
from portal.search.judging.sets import Question
from portal.search.results import Results, Wanted

DEPTH = 100
"""Answers that are looked at."""
PAGE = 10
"""Results of a page whose time is measured."""
MEMORY = 256 * 1024 * 1024


class Asking:
    """An index that answers like that of a host, with an empty database beside it."""

    def __init__(self, searcher: Searcher, db: Session, group: Literal["document", "passage"]) -> None:
        self._searcher, self._db, self._group = searcher, db, group

    def searcher(self) -> Searcher:
        return self._searcher

    def speller(self) -> None:
        return None

    def complain(self, error: Exception) -> None:
        raise error

    def ask(self, text: str, size: int) -> Results:
        """The first page of results, as the API gives it: with total, facets and marked snippets."""
        return find(self, self._db, Wanted(q=text, size=size, group=self._group), at=datetime.now(UTC))

    def answers(self, question: Question, depth: int = DEPTH) -> list[str]:
        """The first rows of the corpus, best first."""
        hits = self.ask(question.text, depth).hits
        if self._group == "document":
            return [hit.source_id or "" for hit in hits]
        return [(hit.passage.source_id if hit.passage else hit.source_id) or "" for hit in hits]


@contextmanager
def asked(engine: str, folder: Path, group: Literal["document", "passage"], memory: int = MEMORY) -> Iterator[Asking]:
    """The index in `folder`, open for questions; ranked by documents or by passages."""
    database = engine_for("sqlite://")
    Base.metadata.create_all(database)
    index = engine_named(engine).open(folder, memory=memory)
    try:
        with Session(database) as db:
            yield Asking(index.searcher(), db, group)
    finally:
        index.close()
        database.dispose()


def timed(asking: Asking, questions: Sequence[Question], advance: Callable[[int], None]) -> list[float]:
    """Milliseconds of each question: a page of results with total, facets and snippets; the first few asked twice."""
    for question in questions[:20]:
        asking.ask(question.text, PAGE)
    times = []
    for question in questions:
        started = time.perf_counter()
        asking.ask(question.text, PAGE)
        times.append((time.perf_counter() - started) * 1000)
        advance(1)
    return times
