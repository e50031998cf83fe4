"""The catalogue and its lists: every way to a service, with true counts."""

from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.agencies.models import Field
from portal.catalogue.models import Term


@pytest.fixture
def words(db: Session) -> None:
    db.add(Field(slug="ho-tich", name="Hộ tịch", english_name="Civil status"))
    db.add(Term(slug="cong-dan", vocabulary="audience", name="Công dân"))
    db.add(Term(slug="doanh-nghiep", vocabulary="audience", name="Doanh nghiệp"))
    db.add(Term(slug="sinh-con", vocabulary="life_event", name="Sinh con", english_name="Having a child"))
    db.flush()
    db.add(Term(slug="de-con", vocabulary="life_event", name="Đẻ con", retired=True, merged_into="sinh-con"))
    db.flush()


@pytest.fixture
def catalogue(make: Any, words: None) -> dict[str, Any]:
    unit = make.agency("G15", "Bộ Tư pháp")
    other = make.agency("G09", "Bộ Xây dựng")
    free = [{"channel": "direct", "fees": [{"amount": 0, "text": "Không"}]}]
    return {
        "unit": unit,
        "birth": make.procedure(
            unit,
            published=True,
            name="Đăng ký khai sinh",
            fields=["ho-tich"],
            events=["sinh-con"],
            channels=free,
            levels=["xa"],
            also_called=["làm giấy khai sinh"],
        ),
        "house": make.procedure(
            other, published=True, name="Cấp giấy phép xây dựng", audiences=["doanh-nghiep"], service="toan-trinh"
        ),
        "asylum": make.procedure(unit, published=True, name="Ăn ở tạm thời", levels=["bo", "tinh"]),
        "draft": make.procedure(unit, name="Bản nháp"),
    }


def names(page: Any) -> list[str]:
    return [row.get_text(strip=True) for row in page.html.select(".portal-document-row__title")]


def test_everything_is_listed_in_vietnamese_order(catalogue: dict[str, Any], app: TestApp) -> None:
    page = app.get("/dich-vu-cong/danh-sach")
    assert names(page) == ["Ăn ở tạm thời", "Cấp giấy phép xây dựng", "Đăng ký khai sinh"]
    page.mustcontain("Có 3 dịch vụ công")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/dich-vu-cong/linh-vuc/ho-tich", ["Đăng ký khai sinh"]),
        ("/dich-vu-cong/su-kien/sinh-con", ["Đăng ký khai sinh"]),
        ("/dich-vu-cong/doi-tuong/doanh-nghiep", ["Cấp giấy phép xây dựng"]),
        ("/dich-vu-cong/a-z/%C4%90", ["Đăng ký khai sinh"]),
        ("/dich-vu-cong/a-z/C", ["Cấp giấy phép xây dựng"]),
        ("/dich-vu-cong/danh-sach?mien-phi=1", ["Đăng ký khai sinh"]),
        ("/dich-vu-cong/danh-sach?muc-do=toan-trinh", ["Cấp giấy phép xây dựng"]),
        ("/dich-vu-cong/danh-sach?cap=xa", ["Đăng ký khai sinh"]),
        ("/dich-vu-cong/danh-sach?q=giay khai sinh", ["Đăng ký khai sinh"]),
        ("/dich-vu-cong/danh-sach?xep=cap", ["Ăn ở tạm thời", "Cấp giấy phép xây dựng", "Đăng ký khai sinh"]),
        ("/dich-vu-cong/danh-sach?xep=linh-vuc&doi-tuong=cong-dan", ["Đăng ký khai sinh", "Ăn ở tạm thời"]),
        ("/dich-vu-cong/su-kien/sinh-con?muc-do=toan-trinh", []),
    ],
)
def test_a_list_is_narrowed(catalogue: dict[str, Any], app: TestApp, address: str, expected: list[str]) -> None:
    page = app.get(address)
    assert names(page) == expected
    page.mustcontain(f"Có {len(expected)} dịch vụ công")


def test_the_list_of_an_agency_holds_what_it_announces_and_what_it_adds_to(
    catalogue: dict[str, Any], make: Any, app: TestApp
) -> None:
    province = make.agency("H17", "Thành phố Đà Nẵng", kind="province")
    make.local_service(catalogue["house"], province, published=True)
    make.local_service(catalogue["birth"], province)
    unit = catalogue["unit"]
    assert names(app.get(f"/dich-vu-cong/co-quan/{unit.key}")) == ["Ăn ở tạm thời", "Đăng ký khai sinh"]
    assert names(app.get(f"/dich-vu-cong/co-quan/{province.key}")) == ["Cấp giấy phép xây dựng"]
    app.get(f"/co-quan/{province.key}").mustcontain("Dịch vụ công của cơ quan", "Cấp giấy phép xây dựng")


def test_the_options_say_how_many_each_would_leave(catalogue: dict[str, Any], app: TestApp) -> None:
    form = app.get("/dich-vu-cong/su-kien/sinh-con").html.select_one(".portal-filters")
    options = [option.get_text(strip=True) for option in form.select("select[name=doi-tuong] option")]
    assert options == ["Tất cả", "Công dân (1)"]
    assert form.select_one("select[name=su-kien] option[selected]")["value"] == "sinh-con"


