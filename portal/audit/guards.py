"""What makes the tables append-only: triggers in the database and listeners on the ORM.

`Base.metadata.create_all` makes the triggers with the tables. A migration, which makes tables of its own, calls
`create_guards(op.get_bind())` after it and `drop_guards(op.get_bind())` before it rebuilds one of them.
"""

from typing import Any

from sqlalchemy import Connection, Table, event, insert, select, text
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, object_session

from portal.audit.canonical import GENESIS
from portal.audit.errors import AppendOnly
from portal.audit.models import AuditHead, AuditLine

_SQLITE = {
    "audit_lines_no_update": (
        "BEFORE UPDATE ON audit_lines BEGIN SELECT RAISE(ABORT, 'audit_lines is append-only'); END"
    ),
    "audit_lines_no_delete": (
        "BEFORE DELETE ON audit_lines BEGIN SELECT RAISE(ABORT, 'audit_lines is append-only'); END"
    ),
    "audit_heads_forward": (
        "BEFORE UPDATE ON audit_heads WHEN NEW.position < OLD.position OR NEW.id <> OLD.id "
        "BEGIN SELECT RAISE(ABORT, 'audit_heads only moves forward'); END"
    ),
    "audit_heads_no_delete": (
        "BEFORE DELETE ON audit_heads BEGIN SELECT RAISE(ABORT, 'audit_heads keeps its row'); END"
    ),
}

_FUNCTION = "audit_append_only"
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'integrity_constraint_violation';
END $$
"""
_POSTGRESQL = {
    "audit_lines_no_change": f"BEFORE UPDATE OR DELETE ON audit_lines FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()",
    "audit_lines_no_truncate": f"BEFORE TRUNCATE ON audit_lines EXECUTE FUNCTION {_FUNCTION}()",
    "audit_heads_forward": (
        "BEFORE UPDATE ON audit_heads FOR EACH ROW WHEN (NEW.position < OLD.position OR NEW.id <> OLD.id) "
        f"EXECUTE FUNCTION {_FUNCTION}()"
    ),
    "audit_heads_no_delete": f"BEFORE DELETE ON audit_heads FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()",
    "audit_heads_no_truncate": f"BEFORE TRUNCATE ON audit_heads EXECUTE FUNCTION {_FUNCTION}()",
}


def create_guards(connection: Connection) -> None:
    """Make the triggers of both tables, and the head row when there is none. May be called again."""
    for table in (AuditLine.__tablename__, AuditHead.__tablename__):
        _create_triggers(connection, table)
    _create_head(connection)


def drop_guards(connection: Connection) -> None:
    """Remove the triggers, for a migration that must rebuild a table; the rows stay."""
    for name, body in _triggers(connection).items():
        on = f" ON {_table_of(body)}" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{on}"))
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"DROP FUNCTION IF EXISTS {_FUNCTION}()"))


def _triggers(connection: Connection) -> dict[str, str]:
    return _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE


def _table_of(body: str) -> str:
    return AuditLine.__tablename__ if f" ON {AuditLine.__tablename__} " in body else AuditHead.__tablename__


def _create_triggers(connection: Connection, table: str) -> None:
    on_postgresql = connection.dialect.name == "postgresql"
    if on_postgresql:
        connection.execute(text(_POSTGRESQL_FUNCTION))
    create = "CREATE OR REPLACE TRIGGER" if on_postgresql else "CREATE TRIGGER IF NOT EXISTS"
    for name, body in _triggers(connection).items():
        if _table_of(body) == table:
            connection.execute(text(f"{create} {name} {body}"))


def _create_head(connection: Connection) -> None:
    if connection.execute(select(AuditHead.id)).first() is None:
        connection.execute(insert(AuditHead).values(id=AuditHead.ONLY, position=0, hash=GENESIS))


@event.listens_for(AuditLine.__table__, "after_create")
def _lines_made(table: Table, connection: Connection, **kw: Any) -> None:
    _create_triggers(connection, AuditLine.__tablename__)


@event.listens_for(AuditHead.__table__, "after_create")
def _head_made(table: Table, connection: Connection, **kw: Any) -> None:
    _create_triggers(connection, AuditHead.__tablename__)
    _create_head(connection)


@event.listens_for(AuditLine, "before_update")
def _no_update(mapper: Mapper[AuditLine], connection: Connection, line: AuditLine) -> None:
    session = object_session(line)
    if session is None or session.is_modified(line):
        raise AppendOnly()


@event.listens_for(AuditLine, "before_delete")
def _no_delete(mapper: Mapper[AuditLine], connection: Connection, line: AuditLine) -> None:
    raise AppendOnly()


@event.listens_for(Session, "do_orm_execute")
def _no_bulk_change(state: ORMExecuteState) -> None:
    changes = state.is_update or state.is_delete
    if changes and state.bind_mapper is not None and state.bind_mapper.class_ is AuditLine:
        raise AppendOnly()
