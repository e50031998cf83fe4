"""What the form computes is the fee that pages and papers tell (A5-3)."""

from typing import Any

import pytest
from dossiers.applying.conftest import Walk
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.dossiers.events import Kind
from portal.dossiers.models import Dossier
from portal.dossiers.printing import facts
from portal.dossiers.profiles import Paper
from portal.dossiers.service import log

COPIES = {
    "id": "ban_sao",
    "title": "Bản sao",
    "fields": [
        {"id": "so_ban", "type": "number", "label": "Số bản"},
        {"id": "von", "type": "computed", "label": "Tổng vốn", "formula": "so_ban × 7", "unit": "đồng"},
        {"id": "phi", "type": "computed", "label": "Phí bản sao", "formula": "so_ban × 8000", "unit": "đồng"},
    ],
}
FEES = {
    "free": {"kind": "phi", "amount": 0, "text": "Miễn phí"},
    "each": {"kind": "phi", "amount": 8000, "text": "8.000 đồng (mỗi bản sao)", "note": "mỗi bản sao"},
}


def main(page: Any) -> str:
    return " ".join(page.html.main.get_text(" ").split())


@pytest.fixture
def begun(citizen: Any, make: Any, staff: Any) -> Any:
    def one(fee: str) -> Walk:
        form = make.eform(staff.deciding, published=True, definition={"title": "Tờ khai", "sections": [COPIES]})
        channels = [{"channel": "online", "limits": [], "fees": [FEES[fee]]}]
        make.procedure(
            staff.deciding,
            published=True,
            code="1.007777",
            channels=channels,
            eform=str(form.item.uid),
            service="toan-trinh",
        )
        page = citizen().get("/nop-ho-so/1.007777/H17.05")
        start = next(f for f in page.forms.values() if f.action.endswith("/H17.05"))
        return Walk(page.test_app, start.submit(status=303).follow())

    return one


@pytest.mark.parametrize(("fee", "own"), [("free", None), ("each", "8.000 đồng (mỗi bản sao)")])
def test_the_fee_of_the_form_is_told_and_free_is_not(db: Session, begun: Any, fee: str, own: str | None) -> None:
    one = begun(fee)
    if own is None:
        assert "Miễn phí" not in main(one.page)
        assert "Tính theo tờ khai" in main(one.page)
    check = one.open("ban_sao").fill(so_ban="2").page
    receipt = one.submit().follow()
    for page in (check, receipt):
        assert "Phí theo tờ khai: 16.000 đồng" in main(page)
        assert "Miễn phí" not in main(page)
        assert own is None or own in main(page)
    dossier = db.scalars(select(Dossier)).one()
    event = log.events_of(db, dossier)[0]
    assert event.kind is Kind.SUBMITTED
    told = facts.facts_of(db, dossier, Paper.RECEIPT, one.app.app.registry["portal.dossiers"], event)["fees"]
    assert told == ([own] if own else []) + ["Phí theo tờ khai: 16.000 đồng"]


def test_a_fee_of_nothing_leaves_the_procedure_free(begun: Any) -> None:
    one = begun("free")
    check = one.open("ban_sao").fill(so_ban="0").page
    for page in (check, one.submit().follow()):
        assert "Miễn phí" in main(page)
        assert "theo tờ khai" not in main(page)
