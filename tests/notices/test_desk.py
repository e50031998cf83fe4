"""From paper to page, as editors do it over HTTP."""

import pytest

from portal.publishing import service as publishing
from portal.publishing.models import Edition, State

PAPER = """VĂN PHÒNG CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 31/TB-VPCP
Hà Nội, ngày 05 tháng 02 năm 2026

THÔNG BÁO
Kết luận cuộc họp về trực Tết của bộ phận một cửa

1. Bộ phận một cửa trực từ 8 giờ đến 11 giờ các ngày nghỉ.

2. Kết quả hồ sơ khẩn được trả trong ngày.

Văn phòng Chính phủ thông báo để các cơ quan biết, thực hiện./.

Nơi nhận:
- Thủ tướng Chính phủ (để b/c);
- Các bộ, cơ quan ngang bộ;
- Lưu: VT, KSTT (2).

KT. BỘ TRƯỞNG, CHỦ NHIỆM
PHÓ CHỦ NHIỆM
Trần Văn Mẫu
"""


@pytest.fixture
def unit(make):
    return make.agency(code="G22", name="Văn phòng Chính phủ", abbreviation="VPCP")


@pytest.fixture
def editor(make, unit):
    return make.person(editor=unit)


@pytest.fixture
def approver(make, unit):
    return make.person(approver=unit)


@pytest.fixture
def draft(make, unit, editor):
    return make.notice(unit, by=editor)


def test_a_pasted_paper_becomes_a_draft_with_its_fields_and_passages(app, db, sign_in, editor):
    sign_in(app, editor)
    form = app.get("/ban-lam-viec/van-ban/moi").forms["van-ban-moi"]
    form["text"] = PAPER
    page = form.submit("begin", status=303).follow()
    data = db.query(Edition).one().data
    assert (data["number"], data["notation"], data["type"], data["issued_on"]) == (
        "31",
        "TB-VPCP",
        "thong-bao",
        "2026-02-05",
    )
    assert (data["issuer"]["code"], data["archive_line"]) == ("G22", "Lưu: VT, KSTT (2)")
    assert page.forms["van-ban"].get("number", 0).value == "31"
    assert "Trần Văn Mẫu" in page.html.find(attrs={"data-paper": True}).text
    assert page.html.find(attrs={"data-passage-start": True}) is not None


def test_an_empty_draft_can_be_begun_and_saved(app, db, sign_in, editor):
    sign_in(app, editor)
    app.get("/ban-lam-viec/van-ban/moi").forms["van-ban-moi"].submit("begin", status=303)
    item = db.query(Edition).one().item
    form = app.get(f"/ban-lam-viec/van-ban/{item.uid}/sua").forms["van-ban"]
    form.set("title", "Mới chỉ có trích yếu", 0)
    form.submit("save", status=303)
    assert db.query(Edition).one().data["title"] == "Mới chỉ có trích yếu"


def test_an_uploaded_text_file_is_read_too(app, db, sign_in, editor):
    from webtest import Upload

    sign_in(app, editor)
    form = app.get("/ban-lam-viec/van-ban/moi").forms["van-ban-moi"]
    form["upload"] = [Upload("thong-bao.txt", PAPER.encode(), "text/plain")]
    form.submit("begin", status=303)
    assert db.query(Edition).one().data["number"] == "31"


def test_a_file_that_is_not_what_it_says_is_refused_with_what_to_do(app, db, sign_in, editor):
    from webtest import Upload

    sign_in(app, editor)
    form = app.get("/ban-lam-viec/van-ban/moi").forms["van-ban-moi"]
    form["upload"] = [Upload("anh.txt", b"\x89PNG\r\n\x1a\n\x00\xff", "text/plain")]
    assert "không nhận ảnh PNG" in form.submit("begin", status=422).text
    assert db.query(Edition).count() == 0


def test_saving_and_handing_in_then_approving_makes_it_public(app, db, sign_in, editor, approver, draft):
    sign_in(app, editor)
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    form.set("title", "Trích yếu đã sửa", 0)
    page = form.submit("submit", status=303).follow()
    assert "Chờ duyệt" in page.text
    sign_in(app, approver)
    item = app.get(f"/ban-lam-viec/muc/{draft.item.uid}")
    next(f for f in item.forms.values() if f.action.endswith("/cong-bo")).submit(status=303)
    assert "Trích yếu đã sửa" in app.get(draft.item.path).text


def test_an_incomplete_draft_is_saved_but_not_handed_in(app, db, sign_in, editor, draft):
    sign_in(app, editor)
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    form.set("title", "", 0)
    page = form.submit("submit", status=422)
    assert "Chưa có trích yếu." in page.text
    assert (draft.state, draft.data["title"]) == (State.DRAFT, "")


