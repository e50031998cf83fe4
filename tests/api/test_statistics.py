"""Public figures of dossiers for programs: what the page says, by its schema, and nothing about single people."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from makers import Makers
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.dossiers import service
from portal.dossiers.applications import Application, Person
from portal.dossiers.following import statistics
from portal.dossiers.officers import Officer

ADDRESS = "/api/v1/statistics/dossiers"


@pytest.fixture
def unit(db: Session, make: Makers, config: Any, at: datetime) -> Any:
    """A unit that received six dossiers on the 2nd of March."""
    made = make.agency("H17.05", "Sở thử nghiệm")
    officer = Officer(db, make.person(receptionist=made))
    edition, office = make.procedure(made, published=True), config.registry["portal.dossiers"]
    for number in range(6):
        application = Application(edition, made, made, Person(name="Nguyễn Thị Hoa"))
        dossier = service.register(db, application, f"key {number}", office, by=service.APPLICANT, at=at).dossier
        service.receive(db, dossier, office, seen=1, by=officer, at=at)
    return made


@pytest.fixture
def later(app: TestApp, at: datetime) -> TestApp:
    app.extra_environ["portal.at"] = at + timedelta(days=3)
    return app


def test_it_says_what_the_page_says(later: TestApp, unit: Any, db: Session) -> None:
    answer = later.get(ADDRESS).json
    total = statistics.published(db, 2026, date(2026, 3, 5)).total.law
    assert total is not None
    assert answer["total"]["law"]["received"] == total.received == 6
    assert (answer["first"], answer["last"]) == ("2026-01-01", "2026-03-04")
    assert [row["key"] for row in answer["agencies"]] == [unit.key]


def test_the_answer_follows_its_description(later: TestApp, unit: Any) -> None:
    described = later.get("/api/v1/openapi.json").json
    assert "get" in described["paths"][ADDRESS]
    schema = {**described["components"]["schemas"]["DossierStatistics"], "components": described["components"]}
    for address in (ADDRESS, f"{ADDRESS}?agency={unit.key}", f"{ADDRESS}?agency=H17.05&year=2026", f"/en{ADDRESS}"):
        assert list(Draft202012Validator(schema).iter_errors(later.get(address).json)) == []


@pytest.mark.parametrize(
    "query", ["year=1999", "year=x", "agency=khong-co", "agency=", "nam=2026", "year=2026&year=2026"]
)
def test_a_parameter_that_has_no_meaning_is_refused(later: TestApp, unit: Any, query: str) -> None:
    answer = later.get(f"{ADDRESS}?{query}", status=422)
    assert answer.content_type == "application/problem+json"
    assert answer.json["errors"][0]["parameter"] == query.split("=", maxsplit=1)[0]


def test_too_few_are_not_told(later: TestApp, unit: Any, make: Makers) -> None:
    answer = later.get(ADDRESS, {"agency": make.agency("H17.06").key}).json
    assert answer["total"]["law"]["received"] == 0
    assert "Hoa" not in later.get(ADDRESS).text
