"""The desk's part of search, over HTTP: synonyms, best bets, what people searched for."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import audit
from portal.publishing import service as publishing
from portal.search import editing, maintaining
from portal.search.asking import Asked, write
from portal.search.models import BestBet, Synonym

DESK = "/ban-lam-viec/tim-kiem"
GROUPS, BETS = f"{DESK}/tu-dong-nghia", f"{DESK}/dua-len-dau"


@pytest.fixture
def keeper(make):
    return make.agency(code="G22", name="Văn phòng Chính phủ", abbreviation="VPCP")


@pytest.fixture
def approver(app, make, sign_in, keeper):
    person = make.person("Phạm Duyệt", approver=keeper)
    sign_in(app, person)
    return person


@pytest.fixture
def group(db, at):
    return editing.add_synonyms(db, ["TTHC", "thủ tục hành chính"], by=None, at=at)


def count(db, at, text, times, total=0, *, ago=0):
    day = (at + timedelta(hours=7)).date() - timedelta(days=ago)
    key = (day, maintaining.key_of(text))
    write(db, {key: Asked(text, times, times if total == 0 else 0, total)})


def send(app, address, **values):
    """The page's own form, filled and sent."""
    form = app.get(address).forms["form"]
    for name, value in values.items():
        form[name] = value
    return form.submit("save", expect_errors=True)


def csrf(app, address=GROUPS):
    return app.get(address).html.find("input", {"name": "csrf_token"})["value"]


# synonyms


def test_a_group_is_added_used_recorded_and_listed(app, db, approver):
    answer = send(app, f"{GROUPS}/them", terms="KCB\nkhám bệnh, chữa bệnh\n", note="Y tế", active=True)
    assert answer.status_int == 303
    row = db.scalars(select(Synonym)).one()
    assert (row.terms, row.active) == (["KCB", "khám bệnh, chữa bệnh"], True)
    assert ["KCB", "khám bệnh, chữa bệnh"] in maintaining.synonym_groups(db)
    line = audit.history(db, editing.subject_of(row).uid)[0]
    assert (line.action, line.actor_name, line.details["terms"]) == ("added", "Phạm Duyệt", row.terms)
    assert "KCB = khám bệnh, chữa bệnh" in app.get(GROUPS).text


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ("TTHC", "hai cách viết khác nhau"),
        ("UBND\nubnd", "hai cách viết khác nhau"),
        ("TT\nthông tư", "nhiều nghĩa"),
        ("TC\nBộ Tài chính", "nhiều nghĩa"),
        ("của\nthuộc", "thường gặp"),
        ("TTHC\nthủ tục hành chính", "Nhóm này đã có"),
        ("thủ tục hành chính\nTTHC", "Nhóm này đã có"),
        ("?!\nTTHC", "không có chữ"),
        ("một hai ba bốn năm sáu bảy tám chín\nMHB", "quá dài"),
        ("a1\na2\na3\na4\na5\na6\na7\na8", "nhiều nhất 7"),
    ],
)
def test_what_would_spoil_results_is_refused_with_the_reason(app, db, approver, group, terms, why):
    answer = send(app, f"{GROUPS}/them", terms=terms)
    assert answer.status_int == 422
    assert why in answer.text
    assert len(db.scalars(select(Synonym)).all()) == 1
    assert terms.splitlines()[0] in answer.forms["form"]["terms"].value


def test_what_is_doubtful_is_asked_back_once(app, db, approver, group):
    answer = send(app, f"{GROUPS}/them", terms="TTHC\nthủ tục", active=True)
    assert answer.status_int == 422
    assert "đã có trong nhóm khác" in answer.text
    form = answer.forms["form"]
    form["confirmed"] = True
    assert form.submit("save").status_int == 303
    assert {row.terms[1] for row in db.scalars(select(Synonym))} == {"thủ tục hành chính", "thủ tục"}


def test_trying_changes_nothing(app, db, approver):
    form = app.get(f"{GROUPS}/them").forms["form"]
    form["terms"] = "KCB\nkhám chữa bệnh"
    assert form.submit("try").status_int == 200
    assert db.scalars(select(Synonym)).all() == []


