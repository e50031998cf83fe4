"""A browser that follows dossiers."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from dossiers.conftest import Counter
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from portal import files
from portal.dossiers.applications import HandedIn, Receipt
from portal.dossiers.office import Office
from portal.dossiers.states import Outcome


@dataclass
class Browser:
    """`browser.open(receipt)` shows code and secret; `browser.at(moment)` asks later."""

    app: TestApp

    def lookup(self, code: str, secret: str, *, prefix: str = "", query: str = "", **more: Any) -> TestResponse:
        page = self.app.get(f"{prefix}/tra-cuu-ho-so{query}")
        form = page.forms["tra-cuu"]
        form["code"], form["secret"] = code, secret
        return form.submit(expect_errors=True, **more)

    def open(self, receipt: Receipt, prefix: str = "") -> TestResponse:
        return self.lookup(receipt.code, receipt.secret, prefix=prefix).follow()

    def at(self, moment: datetime) -> None:
        self.app.extra_environ["portal.at"] = moment


@pytest.fixture
def browser_of(app: TestApp) -> Browser:
    return Browser(app)


@pytest.fixture
def other_app(wsgi: Any, db: Session, at: datetime) -> TestApp:
    """Somebody else's browser."""
    return TestApp(wsgi, extra_environ={"portal.db": db, "portal.at": at, "tm.active": "1"})


@pytest.fixture
def result_file(db: Session, office: Office, at: datetime) -> HandedIn:
    content = io.BytesIO("Giấy phép đã ký\n".encode())
    kept = files.store(
        db, content, name="giay-phep.txt", at=at, limits=files.Limits(size=10**6), directory=office.files_dir
    )
    return HandedIn(kept.sha256, "Giấy phép.txt")


@pytest.fixture
def decided(counter: Counter, result_file: HandedIn, at: datetime) -> Receipt:
    """A dossier that was received and decided with a file, in time."""
    receipt: Receipt = counter.receipt()
    counter.do("receive", receipt.dossier)
    later = at + timedelta(days=1)
    counter.do(
        "decide",
        receipt.dossier,
        outcome=Outcome.GRANTED,
        number="12/GP-STN",
        signed_on=later.date(),
        files=(result_file,),
        at=later,
    )
    return receipt
