"""The page of a service as a citizen meets it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.publishing import service as publishing

PAPERS = [
    {"name": "Tờ khai đăng ký", "original": 1, "copies": 0, "form_name": "Mẫu TK01"},
    {"name": "Giấy chứng sinh", "original": 1, "copies": 2, "required": False},
    {"name": "Văn bản ủy quyền", "original": 1, "case": "Nhờ người khác nộp"},
]


@pytest.fixture
def unit(make: Any) -> Any:
    return make.agency("G15", "Bộ Tư pháp", english_name="Ministry of Justice")


def test_the_page_answers_the_first_questions_at_a_glance(make: Any, unit: Any, app: TestApp) -> None:
    edition = make.procedure(unit, published=True, name="Đăng ký khai sinh", reception=[{"name": "UBND xã Ví Dụ"}])
    page = app.get(edition.item.path)
    glance = page.html.select_one(".portal-glance").get_text(" ", strip=True)
    assert "50.000 đồng" in glance
    assert "5 ngày làm việc" in glance
    assert "UBND xã Ví Dụ" in glance
    assert "Chưa nộp trực tuyến được" in glance
    assert page.html.h1.get_text(strip=True) == "Đăng ký khai sinh"


def test_differing_channels_are_told_as_ranges(make: Any, unit: Any, app: TestApp) -> None:
    channels = [
        {"channel": "direct", "limits": [{"amount": 7, "unit": "days"}], "fees": [{"amount": 70000, "text": "x"}]},
        {"channel": "online", "limits": [{"amount": 5, "unit": "days"}], "fees": [{"amount": 35000, "text": "x"}]},
    ]
    page = app.get(make.procedure(unit, published=True, channels=channels).item.path)
    page.mustcontain("Từ 35.000 đồng đến 70.000 đồng", "Từ 5 đến 7 ngày")


def test_the_papers_are_a_list_to_tick_by_case(make: Any, unit: Any, app: TestApp) -> None:
    page = app.get(make.procedure(unit, published=True, documents=PAPERS, sets=2).item.path)
    boxes = page.html.select("#ho-so input[type=checkbox]")
    labels = [page.html.find("label", attrs={"for": box["id"]}).get_text(" ", strip=True) for box in boxes]
    assert labels == ["Tờ khai đăng ký", "Giấy chứng sinh (nếu có)", "Văn bản ủy quyền"]
    page.mustcontain("Nhờ người khác nộp", "bản chính: 1, bản sao: 2", "Mẫu TK01", "Số lượng: 2 bộ hồ sơ.")


def test_the_legal_basis_leads_to_the_document_that_is_here(make: Any, unit: Any, app: TestApp) -> None:
    law = make.notice(unit, published=True, type="nghi-dinh", number="123", notation="2015/NĐ-CP")
    basis = [
        {"number": "123/2015/NĐ-CP", "title": "Nghị định về hộ tịch"},
        {"number": "9/1999/QH10", "title": "Luật chưa có ở đây"},
    ]
    edition = make.procedure(unit, published=True, legal_basis=basis)
    rows = app.get(edition.item.path).html.select("#can-cu li")
    assert [row.a["href"] if row.a else None for row in rows] == [law.item.path, None]
    panel = app.get(law.item.path).html.select_one("#thu-tuc")
    assert panel.a["href"] == edition.item.path


def test_a_document_that_comes_later_is_linked_too(make: Any, unit: Any, app: TestApp) -> None:
    edition = make.procedure(unit, published=True, legal_basis=[{"number": "45/2020/NĐ-CP"}])
    assert not app.get(edition.item.path).html.select("#can-cu a")
    law = make.notice(unit, published=True, type="nghi-dinh", number="45", notation="2020/NĐ-CP")
    assert app.get(edition.item.path).html.select_one("#can-cu a")["href"] == law.item.path


@pytest.mark.parametrize(
    "typed",
    ["1.001193.000.00.00.H99", "1.001193.000.00.00.h17", "1001193", "1,001193", "%201.001193%20", "1.001193."],
)
def test_a_code_typed_carelessly_leads_to_the_page(make: Any, unit: Any, app: TestApp, typed: str) -> None:
    make.procedure(unit, published=True, code="1.001193")
    assert app.get(f"/thu-tuc/{typed}", status=301).location == "http://localhost/thu-tuc/1.001193"


def test_a_code_in_full_leads_to_what_the_agency_adds(make: Any, unit: Any, app: TestApp) -> None:
    province = make.agency("H17", "Thành phố Đà Nẵng", kind="province")
    national = make.procedure(unit, published=True, code="1.001193")
    local = make.local_service(national, province, published=True)
    answer = app.get("/thu-tuc/1.001193.000.00.00.h17", status=301)
    assert answer.location == f"http://localhost{local.item.path}"


def test_a_code_that_nobody_has_is_not_found(make: Any, unit: Any, app: TestApp) -> None:
    make.procedure(unit, published=True, code="1.001193")
    for path in ("/thu-tuc/1.001194", "/thu-tuc/khai-sinh", "/thu-tuc/1.001193/h17", "/thu-tuc/9/so-sanh"):
        app.get(path, status=404)


def test_a_draft_is_nobodys_business(make: Any, unit: Any, app: TestApp) -> None:
    edition = make.procedure(unit, code="1.000001")
    app.get(f"/thu-tuc/{edition.data['code']}", status=404)


def test_a_withdrawn_service_says_why(make: Any, unit: Any, app: TestApp, db: Session, at: Any) -> None:
    edition = make.procedure(unit, published=True)
    publishing.withdraw(db, edition, version=edition.version, by=None, at=at, why="Đã bãi bỏ theo quyết định mới")
    app.get(edition.item.path, status=410).mustcontain("Đã bãi bỏ theo quyết định mới")


def test_an_old_version_can_be_read_by_its_day(make: Any, unit: Any, app: TestApp, db: Session, at: Any) -> None:
    first = make.procedure(unit, published=True, name="Tên cũ của thủ tục")
    path = first.item.path
    second = publishing.working_copy(db, first.item, by=make.person(editor=unit), at=at)
    data = second.data | {"name": "Tên mới của thủ tục"}
    publishing.save(db, second, data, version=second.version, by=None, at=at)
    publishing.publish_imported(db, second, at=at + timedelta(days=40), change_note="Đổi tên")
    now = app.get(path, extra_environ={"portal.at": at + timedelta(days=50)})
    now.mustcontain("Tên mới của thủ tục", "Đổi tên")
    then = app.get(f"{path}?ngay=2026-03-10", extra_environ={"portal.at": at + timedelta(days=50)})
    assert then.html.h1.get_text(strip=True) == "Tên cũ của thủ tục"
    assert "noindex" in then
    app.get(f"{path}?ngay=2020-01-01").mustcontain("chưa có hoặc không còn trên cổng")
    app.get(f"{path}?ngay=hom-qua", status=422)


def test_in_english_what_is_vietnamese_says_so(make: Any, unit: Any, app: TestApp) -> None:
    edition = make.procedure(unit, published=True, name="Đăng ký kết hôn", name_en="Marriage registration")
    page = app.get(f"/en{edition.item.path}")
    assert page.html.h1.get_text(strip=True) == "Marriage registration"
    assert page.html.select_one(".portal-service__vietnamese")["lang"] == "vi"
    assert "5 working days" in page
    assert "50,000 VND" in page
    assert page.html.select_one("#ho-so label span")["lang"] == "vi"


def test_the_button_stands_only_where_somebody_can_apply(make: Any, unit: Any, app: TestApp) -> None:
    without = app.get(make.procedure(unit, published=True).item.path)
    assert not without.html.select(".portal-apply .govuk-button")
    there = make.procedure(unit, published=True, service="toan-trinh", online_url="https://dichvucong.vidu.gov.vn/x")
    page = app.get(there.item.path)
    assert page.html.select_one(".portal-apply .govuk-button")["href"] == "https://dichvucong.vidu.gov.vn/x"
    page.mustcontain("Bạn sẽ sang dichvucong.vidu.gov.vn.")
    odd = make.procedure(unit, published=True, online_url="javascript:alert(1)")
    assert "javascript:" not in app.get(odd.item.path)


def test_another_package_offers_to_apply(
    make: Any, unit: Any, app: TestApp, config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.catalogue.public.applying import Apply, add_apply_link
    from portal.request import _

    monkeypatch.setitem(config.registry, "portal.apply_links", [])
    edition = make.procedure(unit, published=True)
    add_apply_link(config, lambda request, procedure, local: Apply(f"/nop/{procedure.code}", _("Nộp hồ sơ")))
    button = app.get(edition.item.path).html.select_one(".portal-apply .govuk-button")
    assert button["href"] == f"/nop/{edition.data['code']}"


def test_a_service_that_is_partly_online_says_why(make: Any, unit: Any, app: TestApp) -> None:
    edition = make.procedure(
        unit, published=True, service="mot-phan", partial_reason="Phải lấy vân tay", partial_basis="Điều 9 Luật X"
    )
    app.get(edition.item.path).mustcontain("Phải lấy vân tay", "Điều 9 Luật X", "Nộp trực tuyến một phần")


def test_what_the_source_left_unclear_is_shown_in_its_words(make: Any, unit: Any, app: TestApp) -> None:
    channels = [{"channel": "direct", "limits": [{"text": "Theo mùa vụ"}], "fees": [{"text": "Theo thỏa thuận"}]}]
    edition = make.procedure(
        unit,
        published=True,
        channels=channels,
        doubts={"channels": "Không rõ"},
        original={"channels": "Trực tiếp, theo mùa vụ"},
    )
    page = app.get(edition.item.path)
    page.mustcontain("Theo mùa vụ", "Theo thỏa thuận", "Trực tiếp, theo mùa vụ")


def test_a_script_in_a_record_is_text(make: Any, unit: Any, app: TestApp) -> None:
    hostile = "<script>alert(1)</script>"
    edition = make.procedure(unit, published=True, name=f"Cấp {hostile}", contact={"phone": hostile, "email": hostile})
    assert hostile not in app.get(edition.item.path)
