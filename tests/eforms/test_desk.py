"""The designer over HTTP: made, changed, tried, checked, handed in; nobody's text is lost."""

import re
from typing import Any

import orjson
import pytest
from webtest import Upload

from portal.eforms import designing, queries, service
from portal.eforms.definition import field_at, sha256_of
from portal.eforms.errors import UnknownDefinition
from portal.eforms.exchanging import exported, imported
from portal.files.models import File
from portal.publishing import service as publishing
from portal.publishing.errors import Incomplete

BASE = "/ban-lam-viec/bieu-mau"


@pytest.fixture
def unit(make: Any) -> Any:
    return make.agency(name="Sở Thử nghiệm")


@pytest.fixture
def editor(make: Any, unit: Any, app: Any, sign_in: Any) -> Any:
    person = make.person("Lê Soạn", editor=unit)
    sign_in(app, person)
    return person


@pytest.fixture
def draft(make: Any, unit: Any, editor: Any, everything: Any) -> Any:
    return make.eform(unit, editor, definition=everything)


def outline(app: Any, edition: Any) -> Any:
    return app.get(f"{BASE}/{edition.item.uid}/sua")


def form_in(page: Any, name: str) -> Any:
    """The form of that id, as a browser sends it: what stands in a <template> is no part of it."""
    page.text = re.sub(r"<template.*?</template>", "", page.text, flags=re.DOTALL)
    page._forms_indexed = None
    return page.forms[name]


def do(app: Any, page: Any, what: str, **fields: str) -> Any:
    version = page.forms["lam"]["version"].value
    token = page.forms["lam"]["csrf_token"].value
    return app.post(
        page.forms["lam"].action, {"csrf_token": token, "version": version, "do": what, **fields}, expect_errors=True
    )


def test_a_form_is_made_from_a_start_and_listed(app: Any, editor: Any) -> None:
    page = app.get(f"{BASE}/moi")
    form = page.forms["bieu-mau-moi"]
    form["title"] = "Đơn xin thử"
    made = form.submit("make").follow()
    assert "Không thấy lỗi nào trong" in made.text
    assert "Đơn xin thử" in app.get(BASE).text
    assert "Có 0 biểu mẫu" in app.get(f"{BASE}?q=khac").text


def test_a_form_is_made_from_a_file_of_another_portal(app: Any, db: Any, editor: Any, everything: Any) -> None:
    form = app.get(f"{BASE}/moi").forms["bieu-mau-moi"]
    form["upload"] = Upload("a.json", exported(everything), "application/json")
    form.submit("make").follow()
    [edition] = db.scalars(queries.of_units(editor.unit and frozenset({editor.unit_id})))
    assert edition.data["definition"] == everything


def test_a_wrong_file_is_refused_at_its_field(app: Any, editor: Any) -> None:
    form = app.get(f"{BASE}/moi").forms["bieu-mau-moi"]
    form["title"] = "Giữ lại"
    form["upload"] = Upload("a.json", b"{}", "application/json")
    page = form.submit("make", status=422)
    assert "không phải là biểu mẫu" in page.text
    assert page.forms["bieu-mau-moi"]["title"].value == "Giữ lại"


def test_a_field_is_added_filled_in_and_stands_in_the_form(app: Any, db: Any, draft: Any) -> None:
    page = do(app, outline(app, draft), "add:giay_to", type="choice", label="Nơi nhận kết quả").follow()
    form = form_in(page, "muc")
    form.fields["label"][0].value = "Nhận kết quả ở đâu?"
    form["required"] = True
    form.submit("save").follow()
    made = field_at(draft.data["definition"], "noi_nhan_ket_qua")
    assert made["label"] == "Nhận kết quả ở đâu?"
    assert made["required"]
    assert "cần có các lựa chọn" in outline(app, draft).text


def test_a_condition_is_typed_in_rows(app: Any, draft: Any) -> None:
    address = f"{BASE}/{draft.item.uid}/sua/muc/ly_do"
    page = app.get(address)
    form = form_in(page, "muc")
    added = form.submit("__row__", index=0)
    form = form_in(added, "muc")
    form["field"], form["op"], form["value"] = "gioi_tinh", "=", "Nữ"
    form.submit("save").follow()
    tree = field_at(draft.data["definition"], "ly_do")["when"]
    assert tree == {"op": "=", "args": [{"field": "gioi_tinh"}, {"text": "nu"}]}
    assert form_in(app.get(address), "muc")["value"].value == "Nữ"


