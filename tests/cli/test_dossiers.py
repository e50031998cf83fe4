"""`portal dossiers`: rows against their logs, making rows anew, how long personal data are kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from makers import Makers
from sqlalchemy import select, text

from portal.cli.instance import open as open_instance
from portal.dossiers import service
from portal.dossiers.applications import Application
from portal.dossiers.applications import Person as Applicant
from portal.dossiers.models import Applicant as ApplicantRow
from portal.dossiers.models import Dossier, RetentionRule

Run = Callable[..., Result]
LONG_AGO = datetime(2020, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def two(ready: Path) -> list[str]:
    """Codes of two dossiers of one procedure that their applicants withdrew years ago."""
    instance = open_instance(ready)
    office = instance.registry["portal.dossiers"]
    codes = []
    with instance.session() as db:
        make = Makers(db, LONG_AGO)
        unit = make.agency("Y77", "Sở thử nghiệm")
        edition = make.procedure(unit, published=True, code="1.007777")
        for number in range(2):
            application = Application(edition, unit, unit, Applicant(name="Nguyễn Thị Hoa"))
            key = {"by": service.APPLICANT, "at": LONG_AGO + timedelta(hours=number)}
            dossier = service.register(db, application, f"key {number}", office, **key).dossier
            service.withdraw(db, dossier, office, seen=1, by=None, at=LONG_AGO + timedelta(days=1))
            codes.append(dossier.code)
    instance.close()
    return codes


def change(ini: Path, statement: str, **values: Any) -> None:
    instance = open_instance(ini)
    with instance.session() as db:
        db.execute(text(statement), values)
    instance.close()


def test_sound_dossiers_have_no_difference(portal: Run, ready: Path, two: list[str]) -> None:
    done = portal("-c", ready, "dossiers", "verify")
    assert (done.exit_code, done.stdout) == (0, "2 hồ sơ khớp với nhật ký, 0 chỗ lệch.\n")


def test_a_row_that_was_changed_is_named_and_rebuilt(portal: Run, ready: Path, two: list[str]) -> None:
    change(ready, "UPDATE dossiers SET state = 'done' WHERE code = :code", code=two[0])
    found = portal("-c", ready, "dossiers", "verify")
    assert found.exit_code == 1
    assert f"{two[0]}: cột state" in found.stdout
    assert two[1] not in found.stdout
    assert portal("-c", ready, "dossiers", "rebuild", two[0]).stdout == "Đã xem 1 hồ sơ, dựng lại 1.\n"
    assert portal("-c", ready, "dossiers", "verify").exit_code == 0
    assert portal("-c", ready, "dossiers", "rebuild", "--all").stdout == "Đã xem 2 hồ sơ, dựng lại 0.\n"


def test_an_event_that_was_changed_breaks_the_chain(portal: Run, ready: Path, two: list[str]) -> None:
    change(ready, "UPDATE dossier_events SET hash = :hash WHERE sequence = 1", hash="f" * 64)
    found = portal("-c", ready, "dossiers", "verify")
    assert found.exit_code == 1
    assert "sự kiện số 1 không khớp chuỗi mã băm" in found.stdout
    assert "2 trên 2 hồ sơ có chỗ lệch." in found.stdout


def test_what_to_rebuild_must_be_said(portal: Run, ready: Path, two: list[str]) -> None:
    for arguments in ([], [two[0], "--all"], ["khong-co"]):
        assert portal("-c", ready, "dossiers", "rebuild", *arguments).exit_code == 2


def test_personal_data_go_after_their_time_and_only_when_told_to(portal: Run, ready: Path, two: list[str]) -> None:
    assert "0 hồ sơ đã hết thời hạn" in portal("-c", ready, "dossiers", "retention").stdout
    assert "được giữ 24 tháng" in portal("-c", ready, "dossiers", "keep", "1.007777", "24").stdout
    planned = portal("-c", ready, "dossiers", "retention").stdout
    assert all(f"{code}: kết thúc 2020-03-03, giữ 24 tháng" in planned for code in two)
    assert names(ready) == ["Nguyễn Thị Hoa"] * 2
    assert "của 2 hồ sơ" in portal("-c", ready, "dossiers", "retention", "--apply").stdout
    assert names(ready) == [None, None]
    assert portal("-c", ready, "dossiers", "verify").exit_code == 0


def test_a_rule_can_be_taken_back(portal: Run, ready: Path, two: list[str]) -> None:
    portal("-c", ready, "dossiers", "keep", "1.007777", "24")
    assert "không thời hạn" in portal("-c", ready, "dossiers", "keep", "1.007777", "0").stdout
    instance = open_instance(ready)
    with instance.reading() as db:
        assert list(db.scalars(select(RetentionRule))) == []
    instance.close()
    assert portal("-c", ready, "dossiers", "keep", "9.999999", "24").exit_code == 2


def names(ini: Path) -> list[str | None]:
    instance = open_instance(ini)
    with instance.reading() as db:
        found = list(db.scalars(select(ApplicantRow.name).join(Dossier, Dossier.id == ApplicantRow.dossier_id)))
    instance.close()
    return found
