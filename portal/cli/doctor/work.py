"""What should happen by itself: jobs, scheduled publication; and the record of what did happen."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from portal import audit, clock, jobs
from portal.audit import AuditLine
from portal.cli.doctor.finding import Finding, ok, told_by, warning, wrong
from portal.cli.doctor.patient import Patient
from portal.cli.words import _
from portal.errors import PortalError
from portal.publishing import queries

LATE = timedelta(minutes=5)


def checks(patient: Patient) -> Iterator[Finding]:
    yield from _worker(patient)
    yield _schedule(patient)
    yield _record(patient)


def _worker(patient: Patient) -> Iterator[Finding]:
    with patient.reading() as db:
        overview = jobs.overview(db, at=patient.at)
        last = max((p.last_done_at for p in overview.periodic if p.last_done_at), default=None)
        due = [period.next_at for period in overview.periodic] + [overview.oldest_due_at or patient.at]
        failing = [period for period in overview.periodic if period.last_error]
    remedy = _("chạy: portal -c TỆP.ini serve (hoặc portal worker)")
    if last is None:
        yield warning("worker", _("việc nền chưa chạy lần nào"), remedy)
    elif min(due) < patient.at - LATE:
        yield wrong("worker", _("việc nền đứng yên; lần chạy cuối ${when}", {"when": _shown(last)}), remedy)
    else:
        yield ok("worker", _("lần chạy cuối ${when}", {"when": _shown(last)}))
    for period in failing:
        error = (period.last_error or "").split("\n", 1)[0]
        yield warning("worker", f"{period.name}: {error}", _("xem nhật ký của chương trình"))
    if overview.dead:
        lost = _("${n} việc đã bỏ dở", {"n": overview.dead})
        yield warning("jobs", lost, _("xem: portal jobs list; chạy lại: portal jobs retry"))


def _schedule(patient: Patient) -> Finding:
    with patient.reading() as db:
        overdue = queries.overdue(db, patient.at)
        if overdue:
            first = overdue[0].title
            text = _("${n} bản hẹn giờ đã quá hạn (“${title}”…)", {"n": len(overdue), "title": first})
            return wrong("schedule", text, _("kiểm tra tiến trình việc nền; hoặc chạy: portal jobs run"))
    return ok("schedule", _("không có bản hẹn giờ nào quá hạn"))


def _record(patient: Patient) -> Finding:
    """The end of the chain only; `portal audit verify` reads all of it."""
    with patient.reading() as db:
        try:
            head = audit.head(db)
        except PortalError as error:
            return told_by("audit", error)
        last = db.scalars(select(AuditLine).order_by(AuditLine.position.desc()).limit(1)).first()
        sound = (last.position, last.hash) == (head.position, head.hash) if last else head.position == 0
        if not sound:
            remedy = _("xem chỗ sai: portal -c TỆP.ini audit verify; khôi phục từ bản sao lưu")
            return wrong("audit", _("cuối nhật ký kiểm toán đã bị sửa hoặc bị cắt"), remedy)
        if last is not None and last.at > patient.at + LATE:
            text = _("dòng cuối của nhật ký ở tương lai (${when})", {"when": _shown(last.at)})
            return warning("audit", text, _("kiểm tra đồng hồ của máy"))
        return ok("audit", _("${n} dòng", {"n": head.position}))


def _shown(moment: datetime) -> str:
    return f"{clock.in_vietnam(moment):%d/%m/%Y %H:%M}"
