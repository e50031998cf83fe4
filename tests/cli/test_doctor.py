"""The doctor names every fault with its remedy, and changes nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

Run = Callable[..., Result]


def findings(result: Result) -> dict[str, dict[str, Any]]:
    """By name; of several with one name the worst."""
    ranks = {"ok": 0, "warning": 1, "wrong": 2}
    return {one["name"]: one for one in sorted(json.loads(result.stdout), key=lambda one: ranks[one["level"]])}


def examined(portal: Run, ini: Path, *lines: str) -> dict[str, dict[str, Any]]:
    replaced = tuple(line.split(" = ")[0] for line in lines)
    kept = [line for line in ini.read_text().splitlines() if not replaced or not line.startswith(replaced)]
    ini.write_text("\n".join([*kept, *lines]))
    return findings(portal("-c", ini, "doctor", "--json"))


def test_a_sound_instance_has_nothing_to_mend(portal: Run, ready: Path) -> None:
    portal("-c", ready, "jobs", "run")
    result = portal("-c", ready, "doctor")
    assert result.exit_code == 0, result.output
    assert "✗" not in result.output
    assert result.output.splitlines()[-1] == "Không có gì phải sửa."


def test_all_bad_keys_are_told_at_once(portal: Run, ini: Path) -> None:
    ini.write_text(ini.read_text() + "portal.thme = x\nportal.max_upload = many\nworker = true\n")
    result = portal("-c", ini, "doctor")
    assert result.exit_code == 1
    for key in ("portal.thme", "portal.max_upload", "“worker”"):
        assert any(line.startswith("✗ config") and key in line for line in result.output.splitlines())


def test_a_database_that_is_not_prepared_is_told_with_the_command(portal: Run, ini: Path) -> None:
    found = examined(portal, ini)
    told = found["database"] if found["database"]["level"] == "wrong" else found["schema"]
    assert told["level"] == "wrong"
    assert "portal -c TỆP.ini" in told["remedy"]


def test_a_database_that_does_not_answer_is_told(portal: Run, ini: Path) -> None:
    found = examined(portal, ini, "portal.database_url = postgresql+psycopg://root@127.0.0.1:1/none")
    assert found["database"]["level"] == "wrong"


def test_an_address_that_is_no_database_is_told(portal: Run, ini: Path) -> None:
    assert examined(portal, ini, "portal.database_url = nonsense")["config"]["level"] == "wrong"


def test_a_secret_that_others_can_read_is_told(portal: Run, ready: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.key").chmod(0o644)
    found = examined(portal, ready)
    assert found["secret"]["remedy"] == f"chmod 600 {tmp_path / 'secret.key'}"


def test_a_folder_that_is_a_file_is_told(portal: Run, ini: Path, tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    found = examined(portal, ini, f"portal.files_dir = {tmp_path / 'plain'}", f"portal.content_dir = {tmp_path / 'no'}")
    assert found["files"]["level"] == "wrong"
    assert found["content"]["level"] == "wrong"


def test_an_unknown_theme_is_told(portal: Run, ini: Path) -> None:
    found = examined(portal, ini, "portal.theme = sahara")
    assert found["theme"]["level"] == "wrong"
    assert "sahara" in found["theme"]["text"]


def test_an_unknown_agency_is_told(portal: Run, ready: Path) -> None:
    assert examined(portal, ready, "portal.agency_code = Z99")["agency"]["level"] == "wrong"


def test_an_instance_that_nobody_can_administer_is_told(portal: Run, ini: Path) -> None:
    portal("-c", ini, "init", "--email", "an@vidu.gov.vn", "--name", "An", "--link")
    assert examined(portal, ini)["administrators"]["level"] == "wrong"


def test_plain_http_for_the_public_is_a_warning(portal: Run, ini: Path) -> None:
    assert examined(portal, ini, "portal.address = http://cong.vidu.gov.vn")["https"]["level"] == "warning"


def test_https_without_a_trusted_proxy_is_a_warning(portal: Run, ini: Path) -> None:
    assert examined(portal, ini, "portal.address = https://cong.vidu.gov.vn")["https"]["level"] == "warning"


def test_debugging_in_public_is_wrong(portal: Run, ini: Path) -> None:
    found = examined(portal, ini, "portal.address = https://cong.vidu.gov.vn", "portal.debug = true")
    assert found["debug"]["level"] == "wrong"


def test_work_that_has_never_run_is_a_warning(portal: Run, ready: Path) -> None:
    assert examined(portal, ready)["worker"]["level"] == "warning"


def test_the_database_of_an_examined_instance_is_not_made(portal: Run, ini: Path, tmp_path: Path) -> None:
    found = examined(portal, ini, f"portal.database_url = sqlite:///{tmp_path / 'new.sqlite'}")
    assert found["database"]["level"] == "wrong"
    assert not (tmp_path / "new.sqlite").exists()
