"""The index of a host equals the database (invariants 1, 2, 4): also after outages, damage, a full disk, restarts."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from search.following import things
from search.following.plain import PlainWriter
from search.following.things import publish, uid_of, withdraw
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from portal.db import Sessions
from portal.search import following
from portal.search.folders import Mark
from portal.search.following import Follower
from portal.search.host import Live
from portal.search.rebuilding import rebuild
from portal.search.verifying import verify

PATIENCE = 30.0


def eventually(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def titles(registry: dict[str, Any]) -> set[str]:
    live: Live = registry["portal.search"]
    live.look_again()
    searcher = live.searcher()
    return {brief["title"] for brief in searcher.heads()} if searcher else set()


def differences(registry: dict[str, Any]) -> list[Any]:
    live: Live = registry["portal.search"]
    live.look_again()
    return verify(live.source, live).differences


@pytest.fixture
def follower(registry: dict[str, Any]) -> Iterator[Follower]:
    live: Live = registry["portal.search"]
    follower = Follower(live.place, live.source, poll=0.02)
    follower.start()
    yield follower
    assert follower.stop(PATIENCE)


def test_what_is_published_is_found_and_what_is_withdrawn_is_not(sessions: Sessions, registry: dict[str, Any]) -> None:
    with sessions.begin() as db:
        publish(db, 1, "một")
        publish(db, 2, "hai")
    following.catch_up(registry)
    assert titles(registry) == {"một", "hai"}
    with sessions.begin() as db:
        publish(db, 1, "một, sửa")
        withdraw(db, 2)
        publish(db, 3, "ba")
    following.catch_up(registry)
    assert titles(registry) == {"một, sửa", "ba"}
    assert differences(registry) == []


def test_suggestions_follow_the_index(sessions: Sessions, registry: dict[str, Any]) -> None:
    def suggested() -> list[str]:
        live: Live = registry["portal.search"]
        live.look_again()
        index = live.suggestions()
        return sorted(one.title for one in index.find("nghi")) if index else []

    with sessions.begin() as db:
        publish(db, 1, "nghị định một")
        publish(db, 2, "nghị quyết hai")
    following.catch_up(registry)
    assert suggested() == ["nghị quyết hai", "nghị định một"]
    with sessions.begin() as db:
        withdraw(db, 1)
        publish(db, 2, "quyết định hai")
        publish(db, 3, "nghi lễ ba")
    following.catch_up(registry)
    assert suggested() == ["nghi lễ ba"]
    rebuild(registry["portal.search"].place, registry["portal.search"].source)
    assert suggested() == ["nghi lễ ba"]


def test_a_running_follower_needs_nobody(sessions: Sessions, registry: dict[str, Any], follower: Follower) -> None:
    with sessions.begin() as db:
        publish(db, 1, "một")
    eventually(lambda: titles(registry) == {"một"})
    with sessions.begin() as db:
        withdraw(db, 1)
    eventually(lambda: titles(registry) == set())


def test_an_index_that_is_built_after_the_start_is_open_before_anybody_asks(
    sessions: Sessions, registry: dict[str, Any]
) -> None:
    live: Live = registry["portal.search"]
    opening = live.open_beside()
    with sessions.begin() as db:
        publish(db, 1, "một")
    following.catch_up(
        {
            **registry,
            "portal.search": things.host(registry["portal.engine"], live.place.folder.root.parent)["portal.search"],
        }
    )
    opening.join(PATIENCE)
    assert not opening.is_alive()
    searcher = live.searcher()
    assert searcher is not None
    assert [brief["title"] for brief in searcher.heads()] == ["một"]


def test_a_late_or_repeated_event_brings_nothing_back(sessions: Sessions, registry: dict[str, Any]) -> None:
    for number in range(5):
        with sessions.begin() as db:
            publish(db, number, f"số {number}")
    following.catch_up(registry)
    with sessions.begin() as db:
        withdraw(db, 3)
    following.catch_up(registry)
    current = registry["portal.search"].place.folder.current()
    first = following.Indexer(registry["portal.search"].place, registry["portal.search"].source)
    current.set_mark(Mark(0))  # the whole log once more
    while first.step():
        pass
    first.close()
    assert titles(registry) == {"số 0", "số 1", "số 2", "số 4"}
    assert differences(registry) == []


def test_what_was_public_before_there_was_a_log_is_found(own_engine: Engine, registry: dict[str, Any]) -> None:
    with own_engine.begin() as connection:
        connection.execute(things.THINGS.insert().values(uid=str(uid_of(1)), title="từ trước"))
    following.catch_up(registry)
    assert titles(registry) == {"từ trước"}
    assert differences(registry) == []


def test_a_document_that_cannot_be_read_stops_no_other(sessions: Sessions, registry: dict[str, Any]) -> None:
    with sessions.begin() as db:
        for number in range(10):
            publish(db, number, "hỏng" if number == 4 else f"số {number}")
    following.catch_up(registry)
    assert len(titles(registry)) == 9
    assert [(one.uid, one.what) for one in differences(registry)] == [(str(uid_of(4)), "missing")]
    with sessions.begin() as db:
        publish(db, 4, "lành")
    following.catch_up(registry)
    assert differences(registry) == []


def test_two_followers_on_one_folder_keep_out_of_each_others_way(
    own_engine: Engine, sessions: Sessions, registry: dict[str, Any], tmp_path: Path
) -> None:
    others = [things.host(own_engine, tmp_path / "search")["portal.search"] for _ in range(2)]
    followers = [Follower(live.place, live.source, poll=0.02) for live in others]
    for one in followers:
        one.start()
    for number in range(30):
        with sessions.begin() as db:
            publish(db, number, f"số {number}")
    eventually(lambda: len(titles(registry)) == 30)
    assert len([path for path in (tmp_path / "search" / "plain-1").iterdir() if path.is_dir()]) == 1
    assert followers[0].stop(PATIENCE)  # the other one takes over, if it was not the one already
    with sessions.begin() as db:
        withdraw(db, 7)
    eventually(lambda: len(titles(registry)) == 29)
    assert followers[1].stop(PATIENCE)
    assert differences(registry) == []


def test_each_host_has_an_index_of_its_own(own_engine: Engine, sessions: Sessions, tmp_path: Path) -> None:
    hosts = [things.host(own_engine, tmp_path / name) for name in ("a", "b")]
    for number in range(5):
        with sessions.begin() as db:
            publish(db, number, f"số {number}")
        following.catch_up(hosts[number % 2])
    for registry in hosts:
        following.catch_up(registry)
        assert len(titles(registry)) == 5
        assert differences(registry) == []


@pytest.mark.parametrize("harm", ["truncated", "removed", "no state", "no current", "all gone", "nonsense in current"])
def test_a_damaged_index_is_built_anew_while_the_portal_serves(
    harm: str, sessions: Sessions, registry: dict[str, Any], follower: Follower
) -> None:
    with sessions.begin() as db:
        publish(db, 1, "một")
    eventually(lambda: titles(registry) == {"một"})
    folder = registry["portal.search"].place.folder
    current = folder.current()
    if harm == "truncated":
        (current.index / "units.json").write_text('{"a": [')
    elif harm == "removed":
        (current.index / "units.json").unlink()
    elif harm == "no state":
        (current.path / "state.json").unlink()
    elif harm == "no current":
        (folder.root / "current").unlink()
    elif harm == "nonsense in current":
        (folder.root / "current").write_text("../..\n")
    else:
        folder.root.rename(folder.root.parent / "gone")
    titles(registry)  # a request meets the damage and does not fail
    with sessions.begin() as db:
        publish(db, 2, "hai")
    eventually(lambda: titles(registry) == {"một", "hai"})
    eventually(lambda: differences(registry) == [])


def test_a_full_disk_delays_and_loses_nothing(
    sessions: Sessions, registry: dict[str, Any], follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sessions.begin() as db:
        publish(db, 1, "một")
    eventually(lambda: titles(registry) == {"một"})
    refused = threading.Event()

    def full(writer: PlainWriter) -> None:
        refused.set()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(PlainWriter, "commit", full)
        with sessions.begin() as db:
            publish(db, 2, "hai")
            withdraw(db, 1)
        assert refused.wait(PATIENCE)
        assert titles(registry) == {"một"}  # the portal goes on with what there is
        eventually(lambda: "No space left" in registry["portal.search"].place.folder.status().get("error", ""))
    eventually(lambda: titles(registry) == {"hai"})
    assert differences(registry) == []


def test_an_outage_of_the_database_delays_and_loses_nothing(
    sessions: Sessions, registry: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    live: Live = registry["portal.search"]
    down = threading.Event()
    asked = threading.Event()
    polling = live.source.polling

    def reached() -> Any:
        if down.is_set():
            asked.set()
            raise OperationalError("SELECT", {}, ConnectionError("no answer"))
        return polling()

    source = type(live.source)(reached, live.source.reading)  # type: ignore[arg-type]
    follower = Follower(live.place, source, poll=0.02)
    follower.start()
    with sessions.begin() as db:
        publish(db, 1, "một")
    eventually(lambda: titles(registry) == {"một"})
    down.set()
    with sessions.begin() as db:
        publish(db, 2, "hai")
    assert asked.wait(PATIENCE)
    assert titles(registry) == {"một"}
    down.clear()
    eventually(lambda: titles(registry) == {"một", "hai"})
    assert follower.stop(PATIENCE)


def test_what_always_fails_for_no_known_reason_is_built_anew(
    sessions: Sessions, registry: dict[str, Any], follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sessions.begin() as db:
        publish(db, 1, "một")
    eventually(lambda: titles(registry) == {"một"})
    ill = registry["portal.search"].place.folder.current().name
    whole = PlainWriter.replace

    def fail(writer: PlainWriter, uid: str, units: Any) -> None:
        if writer.index.file.parent.parent.name == ill:
            raise RuntimeError("this index has an illness that nobody foresaw")
        whole(writer, uid, units)

    monkeypatch.setattr(PlainWriter, "replace", fail)
    with sessions.begin() as db:
        publish(db, 2, "hai")
    eventually(lambda: titles(registry) == {"một", "hai"})


def test_a_database_restored_from_a_copy_is_noticed(
    own_engine: Engine, sessions: Sessions, registry: dict[str, Any]
) -> None:
    for number in range(4):
        with sessions.begin() as db:
            publish(db, number, f"số {number}")
    following.catch_up(registry)
    with own_engine.begin() as connection:  # as it was after the second; then another life begins
        connection.execute(text("DELETE FROM search_changes WHERE seq > 2"))
        connection.execute(text("UPDATE search_sequence SET value = 2"))
        for number in (2, 3):
            connection.execute(things.THINGS.delete().where(things.THINGS.c.uid == str(uid_of(number))))
    for number in (7, 8):
        with sessions.begin() as db:
            publish(db, number, f"số {number}")
    following.catch_up(registry)
    assert titles(registry) == {"số 0", "số 1", "số 7", "số 8"}
    assert differences(registry) == []


def test_a_rebuild_leaves_no_empty_moment_and_a_withdrawal_meanwhile_stays_one(
    sessions: Sessions, registry: dict[str, Any], follower: Follower
) -> None:
    with sessions.begin() as db:
        for number in range(300):
            publish(db, number, f"số {number}")
    eventually(lambda: len(titles(registry)) == 300)
    live: Live = registry["portal.search"]
    withdrawn = threading.Event()
    back: list[int] = []
    over = threading.Event()

    def watch() -> None:
        gone = False
        while not over.is_set():
            live.look_again()
            searcher = live.searcher()
            there = {brief["title"] for brief in searcher.heads()} if searcher else set()
            if len(there) < 299:
                back.append(len(there))
            if gone and "số 0" in there:
                back.append(0)
            gone = gone or "số 0" not in there

    def progress(done: int, total: int) -> None:
        if done == 250 and not withdrawn.is_set():
            withdrawn.set()
            with sessions.begin() as db:
                withdraw(db, 0)
            eventually(lambda: "số 0" not in titles(registry))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for _ in range(3):
            rebuild(live.place, live.source, progress=progress)
    finally:
        over.set()
        watcher.join()
    assert withdrawn.is_set()
    assert back == []
    assert differences(registry) == []
    with sessions.begin() as db:
        publish(db, 0, "số 0, lại")
    eventually(lambda: "số 0, lại" in titles(registry))  # the follower has gone over to the new one


def test_an_old_generation_goes_when_its_last_reader_has_gone(
    own_engine: Engine, sessions: Sessions, registry: dict[str, Any], tmp_path: Path
) -> None:
    with sessions.begin() as db:
        publish(db, 1, "một")
    following.catch_up(registry)
    live: Live = registry["portal.search"]
    reader: Live = things.host(own_engine, tmp_path / "search")["portal.search"]
    searcher = reader.searcher()
    old = live.place.folder.current()
    rebuild(live.place, live.source)
    assert old is not None
    assert old.path.is_dir()  # the reader still asks it
    assert searcher is not None
    reader.close()
    rebuild(live.place, live.source)
    assert not old.path.is_dir()


def test_tests_see_what_their_own_transaction_published(own_engine: Engine, registry: dict[str, Any]) -> None:
    from sqlalchemy.orm import Session

    from portal.search import service
    from portal.search.reading import Source

    for title in ("một", "hai"):
        with own_engine.connect() as connection:
            outer = connection.begin()
            with Session(connection, join_transaction_mode="create_savepoint") as db:
                publish(db, 1 if title == "một" else 2, title)
                service.settle(db)
                following.catch_up(registry, source=Source.within(db))
            assert titles(registry) == {title}
            outer.rollback()
