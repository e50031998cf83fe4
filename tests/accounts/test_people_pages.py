"""Administrators look after people; everybody looks after their own account."""

import pytest
from makers import PASSWORD

from portal.accounts import queries, service


@pytest.fixture
def top(make):
    return make.agency(name="Bộ Thử nghiệm")


@pytest.fixture
def administrator(make, top):
    return make.person(name="Quản Trị", administrator=top)


def form_to(page, end):
    return next(form for form in page.forms.values() if form.action.endswith(end))


def test_a_person_is_added_with_roles_and_gets_a_link_shown_once(app, db, make, top, administrator, sign_in):
    below = make.agency(name="Cục Dưới", parent_id=top.id)
    sign_in(app, administrator)
    form = app.get("/ban-lam-viec/nhan-su").click("Thêm người").forms["form"]
    form["name"], form["email"], form["unit"] = "Trần Mới", "moi@vidu.vn", below.key
    form.get("roles", 1).checked = True
    page = form.submit("save", status=200)
    assert "no-store" in page.headers["Cache-Control"]
    link = page.html.find(id="password-link")["value"]
    assert link.startswith("http://localhost/dat-mat-khau/")
    person = queries.person_by_email(db, "moi@vidu.vn")
    assert queries.units_with_roles(db, person.id) == {"editor": frozenset({below.id})}
    shown = app.get(f"/ban-lam-viec/nhan-su/{person.uid}")
    assert link not in shown.text
    assert "Chưa đặt mật khẩu" in shown.text
    app.reset()
    assert "Trần Mới" in app.get(link).text


def test_a_used_email_is_refused_unless_the_roles_are_meant_for_that_account(
    app, db, make, top, administrator, sign_in
):
    other = make.person(name="Đã Có", unit=make.agency())
    sign_in(app, administrator)
    form = app.get("/ban-lam-viec/nhan-su/them").forms["form"]
    form["name"], form["email"] = "Đã Có", other.email
    form.get("roles", 2).checked = True
    refused = form.submit("save", status=422)
    assert "đã có tài khoản" in refused.text
    assert queries.grants_of(db, other) == []
    form = refused.forms["form"]
    form["existing"] = True
    assert form.submit("save", status=303).location.endswith(str(other.uid))
    assert [grant.role for grant in queries.grants_of(db, other)] == ["approver"]


def test_a_unit_one_does_not_administer_is_refused(app, db, make, administrator, sign_in):
    elsewhere = make.agency()
    sign_in(app, administrator)
    form = app.get("/ban-lam-viec/nhan-su/them").forms["form"]
    form["name"], form["email"] = "Trần Mới", "moi@vidu.vn"
    form["unit"].force_value(elsewhere.key)
    form.submit("save", status=422)
    assert queries.person_by_email(db, "moi@vidu.vn") is None


def test_roles_are_given_and_taken_on_the_persons_page(app, db, make, top, administrator, sign_in):
    person = make.person(unit=top)
    sign_in(app, administrator)
    page = app.get(f"/ban-lam-viec/nhan-su/{person.uid}")
    form = page.forms["grant"]
    form["role"], form["unit"] = "editor", top.key
    page = form.submit("grant", status=303).follow()
    assert "Đã cấp vai trò" in page.text
    assert [grant.role for grant in queries.grants_of(db, person)] == ["editor"]
    remove = next(form for form in page.forms.values() if "remove" in form.fields)
    assert "Đã thu hồi vai trò" in remove.submit(status=303).follow().text
    assert queries.grants_of(db, person) == []


def test_the_page_says_why_the_last_administrator_stays(app, db, administrator, sign_in):
    sign_in(app, administrator)
    page = app.get(f"/ban-lam-viec/nhan-su/{administrator.uid}")
    remove = next(form for form in page.forms.values() if "remove" in form.fields)
    assert "quản trị viên cuối cùng" in remove.submit(status=409).text
    page = app.get(f"/ban-lam-viec/nhan-su/{administrator.uid}")
    assert "quản trị viên cuối cùng" in form_to(page, "/hoat-dong").submit(status=409).text
    assert administrator.active


