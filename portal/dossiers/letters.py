"""Letters to the applicant at each change (A6-5), in their language. Plain text; the first line is the subject.

A letter names no personal data but what an officer wrote for the applicant to read; the tracking secret stands on the
receipt only.
"""

import re
from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.models import Person
from portal.accounts.queries import person_by_uid
from portal.catalogue.fees import money
from portal.clock import in_vietnam
from portal.dossiers.events import Event, Kind, moment_of
from portal.dossiers.models import Applicant, Dossier
from portal.dossiers.office import Office
from portal.text import write_short_date

TOLD = frozenset(Kind) - {Kind.NOTED, Kind.CORRECTED, Kind.ANONYMISED, Kind.TRANSFERRED}
"""Kinds that the applicant is written about. A transfer is told by the assignment that follows it."""


def tell(db: Session, dossier: Dossier, event: Event, office: Office) -> None:
    """Write to the applicant about an event, in this transaction; nobody is written to who gave no address."""
    applicant = db.get(Applicant, dossier.id)
    if event.kind not in TOLD or applicant is None or not applicant.email:
        return
    subject, text = compose(db, dossier, event, office, applicant.language)
    mail.send(
        db,
        to=applicant.email,
        subject=subject,
        text=text,
        key=f"dossier:{dossier.uid}:{event.sequence}",
        about=(dossier.audit_kind, dossier.uid),
        language=applicant.language,
        at=event.at,
    )


def compose(db: Session, dossier: Dossier, event: Event, office: Office, language: str) -> tuple[str, str]:
    """Subject and text of the letter about an event."""
    template = _environment().get_template(f"{language}/{event.kind}.txt")
    handler = db.get(Person, dossier.handler_id) if dossier.handler_id else None
    officer = person_by_uid(db, event.person) if event.person else None
    written = template.render(
        code=dossier.code,
        title=dossier.title,
        reception=dossier.reception.label(language),
        deciding=dossier.deciding.label(language),
        handler=handler.name if handler else None,
        officer=officer.name if officer else None,
        due=shown(dossier.due_at),
        original_due=shown(dossier.original_due_at),
        facts=event.payload,
        until=_day(event.payload.get("until")),
        new_due=shown(moment_of(event.payload.get("due_at"))),
        amount=_money(event.payload, language),
        words=event.words,
        at=shown(event.at),
        instance=office.name_in(language),
        address=office.address,
    )
    subject, _line, text = written.strip().partition("\n")
    return subject, re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def shown(at: datetime | None) -> str | None:
    """`17:00, 05/03/2026`: what a Vietnamese clock and calendar say."""
    if at is None:
        return None
    local = in_vietnam(at)
    return f"{local:%H:%M}, {write_short_date(local.date())}"


def _day(value: Any) -> str | None:
    return write_short_date(date.fromisoformat(value)) if isinstance(value, str) else None


def _money(facts: dict[str, Any], language: str) -> str | None:
    return money(facts["amount"], facts["currency"], language) if "amount" in facts else None


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("portal.dossiers", "templates/dossiers/letters"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text, never HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
