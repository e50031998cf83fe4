"""The register of dossiers (sổ theo dõi hồ sơ): the form that lists all of a period."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.clock import in_vietnam
from portal.dossiers import figures, queries
from portal.dossiers.events import Kind
from portal.dossiers.letters import shown
from portal.dossiers.models import Applicant, Dossier, DossierEvent
from portal.dossiers.office import Office
from portal.dossiers.printing import wording
from portal.dossiers.printing.facts import LANGUAGES, heads, place_of
from portal.dossiers.printing.sheets import Sheet, sheet_of
from portal.dossiers.printing.wording import SETS
from portal.dossiers.profiles import Paper
from portal.dossiers.rules import READ_PERSONAL, RULES
from portal.dossiers.states import LABELS
from portal.rules import ADMINISTRATOR, APPROVER, HANDLER, RECEPTIONIST, Identity, allowed

MOST = 500
PURPOSE = "In sổ theo dõi hồ sơ"
_CHANNELS = {"direct": "Trực tiếp", "online": "Trực tuyến", "post": "Bưu chính"}


def of_period(db: Session, first: date, last: date, *, by: Identity) -> tuple[list[Dossier], int]:
    """The dossiers of the days `first` to `last` that the officer may see in their units, and how many.

    Of more than `MOST` the first ones alone.
    """
    begin, until = figures.bounds(first, last)
    receives = by.units(RECEPTIONIST) | by.units(ADMINISTRATOR)
    decides = by.units(HANDLER) | by.units(APPROVER) | by.units(ADMINISTRATOR)
    mine = or_(Dossier.reception_id.in_(receives), Dossier.deciding_id.in_(decides))
    span = (Dossier.submitted_at >= begin, Dossier.submitted_at < until, mine)
    rows = list(db.scalars(select(Dossier).where(*span).order_by(Dossier.submitted_at, Dossier.id).limit(MOST)))
    return rows, db.scalar(select(func.count()).select_from(Dossier).where(*span)) or 0


def named(rows: list[Dossier], by: Identity) -> list[Dossier]:
    """Those whose applicant this officer may know: the others stand in the register without a name."""
    return [one for one in rows if allowed(RULES, READ_PERSONAL, by, one)]


def sheet_for(
    db: Session,
    office: Office,
    rows: list[Dossier],
    total: int,
    first: date,
    last: date,
    *,
    by: Identity,
    lang: str,
    at: datetime,
) -> Sheet:
    """The register of what `of_period` gave. Names stand in it: who calls this has noted the reading of `named`."""
    known, ways = queries.applicants(db, named(rows, by)), _ways(db, rows)
    unit = rows[0].reception if rows else _own(db, by)
    profile = office.profile
    facts: dict[str, Any] = {
        "names": {one: {**heads(unit, one), "place": wording.marked(place_of(unit), one)} for one in LANGUAGES},
        "number": None,
        "code": None,
        "qr": None,
        "day": in_vietnam(at).date().isoformat(),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "count": total,
        "shown": len(rows),
        "rows": wording.without_marks(
            [_row(number, one, known.get(one.id), ways.get(one.id)) for number, one in enumerate(rows, 1)]
        ),
    }
    return sheet_of(Paper.REGISTER, SETS[profile.name][Paper.REGISTER], facts, profile.name, lang)


def _row(number: int, dossier: Dossier, applicant: Applicant | None, way: str | None) -> list[str]:
    contact = [applicant.address, applicant.phone] if applicant else []
    return [
        str(number),
        dossier.code,
        dossier.title,
        "1",
        (applicant.name if applicant else None) or "",
        ", ".join(part for part in contact if part),
        dossier.deciding.name,
        shown(dossier.received_at) or "",
        shown(dossier.due_at) or "",
        shown(dossier.returned_at) or "",
        _CHANNELS.get(way or "", ""),
        str(LABELS[dossier.state].interpolate()),
    ]


def _ways(db: Session, dossiers: list[Dossier]) -> dict[int, str]:
    """How each result was handed over (trực tiếp, bưu chính, trực tuyến), by the dossier's id."""
    mine = DossierEvent.dossier_id.in_([one.id for one in dossiers])
    query = select(DossierEvent).where(mine, DossierEvent.kind == Kind.RETURNED)
    return {row.dossier_id: row.payload["channel"] for row in db.scalars(query)}


def _own(db: Session, by: Identity) -> Agency:
    """The officer's own unit heads an empty register."""
    return db.get_one(Agency, db.get_one(Person, by.person.id).unit_id)
