"""How lists and pages of the desk say where a dossier stands, and what is left of its time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from portal.dossiers import clock, queries, worktime
from portal.dossiers.events import Kind
from portal.dossiers.following.labels import HAPPENED, TAGS
from portal.dossiers.models import Applicant, Dossier
from portal.dossiers.office import Office
from portal.dossiers.rules import READ_PERSONAL, RULES
from portal.dossiers.states import LABELS, State
from portal.dossiers.tracking import masked
from portal.request import _
from portal.rules import Identity, allowed

HAPPENED_HERE = HAPPENED | {
    Kind.NOTED: _("Ghi chú nội bộ"),
    Kind.CORRECTED: _("Sửa thông tin người nộp"),
    Kind.ANONYMISED: _("Xóa dữ liệu cá nhân"),
}
"""The words of the applicant's own page, and of what only officers see: one log, never two states."""
__all__ = ["HAPPENED_HERE", "LABELS", "TAGS", "Left", "Row", "left_of", "rows_of"]
SOON = timedelta(hours=8)
"""Working time: what falls due within it is marked."""

Kind_ = Literal["none", "ended", "late_end", "waits", "late", "soon", "time"]


@dataclass(frozen=True)
class Left:
    """`days` and `hours` of working time, without sign; `kind` says what they are."""

    kind: Kind_
    days: int = 0
    hours: int = 0


@dataclass(frozen=True)
class Row:
    """A line of the inbox; `applicant` is masked, None where the officer may not know it."""

    dossier: Dossier
    left: Left
    applicant: str | None


def left_of(dossier: Dossier, office: Office, at: datetime) -> Left:
    """What is left: whole working days and hours, less than an hour is none of both."""
    if dossier.ended_at is not None:
        judged = dossier.state in (State.DONE, State.RETURNED)
        return Left("late_end" if judged and dossier.is_late(at) else "ended")
    if dossier.due_at is None:
        return Left("none")
    remaining = worktime.between(dossier.counted_until(at), dossier.due_at, office.calendar, dossier.law)
    days, hours = clock.days_and_hours(remaining, dossier.law)
    if dossier.is_late(at):
        return Left("late", days, hours)
    if dossier.paused_at is not None:
        return Left("waits", days, hours)
    return Left("soon" if remaining <= SOON else "time", days, hours)


def rows_of(db: Session, dossiers: list[Dossier], identity: Identity, office: Office, at: datetime) -> list[Row]:
    """The lines of these dossiers."""
    known = queries.applicants(db, dossiers)
    return [
        Row(
            dossier,
            left_of(dossier, office, at),
            _masked(known[dossier.id]) if allowed(RULES, READ_PERSONAL, identity, dossier) else None,
        )
        for dossier in dossiers
    ]


def _masked(applicant: Applicant) -> str | None:
    return masked(applicant.name, applicant.audience)
