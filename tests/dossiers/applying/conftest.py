"""An instance on which citizens submit, and a citizen with a browser."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from dossiers.conftest import Counter, Staff, calendar, counter, office, staff
from jobs.databases import own_database
from makers import Makers
from sqlalchemy.orm import Session
from webtest import TestApp, Upload

import portal
from portal.settings import Settings

__all__ = ["Counter", "Staff", "calendar", "counter", "office", "own_database", "staff"]

WHO = {
    "id": "nguoi_nop",
    "title": "Người nộp",
    "title_en": "Applicant",
    "fields": [
        {"id": "ho_ten", "type": "text", "label": "Họ và tên", "required": True, "prefill": "person.name"},
        {"id": "dien_thoai", "type": "phone", "label": "Điện thoại", "required": True, "prefill": "person.phone"},
        {"id": "thu", "type": "email", "label": "Thư điện tử", "prefill": "person.email"},
        {"id": "ngay_sinh", "type": "date", "label": "Ngày sinh", "prefill": "person.born_on"},
    ],
}
CHILDREN = {
    "id": "con",
    "title": "Con",
    "fields": [
        {"id": "co_con", "type": "yes_no", "label": "Bạn có con không?", "required": True},
        {
            "id": "cac_con",
            "type": "group",
            "label": "Các con",
            "when": {"op": "=", "args": [{"field": "co_con"}, {"bool": True}]},
            "row_label": "Người con",
            "fields": [
                {"id": "ten_con", "type": "text", "label": "Tên con", "required": True},
                {"id": "sinh_con", "type": "date", "label": "Ngày sinh con"},
            ],
        },
        {"id": "khai_boi", "type": "text", "label": "Người khai ký tên", "prefill": "person.name"},
    ],
}
PAPERS = {
    "id": "bo",
    "title": "Giấy tờ",
    "fields": [
        {"id": "ban_chup", "type": "files", "label": "Bản chụp", "required": True, "accept": ["pdf"], "largest": 1},
        {"id": "cam_doan", "type": "statement", "label": "Tôi cam đoan khai đúng.", "required": True},
    ],
}
FORM = {"title": "Tờ khai thử", "title_en": "Test form", "intro": "Điền hết.", "sections": [WHO, CHILDREN, PAPERS]}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(scope="session")
def here_settings(settings: Settings) -> Settings:
    return replace(settings, national_portal="", mail_server="smtp://127.0.0.1:1", mail_from="cong@vidu.vn")


@pytest.fixture(scope="session")
def here_config(here_settings: Settings) -> Any:
    return portal.configure(here_settings)


@pytest.fixture(scope="session")
def here_wsgi(here_config: Any, engine: Any) -> Any:
    return here_config.make_wsgi_app()


@pytest.fixture
def citizen(here_wsgi: Any, db: Session, at: datetime) -> Any:
    """`citizen()`: a browser of their own; `citizen(later)` at another time."""

    def opened(when: datetime = at, **environ: str) -> TestApp:
        given = {"portal.db": db, "portal.at": when, "tm.active": "1", **environ}
        return TestApp(here_wsgi, extra_environ=given)

    return opened


@pytest.fixture
def eform(make: Makers, staff: Staff) -> Any:
    return make.eform(staff.deciding, published=True, definition=FORM)


@pytest.fixture
def procedure(make: Makers, staff: Staff, eform: Any) -> Any:
    limits = [{"amount": 5, "unit": "working_days", "text": "5 ngày làm việc"}]
    fees = [{"kind": "le_phi", "amount": 50000, "text": "50.000 đồng"}]
    channels = [{"channel": "online", "limits": limits, "fees": fees}]
    return make.procedure(
        staff.deciding,
        published=True,
        code="1.004321",
        channels=channels,
        eform=str(eform.item.uid),
        service="toan-trinh",
    )


@dataclass
class Walk:
    """A person at the form: `page` is what they see."""

    app: TestApp
    page: Any

    @property
    def key(self) -> str:
        return self.page.request.path.removeprefix("/en").split("/")[2]

    @property
    def address(self) -> str:
        return f"/ho-so-nhap/{self.key}"

    def open(self, place: str = "", **more: Any) -> "Walk":
        self.page = self.app.get(self.address + (f"/{place}" if place else ""), **more)
        return self

    def fill(self, button: str = "tiep_tuc", *, status: int = 303, upload: Any = None, **typed: Any) -> "Walk":
        form = self.page.forms["bieu-mau"]
        for name, value in typed.items():
            form[name if name in form.fields else f"bieu-mau-{name}"] = value
        if upload is not None:
            form["upload"] = [Upload(*upload)]
        self.page = form.submit(button, status=status)
        if status == 303:
            self.page = self.page.follow()
        return self

    def who(self, **other: Any) -> "Walk":
        given = {"ho_ten": "Nguyễn Thị Hoa", "dien_thoai": "0912 345 678", "thu": "hoa@vidu.vn"} | other
        return self.open("nguoi_nop").fill(**given)

    def all(self) -> "Walk":
        """Everything filled in; the check is open."""
        self.who()
        self.fill(co_con="false")
        return self.fill(upload=("ban-chup.pdf", PDF, "application/pdf"), cam_doan=True)

    def submit(self, *, status: int = 303) -> Any:
        form = next(f for f in self.page.forms.values() if "khoa" in f.fields)
        return form.submit(status=status)


@pytest.fixture
def walk(citizen: Any, procedure: Any) -> Any:
    """`walk()`: a person who has begun."""

    def begun(app: Any = None, prefix: str = "") -> Walk:
        app = app or citizen()
        page = app.get(f"{prefix}/nop-ho-so/1.004321/H17.05")
        form = next(f for f in page.forms.values() if f.action.endswith("/H17.05"))
        return Walk(app, form.submit(status=303).follow(status=200))

    return begun
