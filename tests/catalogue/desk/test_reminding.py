"""Who looks after procedures is told what to look at again: on the first page of the desk, and by letter."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.catalogue.reminding import tell_behind
from portal.mail import Mail
from portal.publishing import service as publishing
from portal.settings import Settings


@pytest.fixture
def province(make: Any) -> Any:
    return make.agency("H17", "Ủy ban nhân dân thành phố Ví Dụ", kind="province")


@pytest.fixture
def national(make: Any) -> Any:
    unit = make.agency("G15", "Bộ Tư pháp")
    return make.procedure(unit, published=True, code="1.001193", reception=[{"name": "Bộ phận của bộ"}])


@pytest.fixture
def variant(make: Any, national: Any, province: Any) -> Any:
    return make.local_service(national, province, published=True)


def change(db: Session, national: Any, at: datetime, name: str) -> None:
    item = national.item
    copy = publishing.working_copy(db, item, by=None, at=at)
    changed = copy.data | {"reception": [{"name": name}]}
    publishing.save(db, copy, changed, version=copy.version, by=None, at=at)
    publishing.publish_imported(db, copy, at=at)


def letters(db: Session) -> list[Mail]:
    return list(db.scalars(select(Mail).order_by(Mail.id)))


def test_editors_are_written_to_once_for_each_change_of_the_national_procedure(
    db: Session, make: Any, national: Any, variant: Any, province: Any, settings: Settings, at: datetime
) -> None:
    editor = make.person(editor=province)
    make.person(approver=province)
    assert tell_behind(db, settings, at=at) == 0

    change(db, national, at, "Nơi khác")
    assert [tell_behind(db, settings, at=at), tell_behind(db, settings, at=at)] == [1, 0]

    [letter] = letters(db)
    assert letter.recipient == editor.email
    assert f"/ban-lam-viec/thu-tuc/dia-phuong/{variant.item.uid}/sua" in str(letter.body)
    change(db, national, at, "Nơi khác nữa")
    assert tell_behind(db, settings, at=at) == 1


def test_where_nobody_edits_the_approvers_are_told_and_what_is_being_put_right_is_not_told(
    db: Session, make: Any, national: Any, variant: Any, province: Any, settings: Settings, at: datetime
) -> None:
    approver = make.person(approver=province)
    change(db, national, at, "Nơi khác")
    assert tell_behind(db, settings, at=at) == 1
    assert letters(db)[0].recipient == approver.email


def test_the_desk_begins_with_overdue_reviews_and_variants_left_behind(
    db: Session, make: Any, app: TestApp, sign_in: Any, national: Any, variant: Any, province: Any, at: datetime
) -> None:
    late = make.procedure(province, published=True, name="Thủ tục lâu chưa rà soát", review_by=date(2020, 1, 31))
    change(db, national, at, "Nơi khác")
    sign_in(app, make.person(editor=province))

    panel = app.get("/ban-lam-viec").html.find(attrs={"aria-labelledby": "thu-tuc-can-xem-lai"})

    assert late.title in panel.text
    assert "31/01/2020" in panel.text
    assert variant.title in panel.text


def test_a_desk_without_such_work_has_no_such_part(
    make: Any, app: TestApp, sign_in: Any, national: Any, variant: Any, province: Any
) -> None:
    sign_in(app, make.person(editor=province))
    assert "thu-tuc-can-xem-lai" not in app.get("/ban-lam-viec")
