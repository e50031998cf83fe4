from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.audit import AuditLine
from portal.audit.canonical import canonical, plain

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def positions(db: Session) -> list[int]:
    return list(db.scalars(select(AuditLine.position).order_by(AuditLine.position)))


def whole(db: Session) -> bool:
    return list(audit.verify(db)) == []


def test_a_line_says_who_did_what_to_what_and_when(own: Session, clerk: Any, paper: Any) -> None:
    audit.record(own, clerk, "published", paper, at=AT, why="Theo kế hoạch", number=249)
    own.commit()
    own.expunge_all()
    (line,) = audit.history(own, paper.uid)
    assert (line.position, line.at, line.action) == (1, AT, "published")
    assert (line.actor_uid, line.actor_name) == (clerk.uid, "Nguyễn Thị Sáu")
    assert (line.subject_kind, line.subject_uid) == ("paper", paper.uid)
    assert line.details == {"why": "Theo kế hoạch", "number": 249}


def test_the_portal_itself_acts_without_a_person(own: Session, paper: Any) -> None:
    line = audit.record(own, None, "published", paper, at=AT)
    own.commit()
    assert line.actor_uid is None
    assert whole(own)


def test_history_is_newest_first_and_sees_lines_not_yet_committed(own: Session, clerk: Any, paper: Any) -> None:
    for action in ("created", "submitted", "published"):
        audit.record(own, clerk, action, paper, at=AT)
    assert [line.action for line in audit.history(own, paper.uid)] == ["published", "submitted", "created"]


def test_each_line_seals_the_one_before(own: Session, clerk: Any, paper: Any) -> None:
    first = audit.record(own, clerk, "created", paper, at=AT)
    own.commit()
    second = audit.record(own, clerk, "published", paper, at=AT)
    own.commit()
    assert second.previous_hash == first.hash
    assert audit.head(own) == audit.Head(2, second.hash)
    assert whole(own)


def test_a_rolled_back_line_leaves_no_gap(own: Session, clerk: Any, paper: Any) -> None:
    audit.record(own, clerk, "created", paper, at=AT)
    own.commit()
    audit.record(own, clerk, "deleted", paper, at=AT)
    own.rollback()
    audit.record(own, clerk, "published", paper, at=AT)
    own.commit()
    assert positions(own) == [1, 2]
    assert whole(own)


def test_a_closed_session_leaves_no_gap(own: Session, clerk: Any, paper: Any) -> None:
    audit.record(own, clerk, "deleted", paper, at=AT)
    own.flush()
    own.close()
    audit.record(own, clerk, "created", paper, at=AT)
    own.commit()
    assert positions(own) == [1]
    assert whole(own)


@pytest.mark.parametrize("flushed", [False, True])
def test_a_rolled_back_savepoint_leaves_no_gap(own: Session, clerk: Any, paper: Any, flushed: bool) -> None:
    audit.record(own, clerk, "created", paper, at=AT)
    savepoint = own.begin_nested()
    audit.record(own, clerk, "deleted", paper, at=AT)
    audit.record(own, clerk, "deleted", paper, at=AT)
    if flushed:
        own.flush()
    savepoint.rollback()
    audit.record(own, clerk, "published", paper, at=AT)
    own.commit()
    assert [line.action for line in audit.history(own, paper.uid)] == ["published", "created"]
    assert positions(own) == [1, 2]
    assert whole(own)


def test_a_kept_savepoint_inside_a_rolled_back_one_leaves_no_gap(own: Session, clerk: Any, paper: Any) -> None:
    audit.record(own, clerk, "created", paper, at=AT)
    outer = own.begin_nested()
    with own.begin_nested():
        audit.record(own, clerk, "deleted", paper, at=AT)
    outer.rollback()
    with own.begin_nested():
        audit.record(own, clerk, "published", paper, at=AT)
    audit.record(own, clerk, "corrected", paper, at=AT)
    own.commit()
    assert positions(own) == [1, 2, 3]
    assert whole(own)


def test_the_first_line_inside_a_rolled_back_savepoint_leaves_no_gap(own: Session, clerk: Any, paper: Any) -> None:
    savepoint = own.begin_nested()
    audit.record(own, clerk, "deleted", paper, at=AT)
    savepoint.rollback()
    audit.record(own, clerk, "created", paper, at=AT)
    own.commit()
    assert positions(own) == [1]
    assert whole(own)


def test_many_lines_in_one_transaction_read_the_head_once(own: Session, clerk: Any, paper: Any) -> None:
    statements: list[str] = []
    event.listen(own.get_bind(), "before_cursor_execute", lambda *a: statements.append(a[2]))
    for number in range(2000):
        audit.record(own, clerk, "imported", paper, at=AT, number=number)
    own.commit()
    about_head = [statement for statement in statements if "audit_heads" in statement]
    assert len(about_head) == 2
    assert own.scalar(select(func.count()).select_from(AuditLine)) == 2000
    assert whole(own)


