"""The key of a draft is the draft: it stands in no log, and what is written to its holder goes with it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from dossiers.applying.conftest import PDF
from dossiers.applying.test_uploads import meta
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.db import new_uid
from portal.dossiers.applying import files, service
from portal.dossiers.applying.views import overview
from portal.dossiers.models import AnswerSet, Applicant, Draft
from portal.dossiers.service import drafts
from portal.eforms import uploads
from portal.eforms.models import PartialUpload
from portal.mail import Mail, State


def announce(one: Any, **more: Any) -> Any:
    """An upload of one byte that never comes."""
    owner, token = f"draft:{one.key}", one.page.forms["bieu-mau"]["csrf_token"].value
    about = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": token, "Upload-Length": "1"}
    about["Upload-Metadata"] = meta(owner=owner, field="ban_chup", filename="a.pdf")
    return one.app.post("/tep-tai-len", b"", headers=about, **more)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_defect_is_logged_without_the_key(walk: Any, caplog: Any, monkeypatch: Any, prefix: str) -> None:
    one = walk()

    def broken(*given: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(overview, "_page", broken)
    one.app.get(prefix + one.address, status=500)
    assert f"{prefix}/ho-so-nhap/…" in caplog.text
    assert one.key not in caplog.text


def test_no_field_waits_for_more_files_than_it_can_need(walk: Any, db: Session) -> None:
    one = walk().who().fill(co_con="false")
    most = 1 + uploads.SPARE
    for _number in range(most):
        announce(one, status=201)
    assert "quá nhiều tệp" in announce(one, status=413).text
    assert len(db.scalars(select(PartialUpload)).all()) == most


def test_a_draft_does_not_hold_files_without_end(walk: Any, monkeypatch: Any) -> None:
    one = walk().who().fill(co_con="false")
    monkeypatch.setattr(files, "MOST_HELD", 1)
    one.fill(status=422, upload=("mot.pdf", PDF, "application/pdf"))
    announce(one, status=413)
    one.fill(status=422, upload=("hai.pdf", PDF + b"\n", "application/pdf"))
    assert "quá nhiều tệp" in one.page.html.main.get_text()


def test_the_letter_with_the_link_is_forgotten_with_the_draft(walk: Any, db: Session) -> None:
    one = walk()
    one.open()
    form = one.page.forms["gui-lien-ket"]
    form["email"] = "hoa@vidu.vn"
    form.submit("gui", status=303)
    letter = db.scalars(select(Mail)).one()
    assert one.key in (letter.body or "")
    letter.state = State.KEPT
    page = one.app.get(one.address + "/bo")
    landed = next(form for form in page.forms.values() if form.action.endswith("/bo")).submit(status=303).follow()
    assert "Đã bỏ bản nháp" in landed.html.main.parent.get_text()
    assert db.scalars(select(Draft)).all() == []
    db.refresh(letter)
    assert (letter.body, letter.recipient, letter.state) == (None, "da-xoa@invalid", State.FAILED)


def test_a_letter_that_still_waited_when_its_draft_ran_out_is_forgotten_once_it_was_sent(
    walk: Any, db: Session, at: datetime
) -> None:
    form = walk().open().page.forms["gui-lien-ket"]
    form["email"] = "hoa@vidu.vn"
    form.submit("gui", status=303)
    letter, later = db.scalars(select(Mail)).one(), at + drafts.KEPT + timedelta(hours=1)
    assert drafts.sweep(db, later) == 1
    db.refresh(letter)
    assert letter.recipient == "hoa@vidu.vn"
    letter.state, letter.ended_at = State.FAILED, later
    db.flush()
    drafts.sweep(db, later)
    db.refresh(letter)
    assert (letter.recipient, letter.body) == ("da-xoa@invalid", None)


def test_drafts_are_swept_faster_than_one_network_begins_them(walk: Any, db: Session, at: datetime) -> None:
    walk()
    row = {column.key: getattr(db.scalars(select(Draft)).one(), column.key) for column in Draft.__table__.columns}
    many = service.MOST["draft"] + 100
    fresh = [{"uid": new_uid(), "key_sha256": f"{number:064}"} for number in range(many)]
    db.execute(insert(Draft), [{name: row[name] for name in row if name != "id"} | one for one in fresh])
    assert drafts.sweep(db, at + drafts.KEPT) == many + 1


def test_a_name_longer_than_its_column_can_be_handed_in(walk: Any, db: Session) -> None:
    one = walk().who(ho_ten="Hoa " * 100)
    one.fill(co_con="false").fill(upload=("ban-chup.pdf", PDF, "application/pdf"), cam_doan=True)
    one.submit()
    assert len(db.scalars(select(Applicant)).one().name or "") == 200
    assert len((db.scalars(select(AnswerSet)).one().answers or {})["ho_ten"]) == 399
