"""What a page shows while it is being filled in: questions that were only now asked, and values computed so far."""

from typing import Any

import pytest
from dossiers.applying.conftest import Walk

YES = {"op": "=", "args": [{"field": "co_xe"}, {"bool": True}]}
CAR = {
    "id": "xe",
    "title": "Xe",
    "fields": [
        {"id": "ten_xe", "type": "text", "label": "Tên xe", "required": True},
        {"id": "co_xe", "type": "yes_no", "label": "Có xe không?", "required": True},
        {"id": "bien_so", "type": "text", "label": "Biển số", "required": True, "when": YES},
    ],
}
ROWS = {
    "id": "ban",
    "title": "Bản sao",
    "fields": [
        {
            "id": "viec",
            "type": "group",
            "label": "Việc",
            "fields": [{"id": "so", "type": "number", "label": "Số bản"}],
        },
        {"id": "tong", "type": "computed", "label": "Tổng", "formula": "tổng(viec.so)", "unit": "bản"},
        {"id": "tien", "type": "computed", "label": "Tiền", "formula": "tong × 8000", "unit": "đồng"},
    ],
}


@pytest.fixture
def begun(citizen: Any, make: Any, staff: Any) -> Walk:
    form = make.eform(staff.deciding, published=True, definition={"title": "Tờ khai", "sections": [CAR, ROWS]})
    uid = str(form.item.uid)
    make.procedure(staff.deciding, published=True, code="1.006666", eform=uid, service="toan-trinh")
    page = citizen().get("/nop-ho-so/1.006666/H17.05")
    start = next(f for f in page.forms.values() if f.action.endswith("/H17.05"))
    return Walk(page.test_app, start.submit(status=303).follow())


def errors(page: Any) -> list[str]:
    return [link["href"] for link in page.html.select(".govuk-error-summary a")]


def test_a_question_asked_by_an_answer_appears_beside_another_error_and_without_one_of_its_own(begun: Walk) -> None:
    page = begun.open("xe").fill(co_xe="true", status=422).page
    assert errors(page) == ["#bieu-mau-ten_xe"]
    assert "bien_so" in page.forms["bieu-mau"].fields
    assert "làm hiện thêm 1 mục" in page.text
    begun.fill(ten_xe="Xe máy", status=422)
    assert errors(begun.page) == ["#bieu-mau-bien_so"]
    begun.fill(bien_so="43A-00001")
    assert begun.page.request.path.endswith("/ban")


def test_a_sum_over_rows_says_nothing_while_no_row_says_anything(begun: Walk) -> None:
    computed = [one.get_text(strip=True) for one in begun.open("ban").page.html.select(".portal-computed__value")]
    assert computed == ["Tự tính khi các mục trên được điền."] * 2
    page = begun.page
    page.forms["bieu-mau"].submit("tiep_tuc", status=303)
    form = begun.open("ban").page.forms["bieu-mau"]
    sent = [*form.submit_fields("tiep_tuc")]
    start = next(place for place, (name, value) in enumerate(sent) if name == "__start__" and value == "viec:sequence")
    sent[start + 1 : start + 1] = [("__start__", "row:mapping"), ("so", "3"), ("__end__", "row:mapping")]
    begun.app.post(form.action, sent, status=303)
    again = [one.get_text(strip=True) for one in begun.open("ban").page.html.select(".portal-computed__value")]
    assert again == ["3 bản", "24.000 đồng"]
