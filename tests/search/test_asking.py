"""What is searched for is counted, and nothing of who asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import sessionmaker

from portal.db import engine_for
from portal.search import asking
from portal.search.models import SearchedFor

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


def rows(db):
    return {row.key: (row.text, row.times, row.missed, row.last_total) for row in db.scalars(select(SearchedFor))}


def test_searching_counts_the_question_in_any_spelling_once(app, db):
    app.get("/tim-kiem", {"q": "Sổ Hồng"}, headers=BROWSER)
    app.get("/tim-kiem", {"q": "so  hong?"}, headers=BROWSER)
    assert rows(db) == {"so hong": ("so hong?", 2, 2, 0)}


def test_further_pages_and_robots_are_not_counted(app, db):
    app.get("/tim-kiem", {"q": "đất đai", "page": "2"}, headers=BROWSER, expect_errors=True)
    app.get("/tim-kiem", {"q": "đất đai"}, headers={"User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"})
    app.get("/tim-kiem", {"q": "đất đai"}, headers={"User-Agent": "curl/8.5.0"})
    app.get("/tim-kiem", {"q": "   ?! "}, headers=BROWSER)
    assert rows(db) == {}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cccd 012345678901", "cccd …"),
        ("gọi 0912 345 678 ngay", "gọi … ngay"),
        ("+84-912-345-678", ""),
        ("gọi (024) 3843 1234 nhé", "gọi … nhé"),
        ("gọi 0912–345–678", "gọi …"),
        ("hồ sơ 000.00.19.H26-231206-0001", "hồ sơ …"),
        ("hồ sơ H26.3-251101-0042 đến đâu", "hồ sơ … đến đâu"),
        ("thư của nguyen.van.a@vidu.gov.vn", "thư của …"),
        ("nguyen.van.a@vidu.gov.vn", ""),
        ("thông tư 11/2021/TT-BTC", "thông tư 11/2021/TT-BTC"),
        ("249/TB-VPCP ngày 01/7/2014", "249/TB-VPCP ngày 01/7/2014"),
        ("luật 2013 2014", "luật 2013 2014"),
        ("x" * 500, "x" * 200),
    ],
)
def test_what_may_be_somebodys_own_is_cut_out(typed, kept):
    assert asking.without_persons(typed) == kept


def test_old_counts_are_forgotten_rare_ones_sooner(db):
    today = date(2026, 3, 2)
    for key, times, ago in (("often", 3, 300), ("ancient", 9, 400), ("rare", 2, 100), ("new", 1, 10)):
        asking.write(db, {(today - timedelta(days=ago), key): asking.Asked(key, times)})
    asking.forget(db, datetime(2026, 3, 2, 2, tzinfo=UTC))
    assert set(rows(db)) == {"often", "new"}


@pytest.fixture
def beside(tmp_path):
    """A database file of its own, to which a counter's own thread may write."""
    engine = engine_for(f"sqlite:///{tmp_path / 'asked.sqlite'}")
    SearchedFor.__table__.create(engine)
    yield sessionmaker(engine, expire_on_commit=False)
    engine.dispose()


def test_counts_of_a_process_are_written_together_and_added_to(beside):
    counter = asking.Counter(beside)
    day = date(2026, 3, 2)
    for total in (0, 0, 7):
        counter.add(day, "Sổ đỏ", total)
    counter.flush()
    counter.add(day, "so do", 3)
    counter.stop()
    with beside() as db:
        assert rows(db) == {"so do": ("so do", 4, 2, 3)}


def test_a_busy_database_loses_no_counts_and_stops_no_search(beside, tmp_path):
    broken = sessionmaker(create_engine(f"sqlite:///{tmp_path / 'without-tables.sqlite'}"))
    counter = asking.Counter(broken)
    counter.add(date(2026, 3, 2), "sổ đỏ", 1)
    counter.flush()
    counter.add(date(2026, 3, 2), "sổ đỏ", 1)
    counter.sessions = beside
    counter.stop()
    with beside() as db:
        assert rows(db)["so do"][1] == 2


def test_what_a_process_holds_is_bounded(monkeypatch):
    monkeypatch.setattr(asking, "MOST", 2)
    counts = {}
    for word in ("a", "b", "c", "a"):
        asking.add(counts, date(2026, 3, 2), word, 1)
    assert {key[1]: one.times for key, one in counts.items()} == {"a": 2, "b": 1}


def test_what_is_kept_of_a_day_is_bounded(beside, monkeypatch):
    monkeypatch.setattr(asking, "MOST_A_DAY", 3)
    day = date(2026, 3, 2)
    with beside() as db:
        asking.write(db, {(day, word): asking.Asked(word, 1) for word in ("a", "b")})
        asking.write(db, {(day, word): asking.Asked(word, 1) for word in ("b", "c", "d", "e")})
        asking.write(db, {(day, word): asking.Asked(word, 1) for word in ("a", "f")})
        assert {key: row[1] for key, row in rows(db).items()} == {"a": 2, "b": 2, "c": 1}


def test_nothing_of_the_person_has_a_place_in_the_table():
    assert {column.name for column in SearchedFor.__table__.columns} == {
        "day",
        "key",
        "text",
        "times",
        "missed",
        "last_total",
    }
