from datetime import date, datetime
from typing import Any

import pytest
from forms.browserless import controls_of
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy.orm import Session
from webtest import TestApp

from portal import audit
from portal.agencies import queries, service
from portal.agencies.kinds import Kind
from portal.agencies.register import Register
from portal.theming import panels


@pytest.fixture
def loaded(db: Session, register: Register, at: datetime) -> Session:
    service.load_register(db, register, at)
    return db


def test_the_public_list_shows_the_agencies_of_today_by_kind(loaded: Session, app: TestApp) -> None:
    page = app.get("/co-quan")
    assert "Bộ Khoa học và Công nghệ" in page
    assert "Bộ Thông tin và Truyền thông" not in page
    assert "Ủy ban nhân dân cấp tỉnh" in page


def test_the_public_list_shows_former_agencies_when_asked(loaded: Session, app: TestApp) -> None:
    page = app.get("/co-quan", {"tinh-trang": "truoc-day", "q": "thong tin va truyen thong"})
    assert "Bộ Thông tin và Truyền thông" in page
    assert "Đến hết ngày" in page
    assert "Bộ Khoa học và Công nghệ" not in page


def test_a_list_without_hits_says_what_to_do(loaded: Session, app: TestApp) -> None:
    assert "Không có cơ quan nào phù hợp" in app.get("/co-quan", {"q": "không có ai"})


@pytest.mark.parametrize("query", [{"loai": "lâu đài"}, {"tinh-trang": "xyz"}])
def test_a_filter_that_does_not_exist_is_refused(loaded: Session, app: TestApp, query: dict[str, str]) -> None:
    app.get("/co-quan", query, status=422)


def test_a_former_agency_says_so_and_leads_to_its_successor(loaded: Session, app: TestApp) -> None:
    page = app.get("/co-quan/bo-thong-tin-va-truyen-thong")
    assert "Đây là cơ quan cũ" in page
    assert "28/02/2025" in page
    assert "Nghị quyết 176/2025/QH15" in page
    page.click("Bộ Khoa học và Công nghệ", index=0).mustcontain("Được hình thành từ hoặc tiếp nhận nhiệm vụ của")


def test_the_english_page_has_the_english_name(loaded: Session, app: TestApp) -> None:
    app.get("/en/co-quan/van-phong-chinh-phu").mustcontain("Office of the Government")


@pytest.mark.parametrize("code", ["G22", "g22", "000.00.00.G22"])
def test_a_code_leads_to_the_page_of_its_bearer(loaded: Session, app: TestApp, code: str) -> None:
    assert app.get(f"/co-quan/{code}", status=303).location.endswith("/co-quan/van-phong-chinh-phu")


def test_an_unverified_code_is_shown_as_such(loaded: Session, app: TestApp) -> None:
    app.get("/co-quan/ubnd-tinh-ha-tinh").mustcontain("H27", "chưa kiểm chứng")


def test_an_unknown_agency_is_not_found(loaded: Session, app: TestApp) -> None:
    app.get("/co-quan/khong-co", status=404)


