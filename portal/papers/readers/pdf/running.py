"""Page headers, page footers and page numbers: found by what repeats at the same place, and taken out."""

import re
from collections import defaultdict
from itertools import pairwise

from portal.papers.readers.pdf.model import Line, Page

_NUMBER = re.compile(
    r"[-–—|\[(\s]*(?:(?:[Tt]rang|TRANG|[Pp]age)\s*:?\s*)?(\d{1,4})(?:\s*(?:/|trên|of)\s*(\d{1,4}))?[-–—|\])\s.]*"
)
_ROMAN = re.compile(r"[-–—\s]*([ivxlc]{1,7})[-–—\s]*")
_EDGE = 0.125
_ROWS = 3


def without_running(pages: list[Page]) -> int:
    """Takes running lines out of `pages`; their number. When unsure a line stays."""
    rows = {page.number: _edge_rows(page) for page in pages}
    gone: dict[int, set[int]] = defaultdict(set)
    _numbers(pages, rows, gone)
    _repeated(pages, rows, gone)
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in gone[page.number]]
    return sum(len(lines) for lines in gone.values())


Rows = dict[bool, list[list[Line]]]


def _edge_rows(page: Page) -> Rows:
    """The outermost rows at the top (True) and bottom (False), outermost first."""
    top = [line for line in page.lines if line.bottom <= _EDGE * page.height]
    bottom = [line for line in page.lines if line.top >= (1 - _EDGE) * page.height]
    tables = page.tables
    top = [line for line in top if not any(table.box.bottom < line.top for table in tables)]
    bottom = [line for line in bottom if not any(table.box.top > line.bottom for table in tables)]
    return {True: _rows(sorted(top, key=lambda x: x.base)), False: _rows(sorted(bottom, key=lambda x: -x.base))}


def _rows(lines: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].base - line.base) < 0.4 * line.size:
            rows[-1].append(line)
        elif len(rows) == _ROWS:
            break
        else:
            rows.append([line])
    return rows


def _numbers(pages: list[Page], rows: dict[int, Rows], gone: dict[int, set[int]]) -> None:
    """Lone numbers that count with the pages, and roman ones where others count."""
    found: list[tuple[Page, Line, int]] = []
    for page in pages:
        for side in (True, False):
            for row in rows[page.number][side][:2]:
                for line in row:
                    match = _NUMBER.fullmatch(line.text.strip())
                    if match and len(row) <= 3:
                        found.append((page, line, int(match[1]) - page.number))
    shifts: dict[int, int] = defaultdict(int)
    for _, _, shift in found:
        shifts[shift] += 1
    for page, line, shift in found:
        is_own = shift == 0 and (line.bottom <= 0.1 * page.height or line.top >= 0.9 * page.height)
        if shifts[shift] >= 3 or (shifts[shift] == 2 and len(pages) <= 4) or is_own:
            gone[page.number].add(id(line))


def _repeated(pages: list[Page], rows: dict[int, Rows], gone: dict[int, set[int]]) -> None:
    """Lines that say the same, but for numbers, at the same height of several pages; left and right pages apart."""
    places: dict[tuple[bool, str], list[tuple[Page, Line]]] = defaultdict(list)
    for page in pages:
        for side in (True, False):
            for row in rows[page.number][side]:
                key = _key(" ".join(line.text for line in sorted(row, key=lambda x: x.x0)))
                if key:
                    places[side, key] += [(page, line) for line in row]
    for seen in places.values():
        numbers = {page.number for page, _ in seen}
        if not _is_running(seen, len(numbers), len(pages)):
            continue
        for page, line in seen:
            gone[page.number].add(id(line))


def _is_running(seen: list[tuple[Page, Line]], times: int, pages: int) -> bool:
    heights = sorted(line.base / page.height for page, line in seen)
    middle = heights[len(heights) // 2]
    steady = sum(abs(h - middle) < 0.012 for h in heights) >= 0.8 * len(heights)
    if pages <= 3:
        return times >= 2 and times == pages and steady
    return steady and (times >= 0.6 * pages or (times >= 4 and _regular({page.number for page, _ in seen})))


def _regular(numbers: set[int]) -> bool:
    """On pages that follow each other, or every second one: a running title of a chapter."""
    ordered = sorted(numbers)
    steps = [b - a for a, b in pairwise(ordered)]
    return sum(step in (1, 2) for step in steps) >= 0.8 * len(steps)


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()).casefold())
