"""Many files at once: each a draft or a reason, told as it goes, stopped, resumed, killed and gone on with."""

import io
import zipfile

import pytest
from notices.test_intake import LINES, NEW, paper_of, text_file
from webtest import Upload

from portal import papers
from portal.files import blob_path
from portal.files.models import File, FileUse
from portal.jobs import Worker
from portal.notices.intake import service
from portal.notices.intake.models import IntakeBatch, IntakeFile
from portal.papers.errors import Unreadable
from portal.publishing.models import Edition


def numbered(n):
    return text_file([line.replace("58/TB", f"{n}/TB") for line in LINES])


@pytest.fixture
def unit(make):
    return make.agency(code="G22", name="Văn phòng Chính phủ", abbreviation="VPCP")


@pytest.fixture
def editor(make, unit):
    return make.person(editor=unit)


@pytest.fixture
def work(db, config, at):
    """Everything that waits is done."""

    def go():
        db.commit()  # the record's end is read anew by each transaction
        ran = Worker.within(db, config.registry).run_once(at)
        db.expire_all()
        return ran

    return go


@pytest.fixture
def give(app, db, sign_in, editor):
    """`give((name, content), …)` → the page of the batch."""
    sign_in(app, editor)

    def go(*files, status=303):
        form = app.get(NEW).forms["van-ban-moi"]
        form["upload"] = [Upload(name, content) for name, content in files]
        answer = form.submit("begin", status=status)
        return answer.follow() if status == 303 else answer

    return go


@pytest.fixture
def batch(db):
    return lambda: db.query(IntakeBatch).one()


def outcomes(db):
    return {row.name: row.outcome for row in db.query(IntakeFile).order_by(IntakeFile.position)}


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def press(page, action, status=303):
    form = next(form for form in page.forms.values() if form.action.endswith(f"/{action}"))
    return form.submit(status=status).follow()


def test_many_files_become_drafts_and_the_list_says_what_needs_a_look(app, db, give, work, batch):
    page = give(
        ("1.txt", numbered(1)),
        ("2.txt", text_file([line for line in LINES if "tháng 02" not in line])),
        ("anh.txt", b"\x89PNG\r\n\x1a\n\x00\xff"),
    )
    assert "1 trên 3 tệp" in page.text
    assert page.html.find(attrs={"data-portal-refresh": "on"}) is not None
    work()
    page = app.get(page.request.path)
    assert page.html.find(attrs={"data-portal-refresh": "off"}) is not None
    assert outcomes(db) == {"1.txt": "draft", "2.txt": "draft", "anh.txt": "refused"}
    to_see = page.html.find("section", attrs={"aria-labelledby": "can-xem"}).text
    assert "Ngày ban hành" in to_see
    assert "không nhận ảnh PNG" in to_see
    assert "1/TB-VPCP" in page.html.find("section", attrs={"aria-labelledby": "con-lai"}).text
    assert {edition.author.id for edition in db.query(Edition)} == {batch().created_by}
    listed = app.get("/ban-lam-viec/van-ban/lo")
    assert str(batch().uid) in listed.text
    assert "3 trên 3 tệp" in listed.text


def test_a_zip_is_unpacked_into_the_batch_and_not_kept(db, give, work, settings):
    give(("lo.zip", zipped(**{"a/1.txt": numbered(1), "b/2.txt": numbered(2), "anh.txt": b"\x89PNG\r\n\x1a\n\x00"})))
    sha256 = db.query(IntakeFile).one().sha256
    work()
    assert outcomes(db)["lo.zip"] == "unpacked"
    assert sorted(outcomes(db).values()) == ["draft", "draft", "refused", "unpacked"]
    assert db.query(Edition).count() == 2
    assert not blob_path(settings.files_dir, sha256).exists()


def test_the_same_file_twice_is_told_and_not_doubled(app, db, give, work):
    page = give(("1.txt", numbered(1)), ("1-ban-sao.txt", numbered(1)))
    work()
    assert outcomes(db) == {"1.txt": "draft", "1-ban-sao.txt": "same"}
    give(("lan-sau.txt", numbered(1)), ("khac.txt", numbered(2)))
    work()
    assert outcomes(db)["lan-sau.txt"] == "same"
    assert db.query(Edition).count() == 2
    assert "Chính tệp này đã có" in app.get(page.request.path).text


def test_documents_of_the_same_number_are_pointed_out(app, db, give, work):
    page = give(("1.txt", numbered(1)), ("1-sua.txt", numbered(1) + b"\n"))
    work()
    assert "Trùng số, ký hiệu" in app.get(page.request.path).text


