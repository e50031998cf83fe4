"""A guide as a picture: boxes in columns from left to right, a line from each answer to what it leads to. Pure.

Layered drawing after Sugiyama: each node stands right of those that lead to it; lines that pass a column get a place of
their own in it; columns are sorted by where their lines come from, and boxes moved level with what they belong to.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from portal.guides.data import QUESTION, Answer, Data
from portal.guides.graph import Graph
from portal.guides.wrapping import wrapped

WIDTH, ACROSS, BETWEEN, MARGIN = 230, 74, 26, 30
"""Of a box; between columns; between boxes of a column; around the picture. All in pixels."""
PADDING, LINE, ROW_GAP, PASSING = 11, 19, 9, 18
MOST_LINES = 4
SWEEPS = 8

Key = tuple[str, ...]
"""(node,) of a box, (source, target, column) of a line that passes."""


@dataclass(frozen=True)
class Row:
    """An answer in its box: lines of text, with the top of the first and the height at which its line starts."""

    lines: list[str]
    top: float
    port: float
    leads: bool


@dataclass(frozen=True)
class Box:
    """A question or an outcome. `number` is its place in the outline."""

    node: Data
    number: int
    x: float
    y: float
    height: float
    lines: list[str]
    head: float
    rows: list[Row]

    @property
    def entry(self) -> float:
        """Where lines come in."""
        return self.y + self.head / 2


@dataclass(frozen=True)
class Line:
    """A line as an SVG path; `back`: it leads to an earlier question."""

    path: str
    back: bool


@dataclass(frozen=True)
class Picture:
    """Everything to draw, in pixels from the top left."""

    width: float
    height: float
    boxes: list[Box]
    lines: list[Line]
    across: int = WIDTH
    """Width of each box."""


@dataclass
class _Place:
    """Something that stands in a column: a box, or a line that passes."""

    key: Key
    column: int
    height: float
    entry: float
    before: list[tuple[Key, float]] = field(default_factory=list)
    """Where its lines come from, each with the height of the start below the other's top."""
    after: list[tuple[Key, float]] = field(default_factory=list)
    """Where its lines go, each with the height of the start below its own top."""
    top: float = 0.0


def picture(data: Data, label: Callable[[Data], str]) -> Picture:
    """The guide drawn; `label` names a node that has no words yet. Empty for a guide without nodes."""
    graph = Graph.of(data)
    nodes = {node["id"]: node for node in data["nodes"]}
    shapes = {id_: _shape(node, label(node)) for id_, node in nodes.items()}
    columns = _columns(graph)
    places = _places(graph, nodes, shapes, columns)
    ordered = _sorted(places, graph.order)
    _settle(ordered, places)
    top = min((place.top for place in places.values()), default=0.0)
    for place in places.values():
        place.top += MARGIN + (LINE if graph.circles else 0) - top
    boxes = [_box(nodes[id_], number, shapes[id_], places[(id_,)]) for number, id_ in enumerate(graph.order, 1)]
    by_id = {box.node["id"]: box for box in boxes}
    lines = [line for id_ in graph.order for line in _lines(graph, by_id[id_], by_id, places)]
    width = max((box.x + WIDTH for box in boxes), default=0.0) + MARGIN + (ACROSS / 2 if graph.circles else 0)
    height = max((place.top + place.height for place in places.values()), default=0.0) + MARGIN
    return Picture(width, height, boxes, lines)


@dataclass(frozen=True)
class _Shape:
    lines: list[str]
    head: float
    rows: list[Row]
    height: float


def _shape(node: Data, label: str) -> _Shape:
    lines = wrapped(label, WIDTH - 2 * PADDING, bold=True, most=MOST_LINES)
    head = 2 * PADDING + LINE * (len(lines) + 1)  # one line for what it is
    rows, top = [], head + ROW_GAP
    for choice in node["choices"] if node["kind"] == QUESTION else ():
        bound = f" (< {choice['below']})" if node["answer"] != Answer.CHOICE and choice["below"] is not None else ""
        text = wrapped((choice["label"] or "…") + bound, WIDTH - 3 * PADDING, most=MOST_LINES)
        rows.append(Row(text, top, top + LINE * len(text) / 2, choice["target"] is not None))
        top += LINE * len(text) + ROW_GAP
    return _Shape(lines, head, rows, top if rows else head)


def _columns(graph: Graph) -> dict[str, int]:
    columns = dict.fromkeys(graph.order, 0)
    for node in graph.order:
        for target in graph.forward(node):
            columns[target] = max(columns[target], columns[node] + 1)
    return columns


