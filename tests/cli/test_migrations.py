"""Migrations are one transaction each time, on both databases, and never lose a row behind anybody's back."""

from pathlib import Path
from textwrap import dedent

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from portal.db import migrations
from portal.db.migrations.errors import BrokenReferences, NewerDatabase
from portal.db.revision import is_newest, newest


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    folder = tmp_path / "versions"
    folder.mkdir()
    write(
        folder,
        "one",
        None,
        """
        op.create_table("parents", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(9)))
        op.create_table(
            "children",
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("parent_id", sa.Integer, sa.ForeignKey("parents.id", ondelete="CASCADE")),
        )
        op.execute("INSERT INTO parents VALUES (1, 'An')")
        op.execute("INSERT INTO children VALUES (1, 1)")
        """,
    )
    return folder


def write(folder: Path, name: str, after: str | None, steps: str) -> None:
    body = "".join(f"    {line}\n" for line in dedent(steps).strip().splitlines())
    (folder / f"{name}.py").write_text(
        f'"""{name}"""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f"revision = {name!r}\ndown_revision = {after!r}\n\n\ndef upgrade():\n{body}"
    )


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_an_upgrade_does_what_is_pending_and_only_once(empty: Engine, versions: Path) -> None:
    assert [script.doc for script in migrations.pending(empty, versions)] == ["one"]
    assert [script.doc for script in migrations.upgrade(empty, versions)] == ["one"]
    assert migrations.pending(empty, versions) == []
    assert migrations.upgrade(empty, versions) == []
    assert tables(empty) == {"parents", "children"}


def test_a_start_knows_whether_the_database_is_up_to_date(empty: Engine, versions: Path) -> None:
    assert not is_newest(empty, versions)
    migrations.upgrade(empty, versions)
    assert is_newest(empty, versions)
    write(versions, "two", "one", "pass")
    assert not is_newest(empty, versions)
    migrations.upgrade(empty, versions)
    assert is_newest(empty, versions)
    (versions / "two.py").unlink()
    assert not is_newest(empty, versions)


def test_the_newest_migration_is_known_without_alembic() -> None:
    scripts = ScriptDirectory.from_config(migrations.config())
    assert newest(migrations.VERSIONS) == set(scripts.get_heads())


def test_a_migration_that_fails_leaves_everything_as_it_was(empty: Engine, versions: Path) -> None:
    migrations.upgrade(empty, versions)
    write(versions, "two", "one", 'op.create_table("more", sa.Column("id", sa.Integer))\nop.execute("UPDATE nothing")')
    with pytest.raises(DatabaseError):
        migrations.upgrade(empty, versions)
    assert tables(empty) == {"parents", "children"}
    assert [script.doc for script in migrations.pending(empty, versions)] == ["two"]


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(empty: Engine, versions: Path) -> None:
    migrations.upgrade(empty, versions)
    write(
        versions,
        "two",
        "one",
        """
        with op.batch_alter_table("parents") as batch:
            batch.alter_column("name", type_=sa.String(99), existing_type=sa.String(9))
        """,
    )
    migrations.upgrade(empty, versions)
    with empty.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM children")).scalar() == 1


def test_foreign_keys_are_followed_again_after_an_upgrade(empty: Engine, versions: Path) -> None:
    migrations.upgrade(empty, versions)
    with pytest.raises(DatabaseError), empty.begin() as connection:
        connection.execute(text("INSERT INTO children VALUES (2, 99)"))


def test_a_migration_that_breaks_a_reference_is_rolled_back(empty: Engine, versions: Path) -> None:
    migrations.upgrade(empty, versions)
    write(versions, "two", "one", 'op.execute("INSERT INTO children VALUES (2, 99)")')
    with pytest.raises((BrokenReferences, DatabaseError)):
        migrations.upgrade(empty, versions)
    with empty.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM children")).scalar() == 1


def test_a_database_of_a_later_release_is_refused(empty: Engine, versions: Path) -> None:
    write(versions, "two", "one", "pass")
    migrations.upgrade(empty, versions)
    (versions / "two.py").unlink()
    with pytest.raises(NewerDatabase) as refused:
        migrations.upgrade(empty, versions)
    assert "two" in refused.value.message.interpolate()


@pytest.mark.usefixtures("config")
def test_the_migrations_make_exactly_what_the_models_say(empty: Engine) -> None:
    migrations.upgrade(empty)
    assert migrations.differences(empty) == []


@pytest.mark.usefixtures("config")
def test_a_new_migration_needs_none_of_our_code(empty: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "versions"
    folder.mkdir()
    written = migrations.revise(empty, "everything", folder).read_text()
    assert "portal." not in written
    migrations.upgrade(empty, folder)
    assert migrations.differences(empty) == []
