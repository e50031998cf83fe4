"""The log of changes: gapless in the order of commits, part of the transaction, and nothing for who is not searched."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from search.following import things
from search.following.things import AT, KIND, publish, uid_of, withdraw
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db import Sessions
from portal.search import changes, service
from portal.search.models import SearchChange, SearchSequence


def logged(db: Session) -> list[str]:
    return [change.uid for change in changes.after(db, 0, 1000)]


def test_an_item_stands_in_the_log_once_with_its_latest_number(own: Session) -> None:
    publish(own, 1, "một")
    publish(own, 2, "hai")
    own.commit()
    withdraw(own, 1)
    own.commit()
    assert logged(own) == [str(uid_of(2)), str(uid_of(1))]
    assert changes.last_number(own) == 3


def test_what_was_rolled_back_leaves_nothing_and_no_gap(own: Session) -> None:
    publish(own, 1, "một")
    own.rollback()
    publish(own, 2, "hai")
    own.commit()
    assert [(change.seq, change.uid) for change in changes.after(own, 0, 10)] == [(1, str(uid_of(2)))]


def test_the_inner_transaction_draws_no_number(own: Session) -> None:
    publish(own, 1, "một")
    with own.begin_nested():
        publish(own, 2, "hai")
    assert own.scalar(select(func.count()).select_from(SearchChange)) == 0
    own.commit()
    assert logged(own) == [str(uid_of(1)), str(uid_of(2))]


def test_a_kind_that_nobody_searches_costs_nothing(own: Session) -> None:
    service.changed(own, "dossier", [uid_of(1)], at=AT)
    own.commit()
    assert logged(own) == []
    assert own.get(SearchSequence, 1) is None


def test_a_change_takes_along_the_documents_that_speak_of_it(own: Session) -> None:
    publish(own, 1, "một")
    publish(own, 2, "hai", speaks_of=str(uid_of(1)))
    own.commit()
    before = changes.last_number(own)
    publish(own, 2, "hai, sửa")
    own.commit()
    assert {change.uid for change in changes.after(own, before, 10)} == {str(uid_of(1)), str(uid_of(2))}


def test_a_thousand_changes_of_one_transaction_follow_each_other(own: Session) -> None:
    for number in range(1000):
        publish(own, number, f"số {number}")
    own.commit()
    found = changes.after(own, 0, 2000)
    assert [change.seq for change in found] == list(range(1, 1001))
    assert [change.uid for change in found] == [str(uid_of(number)) for number in range(1000)]


def test_publishers_at_once_leave_no_gap_and_a_reader_never_sees_a_later_number_first(sessions: Sessions) -> None:
    """Each reading holds all numbers from the first to its last: nothing commits behind what was read."""
    done = threading.Event()
    wrong: list[Any] = []

    def write(worker: int) -> None:
        for turn in range(25):
            with sessions.begin() as db:
                publish(db, worker * 100 + turn, f"{worker} {turn}")

    def read() -> None:
        cursor = 0
        while not (done.is_set() and cursor == 100):
            with sessions() as db:
                found = [change.seq for change in changes.after(db, cursor, 1000)]
            if found != list(range(cursor + 1, cursor + 1 + len(found))):
                wrong.append((cursor, found))
                return
            cursor += len(found)

    writers = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    reader = threading.Thread(target=read)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert wrong == []
    with sessions() as db:
        assert [change.seq for change in changes.after(db, 0, 1000)] == list(range(1, 101))


def test_the_first_two_publishers_ever_do_not_collide(sessions: Sessions) -> None:
    ready = threading.Barrier(2)
    failed: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with sessions() as db:
                service.changed(db, KIND, [uid_of(number)], at=AT)
                ready.wait(30)
                db.commit()
        except Exception as error:  # noqa: BLE001 told below
            failed.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with sessions() as db:
        assert [change.seq for change in changes.after(db, 0, 10)] == [1, 2]


def test_what_turns_by_the_calendar_is_noted_once_a_day(own: Session) -> None:
    publish(own, 1, "có hiệu lực ngày 5/3", turns_on="2026-03-05")
    publish(own, 2, "không đổi")
    own.commit()
    at = datetime(2026, 3, 4, 16, 59, tzinfo=UTC)  # 23:59 on the 4th in Hà Nội
    service.note_calendar(own, at)
    own.commit()
    before = changes.last_number(own)
    service.note_calendar(own, at + timedelta(minutes=2))
    own.commit()
    assert [change.uid for change in changes.after(own, before, 10)] == [str(uid_of(1))]
    service.note_calendar(own, at + timedelta(hours=20))
    own.commit()
    assert changes.last_number(own) == before + 1


def test_after_an_outage_of_many_days_every_day_is_made_up_for(own: Session) -> None:
    for day in range(1, 20):
        publish(own, day, f"ngày {day}", turns_on=f"2026-03-{day:02}")
    service.note_calendar(own, datetime(2026, 3, 4, 3, 0, tzinfo=UTC))
    own.commit()
    before = changes.last_number(own)
    service.note_calendar(own, datetime(2026, 3, 14, 3, 0, tzinfo=UTC))
    own.commit()
    noted = {change.uid for change in changes.after(own, before, 100)}
    assert noted == {str(uid_of(day)) for day in range(5, 15)}


def test_the_first_look_at_the_calendar_goes_back(own: Session) -> None:
    publish(own, 1, "tuần trước", turns_on="2026-02-25")
    own.commit()
    before = changes.last_number(own)
    service.note_calendar(own, things.AT)
    own.commit()
    assert [change.uid for change in changes.after(own, before, 10)] == [str(uid_of(1))]
