"""Warnings before a due date is missed, and when it was (A6-4): one letter a person and run, each dossier once a step.

That a dossier was told about is a row, written in the transaction of the letter: intent and effect cannot part.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.models import Person
from portal.dossiers import queries, worktime
from portal.dossiers.letters import shown
from portal.dossiers.models import Dossier, DossierWarning
from portal.dossiers.office import Office
from portal.rules import APPROVER, HANDLER

AT_ONCE = 500


class Step(StrEnum):
    """What is told: that it falls due within a working day, that it is late."""

    SOON = "soon"
    LATE = "late"


def warn(db: Session, office: Office, *, at: datetime) -> int:
    """Write to handlers and leaders about every dossier that reached a step since; returns how many letters. A job.

    Due within a working day: to the handler, or, where nobody has it, to the leaders. Late: to both.
    """
    profile = office.profile
    ahead = worktime.add(at, timedelta(minutes=profile.minutes_a_day), office.calendar, profile)
    told: dict[int, list[tuple[Step, Dossier]]] = defaultdict(list)
    people: dict[int, Person] = {}
    for step, query in (
        (Step.LATE, queries.overdue(at)),
        (Step.SOON, queries.due_within(at, ahead + timedelta(seconds=1))),
    ):
        for dossier in list(db.scalars(_untold(query, step))):
            for person in _to_tell(db, dossier, step):
                people[person.id] = person
                told[person.id].append((step, dossier))
            db.add(DossierWarning(dossier_id=dossier.id, step=step.value, due_at=dossier.due_at, told_at=at))
    db.flush()
    for key, found in told.items():
        _write(db, people[key], found, office, at)
    return len(told)


def _untold(query: Select[Dossier], step: Step) -> Select[Dossier]:
    """A date that moved is a new one to warn of."""
    mine = (DossierWarning.dossier_id == Dossier.id, DossierWarning.step == step.value)
    there = exists(select(DossierWarning.dossier_id).where(*mine, DossierWarning.due_at == Dossier.due_at))
    return query.where(~there).limit(AT_ONCE)


def _to_tell(db: Session, dossier: Dossier, step: Step) -> list[Person]:
    handler = db.get(Person, dossier.handler_id) if dossier.handler_id else None
    found = {handler.id: handler} if handler is not None and handler.active else {}
    if not found or step is Step.LATE:
        found |= {one.id: one for one in queries.holders(db, APPROVER, dossier.deciding)}
    if not found:
        found = {one.id: one for one in queries.holders(db, HANDLER, dossier.deciding)}
    return list(found.values())


def _write(db: Session, person: Person, found: Iterable[tuple[Step, Dossier]], office: Office, at: datetime) -> None:
    rows = {step: [dossier for one, dossier in found if one is step] for step in Step}
    written = (
        _environment()
        .get_template("warning.txt")
        .render(
            name=person.name,
            late=[(one.code, one.title, shown(one.due_at)) for one in rows[Step.LATE]],
            soon=[(one.code, one.title, shown(one.due_at)) for one in rows[Step.SOON]],
            desk=f"{office.address}/ban-lam-viec/ho-so",
            instance=office.name_in("vi"),
        )
    )
    subject, _line, text = written.strip().partition("\n")
    key = f"dossier-warning:{person.uid}:{at.isoformat()}"
    body = text.strip() + "\n"
    mail.send(db, to=person.email, subject=subject, text=body, key=key, about=None, language="vi", at=at)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("portal.dossiers", "templates/dossiers/desk"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text, never HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
