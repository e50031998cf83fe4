"""Promises that a review found broken: what browsers and proxies may keep, addresses out of range, the secret."""

import pytest

from portal import settings as settings_module
from portal.publishing import service as publishing
from portal.settings import BadSetting, Settings
from portal.site import service
from portal.site.pages import NAME


@pytest.fixture
def page(db, make, at):
    unit = make.agency()
    edition = publishing.create(
        db, kind=NAME, data={"title": "Giới thiệu", "body": "<p>a</p>"}, unit=unit, origin="x", by=None, at=at
    )
    publishing.publish_imported(db, edition, at=at)
    return edition


def test_a_public_page_may_be_kept_and_is_asked_for_again(app, make):
    path = make.notice(make.agency(), published=True).item.path
    answer = app.get(path)
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Content-Language"] == "vi"
    again = app.get(path, headers={"If-None-Match": answer.headers["ETag"]}, status=304)
    assert again.body == b""
    feed = app.get("/van-ban.atom")
    app.get("/van-ban.atom", headers={"If-None-Match": feed.headers["ETag"]}, status=304)
    assert app.head(path).headers["ETag"] == answer.headers["ETag"]


def test_pages_of_the_desk_and_of_the_signed_in_are_kept_by_nobody_else(app, make, sign_in):
    notice = make.notice(make.agency(), published=True)
    sign_in(app, make.person(editor=notice.item.unit))
    assert app.get("/ban-lam-viec").headers["Cache-Control"] == "private, no-store"
    assert app.get(notice.item.path).headers["Cache-Control"] == "private, no-cache"


def test_english_pages_say_so(app):
    assert app.get("/en/").headers["Content-Language"] == "en"


def test_parts_and_pages_out_of_range_are_not_there(app, db, at):
    service.set_sections(db, [{"slug": "chi-dao", "title": "Chỉ đạo", "lists": {"types": []}}], at=at)
    app.get("/sitemap-0.xml", status=404)
    app.get("/chuyen-muc/chi-dao?trang=2", status=404)


def test_typing_into_a_page_that_was_kept_by_itself_can_be_taken_up(app, db, make, sign_in, page, at):
    editor = make.person(editor=page.item.unit)
    copy = publishing.working_copy(db, page.item, by=editor, at=at)
    publishing.autosave(db, copy, editor, [("title", "Đang gõ")], version=copy.version, at=at)
    sign_in(app, editor)
    address = f"/ban-lam-viec/trang/{page.item.uid}/sua"
    assert "chưa lưu" in app.get(address).text
    assert app.get(f"{address}?tiep=1").forms["trang"]["title"].value == "Đang gõ"


def test_a_refused_page_form_does_not_hide_that_somebody_else_saved(app, db, make, sign_in, page, at):
    editor = make.person(editor=page.item.unit)
    copy = publishing.working_copy(db, page.item, by=editor, at=at)
    sign_in(app, editor)
    form = app.get(f"/ban-lam-viec/trang/{page.item.uid}/sua").forms["trang"]
    publishing.save(db, copy, copy.data | {"title": "Người khác"}, version=copy.version, by=None, at=at)
    form["title"] = ""
    form = form.submit("save", status=409).forms["trang"]
    assert copy.data["title"] == "Người khác"


def test_processes_that_start_at_once_never_read_half_a_secret(tmp_path, monkeypatch):
    file = tmp_path / "secret.key"
    settings = Settings(secret_file=file)
    real = settings_module.secrets.token_hex

    def slow(size: int) -> str:
        assert not file.exists()  # another process that looks now must not find an empty file
        return real(size)

    monkeypatch.setattr(settings_module.secrets, "token_hex", slow)
    assert len(settings.secret) >= 32
    assert [each.name for each in tmp_path.iterdir()] == ["secret.key"]
    assert file.stat().st_mode & 0o077 == 0


def test_an_empty_secret_is_refused(tmp_path):
    file = tmp_path / "secret.key"
    file.write_text("\n")
    with pytest.raises(BadSetting):
        _ = Settings(secret_file=file).secret


def test_a_slash_after_the_address_does_not_double(tmp_path):
    assert settings_module.read({"portal.address": "https://cong.vn/"}).address == "https://cong.vn"
