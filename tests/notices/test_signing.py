"""Digital signatures of attachments: looked at in a process of its own, kept, told in a sentence."""

import hashlib
from dataclasses import replace

import pytest
from jinja2 import Environment, FileSystemLoader
from papers.authority import holder, paper, roots, signed
from webtest import Upload

from portal.files import blob_path
from portal.notices.signing import shown, told, with_signatures
from portal.papers.checking import check_signatures
from portal.papers.isolation import Bounds
from portal.papers.remarks import Remarks
from portal.settings import ROOT

VALID = {
    "state": "valid",
    "reason": "signature_valid",
    "signer": "Văn phòng Chính phủ",
    "organisation": "Chính phủ",
    "signed_at": "2024-03-12T03:05:00+00:00",
    "issuer": "Gốc thử",
    "covers_all": True,
}


@pytest.fixture
def here(settings, tmp_path):
    return replace(settings, files_dir=tmp_path / "tep", signature_roots=roots(tmp_path / "goc"))


def attached(here, content: bytes, media_type: str = "application/pdf", **more) -> dict:
    sha256 = hashlib.sha256(content).hexdigest()
    path = blob_path(here.files_dir, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {"sha256": sha256, "name": "tep.pdf", "media_type": media_type, "size": len(content)} | more


def test_an_attached_pdf_is_looked_at(here):
    given = [attached(here, signed(paper())), attached(here, paper("Khong ky")), attached(here, b"chu", "text/plain")]
    first, second, third = with_signatures(given, here)
    assert [(one["state"], one["signer"]) for one in first["signatures"]] == [("valid", "Văn phòng Ví Dụ")]
    assert second["signatures"] == []
    assert "signatures" not in third


def test_what_was_looked_at_is_not_looked_at_again(here):
    known = attached(here, signed(paper()), signatures=[VALID])
    assert with_signatures([known], here) == [known]
    assert with_signatures([attached(here, paper(), signatures=[])], here)[0]["signatures"] == []


def test_what_was_left_open_is_looked_at_when_the_operator_trusts_somebody(here):
    content = signed(paper())
    (before,) = with_signatures([attached(here, content)], replace(here, signature_roots=None))
    assert before["signatures"][0]["reason"] == Remarks.SIGNATURE_NO_ROOTS
    assert with_signatures([before], replace(here, signature_roots=None)) == [before]
    (after,) = with_signatures([before], here)
    assert after["signatures"][0]["state"] == "valid"


def test_a_file_that_cannot_be_looked_at_says_so(here, tmp_path):
    file = tmp_path / "tep.pdf"
    file.write_bytes(signed(paper(), holder("Ai đó")))
    (one,) = check_signatures(file, "tep.pdf", roots=None, bounds=Bounds(seconds=30, memory=20 * 1024 * 1024))
    assert (one.state, one.reason) == ("unchecked", Remarks.SIGNATURE_NOT_LOOKED_AT)


def test_a_save_waits_for_all_files_as_long_as_for_one(here, monkeypatch):
    clock = [100.0]
    given = []

    def slow(path, name, *, roots, bounds):
        given.append(bounds.seconds)
        clock[0] += 9
        return ()

    monkeypatch.setattr("portal.notices.signing.monotonic", lambda: clock[0])
    monkeypatch.setattr("portal.notices.signing.check_signatures", slow)
    files = [attached(here, paper(f"So {n}")) for n in range(4)]
    assert [one.get("signatures") for one in with_signatures(files, here)] == [[], [], None, None]
    assert given == [20, 11]


def test_a_content_that_is_gone_is_left_alone(here):
    gone = {"sha256": "a" * 64, "name": "mat.pdf", "media_type": "application/pdf", "size": 1, "signatures": None}
    assert with_signatures([gone], here) == [gone]


def test_a_signature_is_told_in_a_sentence():
    told_ = told(VALID, _plainly)
    assert told_ == "Chữ ký số: hợp lệ – Văn phòng Chính phủ, ký lúc 10:05 ngày 12/3/2024"
    bare = {"state": "unchecked", "reason": "signature_unreadable", "signer": None, "signed_at": "hôm qua"}
    assert told(bare, _plainly) == "Chữ ký số: chưa kiểm tra được"


def test_the_page_shows_state_signer_and_reason():
    rows = shown([VALID, VALID | {"state": "invalid", "reason": "signature_changed"}, {"state": "la"}], _plainly)
    assert [row["state"] for row in rows] == ["valid", "invalid", "unchecked"]
    folder = ROOT / "portal" / "notices" / "templates"
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True)
    environment.globals["_"] = lambda text, mapping: text.replace("${issuer}", mapping["issuer"])
    html = environment.get_template("notices/_signatures.jinja2").module.signatures(rows)
    assert "Chữ ký số: không hợp lệ – Văn phòng Chính phủ" in html
    assert "Nội dung tệp không còn đúng như khi ký." in html
    assert "Chứng thư do Gốc thử cấp." in html
    assert environment.get_template("notices/_signatures.jinja2").module.signatures([]).strip() == ""


def test_the_folder_of_roots_is_a_setting(tmp_path):
    from portal.settings import read

    assert read({"portal.signature_roots": str(tmp_path)}).signature_roots == tmp_path
    assert read({"portal.signature_roots": ""}).signature_roots is None
    assert read({}).signature_roots is None


def _plainly(text: str) -> str:
    return str(text.interpolate()) if hasattr(text, "interpolate") else text


def test_saving_a_draft_looks_at_the_pdf_that_was_attached(app, db, make, sign_in):
    unit = make.agency("Y41", "Bộ Thử nghiệm")
    sign_in(app, make.person(editor=unit))
    edition = make.notice(unit)
    form = app.get(f"/ban-lam-viec/van-ban/{edition.item.uid}/sua").forms["van-ban"]
    form["upload"] = [Upload("to-trinh.pdf", signed(paper("To trinh")), "application/pdf")]
    form.submit("save", status=303)
    db.refresh(edition)
    (attachment,) = edition.data["attachments"]
    assert [one["signer"] for one in attachment["signatures"]] == ["Văn phòng Ví Dụ"]
