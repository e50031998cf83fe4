"""What may be asked about forms."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, undefer

from portal.agencies.models import Agency
from portal.eforms.definition import Data
from portal.eforms.kind import NAME
from portal.publishing.models import WORKING, Edition, Item, State
from portal.rules import APPROVER, EDITOR, Identity


def published(db: Session, uid: UUID) -> Edition | None:
    """The published edition of the form with that permanent identity; None while there is none."""
    query = select(Edition).join(Item).where(Item.uid == uid, Item.kind == NAME, Edition.state == State.PUBLISHED)
    return db.scalar(query.options(undefer(Edition.data)))


def published_definition(db: Session, uid: UUID) -> Data | None:
    """What citizens are asked now by the form with that identity; None while it is not published."""
    edition = published(db, uid)
    if edition is None:
        return None
    definition: Data = edition.data["definition"]
    return definition


def all_published(db: Session) -> list[Edition]:
    """Every published form by its title: what a procedure may name."""
    query = select(Edition).join(Item).where(Item.kind == NAME, Edition.state == State.PUBLISHED)
    return list(db.scalars(query.order_by(Edition.title, Edition.id)))


def of_units(units: frozenset[int], *, words: str = "", states: tuple[State, ...] = ()) -> Select[Edition]:
    """The current edition of every form of these units, last touched first: the working one, else the live one."""
    working = select(Edition.item_id).where(Edition.state.in_(WORKING))
    query = (
        select(Edition)
        .join(Item)
        .where(Item.kind == NAME, Item.unit_id.in_(units), Edition.state != State.SUPERSEDED)
        .where(Edition.state.in_(WORKING) | Edition.item_id.not_in(working))
    )
    for word in words.split():
        query = query.where(Edition.title.icontains(word, autoescape=True))
    if states:
        query = query.where(Edition.state.in_(states))
    return query.order_by(Edition.updated_at.desc(), Edition.id.desc())


def writing_units(db: Session, identity: Identity) -> list[Agency]:
    """Units in force that this person may write for, their own one first."""
    units = identity.units(EDITOR) | identity.units(APPROVER)
    query = select(Agency).where(Agency.id.in_(units), Agency.valid_to.is_(None)).order_by(Agency.name)
    return sorted(db.scalars(query), key=lambda unit: unit.id != identity.person.unit_id)