def test_an_account_is_closed_and_opened_again(app, make, top, administrator, sign_in):
    person = make.person(unit=top)
    sign_in(app, administrator)
    address = f"/ban-lam-viec/nhan-su/{person.uid}"
    page = form_to(app.get(address), "/hoat-dong").submit(status=303).follow()
    assert "Đã ngừng tài khoản" in page.text
    assert not person.active
    form_to(page, "/hoat-dong").submit(status=303)
    assert person.active


def test_an_administrator_ends_all_sign_ins_and_makes_a_new_link(app, db, make, top, administrator, sign_in, at):
    person = make.person(unit=top)
    token = service.sign_in(db, person.email, PASSWORD, at=at, ip="192.0.2.1", agent="Firefox/140 (Windows NT 10)")
    sign_in(app, administrator)
    page = app.get(f"/ban-lam-viec/nhan-su/{person.uid}")
    assert "Firefox trên Windows" in page.text
    assert "Đã kết thúc 1 phiên làm việc" in form_to(page, "/ket-thuc-phien").submit(status=303).follow().text
    assert not queries.is_live(queries.sign_in_by_hash(db, service.token_hash(token)), at)
    link = form_to(page, f"{person.uid}/dat-mat-khau").submit(status=200).html.find(id="password-link")["value"]
    assert service.password_link(db, link.rsplit("/", 1)[1], at=at).person is person


def test_an_account_is_edited_and_a_stale_form_shows_both(app, db, make, top, administrator, sign_in):
    person = make.person(name="Tên Đầu", unit=top)
    sign_in(app, administrator)
    address = f"/ban-lam-viec/nhan-su/{person.uid}/sua"
    stale, fresh = app.get(address).forms["form"], app.get(address).forms["form"]
    fresh["name"] = "Tên Người Nhanh"
    fresh.submit("save", status=303)
    stale["name"] = "Tên Người Chậm"
    page = stale.submit("save", status=409)
    assert "Tên Người Nhanh" in page.text
    assert page.forms["form"]["name"].value == "Tên Người Chậm"
    page.forms["form"].submit("save", status=303)
    assert person.name == "Tên Người Chậm"


@pytest.mark.parametrize(
    ("method", "end"),
    [
        ("get", ""),
        ("get", "/sua"),
        ("post", "/sua"),
        ("post", "/quyen"),
        ("post", "/dat-mat-khau"),
        ("post", "/hoat-dong"),
        ("post", "/ket-thuc-phien"),
    ],
)
@pytest.mark.parametrize("role", ["none", "editor", "administrator of another unit"])
def test_nobody_else_touches_a_person(app, db, make, top, sign_in, method, end, role):
    person = make.person(name="Người Bị Nhắm", unit=top, administrator=top)
    elsewhere = make.agency()
    by = {
        "none": lambda: make.person(unit=top),
        "editor": lambda: make.person(editor=top),
        "administrator of another unit": lambda: make.person(administrator=elsewhere),
    }[role]()
    sign_in(app, by)
    token = form_to(app.get("/tai-khoan"), "/dang-xuat")["csrf_token"].value
    fields = {"csrf_token": token, "active": "no", "role": "administrator", "unit": top.key, "name": "X"}
    version = person.version
    answer = getattr(app, method)(
        f"/ban-lam-viec/nhan-su/{person.uid}{end}", fields if method == "post" else None, expect_errors=True
    )
    assert answer.status_code == 403
    assert "Người Bị Nhắm" not in answer.text
    assert person.version == version
    assert [grant.role for grant in queries.grants_of(db, person)] == ["administrator"]


def test_the_refusal_names_the_missing_role(app, make, top, sign_in):
    sign_in(app, make.person(editor=top))
    refused = app.get("/ban-lam-viec/nhan-su", status=403)
    assert "Quản trị viên" in refused.text
    assert "Bạn không có quyền" in refused.text


