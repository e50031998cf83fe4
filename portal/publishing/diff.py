"""What two sequences have in common: patience diff, near linear also where a text repeats itself (blank lines, tables).

Things that stand once in each are the anchors; between them the same is done again. What repeats is compared
exactly only in short stretches.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

SHORT = 10_000
"""Pairs of things that are compared exactly; a longer stretch without an anchor counts as replaced."""

Block = tuple[int, int, int]
"""Start in the older, start in the newer, length."""
Change = tuple[str, int, int, int, int]


def changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """As `difflib.SequenceMatcher.get_opcodes`: what is equal, replaced, deleted or inserted, in order."""
    i = j = 0
    for start, other, size in [*_joined(_blocks(old, new)), (len(old), len(new), 0)]:
        if i < start or j < other:
            tag = "insert" if i == start else "delete" if j == other else "replace"
            yield tag, i, start, j, other
        i, j = start + size, other + size
        if size:
            yield "equal", start, i, other, j


def _joined(blocks: Iterator[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if last and last[0] + last[2] == block[0] and last[1] + last[2] == block[1]:
            found[-1] = (last[0], last[1], last[2] + block[2])
        else:
            found.append(block)
    return found


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        i1, i2, j1, j2 = waiting.pop()
        head, tail = _same_ends(old[i1:i2], new[j1:j2])
        if head:
            yield i1, j1, head
        i1, i2, j1, j2 = i1 + head, i2 - tail, j1 + head, j2 - tail
        inner, anchors = old[i1:i2], _anchors(old[i1:i2], new[j1:j2])
        if not anchors and len(inner) * (j2 - j1) <= SHORT:
            matcher = SequenceMatcher(None, inner, new[j1:j2], autojunk=False)
            yield from ((i1 + i, j1 + j, size) for i, j, size in matcher.get_matching_blocks() if size)
        following = [(i2, i2 + tail, j2, j2 + tail)] if tail else []
        ends = [*((i1 + i, j1 + j) for i, j in anchors[1:]), (i2, j2)]
        starts = [(i1 + i, j1 + j) for i, j in anchors]
        parts = [(a, c, b, d) for (a, b), (c, d) in zip(starts, ends, strict=False)]
        if starts and starts[0] != (i1, j1):
            parts.insert(0, (i1, starts[0][0], j1, starts[0][1]))
        waiting += reversed(parts + following)


def _same_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    least = min(len(old), len(new))
    head = next((n for n in range(least) if old[n] != new[n]), least)
    tail = next((n for n in range(least - head) if old[-1 - n] != new[-1 - n]), least - head)
    return head, tail


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest row of places, rising in both, of things that stand once in each."""
    counts, others = Counter(old), Counter(new)
    place = {thing: n for n, thing in enumerate(new) if others[thing] == 1}
    pairs = [(n, place[thing]) for n, thing in enumerate(old) if counts[thing] == 1 and thing in place]
    tops: list[int] = []
    piles: list[int] = []
    before: list[int | None] = []
    for n, (_i, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(piles[pile - 1] if pile else None)
        tops[pile : pile + 1], piles[pile : pile + 1] = [j], [n]
    found: list[tuple[int, int]] = []
    at = piles[-1] if piles else None
    while at is not None:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]
