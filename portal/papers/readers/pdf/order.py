"""The order of reading on a page: head, body (in columns where it has some), foot."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from portal.papers.readers.pdf.header import head_about, mottoes_of, split_foot, split_head
from portal.papers.readers.pdf.model import Item, Line, Page

MOST_PAPERS = 12
"""Heads and feet looked for on one page; a page with more is none of papers."""

PLACES = re.compile(r"\s*N[ơƠ][iI]\s+[nN](?:hận|HẬN)\s*(?:[:;.]|$)")
_ITEM = re.compile(r"\s*[-–—+*•]\s*\S")


class Kind(Enum):
    HEAD = auto()
    BODY = auto()
    COLUMN = auto()
    RECIPIENTS = auto()
    SIGNATURE = auto()


@dataclass(slots=True)
class Flow:
    """Items read one after the other within the margins `left` and `right`."""

    kind: Kind
    items: list[Item] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    page: int = 0
    least: float = 0.0


def flows_of(page: Page, open_foot: Flow | None) -> list[Flow]:
    """The page's flows in the order of reading. `open_foot`: the recipients with which the page before ended."""
    lines = split_head(page.lines)
    rest: list[Item] = [*lines, *page.tables, *page.pictures]
    flows: list[Flow] = []
    for motto in mottoes_of(lines)[:MOST_PAPERS]:
        remaining = [item for item in rest if isinstance(item, Line)]
        head = head_about(motto, remaining, page.width)
        if head is None:
            continue
        above, rest = _parted(_without(rest, head), min(line.top for line in head))
        flows += _body(above, page)
        flows.append(Flow(Kind.HEAD, list(head), page=page.number))
    flows += _with_foot(rest, page, open_foot)
    return [flow for flow in flows if flow.items]


def _without(items: list[Item], gone: list[Line]) -> list[Item]:
    known = {id(line) for line in gone}
    return [item for item in items if id(item) not in known]


def _top(item: Item) -> float:
    return item.top if isinstance(item, Line) else item.box.top


def _parted(items: list[Item], at: float) -> tuple[list[Item], list[Item]]:
    return [i for i in items if _top(i) < at - 1], [i for i in items if _top(i) >= at - 1]


def _with_foot(items: list[Item], page: Page, open_foot: Flow | None, found: int = 0) -> list[Flow]:
    if open_foot is not None and (flows := _foot_goes_on(items, page, open_foot)):
        return flows
    lines = [item for item in items if isinstance(item, Line)]
    places = [line for line in lines if PLACES.match(line.text) and line.x0 < 0.5 * page.width]
    if not places or found >= MOST_PAPERS:
        return _body(items, page)
    place = places[0]
    others: list[Item] = [item for item in items if not isinstance(item, Line)]
    return _foot(others, split_foot(lines, place), page, found)


def _foot(others: list[Item], lines: list[Line], page: Page, found: int) -> list[Flow]:
    """The recipients with everything under them on the left, then the signature on the right, then what is below."""
    place = next(line for line in lines if PLACES.match(line.text) and line.x0 < 0.5 * page.width)
    edge = place.x0 + 0.25 * page.width
    after = sorted((line for line in lines if line.base > place.base + 1), key=lambda x: x.base)
    recipients, bottom = _recipients(place, after, edge, page)
    signature = _signature(place, lines, recipients, bottom, edge)
    known = {id(line) for line in (*recipients, *signature)}
    start = min(line.top for line in (*recipients, *signature))
    rest: list[Item] = [*others, *(line for line in lines if id(line) not in known)]
    above, below = _parted(rest, start)
    within = [item for item in below if _top(item) < bottom and not isinstance(item, Line)]
    below = [item for item in below if not any(item is other for other in within)]
    left = Flow(Kind.RECIPIENTS, list(recipients), place.x0, max(x.x1 for x in recipients), page.number)
    right = Flow(Kind.SIGNATURE, [*signature], page=page.number)
    if signature:
        right.left, right.right = min(x.x0 for x in signature), max(x.x1 for x in signature)
    # A second paper may follow in the same file: its own foot is looked for below.
    return [*_body(above, page), left, right, *_with_foot(below, page, None, found + 1)]


