"""Signing in and out over HTTP: cookies, destinations, CSRF, refusals."""

from datetime import timedelta

import pytest
from makers import PASSWORD

from portal.accounts import queries, service

HOSTILE = ["https://xau.example/", "//xau.example/", "/\\xau.example", "/\t/xau.example", "/a\r\nSet-Cookie: a=b", "x"]


def fill(page, email, password=PASSWORD):
    form = page.forms["sign-in"]
    form["email"], form["password"] = email, password
    return form


def submit(app, person, password=PASSWORD, params=None, **expect):
    return fill(app.get("/dang-nhap", params=params or {}), person.email, password).submit("sign_in", **expect)


def cookies_set(response):
    return {line.split("=", 1)[0]: line for line in response.headers.getall("Set-Cookie")}


@pytest.fixture
def person(make):
    return make.person(name="Lê Thử", editor=make.agency())


def test_the_right_password_leads_to_the_desk_and_a_wrong_one_keeps_the_email(app, person):
    refused = submit(app, person, "sai hoàn toàn rồi", status=422)
    assert refused.forms["sign-in"]["email"].value == person.email
    assert "không đúng" in refused.text
    assert "sai hoàn toàn" not in refused.text
    assert submit(app, person, status=303).location == "http://localhost/ban-lam-viec"


def test_somebody_without_a_role_comes_to_their_account_and_an_english_reader_to_the_english_desk(app, make):
    assert submit(app, make.person(unit=make.agency()), status=303).location == "http://localhost/tai-khoan"
    app.reset()
    english = make.person(editor=make.agency())
    english.language = "en"
    assert submit(app, english, status=303).location == "http://localhost/en/ban-lam-viec"


def test_missing_fields_are_asked_for(app):
    page = app.get("/dang-nhap").forms["sign-in"].submit("sign_in", status=422)
    assert "Mật khẩu" in page.text


