"""The months of a year as a drawing: received beside solved, solved split into in time and late. Plain geometry."""

from dataclasses import dataclass

from portal.dossiers.following.statistics import Row

WIDTH, HEIGHT = 760, 280
LEFT, RIGHT, TOP, BOTTOM = 56, 8, 16, 32
TICKS = 4


@dataclass(frozen=True)
class Bar:
    """A rectangle; `kind`: received, on_time or late."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Tick:
    """A line of the scale with its number."""

    y: float
    value: int


@dataclass(frozen=True)
class Label:
    """The name of a month under its bars; `hidden`: too few to draw."""

    x: float
    month: int
    hidden: bool


@dataclass(frozen=True)
class Chart:
    """What the template draws, in the units of `viewBox`."""

    width: int
    height: int
    base: float
    left: int
    bars: list[Bar]
    ticks: list[Tick]
    labels: list[Label]


def drawn(rows: list[Row]) -> Chart | None:
    """The chart of months; None when there is nothing to draw."""
    known = [row.law for row in rows if row.law is not None]
    most = max((max(one.received, one.solved) for one in known), default=0)
    if not most:
        return None
    top = _round(most)
    base, room = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    step = (WIDTH - LEFT - RIGHT) / 12
    wide = step * 0.34
    bars, labels = [], []
    for row in rows:
        month = int(row.key[-2:])
        x = LEFT + (month - 1) * step
        labels.append(Label(round(x + step / 2, 1), month, row.law is None))
        if row.law is None:
            continue
        high = {name: getattr(row.law, name) * room / top for name in ("received", "on_time", "late")}
        bars.append(_bar("received", x + step * 0.14, base, wide, high["received"]))
        second = x + step * 0.14 + wide + step * 0.04
        bars.append(_bar("on_time", second, base, wide, high["on_time"]))
        bars.append(_bar("late", second, base - high["on_time"], wide, high["late"]))
    ticks = [Tick(round(base - room * place / TICKS, 1), top * place // TICKS) for place in range(TICKS + 1)]
    return Chart(WIDTH, HEIGHT, base, LEFT, [bar for bar in bars if bar.height], ticks, labels)


def _bar(kind: str, x: float, base: float, width: float, height: float) -> Bar:
    return Bar(kind, round(x, 1), round(base - height, 1), round(width, 1), round(height, 1))


def _round(most: int) -> int:
    """The top of a scale of whole numbers in four steps."""
    unit = 1
    while True:
        for factor in (1, 2, 5):
            if unit * factor * TICKS >= most:
                return unit * factor * TICKS
        unit *= 10
