"""The register in memory answers as the database does."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.agencies import queries, snapshot
from portal.agencies.register import Register
from portal.agencies.service import load_register

DAYS = (None, date(1995, 6, 1), date(2015, 6, 1), date(2025, 2, 28), date(2026, 3, 2))


@pytest.fixture
def loaded(db: Session, settings: Any, at: datetime) -> Register:
    register = Register.load(settings.content_dir / "register")
    load_register(db, register, at)
    return register


def test_every_name_and_code_means_the_same_unit_as_in_the_database(db: Session, loaded: Register) -> None:
    taken = snapshot.take(db)
    for entry in loaded.entries[::7]:
        for on in DAYS:
            for name in (*entry.names, entry.name.upper(), f"Bộ trưởng {entry.name}"):
                found = queries.resolver(db, name, on)
                assert taken.id_of(None, name, on) == (found.id if found else None), (name, on)
            if entry.code:
                by_code = queries.by_code(db, entry.code, on)
                assert taken.id_of(entry.code, None, on) == (by_code.id if by_code else None), (entry.code, on)


def test_a_code_outweighs_a_name_and_an_unknown_code_falls_back_to_it(db: Session, make: Any) -> None:
    one, other = make.agency("Y91", "Một"), make.agency("Y92", "Hai")
    taken = snapshot.take(db)
    assert taken.id_of("Y91", "Hai", None) == one.id
    assert taken.id_of("Y99", "Hai", None) == other.id
    assert taken.id_of(None, "Không có", None) is None


def test_it_is_lent_to_one_session_only(db: Session) -> None:
    snapshot.lend(db, snapshot.take(db))
    assert snapshot.lent(db) is not None
    with Session(db.get_bind()) as another:
        assert snapshot.lent(another) is None
