"""Measures of ranked answers: MRR@10, hit@1, nDCG@10 and recall (Manning, Introduction to Information Retrieval, 8)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil, log2


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over questions, 0 to 1."""

    questions: int
    misses: int
    """Questions without a right answer among the first ten."""
    mrr: float
    hit: float
    ndcg: float
    recall_10: float
    recall_100: float


def measured(answers: Sequence[tuple[Sequence[str], Collection[str]]]) -> Measures:
    """From (what was found, best first, at least 100 of it; what is right) of every question, at least one."""
    sums = [0.0] * 6
    for found, right in answers:
        ranks = [rank for rank, one in enumerate(dict.fromkeys(found), 1) if one in right]
        first = ranks[0] if ranks else 101
        ideal = sum(1 / log2(rank + 1) for rank in range(1, min(len(right), 10) + 1))
        values = (
            first > 10,
            1 / first if first <= 10 else 0.0,
            first == 1,
            sum(1 / log2(rank + 1) for rank in ranks if rank <= 10) / ideal,
            sum(rank <= 10 for rank in ranks) / len(right),
            sum(rank <= 100 for rank in ranks) / len(right),
        )
        sums = [total + value for total, value in zip(sums, values, strict=True)]
    misses, *means = sums
    mrr, hit, ndcg, recall_10, recall_100 = (total / len(answers) for total in means)
    return Measures(len(answers), int(misses), mrr, hit, ndcg, recall_10, recall_100)


def percentiles(times: Sequence[float], shares: Sequence[float] = (0.5, 0.95, 0.99)) -> list[float]:
    """Nearest-rank percentiles of at least one value."""
    ordered = sorted(times)
    return [ordered[max(0, ceil(share * len(ordered)) - 1)] for share in shares]
