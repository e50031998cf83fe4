"""One state of the index: tantivy's searcher with the columns that belong to it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import tantivy

from portal.search.engine import Damaged, Term
from portal.search.engines.tantivy.bits import Slots, count, has
from portal.search.engines.tantivy.columns import Columns
from portal.search.engines.tantivy.records import Records
from portal.search.engines.tantivy.schema import SLOT, given, kept

Scores = npt.NDArray[np.float64]
_TERMS = 50_000
"""Of so many the frequency is kept."""
Query, Occur = tantivy.Query, tantivy.Occur


@contextmanager
def reading() -> Iterator[None]:
    """Turns what tantivy raises on files that it cannot read, its panics too, into `Damaged`."""
    try:
        yield
    except ValueError as error:
        raise Damaged(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Damaged(str(error)) from error


@dataclass(frozen=True)
class Snapshot:
    """`serial` grows from one to the next."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    columns: Columns
    serial: int
    _frequencies: dict[Term, int] = field(default_factory=dict, repr=False, compare=False)

    def term(self, term: Term) -> tantivy.Query:
        return Query.term_query(self.schema, term.field, kept(term.text), "freq")

    def slots(self, query: tantivy.Query, at_most: int) -> Slots:
        """Of all that match, ascending."""
        return _slots(self.searcher, query, at_most)

    def frequency(self, term: Term) -> int:
        """Of units, dead ones too that are not merged away."""
        found = self._frequencies.get(term)
        if found is None:
            with reading():
                found = int(self.searcher.doc_freq(term.field, kept(term.text)))
            if len(self._frequencies) >= _TERMS:
                self._frequencies.clear()
            self._frequencies[term] = found
        return found

    def terms(self, field: str) -> list[tuple[str, int]]:
        """Every term with its frequency, the most frequent first."""
        with reading():
            return [(given(term), times) for term, times in self.searcher.terms_with_prefix(field, "")]

    def holding(self, term: Term, start: int = 0) -> Slots:
        """Slots of the units in which a term stands, from a slot on, ascending."""
        times = self.frequency(term)
        if not times:
            return np.zeros(0, dtype=np.int64)
        query = self.term(term)
        if start:
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, _from(self.schema, start))])
            times = min(times, max(0, self.columns.taken - start))
        return self.slots(query, times)

    def best(self, query: tantivy.Query, limit: int) -> tuple[Slots, Scores]:
        """Slots and scores, best first. Scores are rounded: the order in which tantivy adds is not always the same."""
        with reading():
            hits = self.searcher.search(query, limit, count=False).hits
            slots = self.searcher.fast_field_values(SLOT, [address for _, address in hits])
        scores = np.array([score for score, _ in hits], dtype=np.float64)
        return np.array(slots, dtype=np.int64), _rounded(scores)


def _rounded(scores: Scores) -> Scores:
    """To eighteen bits: what is equal by the formula is equal."""
    part, power = np.frexp(scores)
    rounded: Scores = np.ldexp(np.rint(np.ldexp(part, 18)), power - 18)
    return rounded


def _slots(searcher: tantivy.Searcher, query: tantivy.Query, at_most: int) -> Slots:
    if at_most <= 0:
        return np.zeros(0, dtype=np.int64)
    with reading():
        hits = searcher.search(query, at_most, count=False, order_by_field=SLOT, order=tantivy.Order.Asc).hits
    return np.array([slot for slot, _ in hits], dtype=np.int64)


def _from(schema: tantivy.Schema, slot: int) -> tantivy.Query:
    return Query.range_query(schema, SLOT, tantivy.FieldType.Unsigned, slot)


def of_these(schema: tantivy.Schema, slots: Sequence[int]) -> tantivy.Query:
    """Matches these slots and scores nothing."""
    return Query.const_score_query(Query.term_set_query(schema, SLOT, list(slots)), 0.0)


def following(before: Columns, records: Records, index: tantivy.Index, searcher: tantivy.Searcher) -> Columns:
    """The columns of a later state, read from what is new in it."""
    schema, alive = index.schema, searcher.num_docs
    new = _slots(searcher, _from(schema, before.taken), alive)
    taken = int(new[-1]) + 1 if len(new) else before.taken
    doubtful = np.array([slot for slot in records.died() if slot < before.taken], dtype=np.int64)
    doubtful = doubtful[has(before.live, doubtful)]
    still = _slots(searcher, of_these(schema, doubtful.tolist()), len(doubtful))
    after = before.changed(records.rows(before.taken, taken), new, taken, np.setdiff1d(doubtful, still))
    if count(after.live) != alive:
        after = after.only(_slots(searcher, Query.all_query(), alive))
    return after
