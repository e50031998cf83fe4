"""The effect of documents over time as readers see it: pages, lists, the state on a day asked for."""

from datetime import date, timedelta

import pytest

from portal.notices import queries
from portal.notices.data import Effect
from portal.notices.effect import effect_on
from portal.notices.timelines import effects_on, timeline
from portal.publishing import service as publishing

PAGE = "/van-ban/5-2020-nd-cp"
TODAY = date(2026, 3, 2)


@pytest.fixture
def unit(make):
    return make.agency(name="Chính phủ")


@pytest.fixture
def old(make, unit):
    return make.notice(
        unit,
        published=True,
        type="nghi-dinh",
        number="5",
        notation="2020/NĐ-CP",
        issued_on="2020-01-02",
        effective_on="2020-02-01",
        title="Văn bản cũ",
    )


@pytest.fixture
def acting(make, unit):
    def act(relation, on, *, scope=None, **more):
        return make.notice(
            unit,
            published=True,
            type="nghi-dinh",
            number="8",
            notation="2022/NĐ-CP",
            title="Văn bản mới",
            issued_on="2022-05-01",
            effective_on=on,
            relations=[{"relation": relation, "number": "5/2020/NĐ-CP", "scope": scope}],
            **more,
        )

    return act


def status(db, edition, day=TODAY):
    return effect_on(timeline(db, queries.of_edition(db, edition)), day)


@pytest.mark.parametrize(
    ("relation", "scope", "effect"),
    [
        ("replaces", None, Effect.EXPIRED),
        ("repeals", None, Effect.EXPIRED),
        ("replaces", "Điều 5", Effect.PARTLY_EXPIRED),
        ("repeals", "Điều 5, Điều 7", Effect.PARTLY_EXPIRED),
        ("amends", None, Effect.PARTLY_EXPIRED),
        ("corrects", None, Effect.IN_FORCE),
        ("guides", None, Effect.IN_FORCE),
        ("based_on", None, Effect.IN_FORCE),
    ],
)
def test_what_another_document_does_counts_from_its_first_day(db, old, acting, relation, scope, effect):
    acting(relation, "2022-06-01", scope=scope)
    assert status(db, old, date(2022, 5, 31)) is Effect.IN_FORCE
    assert status(db, old, date(2022, 6, 1)) is effect


def test_a_withdrawn_act_or_a_draft_has_no_effect(db, make, unit, old, acting, at):
    edition = acting("replaces", "2022-06-01")
    publishing.withdraw(db, edition, version=edition.version, by=None, at=at, why="Nhầm")
    make.notice(unit, effective_on="2022-06-01", relations=[{"relation": "repeals", "number": "5/2020/NĐ-CP"}])
    assert status(db, old) is Effect.IN_FORCE


def test_an_act_on_a_number_that_two_documents_bear_changes_neither(db, make, unit, old, acting):
    make.notice(unit, published=True, type="nghi-dinh", number="5", notation="2020/NĐ-CP", effective_on="2020-01-01")
    acting("replaces", "2022-06-01")
    assert status(db, old) is Effect.IN_FORCE


def test_an_act_on_a_document_that_was_chosen_counts_whatever_its_number(db, make, unit, old):
    make.notice(
        unit,
        published=True,
        effective_on="2022-06-01",
        relations=[{"relation": "replaces", "title": "Văn bản cũ", "uid": str(old.item.uid)}],
    )
    assert status(db, old) is Effect.EXPIRED


def test_a_number_without_a_year_counts_only_from_its_own_issuer(db, make, unit):
    other = make.agency(name="Ủy ban khác")
    mine = make.notice(unit, published=True, number="77", notation="QĐ-UBND", effective_on="2020-01-01")
    relations = [{"relation": "replaces", "number": "77/QĐ-UBND"}]
    make.notice(other, published=True, effective_on="2022-01-01", relations=relations)
    assert status(db, mine) is Effect.IN_FORCE
    make.notice(unit, published=True, effective_on="2022-01-01", relations=relations)
    assert status(db, mine) is Effect.EXPIRED


def test_a_stated_suspension_counts_for_its_days(db, make, unit):
    effects = [{"on": "2026-03-01", "effect": "ngung", "until": "2026-03-05", "by": "Công văn số 5"}]
    edition = make.notice(unit, published=True, effective_on="2020-01-01", effects=effects)
    assert status(db, edition) is Effect.SUSPENDED
    assert status(db, edition, date(2026, 3, 6)) is Effect.IN_FORCE


# ----- the page


def text_of(page, *, within="main"):
    return " ".join(page.html.select_one(within).text.split())


def test_the_page_of_an_ended_document_says_so_first_and_names_the_new_one(app, old, acting):
    acting("replaces", "2022-06-01")
    page = app.get(PAGE)
    banner = page.html.select_one(".portal-banner--error")
    assert "đã hết hiệu lực toàn bộ" in banner.text
    assert banner.a["href"] == "/van-ban/8-2022-nd-cp"
    assert "Hết hiệu lực toàn bộ" in text_of(page, within=".portal-keyfacts")
    assert text_of(page).count("Văn bản này đã") == 1


def test_what_is_to_come_is_not_told_as_done(app, old, acting):
    acting("replaces", "2027-06-01")
    page = app.get(PAGE)
    assert "Văn bản này sẽ được thay thế." in page.text
    assert "đã được thay thế" not in page.text
    assert "Còn hiệu lực" in text_of(page, within=".portal-keyfacts")
    assert "01/6/2027" in text_of(page, within=".portal-effects__event--coming")


