"""The editors' list of procedures."""

import pytest

from portal.publishing import service as publishing

DESK = "/ban-lam-viec/thu-tuc"


@pytest.fixture
def unit(make):
    return make.agency("G15", "Bộ Tư pháp")


@pytest.fixture
def editor(make, unit):
    return make.person(editor=unit)


def names(page):
    table = page.html.find("table", class_="portal-desk-table")
    return [row.find("th").find("a").text for row in table.find("tbody").find_all("tr")] if table else []


def test_it_shows_what_my_units_write_and_only_that(app, make, sign_in, unit, editor):
    make.procedure(unit, by=editor, name="Của tôi")
    make.procedure(make.agency(), name="Của đơn vị khác")
    sign_in(app, editor)
    assert names(app.get(DESK)) == ["Của tôi"]


def test_what_others_have_published_is_found_but_not_their_drafts(app, db, at, make, sign_in, unit, editor):
    other = make.procedure(make.agency(), published=True, name="Đã công bố")
    copy = publishing.working_copy(db, other.item, by=None, at=at)
    publishing.save(db, copy, copy.data | {"name": "Bản đang sửa"}, version=copy.version, by=None, at=at)
    make.procedure(make.agency(), name="Bản nháp kín")
    sign_in(app, editor)
    page = app.get(DESK, {"pham-vi": "tat-ca"})
    assert names(page) == ["Đã công bố"]
    assert other.item.path in page.text
    assert names(app.get(DESK, {"pham-vi": "tat-ca", "trang-thai": "draft"})) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "khai sinh"}, ["Khai sinh"]),
        ({"q": "2.000001"}, ["Kết hôn"]),
        ({"q": "dam cuoi"}, ["Kết hôn"]),
        ({"trang-thai": "published"}, ["Khai sinh"]),
        ({"muc-do": "toan-trinh"}, ["Kết hôn"]),
        ({"linh-vuc": "ho-tich"}, ["Khai sinh"]),
        ({"co-quan": "bo-y-te"}, ["Kết hôn"]),
        ({"xem": "can-kiem-tra"}, ["Kết hôn"]),
        ({"xem": "qua-han"}, ["Khai sinh"]),
        ({"xep": "ten"}, ["Kết hôn", "Khai sinh"]),
        ({"xep": "ma"}, ["Khai sinh", "Kết hôn"]),
        ({"xep": "ra-soat"}, ["Khai sinh", "Kết hôn"]),
    ],
)
def test_it_is_narrowed_and_sorted(app, db, make, sign_in, unit, editor, asked, found):
    from portal.agencies.models import Field

    db.add(Field(slug="ho-tich", name="Hộ tịch"))
    make.agency("G18", "Bộ Y tế", key="bo-y-te")
    make.procedure(
        unit, by=editor, published=True, name="Khai sinh", code="1.000001", fields=["ho-tich"], review_by="2026-03-01"
    )
    make.procedure(
        unit, by=editor, name="Kết hôn", code="2.000001", service="toan-trinh", authority={"name": "Bộ Y tế"},
        doubts={"cases": "Không rõ."}, also_called=["Đám cưới"], review_by="2026-03-02",
    )  # fmt: skip
    sign_in(app, editor)
    assert names(app.get(DESK, asked)) == found


@pytest.mark.parametrize(
    "asked", ["la=1", "xep=la", "trang=0", "trang-thai=la", "co-quan=khong-co", "linh-vuc=la", "xem=1"]
)
def test_an_unknown_parameter_is_refused(app, sign_in, editor, asked):
    sign_in(app, editor)
    app.get(f"{DESK}?{asked}", status=422)


def test_procedures_past_their_review_are_told_of(app, make, sign_in, unit, editor):
    make.procedure(unit, by=editor, published=True, review_by="2026-03-01")
    make.procedure(unit, by=editor, published=True, review_by="2026-03-02")
    sign_in(app, editor)
    page = app.get(DESK)
    assert "1 thủ tục đã quá hạn rà soát." in page.text
    assert [row.text.count("Quá hạn") for row in page.html.find("tbody").find_all("tr")] == [0, 1]


def test_a_long_list_asks_the_database_as_often_as_a_short_one(app, make, sign_in, unit, editor, count_queries):
    sign_in(app, editor)

    def asked():
        with count_queries() as seen:
            app.get(DESK)
        return len(seen)

    for number in range(3):
        make.procedure(unit, by=editor, name=f"Thủ tục {number}")
    few = asked()
    for number in range(60):
        make.procedure(unit, by=editor, name=f"Thủ tục thêm {number}")
    assert asked() <= few
    page = app.get(DESK)
    assert len(names(page)) == 50
    assert len(names(page.click("Trang sau"))) == 13
