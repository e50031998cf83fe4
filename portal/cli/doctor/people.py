"""Whose portal it is and who can administer it."""

from collections.abc import Iterator

from sqlalchemy import func, select

from portal import clock
from portal.accounts.models import Grant, Person
from portal.agencies import queries
from portal.cli.doctor.finding import Finding, ok, warning, wrong
from portal.cli.doctor.patient import Patient
from portal.cli.words import _
from portal.rules import ADMINISTRATOR


def checks(patient: Patient) -> Iterator[Finding]:
    yield _agency(patient)
    yield _administrators(patient)


def _agency(patient: Patient) -> Finding:
    code = patient.settings.agency_code
    with patient.reading() as db:
        today = clock.today(patient.at)
        present = queries.by_code(db, code, today)
        former = None if present else queries.by_code(db, code)
        if present is not None:
            return ok("agency", f"{present.code} {present.name}")
        if former is not None:
            followers = ", ".join(one.name for one in queries.successors(db, former, today))
            return warning(
                "agency",
                _("${code} ${name} không còn hoạt động", {"code": code, "name": former.name}),
                _("đặt portal.agency_code theo cơ quan kế thừa (${names})", {"names": followers}),
            )
    return wrong(
        "agency", _("danh bạ không có mã ${code}", {"code": code}), _("sửa portal.agency_code hoặc chạy: portal init")
    )


def _administrators(patient: Patient) -> Finding:
    able = (
        select(func.count(Person.id.distinct()))
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role == ADMINISTRATOR, Person.active, Person.password_hash.is_not(None))
    )
    with patient.reading() as db:
        count = db.scalar(able) or 0
    if count == 0:
        remedy = _("chạy: portal -c TỆP.ini people add EMAIL --name TÊN --role administrator")
        return wrong("administrators", _("không ai đăng nhập được với vai trò quản trị"), remedy)
    return ok("administrators", _("${n} người", {"n": count}))
