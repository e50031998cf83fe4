"""From file to draft, as editors do it over HTTP: what is proposed, what is kept, what is refused."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image as Picture
from webtest import Upload

from portal import papers
from portal.accounts.models import KeptForm
from portal.audit.models import AuditLine
from portal.files import blob_path
from portal.files.models import File, FileUse
from portal.notices.intake.models import IntakeFile, Outcome
from portal.papers.errors import Unreadable
from portal.papers.paper import Image, Note, Paper, Remark, Signature, Writer
from portal.publishing import service as publishing
from portal.publishing.models import Edition

NEW = "/ban-lam-viec/van-ban/moi"
LINES = """VĂN PHÒNG CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 58/TB-VPCP
Hà Nội, ngày 09 tháng 02 năm 2026
THÔNG BÁO
Về lịch tiếp công dân quý I
Chương I
LỊCH TIẾP
Điều 1. Thời gian
1. Buổi sáng từ 8 giờ.
2. Buổi chiều từ 14 giờ.
- Nghỉ ngày lễ;
Nơi nhận:
- Các bộ, cơ quan ngang bộ;
- Lưu: VT, KSTT (2).
KT. BỘ TRƯỞNG, CHỦ NHIỆM
PHÓ CHỦ NHIỆM
Lê Thử Bút""".splitlines()


def text_file(lines=LINES):
    return "\n".join(lines).encode()


def paper_of(lines=LINES, *, format="docx", **more):
    writer = Writer()
    for line in lines:
        writer.add(line, f"<p>{line}</p>")
    return Paper("van-ban", format, writer.text, writer.blocks, **more)


@pytest.fixture
def reads(monkeypatch):
    """`reads(paper)`: what the reader makes of any file; an error is raised."""

    def stand_in(result):
        def read(path, name, **how):
            found = result(how.get("encoding")) if callable(result) else result
            if isinstance(found, Exception):
                raise found
            return found

        monkeypatch.setattr(papers, "read", read)

    return stand_in


@pytest.fixture
def unit(make):
    return make.agency(code="G22", name="Văn phòng Chính phủ", abbreviation="VPCP")


@pytest.fixture
def editor(make, unit):
    return make.person(editor=unit)


@pytest.fixture
def approver(make, unit):
    return make.person(approver=unit)


@pytest.fixture
def send(app, sign_in, editor):
    """`send(name, content, status=303, **boxes)`: one file given in on the page for new documents."""
    sign_in(app, editor)

    def go(name, content, *, status=303, page=None, **boxes):
        form = (page or app.get(NEW)).forms["van-ban-moi"]
        form["upload"] = [Upload(name, content)]
        for box, ticked in boxes.items():
            form[box] = ticked
        return form.submit("begin", status=status)

    return go


def as_visitor(app, address, status):
    app.reset()
    return app.get(address, status=status)


def tep(file):
    return f"/tep/{file['sha256']}/{file['name']}"


def picture():
    out = BytesIO()
    Picture.new("RGB", (3, 3), "red").save(out, "PNG")
    return out.getvalue()


def test_a_file_becomes_a_draft_with_its_fields_its_passages_and_its_original(db, send):
    page = send("58-tb-vpcp.txt", text_file()).follow()
    data = db.query(Edition).one().data
    assert (data["number"], data["notation"], data["issued_on"]) == ("58", "TB-VPCP", "2026-02-09")
    assert (data["original"]["name"], data["attachments"]) == ("58-tb-vpcp.txt", [])
    where = data["sources"]["recipients.0"]
    assert data["paper"][where["start"] : where["end"]].startswith("Các bộ") or "Các bộ" in where["text"]
    assert page.html.find(attrs={"data-paper": True}).get_text() == data["paper"]
    assert page.html.find("a", href=lambda link: link and "/tep/" in link) is not None


def test_the_marks_headings_tables_notes_and_pictures_of_a_file_stay(db, send, reads):
    writer = Writer()
    for line in LINES[:9]:
        writer.add(line, f"<p><strong>{line}</strong></p>")
    writer.add("Điều 1. Thời gian", "<p><strong>Điều 1. Thời gian</strong></p>")
    writer.add("1. Buổi sáng", '<p>1. Buổi <em>sáng</em><sup><a href="#chu-thich-1">1</a></sup></p>')
    writer.add("| Giờ |", "<table><tr><th scope='col'>Giờ</th></tr></table>")
    writer.add("", '<p><img src="hinh:so-do.png" alt="Sơ đồ"></p>')
    for line in LINES[13:]:
        writer.add(line, f"<p>{line}</p>")
    image, note = Image("so-do.png", "image/png", picture(), "Sơ đồ"), Note(1, "Giờ Hà Nội.")
    reads(Paper("x", "docx", writer.text, writer.blocks, images=(image,), notes=(note,)))
    send("so-do.txt", b"docx, truly")
    body = db.query(Edition).one().data["body"]
    assert "Chương I<br>LỊCH TIẾP</h2>" in body
    assert ">Điều 1. Thời gian</h3>" in body
    assert "<em>sáng</em>" in body
    assert '<th scope="col">Giờ</th>' in body
    assert 'src="/tep/' in body
    assert 'alt="Sơ đồ"' in body
    assert '<li id="chu-thich-1">Giờ Hà Nội.</li>' in body


def test_the_original_is_never_public_and_the_pictures_are_while_the_text_is(
    app, db, send, reads, editor, approver, sign_in, at, make
):
    writer = Writer()
    for line in LINES:
        writer.add(line, f'<p>{line}<img src="hinh:a.png" alt=""></p>')
    reads(Paper("x", "docx", writer.text, writer.blocks, images=(Image("a.png", "image/png", picture()),)))
    send("goc.txt", text_file())
    draft = db.query(Edition).one()
    original = tep(draft.data["original"])
    shown = draft.data["body"].split('src="')[1].split('"')[0]
    for state in ("draft", "published", "withdrawn"):
        if state == "published":
            publishing.save(db, draft, draft.data | {"doubts": {}}, version=draft.version, by=editor, at=at)
            publishing.publish(db, draft, version=draft.version, by=approver, at=at)
        if state == "withdrawn":
            publishing.withdraw(db, draft, version=draft.version, by=approver, at=at, why="Nhầm")
        as_visitor(app, original, 404)
        as_visitor(app, shown, 200 if state == "published" else 404)
        sign_in(app, make.person(editor=make.agency()))
        app.get(original, status=404)
        sign_in(app, editor)
        assert app.get(original).body == text_file()
        assert app.get(shown).content_type == "image/png"


def test_ticking_it_makes_the_original_an_attachment_and_back(app, db, send):
    page = send("goc.txt", text_file()).follow()
    form = page.forms["van-ban"]
    form["publish_original"] = True
    form.submit("save", status=303)
    draft = db.query(Edition).one()
    assert [file["name"] for file in draft.data["attachments"]] == ["goc.txt"]
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    assert form["publish_original"].checked
    form["publish_original"] = False
    form.submit("save", status=303)
    assert (draft.data["attachments"], draft.data["original"]["name"]) == ([], "goc.txt")


def test_a_published_original_is_public_only_as_the_attachment(app, db, send, editor, approver, at):
    form = send("goc.txt", text_file()).follow().forms["van-ban"]
    form["publish_original"] = True
    form.submit("save", status=303)
    draft = db.query(Edition).one()
    publishing.save(db, draft, draft.data | {"doubts": {}}, version=draft.version, by=editor, at=at)
    publishing.publish(db, draft, version=draft.version, by=approver, at=at)
    as_visitor(app, tep(draft.data["original"]), 200)


@pytest.mark.parametrize("mark", ["MẬT", "TUYỆT MẬT"])
def test_a_secret_paper_leaves_neither_file_nor_text(db, send, settings, mark):
    content = text_file([LINES[0], mark, *LINES[1:]])
    answer = send("noi-bo.txt", content, status=422)
    assert "bảo vệ bí mật nhà nước" in answer.text
    assert db.query(Edition).count() == 0
    assert db.query(IntakeFile).count() == 0
    assert db.query(File).count() == 0
    assert not [path for path in settings.files_dir.rglob("*") if path.is_file() and path.read_bytes() == content]
    line = db.query(AuditLine).filter_by(action="refused a secret file").one()
    assert "Thử Bút" not in str(line.details)
    assert answer.forms["van-ban-moi"]["text"].value == ""


def test_a_false_alarm_of_secrecy_goes_through_by_a_second_word_that_is_recorded(db, send):
    content = text_file([LINES[0], "MẬT", *LINES[1:]])
    refused = send("bieu-mau.txt", content, status=422)
    send("bieu-mau.txt", content, page=refused, not_secret=True)
    assert db.query(Edition).one().data["number"] == "58"
    assert db.query(AuditLine).filter_by(action="let a secrecy mark through").one().details["mark"] == "MẬT"


def test_a_pasted_secret_paper_is_refused_too(app, db, sign_in, editor):
    sign_in(app, editor)
    form = app.get(NEW).forms["van-ban-moi"]
    form["text"] = "\n".join([LINES[0], "TỐI MẬT", *LINES[1:]])
    refused = form.submit("begin", status=422)
    assert db.query(Edition).count() == 0
    form = refused.forms["van-ban-moi"]
    form["not_secret"] = True
    form.submit("begin", status=303)
    assert db.query(Edition).count() == 1


def test_a_file_that_cannot_be_read_is_kept_with_the_reason(db, send, reads):
    reads(Unreadable())
    page = send("hong.txt", b"whatever it was").follow()
    data = db.query(Edition).one().data
    assert [file["name"] for file in data["attachments"]] == ["hong.txt"]
    assert data["original"]["name"] == "hong.txt"
    assert "Tệp bị hỏng" in page.text


def test_a_scan_is_attached_and_nothing_is_guessed(db, send, reads):
    stamp = Signature("unchecked", "no_roots", signer="Cơ quan Thử")
    scan = paper_of(format="pdf", is_scan=True, remarks=(Remark("scan"),), signatures=(stamp,))
    reads(scan)
    page = send("quet.txt", b"not really a scan").follow()
    data = db.query(Edition).one().data
    assert (data["number"], data["issued_on"], data["title"], data["paper"]) == (None, None, "", None)
    assert data["scan"] is True
    assert data["attachments"][0]["signatures"][0]["signer"] == "Cơ quan Thử"
    assert "bản quét" in page.text
    form = page.forms["van-ban"]
    form.set("title", "Tự nhập", 0)
    form.submit("save", status=303)
    after = db.query(Edition).one().data
    assert after["attachments"][0]["signatures"][0]["signer"] == "Cơ quan Thử", "saving keeps what is known of them"


def test_an_unsure_encoding_is_chosen_by_a_person_and_the_original_stays(app, db, send, reads):
    right = paper_of(format="text")
    wrong = paper_of([line.replace("ố", "è") for line in LINES], format="text", encodings=("vni", "tcvn3"))
    reads(lambda encoding: right if encoding == "tcvn3" else wrong)
    page = send("ma-cu.txt", b"old letters").follow()
    assert db.query(Edition).count() == 0
    assert "Sè: 58" in page.html.find(id="mau-1").text
    assert "Số: 58" in page.html.find(id="mau-2").text
    form = next(form for form in page.forms.values() if "encoding" in form.fields)
    form["encoding"] = "tcvn3"
    form.submit(status=303)
    data = db.query(Edition).one().data
    assert (data["number"], data["original"]["name"]) == ("58", "ma-cu.txt")
    assert [use.owner_kind for use in db.query(FileUse)] == ["edition.kept"]


def test_a_secret_paper_in_an_old_encoding_is_destroyed_when_it_is_recognised(db, send, reads, settings):
    secret = paper_of([LINES[0], "MẬT", *LINES[1:]], format="text")
    reads(lambda encoding: secret if encoding else paper_of(["abc"], format="text", encodings=("tcvn3",)))
    page = send("ma-cu.txt", b"old letters").follow()
    sha256 = db.query(IntakeFile).one().sha256
    form = next(form for form in page.forms.values() if "encoding" in form.fields)
    form.submit(status=303)
    row = db.query(IntakeFile).one()
    assert (row.outcome, row.sha256, db.query(Edition).count()) == (Outcome.SECRET, None, 0)
    assert not blob_path(settings.files_dir, sha256).exists()


def test_the_same_file_again_is_told_and_not_doubled(db, send):
    send("a.txt", text_file())
    again = send("ten-khac.txt", text_file(), status=409)
    first = db.query(Edition).one()
    assert str(first.item.uid) in again.text
    send("ten-khac.txt", text_file(), page=again, again=True)
    assert db.query(Edition).count() == 2


def test_the_same_file_of_a_unit_that_one_may_not_read_is_none_of_ones_business(app, db, send, make, sign_in):
    send("a.txt", text_file())
    sign_in(app, make.person(editor=make.agency(name="Bộ Khác")))
    form = app.get(NEW).forms["van-ban-moi"]
    form["upload"] = [Upload("b.txt", text_file())]
    form.submit("begin", status=303)
    assert db.query(Edition).count() == 2


def test_each_doubt_is_settled_beside_its_field(app, db, send):
    page = send("a.txt", text_file([line for line in LINES if not line.startswith("Hà Nội")])).follow()
    draft = db.query(Edition).one()
    assert "issued_on" in draft.data["doubts"]
    box = page.html.find("input", value="issued_on", attrs={"name": "confirmed"})
    assert box.find_parent(class_="portal-field--issued_on") is not None
    form = page.forms["van-ban"]
    form.set("issued_on", "31/02/2026", 0)
    for one in form.fields["confirmed"]:
        one.checked = one._value == "issued_on"
    refused = form.submit("save", status=422)
    boxes = refused.html.find_all("input", attrs={"name": "confirmed", "value": "issued_on"})
    assert all(box.has_attr("checked") for box in boxes), "what was ticked stays ticked, or is settled"
    assert "issued_on" not in db.query(Edition).one().data["doubts"]


def test_a_passage_goes_with_its_row(app, db, send):
    lines = [*LINES]
    lines.insert(15, "- Ủy ban nhân dân các tỉnh;")
    page = send("a.txt", text_file(lines)).follow()
    draft = db.query(Edition).one()
    second = draft.data["sources"]["recipients.1"]
    form = page.forms["van-ban"]
    page = form.submit("__row__", value="remove:recipients.0", status=200)
    page.forms["van-ban"].submit("save", status=303)
    assert draft.data["recipients"][0]["name"] == "Ủy ban nhân dân các tỉnh"
    assert draft.data["sources"]["recipients.0"] == second
    assert "recipients.1" not in draft.data["sources"]


def test_nobody_gets_a_file_by_writing_its_address_into_a_text(app, db, send, make, sign_in):
    send("goc.txt", text_file())
    secret = db.query(Edition).one().data["original"]["sha256"]
    other = make.agency(name="Bộ Khác")
    stranger = make.person(editor=other)
    draft = make.notice(other, by=stranger)
    sign_in(app, stranger)
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    form["body"] = f'<p>Xem <img src="/tep/{secret}/goc.txt" alt=""></p>'
    form.submit("save", status=303)
    assert "/tep/" not in draft.data["body"]
    app.get(f"/tep/{secret}/goc.txt", status=404)


def test_stated_effects_and_the_scope_of_a_relation_are_kept(app, db, make, sign_in, unit, editor):
    draft = make.notice(unit, by=editor, relations=[{"relation": "amends", "number": "1/2020/NĐ-CP"}])
    sign_in(app, editor)
    page = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua")
    page.forms["van-ban"].set("scope", "Điều 5", 0)
    page = page.forms["van-ban"].submit("__row__", value="add:effects", status=200)
    form = page.forms["van-ban"]
    form.set("effect", "ngung", 1)
    form.set("on", "01/3/2026", 0)
    form.set("until", "01/02/2026", 0)
    refused = form.submit("save", status=422)
    assert "đứng trước ngày bắt đầu" in refused.text
    form = refused.forms["van-ban"]
    form.set("until", "01/6/2026", 0)
    form.set("by", "7/QĐ-BTP", 0)
    form.submit("save", status=303)
    assert draft.data["effects"] == [{"on": "2026-03-01", "effect": "ngung", "until": "2026-06-01", "by": "7/QĐ-BTP"}]
    assert draft.data["relations"][0]["scope"] == "Điều 5"


@pytest.mark.parametrize(
    "written",
    [
        '<img src="{}" alt="x">',
        "<img src='{}'>",
        "<IMG SRC={}>",
        '<img alt=">" src="{}">',
        '<img\nalt="a" src="{}"/>',
        '<image src="{}">',
        '<img src="&#47;{}">',
    ],
)
def test_the_address_of_a_file_of_another_unit_written_into_a_text_opens_nothing(app, db, send, sign_in, make, written):
    send("kin.txt", text_file())
    address = tep(db.query(Edition).one().data["original"])
    stranger = make.person(editor=make.agency())
    sign_in(app, stranger)
    form = app.get(NEW).forms["van-ban-moi"]
    form = form.submit("begin", status=303).follow().forms["van-ban"]
    form["body"] = "<p>x" + written.format(address[1:] if "#47" in written else address) + "</p>"
    form.submit("save", status=303)

    mine = db.query(Edition).order_by(Edition.id.desc()).first()
    assert "/tep/" not in mine.data["body"]
    assert {use.owner_kind for use in db.query(FileUse)} == {"edition.kept"}
    app.get(address, status=404)


def test_the_bounds_of_the_instance_hold_for_readings(send, settings, monkeypatch):
    seen = []
    monkeypatch.setattr(papers, "read", lambda path, name, **how: seen.append(how["limits"]) or paper_of())
    send("goc.txt", text_file())
    assert seen == [papers.Limits.of(settings)]


def test_a_secret_text_is_not_kept_when_the_sign_in_has_expired(app, db, sign_in, editor, at):
    for mark, kept in (("", 1), ("TỐI MẬT", 1)):
        app.extra_environ["portal.at"] = at
        sign_in(app, editor)
        form = app.get(NEW).forms["van-ban-moi"]
        form["text"] = "\n".join([LINES[0], mark, *LINES[1:]])
        app.extra_environ["portal.at"] = at + timedelta(hours=3)
        here = {"Referer": f"http://localhost{NEW}", "Sec-Fetch-Site": "same-origin"}
        form.submit("begin", headers=here, status=303)
        assert db.query(KeptForm).count() == kept
    assert "TỐI MẬT" not in str(db.query(KeptForm).one().fields)
