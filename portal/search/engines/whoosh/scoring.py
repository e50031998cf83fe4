"""BM25 over whole segments, and the best of what matches."""

from itertools import groupby
from operator import itemgetter

import numpy as np

from portal.search.engine import K1, Candidate, Plan
from portal.search.engines.whoosh.facets import Mask
from portal.search.engines.whoosh.private import Array
from portal.search.engines.whoosh.snapshot import Part, Snapshot


def scores(snapshot: Snapshot, part: Part, plan: Plan, wanted: Array) -> Array:
    """Of these rows."""
    total = np.zeros(part.segment.count, np.float32)
    of_wanted = np.zeros(len(wanted), np.float32)
    norms_of_wanted: dict[str, Array] = {}
    for term, weight in plan.scored:
        found = part.list(term)
        if found is None:
            continue
        factor = np.float32(snapshot.idf(term) * weight * (K1 + 1))
        norms = part.norms[term.field]
        if found.rows is None:
            if term.field not in norms_of_wanted:
                norms_of_wanted[term.field] = norms.take(wanted)
            weights = found.weights.take(wanted).astype(np.float32)
            weights /= weights + norms_of_wanted[term.field]
            weights *= factor
            of_wanted += weights
        else:
            rows = found.rows.astype(np.intp)
            weights = found.weights.astype(np.float32)
            weights /= weights + norms.take(rows)
            weights *= factor
            total[rows] += weights
    of_wanted += total.take(wanted)
    return of_wanted


def best(snapshot: Snapshot, plan: Plan, masks: list[Mask], limit: int) -> list[Candidate]:
    """By score; equal ones by day, the later first, then by uid and anchor."""
    if limit < 1 or not masks:
        return []
    pieces = []
    for place, (part, mask) in enumerate(zip(snapshot.parts, masks, strict=True)):
        rows = np.flatnonzero(mask)
        values = scores(snapshot, part, plan, rows) if len(rows) and plan.scored else np.zeros(len(rows), np.float32)
        kept = _leading(part.segment.order[rows], values, limit)
        pieces.append((values[kept], *_columns(part, place, rows[kept])))
    return _first(snapshot, pieces, limit)


def latest(snapshot: Snapshot, masks: list[Mask], limit: int) -> list[Candidate]:
    """Heads by day, the latest first, then by uid."""
    if limit < 1 or not masks:
        return []
    pieces = []
    for place, (part, mask) in enumerate(zip(snapshot.parts, masks, strict=True)):
        rows = np.flatnonzero(mask & part.segment.head)
        kept = _leading(part.segment.order[rows], np.zeros(len(rows), np.float32), limit)
        pieces.append((np.zeros(len(kept), np.float32), *_columns(part, place, rows[kept])))
    return _first(snapshot, pieces, limit)


def _leading(order: Array, values: Array, limit: int) -> Array:
    """Places of the best within one segment; `order` decides between equal ones."""
    if len(values) <= limit:
        return np.arange(len(values))
    least = np.partition(values, len(values) - limit)[len(values) - limit]
    above = np.flatnonzero(values > least)
    equal = np.flatnonzero(values == least)
    missing = limit - len(above)
    if len(equal) > missing:
        equal = equal[np.argpartition(order[equal], missing - 1)[:missing]]
    return np.concatenate([above, equal])


def _columns(part: Part, place: int, rows: Array) -> tuple[Array, ...]:
    segment = part.segment
    return (
        segment.day[rows],
        np.full(len(rows), place),
        rows,
        segment.document[rows].astype(np.int64) + part.first_group,
        segment.head[rows],
    )


def _first(snapshot: Snapshot, pieces: list[tuple[Array, ...]], limit: int) -> list[Candidate]:
    values, days, *others = (np.concatenate(each) for each in zip(*pieces, strict=True))
    order = np.lexsort((-days, -values))
    if len(order) > limit:
        # all that equal the last one stay, for their uids decide
        last = order[limit - 1]
        order = order[(values[order] > values[last]) | ((values[order] == values[last]) & (days[order] >= days[last]))]
    rows = zip(*(each[order].tolist() for each in (values, days, *others)), strict=True)
    found: list[Candidate] = []
    for _, run in groupby(rows, key=itemgetter(0, 1)):
        equal = list(run)
        if len(equal) > 1:
            equal.sort(key=lambda each: _name(snapshot, each[2], each[3]))
        found += [Candidate(score, (place, row), group, head) for score, _, place, row, group, head in equal]
    return found[:limit]


def _name(snapshot: Snapshot, place: int, row: int) -> tuple[bytes, int]:
    """Uid and anchor, as far as they order."""
    segment = snapshot.parts[place].segment
    return segment.uid(int(segment.document[row])), int(segment.rank[row])