def test_a_group_is_switched_off_and_on(app, db, approver, group):
    sent = {"csrf_token": csrf(app), "version": group.version}
    app.post(f"{GROUPS}/{group.id}/bat-tat", sent, status=303)
    assert group.terms not in maintaining.synonym_groups(db)
    app.post(f"{GROUPS}/{group.id}/bat-tat", {**sent, "version": group.version}, status=303)
    assert group.terms in maintaining.synonym_groups(db)


def test_a_group_is_deleted(app, db, approver, group):
    app.post(f"{GROUPS}/{group.id}/xoa", {"csrf_token": csrf(app), "version": group.version}, status=303)
    assert db.scalars(select(Synonym)).all() == []
    assert maintaining.synonyms(db) is not None
    assert ["TTHC", "thủ tục hành chính"] not in maintaining.synonym_groups(db)


def test_an_old_form_does_not_write_over_a_newer_change(app, db, approver, group, at):
    form = app.get(f"{GROUPS}/{group.id}").forms["form"]
    editing.change_synonyms(db, group, note="người khác", version=None, by=None, at=at)
    form["note"] = "của tôi"
    answer = form.submit("save", expect_errors=True)
    assert answer.status_int == 409
    assert group.note == "người khác"
    assert form["note"].value in answer.text


@pytest.mark.parametrize("action", ["xoa", "bat-tat"])
def test_an_action_on_an_old_version_is_refused(app, db, approver, group, action):
    token = csrf(app)
    app.post(f"{GROUPS}/{group.id}/{action}", {"csrf_token": token, "version": group.version + 1}, status=409)
    app.post(f"{GROUPS}/{group.id}/{action}", {"csrf_token": token}, status=409)
    assert db.scalars(select(Synonym)).one().active


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "x", "-1", "%C2%B2"])
def test_a_group_that_is_not_there_is_not_found(app, approver, number):
    app.get(f"{GROUPS}/{number}", status=404)


def test_the_ready_groups_come_with_one_button_and_once(app, db, approver):
    form = next(f for f in app.get(GROUPS).forms.values() if f.action.endswith("co-san"))
    form.submit().follow()
    groups = maintaining.synonym_groups(db)
    assert ["UBND", "Ủy ban nhân dân"] in groups
    assert all("TT" not in group and "TC" not in group for group in groups)
    assert not [f for f in app.get(GROUPS).forms.values() if f.action.endswith("co-san")]


def test_an_editor_of_another_unit_reads_but_cannot_change(app, make, sign_in, keeper, group):
    sign_in(app, make.person(editor=make.agency(name="Bộ Khác")))
    assert "TTHC" in app.get(GROUPS).text
    assert f"{GROUPS}/them" not in app.get(GROUPS).text
    app.get(f"{GROUPS}/them", status=403)


# best bets


def bet(app, **values):
    given = {"queries": "hộ chiếu\nlàm passport", "title": "Cấp hộ chiếu", "url": "/van-ban", "text": "Xem tại đây"}
    return send(app, f"{BETS}/them", **(given | values))


def test_a_best_bet_holds_for_every_spelling_of_its_queries_on_its_days(app, db, approver, at):
    assert bet(app, starts_on="1/3/2026", ends_on="2/3/2026").status_int == 303
    day = (at + timedelta(hours=7)).date()
    assert [one.title for one in maintaining.best_bets(db, "HO CHIEU", day)] == ["Cấp hộ chiếu"]
    assert [one.url for one in maintaining.best_bets(db, " làm  Passport? ", day)] == ["/van-ban"]
    assert maintaining.best_bets(db, "hộ chiếu mới", day) == []
    assert maintaining.best_bets(db, "hộ chiếu", day + timedelta(days=1)) == []
    assert maintaining.best_bets(db, "hộ chiếu", day - timedelta(days=2)) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://vidu.vn/",
        "//vidu.vn/",
        "van-ban",
        "/khong-co-trang-nay",
        "/ban-lam-viec",
        "/tai-khoan",
        "/a b",
        "/\\x",
        "javascript:1",
    ],
)
def test_only_public_addresses_of_this_portal_are_taken(app, db, approver, url):
    assert bet(app, url=url).status_int == 422
    assert db.scalars(select(BestBet)).all() == []


