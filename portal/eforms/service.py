"""What may happen to forms: made, and pinned when somebody's answers rest on them. The only writer of their table."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.db import insert_into
from portal.eforms.definition import SCHEMA, Data, clean, sha256_of
from portal.eforms.errors import UnknownDefinition
from portal.eforms.kind import NAME
from portal.eforms.models import FormDefinition
from portal.publishing import service as publishing
from portal.publishing.models import Edition


def create(
    db: Session,
    definition: Data,
    *,
    unit: Agency,
    origin: str,
    by: Person | None,
    at: datetime,
    slug: str | None = None,
    source_id: str | None = None,
) -> Edition:
    """The first draft of a new form."""
    data = {"slug": slug, "definition": definition}
    return publishing.create(db, kind=NAME, data=data, unit=unit, origin=origin, by=by, at=at, source_id=source_id)


def pin(db: Session, definition: Data, *, at: datetime) -> str:
    """Keep a definition for ever, under its SHA-256, which a submission names; nothing happens when it is kept already.

    Safe when two submissions pin the same one at once.
    """
    body = clean(definition)
    sha256 = sha256_of(body)
    new = insert_into(db, FormDefinition).values(sha256=sha256, schema_version=SCHEMA, body=body, first_used_at=at)
    db.execute(new.on_conflict_do_nothing(index_elements=[FormDefinition.sha256]))
    return sha256


def definition_of(db: Session, sha256: str) -> Data:
    """The pinned definition of that name. Raises `UnknownDefinition`."""
    row = db.get(FormDefinition, sha256)
    if row is None:
        raise UnknownDefinition
    return row.body