def test_a_formula_that_cannot_be_read_is_kept_and_told(app: Any, draft: Any) -> None:
    address = f"{BASE}/{draft.item.uid}/sua/muc/tong_tien"
    form = form_in(app.get(address), "muc")
    form["formula"] = "tổng(hang.thanh_tien"
    form.submit("save").follow()
    page = app.get(address)
    assert form_in(page, "muc")["formula"].value == "tổng(hang.thanh_tien"
    assert "chưa đọc được" in page.text


def test_a_condition_that_cannot_be_read_is_refused_with_what_was_typed(app: Any, draft: Any) -> None:
    form = form_in(app.get(f"{BASE}/{draft.item.uid}/sua/muc/ly_do"), "muc")
    form["when_text"] = "tuoi ≥"
    form["label"] = "Nhãn mới"
    page = form.submit("save", status=422)
    assert form_in(page, "muc")["when_text"].value == "tuoi ≥"
    assert "Từ ký tự thứ" in page.text
    assert field_at(draft.data["definition"], "ly_do")["label"] == "Nhãn mới"


@pytest.mark.parametrize(
    ("formula", "words"), [("tổng(hang.thanh_tien)", None), ("1 +", "chưa đọc được"), ("he_so", "đứng sau")]
)
def test_a_formula_is_checked_while_it_is_typed(app: Any, draft: Any, formula: str, words: str | None) -> None:
    address = f"{BASE}/{draft.item.uid}/sua/cong-thuc"
    answer = app.get(address, {"muc": "tong_tien", "cong_thuc": formula}).json
    assert (answer["problems"] == []) if words is None else (words in answer["problems"][0])


def test_a_formula_in_a_row_sees_its_row(app: Any, draft: Any) -> None:
    address = f"{BASE}/{draft.item.uid}/sua/cong-thuc"
    assert app.get(address, {"muc": "hang.thanh_tien", "cong_thuc": "so_luong × don_gia"}).json["problems"] == []


def test_removing_asks_first_and_says_what_refers_to_it(app: Any, draft: Any) -> None:
    page = app.get(f"{BASE}/{draft.item.uid}/sua/xoa?muc=hang")
    assert "Mất theo 6 mục" in page.text
    assert "Tong tien" in page.text
    next(f for f in page.forms.values() if f.action.endswith("/lam")).submit("do").follow()
    assert field_at(draft.data["definition"], "hang") is None
    assert "không có" in outline(app, draft).text


@pytest.mark.parametrize(
    ("what", "first"),
    [
        ("down:ho_ten", "so_dinh_danh"),
        ("copy:ho_ten", "ho_ten"),
        ("section_down:nguoi_nop", "dan"),
        ("up:so_dinh_danh", "so_dinh_danh"),
    ],
)
def test_parts_move(app: Any, draft: Any, what: str, first: str) -> None:
    do(app, outline(app, draft), what).follow()
    assert draft.data["definition"]["sections"][0]["fields"][0]["id"] == first


def test_a_stale_move_changes_nothing_and_keeps_what_was_typed(app: Any, db: Any, at: Any, draft: Any) -> None:
    page = outline(app, draft)
    data = draft.data | {"definition": designing.move(draft.data["definition"], "ho_ten", 1)}
    publishing.save(db, draft, data, version=draft.version, by=None, at=at)
    answer = do(app, page, "add:giay_to", type="text", label="Đừng mất")
    assert answer.status_int == 409
    assert 'value="Đừng mất"' in answer.text
    assert field_at(draft.data["definition"], "dung_mat") is None


