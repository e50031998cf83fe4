"""Letters to those who look after a local variant when the national procedure has changed under it: each change once.

A periodic job asks which variants are behind; the letter's key names variant, person and the national edition, so a
second run, or a second process, writes nothing more (intent = effect).
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy import select, true
from sqlalchemy.orm import Session, aliased

from portal import mail
from portal.accounts.models import Grant, Person
from portal.agencies.models import Agency
from portal.catalogue.behind import national_edition
from portal.catalogue.local import NAME as LOCAL_NAME
from portal.catalogue.models import LocalService
from portal.publishing.models import WORKING, Edition, Item, State
from portal.rules import APPROVER, EDITOR
from portal.settings import Settings

AT_ONCE = 500
EDIT = "/ban-lam-viec/thu-tuc/dia-phuong/{uid}/sua"


def tell_behind(db: Session, settings: Settings, *, at: datetime) -> int:
    """Write about every public variant that is behind to the editors of its unit, else to those who approve there."""
    written = 0
    for row in _behind(db):
        national = national_edition(db, row.procedure_uid)
        if national is None:
            continue
        for person in _keepers(db, row.edition.item.unit):
            written += _write(db, person, row, national, settings, at)
    return written


def _behind(db: Session) -> list[LocalService]:
    """Public variants left behind that nobody has begun to put right."""
    working, its = aliased(Edition), aliased(LocalService)
    begun = select(its.item_id).join(working, working.id == its.edition_id)
    begun = begun.where(working.state.in_(WORKING), ~its.behind)
    query = select(LocalService).join(Edition, Edition.id == LocalService.edition_id)
    query = query.where(Edition.state == State.PUBLISHED, LocalService.behind, LocalService.item_id.not_in(begun))
    return list(db.scalars(query.order_by(LocalService.edition_id).limit(AT_ONCE)))


def _keepers(db: Session, unit: Agency) -> Iterable[Person]:
    """The active people who edit for the unit, by a grant there or above; where there are none, those who approve."""
    line: list[int] = []
    above: Agency | None = unit
    while above is not None:
        line.append(above.id)
        above = above.parent
    for role in (EDITOR, APPROVER):
        held = select(Grant.person_id).where(Grant.role == role, Grant.unit_id.in_(line))
        people = db.scalars(select(Person).where(Person.id.in_(held), Person.active == true()).order_by(Person.id))
        found = list(people)
        if found:
            return found
    return []


def _write(db: Session, person: Person, row: LocalService, national: Edition, settings: Settings, at: datetime) -> bool:
    """The letter; whether it is a new one."""
    item: Item = row.edition.item
    key = f"behind:{item.uid}:{national.id}:{person.uid}"
    if db.scalar(select(mail.Mail.id).where(mail.Mail.key == key)) is not None:
        return False
    template = _environment().get_template(f"{person.language}/behind.txt")
    text = template.render(
        name=person.name,
        procedure=national.title,
        agency=row.agency.label(person.language) if row.agency else "",
        address=settings.address + EDIT.format(uid=item.uid),
        instance=settings.name_in(person.language),
    )
    subject, _line, body = text.strip().partition("\n")
    mail.send(
        db,
        to=person.email,
        subject=subject,
        text=body.strip() + "\n",
        key=key,
        about=(LOCAL_NAME, item.uid),
        language=person.language,
        at=at,
    )
    return True


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("portal.catalogue", "templates/catalogue/letters"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text, never HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
