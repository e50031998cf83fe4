"""Officers at the desk: `desk(officer)` signs in; `.send(…)` sends the form of an act as its page showed it."""

from dataclasses import dataclass
from typing import Any

import pytest
from webtest import TestApp, TestResponse

BASE = "/ban-lam-viec/ho-so"


def field(form: Any, name: str) -> Any:
    """A field by its name; choices stand in a group of their own."""
    return form[name] if name in form.fields else form[f"{form.id}-{name}"]


def fill(form: Any, **fields: Any) -> None:
    for name, value in fields.items():
        field(form, name).value = value


@dataclass
class Desk:
    """What one officer sees and does."""

    app: TestApp

    def get(self, dossier: Any = None, below: str = "", **more: Any) -> TestResponse:
        address = f"{BASE}/{dossier.uid}{below}" if dossier is not None else f"{BASE}{below}"
        return self.app.get(address, **more)

    def form(self, dossier: Any, act: str) -> Any:
        return self.get(dossier, f"/{act}").forms["thao-tac"]

    def send(self, dossier: Any, act: str, status: int = 303, **fields: Any) -> TestResponse:
        """Open the page of the act, fill its form, send it."""
        form = self.form(dossier, act)
        fill(form, **fields)
        return form.submit("do", status=status)


@pytest.fixture
def desk(app: TestApp, sign_in: Any) -> Any:
    def at(officer: Any) -> Desk:
        sign_in(app, officer.person)
        return Desk(app)

    return at