def _recipients(place: Line, after: list[Line], edge: float, page: Page) -> tuple[list[Line], float]:
    out, last = [place], place
    for line in after:
        if line.x0 >= edge:
            continue
        near = line.base - last.base < 2.6 * max(line.size, last.size)
        fits = line.x0 < edge and (line.x1 < 0.62 * page.width or _ITEM.match(line.text) is not None)
        smaller = line.size < 1.15 * (out[1].size if len(out) > 1 else place.size)
        if not (near and fits and smaller):
            break
        out.append(line)
        last = line
    return out, last.bottom


def _signature(place: Line, lines: list[Line], recipients: list[Line], bottom: float, edge: float) -> list[Line]:
    """Lines right of the list; they may begin a little above it and end below it."""
    known = {id(line) for line in recipients}
    widest = max(line.x1 for line in recipients)
    rights = [
        line for line in sorted(lines, key=lambda x: x.base)
        if id(line) not in known and line.x0 >= min(edge, widest + 2) and line.x0 > place.x0 + 0.15 * (edge - place.x0)
    ]  # fmt: skip
    crossing = [line for line in lines if id(line) not in known and line.x0 < edge and line.x1 > widest]
    above = max((x.base for x in crossing if x.base < place.base), default=0.0)
    below = min((x.base for x in crossing if x.base > place.base), default=1e9)
    out: list[Line] = []
    for line in rights:
        if not max(above, place.base - 7 * place.size) < line.base < below:
            continue
        last = out[-1].bottom if out else place.bottom
        if line.top > max(bottom, last) + 9 * line.size:
            break
        out.append(line)
    return out


def _foot_goes_on(items: list[Item], page: Page, before: Flow) -> list[Flow]:
    """The list of recipients, and with it the signature, goes on at the top of this page."""
    lines = split_foot([item for item in items if isinstance(item, Line)], Line([], 0, 0, 0, 0, 0, 12))
    lines.sort(key=lambda x: x.base)
    last = next((x for x in reversed(before.items) if isinstance(x, Line)), None)
    size = last.size if last else 12.0
    is_open = last is not None and not re.search(r"[;.:]\s*$", last.text)
    first = next((line for line in lines if abs(line.x0 - before.left) < 12), None)
    if first is None or not (is_open or _ITEM.match(first.text)) or abs(first.size - size) > 0.1 * size:
        return []
    edge = before.left + 0.25 * page.width
    if any(line.top < first.top - 2 * size and line.x0 < edge for line in lines):
        return []
    after = [line for line in lines if line.base > first.base + 0.1]
    recipients, bottom = _recipients(first, after, edge, page)
    signature = _signature(first, lines, recipients, bottom, edge)
    known = {id(line) for line in (*recipients, *signature)}
    rest = [i for i in [*lines, *(i for i in items if not isinstance(i, Line))] if id(i) not in known]
    left = Flow(Kind.RECIPIENTS, list(recipients), before.left, before.right, page.number)
    return [left, Flow(Kind.SIGNATURE, list(signature), page=page.number), *_with_foot(rest, page, None)]


def _body(items: list[Item], page: Page) -> list[Flow]:
    """Body text: in columns when it has two, else row by row."""
    items = sorted(items, key=lambda i: (_top(i), i.x0 if isinstance(i, Line) else i.box.x0))
    lines = [item for item in items if isinstance(item, Line)]
    gutter = _gutter(lines, page)
    if gutter is not None:
        return _columns(items, gutter, page)
    return [*_rows(items, page)]


def _gutter(lines: list[Line], page: Page) -> float | None:
    """Where a page of two columns of running text has its gap; None for all other pages."""
    if len(lines) < 24:
        return None
    left_edge, right_edge = min(x.x0 for x in lines), max(x.x1 for x in lines)
    width = right_edge - left_edge
    middle = (left_edge + right_edge) / 2
    best = None
    for step in range(-6, 7):
        x = middle + step * width / 40
        left = [line for line in lines if line.x1 <= x]
        right = [line for line in lines if line.x0 >= x]
        crossing = len(lines) - len(left) - len(right)
        wide = [line for line in (*left, *right) if line.width > 0.33 * width]
        if min(len(left), len(right)) >= 8 and crossing < 0.25 * len(lines) and len(wide) > 0.5 * len(lines):
            score = (crossing, abs(x - middle))
            best = min(best, (score, x)) if best else (score, x)
    return best[1] if best else None