def test_what_is_withdrawn_no_longer_stands_above_all(app, db, make, approver, keeper, at):
    edition = make.notice(keeper, published=True, number="77", title="Sẽ thu hồi")
    bet(app, queries="thu hồi", url=edition.item.path)
    day = (at + timedelta(hours=7)).date()
    assert maintaining.best_bets(db, "thu hồi", day)
    publishing.withdraw(db, edition, version=edition.version, by=approver, at=at, why="Ban hành nhầm")
    assert maintaining.best_bets(db, "thu hồi", day) == []
    assert "Trang không còn công khai" in app.get(BETS).text
    assert bet(app, url=edition.item.path).status_int == 422


def test_a_best_bet_is_changed_recorded_and_removed(app, db, approver):
    bet(app)
    row = db.scalars(select(BestBet)).one()
    assert send(app, f"{BETS}/{row.id}", title="Hộ chiếu phổ thông").status_int == 303
    line = audit.history(db, editing.subject_of(row).uid)[0]
    assert (line.action, line.details["after"]) == ("changed", {"title": "Hộ chiếu phổ thông"})
    form = next(f for f in app.get(f"{BETS}/{row.id}").forms.values() if f.action.endswith("/xoa"))
    form.submit(status=303)
    assert db.scalars(select(BestBet)).all() == []


def test_days_in_the_wrong_order_are_refused(app, approver):
    assert bet(app, starts_on="3/3/2026", ends_on="2/3/2026").status_int == 422


# the report


def test_what_found_nothing_comes_first_and_leads_to_the_remedy(app, db, approver, at):
    count(db, at, "sổ hồng", 5)
    count(db, at, "nghị định", 9, 40)
    page = app.get(DESK)
    assert page.text.index("sổ hồng") < page.text.index("nghị định")
    assert page.click(href="dong-nghia/them", index=0).forms["form"]["terms"].value == "sổ hồng"
    assert page.click(href="len-dau/them", index=0).forms["form"]["queries"].value == "sổ hồng"


def test_the_last_time_decides_whether_a_query_finds_nothing(app, db, approver, at):
    count(db, at, "căn cước", 4, 0, ago=3)
    count(db, at, "Căn Cước", 1, 6)
    table = app.get(DESK).html.find("caption", string="Câu tìm nhiều nhất").parent
    cells = [cell.get_text(strip=True) for cell in table.find("tbody").find_all(["th", "td"])]
    assert cells[:3] == ["Căn Cước", "5", "6"]


def test_days_outside_of_the_period_do_not_count(app, db, approver, at):
    count(db, at, "chuyện cũ", 5, ago=8)
    assert "chuyện cũ" not in app.get(DESK, {"ngay": "7"}).text
    assert "chuyện cũ" in app.get(DESK, {"ngay": "30"}).text
    app.get(DESK, {"ngay": "8"}, status=422)


def test_rare_queries_are_told_apart_from_the_table_and_only_to_those_who_keep_the_portal(
    app, db, make, sign_in, approver, keeper, at
):
    count(db, at, "ông Tám nhà bên", 2)
    page = app.get(DESK)
    assert "ông Tám nhà bên" in page.html.find("details").get_text()
    assert "ông Tám nhà bên" not in app.get(f"{DESK}/bao-cao.csv").text
    sign_in(app, make.person(editor=keeper))
    assert "ông Tám nhà bên" not in app.get(DESK).text


def test_the_table_for_spreadsheets_holds_no_formula(app, db, approver, at):
    count(db, at, "=HYPERLINK(1)", 4)
    count(db, at, "-1+1", 4)
    count(db, at, "＝2+2", 4)
    count(db, at, "sổ đỏ;=1+1", 4)
    answer = app.get(f"{DESK}/bao-cao.csv")
    assert answer.content_type == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert rows[0][0] == "Câu tìm"
    assert {row[0] for row in rows[1:]} == {"'=HYPERLINK(1)", "'-1+1", "'＝2+2", "sổ đỏ;=1+1"}
    assert '"sổ đỏ;=1+1"' in answer.text
