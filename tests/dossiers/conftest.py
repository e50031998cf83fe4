"""Dossiers as citizens and officers make them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from jobs.databases import own_database
from makers import Makers
from sqlalchemy.orm import Session

from portal.agencies.calendar import Calendar
from portal.clock import from_vietnam
from portal.dossiers import service
from portal.dossiers.applications import Application, Person
from portal.dossiers.events import SHAPES, Event, Kind
from portal.dossiers.office import Office
from portal.dossiers.officers import Officer
from portal.settings import ROOT

__all__ = ["own_database"]


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return Calendar.load(ROOT / "content" / "calendar" / "vn.toml")


@pytest.fixture(scope="session")
def office(config: Any) -> Office:
    made: Office = config.registry["portal.dossiers"]
    return made


@dataclass
class Staff:
    """Two units with their people: a reception and a deciding agency."""

    reception: Any
    deciding: Any
    receptionist: Officer
    handler: Officer
    leader: Officer
    administrator: Officer
    stranger: Officer


@pytest.fixture
def staff(db: Session, make: Makers) -> Staff:
    reception = make.agency("H17.13", "Bộ phận một cửa thử nghiệm")
    deciding = make.agency("H17.05", "Sở thử nghiệm")

    def officer(**roles: Any) -> Officer:
        return Officer(db, make.person(**roles))

    return Staff(
        reception,
        deciding,
        receptionist=officer(receptionist=reception),
        handler=officer(handler=deciding),
        leader=officer(approver=deciding),
        administrator=officer(administrator=[reception, deciding]),
        stranger=officer(receptionist=make.agency(), handler=make.agency(), approver=make.agency()),
    )


@dataclass
class Counter:
    """`counter.take()`: a new dossier; `counter.do("receive", …)`: an act by whoever usually does it."""

    db: Session
    office: Office
    staff: Staff
    make: Makers
    at: datetime
    count: int = 0
    procedures: dict[str, Any] = field(default_factory=dict)

    def procedure(self, limit: tuple[int, str] | None = (5, "working_days")) -> Any:
        if str(limit) not in self.procedures:
            limits = [{"amount": limit[0], "unit": limit[1], "text": "hạn"}] if limit else []
            fees = [{"kind": "le_phi", "amount": 50000, "text": "50.000 đồng"}]
            channels = [{"channel": "online", "limits": limits, "fees": fees}]
            edition = self.make.procedure(self.staff.deciding, published=True, channels=channels, fields=["dat-dai"])
            self.procedures[str(limit)] = edition
        return self.procedures[str(limit)]

    def receipt(self, *, at: datetime | None = None, limit: Any = (5, "working_days"), **more: Any) -> Any:
        self.count += 1
        given = {"name": "Nguyễn Thị Hoa", "id_number": "048090000001", "email": "hoa@vidu.vn", "phone": "0912345678"}
        answers = {"reason": "Lý do thử nghiệm"}
        application = Application(
            edition=self.procedure(limit),
            reception=self.staff.reception,
            deciding=self.staff.deciding,
            applicant=more.pop("applicant", Person(**given)),
            answers=more.pop("answers", answers),
            **more,
        )
        by = service.APPLICANT
        return service.register(self.db, application, f"key {self.count}", self.office, by=by, at=at or self.at)

    def take(self, **more: Any) -> Any:
        return self.receipt(**more).dossier

    def do(self, act: str, dossier: Any, *, by: Any = None, at: datetime | None = None, **more: Any) -> Any:
        usual = {
            "receive": self.staff.receptionist,
            "refuse": self.staff.receptionist,
            "transfer": self.staff.receptionist,
            "return_result": self.staff.receptionist,
            "ask_supplement": self.staff.receptionist,
            "ask_fee": self.staff.receptionist,
            "note_payment": self.staff.receptionist,
            "note": self.staff.receptionist,
            "correct": self.staff.receptionist,
            "renew_secret": self.staff.receptionist,
            "announce_result": self.staff.receptionist,
            "give_supplement": None,
            "withdraw": None,
            "erase": self.staff.administrator,
        }
        who = by or usual.get(act, self.staff.leader)
        seen = more.pop("seen", dossier.version)
        return getattr(service, act)(self.db, dossier, self.office, seen=seen, by=who, at=at or self.at, **more)


@pytest.fixture
def counter(db: Session, office: Office, staff: Staff, make: Makers, at: datetime) -> Counter:
    return Counter(db, office, staff, make, at)


def vn(*parts: int) -> datetime:
    """A Vietnamese wall-clock time as a UTC moment."""
    return from_vietnam(datetime(*parts))  # type: ignore[arg-type]  # noqa: DTZ001 - naive on purpose


UNKNOWN = "00000000-0000-7000-8000-000000000000"
SUBMITTED = {
    "code": "H17-20260302-0000001",
    "profile": "vn-2018",
    "channel": "online",
    "procedure": UNKNOWN,
    "edition": UNKNOWN,
    "procedure_code": None,
    "title": "Thử nghiệm",
    "field": None,
    "form": None,
    "answers": None,
    "limit": {"amount": 5, "unit": "working_days"},
    "fees": [],
    "support": None,
    "reception": UNKNOWN,
    "deciding": UNKNOWN,
}


def story(*told: tuple[Any, ...], **submitted: Any) -> list[Event]:
    """Events from (kind, at, facts): the submission stands before them, a minute earlier than the first."""
    first = told[0][1] if told else datetime(2026, 3, 2, 2, tzinfo=UTC)
    events = [Event(1, Kind.SUBMITTED, first, SUBMITTED | submitted)]
    for number, (kind, at, *facts) in enumerate(told, 2):
        payload = dict.fromkeys(SHAPES[Kind(kind)]) | (facts[0] if facts else {})
        events.append(Event(number, Kind(kind), at, payload))
    return events
