"""What the public is told: both norms, until yesterday, and nothing that speaks of single people."""

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from dossiers.conftest import Counter, Staff
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.catalogue.present import Said
from portal.dossiers.figures import Figures
from portal.dossiers.following import chart, statistics
from portal.dossiers.following.statistics import FEWEST, Row, fold, hide
from portal.dossiers.states import Outcome

TODAY = date(2026, 3, 20)


def row(key: str, number: int, **more: int) -> Row:
    counted = Figures(received=number, solved=number, on_time=number, **more)
    return Row(key, Said(key, "vi"), counted, counted)


def sizes(rows: list[Row]) -> list[tuple[str | None, int]]:
    return [(one.said.text if one.said else None, one.size) for one in rows]


@pytest.fixture
def march(counter: Counter, at: datetime) -> list[Any]:
    """Eight received on the 2nd with five days: five decided in time, one late, two left open."""
    found = []
    for number in range(8):
        dossier = counter.take()
        counter.do("receive", dossier)
        if number < 6:
            counter.do("decide", dossier, outcome=Outcome.GRANTED, at=at + timedelta(days=9 if number == 5 else 2))
        found.append(dossier)
    return found


def test_the_page_and_the_table_say_the_same(app: TestApp, march: list[Any], staff: Staff) -> None:
    app.extra_environ["portal.at"] = datetime.fromisoformat("2026-03-20T03:00:00+00:00")
    page = app.get("/thong-ke?nam=2026")
    numbers = [cell.text.strip() for cell in page.html.select(".portal-numbers dd")]
    assert numbers == ["8", "6", "5", "2", "62,5%", "62,5%"]
    answer = app.get("/thong-ke.csv?nam=2026")
    assert answer.content_type == "text/csv"
    table = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    total = next(line for line in table if line[0] == "Cả kỳ" and "61/2018" in line[2])
    assert total[3:] == ["8", "6", "5", "1", "0", "2", "62.5"]
    assert any(line[1] == staff.deciding.name for line in table)


def test_the_formulas_stand_beside_the_figures(app: TestApp, march: list[Any]) -> None:
    page = app.get("/thong-ke")
    assert "÷" in page.html.select_one(".portal-formula").text
    assert "Nghị định 61/2018/NĐ-CP" in page.text
    assert "Quyết định 766/QĐ-TTg" in page.text


def test_asking_for_papers_twice_is_late_by_the_indicator_only(
    db: Session, counter: Counter, march: list[Any], at: datetime
) -> None:
    dossier = counter.take()
    counter.do("receive", dossier)
    for _time in range(2):
        counter.do("ask_supplement", dossier, what="Thiếu")
        counter.do("give_supplement", dossier)
    counter.do("decide", dossier, outcome=Outcome.GRANTED)
    total = statistics.published(db, 2026, TODAY).total
    assert total.law is not None
    assert total.kpi is not None
    assert total.law.late + 1 == total.kpi.late


def test_figures_stop_yesterday_so_that_a_page_holds_all_day(db: Session, march: list[Any], at: datetime) -> None:
    before = statistics.published(db, 2026, date(2026, 3, 2))
    assert before.last == date(2026, 3, 1)
    assert before.total.size == 0
    assert statistics.published(db, 2026, date(2026, 3, 3)).total.size == 8


def test_on_new_year_s_day_the_old_year_is_shown(db: Session) -> None:
    assert statistics.years(db, date(2027, 1, 1))[0] == 2026


def test_too_few_are_not_told_at_all(app: TestApp, counter: Counter, at: datetime) -> None:
    for _number in range(FEWEST - 1):
        counter.do("receive", counter.take())
    app.extra_environ["portal.at"] = at + timedelta(days=3)
    page = app.get("/thong-ke")
    assert "không công bố" in page.text
    assert not page.html.select(".portal-figures, .portal-numbers, svg.portal-chart")
    table = list(csv.reader(io.StringIO(app.get("/thong-ke.csv").body.decode("utf-8-sig"))))
    assert all(line[3:] == [""] * 7 for line in table[1:])


def test_small_groups_are_put_together_and_never_one_alone() -> None:
    assert sizes(fold([row("a", 20), row("b", 3), row("c", 4)])) == [("a", 20), (None, 7)]
    assert sizes(fold([row("a", 20), row("b", 9), row("c", 1)])) == [("a", 20), (None, 10)]
    assert sizes(fold([row("a", 20), row("b", 9)])) == [("a", 20), ("b", 9)]
    assert sizes(fold([row("a", 1), row("b", 2)])) == [(None, 0)]
    assert fold([row("a", 1), row("b", 2)])[0].law is None
    assert fold([row("a", 0)]) == []


