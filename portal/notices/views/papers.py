"""A paper as the confirm screen shows it: its lines, with the passages that fields were read from."""

from collections.abc import Iterable
from itertools import pairwise

Piece = tuple[str, str | None]
"""Text, and the id of the control that shows what was read there."""


def laid_out(text: str, passages: Iterable[tuple[int, int, str]]) -> list[list[Piece]]:
    """The lines of a paper, each in pieces; together they are the text again, line ends included.

    Where passages overlap, the shorter one is reached: number and notation stand inside the line of the number.
    """
    if not text:
        return []
    owners = _owners(len(text), sorted(passages, key=lambda one: one[0] - one[1]))
    lines: list[list[Piece]] = []
    at = 0
    cuts = iter([*owners, (len(text), len(text), None)])
    start, end, control = next(cuts)
    for line in text.splitlines(keepends=True):
        pieces: list[Piece] = []
        stop = at + len(line)
        while at < stop:
            while end <= at and start < len(text):
                start, end, control = next(cuts)
            if at < start:
                until, owner = min(start, stop), None
            else:
                until, owner = min(end, stop), control
            if until <= at:  # beyond the last passage
                until, owner = stop, None
            pieces.append((text[at:until], owner))
            at = until
        lines.append(pieces)
    return lines


def _owners(length: int, longest_first: list[tuple[int, int, str]]) -> list[tuple[int, int, str | None]]:
    """Stretches in order, none over another: each passage cut where a shorter one stands inside it."""
    points = sorted({point for start, end, _c in longest_first for point in (start, end) if 0 <= point <= length})
    found: list[tuple[int, int, str | None]] = []
    for start, end in pairwise(points):
        over = [control for first, last, control in longest_first if first <= start and end <= last]
        if over:
            found.append((start, end, over[-1]))
    return found
