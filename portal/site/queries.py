"""What may be asked about sections and pages."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.notices.queries import Filter
from portal.publishing.models import WORKING, Edition, Item, State
from portal.site.models import Section, SitePage


def sections(db: Session) -> list[Section]:
    """Every section, in its order."""
    return list(db.scalars(select(Section).order_by(Section.position)))


def section(db: Session, slug: str) -> Section | None:
    """The section of that address."""
    return db.get(Section, slug)


def documents_of(db: Session, section: Section) -> Filter:
    """Which documents the section lists."""
    found = [agencies.by_code(db, code) for code in section.issuers]
    return Filter(
        types=frozenset(section.types) or None,
        fields=frozenset(section.fields) or None,
        issuers=frozenset(agency.id for agency in found if agency) if section.issuers else None,
    )


def pages(db: Session) -> list[SitePage]:
    """Every published page, in its order."""
    query = select(SitePage).join(Edition, Edition.id == SitePage.edition_id)
    return list(db.scalars(query.where(Edition.state == State.PUBLISHED).order_by(SitePage.position, SitePage.title)))


def desk_pages(db: Session, units: frozenset[int]) -> list[Edition]:
    """The current edition of every page of these units: the working one where there is one, else the live one."""
    query = (
        select(Edition)
        .join(Item)
        .where(Item.kind == "page", Item.unit_id.in_(units), Edition.state != State.SUPERSEDED)
    )
    newest: dict[int, Edition] = {}
    for edition in db.scalars(query.order_by(Edition.number)):
        held = newest.get(edition.item_id)
        if held is None or held.state not in WORKING:
            newest[edition.item_id] = edition
    return sorted(newest.values(), key=lambda edition: edition.title)