def test_another_package_adds_a_panel_to_the_page(
    loaded: Session, app: TestApp, config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = config.get_jinja2_environment()
    written = DictLoader({"there/panel.jinja2": "<p>{{ panel.name }}: {{ panel.data }} văn bản</p>"})
    monkeypatch.setattr(environment, "loader", ChoiceLoader([written, environment.loader]))
    monkeypatch.setitem(config.registry, "portal.panels", {})
    panels.add_panel(config, "agency", "notices", "there/panel.jinja2", lambda request, agency: len(agency.key))
    panels.add_panel(config, "agency", "empty", "nowhere.jinja2", lambda request, agency: None)
    app.get("/co-quan/bo-y-te").mustcontain("notices: 7 văn bản")


@pytest.fixture
def keeper(loaded: Session, make: Any) -> Any:
    """Administers the agency that the instance belongs to."""
    return make.person(administrator=queries.by_code(loaded, "G22"))


def test_only_administrators_see_the_register_at_the_desk(
    loaded: Session, app: TestApp, make: Any, sign_in: Any
) -> None:
    sign_in(app, make.person(editor=queries.by_code(loaded, "G22")))
    app.get("/ban-lam-viec/co-quan", status=403)


def test_who_keeps_the_register_changes_a_unit(loaded: Session, app: TestApp, keeper: Any, sign_in: Any) -> None:
    sign_in(app, keeper)
    unit = queries.by_code(loaded, "G18")
    assert unit is not None
    form = app.get(f"/ban-lam-viec/co-quan/{unit.uid}").forms["form"]
    form["phone"], form["aliases"], form["valid_from"] = "024 6273 2273", "Bộ Sức khỏe\nBYT cũ", "01/3/1946"
    form.submit("save", status=303).follow().mustcontain("Đã lưu thông tin đơn vị.")
    assert (unit.phone, unit.valid_from) == ("024 6273 2273", date(1946, 3, 1))
    assert queries.by_name(loaded, "bo suc khoe") is unit
    assert audit.history(loaded, unit.uid)[0].actor_name == keeper.name


def test_a_refused_form_keeps_what_was_typed(loaded: Session, app: TestApp, keeper: Any, sign_in: Any) -> None:
    sign_in(app, keeper)
    unit = queries.by_code(loaded, "G18")
    assert unit is not None
    form = app.get(f"/ban-lam-viec/co-quan/{unit.uid}").forms["form"]
    form["code"], form["address"] = "G17", "138A Giảng Võ"
    page = form.submit("save", status=409)
    page.mustcontain("Bộ Xây dựng")
    assert page.forms["form"]["address"].value == "138A Giảng Võ"
    page.forms["form"]["code"] = "mã sai"
    page.forms["form"].submit("save", status=422).mustcontain("Mã định danh không đúng")


def test_of_two_people_the_second_is_told(
    loaded: Session, app: TestApp, keeper: Any, sign_in: Any, at: datetime
) -> None:
    sign_in(app, keeper)
    unit = queries.by_code(loaded, "G18")
    assert unit is not None
    form = app.get(f"/ban-lam-viec/co-quan/{unit.uid}").forms["form"]
    service.change_unit(loaded, unit, phone="1", by=None, at=at)
    form["phone"] = "2"
    form.submit("save", status=409).mustcontain("đã được người khác sửa")
    assert unit.phone == "1"


def test_an_administrator_describes_the_own_unit_but_does_not_redefine_it(
    loaded: Session, app: TestApp, make: Any, sign_in: Any
) -> None:
    ministry, other = queries.by_code(loaded, "G18"), queries.by_code(loaded, "G17")
    assert ministry is not None
    assert other is not None
    sign_in(app, make.person(administrator=ministry))
    form = app.get(f"/ban-lam-viec/co-quan/{ministry.uid}").forms["form"]
    assert "code" not in form.fields
    form["phone"] = "024"
    form.submit("save", status=303)
    assert ministry.phone == "024"
    app.get(f"/ban-lam-viec/co-quan/{other.uid}", status=403)
    app.get("/ban-lam-viec/co-quan/sap-xep", status=403)


def test_an_administrator_adds_units_below_the_own_only(loaded: Session, app: TestApp, make: Any, sign_in: Any) -> None:
    ministry = queries.by_code(loaded, "G18")
    assert ministry is not None
    sign_in(app, make.person(administrator=ministry))
    form = app.get("/ban-lam-viec/co-quan/them").forms["form"]
    assert [value for value, *_ in form["parent"].options if value] == [str(ministry.id)]
    form["name"], form["kind"] = "Cục Quản lý Dược", Kind.DEPARTMENT.value
    form.submit("save", status=422)
    form["parent"] = str(ministry.id)
    form.submit("save", status=303)
    added = queries.by_name(loaded, "Cục Quản lý Dược")
    assert added is not None
    assert added.parent_id == ministry.id
    app.get("/co-quan/bo-y-te").mustcontain("Cục Quản lý Dược")


def test_a_reorganisation_by_form(loaded: Session, app: TestApp, keeper: Any, sign_in: Any) -> None:
    sign_in(app, keeper)
    old, new = queries.by_code(loaded, "G01"), queries.by_code(loaded, "G11")
    assert old is not None
    assert new is not None
    shown = app.get("/ban-lam-viec/co-quan/sap-xep").html.find("form", id="form")
    typed = {
        "form-predecessors-0": str(old.id),
        "form-successors-0": str(new.id),
        "form-on": "01/01/2027",
        "form-instrument": "Nghị quyết 1/2026/QH16",
    }
    answer = app.post("/ban-lam-viec/co-quan/sap-xep", controls_of(str(shown), **typed), status=303)
    answer.follow().mustcontain("Đã ghi nhận việc sắp xếp")
    assert old.valid_to == date(2026, 12, 31)
    assert queries.successors(loaded, old, date(2027, 1, 1)) == [new]
