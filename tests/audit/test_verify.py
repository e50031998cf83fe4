import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import audit
from portal.audit import AuditHead, AuditLine, Break, Problem
from portal.audit.canonical import GENESIS

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def chain(own: Session, clerk: Any, paper: Any) -> Session:
    """Six lines, and a database whose guards were taken away, as an intruder with its password would."""
    for number in range(1, 7):
        audit.record(own, clerk, f"act {number}", paper, at=AT + timedelta(minutes=number), number=number)
    own.commit()
    audit.drop_guards(own.connection())
    own.commit()
    return own


def sql(*statements: str) -> Callable[[Session], None]:
    def do(db: Session) -> None:
        for statement in statements:
            db.connection().execute(text(statement))

    return do


def rewritten(db: Session) -> None:
    """Line 3 changed together with its hash, as somebody who knows the scheme would."""
    line = list(audit.export(db))[2] | {"action": "nothing"}
    previous = line.pop("previous_hash")
    del line["hash"]
    table = AuditLine.__table__
    changing = update(table).where(table.c.position == 3).values(action="nothing", hash=_sha256(previous, line))
    db.connection().execute(changing)


TAMPERING = {
    "details": (
        sql("UPDATE audit_lines SET details = '{\"number\": 30}' WHERE position = 3"),
        Problem(3, Break.CHANGED, 3),
    ),
    "action": (sql("UPDATE audit_lines SET action = 'nothing' WHERE position = 1"), Problem(1, Break.CHANGED, 1)),
    "who": (sql("UPDATE audit_lines SET actor_name = 'Ai đó' WHERE position = 6"), Problem(6, Break.CHANGED, 6)),
    "anonymous": (
        sql("UPDATE audit_lines SET actor_uid = NULL WHERE position = 2"),
        Problem(2, Break.CHANGED, 2),
    ),
    "hash": (sql(f"UPDATE audit_lines SET hash = '{'a' * 64}' WHERE position = 4"), Problem(4, Break.CHANGED, 4)),
    "link": (
        sql(f"UPDATE audit_lines SET previous_hash = '{'a' * 64}' WHERE position = 1"),
        Problem(1, Break.CHANGED, 1),
    ),
    "rewritten with its hash": (rewritten, Problem(3, Break.CHANGED, 3)),
    "one missing": (sql("DELETE FROM audit_lines WHERE position = 4"), Problem(4, Break.MISSING, 4)),
    "first two missing": (sql("DELETE FROM audit_lines WHERE position < 3"), Problem(1, Break.MISSING, 2)),
    "missing and renumbered": (
        sql(
            "DELETE FROM audit_lines WHERE position = 4",
            "UPDATE audit_lines SET position = 4 WHERE position = 5",
            "UPDATE audit_lines SET position = 5 WHERE position = 6",
        ),
        Problem(4, Break.CHANGED, 4),
    ),
    "swapped": (
        sql(
            "UPDATE audit_lines SET position = 90 WHERE position = 2",
            "UPDATE audit_lines SET position = 2 WHERE position = 3",
            "UPDATE audit_lines SET position = 3 WHERE position = 90",
        ),
        Problem(2, Break.REORDERED, 2),
    ),
    "tail cut": (sql("DELETE FROM audit_lines WHERE position > 4"), Problem(5, Break.TRUNCATED, 6)),
    "all gone": (sql("DELETE FROM audit_lines"), Problem(1, Break.TRUNCATED, 6)),
    "head set back": (
        sql("UPDATE audit_heads SET position = 4, hash = (SELECT hash FROM audit_lines WHERE position = 4)"),
        Problem(5, Break.BEYOND_HEAD, 6),
    ),
    "head changed": (sql(f"UPDATE audit_heads SET hash = '{'a' * 64}'"), Problem(6, Break.CHANGED, 6)),
    "head gone": (sql("DELETE FROM audit_heads"), Problem(0, Break.HEAD_MISSING, 0)),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_verify_names_the_first_broken_line_and_why(chain: Session, how: str) -> None:
    tamper, first = TAMPERING[how]
    assert list(audit.verify(chain)) == []
    tamper(chain)
    chain.expire_all()
    found = next(audit.verify(chain))
    assert found == first
    if "${last}" in found.reason:
        assert f"từ số {first.position} đến số {first.last}" in found.reason.interpolate()


def test_verify_names_every_break_once(chain: Session) -> None:
    sql("DELETE FROM audit_lines WHERE position IN (3, 6)", "UPDATE audit_lines SET action = 'x' WHERE position = 5")(
        chain
    )
    chain.expire_all()
    assert list(audit.verify(chain)) == [
        Problem(3, Break.MISSING, 3),
        Problem(5, Break.CHANGED, 5),
        Problem(6, Break.TRUNCATED, 6),
    ]


def test_an_empty_record_is_whole(own: Session) -> None:
    assert list(audit.verify(own)) == []
    assert audit.head(own) == audit.Head(0, GENESIS)


def test_the_export_is_enough_to_verify_the_chain_elsewhere(own: Session, clerk: Any, paper: Any) -> None:
    for number in range(3):
        audit.record(own, clerk, "imported", paper, at=AT, number=number, name="Đà Nẵng")
    exported = list(audit.export(own))
    assert [line["position"] for line in exported] == [1, 2, 3]
    previous = GENESIS
    for line in exported:
        rest = {key: value for key, value in line.items() if key not in ("hash", "previous_hash")}
        assert line["previous_hash"] == previous
        previous = line["hash"]
        assert _sha256(line["previous_hash"], rest) == line["hash"]
    assert exported[0]["actor"] == {"uid": str(clerk.uid), "name": clerk.name}


def _sha256(previous: str, content: dict[str, Any]) -> str:
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((previous + written).encode()).hexdigest()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_lines SET action = 'nothing'",
        "DELETE FROM audit_lines",
        "DELETE FROM audit_lines WHERE position = 1",
        "UPDATE audit_heads SET position = 0",
        "DELETE FROM audit_heads",
    ],
)
def test_the_database_refuses_to_change_the_record(own: Session, clerk: Any, paper: Any, statement: str) -> None:
    audit.record(own, clerk, "published", paper, at=AT)
    own.commit()
    with pytest.raises(IntegrityError):
        own.connection().execute(text(statement))
    own.rollback()
    assert list(audit.verify(own)) == []