def test_a_date_that_cannot_be_read_is_shown_back_and_the_rest_is_saved(app, db, sign_in, editor, draft):
    sign_in(app, editor)
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    form["issued_on"] = "31/02/2026"
    form.set("title", "Giữ lại", 0)
    page = form.submit("save", status=422)
    assert page.forms["van-ban"]["issued_on"].value == "31/02/2026"
    assert draft.data["title"] == "Giữ lại"
    form = page.forms["van-ban"]
    form["issued_on"] = "28/02/2026"
    form.submit("save", status=303)
    assert draft.data["issued_on"] == "2026-02-28"


def test_a_stale_save_shows_both_texts_and_loses_neither(app, db, sign_in, editor, draft, at):
    sign_in(app, editor)
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    publishing.save(db, draft, draft.data | {"title": "Của người kia"}, version=draft.version, by=None, at=at)
    form.set("title", "Của tôi", 0)
    page = form.submit("save", status=409)
    assert page.forms["van-ban"].get("title", 0).value == "Của tôi"
    assert "Của" in page.html.find("section", class_="portal-diff").text
    assert draft.data["title"] == "Của người kia"
    page.forms["van-ban"].submit("save", status=303)
    assert draft.data["title"] == "Của tôi"


def test_a_doubtful_field_must_be_confirmed_before_publication(app, db, make, sign_in, unit, editor):
    draft = make.notice(unit, by=editor, doubts={"issued_on": "Không có dòng ngày tháng"})
    sign_in(app, editor)
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    assert "cần kiểm tra" in form.submit("submit", status=422).text
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    form.get("confirmed", index=0).checked = True
    form.submit("submit", status=303)
    assert (draft.state, draft.data["doubts"]) == (State.IN_REVIEW, {})


def test_a_second_document_with_the_same_number_is_warned_of(app, make, sign_in, unit, editor):
    first, second = (make.notice(unit, by=editor, number="7", notation="TB-VPCP") for _ in range(2))
    sign_in(app, editor)
    page = app.get(f"/ban-lam-viec/van-ban/{second.item.uid}/sua")
    assert "Đã có văn bản cùng số" in page.text
    assert str(first.item.uid) in page.text


def test_recipients_can_be_added_without_javascript(app, db, sign_in, editor, draft):
    sign_in(app, editor)
    page = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua")
    form = page.forms["van-ban"]
    before = len(page.html.find_all("input", attrs={"name": "purpose"}))
    button = next(
        b
        for b in page.html.find("form", id="van-ban").find_all("button")
        if "recipients" in str(b.get("value", "")) + str(b.get("name", ""))
    )
    again = form.submit(button["name"], value=button.get("value"), status=200)
    assert len(again.html.find_all("input", attrs={"name": "purpose"})) == before + 1


def test_the_desk_lists_what_waits(app, sign_in, db, editor, approver, draft, at):
    publishing.submit(db, draft, version=draft.version, by=editor, at=at)
    sign_in(app, approver)
    panel = app.get("/ban-lam-viec").html.find("section", attrs={"aria-labelledby": "cho-toi"})
    assert draft.data["title"] in panel.text


def test_the_list_is_narrowed_and_sorted(app, make, sign_in, unit, editor):
    make.notice(unit, by=editor, title="Một", type="quyet-dinh")
    make.notice(unit, by=editor, title="Hai")
    sign_in(app, editor)
    page = app.get("/ban-lam-viec/van-ban", {"loai": "quyet-dinh", "xep": "so"})
    assert "Một" in page.text
    assert "Hai" not in page.html.find("table").text
    app.get("/ban-lam-viec/van-ban?la=1", status=422)


def test_the_preview_is_the_public_page_for_officials_only(app, sign_in, editor, draft):
    address = f"/ban-lam-viec/van-ban/{draft.item.uid}/xem-truoc/1"
    app.get(address, status=303)
    sign_in(app, editor)
    page = app.get(address)
    assert "chưa công bố" in page.text
    assert page.headers["Cache-Control"].find("no-store") >= 0


def test_what_was_typed_is_kept_by_autosave_and_can_be_taken_up(app, db, sign_in, editor, draft):
    sign_in(app, editor)
    page = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua")
    form = page.forms["van-ban"]
    form.set("title", "Đang gõ dở", 0)
    url = page.html.find("form", id="van-ban")["data-autosave-url"]
    app.post(url, form.submit_fields("save"), status=200)
    page = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua")
    assert "chưa lưu" in page.text
    page = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua?tiep=1")
    assert page.forms["van-ban"].get("title", 0).value == "Đang gõ dở"
