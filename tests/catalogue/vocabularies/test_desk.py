"""The vocabularies on the desk."""

import pytest

from portal.catalogue.vocabularies import queries, service
from portal.catalogue.vocabularies.files import TermRow

DESK = "/ban-lam-viec/danh-muc"
BIRTH = f"{DESK}/doi-song/muc/sinh-con"


@pytest.fixture
def keeper(make):
    return make.agency("G22", "Văn phòng Chính phủ")


@pytest.fixture
def desk(app, db, at, make, keeper, sign_in):
    rows = (TermRow("life_event", "sinh-con", "Sinh con", position=10), TermRow("life_event", "viec-lam", "Việc làm"))
    service.bring_terms(db, rows, at=at)
    sign_in(app, make.person("Chị Quản Trị", administrator=keeper))
    return app


def form_with(page, name):
    return next(form for form in page.forms.values() if name in form.fields)


def test_a_word_is_added_and_renamed(desk, db):
    page = desk.get(DESK).click(href="/doi-song/them")
    form = form_with(page, "name")
    form["name"], form["english_name"], form["description"] = "Chuyển nhà", "Moving house", "Đổi nơi ở."
    page = form.submit("save", status=303).follow()
    assert "Chuyển nhà" in page.text
    word = queries.by_slug(db, "chuyen-nha")
    assert (word.english_name, word.description, word.vocabulary) == ("Moving house", "Đổi nơi ở.", "life_event")
    form = form_with(desk.get(f"{DESK}/doi-song/muc/chuyen-nha"), "name")
    form["name"], form["position"] = "Đổi chỗ ở", "5"
    form.submit("save", status=303)
    assert [one.name for one in queries.terms(db, "life_event")] == ["Đổi chỗ ở", "Sinh con", "Việc làm"]
    assert "Chị Quản Trị" in desk.get(f"{DESK}/doi-song/muc/chuyen-nha").text


def test_a_refused_form_keeps_what_was_typed(desk, db):
    form = form_with(desk.get(f"{DESK}/doi-song/them"), "name")
    form["name"], form["description"] = "Sinh con", "Mô tả đã gõ."
    page = form.submit("save", status=422)
    assert "Danh mục đã có mục “Sinh con”" in page.text
    assert form_with(page, "name")["description"].value == "Mô tả đã gõ."
    form = form_with(page, "name")
    form["name"] = ""
    assert form_with(form.submit("save", status=422), "name")["description"].value == "Mô tả đã gõ."


def test_a_stale_form_is_refused_and_keeps_what_was_typed(desk, db, at):
    form = form_with(desk.get(BIRTH), "name")
    service.change(db, queries.by_slug(db, "sinh-con"), version=None, by=None, at=at, name="Có con")
    form["name"] = "Con cái"
    page = form.submit("save", status=409)
    assert form_with(page, "name")["name"].value == "Con cái"
    assert queries.by_slug(db, "sinh-con").name == "Có con"


def test_an_unused_word_is_retired_into_another_and_offered_again(desk, db):
    form = form_with(desk.get(BIRTH), "into")
    form["into"] = "viec-lam"
    form.submit(status=303)
    word = queries.by_slug(db, "sinh-con")
    assert (word.retired, word.merged_into) == (True, "viec-lam")
    page = desk.get(BIRTH)
    assert "Trang của mục dẫn tới: Việc làm." in page.text
    again = next(form for form in page.forms.values() if form.action.endswith("/dung-lai"))
    again.submit(status=303)
    assert not word.retired


def test_a_used_word_says_where_and_is_not_retired(desk, db, make):
    form = form_with(desk.get(BIRTH), "into")
    edition = make.procedure(make.agency(), events=["sinh-con"], name="Đăng ký khai sinh")
    assert "Còn 1 thủ tục dùng mục" in form.submit(status=409).text
    page = desk.get(BIRTH)
    assert str(edition.item.uid) in page.text
    assert not any("into" in form.fields for form in page.forms.values())
    assert not queries.by_slug(db, "sinh-con").retired


def test_what_comes_with_the_program_is_one_button_away(app, db, make, keeper, sign_in):
    sign_in(app, make.person(administrator=keeper))
    form = next(form for form in app.get(DESK).forms.values() if form.action == DESK)
    form.submit(status=303)
    assert len(queries.terms(db)) > 30
    assert all(form.action != DESK for form in app.get(DESK).forms.values())


def test_others_look_and_do_not_touch(desk, db, make, sign_in):
    elsewhere = make.agency()
    sign_in(desk, make.person(administrator=elsewhere))
    page = desk.get(DESK)
    assert "Sinh con" in page.text
    assert BIRTH not in page.text
    desk.get(BIRTH, status=403)
    desk.post(f"{BIRTH}/ngung", {}, status=(400, 403))
    desk.reset()
    desk.get(DESK, status=(303, 403))


@pytest.mark.parametrize("path", ["mau-sac/them", "doi-song/muc/khong-co", "doi-tuong/muc/sinh-con"])
def test_what_is_not_there_is_not_found(desk, path):
    desk.get(f"{DESK}/{path}", status=404)
