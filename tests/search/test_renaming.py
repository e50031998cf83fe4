"""When the register calls an agency otherwise, the documents that hold its words are read anew."""

from datetime import datetime
from typing import Any

from makers import Makers
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import service as agencies
from portal.jobs import Job
from portal.search import changes, renaming, service


def jobs_of(db: Session) -> list[Job]:
    return list(db.scalars(select(Job).where(Job.kind == renaming.JOB)))


def test_a_renamed_agency_takes_its_documents_along(config: Any, db: Session, make: Makers, at: datetime) -> None:
    unit, other = make.agency(name="Bộ Thử nghiệm"), make.agency(name="Bộ Khác")
    own, _other = make.notice(unit, published=True), make.notice(other, published=True)
    service.settle(db)
    before = changes.last_number(db)
    agencies.change_unit(db, unit, short_name="Bộ TN", by=None, at=at)
    [job] = jobs_of(db)
    renaming.read_anew(db, job.payload, at)
    service.settle(db)
    assert [change.uid for change in changes.after(db, before, 10)] == [str(own.item.uid)]


def test_what_is_no_name_takes_nothing_along(config: Any, db: Session, make: Makers, at: datetime) -> None:
    unit = make.agency()
    agencies.change_unit(db, unit, phone="024 3 000", by=None, at=at)
    assert jobs_of(db) == []