def test_the_list_is_filtered_paged_and_refuses_nonsense(app, make, top, administrator, sign_in):
    for number in range(27):
        make.person(name=f"Người {number:02}", unit=top)
    sign_in(app, administrator)
    first = app.get("/ban-lam-viec/nhan-su")
    assert "Người 24" in first.text
    assert "Người 26" not in first.text
    assert "Người 26" in app.get("/ban-lam-viec/nhan-su?trang=2").text
    found = app.get("/ban-lam-viec/nhan-su?q=nguoi+07&trang-thai=active&vai-tro=")
    assert "Có 1 người" in found.text
    assert "Không tìm thấy ai" in app.get("/ban-lam-viec/nhan-su?q=khong-co").text


def test_an_unknown_person_is_not_found(app, administrator, sign_in):
    sign_in(app, administrator)
    app.get("/ban-lam-viec/nhan-su/khong-phai-uid", status=404)
    app.get("/ban-lam-viec/nhan-su/01890000-0000-7000-8000-000000000000", status=404)


def test_ones_own_account_lists_the_browsers_and_ends_others(app, db, make, top, sign_in, at):
    person = make.person(unit=top)
    for agent in ("Chrome/140 Android", "Edg/140 Windows"):
        service.sign_in(db, person.email, PASSWORD, at=at, ip="192.0.2.1", agent=agent)
    sign_in(app, person)
    page = app.get("/tai-khoan")
    assert "Chrome trên Android" in page.text
    assert "Thiết bị này" in page.text
    one = next(form for form in page.forms.values() if "uid" in form.fields)
    page = one.submit(status=303).follow()
    assert len(queries.live_sign_ins(db, person, at=at)) == 2
    others = next(form for form in page.forms.values() if "others" in form.fields)
    others.submit(status=303).follow(status=200)
    assert len(queries.live_sign_ins(db, person, at=at)) == 1


def test_nobody_ends_the_sign_in_of_somebody_else(app, db, make, top, sign_in, at):
    other, person = make.person(unit=top), make.person(unit=top)
    service.sign_in(db, other.email, PASSWORD, at=at, ip="", agent="")
    (theirs,) = queries.live_sign_ins(db, other, at=at)
    sign_in(app, person)
    token = form_to(app.get("/tai-khoan"), "/dang-xuat")["csrf_token"].value
    app.post("/tai-khoan/phien-lam-viec", {"uid": str(theirs.uid), "csrf_token": token}, status=404)
    app.post("/tai-khoan/phien-lam-viec", {"uid": "x", "csrf_token": token}, status=404)
    assert queries.is_live(theirs, at)


def test_the_own_password_is_changed_and_wrong_ones_are_braked(app, db, make, top, sign_in, at):
    person = make.person(unit=top)
    service.sign_in(db, person.email, PASSWORD, at=at, ip="", agent="")
    sign_in(app, person)
    form = app.get("/tai-khoan/mat-khau").forms["form"]
    form["current"], form["password"] = PASSWORD, "matkhau123456"
    assert "dễ đoán" in form.submit("save", status=422).text
    form["password"] = "bèo dạt mây trôi lững lờ"
    assert "Đã đổi mật khẩu" in form.submit("save", status=303).follow().text
    assert len(queries.live_sign_ins(db, person, at=at)) == 1
    form["current"] = "không đúng"
    for _ in range(8):
        refused = form.submit("save", status=422)
    assert "Mật khẩu hiện tại không đúng" in refused.text
    assert "không đúng<" not in refused.forms["form"]["current"].value
    assert "thử lại" in form.submit("save", status=429).text


def test_every_desk_page_has_one_heading_and_works_in_english(app, administrator, sign_in):
    sign_in(app, administrator)
    one = f"/ban-lam-viec/nhan-su/{administrator.uid}"
    for path in ("/tai-khoan", "/tai-khoan/mat-khau", "/ban-lam-viec/nhan-su", "/ban-lam-viec/nhan-su/them", one):
        page = app.get(f"/en{path}", status=200)
        assert len(page.html.find_all("h1")) == 1
        assert page.html.html["lang"] == "en"
        assert not page.html.find_all(style=True)
        assert all(form.get("action", "/en/").startswith("/en/") for form in page.html.find_all("form"))