def test_a_stale_save_of_a_field_shows_both_texts(app: Any, db: Any, at: Any, draft: Any) -> None:
    form = form_in(app.get(f"{BASE}/{draft.item.uid}/sua/muc/ho_ten"), "muc")
    data = draft.data | {
        "definition": designing.put_field(draft.data["definition"], "ho_ten", {"label": "Của người khác"})
    }
    publishing.save(db, draft, data, version=draft.version, by=None, at=at)
    form["label"] = "Của tôi"
    page = form.submit("save", status=409)
    assert form_in(page, "muc")["label"].value == "Của tôi"
    assert "người khác" in page.text
    form_in(page, "muc").submit("save").follow()
    assert field_at(draft.data["definition"], "ho_ten")["label"] == "Của tôi"


def test_a_field_that_was_removed_meanwhile_is_not_lost(app: Any, db: Any, at: Any, draft: Any) -> None:
    form = form_in(app.get(f"{BASE}/{draft.item.uid}/sua/muc/ly_do"), "muc")
    data = draft.data | {"definition": designing.remove(draft.data["definition"], "ly_do")}
    publishing.save(db, draft, data, version=draft.version, by=None, at=at)
    form["label"] = "Đã gõ"
    page = form.submit("save", status=409)
    form_in(page, "muc").submit("save").follow()
    assert field_at(draft.data["definition"], "ly_do")["label"] == "Đã gõ"


def test_typing_that_was_not_saved_is_offered_where_it_belongs(app: Any, draft: Any) -> None:
    here = f"{BASE}/{draft.item.uid}/sua/muc/ho_ten"
    form = form_in(app.get(here), "muc")
    form["label"] = "Đang gõ dở"
    typed = dict(form.submit_fields())
    app.post(form.fields["label"][0].form.html.form["data-autosave-url"], typed)
    elsewhere = app.get(f"{BASE}/{draft.item.uid}/sua/muc/thu")
    assert "ở phần khác" in elsewhere.text
    assert form_in(app.get(f"{here}?tiep=1"), "muc")["label"].value == "Đang gõ dở"
    landed = app.get(f"{BASE}/{draft.item.uid}/sua/muc/thu?tiep=1")
    assert landed.location.endswith("/sua/muc/ho_ten?tiep=1")


def test_the_file_of_a_form_comes_back_as_it_was(app: Any, draft: Any, everything: Any) -> None:
    answer = app.get(f"{BASE}/{draft.item.uid}/tep/1.json")
    assert imported(answer.body) == everything
    page = outline(app, draft)
    form = next(f for f in page.forms.values() if f.action.endswith("/nhap"))
    form["upload"] = Upload("b.json", exported(everything | {"title": "Từ tệp"}), "application/json")
    assert "Từ tệp" in form.submit().follow().text
    form = next(f for f in outline(app, draft).forms.values() if f.action.endswith("/nhap"))
    form["upload"] = Upload("b.json", b"nothing", "application/json")
    assert "không phải là biểu mẫu" in form.submit(status=422).text


def test_a_form_with_problems_is_not_published(app: Any, db: Any, at: Any, draft: Any, make: Any, unit: Any) -> None:
    data = draft.data | {"definition": designing.remove(draft.data["definition"], "hang")}
    publishing.save(db, draft, data, version=draft.version, by=None, at=at)
    with pytest.raises(Incomplete):
        publishing.submit(db, draft, version=draft.version, by=None, at=at)


def test_the_public_page_shows_the_questions_and_follows_the_workflow(
    app: Any, db: Any, at: Any, make: Any, unit: Any, everything: Any
) -> None:
    edition = make.eform(unit, published=True, definition=everything)
    page = app.get("/bieu-mau/to-khai-thu")
    assert "Ho ten" in page.text
    assert "Bản chụp" in page.text or "Ban chup" in page.text
    assert "nhiều nhất 2 tệp, mỗi tệp không quá 5 MB" in page.text
    assert "Full name" in app.get("/en/bieu-mau/to-khai-thu").text
    assert app.get("/bieu-mau/khong-co", expect_errors=True).status_int == 404
    assert queries.published_definition(db, edition.item.uid) == everything
    publishing.withdraw(db, edition, version=edition.version, by=None, at=at, why="Bỏ")
    assert app.get("/bieu-mau/to-khai-thu", expect_errors=True).status_int == 410
    assert queries.published(db, edition.item.uid) is None