def test_the_cookie_is_opaque_and_out_of_reach_of_scripts_and_other_sites(app, person):
    cookie = cookies_set(submit(app, person, status=303))["portal_session"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Max-Age" not in cookie
    assert "Domain" not in cookie
    assert "Secure" not in cookie.replace("SameSite", "")
    assert person.email not in cookie


def test_on_https_every_cookie_is_secure_and_bound_to_this_host(secure_app, person):
    page = secure_app.get("/dang-nhap")
    form = fill(page, person.email)
    response = form.submit("sign_in", headers={"Origin": "https://cong.vidu.gov.vn"}, status=303)
    found = cookies_set(page) | cookies_set(response)
    assert {"__Host-portal_session", "__Host-portal_state"} <= set(found)
    for cookie in found.values():
        assert "; secure" in cookie.lower()
        assert "httponly" in cookie.lower()
        assert "samesite=lax" in cookie.lower()
    assert secure_app.get("/tai-khoan", status=200).status_code == 200


def test_on_https_a_request_of_another_origin_is_refused(secure_app, person):
    form = fill(secure_app.get("/dang-nhap"), person.email)
    form.submit("sign_in", headers={"Origin": "https://xau.example"}, status=400)


def test_a_cookie_for_plain_http_is_worth_nothing_on_https(secure_app, db, person, at):
    token = service.sign_in(db, person.email, PASSWORD, at=at, ip="", agent="")
    secure_app.set_cookie("portal_session", token)
    secure_app.get("/tai-khoan", status=303)


def test_the_page_asked_for_comes_after_signing_in(app, person):
    asked = app.get("/tai-khoan?x=1", status=303)
    assert asked.location == "http://localhost/dang-nhap?den=%2Ftai-khoan%3Fx%3D1"
    response = fill(asked.follow(), person.email).submit("sign_in", status=303)
    assert response.location == "http://localhost/tai-khoan?x=1"
    assert response.follow(status=200)


def test_the_language_of_the_page_asked_for_is_kept(app):
    assert app.get("/en/tai-khoan", status=303).location == "http://localhost/en/dang-nhap?den=%2Fen%2Ftai-khoan"


@pytest.mark.parametrize("target", HOSTILE)
def test_no_crafted_link_leads_to_another_site_or_writes_a_header(app, person, target):
    response = submit(app, person, params={"den": target}, status=303)
    assert response.location == "http://localhost/ban-lam-viec"
    assert set(cookies_set(response)) <= {"portal_session", "portal_state"}


def test_whoever_is_signed_in_goes_on_at_once(app, person, sign_in):
    sign_in(app, person)
    assert app.get("/dang-nhap?den=/tai-khoan", status=303).location == "http://localhost/tai-khoan"


def test_sign_in_pages_are_never_stored(app, person):
    page = app.get("/dang-nhap")
    assert "no-store" in page.headers["Cache-Control"]
    assert "no-store" in app.get("/tai-khoan", status=303).headers["Cache-Control"]


def test_too_many_tries_are_answered_with_the_time_to_wait(app, person, later):
    for _ in range(7):
        submit(app, person, "sai", status=422)
    locked = submit(app, person, "sai", status=429)
    assert locked.headers["Retry-After"] == "900"
    assert "sau 15 phút" in locked.text
    submit(app, person, status=429)
    later(minutes=15)
    submit(app, person, status=303)


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(app, person, sign_in):
    sign_in(app, person)
    stolen = app.cookies["portal_session"]
    form = next(f for f in app.get("/tai-khoan").forms.values() if f.action == "/dang-xuat")
    form.submit(status=303)
    assert "portal_session" not in app.cookies
    app.set_cookie("portal_session", stolen)
    app.get("/tai-khoan", status=303)


def test_signing_out_by_a_mere_link_is_not_possible(app, person, sign_in):
    sign_in(app, person)
    assert app.get("/dang-xuat", expect_errors=True).status_code in (404, 405)
    app.get("/tai-khoan", status=200)


def test_signing_in_as_somebody_else_ends_the_sign_in_before(app, db, make, person, sign_in, at):
    sign_in(app, person)
    first = app.cookies["portal_session"]
    page = app.get("/tai-khoan")
    token = next(f for f in page.forms.values() if f.action == "/dang-xuat")["csrf_token"].value
    other = make.person(unit=make.agency())
    app.post("/dang-nhap", {"email": other.email, "password": PASSWORD, "csrf_token": token}, status=303)
    assert "Lê Thử" not in app.get("/tai-khoan").text
    assert not queries.is_live(queries.sign_in_by_hash(db, service.token_hash(first)), at)


@pytest.mark.parametrize("token", [None, "", "0" * 64, "ký tự lạ"])
def test_a_post_without_the_right_csrf_token_does_nothing(app, db, person, sign_in, token):
    sign_in(app, person)
    fields = {"name": "Tên Khác", "language": "vi", "save": "1"}
    answer = app.post("/tai-khoan", fields | ({} if token is None else {"csrf_token": token}), status=400)
    assert "Trang đã mở quá lâu" in answer.text
    assert queries.kept_forms(db, person, at=app.extra_environ["portal.at"]) == []
    db.refresh(person)
    assert person.name == "Lê Thử"


def test_signing_in_itself_needs_a_csrf_token(app, person):
    app.post("/dang-nhap", {"email": person.email, "password": PASSWORD}, status=400)
    assert "portal_session" not in app.cookies


def test_the_token_is_accepted_in_a_header_too_and_belongs_to_one_sign_in(app, db, make, person, sign_in):
    sign_in(app, person)
    page = app.get("/tai-khoan")
    token = next(f for f in page.forms.values() if f.action == "/dang-xuat")["csrf_token"].value
    again = app.get("/tai-khoan").forms["form"]["csrf_token"].value
    assert again == token
    form = page.forms["form"]
    fields = {"name": "Tên Mới", "language": "vi", "version": form["version"].value, "save": "1"}
    app.post("/tai-khoan", fields, headers={"X-CSRF-Token": token}, status=303)
    app.reset()
    sign_in(app, make.person(unit=make.agency()))
    app.post("/tai-khoan", fields, headers={"X-CSRF-Token": token}, status=400)


def test_an_old_tab_keeps_working_until_the_sign_in_ends(app, person, sign_in, later):
    sign_in(app, person)
    form = app.get("/tai-khoan").forms["form"]
    later(minutes=90)
    app.get("/tai-khoan", status=200)
    later(minutes=180)
    form["name"] = "Sau ba giờ"
    form.submit("save", status=303)


def test_a_sign_in_expires_unused_and_after_its_lifetime(app, person, sign_in, later):
    sign_in(app, person)
    later(hours=1, minutes=59)
    app.get("/tai-khoan", status=200)
    later(hours=3, minutes=58)
    app.get("/tai-khoan", status=200)
    for hours in (5, 6, 7, 8, 9, 10, 11):
        later(hours=hours, minutes=30)
        app.get("/tai-khoan", status=200)
    later(hours=12)
    expired = app.get("/tai-khoan", status=303)
    assert "ly-do=het-han" in expired.location
    assert "Phiên làm việc đã hết hạn" in expired.follow().text


def test_a_closed_account_is_out_at_once(app, db, person, sign_in, at):
    sign_in(app, person)
    service.deactivate(db, person, by=None, at=at)
    app.get("/tai-khoan", status=303)


@pytest.mark.parametrize("cookie", ["", "x", "x" * 5000, "a;b", "%00", "' OR 1=1 --"])
def test_a_made_up_cookie_signs_nobody_in(app, cookie):
    app.get("/tai-khoan", headers={"Cookie": f"portal_session={cookie}"}, status=303)


def test_reading_pages_writes_nothing_but_the_time_of_use_every_five_minutes(app, db, person, sign_in, later, at):
    sign_in(app, person)
    token = app.cookies["portal_session"]
    found = queries.sign_in_by_hash(db, service.token_hash(token))
    later(minutes=4)
    app.get("/tai-khoan")
    db.refresh(found)
    assert found.seen_at == at
    moment = later(minutes=6)
    app.get("/tai-khoan")
    db.refresh(found)
    assert found.seen_at == moment
    later(minutes=10)
    app.get("/tai-khoan")
    db.refresh(found)
    assert found.seen_at == at + timedelta(minutes=6)


def test_a_password_is_chosen_by_the_link_and_looking_does_not_use_it_up(app, db, make, at):
    person = service.add_person(db, email="moi@vidu.vn", name="Người Mới", unit=make.agency(), by=None, at=at)
    link = f"/dat-mat-khau/{service.make_password_link(db, person, by=None, at=at)}"
    app.get(link)
    page = app.get(link)
    assert page.headers["Referrer-Policy"] == "same-origin"
    form = page.forms["form"]
    form["password"] = "ngắn"
    refused = form.submit("save", status=422)
    assert "ít nhất 12 ký tự" in refused.text
    form = refused.forms["form"]
    form["password"] = PASSWORD
    signed = form.submit("save", status=303).follow()
    assert "Đã đặt mật khẩu" in signed.text
    fill(signed, "moi@vidu.vn").submit("sign_in", status=303)
    assert "hết hạn" in app.get(link, status=410).text
    app.get("/dat-mat-khau/khong-co", status=410)


@pytest.mark.parametrize("email", ["a" * 5000, "\u202e@vidu.vn", "\ufffe", "%00", "' OR '1'='1"])
def test_whatever_is_typed_as_an_email_is_just_wrong(app, email):
    refused = fill(app.get("/dang-nhap"), email, "x\ty").submit("sign_in", status=422)
    assert "portal_session" not in cookies_set(refused)


def test_text_that_no_keyboard_types_is_refused_at_the_door(app):
    refused = fill(app.get("/dang-nhap"), "a\0b@vidu.vn", "x").submit("sign_in", status=400)
    assert "portal_session" not in cookies_set(refused)