def test_a_secret_file_of_a_batch_is_destroyed_and_the_others_go_on(app, db, give, work, settings):
    secret = text_file([LINES[0], "MẬT", *LINES[1:]])
    page = give(("mat.txt", secret), ("1.txt", numbered(1)))
    work()
    assert outcomes(db) == {"mat.txt": "secret", "1.txt": "draft"}
    assert not [path for path in settings.files_dir.rglob("*") if path.is_file() and path.read_bytes() == secret]
    assert db.query(File).count() == 1
    assert "bảo vệ bí mật nhà nước" in app.get(page.request.path).text


def test_a_file_that_cannot_be_read_is_a_draft_with_the_reason(app, db, give, work, monkeypatch):
    def read(path, name, **how):
        if name == "hong.txt":
            raise Unreadable()
        return paper_of()

    monkeypatch.setattr(papers, "read", read)
    page = give(("hong.txt", b"x"), ("1.txt", b"y"))
    work()
    assert outcomes(db) == {"hong.txt": "draft", "1.txt": "draft"}
    broken = db.query(IntakeFile).filter_by(name="hong.txt").one().item.working
    assert broken.data["attachments"][0]["name"] == "hong.txt"
    section = app.get(page.request.path).html.find("section", attrs={"aria-labelledby": "can-xem"})
    assert "Tệp bị hỏng" in section.text


def test_a_stopped_batch_waits_until_it_is_resumed(app, db, give, work):
    page = give(("1.txt", numbered(1)), ("2.txt", numbered(2)))
    page = press(page, "dung")
    work()
    assert set(outcomes(db).values()) == {"waiting"}
    assert "Đang dừng" in page.text
    press(app.get(page.request.path), "doc-tiep")
    work()
    assert set(outcomes(db).values()) == {"draft"}


def test_what_the_portal_fails_at_is_told_and_can_be_tried_again(app, db, give, work, config, at, monkeypatch):
    def broken(path, name, **how):
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(papers, "read", broken)
        page = give(("1.txt", numbered(1)), ("2.txt", numbered(2)))
        for attempt in range(1, 5):
            db.commit()
            Worker.within(db, config.registry).run_once(at.replace(hour=2 + attempt))
        db.expire_all()
    again = app.get(page.request.path)
    assert "Cổng gặp lỗi" in again.text
    assert "chưa đọc được vì lỗi" in again.text
    press(again, "doc-tiep")
    work()
    assert set(outcomes(db).values()) == {"draft"}


def test_a_forgotten_batch_leaves_its_drafts_and_lets_the_other_files_go(app, db, give, work, monkeypatch):
    asking = paper_of(["abc"], format="text", encodings=("vni", "tcvn3"))
    monkeypatch.setattr(papers, "read", lambda path, name, **how: asking if name == "2.txt" else paper_of())
    page = give(("1.txt", numbered(1)), ("2.txt", numbered(2)))
    work()
    assert outcomes(db) == {"1.txt": "draft", "2.txt": "asking"}
    assert {use.owner_kind for use in db.query(FileUse)} == {"edition.kept", "intake"}
    press(app.get(page.request.path), "xoa")
    assert db.query(IntakeBatch).count() == 0
    assert db.query(Edition).count() == 1
    assert {use.owner_kind for use in db.query(FileUse)} == {"edition.kept"}


def test_a_batch_is_for_its_own_unit(app, db, give, make, sign_in, unit):
    page = give(("1.txt", numbered(1)), ("2.txt", numbered(2)))
    row = db.query(IntakeFile).first()
    own = f"/tep/{row.sha256}/{row.name}"
    assert app.get(own).status_int == 200
    sign_in(app, make.person(editor=make.agency(name="Bộ Khác")))
    app.get(page.request.path, status=403)
    app.get(own, status=404)
    assert str(db.query(IntakeBatch).one().uid) not in app.get("/ban-lam-viec/van-ban/lo").text
    sign_in(app, make.person(reader=unit))
    readable = app.get(page.request.path)
    assert not any(form.action.endswith("/dung") for form in readable.forms.values())


def test_more_files_than_a_batch_takes_are_refused_as_a_whole(db, give, monkeypatch):
    monkeypatch.setattr(service, "MOST", 2)
    answer = give(("1.txt", b"a"), ("2.txt", b"b"), ("3.txt", b"c"), status=413)
    assert "nhiều nhất 2 tệp" in answer.text


def test_what_an_archive_holds_besides_papers_stands_in_the_list_with_the_reason(db, give, work):
    give(("lo.zip", zipped(**{"1.txt": numbered(1), "bang.xlsx": b"x", "anh/so-do.jpg": b"x", "Thumbs.db": b"x"})))
    work()
    assert outcomes(db) == {"lo.zip": "unpacked", "1.txt": "draft", "bang.xlsx": "refused", "anh/so-do.jpg": "refused"}
    assert db.query(IntakeFile).count() == 4
    assert all(row.why for row in db.query(IntakeFile).filter_by(outcome="refused"))
