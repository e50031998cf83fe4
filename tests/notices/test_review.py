"""Promises that a review found broken: the version that a form carries, what a record may hold, what others may see."""

import feedparser
import pytest

from portal.notices.data import clean
from portal.publishing import service as publishing


@pytest.fixture
def unit(make):
    return make.agency(code="G22", name="Văn phòng Chính phủ", abbreviation="VPCP")


@pytest.fixture
def editor(make, unit):
    return make.person(editor=unit)


@pytest.fixture
def draft(make, unit, editor):
    return make.notice(unit, by=editor)


def address(edition) -> str:
    return f"/ban-lam-viec/van-ban/{edition.item.uid}/sua"


def saved_by_another(db, make, draft, at) -> None:
    other = make.person(editor=draft.item.unit)
    publishing.save(db, draft, draft.data | {"title": "Người khác lưu"}, version=draft.version, by=other, at=at)


def test_adding_a_row_does_not_hide_that_somebody_else_saved(app, db, make, sign_in, editor, draft, at):
    sign_in(app, editor)
    form = app.get(address(draft)).forms["van-ban"]
    form.set("title", "Tôi đang gõ", 0)
    saved_by_another(db, make, draft, at)
    form = form.submit("__row__", value="add:recipients").forms["van-ban"]
    answer = form.submit("save", status=409)
    assert "Người khác" in answer.text
    assert draft.data["title"] == "Người khác lưu"


def test_taking_up_unsaved_typing_does_not_hide_that_somebody_else_saved(app, db, make, sign_in, editor, draft, at):
    sign_in(app, editor)
    publishing.autosave(db, draft, editor, [("title", "Tôi đã gõ")], version=draft.version, at=at)
    saved_by_another(db, make, draft, at)
    form = app.get(f"{address(draft)}?tiep=1").forms["van-ban"]
    assert form.get("title", 0).value == "Tôi đã gõ"
    form.submit("save", status=409)
    assert draft.data["title"] == "Người khác lưu"


def test_a_form_of_an_earlier_edition_never_saves_into_a_later_one(app, db, make, unit, sign_in, editor, draft, at):
    sign_in(app, editor)
    form = app.get(address(draft)).forms["van-ban"]
    publishing.publish_imported(db, draft, at=at)
    copy = publishing.working_copy(db, draft.item, by=editor, at=at)
    while copy.version < int(form["version"].value):
        publishing.save(db, copy, copy.data, version=copy.version, by=editor, at=at)
    form.set("title", "Gõ vào bản cũ", 0)
    form.submit("save", status=409)
    assert copy.data["title"] != "Gõ vào bản cũ"


def test_the_warning_of_a_duplicate_tells_no_drafts_of_other_units(app, make, sign_in, unit, editor):
    elsewhere = make.agency(name="Đơn vị khác")
    same = {"number": "99", "notation": "TB-VPCP", "issuer": {"name": unit.name, "code": unit.code}}
    make.notice(elsewhere, title="Chưa ai được biết", **same)
    make.notice(elsewhere, title="Ai cũng biết", published=True, **same)
    mine = make.notice(unit, by=editor, title="Của tôi", **same)
    sign_in(app, editor)
    page = app.get(address(mine)).text
    assert "Ai cũng biết" in page
    assert "Chưa ai được biết" not in page


@pytest.mark.parametrize(
    "given",
    [
        {"type": ["x"]}, {"joint_issuers": 5}, {"attachments": ["x"]}, {"relations": ["x"]}, {"signer": "x"},
        {"doubts": [1]}, {"fields": 7}, {"body": 5}, {"effect": [1]}, {"urgency": {}}, {"sources": "x"},
        {"recipients": 3}, {"paper": 5}, {"issued_on": "0200-01-01"}, {"signer": {"on_behalf": []}},
        {"relations": [{"relation": []}]}, {"relations": [{"relation": "amends", "uid": "x"}]},
    ],
)  # fmt: skip
def test_whatever_comes_in_becomes_a_record_and_nothing_is_made_up(given):
    assert clean(given) == clean({})


def test_a_bad_identity_in_a_relation_breaks_no_page(app, make, unit):
    rows = [{"relation": "amends", "number": "1/TB-X", "uid": "không phải"}]
    app.get(make.notice(unit, published=True, relations=rows).item.path)


def test_control_characters_never_reach_a_page_or_a_feed(app, make, unit):
    make.notice(unit, published=True, title="Trích\x0b yếu\x01", paper="a\0b", summary="Tóm\x08 tắt")
    assert feedparser.parse(app.get("/van-ban.atom").body).entries[0].title.endswith("Trích yếu")


def test_a_number_too_long_for_its_column_is_kept_in_the_record(make, unit):
    draft = make.notice(unit, number="1" * 300, notation="TB-" + "X" * 300, relations=[
        {"relation": "amends", "number": "2" * 500}
    ])  # fmt: skip
    assert draft.data["number"] == "1" * 300


def test_an_impossible_year_is_told_to_the_editor(app, sign_in, editor, draft):
    sign_in(app, editor)
    form = app.get(address(draft)).forms["van-ban"]
    form.set("issued_on", "24/02/0206", 0)
    assert "Hãy kiểm tra lại năm" in form.submit("save", status=422).text


def test_the_desk_list_refuses_a_type_that_does_not_exist(app, sign_in, editor):
    sign_in(app, editor)
    app.get("/ban-lam-viec/van-ban?loai=khong-co", status=422)


def test_lists_and_feeds_ask_no_more_for_more_documents(app, db, make, unit, count_queries):
    def asked(page: str) -> int:
        db.flush()
        db.expunge_all()
        with count_queries() as seen:
            app.get(page)
        return len(seen)

    pages = ("/van-ban", "/van-ban.atom", "/")
    make.notice(unit, published=True)
    before = [asked(page) for page in pages for _twice in range(2)][1::2]
    for _each in range(5):
        make.notice(db.merge(unit), published=True)
    assert [asked(page) for page in pages] == before


def test_relations_are_looked_up_together(app, db, make, unit, count_queries):
    others = [make.notice(unit, published=True, number=str(700 + n)) for n in range(6)]

    def page_with(number: int) -> str:
        rows = [{"relation": "amends", "number": f"{700 + n}/TB-THU"} for n in range(number)]
        return str(make.notice(unit, published=True, relations=rows).item.path)

    asked = []
    few, many = page_with(1), page_with(6)
    for path in (few, few, many):
        db.expunge_all()
        with count_queries() as seen:
            page = app.get(path)
        asked.append(len(seen))
    assert asked[2] == asked[1]
    assert all(f'href="{other.item.path}"' in page.text for other in others)


def test_a_list_marks_each_title_in_its_language(app, db, make, unit):
    make.notice(unit, published=True, title="An agreement", language="en")
    make.notice(unit, published=True, title="Một thông báo")
    db.flush()
    db.expunge_all()
    rows = {
        link.text.strip(): (link if link.get("lang") else link.find_parent(lang=True))["lang"]
        for link in _titles(app.get("/van-ban"))
    }
    assert rows["Một thông báo"] == "vi"
    assert rows["An agreement"] == "en"


def _titles(page) -> list:
    return [tag for tag in page.html.find(id="main-content").find_all("a") if "/van-ban/" in tag.get("href", "")]