def test_a_month_with_few_is_hidden_with_another_beside_it() -> None:
    rows = [row("2026-01", 2), row("2026-02", 30), row("2026-03", 8), row("2026-04", 0)]
    assert [one.key for one in hide(rows) if one.law is None] == ["2026-01", "2026-03"]
    assert hide(rows[1:]) == rows[1:]


def test_folding_loses_nothing() -> None:
    rows = [row(str(number), number) for number in range(12)]
    assert sum(one.size for one in fold(rows)) == sum(one.size for one in rows)


def test_an_agency_can_be_chosen_and_anything_else_is_refused(
    app: TestApp, march: list[Any], staff: Staff, at: datetime
) -> None:
    app.extra_environ["portal.at"] = at + timedelta(days=18)
    page = app.get("/thong-ke", {"co-quan": staff.deciding.key})
    assert page.html.select_one(".portal-numbers dd").text == "8"
    assert app.get("/thong-ke", {"co-quan": staff.reception.key}).html.select(".portal-numbers") == []
    for wrong in ({"co-quan": "khong-co"}, {"nam": "1999"}, {"nam": "x"}, {"la": "1"}):
        assert app.get("/thong-ke", wrong, status=422)
        assert app.get("/thong-ke.csv", wrong, status=422)


def test_an_agency_that_is_put_together_with_smaller_ones_is_not_told_by_itself_either(
    db: Session, counter: Counter, march: list[Any], staff: Staff, make: Any
) -> None:
    """Else the smaller one could be had by subtraction."""
    small = make.agency("H17.06", "Sở nhỏ")
    dossier = counter.take()
    counter.do("receive", dossier)
    counter.do("transfer", dossier, to=small)
    found = statistics.published(db, 2026, TODAY)
    assert [one.said for one in found.by_agency] == [None]
    for agency in (small, staff.deciding):
        assert statistics.published(db, 2026, TODAY, agency=agency).total.law is None


def test_the_chart_stands_on_its_scale() -> None:
    drawn = chart.drawn([row("2026-01", 30), row("2026-02", 7), Row("2026-03", None, None, None)])
    assert drawn is not None
    assert [tick.value for tick in drawn.ticks] == [0, 10, 20, 30, 40]
    assert all(bar.y + bar.height <= drawn.base + 0.2 for bar in drawn.bars)
    received = [bar for bar in drawn.bars if bar.kind == "received"]
    assert received[0].height > received[1].height
    assert [label.month for label in drawn.labels if label.hidden] == [3]
    assert chart.drawn([row("2026-01", 0)]) is None


def test_the_page_needs_no_script_and_its_chart_has_words(app: TestApp, march: list[Any], at: datetime) -> None:
    app.extra_environ["portal.at"] = at + timedelta(days=18)
    drawing = app.get("/thong-ke").html.select_one(".portal-chart svg")
    assert drawing["role"] == "img"
    assert drawing.title.text.strip()


def test_the_page_may_be_kept_until_the_day_is_over(app: TestApp, march: list[Any]) -> None:
    assert app.get("/thong-ke").headers["Cache-Control"] == "public, no-cache"


def test_what_an_agency_leaves_of_a_field_is_not_had_by_subtraction(
    db: Session, counter: Counter, march: list[Any], staff: Staff, make: Any
) -> None:
    others = [counter.take() for _number in range(8)]
    mine = [counter.take() for _number in range(6)]
    other = make.agency("H17.06", "Sở khác")
    for number, dossier in enumerate([*others, *mine]):
        counter.do("receive", dossier)
        dossier.field_slug = "dat-dai" if number < 2 else "ho-tich"  # two of another agency among eight of this one
        dossier.deciding_id = other.id if dossier in others else staff.deciding.id
    db.flush()
    whole = statistics.published(db, 2026, TODAY)
    assert {one.key: one.size for one in whole.by_field} == {"dat-dai": 10, "ho-tich": 12}
    own = statistics.published(db, 2026, TODAY, agency=staff.deciding)
    assert [(one.key, one.size) for one in own.by_field] == [("", 14)]


def test_a_page_of_one_field_whose_rest_is_small_tells_nothing(
    db: Session, counter: Counter, march: list[Any], staff: Staff, make: Any
) -> None:
    others = [counter.take() for _number in range(8)]
    other = make.agency("H17.06", "Sở khác")
    for number, dossier in enumerate(others):
        counter.do("receive", dossier)
        dossier.field_slug, dossier.deciding_id = "dat-dai" if number < 2 else "ho-tich", other.id
    db.flush()
    assert statistics.published(db, 2026, TODAY, agency=staff.deciding).total.law is None
