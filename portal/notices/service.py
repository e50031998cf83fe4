"""What may happen to notices beyond publishing in general: made, and checked for duplicates."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.notices import data as record
from portal.notices import queries
from portal.notices.kind import NAME
from portal.notices.models import Notice
from portal.publishing import service as publishing
from portal.publishing.models import Edition


def create(
    db: Session,
    data: record.Data,
    *,
    unit: Agency,
    origin: str,
    by: Person | None,
    at: datetime,
    source_id: str | None = None,
) -> Edition:
    """A new notice as a draft of `unit`. The data may be incomplete."""
    return publishing.create(db, kind=NAME, data=data, unit=unit, origin=origin, by=by, at=at, source_id=source_id)


def duplicates_of(db: Session, edition: Edition) -> list[Notice]:
    """Other notices with the same number, notation, issuer and year: the editor is warned (A3-6)."""
    notice = queries.of_edition(db, edition)
    return queries.duplicates(
        db,
        number_key=notice.number_key,
        year=notice.year,
        issuer_id=notice.issuer_id,
        issuer_name=notice.issuer_name,
        besides=notice.item_id,
    )
