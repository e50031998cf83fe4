"""The mail server: there, willing, and letters go out."""

import stat
from collections.abc import Iterator
from datetime import timedelta

from portal.cli.doctor.finding import Finding, ok, told_by, warning, wrong
from portal.cli.doctor.patient import Patient
from portal.cli.words import _
from portal.errors import PortalError
from portal.mail import State, queries, reconciling, smtp
from portal.mail.server import Server, server_of

NAME = "mail"
RECENT = timedelta(days=7)


def checks(patient: Patient) -> Iterator[Finding]:
    try:
        server = server_of(patient.settings)
    except PortalError as error:
        yield told_by(NAME, error)
        return
    if server is None:
        yield from _without(patient)
    else:
        yield from _password(server)
        yield _reached(server)
    yield from _letters(patient)


def _without(patient: Patient) -> Iterator[Finding]:
    with patient.reading() as db:
        kept = queries.overview(db).counts[State.KEPT]
    text = _("chưa có máy chủ thư; đang giữ ${n} thư", {"n": kept})
    remedy = _("đặt khóa portal.mail_server và portal.mail_from, rồi chạy: portal mail retry --kept")
    yield warning(NAME, text, remedy) if kept else ok(NAME, text)


def _password(server: Server) -> Iterator[Finding]:
    file = server.password_file
    if file is None or not file.exists():
        return  # where one is needed and missing, the sign-in below says so
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        remedy = _("chạy: chmod 600 ${path}", {"path": str(file)})
        yield warning(NAME, _("người khác trên máy đọc được mật khẩu của máy chủ thư"), remedy)


def _reached(server: Server) -> Finding:
    try:
        smtp.check(server)
    except smtp.Unreachable as failure:
        remedy = _("kiểm tra máy chủ ${server} và các khóa portal.mail_…", {"server": str(server)})
        return wrong(NAME, failure.said, remedy)
    return ok(NAME, str(server))


def _letters(patient: Patient) -> Iterator[Finding]:
    with patient.reading() as db:
        failed = queries.failed_after(db, patient.at - RECENT)
        astray = sum(1 for _one in reconciling.differences(db, patient.at))
    if astray:
        text = _("${n} thư không khớp giữa ý định và kết quả", {"n": astray})
        yield wrong(NAME, text, _("xem: portal mail verify; sửa: portal mail verify --repair"))
    if failed:
        text = _("${n} thư không gửi được trong bảy ngày qua", {"n": failed})
        yield warning(NAME, text, _("xem trang Thư điện tử ở bàn làm việc, hoặc: portal mail status"))