def _places(
    graph: Graph, nodes: dict[str, Data], shapes: dict[str, _Shape], columns: dict[str, int]
) -> dict[Key, _Place]:
    places: dict[Key, _Place] = {}
    for id_ in nodes:
        places[(id_,)] = _Place((id_,), columns[id_], shapes[id_].height, shapes[id_].head / 2)
    for source in graph.order:
        for number, edge in enumerate(graph.edges[source]):
            target = edge.target
            if target is None or target not in nodes or (source, target) in graph.back_edges:
                continue
            last, port = places[(source,)], shapes[source].rows[number].port
            for column in range(columns[source] + 1, columns[target]):
                key = (source, target, str(column))
                passing = places.setdefault(key, _Place(key, column, PASSING, PASSING / 2))
                _join(last, passing, port)
                last, port = passing, PASSING / 2
            _join(last, places[(target,)], port)
    return places


def _join(first: _Place, second: _Place, port: float) -> None:
    if (second.key, port) not in first.after:
        first.after.append((second.key, port))
        second.before.append((first.key, port))


def _sorted(places: dict[Key, _Place], order: list[str]) -> list[list[_Place]]:
    """The columns, each sorted so that few lines cross."""
    columns: list[list[_Place]] = [[] for _ in range(max((p.column for p in places.values()), default=-1) + 1)]
    rank = {id_: number for number, id_ in enumerate(order)}
    for place in sorted(places.values(), key=lambda p: (rank[p.key[0]], len(p.key), p.key)):
        columns[place.column].append(place)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        at = {place.key: float(n) for column in columns for n, place in enumerate(column)}
        for column in columns if forward else reversed(columns):
            column.sort(key=lambda p: _middle(p, at, places, forward=forward))
            at |= {place.key: float(n) for n, place in enumerate(column)}
    return columns


def _middle(place: _Place, at: dict[Key, float], places: dict[Key, _Place], *, forward: bool) -> float:
    """Where among its neighbours it belongs; the height of an answer in its box counts as a part of a place."""
    if forward:
        found = [at[key] + port / (places[key].height + 1) for key, port in place.before]
    else:
        found = [at[key] - port / (place.height + 1) / 100 for key, port in place.after]
    return sum(found) / len(found) if found else at[place.key]


def _settle(columns: list[list[_Place]], places: dict[Key, _Place]) -> None:
    """Give every place its height: level with its neighbours as far as those of its column allow."""
    for column in columns:
        _stack(column, [0.0] * len(column))
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for column in columns if forward else reversed(columns):
            _stack(column, [_wish(place, places, forward=forward) for place in column])


def _wish(place: _Place, places: dict[Key, _Place], *, forward: bool) -> float:
    if forward:
        found = [places[key].top + port - place.entry for key, port in place.before]
    else:
        found = [places[key].top + places[key].entry - port for key, port in place.after]
    return sum(found) / len(found) if found else place.top


def _stack(column: list[_Place], wishes: list[float]) -> None:
    """The tops nearest to the wishes (least squares) that keep order and distance: pools of adjacent violators."""
    offsets, offset = [], 0.0
    for place in column:
        offsets.append(offset)
        offset += place.height + BETWEEN
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=True):
        mean, size = wish - offset, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, size = (before * many + mean * size) / (many + size), many + size
        pools.append((mean, size))
    means = [mean for mean, size in pools for _ in range(size)]
    for place, offset, mean in zip(column, offsets, means, strict=True):
        place.top = mean + offset


def _box(node: Data, number: int, shape: _Shape, place: _Place) -> Box:
    x = MARGIN + place.column * (WIDTH + ACROSS)
    return Box(node, number, x, place.top, shape.height, shape.lines, shape.head, shape.rows)


def _lines(graph: Graph, box: Box, boxes: dict[str, Box], places: dict[Key, _Place]) -> list[Line]:
    made = []
    for edge, row in zip(graph.edges[box.node["id"]], box.rows, strict=True):
        target = boxes.get(edge.target or "")
        if target is None:
            continue
        x, y = box.x + WIDTH, box.y + row.port
        if (edge.source, edge.target) in graph.back_edges:
            made.append(Line(_way_back(x, y, target.x, target.entry), back=True))
            continue
        path, column = f"M{x:.0f} {y:.1f}", places[(edge.source,)].column + 1
        while (passing := places.get((edge.source, target.node["id"], str(column)))) is not None:
            left, level = MARGIN + column * (WIDTH + ACROSS), passing.top + passing.entry
            path += f"{_curve(x, y, left, level)}H{left + WIDTH:.0f}"
            x, y, column = left + WIDTH, level, column + 1
        made.append(Line(path + _curve(x, y, target.x, target.entry), back=False))
    return made


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    middle = (x + to_x) / 2
    return f"C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x:.0f} {to_y:.1f}"


def _way_back(x: float, y: float, to_x: float, to_y: float) -> str:
    """Over everything: out to the right, up, and in from the left."""
    lane, out, into = MARGIN / 2, x + ACROSS / 2, to_x - MARGIN / 2
    return f"M{x:.0f} {y:.1f}H{out:.0f}V{lane:.0f}H{into:.0f}V{to_y:.1f}H{to_x:.0f}"
