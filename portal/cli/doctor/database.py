"""The database: reachable, of a sufficient version, and with the schema of this program."""

from collections.abc import Callable, Iterator

from sqlalchemy.exc import SQLAlchemyError

from portal.cli.doctor.finding import Finding, ok, told_by, wrong
from portal.cli.doctor.patient import Patient
from portal.cli.words import _
from portal.db import migrations
from portal.errors import ConfigurationError
from portal.settings import ROOT

POSTGRESQL = (15,)
SHOWN = 5
"""Differences told one by one; the rest is counted."""


def checks(patient: Patient) -> Iterator[Finding]:
    if patient.sqlite_file and not patient.sqlite_file.exists():
        remedy = _("chạy: portal -c TỆP.ini init")
        yield wrong("database", _("chưa có ${path}", {"path": str(patient.sqlite_file)}), remedy)
        return
    try:
        yield from guarded(_all, patient)
    except ConfigurationError as error:
        yield told_by("schema", error)


def _all(patient: Patient) -> Iterator[Finding]:
    yield _reached(patient)
    yield from _schema(patient)


def guarded(check: Callable[[Patient], Iterator[Finding]], patient: Patient) -> Iterator[Finding]:
    """The findings of a check that asks the database; its failure is a finding too."""
    try:
        yield from check(patient)
    except SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        yield wrong("database", reason, _("kiểm tra máy chủ cơ sở dữ liệu và khóa portal.database_url"))


def _reached(patient: Patient) -> Finding:
    with patient.engine.execution_options(portal_reads_only=True).connect() as connection:
        version = connection.dialect.server_version_info or ()
        shown = f"{connection.dialect.name} {'.'.join(map(str, version))}"
    if patient.engine.dialect.name == "postgresql" and version < POSTGRESQL:
        return wrong("database", shown, _("cần PostgreSQL 15 trở lên"))
    return ok("database", shown)


def _schema(patient: Patient) -> Iterator[Finding]:
    _import_every_model()
    missing = migrations.pending(patient.engine)
    remedy = _("sao lưu rồi chạy: portal -c TỆP.ini migrate")
    for script in missing:
        yield wrong("schema", _("chưa chạy bước nâng cấp “${what}”", {"what": script.doc}), remedy)
    if missing:
        return
    found = migrations.differences(patient.engine)
    remedy = _("cơ sở dữ liệu không do chương trình này tạo: xem portal migrate --check, khôi phục từ bản sao lưu")
    for difference in found[:SHOWN]:
        yield wrong("schema", difference, remedy)
    if len(found) > SHOWN:
        yield wrong("schema", _("và ${n} chỗ khác nữa", {"n": len(found) - SHOWN}), remedy)
    if not found:
        yield ok("schema", _("khớp với chương trình"))
    patient.database_usable = not any(difference.startswith(("add_table", "add_column")) for difference in found)


def _import_every_model() -> None:
    """So that the metadata is complete, even when the program itself could not start."""
    from importlib import import_module

    import portal

    for package in portal.PACKAGES:
        folder = ROOT / "portal" / package
        if (folder / "models.py").is_file() or (folder / "models").is_dir():
            import_module(f"portal.{package}.models")