def test_lines_of_many_writers_are_one_gapless_chain(sessions: Any, clerk: Any, paper: Any) -> None:
    def write(writer: int) -> None:
        for turn in range(10):
            with sessions() as db:
                audit.record(db, clerk, "first", paper, at=AT, writer=writer, turn=turn)
                audit.record(db, clerk, "second", paper, at=AT, writer=writer, turn=turn)
                if turn % 3 == 2:
                    db.rollback()
                else:
                    db.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with sessions() as db:
        assert positions(db) == list(range(1, 4 * 7 * 2 + 1))
        assert whole(db)


def test_a_line_taken_out_of_its_session_stops_the_transaction(own: Session, clerk: Any, paper: Any) -> None:
    line = audit.record(own, clerk, "published", paper, at=AT)
    own.expunge(line)
    audit.record(own, clerk, "withdrew", paper, at=AT)
    with pytest.raises(audit.LineLost):
        own.commit()
    own.rollback()
    assert positions(own) == []


def test_a_head_moved_behind_our_back_stops_the_transaction(own: Session, clerk: Any, paper: Any) -> None:
    audit.record(own, clerk, "published", paper, at=AT)
    own.connection().exec_driver_sql(f"UPDATE audit_heads SET position = 5, hash = '{'1' * 64}'")
    with pytest.raises(audit.LineLost):
        own.flush()


def test_without_its_head_nothing_is_recorded(own: Session, clerk: Any, paper: Any) -> None:
    audit.drop_guards(own.connection())
    own.connection().exec_driver_sql("DELETE FROM audit_heads")
    with pytest.raises(audit.HeadMissing):
        audit.record(own, clerk, "published", paper, at=AT)
    with pytest.raises(audit.HeadMissing):
        audit.head(own)


class Colour(StrEnum):
    RED = "red"


def test_details_come_back_as_plain_values(own: Session, clerk: Any, paper: Any) -> None:
    uid = UUID("0195a000-0000-7000-8000-000000000000")
    hanoi = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=7)))
    line = audit.record(
        own, clerk, "tried", paper, at=hanoi,
        day=date(2026, 3, 2), moment=hanoi, ratio=0.1, price=Decimal("1.50"), uid=uid, big=2**60, flag=True,
        nothing=None, colour=Colour.RED, many=(1, "hai"), some={"b", "a"}, nested={"Đ": [1]}, odd="a\0b\ud800",
    )  # fmt: skip
    own.commit()
    own.expire_all()
    assert line.details == {
        "day": "2026-03-02", "moment": "2026-03-02T02:00:00.000000+00:00", "ratio": "0.1", "price": "1.50",
        "uid": str(uid), "big": str(2**60), "flag": True, "nothing": None, "colour": "red", "many": [1, "hai"],
        "some": ["a", "b"], "nested": {"Đ": [1]}, "odd": "a\ufffdb?",
    }  # fmt: skip
    assert whole(own)


@pytest.mark.parametrize("value", [b"bytes", object(), {1: "number as key"}, [object()]])
def test_details_that_are_not_plain_are_refused(own: Session, clerk: Any, paper: Any, value: object) -> None:
    with pytest.raises(TypeError):
        audit.record(own, clerk, "tried", paper, at=AT, value=value)
    own.commit()
    assert positions(own) == []


@pytest.mark.parametrize("key", ["password", "new_password", "token", "api-secret", "Cookie"])
def test_secrets_never_enter_the_record(own: Session, clerk: Any, paper: Any, key: str) -> None:
    with pytest.raises(audit.SecretInDetails):
        audit.record(own, clerk, "changed", paper, at=AT, **{key: "hunter2"})
    with pytest.raises(audit.SecretInDetails):
        audit.record(own, clerk, "changed", paper, at=AT, form={key: "hunter2"})
    audit.record(own, clerk, "changed", paper, at=AT, **{key: True})


def test_a_naive_moment_is_refused(own: Session, clerk: Any, paper: Any) -> None:
    with pytest.raises(ValueError, match="naive"):
        audit.record(own, clerk, "published", paper, at=AT.replace(tzinfo=None))


def test_a_subject_that_was_only_added_gets_its_uid_by_a_flush(own: Session, clerk: Any, paper: Any) -> None:
    class Fresh:
        """Like a row whose `uid` comes with its flush."""

        audit_kind = "fresh"
        uid: Any = None

    fresh = Fresh()
    audit.record(own, clerk, "opened", paper, at=AT)  # something to flush
    event.listen(own, "after_flush", lambda *a: setattr(fresh, "uid", paper.uid))
    assert audit.record(own, clerk, "created", fresh, at=AT).subject_uid == paper.uid


def test_canonical_json_orders_keys_as_rfc_8785() -> None:
    assert canonical({"€": 1, "\r": 2, "😀": 3, "1": 4, "ö": 5, "\ufb33": [True, None]}) == (
        '{"\\r":2,"1":4,"ö":5,"€":1,"😀":3,"\ufb33":[true,null]}'
    )


def test_plain_is_stable() -> None:
    value = {"a": [1, {"b": None}], "c": "d"}
    assert plain(plain(value)) == plain(value) == value
