"""The folders and the secret file."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from portal.cli.doctor.finding import Finding, ok, warning, wrong
from portal.cli.doctor.machine import nearest
from portal.cli.doctor.patient import Patient
from portal.cli.words import _

SHORTEST_SECRET = 32


def checks(patient: Patient) -> Iterator[Finding]:
    settings = patient.settings
    yield _writable("files", settings.files_dir, "portal.files_dir")
    yield _writable("search-folder", settings.search_dir, "portal.search_dir")
    if patient.sqlite_file:
        yield _writable("database-folder", patient.sqlite_file.parent, "portal.database_url")
    yield _readable("themes", settings.themes_dir, "portal.themes_dir")
    yield _readable("content", settings.content_dir, "portal.content_dir")
    yield _secret(settings.secret_file)


def _writable(name: str, folder: Path, key: str) -> Finding:
    there = nearest(folder)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        remedy = _("cho người dùng chạy cổng quyền ghi, hoặc sửa khóa ${key}", {"key": key})
        return wrong(name, _("không ghi được vào ${path}", {"path": str(there)}), remedy)
    if there != folder:
        return ok(name, _("${path} sẽ được tạo", {"path": str(folder)}))
    return ok(name, str(folder))


def _readable(name: str, folder: Path, key: str) -> Finding:
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        return wrong(name, _("không đọc được ${path}", {"path": str(folder)}), _("sửa khóa ${key}", {"key": key}))
    return ok(name, str(folder))


def _secret(file: Path) -> Finding:
    path = str(file)
    if not file.exists():
        writable = _writable("secret", file.parent, "portal.secret_file")
        return ok("secret", _("${path} sẽ được tạo", {"path": path})) if writable.remedy is None else writable
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        return wrong("secret", _("người khác trên máy đọc được ${path}", {"path": path}), f"chmod 600 {path}")
    if not os.access(file, os.R_OK):
        return wrong("secret", _("không đọc được ${path}", {"path": path}), _("đổi chủ sở hữu tệp"))
    if len(file.read_text().strip()) < SHORTEST_SECRET:
        remedy = _("xóa tệp để cổng tạo khóa mới; mọi người sẽ phải đăng nhập lại")
        return warning("secret", _("khóa trong ${path} quá ngắn", {"path": path}), remedy)
    return ok("secret", path)
