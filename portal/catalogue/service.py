"""What may happen to procedures beyond publishing in general: made, and checked for duplicates."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.catalogue import queries_desk
from portal.catalogue.data import Data
from portal.catalogue.kind import NAME
from portal.catalogue.models import Procedure
from portal.publishing import service as publishing
from portal.publishing.models import Edition


def create(
    db: Session,
    data: Data,
    *,
    unit: Agency,
    origin: str,
    by: Person | None,
    at: datetime,
    source_id: str | None = None,
) -> Edition:
    """A new procedure as a draft of `unit`, which then looks after it. The data may be incomplete."""
    return publishing.create(db, kind=NAME, data=data, unit=unit, origin=origin, by=by, at=at, source_id=source_id)


def duplicates_of(db: Session, edition: Edition) -> list[Procedure]:
    """Other procedures with the same code, in any state but superseded: the editor is warned."""
    return queries_desk.with_code(db, edition.data["code"], besides=edition.item_id)
