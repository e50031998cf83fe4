"""How many applications came in and were solved, procedure by procedure: what the catalogue shows (A5-8)."""

from datetime import date

from sqlalchemy.orm import Session

from portal.catalogue.usage import Used
from portal.dossiers.figures import Group, figures


def of_procedures(db: Session, first: date, last: date) -> dict[int, Used]:
    """Received and solved from `first` to `last`, by id of the procedure's item."""
    counted = figures(db, first, last, by=Group.PROCEDURE)
    return {key: Used(one.received, one.solved) for key, one in counted.items() if isinstance(key, int)}
