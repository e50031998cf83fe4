"""Ruled tables: from drawn lines to cells that may span rows and columns."""

from portal.papers.readers.pdf.model import Box, Cell, Rule, Table

_NEAR, _TOUCH = 3.0, 4.0
MOST_RULES, MOST_CELLS = 2500, 20_000


def grids_of(level: list[Rule], upright: list[Rule], sheet: Box, page: int) -> list[Table]:
    """Tables of at least two cells, from top to bottom. Frames about a text, underlines and page borders are none."""
    level, upright = _merged(level), _merged(upright)
    if len(level) + len(upright) > MOST_RULES:
        return []
    tables: list[Table] = []
    for rows, columns in _connected(level, upright):
        table = _table(rows, columns, sheet, page)
        if table is not None:
            tables.append(table)
    tables.sort(key=lambda table: (table.box.top, table.box.x0))
    return [
        table
        for i, table in enumerate(tables)
        if not any(j != i and _within(table.box, other.box) for j, other in enumerate(tables))
    ]


def _within(inner: Box, outer: Box) -> bool:
    return inner.area < outer.area and inner.common(outer) > 0.9 * inner.area


def _merged(rules: list[Rule]) -> list[Rule]:
    """Pieces of one line as one, double lines too."""
    lanes: list[list[Rule]] = []
    for rule in sorted(rules):
        if lanes and rule.at - lanes[-1][-1].at < 1.6 and rule.at - lanes[-1][0].at < 3:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    out: list[Rule] = []
    for lane in lanes:
        at = sum(rule.at for rule in lane) / len(lane)
        start, end = None, 0.0
        for rule in sorted(lane, key=lambda r: r.start):
            if start is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + _NEAR:
                end = max(end, rule.end)
            else:
                out.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None:
            out.append(Rule(at, start, end))
    return out


def _connected(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that cross or touch each other."""
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, post in enumerate(upright):
        for i, rule in enumerate(level):
            if (
                post.start - _TOUCH <= rule.at <= post.end + _TOUCH
                and rule.start - _TOUCH <= post.at <= rule.end + _TOUCH
            ):
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(rule)
    for j, post in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(post)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _places(values: list[float]) -> list[float]:
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] < _NEAR:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(group) / len(group) for group in out]


def _table(level: list[Rule], upright: list[Rule], sheet: Box, page: int) -> Table | None:
    left, right = min(rule.start for rule in level), max(rule.end for rule in level)
    xs = _places([rule.at for rule in upright])
    # Tables that leave out the lines at their sides still have level lines as wide as they are.
    for edge in (left, right):
        if all(abs(edge - x) > 6 for x in xs):
            xs = sorted([*xs, edge])
    ys = _places([rule.at for rule in level])
    top, bottom = min(rule.start for rule in upright), max(rule.end for rule in upright)
    for edge in (top, bottom):
        if edge < ys[0] - 10 or edge > ys[-1] + 10:
            ys = sorted([*ys, edge])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > MOST_CELLS:
        return None
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    if box.width < 40 or box.height < 12:
        return None
    cells = _cells(xs, ys, level, upright)
    return Table(box, xs, rows, cells, page) if len(cells) > 1 else None


def _cells(xs: list[float], ys: list[float], level: list[Rule], upright: list[Rule]) -> list[Cell]:
    rows, columns = len(ys) - 1, len(xs) - 1
    posts = [[rule for rule in upright if abs(rule.at - x) < _NEAR + 1] for x in xs]
    rails = [[rule for rule in level if abs(rule.at - y) < _NEAR + 1] for y in ys]

    def wall(i: int, j: int) -> bool:
        """Between the cells (i, j - 1) and (i, j)."""
        return _covers(posts[j], ys[i], ys[i + 1])

    def floor(i: int, j: int) -> bool:
        """Between the cells (i - 1, j) and (i, j)."""
        return _covers(rails[i], xs[j], xs[j + 1])

    taken = [[False] * columns for _ in range(rows)]
    cells: list[Cell] = []
    for i in range(rows):
        for j in range(columns):
            if taken[i][j]:
                continue
            wide = 1
            while j + wide < columns and not taken[i][j + wide] and not wall(i, j + wide):
                wide += 1
            high = 1
            while i + high < rows and all(
                not floor(i + high, c) and not taken[i + high][c] for c in range(j, j + wide)
            ):
                if any(wall(i + high, c) for c in range(j + 1, j + wide)):
                    break
                high += 1
            for r in range(i, i + high):
                for c in range(j, j + wide):
                    taken[r][c] = True
            cells.append(Cell(i, j, high, wide, Box(xs[j], ys[i], xs[j + wide], ys[i + high])))
    return cells


def _covers(rules: list[Rule], start: float, end: float) -> bool:
    """Whether a rule runs along most of that stretch."""
    length = end - start
    return any(min(rule.end, end) - max(rule.start, start) > 0.6 * length for rule in rules)
