"""What may be asked about items and editions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.models import Person
from portal.publishing.errors import Gone, Moved, NeverThere
from portal.publishing.models import LIVE, Edition, EditionWriter, Item, Presence, ReservedPath, State

_WITH_PEOPLE = (selectinload(Edition.writers), joinedload(Edition.publisher), joinedload(Edition.author))

STILL_THERE = timedelta(seconds=45)
"""How long after its last sign an editor counts as present."""


@dataclass(frozen=True)
class Live:
    """An item with the edition that the public sees."""

    item: Item
    edition: Edition


def by_path(db: Session, path: str) -> Live:
    """What stands at a public address. Raises `Moved`, `Gone` or `NeverThere` (invariant 14)."""
    reserved = db.get(ReservedPath, path)
    if reserved is None:
        raise NeverThere
    item = reserved.item
    if item.path is not None and item.path != path:
        raise Moved(item.path)
    edition = live_edition(db, item)
    if edition is None:
        raise NeverThere
    if edition.state == State.WITHDRAWN:
        raise Gone(item, edition)
    return Live(item, edition)


def live_edition(db: Session, item: Item) -> Edition | None:
    """The published or withdrawn edition, without loading the others."""
    return db.scalar(select(Edition).where(Edition.item_id == item.id, Edition.state.in_(LIVE)))


def item_by_uid(db: Session, uid: UUID) -> Item | None:
    """The item with this permanent identity, its editions loaded without their data."""
    return db.scalar(select(Item).where(Item.uid == uid).options(selectinload(Item.editions).options(*_WITH_PEOPLE)))


def item_by_source(db: Session, *, origin: str, kind: str, source_id: str) -> Item | None:
    """The item that was imported from `source_id`, if it was."""
    return db.scalar(select(Item).where(Item.origin == origin, Item.kind == kind, Item.source_id == source_id))


def edition_numbered(item: Item, number: int) -> Edition | None:
    """Edition `number` of the item."""
    return next((edition for edition in item.editions if edition.number == number), None)


def public_history(db: Session, item: Item) -> list[Edition]:
    """Every edition that was ever public, newest first: what the reader's change history is made of."""
    return list(
        db.scalars(
            select(Edition)
            .where(Edition.item_id == item.id, Edition.published_at.is_not(None))
            .order_by(Edition.number.desc())
        )
    )


def drafts_of(person: Person, units: frozenset[int]) -> Select[Edition]:
    """Drafts of `units` that the person has written in, last touched first; those sent back stand among them."""
    mine = select(EditionWriter.edition_id).where(EditionWriter.person_id == person.id)
    return _in_state(State.DRAFT, units).where(Edition.id.in_(mine)).order_by(Edition.updated_at.desc())


def waiting_for(person: Person, units: frozenset[int]) -> Select[Edition]:
    """Editions in review that an approver of `units` may decide: somebody else wrote them, longest waiting first."""
    mine = select(EditionWriter.edition_id).where(EditionWriter.person_id == person.id)
    return _in_state(State.IN_REVIEW, units).where(Edition.id.not_in(mine)).order_by(Edition.submitted_at)


def scheduled(units: frozenset[int]) -> Select[Edition]:
    """Editions that wait for their time, the next one first."""
    return _in_state(State.SCHEDULED, units).order_by(Edition.publish_at)


def overdue(db: Session, at: datetime, grace: timedelta = timedelta(minutes=2)) -> list[Edition]:
    """Scheduled editions that should have gone public more than `grace` ago: the watchdog's question (invariant 10)."""
    late = select(Edition).where(Edition.state == State.SCHEDULED, Edition.publish_at < at - grace)
    return list(db.scalars(late.order_by(Edition.publish_at)))


def recently_published(units: frozenset[int]) -> Select[Edition]:
    """Published editions, newest first."""
    return _in_state(State.PUBLISHED, units).order_by(Edition.published_at.desc(), Edition.id.desc())


def also_editing(db: Session, edition: Edition, person: Person, *, at: datetime) -> list[Person]:
    """Who else has the edit form of this edition open."""
    here = select(Presence).where(
        Presence.edition_id == edition.id, Presence.person_id != person.id, Presence.seen_at > at - STILL_THERE
    )
    return [presence.person for presence in db.scalars(here)]


def _in_state(state: State, units: frozenset[int]) -> Select[Edition]:
    return select(Edition).join(Edition.item).where(Edition.state == state, Item.unit_id.in_(units))
