"""People with their browsers, and the buttons they press: fixtures and steps of the journeys over HTTP.

A test module imports the fixtures that it uses and names them in `__all__`.
"""

import re
from typing import Any
from uuid import UUID

import pytest
from makers import sign_in_as
from webtest import TestApp

from portal.publishing import queries, service
from portal.publishing.models import Edition, Item

PAPER = """BỘ THỬ NGHIỆM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/TB-BTN
Hà Nội, ngày 05 tháng 02 năm 2026

THÔNG BÁO
Về việc nghỉ làm việc để bảo trì hệ thống

1. Hệ thống tạm nghỉ từ 20 giờ ngày 07 tháng 02 năm 2026.
2. Các đơn vị chủ động sắp xếp công việc./.

Nơi nhận:
- Các đơn vị trực thuộc;
- Lưu: VT, TH.

TL. BỘ TRƯỞNG
CHÁNH VĂN PHÒNG

Trần Văn Mẫu
"""


@pytest.fixture
def unit(make):
    return make.agency(name="Bộ Thử nghiệm", abbreviation="BTN")


@pytest.fixture
def people(make, unit):
    return {
        "editor": make.person(name="Lê Thị Soạn", editor=unit),
        "second": make.person(name="Phạm Văn Hai", editor=unit),
        "approver": make.person(name="Đỗ Văn Duyệt", approver=unit),
        "stranger": make.person(editor=make.agency()),
    }


@pytest.fixture
def browser(wsgi, db, at, people):
    """`browser("editor")`: a signed-in browser of their own; `browser()`: a citizen's."""

    def opened(who: str | None = None, *, when: Any = at) -> TestApp:
        app = TestApp(wsgi, extra_environ={"portal.db": db, "portal.at": when, "tm.active": "1"})
        if who:
            sign_in_as(db, app, people[who], when)
        return app

    return opened


def begin(app: TestApp, paper: str) -> Any:
    """The edit page of the draft that a pasted paper proposes."""
    form = app.get("/ban-lam-viec/van-ban/moi").forms["van-ban-moi"]
    form["text"] = paper
    return form.submit("begin", status=303).follow(status=200)


def uid_of(page: Any) -> UUID:
    return UUID(re.search(r"/([0-9a-f-]{36})", page.request.path)[1])


def edition_of(db: Any, page: Any) -> Edition:
    item = queries.item_by_uid(db, uid_of(page))
    assert item is not None
    return item.working or item.live


def confirmed(form: Any, doubts: Any) -> Any:
    """Every doubt ticked as compared with the paper."""
    for box in form.fields.get("confirmed", []):
        if box._value in doubts:
            box.checked = True
    return form


def act(app: TestApp, item: Item, action: str, *, status: int = 303, **sent: str) -> Any:
    """Press the button of `action` on the item's page; what stands in its form is sent with `sent` over it."""
    page = app.get(f"/ban-lam-viec/muc/{item.uid}")
    form = next(f for f in page.forms.values() if f.action.endswith(action))
    for name, value in sent.items():
        form[name] = value
    return form.submit(status=status)


@pytest.fixture
def draft(make, unit, people):
    return make.notice(unit, by=people["editor"], number="12", notation="TB-BTN", title="Về việc bảo trì")


@pytest.fixture
def published(db, draft, people, at):
    service.publish(db, draft, version=draft.version, by=people["approver"], at=at)
    return draft


def edit(app: TestApp, edition: Edition) -> Any:
    return app.get(f"/ban-lam-viec/van-ban/{edition.item.uid}/sua").forms["van-ban"]
