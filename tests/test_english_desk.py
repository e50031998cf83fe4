"""An English-speaking editor takes a document through the whole workflow, mistakes included, and reads only English."""

from typing import Any

import pytest
import spoken
from makers import PASSWORD

from portal.publishing.models import Edition

PAPER = """VĂN PHÒNG CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 31/TB-VPCP

THÔNG BÁO
Kết luận cuộc họp về trực Tết của bộ phận một cửa

1. Bộ phận một cửa trực từ 8 giờ đến 11 giờ các ngày nghỉ theo Thông tư số 7/2024/TT-BNV.

Nơi nhận:
- Lưu: VT, KSTT (2).

KT. BỘ TRƯỞNG, CHỦ NHIỆM
PHÓ CHỦ NHIỆM
Trần Văn Mẫu
"""


@pytest.fixture
def unit(make):
    return make.agency(
        code="G22", name="Văn phòng Chính phủ", abbreviation="VPCP", english_name="Office of the Government"
    )


@pytest.fixture
def editor(make, unit):
    return make.person("An Editor", editor=unit)


@pytest.fixture
def approver(make, unit):
    return make.person("An Approver", approver=unit, administrator=unit)


@pytest.fixture
def read(app):
    """`read(page)`: the page, once it was found to be English; redirects are followed."""

    def in_english(page: Any) -> Any:
        while 300 <= page.status_int < 400:
            page = page.follow()
        mixed = [
            f"{one.text}  {one.where}"
            for one in spoken.vietnamese(spoken.of_page(page.text), spoken.quoting())
            if not one.where.startswith("<title")
        ]
        assert mixed == [], page.request.path
        return page

    return in_english


@pytest.fixture
def enter(app, read):
    """Sign in on the English page: with a wrong password first."""

    def go(person: Any) -> Any:
        app.reset()
        form = read(app.get("/en/dang-nhap")).forms["sign-in"]
        read(form.submit("sign_in", status=422))
        form["email"], form["password"] = person.email, "sai rồi, sai rồi"
        form = read(form.submit("sign_in", status=422)).forms["sign-in"]
        form["password"] = PASSWORD
        return read(form.submit("sign_in", status=303))

    return go


def act(page: Any, name: str, **values: str) -> Any:
    """Send the form of one action of an item page."""
    form = next(form for form in page.forms.values() if form.action.endswith("/" + name))
    for field, value in values.items():
        form[field] = value
    return form.submit(expect_errors=True)


def test_a_document_from_paper_to_its_withdrawal(app, db, read, enter, editor, approver):
    assert "/en/ban-lam-viec" in enter(editor).request.path
    form = read(app.get("/en/ban-lam-viec/van-ban/moi")).forms["van-ban-moi"]
    form["text"] = PAPER
    form = read(form.submit("begin")).forms["van-ban"]
    assert db.query(Edition).one().data["doubts"]
    form["issued_on"] = "31/02/2026"
    form = read(form.submit("save", status=422)).forms["van-ban"]
    form["issued_on"] = "05/02/2026"
    form = read(form.submit("submit", status=422)).forms["van-ban"]
    for box in form.fields.get("confirmed", []):
        box.checked = True
    form["effective_on"] = "01/01/2027"
    form.set("type", "thong-bao", 0)
    form.set("issuer_name", "Văn phòng Chính phủ", 0)
    item = read(form.submit("submit", status=303))
    item = read(act(item, "rut-lai"))
    item = read(act(item, "gui-duyet"))
    uid = db.query(Edition).one().item.uid
    enter(approver)
    read(app.get("/en/ban-lam-viec"))
    item = read(app.get(f"/en/ban-lam-viec/muc/{uid}"))
    read(act(item, "tra-lai"))
    read(act(item, "tra-lai", why="Thiếu nơi nhận"))
    enter(editor)
    item = read(act(read(app.get(f"/en/ban-lam-viec/muc/{uid}")), "gui-duyet"))
    enter(approver)
    item = read(app.get(f"/en/ban-lam-viec/muc/{uid}"))
    read(act(item, "hen-gio", day="1/1/2020", hour="08:00"))
    item = read(act(item, "hen-gio", day="1/1/2027", hour="08:00"))
    item = read(act(item, "huy-hen"))
    enter(editor)
    read(act(read(app.get(f"/en/ban-lam-viec/muc/{uid}")), "gui-duyet"))
    enter(approver)
    item = read(act(read(app.get(f"/en/ban-lam-viec/muc/{uid}")), "cong-bo"))
    edition = db.query(Edition).one()
    read(app.get("/en" + edition.item.path))
    read(app.get("/en/"))
    read(act(read(app.get(f"/en/ban-lam-viec/muc/{uid}")), "thu-hoi", why="Ban hành nhầm"))
    gone = read(app.get("/en" + edition.item.path, status=410))
    assert gone.html.find(string="Ban hành nhầm").find_parent(attrs={"lang": "vi"})


def test_an_administrator_looks_after_people_and_units(app, read, enter, approver, unit, editor):
    enter(approver)
    form = read(app.get("/en/ban-lam-viec/nhan-su/them")).forms["form"]
    form["email"] = "khong phai thu"
    read(form.submit("save", expect_errors=True))
    read(app.get(f"/en/ban-lam-viec/nhan-su/{editor.uid}"))
    read(app.get("/en/ban-lam-viec/nhan-su?q=khong-ai"))
    read(app.get("/en/tai-khoan"))
    form = read(app.get("/en/tai-khoan/mat-khau")).forms["form"]
    read(form.submit("save", expect_errors=True))
    read(app.get("/en/ban-lam-viec/co-quan"))
    read(app.get(f"/en/ban-lam-viec/co-quan/{unit.uid}"))
