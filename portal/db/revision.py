"""Is the database at the newest migration? Asked at every start, so without Alembic, whose import takes longer."""

import re
from pathlib import Path

from sqlalchemy import Engine, inspect, text

VERSIONS = Path(__file__).parent / "migrations" / "versions"
_REVISION = re.compile(r"""^(revision|down_revision)(?::[^=]+)?\s*=\s*["']([^"']+)["']""", re.MULTILINE)


def is_newest(engine: Engine, versions: Path = VERSIONS) -> bool:
    """Whether the database has all migrations of this program, and none of a later one.

    When it is False `portal.db.migrations.pending` tells more.
    """
    with engine.execution_options(portal_reads_only=True).connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            present = set()
        else:
            present = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    return present == newest(versions)


def newest(versions: Path) -> set[str]:
    """The revisions that no other one builds on: one, or none before the first migration."""
    made: set[str] = set()
    built_on: set[str] = set()
    for file in versions.glob("*.py"):
        for kind, revision in _REVISION.findall(file.read_text(encoding="utf-8")):
            (made if kind == "revision" else built_on).add(revision)
    return made - built_on
