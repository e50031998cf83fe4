"""An expired sign-in loses no typed text (invariant 9)."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from makers import PASSWORD
from sqlalchemy import select

from portal.accounts import queries, service
from portal.accounts.models import KeptForm, SignIn

HERE = {"Referer": "http://localhost/tai-khoan", "Sec-Fetch-Site": "same-origin"}
ELSEWHERE = {"Referer": "http://xau.example/", "Origin": "http://xau.example", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def person(make):
    return make.person(name="Lê Thử", editor=make.agency())


@pytest.fixture
def expired(app, person, sign_in, later):
    """The form of the own account, filled in, whose sign-in has ended by age."""
    sign_in(app, person)
    form = app.get("/tai-khoan").forms["form"]
    form["name"] = "Tên gõ dở “chưa lưu”"
    later(hours=3)
    return form


def enter(page, email):
    form = page.forms["sign-in"]
    form["email"], form["password"] = email, PASSWORD
    return form.submit("sign_in", status=303)


def test_the_text_comes_back_after_the_same_person_signs_in_again(app, db, person, expired, at):
    refused = expired.submit("save", headers=HERE, status=303)
    assert urlsplit(refused.location).path == "/dang-nhap"
    page = refused.follow()
    assert "Nội dung bạn vừa nhập đã được giữ lại" in page.text
    assert person.name == "Lê Thử"

    back = enter(page, person.email)
    assert back.location.startswith("http://localhost/tai-khoan?giu=")
    filled = back.follow()
    assert filled.forms["form"]["name"].value == "Tên gõ dở “chưa lưu”"
    assert "được điền lại" in filled.text

    saved = filled.forms["form"].submit("save", headers={"Referer": back.location, "Sec-Fetch-Site": "same-origin"})
    assert saved.status_code == 303
    assert person.name == "Tên gõ dở “chưa lưu”"
    assert queries.kept_forms(db, person, at=at) == []


def test_nobody_else_ever_sees_the_text(app, make, person, expired):
    page = expired.submit("save", headers=HERE, status=303).follow()
    uid = parse_qs(urlsplit(page.request.url).query)["giu"][0]
    other = make.person(unit=make.agency())
    assert enter(page, other.email).location == "http://localhost/tai-khoan"
    shown = app.get(f"/tai-khoan?giu={uid}")
    assert "chưa lưu" not in shown.text
    assert "điền lại" not in shown.text


def test_the_text_stays_until_it_is_saved_and_can_be_found_in_the_account(app, person, expired, later):
    enter(expired.submit("save", headers=HERE, status=303).follow(), person.email)
    later(days=6)
    enter(app.get("/dang-nhap"), person.email)
    account = app.get("/tai-khoan")
    assert "Nội dung đã giữ" in account.text
    assert account.click(href="giu=").forms["form"]["name"].value == "Tên gõ dở “chưa lưu”"


def test_the_text_is_gone_after_seven_days(app, person, expired, later):
    page = expired.submit("save", headers=HERE, status=303).follow()
    later(days=7, hours=3)
    assert "giu=" not in enter(page, person.email).location


def test_kept_text_can_be_thrown_away(app, db, person, expired, at):
    enter(expired.submit("save", headers=HERE, status=303).follow(), person.email)
    account = app.get("/tai-khoan")
    next(f for f in account.forms.values() if f.action == "/tai-khoan/noi-dung-da-giu").submit(status=303)
    assert queries.kept_forms(db, person, at=at) == []


def test_passwords_tokens_and_files_are_never_kept(app, db, person, expired, at):
    token = expired["csrf_token"].value
    fields = {
        "csrf_token": token,
        "password": "bí mật 1",
        "current_password": "bí mật 2",
        "mat_khau_moi": "bí mật 3",
        "otp": "123456",
        "title": "Thông báo",
    }
    app.post("/tai-khoan", fields, headers=HERE, upload_files=[("upload", "a.txt", b"tep")], status=303)
    (kept,) = queries.kept_forms(db, person, at=at)
    assert kept.fields == [["title", "Thông báo"]]


def test_the_order_of_repeated_fields_is_kept(app, db, person, expired, at):
    pairs = [("__start__", "rows:sequence"), ("row", "b"), ("row", "a"), ("__end__", "rows:sequence")]
    app.post("/tai-khoan", pairs, headers=HERE, status=303)
    (kept,) = queries.kept_forms(db, person, at=at)
    assert [tuple(pair) for pair in kept.fields] == pairs


@pytest.mark.parametrize("why", ["signed out", "ended", "deactivated", "password"])
def test_a_sign_in_ended_on_purpose_keeps_nothing(app, db, person, expired, at, why):
    sign_in = db.scalars(select(SignIn)).one()
    match why:
        case "signed out":
            service.sign_out(db, sign_in, at=at)
        case "ended":
            service.revoke_session(db, sign_in, by=person, at=at)
        case "deactivated":
            service.deactivate(db, person, by=None, at=at)
        case "password":
            service.set_password(db, person, "bèo dạt mây trôi", by=person, at=at)
    expired.submit("save", headers=HERE, status=303)
    assert db.scalars(select(KeptForm)).all() == []


def test_another_site_cannot_leave_text_with_somebody(app, db, expired):
    fields = {"name": "gài vào", "language": "vi"}
    app.post("/tai-khoan", fields, headers=ELSEWHERE, status=303)
    app.post("/tai-khoan", fields, status=303)
    assert db.scalars(select(KeptForm)).all() == []


def test_without_browser_headers_the_forms_own_token_proves_where_it_came_from(app, db, expired):
    expired.submit("save", status=303)
    assert len(db.scalars(select(KeptForm)).all()) == 1


def test_somebody_without_a_known_sign_in_is_just_asked_to_sign_in(app, db):
    answer = app.post("/tai-khoan", {"name": "x"}, headers=HERE, status=303)
    assert "ly-do" not in answer.location
    assert "giu" not in answer.location
    assert db.scalars(select(KeptForm)).all() == []


def test_when_text_is_too_large_to_keep_the_person_is_told(app, db, settings, expired):
    expired["name"] = "x" * (settings.max_text + 1)
    page = expired.submit("save", headers=HERE, status=303).follow()
    assert "không giữ được" in page.text
    assert db.scalars(select(KeptForm)).all() == []


def test_a_script_gets_a_problem_document_and_its_text_is_kept_once(app, db, person, expired, at):
    script = HERE | {"Sec-Fetch-Dest": "empty", "Accept": "application/json"}
    for text in ("một", "một hai"):
        answer = app.post_json("/tai-khoan", {"title": text, "csrf_token": "x"}, headers=script, status=401)
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == 401
    assert answer.json["kept"] is True
    assert answer.json["sign_in"].startswith("/dang-nhap?den=%2Ftai-khoan&giu=")
    (kept,) = queries.kept_forms(db, person, at=at)
    assert kept.fields == [["title", "một hai"]]


def test_a_script_that_may_not_do_something_gets_a_problem_document(app, person, sign_in):
    sign_in(app, person)
    answer = app.get("/ban-lam-viec/nhan-su", headers={"Accept": "application/json"}, status=403)
    assert answer.content_type == "application/problem+json"
    assert "Quản trị viên" in answer.json["detail"]


def test_text_of_a_tab_from_the_sign_in_before_comes_back_in_a_fresh_form(app, db, person, expired, at):
    enter(app.get("/dang-nhap"), person.email)
    page = expired.submit("save", headers=HERE, status=303)
    assert "/tai-khoan?giu=" in page.location
    filled = page.follow()
    assert filled.forms["form"]["name"].value == "Tên gõ dở “chưa lưu”"
    assert person.name == "Lê Thử"
    filled.forms["form"].submit("save", headers={"Referer": page.location}, status=303)
    assert person.name == "Tên gõ dở “chưa lưu”"
    assert queries.kept_forms(db, person, at=at) == []


def test_at_most_forty_forms_are_kept_and_the_oldest_makes_room(db, person, at):
    for number in range(45):
        moment = at + timedelta(minutes=4 * number)
        assert service.keep_form(db, person.id, page=f"/{number}", fields=[("a", "b")], at=moment, largest=100)
    pages = [kept.page for kept in queries.kept_forms(db, person, at=at)]
    assert pages == [f"/{number}" for number in range(44, 4, -1)]


def test_the_rate_limit_holds_and_passes(db, person, at):
    def keep(moment):
        return service.keep_form(db, person.id, page="/x", fields=[("a", "b")], at=moment, largest=100)

    made = [keep(at) for _ in range(21)]
    assert made[-1] is None
    assert all(made[:-1])
    assert keep(at + timedelta(hours=1))


def test_an_empty_form_is_not_kept(db, person, at):
    fields = [("__start__", "rows:sequence"), ("title", "  "), ("csrf_token", "abc")]
    assert service.keep_form(db, person.id, page="/x", fields=fields, at=at, largest=100) is None


def test_characters_that_no_database_takes_cost_nothing_but_themselves(db, person, at):
    kept = service.keep_form(db, person.id, page="/x", fields=[("a", "trước\0\ud800sau")], at=at, largest=100)
    assert kept.fields == [["a", "trước?sau"]]


def test_with_real_transactions_the_text_survives_the_refused_request(live, at):
    from portal.agencies.models import Agency

    app, sessions = live
    with sessions.begin() as db:
        unit = Agency(code="G99", name="Bộ Thử", kind="ministry")
        db.add(unit)
        db.flush()
        person = service.add_person(db, email="an@vidu.vn", name="An", unit=unit, password=PASSWORD, by=None, at=at)
        service.grant(db, person, "administrator", unit, by=None, at=at)
    enter(app.get("/dang-nhap"), "an@vidu.vn")
    app.extra_environ["portal.at"] = at + timedelta(hours=1)
    form = app.get("/ban-lam-viec/nhan-su/them").forms["form"]
    form["name"], form["email"] = "Người Mới", "moi@vidu.vn"
    with sessions() as db:
        assert db.scalars(select(SignIn.seen_at)).one() == at + timedelta(hours=1)

    app.extra_environ["portal.at"] = at + timedelta(hours=4)
    page = form.submit("save", headers={"Referer": "http://localhost/ban-lam-viec/nhan-su/them"}, status=303).follow()
    filled = enter(page, "an@vidu.vn").follow()
    assert filled.forms["form"]["name"].value == "Người Mới"
    assert filled.forms["form"]["email"].value == "moi@vidu.vn"
    with sessions() as db:
        assert len(db.scalars(select(KeptForm)).all()) == 1

    filled.forms["form"]["email"] = "sai"
    filled.forms["form"].submit("save", headers={"Referer": filled.request.url}, status=422)
    with sessions() as db:
        assert len(db.scalars(select(KeptForm)).all()) == 1
        assert db.scalars(select(SignIn.revoked_at)).all() == [None, None]


def test_with_real_transactions_a_wrong_password_is_counted(live, at):
    from portal.accounts.models import Attempt

    app, sessions = live
    form = app.get("/dang-nhap").forms["sign-in"]
    form["email"], form["password"] = "an@vidu.vn", "sai"
    form.submit("sign_in", status=422)
    with sessions() as db:
        assert sorted(db.scalars(select(Attempt.failures))) == [1, 1]
