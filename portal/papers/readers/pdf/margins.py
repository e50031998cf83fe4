"""Where the lines of a column begin and end, and how far apart they stand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from portal.papers.readers.pdf.model import Line


@dataclass(slots=True)
class Margins:
    """Where the lines of a column begin and end, and how far apart lines of one paragraph stand."""

    left: float
    right: float
    pitch: float
    is_indented: bool
    indent: float = 0.0
    is_spaced: bool = False
    lowest: float = 0.0

    @property
    def width(self) -> float:
        return self.right - self.left


def margins_of(lines: Iterable[Line], known: "Margins | None" = None, *, least: float = 0.0) -> Margins:
    """The margins of a column, from its longer lines; of few lines those of the text so far (`known`).

    `least`: a column is at least that wide, so that a few short lines are not taken for full ones.
    """
    lines = [line for line in lines if line.words]
    if not lines:
        return known or Margins(0, 1e9, 16, False)
    right = sorted(line.x1 for line in lines)[-max(1, len(lines) // 20 + 1)]
    starts = Counter(round(line.x0 / 3) for line in lines if line.x1 > right - 0.12 * (right - line.x0))
    edge = min(line.x0 for line in lines)
    if starts:
        often = [place * 3 for place, times in starts.items() if times >= max(1, 0.15 * sum(starts.values()))]
        edge = min((line.x0 for line in lines if any(abs(line.x0 - x) < 4 for x in often)), default=edge)
    if known is not None and (len(lines) < 6 or right - edge < 0.85 * known.width):
        near = abs(edge - known.left) < 60
        edge, right = (min(edge, known.left), max(right, known.right)) if near else (edge, right)
    right = max(right, edge + least)
    lowest = max([known.lowest if known else 0.0, *(line.base for line in lines)])
    pitch = _pitch(lines, right) or (known.pitch if known else 0.0)
    indent = _indent(lines, edge, right) or (known.indent if known and len(lines) < 12 else 0.0)
    spaced = _is_spaced(lines, right, pitch) or (known is not None and len(lines) < 12 and known.is_spaced)
    return Margins(edge, right, pitch, indent > 0, indent, spaced, lowest)


def _pitch(lines: list[Line], right: float) -> float:
    """The usual distance from a full line to the next, in sizes."""
    steps = Counter(
        round((b.base - a.base) / a.size, 1)
        for a, b in pairwise(lines)
        if a.page == b.page and a.x1 > right - 2 * a.size and 0.8 < (b.base - a.base) / a.size < 3
    )
    return min((step for step, times in steps.items() if times >= 0.3 * steps.total()), default=0.0)


def _indent(lines: list[Line], left: float, right: float) -> float:
    """How far paragraphs begin inside: full lines a little inside, before lines at the edge; 0 where they do not."""
    inner = [
        a.x0 - left
        for a, b in pairwise(lines)
        if 0.8 * a.size < a.x0 - left < 8 * a.size and abs(b.x0 - left) < 3 and a.x1 > right - 2 * a.size
    ]
    return median(inner) if len(inner) >= 2 or (len(lines) < 12 and len(inner) == 1) else 0.0


def _is_spaced(lines: list[Line], right: float, pitch: float) -> bool:
    """Whether there is more room between paragraphs than within them, as short last lines show."""
    steps = [
        (b.base - a.base) / a.size
        for a, b in pairwise(lines)
        if a.page == b.page and a.x1 < right - 5 * a.size and b.base > a.base
    ]
    return bool(pitch) and len(steps) >= 3 and sum(step > 1.08 * pitch for step in steps) >= 0.85 * len(steps)


def usual_size(lines: Iterable[Line]) -> float:
    """The size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.words)
    return sizes.most_common(1)[0][0] if sizes else 12.0
