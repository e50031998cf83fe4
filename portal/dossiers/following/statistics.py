"""Public figures of a year: months, fields of law and agencies, by both norms, without telling about single people.

Figures go until yesterday, so that a day's page stays as it is. Groups of fewer than `FEWEST` dossiers are put
together, and never one of them alone: else it could be had by subtraction. So it is with what an agency's page leaves
of a group of all agencies.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency, Field
from portal.catalogue.present import Said
from portal.dossiers.figures import Figures, Group, Key, Method, figures, months
from portal.dossiers.following.present import named
from portal.dossiers.models import Dossier

NOTHING: Mapping[str, int] = {}
FEWEST = 5
"""Dossiers that a published figure speaks of at least."""
T = TypeVar("T", bound="Row")


@dataclass(frozen=True)
class Row:
    """A line of a table: `said` None for what was put together; `law` and `kpi` None where too few to tell."""

    key: str
    said: Said | None
    law: Figures | None
    kpi: Figures | None

    @property
    def size(self) -> int:
        """How many dossiers it speaks of."""
        return size(self.law) if self.law is not None else 0


@dataclass(frozen=True)
class Published:
    """All figures of a year, or of its part until `last`. `total` holds None when the whole is too small to tell."""

    first: date
    last: date
    total: Row
    by_month: list[Row]
    by_field: list[Row] = field(default_factory=list)
    by_agency: list[Row] = field(default_factory=list)

    @property
    def year(self) -> int:
        return self.first.year


def size(one: Figures) -> int:
    """How many dossiers a figure speaks of: received in the period, or solved in it, or open at its end."""
    return one.solved + one.open_in_time + one.open_late


def years(db: Session, today: date) -> list[int]:
    """The years of which there are figures, the last one first; always the one of yesterday."""
    newest = (today - timedelta(days=1)).year
    oldest = db.scalar(select(func.min(Dossier.received_on)))
    return list(range(newest, min(oldest.year if oldest else newest, newest) - 1, -1))


def deciding(db: Session) -> list[Agency]:
    """Agencies that decide dossiers, by name: what one may choose from."""
    ids = select(Dossier.deciding_id).where(Dossier.received_on.is_not(None)).distinct()
    return list(db.scalars(select(Agency).where(Agency.id.in_(ids)).order_by(Agency.name, Agency.id)))


def published(db: Session, year: int, today: date, *, agency: Agency | None = None, lang: str = "vi") -> Published:
    """The figures of a year that has begun before `today`, of all agencies or of one that decides."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), today - timedelta(days=1))
    units = frozenset({agency.id}) if agency else None
    law, kpi = (figures(db, first, last, method, units=units)[None] for method in Method)
    total = Row("", None, law, kpi)
    if 0 < total.size < FEWEST or (agency and _stands_folded(db, agency, first, last)):
        return Published(first, last, Row("", None, None, None), [])
    rest = _rests(db, first, last, units) if units else {}
    by_month = {method: months(db, first, last, method, units=units) for method in Method}
    rows = [
        Row(month, Said(month, ""), one, by_month[Method.KPI][month]) for month, one in by_month[Method.LAW].items()
    ]
    by_field = _rows(db, first, last, Group.FIELD, units, lang)
    if any(_alone(table, rest) for table in (rows, by_field)):
        return Published(first, last, Row("", None, None, None), [])
    return Published(
        first,
        last,
        total,
        hide(rows, rest),
        fold(by_field, rest),
        [] if agency else fold(_rows(db, first, last, Group.AGENCY, units, lang)),
    )


def _stands_folded(db: Session, agency: Agency, first: date, last: date) -> bool:
    """Whether the table of all agencies does not tell of this one: alone it would tell of the others in its row."""
    small = _too_small(_rows(db, first, last, Group.AGENCY, None, "vi"))
    return str(agency.id) in {row.key for row in small}


def _rests(db: Session, first: date, last: date, units: frozenset[int]) -> dict[str, int]:
    """How many dossiers other agencies have in each field and month: what is left when these are taken away."""
    own = figures(db, first, last, Method.LAW, by=Group.FIELD, units=units)
    every = figures(db, first, last, Method.LAW, by=Group.FIELD)
    found = {str(key): size(one) - size(own.get(key, Figures())) for key, one in every.items()}
    mine = months(db, first, last, Method.LAW, units=units)
    whole = months(db, first, last, Method.LAW)
    return found | {key: size(one) - size(mine.get(key, Figures())) for key, one in whole.items()}


def _alone(rows: list[Row], rest: Mapping[str, int]) -> bool:
    """Whether the only row is one that must not stand alone."""
    kept = [row for row in rows if row.size]
    return len(kept) == 1 and _tells(kept[0], rest)


def _tells(row: Row, rest: Mapping[str, int]) -> bool:
    """Whether the row tells of too few: its own, or those that are left of all agencies' when it is taken away."""
    return row.size < FEWEST or 0 < rest.get(row.key, 0) < FEWEST


def hide(rows: list[Row], rest: Mapping[str, int] = NOTHING) -> list[Row]:
    """The same rows with too small ones emptied, and another beside a single one."""
    small = {row.key for row in _too_small(rows, rest)}
    return [Row(row.key, row.said, None, None) if row.key in small else row for row in rows]


def fold(rows: list[Row], rest: Mapping[str, int] = NOTHING) -> list[Row]:
    """The rows, the largest first, with too small ones put together in a last one without a name."""
    small = _too_small(rows, rest)
    keys = {row.key for row in small}
    kept = sorted((row for row in rows if row.key not in keys and row.size), key=lambda row: -row.size)
    if not small:
        return kept
    together = Row("", None, _sum(row.law for row in small), _sum(row.kpi for row in small))
    return [*kept, together if together.size >= FEWEST else Row("", None, None, None)]


def _too_small(rows: list[Row], rest: Mapping[str, int] = NOTHING) -> list[Row]:
    """Rows that must not stand alone, with the next larger ones until together they are enough and more than one."""
    ordered = sorted((row for row in rows if row.size), key=lambda row: row.size)
    taken = [row for row in ordered if _tells(row, rest)]
    others = [row for row in ordered if not _tells(row, rest)]
    while taken and others and (len(taken) < 2 or sum(row.size for row in taken) < FEWEST):
        taken.append(others.pop(0))
    return taken


def _sum(given: Iterable[Figures | None]) -> Figures:
    found = Figures()
    for one in given:
        found += one or Figures()
    return found


def _rows(db: Session, first: date, last: date, by: Group, units: frozenset[int] | None, lang: str) -> list[Row]:
    law, kpi = (figures(db, first, last, method, by=by, units=units) for method in Method)
    names = _agencies(db, law, lang) if by is Group.AGENCY else _fields(db, law, lang)
    return [Row(str(key), names.get(key), one, kpi.get(key)) for key, one in law.items()]


def _agencies(db: Session, keys: Iterable[Key], lang: str) -> dict[Key, Said]:
    found = db.scalars(select(Agency).where(Agency.id.in_([key for key in keys if key is not None])))
    return {agency.id: named(agency, lang) for agency in found}


def _fields(db: Session, keys: Iterable[Key], lang: str) -> dict[Key, Said]:
    wanted = [key for key in keys if key is not None]
    found = {one.slug: one for one in db.scalars(select(Field).where(Field.slug.in_(wanted)))}
    return {
        key: Said(found[key].label(lang), lang if lang == "vi" or found[key].english_name else "vi")
        if key in found
        else Said(str(key), "vi")
        for key in wanted
    }