def test_the_history_tells_days_acts_and_what_is_unknown(app, old, acting):
    acting("amends", "2022-06-01", scope="Điều 5, Điều 7")
    acting("corrects", None)
    events = [" ".join(li.text.split()) for li in app.get(PAGE).html.select(".portal-effects__event")]
    assert events[0] == "01/02/2020 Bắt đầu có hiệu lực"
    assert events[1].startswith("01/6/2022 Được sửa đổi, bổ sung bởi Nghị định số 8/2022/NĐ-CP (Điều 5, Điều 7)")
    assert events[2].startswith("Chưa rõ ngày Được đính chính bởi Nghị định số 8/2022/NĐ-CP")


@pytest.mark.parametrize("written", ["2022-12-31", "31/12/2022"])
def test_a_reader_asks_for_the_state_on_a_day(app, old, acting, written):
    acting("repeals", "2022-06-01", scope="Điều 5")
    page = app.get(PAGE, {"ngay": written})
    answer = page.html.select_one(".portal-effects__answer")
    said = "Ngày 31/12/2022: Hết hiệu lực một phần (Điều 5) theo Nghị định số 8/2022/NĐ-CP."
    assert " ".join(answer.text.split()) == said
    assert answer.a["href"].startswith("/van-ban/8-2022-nd-cp")
    assert page.html.find("meta", attrs={"name": "robots"})["content"] == "noindex"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2019-01-01", "văn bản này chưa được ban hành."),
        ("2020-01-15", "Chưa có hiệu lực."),
        ("2021-01-01", "Còn hiệu lực."),
    ],
)
def test_the_answer_for_other_days(app, old, day, said):
    assert app.get(PAGE, {"ngay": day}).html.select_one(".portal-effects__answer").text.strip().endswith(said)


def test_a_status_of_no_known_day_is_answered_with_its_doubt(app, make, unit):
    make.notice(
        unit,
        published=True,
        number="6",
        notation="2020/NĐ-CP",
        issued_on="2020-01-02",
        effective_on="2020-01-01",
        effect="khong-phu-hop",
    )
    answer = app.get("/van-ban/6-2020-nd-cp?ngay=2021-01-01").html.select_one(".portal-effects__answer").text
    assert "Không còn phù hợp" in answer
    assert "không có ngày bắt đầu" in answer


def test_the_form_asks_without_a_script(app, old):
    form = next(form for form in app.get(PAGE).forms.values() if "ngay" in form.fields)
    form["ngay"] = "2021-01-01"
    page = form.submit()
    assert page.request.path_qs == f"{PAGE}?ngay=2021-01-01"
    assert "Ngày 01/01/2021:" in page.text


@pytest.mark.parametrize("bad", ["hom-qua", "2020-13-01", "31/2/2020", "0001-01-01", "9999-12-31", "2020-1-1'"])
def test_a_day_that_is_none_is_refused_with_the_reason(app, old, bad):
    assert "Không đọc được ngày" in app.get(PAGE, {"ngay": bad}, status=422).text


def test_an_empty_day_asks_nothing(app, old):
    assert app.get(PAGE, {"ngay": ""}).html.select_one(".portal-effects__answer") is None


def test_english_pages_answer_in_english_with_links_of_their_own(app, old, acting):
    acting("repeals", "2022-06-01")
    page = app.get("/en" + PAGE, {"ngay": "2022-12-31"})
    assert page.html.select_one(".portal-effects__answer a")["href"].startswith("/en/van-ban/8-2022")


# ----- lists


def test_lists_tell_the_same_status_as_the_page(app, old, acting):
    acting("replaces", "2022-06-01")
    rows = {row.a.text.strip(): row.text for row in app.get("/van-ban").html.select(".portal-document-row")}
    assert "Hết hiệu lực toàn bộ" in rows["Văn bản cũ"]
    assert "Còn hiệu lực" in rows["Văn bản mới"]


def test_a_page_of_rows_costs_two_questions(db, make, unit, old, acting, count_queries):
    acting("replaces", "2022-06-01")
    for number in range(18):
        make.notice(unit, published=True, relations=[{"relation": "amends", "number": f"{number}/TB-THU"}])
    rows = queries.newest(db, queries.Filter(), 20)
    with count_queries() as seen:
        found = effects_on(db, rows, TODAY)
    assert len(seen) == 2
    assert found[old.id] is Effect.EXPIRED


# ----- the clock


def test_a_status_that_changes_by_the_clock_alone_is_told_on_its_day(wsgi, db, make, unit, at):
    from webtest import TestApp

    make.notice(
        unit, published=True, number="6", notation="2020/NĐ-CP", issued_on="2020-01-02", effective_on="2026-03-03"
    )

    def told(moment):
        app = TestApp(wsgi, extra_environ={"portal.db": db, "portal.at": moment, "tm.active": "1"})
        return text_of(app.get("/van-ban/6-2020-nd-cp"), within=".portal-keyfacts")

    evening = at.replace(hour=16, minute=59)  # 23:59 in Hà Nội
    assert "Chưa có hiệu lực" in told(evening)
    assert "Còn hiệu lực" in told(evening + timedelta(minutes=1))