def _columns(items: list[Item], gutter: float, page: Page) -> list[Flow]:
    """Between lines across both columns, the left one and then the right one."""
    flows: list[Flow] = []
    left, right = Flow(Kind.COLUMN, page=page.number), Flow(Kind.COLUMN, page=page.number)

    def close() -> None:
        flows.extend(flow for flow in (left, right) if flow.items)

    for item in items:
        x0, x1 = (item.x0, item.x1) if isinstance(item, Line) else (item.box.x0, item.box.x1)
        if x1 <= gutter:
            left.items.append(item)
        elif x0 >= gutter:
            right.items.append(item)
        else:
            close()
            left, right = Flow(Kind.COLUMN, page=page.number), Flow(Kind.COLUMN, page=page.number)
            if flows and flows[-1].kind is Kind.BODY:
                flows[-1].items.append(item)
            else:
                flows.append(Flow(Kind.BODY, [item], page=page.number))
    close()
    return flows


def _rows(items: list[Item], page: Page) -> list[Flow]:
    """Lines of one row together; two signatures side by side one after the other."""
    rows: list[list[Item]] = []
    for item in items:
        last = rows[-1][0] if rows else None
        if isinstance(item, Line) and isinstance(last, Line) and abs(last.base - item.base) < 0.35 * item.size:
            rows[-1].append(item)
        else:
            rows.append([item])
    flows = [Flow(Kind.BODY, page=page.number, least=0.55 * page.width)]
    index = 0
    while index < len(rows):
        stretch = _side_by_side(rows, index)
        if stretch:
            pair = [item for row in rows[index:stretch] for item in row if isinstance(item, Line)]
            cut = _cut_between(rows[index:stretch])
            flows.append(Flow(Kind.SIGNATURE, [x for x in pair if x.middle < cut], page=page.number))
            flows.append(Flow(Kind.SIGNATURE, [x for x in pair if x.middle >= cut], page=page.number))
            flows.append(Flow(Kind.BODY, page=page.number, least=0.55 * page.width))
            index = stretch
            continue
        flows[-1].items.append(_as_one(rows[index]))
        index += 1
    return flows


def _as_one(row: list[Item]) -> Item:
    lines = sorted((item for item in row if isinstance(item, Line)), key=lambda x: x.x0)
    if len(lines) < 2:
        return row[0]
    whole = lines[0].of([word for line in lines for word in line.words])
    whole.is_row = True
    return whole


def _side_by_side(rows: list[list[Item]], start: int) -> int:
    """The end of a stretch of rows with two centred columns (two who sign); 0 when there is none."""
    if len(rows[start]) != 2:
        return 0
    first = rows[start]
    if not all(isinstance(item, Line) and item.text == item.text.upper() and len(item.text) > 3 for item in first):
        return 0
    left, right = sorted((item for item in first if isinstance(item, Line)), key=lambda x: x.x0)
    end, pairs, moved = start, 0, 0
    for row in rows[start : start + 16]:
        lines = [item for item in row if isinstance(item, Line)]
        if len(lines) != len(row) or not all(_is_under(line, left, right) for line in lines):
            break
        pairs += len(lines) == 2
        moved += any(abs(line.x0 - (left if line.middle < left.x1 else right).x0) > 4 for line in lines)
        end += 1
    return end if pairs >= 2 and moved >= 1 else 0


def _is_under(line: Line, left: Line, right: Line) -> bool:
    return any(abs(line.middle - column.middle) < 0.12 * column.width + 6 for column in (left, right))


def _cut_between(rows: list[list[Item]]) -> float:
    first = sorted((item for item in rows[0] if isinstance(item, Line)), key=lambda x: x.x0)
    return (first[0].x1 + first[1].x0) / 2
