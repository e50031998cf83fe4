"""A file is visible exactly while an edition that owns it is (invariants 4 and 12), over HTTP."""

from urllib.parse import quote

import pytest
from webtest import Upload

from portal.publishing import service as publishing

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def unit(make):
    return make.agency()


@pytest.fixture
def editor(make, unit):
    return make.person(editor=unit)


@pytest.fixture
def approver(make, unit):
    return make.person(approver=unit)


@pytest.fixture
def attached(app, sign_in, make, unit, editor):
    """A draft whose editor uploads a file in the form; gives the edition and the address of the file."""
    draft = make.notice(unit, by=editor)
    sign_in(app, editor)
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    form["upload"] = [Upload("phụ lục.pdf", PDF, "application/pdf")]
    form.submit("save", status=303)
    file = draft.data["attachments"][0]
    assert (file["name"], file["size"], file["media_type"]) == ("phụ lục.pdf", len(PDF), "application/pdf")
    return draft, f"/tep/{file['sha256']}/{quote('phụ lục.pdf')}"


def as_visitor(app, address, status):
    app.reset()
    return app.get(address, status=status)


def test_the_file_of_a_draft_is_for_its_officials_only(app, attached, sign_in, make):
    _draft, address = attached
    assert app.get(address).body == PDF
    as_visitor(app, address, 404)
    stranger = make.person(editor=make.agency())
    sign_in(app, stranger)
    app.get(address, status=404)


def test_the_file_follows_the_edition_through_its_life(app, db, attached, editor, approver, at):
    draft, address = attached
    publishing.publish(db, draft, version=draft.version, by=approver, at=at)
    answer = as_visitor(app, address, 200)
    assert (answer.body, answer.content_type) == (PDF, "application/pdf")
    assert "phụ lục.pdf" in app.get(draft.item.path).text

    copy = publishing.working_copy(db, draft.item, by=editor, at=at)
    publishing.save(db, copy, copy.data | {"attachments": []}, version=copy.version, by=editor, at=at)
    as_visitor(app, address, 200)
    publishing.publish(db, copy, version=copy.version, by=approver, at=at, change_note="Gỡ phụ lục")
    as_visitor(app, address, 404)


def test_the_file_of_a_withdrawn_document_is_gone(app, db, attached, approver, at):
    draft, address = attached
    publishing.publish(db, draft, version=draft.version, by=approver, at=at)
    publishing.withdraw(db, draft, version=draft.version, by=approver, at=at, why="Nhầm")
    as_visitor(app, address, 404)


def test_a_scheduled_file_waits_for_its_time(app, db, attached, approver, at):
    from datetime import timedelta

    draft, address = attached
    publishing.schedule(db, draft, version=draft.version, by=approver, at=at, publish_at=at + timedelta(hours=1))
    as_visitor(app, address, 404)
    publishing.publish_due(db, at + timedelta(hours=1))
    as_visitor(app, address, 200)


def test_a_file_that_is_not_what_it_says_is_refused_and_the_rest_is_kept(app, sign_in, make, unit, editor):
    draft = make.notice(unit, by=editor)
    sign_in(app, editor)
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    form.set("title", "Vẫn giữ", 0)
    form["upload"] = [Upload("gia.pdf", b"MZ\x90\x00 this is a program", "application/pdf")]
    page = form.submit("save", status=422)
    assert page.forms["van-ban"].get("title", 0).value == "Vẫn giữ"
    assert draft.data["attachments"] == []
