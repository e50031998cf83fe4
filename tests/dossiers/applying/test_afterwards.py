"""After submission: what was asked for is brought, a dossier is taken back; by code and secret alone (invariant 19)."""

from typing import Any

import pytest
from dossiers.applying.conftest import PDF
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import Upload

from portal.dossiers import service
from portal.dossiers.events import Actor, Kind
from portal.dossiers.models import DossierFile
from portal.dossiers.states import State
from portal.eforms.models import PartialUpload


def said(page: Any) -> str:
    return " ".join(page.html.main.get_text(" ").split())


@pytest.fixture
def proven(citizen: Any, counter: Any) -> Any:
    """`proven()` → (browser that has shown code and secret, dossier)."""

    def go(*acts: tuple[str, dict[str, Any]]) -> Any:
        receipt = counter.receipt()
        for act, more in acts:
            counter.do(act, receipt.dossier, **more)
        app = citizen()
        form = app.get("/tra-cuu-ho-so").forms
        look = next(f for f in form.values() if "secret" in f.fields)
        look["code"], look["secret"] = receipt.code, receipt.secret
        look.submit(status=303)
        return app, receipt.dossier

    return go


ASKED = (("receive", {}), ("ask_supplement", {"what": "Bổ sung bản chụp sổ đỏ"}))


def test_what_was_asked_for_is_brought_with_words_and_files(db: Session, proven: Any) -> None:
    app, dossier = proven(*ASKED)
    page = app.get(f"/ho-so/{dossier.code}/bo-sung")
    assert "Bổ sung bản chụp sổ đỏ" in said(page)
    form = page.forms["bo-sung"]
    form["words"], form["upload"] = "Tôi gửi bản chụp", [Upload("so-do.pdf", PDF, "application/pdf")]
    landed = form.submit("send", status=303)
    assert landed.location.endswith(f"/ho-so/{dossier.code}")
    assert "Đã gửi phần bổ sung" in landed.follow().text
    assert dossier.state is State.RECEIVED
    event = service.events_of(db, dossier)[-1]
    assert (event.kind, event.actor, event.words) == (Kind.SUPPLEMENT_GIVEN, Actor.APPLICANT, "Tôi gửi bản chụp")
    assert event.payload["files"] == 1
    held = db.scalars(select(DossierFile).where(DossierFile.part == "supplement")).all()
    assert [file.name for file in held] == ["so-do.pdf"]
    assert db.scalars(select(PartialUpload)).all() == []


def test_nothing_at_all_is_no_supplement(proven: Any) -> None:
    app, dossier = proven(*ASKED)
    page = app.get(f"/ho-so/{dossier.code}/bo-sung").forms["bo-sung"].submit("send", status=422)
    assert "ít nhất một tệp" in said(page)
    assert dossier.state is State.SUPPLEMENT


def test_words_and_files_stay_when_the_dossier_moved_meanwhile(db: Session, proven: Any, counter: Any) -> None:
    app, dossier = proven(*ASKED)
    form = app.get(f"/ho-so/{dossier.code}/bo-sung").forms["bo-sung"]
    counter.do("note", dossier, words="Đã gọi điện")
    form["words"], form["upload"] = "Tôi gửi bản chụp", [Upload("so-do.pdf", PDF, "application/pdf")]
    page = form.submit("send", status=409)
    assert page.forms["bo-sung"]["words"].value == "Tôi gửi bản chụp"
    assert "so-do.pdf" in said(page)
    page.forms["bo-sung"].submit("send", status=303)
    assert dossier.state is State.RECEIVED
    assert len(db.scalars(select(DossierFile)).all()) == 1


def test_where_nothing_was_asked_nothing_is_taken(proven: Any) -> None:
    app, dossier = proven(("receive", {}))
    assert "không còn" in said(app.get(f"/ho-so/{dossier.code}/bo-sung", status=409))


def test_a_dossier_is_taken_back_after_asking_once_more(db: Session, proven: Any) -> None:
    app, dossier = proven(("receive", {}))
    page = app.get(f"/ho-so/{dossier.code}/rut")
    form = page.forms["rut-ho-so"]
    form["why"] = "Nộp nhầm nơi"
    form.submit("withdraw", status=303)
    assert dossier.state is State.WITHDRAWN
    event = service.events_of(db, dossier)[-1]
    assert (event.actor, event.words) == (Actor.APPLICANT, "Nộp nhầm nơi")
    assert "không cần làm lại" in said(app.get(f"/ho-so/{dossier.code}/rut", status=409))


def test_a_stale_withdrawal_shows_the_new_state_first(proven: Any, counter: Any) -> None:
    app, dossier = proven()
    form = app.get(f"/ho-so/{dossier.code}/rut").forms["rut-ho-so"]
    counter.do("receive", dossier)
    page = form.submit("withdraw", status=409)
    assert dossier.state is State.RECEIVED
    assert "Được tiếp nhận" in said(page)
    page.forms["rut-ho-so"].submit("withdraw", status=303)
    assert dossier.state is State.WITHDRAWN


@pytest.mark.parametrize("place", ["bo-sung", "rut"])
def test_a_stranger_is_sent_to_the_lookup_whether_or_not_there_is_such_a_code(
    citizen: Any, proven: Any, place: str
) -> None:
    _app, dossier = proven(*ASKED)
    answers = [citizen().get(f"/ho-so/{code}/{place}", status=303) for code in (dossier.code, "H17-20200101-0000001")]
    assert [answer.location.split("?")[0] for answer in answers] == ["http://localhost/tra-cuu-ho-so"] * 2
    bodies = [answer.text.replace(dossier.code, "…").replace("H17-20200101-0000001", "…") for answer in answers]
    assert bodies[0] == bodies[1]


def test_files_in_pieces_reach_a_supplement_only_with_proof(db: Session, proven: Any, citizen: Any) -> None:
    from dossiers.applying.test_uploads import meta

    app, dossier = proven(*ASKED)
    owner = f"supplement:{dossier.code}"
    for browser, status in ((app, 201), (citizen(), 403)):
        token = browser.get("/tra-cuu-ho-so").html.find("input", {"name": "csrf_token"})["value"]
        headers = {"Tus-Resumable": "1.0.0", "X-Upload-Owner": owner, "X-CSRF-Token": token}
        about = {"Upload-Length": str(len(PDF)), "Upload-Metadata": meta(owner=owner, field="tep", filename="a.pdf")}
        made = browser.post("/tep-tai-len", b"", headers=headers | about, status=status)
        if status == 201:
            kind = "application/offset+octet-stream"
            piece = headers | {"Upload-Offset": "0", "Content-Type": kind}
            browser.request(made.location, method="PATCH", headers=piece, body=PDF, status=204, content_type=kind)
    page = app.get(f"/ho-so/{dossier.code}/bo-sung")
    assert "a.pdf" in said(page)
    page.forms["bo-sung"].submit("send", status=303)
    assert [file.name for file in db.scalars(select(DossierFile))] == ["a.pdf"]
