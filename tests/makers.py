"""Makers: rows as the services make them, with sensible defaults, for the tests to arrange with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from webtest import TestApp

PASSWORD = "mot cau mat khau rat dai"


@dataclass
class Makers:
    """`make.agency(...)`, `make.person(...)`, `make.notice(...)`, `make.procedure(...)`, `make.local_service(...)`."""

    db: Session
    at: datetime
    count: int = 0

    def _next(self) -> int:
        self.count += 1
        return self.count

    def agency(self, code: str | None = None, name: str | None = None, **more: Any) -> Any:
        """A unit of the register."""
        from portal.agencies.models import Agency

        number = self._next()
        name = name or f"Cơ quan thử số {number}"
        more.setdefault("kind", "ministry")
        agency = Agency(code=code or f"Y{number:02}", name=name, **more)
        self.db.add(agency)
        self.db.flush()
        return agency

    def person(self, name: str | None = None, *, email: str | None = None, unit: Any = None, **roles: Any) -> Any:
        """A person who can sign in; `editor=unit, approver=[unit, other]` are grants."""
        from portal.accounts import service as accounts

        granted = [one for units in roles.values() for one in (units if isinstance(units, list) else [units])]

        number = self._next()
        person = accounts.add_person(
            self.db,
            email=email or f"nguoi{number}@vidu.gov.vn",
            name=name or f"Nguyễn Thử {number}",
            unit=unit or (granted[0] if granted else self.agency()),
            by=None,
            at=self.at,
        )
        accounts.set_password(self.db, person, PASSWORD, by=None, at=self.at)
        for role, units in roles.items():
            for where in units if isinstance(units, list) else [units]:
                accounts.grant(self.db, person, role, where, by=None, at=self.at)
        self.db.flush()
        return person

    def notice(self, unit: Any, by: Any = None, *, published: bool = False, **data: Any) -> Any:
        """The edition of a new notice; complete enough to be published."""
        from portal.notices import service
        from portal.publishing import service as publishing

        number = self._next()
        given = {
            "type": "thong-bao",
            "number": str(number),
            "notation": "TB-THU",
            "issuer": {"name": unit.name, "code": unit.code},
            "issued_on": "2026-02-24",
            "title": f"Về việc thử nghiệm số {number}",
            "body": "<p>1. Nội dung thử nghiệm.</p>",
        }
        edition = service.create(self.db, given | data, unit=unit, origin="localhost", by=by, at=self.at)
        if published:
            publishing.publish_imported(self.db, edition, at=self.at)
        return edition

    def procedure(self, unit: Any, by: Any = None, *, published: bool = False, **data: Any) -> Any:
        """The edition of a new procedure; complete enough to be published."""
        from portal.catalogue import service
        from portal.publishing import service as publishing

        number = self._next()
        given = {
            "code": f"1.{number:06}",
            "name": f"Cấp giấy phép thử nghiệm số {number}",
            "authority": {"name": unit.name, "code": unit.code},
            "levels": ["tinh"],
            "audiences": ["cong-dan"],
            "cases": [{"name": None, "steps": [{"name": None, "text": "<p>Nộp hồ sơ tại nơi tiếp nhận.</p>"}]}],
            "channels": [
                {
                    "channel": "direct",
                    "limits": [{"amount": 5, "unit": "working_days", "text": "5 Ngày làm việc"}],
                    "fees": [{"kind": "le_phi", "amount": 50000, "text": "50.000 đồng"}],
                }
            ],
            "documents": [{"name": "Đơn đề nghị", "original": 1, "copies": 0}],
            "results": [{"name": "Giấy phép thử nghiệm"}],
        }
        edition = service.create(self.db, given | data, unit=unit, origin="localhost", by=by, at=self.at)
        if published:
            publishing.publish_imported(self.db, edition, at=self.at)
        return edition

    def local_service(self, procedure: Any, unit: Any, by: Any = None, *, published: bool = False, **data: Any) -> Any:
        """The edition of what `unit` adds to a procedure (its edition); complete enough to be published."""
        from portal.catalogue import local
        from portal.publishing import service as publishing

        given = {
            "procedure": str(procedure.item.uid),
            "reception": [{"name": "Bộ phận Một cửa", "address": "Số 1 phố Ví Dụ", "hours": "7:30–17:00"}],
        }
        edition = local.create(self.db, given | data, unit=unit, origin="localhost", by=by, at=self.at)
        if published:
            publishing.publish_imported(self.db, edition, at=self.at)
        return edition

    def guide(self, unit: Any, by: Any = None, *, published: bool = False, **data: Any) -> Any:
        """The edition of a new guide: one question, two answers, two outcomes; complete enough to be published."""
        from portal.guides import service
        from portal.publishing import service as publishing

        given = {
            "title": f"Hướng dẫn thử số {self._next()}",
            "nodes": [
                {"id": "n1", "kind": "question", "title": "Bạn đã có giấy tờ chưa?", "choices": [
                    {"id": "co", "label": "Đã có", "target": "n2"},
                    {"id": "chua", "label": "Chưa có", "target": "n3"}]},
                {"id": "n2", "kind": "outcome", "title": "Bạn không cần làm gì", "text": "<p>Giữ cẩn thận.</p>"},
                {"id": "n3", "kind": "outcome", "title": "Bạn cần xin cấp", "text": "<p>Đến bộ phận một cửa.</p>"},
            ],
        }  # fmt: skip
        edition = service.create(self.db, given | data, unit=unit, origin="localhost", by=by, at=self.at)
        if published:
            publishing.publish_imported(self.db, edition, at=self.at)
        return edition

    def eform(self, unit: Any, by: Any = None, *, published: bool = False, definition: Any = None) -> Any:
        """The edition of a new interactive form; complete enough to be published."""
        from portal.eforms import service
        from portal.eforms.starting import start_from
        from portal.publishing import service as publishing

        given = definition or start_from("ca-nhan", f"Biểu mẫu thử số {self._next()}")
        edition = service.create(self.db, given, unit=unit, origin="localhost", by=by, at=self.at)
        if published:
            publishing.publish_imported(self.db, edition, at=self.at)
        return edition


def sign_in_as(db: Session, app: TestApp, person: Any, at: datetime) -> None:
    """Sign in through the form, as a person would."""
    app.reset()
    page = app.get("/dang-nhap")
    form = next(f for f in page.forms.values() if "password" in f.fields)
    form["email"], form["password"] = person.email, PASSWORD
    form.submit("sign_in" if "sign_in" in form.fields else None, status=303)
