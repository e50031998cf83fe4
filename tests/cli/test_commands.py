"""Every command does what its help says, and an error is one line and exit 2."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import text

from portal.cli import root, words
from portal.cli.instance import open as open_instance

Run = Callable[..., Result]
NOBODY = "postgresql+psycopg://root@127.0.0.1:1/none"


@pytest.mark.parametrize("command", root.COMMANDS)
def test_every_command_of_the_table_exists_and_explains_itself(portal: Run, command: str) -> None:
    shown = portal(command, "--help")
    assert shown.exit_code == 0
    assert shown.output.startswith("Cách dùng: portal")


def test_without_a_configuration_the_operator_learns_how_to_name_one(portal: Run) -> None:
    refused = portal("migrate")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("portal: ")
    assert "-c TỆP.ini" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_configuration_that_is_not_there_is_named(portal: Run) -> None:
    refused = portal("-c", "/nowhere/x.ini", "migrate")
    assert refused.exit_code == 2
    assert "/nowhere/x.ini" in refused.stderr


def test_a_misspelt_key_is_named_with_what_was_meant(portal: Run, ini: Path) -> None:
    ini.write_text(ini.read_text() + "portal.thme = base\n")
    refused = portal("-c", ini, "people", "list")
    assert refused.exit_code == 2
    assert "portal.thme" in refused.stderr
    assert "portal.theme" in refused.stderr


def test_a_file_that_is_no_ini_is_refused_in_one_line(portal: Run, ini: Path) -> None:
    ini.write_text("portal.theme = base\n")
    refused = portal("-c", ini, "migrate")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)


def test_a_database_that_does_not_answer_is_no_traceback(portal: Run, ini: Path) -> None:
    ini.write_text(f"[app:main]\nuse = egg:portal\nportal.database_url = {NOBODY}\n")
    refused = portal("-c", ini, "people", "list")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "portal.database_url" in refused.stderr


def test_the_console_script_is_installed(ini: Path) -> None:
    program = Path(sys.executable).with_name("portal")
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.startswith("portal ")


@pytest.fixture
def language() -> Iterator[None]:
    before = words.chosen()
    yield
    words.choose(before)


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize(
    ("arguments", "locale", "expected"),
    [
        ([], "", "vi"),
        ([], "C.UTF-8", "vi"),
        ([], "vi_VN.UTF-8", "vi"),
        ([], "en_GB.UTF-8", "en"),
        (["--lang", "en", "doctor"], "", "en"),
        (["--lang=vi"], "en_US.UTF-8", "vi"),
        (["--lang", "xx"], "", "vi"),
    ],
)
def test_the_operator_is_addressed_in_their_language(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], locale: str, expected: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["portal", *arguments])
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    words.choose_from_environment()
    assert words.chosen() == expected


def test_init_makes_an_instance_with_one_administrator(portal: Run, ready: Path) -> None:
    listed = portal("-c", ready, "people", "list")
    assert "an@vidu.gov.vn  Nguyễn Văn An" in listed.output
    assert "administrator: " in listed.output


def test_a_second_administrator_does_not_come_by_init(portal: Run, ready: Path) -> None:
    again = portal("-c", ready, "init", "--email", "binh@vidu.gov.vn", "--name", "Bình", "--link")
    assert again.exit_code == 2
    assert "binh" not in portal("-c", ready, "people", "list").output


def test_a_weak_password_makes_no_account(portal: Run, ready: Path) -> None:
    refused = portal("-c", ready, "people", "add", "binh@vidu.gov.vn", "--name", "Bình", stdin="123456\n")
    assert refused.exit_code == 2
    assert "binh" not in portal("-c", ready, "people", "list").output


def test_people_are_added_with_roles_and_a_link_for_their_password(portal: Run, ready: Path) -> None:
    added = portal(
        "-c", ready, "people", "add", "binh@vidu.gov.vn", "--name", "Trần Thị Bình", "--role", "editor", "--link"
    )
    assert added.exit_code == 0, added.output
    assert "http://127.0.0.1:6543/dat-mat-khau/" in added.output
    granted = portal("-c", ready, "people", "grant", "binh@vidu.gov.vn", "approver", "--unit", "Bộ Tài chính")
    assert granted.exit_code == 0, granted.output
    listed = portal("-c", ready, "people", "list").output
    assert "editor: " in listed
    assert "approver: Bộ Tài chính" in listed
    revoked = portal("-c", ready, "people", "grant", "binh@vidu.gov.vn", "editor", "--revoke")
    assert revoked.exit_code == 0, revoked.output
    assert "editor: " not in portal("-c", ready, "people", "list").output


def test_the_last_administrator_stays(portal: Run, ready: Path) -> None:
    refused = portal("-c", ready, "people", "grant", "an@vidu.gov.vn", "administrator", "--revoke")
    assert refused.exit_code == 2


def test_a_password_is_read_from_standard_input_and_ends_the_old_one(portal: Run, ready: Path) -> None:
    changed = portal("-c", ready, "people", "password", "an@vidu.gov.vn", stdin="bốn cánh cò trắng bay\n")
    assert changed.exit_code == 0, changed.output


def test_an_unknown_person_or_unit_is_told(portal: Run, ready: Path) -> None:
    nobody = portal("-c", ready, "people", "password", "ai@vidu.gov.vn", "--link")
    nowhere = portal("-c", ready, "people", "grant", "an@vidu.gov.vn", "editor", "--unit", "Bộ Trà Đá")
    assert (nobody.exit_code, nowhere.exit_code) == (2, 2)
    assert "ai@vidu.gov.vn" in nobody.stderr
    assert "Bộ Trà Đá" in nowhere.stderr


def test_migrate_says_whether_the_database_agrees(portal: Run, ini: Path) -> None:
    assert portal("-c", ini, "migrate", "--check").exit_code == 1
    assert portal("-c", ini, "migrate").exit_code == 0
    assert portal("-c", ini, "migrate", "--check").exit_code == 0


def test_the_audit_record_is_whole_until_somebody_changes_it(portal: Run, ready: Path) -> None:
    whole = portal("-c", ready, "audit", "verify")
    assert whole.exit_code == 0, whole.output
    head = whole.output.split()[-1]
    portal("-c", ready, "people", "password", "an@vidu.gov.vn", "--link")
    assert portal("-c", ready, "audit", "verify", "--head", head).exit_code == 0
    assert portal("-c", ready, "audit", "verify", "--head", f"1:{'0' * 64}").exit_code == 1
    tamper(ready)
    broken = portal("-c", ready, "audit", "verify")
    assert broken.exit_code == 1
    assert broken.output.startswith("2: ")


def tamper(ini: Path) -> None:
    from portal import audit

    instance = open_instance(ini)
    with instance.session() as db:
        audit.drop_guards(db.connection())
        db.execute(text("UPDATE audit_lines SET action = 'blessed' WHERE position = 2"))
    instance.close()


def test_the_audit_record_is_exported_line_by_line(portal: Run, ready: Path, tmp_path: Path) -> None:
    assert portal("-c", ready, "audit", "export", tmp_path / "audit.jsonl").exit_code == 0
    lines = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text().splitlines()]
    assert [line["position"] for line in lines] == list(range(1, len(lines) + 1))
    assert all(after["previous_hash"] == line["hash"] for line, after in pairwise(lines))


def test_jobs_are_run_listed_and_retried(portal: Run, ready: Path) -> None:
    assert portal("-c", ready, "jobs", "list").exit_code == 0
    ran = portal("-c", ready, "jobs", "run")
    assert ran.exit_code == 0, ran.output
    listed = portal("-c", ready, "jobs", "list").output
    assert "jobs.prune: lần trước " in listed
    assert "chưa chạy" not in listed
    assert portal("-c", ready, "jobs", "retry").exit_code == 0


def test_a_session_that_raises_leaves_nothing_behind(ready: Path) -> None:
    from portal import clock
    from portal.cli.database import own_unit

    instance = open_instance(ready)

    def fail() -> None:
        with instance.session() as db:
            own_unit(db, instance, clock.now()).name = "Cơ quan khác"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with instance.reading() as db:
        assert own_unit(db, instance, clock.now()).name != "Cơ quan khác"
    instance.close()


def test_a_command_finds_its_instance_in_the_environment(
    portal: Run, ini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "PORTAL_INI", str(ini))
    assert portal("migrate").exit_code == 0


def test_an_english_operator_reads_english_help() -> None:
    program = Path(sys.executable).with_name("portal")
    told = subprocess.run([program, "--lang", "en", "--help"], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.startswith("Usage: portal")
    assert "Cổng" not in told.stdout
