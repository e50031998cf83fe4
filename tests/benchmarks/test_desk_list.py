"""Lists over 100,000 documents (invariant 24: at most 0.5 s for a narrow editor's list). Prints figures."""

from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from benchmarks.content import very_many
from benchmarks.table import show
from makers import Makers
from sqlalchemy import text
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.accounts import service as accounts

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
COUNT, UNITS, TIMES = 100_000, 500, 5
TARGET = 0.5
LISTS = {
    "list, last changed first": "/ban-lam-viec/van-ban",
    "list, by number": "/ban-lam-viec/van-ban?xep=so",
    "list, by title": "/ban-lam-viec/van-ban?xep=trich-yeu",
    "list, last page": "/ban-lam-viec/van-ban?trang={last}",
    "words of the title": "/ban-lam-viec/van-ban?q=nhiem+vu",
    "a number": "/ban-lam-viec/van-ban?q=500/TB-THU",
    "drafts": "/ban-lam-viec/van-ban?trang-thai=draft",
    "fields to check": "/ban-lam-viec/van-ban?can-kiem-tra=1",
    "a type and year": "/ban-lam-viec/van-ban?loai=thong-bao&nam=2015",
    "dashboard": "/ban-lam-viec",
}
PUBLIC = {
    "front page": "/",
    "list": "/van-ban",
    "page 200": "/van-ban?trang=200",
    "a type": "/van-ban/loai/nghi-dinh",
    "words of the title": "/van-ban?q=nhiem+vu+500",
    "a number": "/van-ban?q=500/TB-THU",
    "feed": "/van-ban.atom",
    "site map": "/so-do-trang",
    "sitemap part": "/sitemap-1.xml",
}


@pytest.fixture(scope="module")
def many(config: Any, engine: Any) -> Iterator[tuple[Session, list[Any]]]:
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as db:
            started = perf_counter()
            agencies = very_many(db, AT, count=COUNT, units=UNITS)
            db.execute(text("ANALYZE"))
            print(f"\n{COUNT:,} documents made in {perf_counter() - started:.0f} s")
            yield db, agencies
        outer.rollback()


def seconds(app: TestApp, db: Session, address: str, headers: dict[str, str]) -> float:
    """The median of some requests; each begins with nothing loaded."""
    taken = []
    for _ in range(TIMES):
        db.expunge_all()
        started = perf_counter()
        app.get(address, headers=headers)
        taken.append(perf_counter() - started)
    return median(taken)


def test_lists_of_the_desk(many: Any, wsgi: Any) -> None:
    db, agencies = many
    make = Makers(db, AT)
    app = TestApp(wsgi, extra_environ={"portal.db": db, "portal.at": AT, "tm.active": "1"})
    people = {
        f"editor of 1 of {UNITS} units": make.person(email="hep@vidu.gov.vn", editor=agencies[7]),
        f"editor of all {UNITS}": make.person(email="rong@vidu.gov.vn", editor=agencies),
    }
    tokens = [accounts.open_session(db, person, at=AT, ip="127.0.0.1", agent="x") for person in people.values()]
    db.flush()
    measured: dict[str, list[float]] = {name: [] for name in LISTS}
    for token in tokens:
        headers = {"Cookie": f"portal_session={token}"}
        last = COUNT // UNITS // 50
        for name, address in LISTS.items():
            measured[name].append(seconds(app, db, address.format(last=last), headers))
    rows = [(name, *(f"{taken:.3f} s" for taken in found), verdict(found[0])) for name, found in measured.items()]
    show(f"The desk over {COUNT:,} documents", ("page", *people, f"narrow ≤ {TARGET} s"), rows)


def test_public_lists(many: Any, wsgi: Any) -> None:
    db, _agencies = many
    app = TestApp(wsgi, extra_environ={"portal.db": db, "portal.at": AT, "tm.active": "1"})
    found = {name: seconds(app, db, address, {}) for name, address in PUBLIC.items()}
    rows = [(name, f"{taken:.3f} s", verdict(taken)) for name, taken in found.items()]
    show(f"Public pages over {COUNT:,} documents, without the page cache", ("page", "seconds", f"≤ {TARGET} s"), rows)


def verdict(taken: float) -> str:
    return "yes" if taken <= TARGET else "NO"