def test_a_pinned_definition_is_kept_under_its_hash(db: Any, at: Any, everything: Any) -> None:
    sha256 = service.pin(db, everything, at=at)
    assert service.pin(db, everything, at=at) == sha256 == sha256_of(everything)
    assert service.definition_of(db, sha256) == everything
    with pytest.raises(UnknownDefinition):
        service.definition_of(db, "0" * 64)


def test_a_form_is_tried_page_by_page_to_the_end(app: Any, db: Any, draft: Any) -> None:
    page = app.get(f"{BASE}/{draft.item.uid}/xem-truoc/1")
    assert "Phần 1 trong 3" in page.text
    form = form_in(page, "bieu-mau")
    refused = form.submit("tiep_tuc", status=422)
    assert "Hãy nhập “Ho ten”." in refused.text
    form = form_in(refused, "bieu-mau")
    form["ho_ten"], form["so_dinh_danh"], form["ngay_sinh"] = "Nguyễn Văn An", "001085000123", "03/3/1985"
    form["dien_thoai"], form["province"], form["commune"] = "0912 345 678", "Hà Nội", "Phường Ví Dụ"
    form["bieu-mau-co_uy_quyen"] = "true"
    revealed = form.submit("tiep_tuc")
    assert "hiện thêm 1 mục" in revealed.text
    assert "Nguyễn Văn An" in revealed.text
    form = form_in(revealed, "bieu-mau")
    form["nguoi_uy_quyen"] = "Trần Thị Bình"
    second = form.submit("tiep_tuc")
    assert "Phần 2 trong 3" in second.text
    form = form_in(second, "bieu-mau")
    form["ten_hang"], form["so_luong"], form["don_gia"] = "Gạo", "1.250,5", "20.000"
    third = form.submit("tiep_tuc")
    assert "Phần 3 trong 3" in third.text
    form = form_in(third, "bieu-mau")
    form["upload"] = [Upload("ban.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf")]
    form["cam_doan"] = True
    last = form.submit("tiep_tuc")
    assert "Kiểm tra lại câu trả lời" in last.text
    assert "25.010.000 đồng" in last.text
    assert "ban.pdf" in last.text
    assert "Đã đủ để nộp" in last.text
    assert db.query(File).count() == 0


def test_going_back_loses_nothing(app: Any, draft: Any) -> None:
    answers = {"ho_ten": "Nguyễn Văn An", "hang": [{"ten_hang": "Gạo"}]}
    page = app.get(f"{BASE}/{draft.item.uid}/xem-truoc/1?phan=hang_hoa")
    form = form_in(page, "bieu-mau")
    hidden = page.html.find("input", {"name": "answers"})
    assert orjson.loads(hidden["value"]) == {}
    token = form["csrf_token"].value
    sent = [("csrf_token", token), ("answers", orjson.dumps(answers).decode()), ("phan", "hang_hoa"), ("quay_lai", "1")]
    back = app.post(form.action, sent)
    assert form_in(back, "bieu-mau")["ho_ten"].value == "Nguyễn Văn An"


@pytest.mark.parametrize("answers", ["", "[1]", "{", '{"hang": 3, "ho_ten": {"a": 1}, "noi_o": [1]}'])
def test_hostile_answers_break_no_page(app: Any, draft: Any, answers: str) -> None:
    page = app.get(f"{BASE}/{draft.item.uid}/xem-truoc/1")
    token = form_in(page, "bieu-mau")["csrf_token"].value
    for section in ("nguoi_nop", "hang_hoa", "", "khong_co"):
        for button in ("tiep_tuc", "quay_lai", "sua"):
            sent = {"csrf_token": token, "answers": answers, "phan": section, button: section}
            assert app.post(form_in(page, "bieu-mau").action, sent, expect_errors=True).status_int in (200, 422)


def test_an_officer_of_another_unit_sees_nothing(app: Any, draft: Any, make: Any, sign_in: Any) -> None:
    sign_in(app, make.person("Người khác", editor=make.agency()))
    for path in ("sua", "xem-truoc/1", "tep/1.json", "sua/muc/ho_ten", "sua/cong-thuc"):
        assert app.get(f"{BASE}/{draft.item.uid}/{path}", expect_errors=True).status_int == 403
    assert "Tờ khai thử" not in app.get(BASE).text