def test_the_orm_refuses_to_change_the_record(own: Session, clerk: Any, paper: Any) -> None:
    line = audit.record(own, clerk, "published", paper, at=AT)
    own.commit()
    line.action = "nothing"
    with pytest.raises(audit.AppendOnly):
        own.commit()
    own.rollback()
    own.delete(own.get_one(AuditLine, 1))
    with pytest.raises(audit.AppendOnly):
        own.commit()
    own.rollback()
    for statement in (update(AuditLine).values(action="nothing"), delete(AuditLine)):
        with pytest.raises(audit.AppendOnly):
            own.execute(statement)
    own.rollback()
    assert list(audit.verify(own)) == []


def test_guards_can_be_taken_away_and_made_again(own: Session, clerk: Any, paper: Any) -> None:
    audit.record(own, clerk, "published", paper, at=AT)
    own.commit()
    audit.drop_guards(own.connection())
    audit.create_guards(own.connection())
    audit.create_guards(own.connection())
    own.commit()
    assert own.get_one(AuditHead, 1).position == 1
    with pytest.raises(IntegrityError):
        own.connection().execute(text("DELETE FROM audit_lines"))


def test_lines_can_be_searched(own: Session, clerk: Any, paper: Any) -> None:
    other = type(paper)()
    for number, subject in enumerate((paper, other, paper)):
        audit.record(own, clerk if number else None, f"act {number}", subject, at=AT + timedelta(days=number))
    assert audit.lines(own).total == 3
    assert [line.action for line in audit.lines(own, subject_uid=paper.uid).rows] == ["act 2", "act 0"]
    assert [line.action for line in audit.lines(own, actor_uid=clerk.uid, size=1, page=2).rows] == ["act 1"]
    assert [line.action for line in audit.lines(own, action="act 1").rows] == ["act 1"]
    assert audit.lines(own, subject_kind="agency").total == 0
    assert [
        line.action for line in audit.lines(own, since=AT + timedelta(days=1), until=AT + timedelta(days=2)).rows
    ] == ["act 1"]


def test_a_name_put_on_a_line_of_the_portal_itself_is_noticed(own: Session, paper: Any) -> None:
    audit.record(own, None, "published on schedule", paper, at=AT)
    own.commit()
    audit.drop_guards(own.connection())
    own.connection().execute(text("UPDATE audit_lines SET actor_name = 'Ai đó'"))
    assert [problem.kind for problem in audit.verify(own)] == [Break.CHANGED]
