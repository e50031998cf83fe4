"""The schema's history (Alembic), configured in code: no `alembic.ini`.

The caller imports every package's models first (`portal.configure` does), since `Base.metadata` must be complete.
Each upgrade is one transaction on SQLite and on PostgreSQL alike: a migration that fails leaves the database as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import JSON, Column, Connection, Engine, text
from sqlalchemy.schema import SchemaItem

from portal import clock
from portal.db.base import Base, Utc
from portal.db.migrations.errors import BrokenReferences, NewerDatabase

FOLDER = Path(__file__).parent
VERSIONS = FOLDER / "versions"
ADVISORY_LOCK = 0x706F7274
"""Two `portal migrate` at the same time on PostgreSQL: the second one waits, then finds nothing to do."""


def config(connection: Connection | None = None, versions: Path = VERSIONS) -> Config:
    """Alembic's configuration for one connection and the folder of the migrations."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.set_main_option("version_locations", str(versions))
    made.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def options() -> dict[str, Any]:
    """How models and database are compared, and how migrations run: what `env.py` tells Alembic."""
    return {
        "target_metadata": Base.metadata,
        "render_as_batch": True,
        "transactional_ddl": True,
        "compare_type": True,
        "render_item": _render,
    }


def pending(engine: Engine, versions: Path = VERSIONS) -> list[Script]:
    """Migrations that the database lacks, oldest first. Raises `NewerDatabase` when a later program has been here."""
    with _reading(engine) as connection:
        return _pending(connection, versions)


def upgrade(engine: Engine, versions: Path = VERSIONS) -> list[Script]:
    """Bring the database to the newest schema; returns what was done, oldest first. Safe to call again."""
    with _one_transaction(engine) as connection:
        todo = _pending(connection, versions)
        if todo:
            command.upgrade(config(connection, versions), "head")
    return todo


def differences(engine: Engine) -> list[str]:
    """What the models say and the database does not, or the other way round: one line each, empty when they agree."""
    with _reading(engine) as connection:
        wanted = {key: value for key, value in options().items() if key not in ("target_metadata", "render_item")}
        context = MigrationContext.configure(connection, opts=wanted)
        return [_described(difference) for difference in compare_metadata(context, Base.metadata)]


def revise(engine: Engine, message: str, versions: Path = VERSIONS) -> Path:
    """Write the migration that brings the database to the models, for a developer to read and complete."""
    with _reading(engine) as connection:
        name = f"{clock.now():%Y%m%d%H%M%S}"
        made = command.revision(config(connection, versions), message, autogenerate=True, rev_id=name)
    if not isinstance(made, Script):
        raise TypeError("Alembic wrote no single migration.")
    return Path(made.path)


def _pending(connection: Connection, versions: Path) -> list[Script]:
    scripts = ScriptDirectory.from_config(config(connection, versions))
    present = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in scripts.walk_revisions()}
    if unknown := [revision for revision in present if revision not in known]:
        raise NewerDatabase(unknown[0])
    done = {script.revision for head in present for script in scripts.iterate_revisions(head, "base")}
    return [script for script in reversed(list(scripts.walk_revisions())) if script.revision not in done]


def _reading(engine: Engine) -> Connection:
    return engine.execution_options(portal_reads_only=True).connect()


@contextmanager
def _one_transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables may be rebuilt: SQLite must not follow foreign keys meanwhile, but afterwards."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
            try:
                with connection.begin():
                    yield connection
                    _require_whole_references(connection)
            finally:
                driver.execute("PRAGMA foreign_keys=ON")
            return
        with connection.begin():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
            yield connection


def _require_whole_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise BrokenReferences(str(broken[0]), str(broken[2]))


def _render(kind: str, item: object, context: Any) -> str | Literal[False]:
    """Column types of ours are written as what they are in the database, so old migrations do not need our code."""
    if kind == "type" and isinstance(item, Utc):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def _described(difference: Any) -> str:
    if isinstance(difference, list):
        return "; ".join(_described(part) for part in difference)
    action, *things = difference
    return f"{action} {' '.join(_name_of(thing) for thing in things if thing is not None)}"


def _name_of(thing: Any) -> str:
    if isinstance(thing, Column) and thing.table is not None:
        return f"{thing.table.name}.{thing.name}"
    if isinstance(thing, SchemaItem):
        return str(getattr(thing, "name", None) or thing)
    return str(thing)
