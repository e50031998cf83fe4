"""Ready pages are dropped exactly when something that they show has changed (invariant 15)."""

import pytest

from portal.publishing import service
from portal.publishing.cache import PageCache, Stored

DAY = "2026-03-02"


def stored(*keys: str, size: int = 10, day: str = DAY) -> Stored:
    return Stored("200 OK", [], b"x" * size, frozenset(keys), day)


@pytest.fixture
def cache(db, at):
    cache = PageCache(limit=1000)
    cache.catch_up(db, at)
    return cache


def test_a_page_goes_when_what_it_shows_changes_and_others_stay(cache, db, at):
    seen = cache.catch_up(db, at)
    cache.put("/a", stored("item:1"), seen)
    cache.put("/b", stored("item:2", "list:notice"), seen)
    service.changed(db, "item:1", at=at)
    cache.catch_up(db, at)
    assert cache.get("/a", DAY) is None
    assert cache.get("/b", DAY) is not None


def test_a_page_made_while_something_changed_is_not_kept(cache, db, at):
    seen = cache.catch_up(db, at)
    service.changed(db, "list:notice", at=at)
    cache.catch_up(db, at)
    cache.put("/a", stored("list:notice"), seen)
    assert cache.get("/a", DAY) is None


def test_a_page_of_yesterday_is_made_anew(cache, db, at):
    cache.put("/a", stored("item:1"), cache.catch_up(db, at))
    assert cache.get("/a", "2026-03-03") is None


def test_the_least_used_pages_make_room(cache, db, at):
    seen = cache.catch_up(db, at)
    for name in "abcdefghij":
        cache.put(name, stored("x", size=120), seen)
        cache.get("a", DAY)
    assert cache.get("a", DAY) is not None
    assert cache.get("b", DAY) is None
    assert cache.size <= 1000


def test_one_page_never_fills_the_cache(cache, db, at):
    cache.put("/a", stored("x", size=200), cache.catch_up(db, at))
    assert cache.get("/a", DAY) is None


def test_a_change_that_commits_late_is_not_missed(cache, db, at):
    """On PostgreSQL a row with a lower number may become visible after one with a higher number."""
    from portal.publishing.models import PageChange

    first = db.query(PageChange.id).order_by(PageChange.id.desc()).limit(1).scalar() or 0
    look = cache.catch_up(db, at)
    cache.put("/late", stored("item:late"), look)
    db.add(PageChange(id=first + 2, key="item:early", at=at))
    db.flush()
    look = cache.catch_up(db, at)
    assert cache.get("/late", DAY) is not None
    db.add(PageChange(id=first + 1, key="item:late", at=at))
    db.flush()
    cache.catch_up(db, at)
    assert cache.get("/late", DAY) is None
    cache.put("/late", stored("item:late"), look)
    assert cache.get("/late", DAY) is None
