"""Many items at once: the same rows as one by one."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import audit
from portal.notices.models import Notice
from portal.publishing import service as publishing
from portal.publishing.models import Edition, ReservedPath
from portal.publishing.service.bringing import Incoming, bring_in

DATA = {
    "type": "thong-bao",
    "number": "12",
    "notation": "TB-THU",
    "issuer": {"name": "Bộ Thử nghiệm", "code": None},
    "issued_on": "2025-03-04",
    "title": "Về việc thử nghiệm",
    "fields": ["giao-duc"],
    "relations": [{"relation": "amends", "number": "1/TB-THU"}],
    "body": "<p>Nội dung.</p>",
}
MADE_UP = {"id", "uid", "edition_id", "item_id", "version", "data", "number_key"}


def values(row: Any) -> dict[str, Any]:
    return {column.name: getattr(row, column.key) for column in row.__table__.columns if column.name not in MADE_UP}


@pytest.mark.parametrize("public", [False, True])
def test_an_item_that_came_with_others_is_like_one_that_came_alone(
    db: Session, make: Any, at: datetime, public: bool
) -> None:
    unit = make.agency("G97", "Bộ Thử nghiệm")
    [together] = bring_in(db, [Incoming("a", DATA)], kind="notice", unit=unit, origin="x", at=at, public=public)
    alone = publishing.create(db, kind="notice", data=DATA, unit=unit, origin="x", by=None, at=at, source_id="b")
    if public:
        publishing.publish_imported(db, alone, at=at)
    db.expire_all()
    assert values(together) == values(alone)
    assert together.data == alone.data
    one, other = (db.get_one(Notice, edition.id) for edition in (together, alone))
    assert values(one) == values(other)
    assert [row.field for row in one.fields] == [row.field for row in other.fields] == ["giao-duc"]
    assert [row.number for row in one.relations] == [row.number for row in other.relations] == ["1/TB-THU"]
    assert [line.action for line in audit.history(db, together.item.uid)] == [
        line.action for line in audit.history(db, alone.item.uid)
    ]
    assert together.item.path == ("/van-ban/12-tb-thu-2025" if public else None)


def test_every_one_gets_an_address_of_its_own(db: Session, make: Any, at: datetime) -> None:
    incoming = [Incoming(str(number), DATA) for number in range(60)]
    editions = bring_in(db, incoming, kind="notice", unit=make.agency(), origin="x", at=at, public=True)
    paths = [edition.item.path for edition in editions]
    assert paths == ["/van-ban/12-tb-thu-2025", *(f"/van-ban/12-tb-thu-2025-{n}" for n in range(2, 61))]
    assert set(db.scalars(select(ReservedPath.path))) >= set(paths)


def test_what_was_brought_in_before_is_refused(db: Session, make: Any, at: datetime) -> None:
    unit, incoming = make.agency(), [Incoming("a", DATA)]
    bring_in(db, incoming, kind="notice", unit=unit, origin="x", at=at, public=True)
    with pytest.raises(IntegrityError), db.begin_nested():
        bring_in(db, incoming, kind="notice", unit=unit, origin="x", at=at, public=True)
    assert len(db.scalars(select(Edition)).all()) == 1