def test_the_front_leads_everywhere(catalogue: dict[str, Any], app: TestApp) -> None:
    page = app.get("/dich-vu-cong")
    hrefs = {link["href"] for link in page.html.select("main a")}
    assert {
        "/dich-vu-cong/su-kien/sinh-con",
        "/dich-vu-cong/doi-tuong/cong-dan",
        "/dich-vu-cong/linh-vuc/ho-tich",
    } <= hrefs
    assert f"/dich-vu-cong/co-quan/{catalogue['unit'].key}" in hrefs
    assert page.html.select_one(".portal-service-find input[name=kind]")["value"] == "procedure"
    app.get("/").mustcontain("Xem cả 3 dịch vụ công", "/dich-vu-cong/su-kien/sinh-con")


def test_a_front_without_services_says_so(app: TestApp) -> None:
    app.get("/dich-vu-cong").mustcontain("Chưa có dịch vụ công nào được công bố.")
    assert "dich-vu-cong-title" not in app.get("/")


@pytest.mark.parametrize(
    "address",
    [
        "/dich-vu-cong/danh-sach?la=1",
        "/dich-vu-cong/danh-sach?linh-vuc=khong-co",
        "/dich-vu-cong/danh-sach?cap=huyen",
        "/dich-vu-cong/danh-sach?mien-phi=co",
        "/dich-vu-cong/danh-sach?xep=ngau-nhien",
        "/dich-vu-cong/danh-sach?trang=0",
        "/dich-vu-cong/danh-sach?su-kien=cong-dan",
        "/dich-vu-cong/danh-sach?chu-cai=ab",
        "/dich-vu-cong/su-kien/sinh-con?doi-tuong=khong-co",
    ],
)
def test_impossible_parameters_are_refused(catalogue: dict[str, Any], app: TestApp, address: str) -> None:
    app.get(address, status=422)


@pytest.mark.parametrize(
    "address",
    ["/dich-vu-cong/linh-vuc/khong-co", "/dich-vu-cong/su-kien/cong-dan", "/dich-vu-cong/a-z/xyz",
     "/dich-vu-cong/danh-sach?trang=2"],
)  # fmt: skip
def test_a_list_of_nothing_is_not_found(catalogue: dict[str, Any], app: TestApp, address: str) -> None:
    app.get(address, status=404)


def test_a_word_that_went_into_another_leads_on(catalogue: dict[str, Any], app: TestApp) -> None:
    assert app.get("/dich-vu-cong/su-kien/de-con", status=301).location.endswith("/dich-vu-cong/su-kien/sinh-con")


def test_pages_turn(make: Any, words: None, app: TestApp) -> None:
    unit = make.agency()
    for _n in range(27):
        make.procedure(unit, published=True)
    assert len(names(app.get("/dich-vu-cong/danh-sach"))) == 25
    assert len(names(app.get("/dich-vu-cong/danh-sach?trang=2"))) == 2


def test_a_list_asks_few_questions_however_long_it_is(make: Any, words: None, app: TestApp, count_queries: Any) -> None:
    unit = make.agency()
    for _n in range(3):
        make.procedure(unit, published=True, fields=["ho-tich"])
    with count_queries() as few:
        app.get("/dich-vu-cong/danh-sach")
    for _n in range(20):
        make.procedure(unit, published=True, fields=["ho-tich"])
    with count_queries() as many:
        app.get("/dich-vu-cong/danh-sach")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/dich-vu-cong/su-kien/de-con", "/dich-vu-cong/su-kien/sinh-con"),
        ("/dich-vu-cong/su-kien/o-cu", "/dich-vu-cong/su-kien/sinh-con"),
        ("/dich-vu-cong/su-kien/de-con?xep=cap", "/dich-vu-cong/su-kien/sinh-con?xep=cap"),
        ("/dich-vu-cong/danh-sach?su-kien=o-cu&cap=xa", "/dich-vu-cong/danh-sach?su-kien=sinh-con&cap=xa"),
        ("/en/dich-vu-cong/su-kien/de-con", "/en/dich-vu-cong/su-kien/sinh-con"),
    ],
)
def test_a_word_that_went_into_another_leads_there_for_good(
    db: Session, catalogue: dict[str, Any], app: TestApp, old: str, new: str
) -> None:
    db.add(Term(slug="o-cu", vocabulary="life_event", name="Ở cữ", retired=True, merged_into="de-con"))
    db.flush()

    answer = app.get(old, status=301)

    assert answer.location.removeprefix("http://localhost") == new
    assert names(answer.follow()) == ["Đăng ký khai sinh"]


def test_a_word_that_was_retired_for_good_says_so(db: Session, catalogue: dict[str, Any], app: TestApp) -> None:
    db.add(Term(slug="tem-phieu", vocabulary="life_event", name="Nhận tem phiếu", retired=True))
    db.flush()

    app.get("/dich-vu-cong/su-kien/tem-phieu", status=200).mustcontain("không còn được dùng")
