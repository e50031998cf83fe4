"""The register and the calendar as the project ships them."""

import pytest

from portal.agencies.calendar import Calendar
from portal.agencies.register import Register
from portal.settings import ROOT


@pytest.fixture(scope="session")
def register() -> Register:
    return Register.load(ROOT / "content" / "register")


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return Calendar.load(ROOT / "content" / "calendar" / "vn.toml")
