"""The machine: interpreter, SQLite, time zones, clock, space."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portal.cli.doctor.finding import Finding, ok, warning, wrong
from portal.cli.doctor.patient import Patient
from portal.cli.words import _
from portal.settings import ROOT

PYTHON = (3, 11)
SQLITE = (3, 35, 0)
"""RETURNING, which the jobs and the audit record need."""
LITTLE_SPACE = 2 * 1024**3
NO_SPACE = 200 * 1024**2
AHEAD = timedelta(minutes=5)


def interpreter() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < PYTHON:
        yield wrong("python", version, _("cần Python 3.11 trở lên"))
    else:
        yield ok("python", version)
    if sqlite3.sqlite_version_info < SQLITE:
        yield wrong("sqlite", sqlite3.sqlite_version, _("cần SQLite 3.35 trở lên, hoặc dùng PostgreSQL"))
    else:
        yield ok("sqlite", sqlite3.sqlite_version)


def knows_vietnam() -> bool:
    """Whether the time zone data are there."""
    try:
        ZoneInfo("Asia/Ho_Chi_Minh")
    except ZoneInfoNotFoundError:
        return False
    return True


def no_time_zones() -> Finding:
    return wrong(
        "timezone", _("máy không có dữ liệu múi giờ"), _("cài gói tzdata của hệ điều hành, hoặc: pip install tzdata")
    )


def checks(patient: Patient) -> Iterator[Finding]:
    yield ok("timezone", "Asia/Ho_Chi_Minh")
    yield _clock(patient)
    yield from _space(patient)


def _clock(patient: Patient) -> Finding:
    """A clock that stands before the day this program was installed is wrong."""
    installed = datetime.fromtimestamp((ROOT / "portal" / "__init__.py").stat().st_mtime, UTC)
    if patient.at + AHEAD < installed:
        return wrong("clock", f"{patient.at:%Y-%m-%d %H:%M} UTC", _("đồng hồ chạy lùi: hãy bật đồng bộ giờ (NTP)"))
    return ok("clock", f"{patient.at:%Y-%m-%d %H:%M} UTC")


def _space(patient: Patient) -> Iterator[Finding]:
    places = {"files": patient.settings.files_dir}
    if patient.sqlite_file:
        places["database"] = patient.sqlite_file
    for what, path in places.items():
        free = shutil.disk_usage(nearest(path)).free
        shown = _("còn trống ${n} MB", {"n": free // 1024**2})
        remedy = _("giải phóng hoặc mở rộng ổ đĩa chứa ${path}", {"path": str(path)})
        if free < NO_SPACE:
            yield wrong(f"disk-{what}", shown, remedy)
        elif free < LITTLE_SPACE:
            yield warning(f"disk-{what}", shown, remedy)
        else:
            yield ok(f"disk-{what}", shown)


def nearest(path: Path) -> Path:
    """The path, or the first folder above it that exists."""
    return next(place for place in (path, *path.absolute().parents) if place.exists())
