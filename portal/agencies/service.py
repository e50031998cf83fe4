"""What may happen to the register. The only writer of its tables."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.agencies import queries
from portal.agencies.aliases import set_aliases
from portal.agencies.codes import parse_code
from portal.agencies.errors import BadCode, BadPeriod, CircularUnits, CodeTaken, NothingToMerge, NotInForce, StaleUnit
from portal.agencies.kinds import Evidence, Kind
from portal.agencies.loading import Loaded, RegisterFiles, load_register
from portal.agencies.models import Agency, Field, Succession
from portal.agencies.periods import Period, overlap
from portal.text import free_slug, slug

PROFILE = ("short_name", "english_name", "abbreviation", "address", "phone", "email", "website", "note")
"""Columns that describe a unit and that its administrators may change at any time."""

CHECKED = ("code", "valid_from", "valid_to", "parent")

IDENTITY = ("name", "kind", "code", "valid_from", "valid_to", "self_approval")
"""Columns that say what the unit is."""

__all__ = [
    "IDENTITY",
    "PROFILE",
    "Loaded",
    "add_field",
    "add_unit",
    "change_unit",
    "load_register",
    "merge",
    "set_aliases",
]


def add_unit(
    db: Session,
    name: str,
    *,
    kind: Kind,
    code: str | None = None,
    parent: Agency | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    self_approval: bool = False,
    key: str | None = None,
    evidence: Evidence = Evidence.ATTESTED,
    aliases: Sequence[str] = (),
    by: audit.Actor | None,
    at: datetime,
    **profile: str | None,
) -> Agency:
    """Add a unit to the register. `code` may be in either form; `profile` takes the columns of `PROFILE`.

    Raises `BadCode`, `BadPeriod`, `CodeTaken`.
    """
    code = _clean_code(code)
    _check(db, None, code=code, valid_from=valid_from, valid_to=valid_to, parent=parent)
    agency = Agency(
        key=key or _free_key(db, name),
        name=name,
        kind=kind.value,
        code=code,
        code_evidence=(evidence if code else Evidence.NONE).value,
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
        self_approval=self_approval,
        **_profile(profile),
    )
    db.add(agency)
    db.flush()
    set_aliases(db, agency, aliases)
    audit.record(db, by, "added", agency, at=at, name=name, code=agency.code)
    return agency


def change_unit(
    db: Session,
    agency: Agency,
    *,
    aliases: Sequence[str] | None = None,
    version: int | None = None,
    by: audit.Actor | None,
    at: datetime,
    **values: Any,
) -> None:
    """Change what is said of a unit: `name`, `kind`, `code`, `parent`, `valid_from`, `valid_to`, `self_approval`
    and the columns of `PROFILE`; `aliases` are all its further names. Nothing changed, nothing written.

    Raises as `add_unit`, `CircularUnits`, and `StaleUnit` when `version` is not the present one.
    """
    if version is not None and version != agency.version:
        raise StaleUnit
    changed = _changes(agency, values)
    new_names = list(agency.other_names if aliases is None else aliases)
    if not changed and new_names == agency.other_names:
        return
    _check(db, agency, **{name: changed.get(name, getattr(agency, name)) for name in CHECKED})
    for name, value in changed.items():
        setattr(agency, name, value)
    db.flush()
    details = {name: _plain(value) for name, value in changed.items()}
    if new_names != agency.other_names:
        details["aliases"] = new_names
    set_aliases(db, agency, new_names)
    audit.record(db, by, "changed", agency, at=at, **details)


def add_field(
    db: Session, name: str, *, by: audit.Actor | None, at: datetime, english_name: str | None = None
) -> Field:
    """The field of law (lĩnh vực) of that name; one that the Bộ pháp điển does not have is added as an own field.

    Names that fold to one slug are one field, so asking again writes nothing.
    """
    key = slug(name, longest=80)
    found = db.get(Field, key) or db.scalar(select(Field).where(Field.name == name))
    if found is not None:
        return found
    field = Field(slug=key, name=name[:200], english_name=english_name)
    db.add(field)
    db.flush()
    audit.record(db, by, "added field of law", RegisterFiles(), at=at, slug=key, name=field.name)
    return field


def merge(
    db: Session,
    predecessors: Sequence[Agency],
    successors: Sequence[Agency],
    on: date,
    *,
    instrument: str | None = None,
    note: str | None = None,
    by: audit.Actor | None,
    at: datetime,
) -> list[Succession]:
    """End `predecessors` on the eve of `on` and let `successors` follow each of them (requirement A8-5).

    Merger, split and transfer alike; a unit that stands on both sides goes on. What the old units issued stays theirs,
    and their codes keep resolving. Raises `NothingToMerge`, and `NotInForce` for a unit that does not exist then.
    """
    ending = [unit for unit in predecessors if unit not in successors]
    if not ending or not successors:
        raise NothingToMerge
    eve = on - timedelta(days=1)
    for units, day in ((ending, eve), (successors, on)):
        for unit in units:
            if not unit.in_force(day):
                raise NotInForce(unit.name, day)
    made = [
        Succession(predecessor=old, successor=new, on=on, instrument=instrument, note=note)
        for old in ending
        for new in successors
    ]
    db.add_all(made)
    for old in ending:
        old.valid_to = eve
    db.flush()
    for old in ending:
        into = [new.name for new in successors]
        audit.record(db, by, "merged", old, at=at, into=into, on=on.isoformat(), instrument=instrument)
    for new in successors:
        audit.record(db, by, "took_over", new, at=at, units=[old.name for old in ending], on=on.isoformat())
    return made


def _free_key(db: Session, name: str) -> str:
    return free_slug(slug(name), lambda key: queries.by_key(db, key) is not None)


def _clean_code(code: str | None) -> str | None:
    if not code:
        return None
    parsed = parse_code(code)
    if parsed is None:
        raise BadCode(code)
    return parsed.code


def _changes(agency: Agency, values: dict[str, Any]) -> dict[str, Any]:
    """What differs from the row, in the row's own form. An evidence goes with its code."""
    if "code" in values:
        code = _clean_code(values["code"])
        values = {**values, "code": code}
        if code != agency.code:
            values["code_evidence"] = (Evidence.ATTESTED if code else Evidence.NONE).value
    if "kind" in values:
        values = {**values, "kind": Kind(values["kind"]).value}
    return {name: value for name, value in values.items() if getattr(agency, name) != value}


def _profile(values: dict[str, str | None]) -> dict[str, str | None]:
    unknown = values.keys() - set(PROFILE)
    if unknown:
        raise TypeError(f"No columns of a profile: {', '.join(sorted(unknown))}")
    return values


def _check(
    db: Session,
    agency: Agency | None,
    *,
    code: str | None,
    valid_from: date | None,
    valid_to: date | None,
    parent: Agency | None,
) -> None:
    """Whether a unit (None: a new one) may have these values. Nothing is assigned yet: a refusal leaves no trace."""
    if valid_from and valid_to and valid_to < valid_from:
        raise BadPeriod
    if code:
        own_id = agency.id if agency else 0
        for other in db.scalars(select(Agency).where(Agency.code == code, Agency.id != own_id)):
            if overlap(Period(valid_from, valid_to), other):
                raise CodeTaken(code, other.name)
    if agency and parent and parent.id in queries.units_below(db, agency.id):
        raise CircularUnits


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, Agency) else value
