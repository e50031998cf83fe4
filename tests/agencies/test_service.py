from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import audit
from portal.agencies import queries, service
from portal.agencies.errors import BadCode, BadPeriod, CircularUnits, CodeTaken, NothingToMerge, NotInForce
from portal.agencies.kinds import Kind
from portal.agencies.models import Agency, Succession
from portal.agencies.register import Register

IN_2014, IN_2026 = date(2014, 7, 1), date(2026, 11, 1)


@pytest.fixture
def loaded(db: Session, register: Register, at: datetime) -> Session:
    service.load_register(db, register, at)
    return db


def test_loading_twice_writes_nothing_the_second_time(db: Session, register: Register, at: datetime) -> None:
    first = service.load_register(db, register, at)
    lines = audit.head(db).position
    second = service.load_register(db, register, at)
    assert first.added == len(register.entries)
    assert first.successions == len(register.successions)
    assert first.fields == len(register.fields)
    assert (second.added, second.changed, second.successions, second.fields) == (0, 0, 0, 0)
    assert audit.head(db).position == lines


def test_what_an_administrator_changed_survives_the_next_load(
    loaded: Session, register: Register, at: datetime
) -> None:
    ministry = _unit(loaded, "G18")
    service.change_unit(loaded, ministry, phone="024 6273 2273", english_name="MoH", by=None, at=at)
    service.load_register(loaded, register, at)
    assert (ministry.phone, ministry.english_name) == ("024 6273 2273", "MoH")


def test_news_of_a_unit_in_the_files_is_written(loaded: Session, register: Register, at: datetime) -> None:
    from dataclasses import replace

    renamed = [replace(e, name="Bộ Sức khỏe") if e.code == "G18" else e for e in register.entries]
    result = service.load_register(loaded, Register(tuple(renamed), register.successions, register.fields), at)
    assert result.changed == 1
    assert queries.by_name(loaded, "Bộ Sức khoẻ") is _unit(loaded, "G18")


@pytest.mark.parametrize(
    "name", ["VPCP", "vpcp", "Văn phòng Chính phủ", "van phong chinh phu", "VĂN PHÒNG\nCHÍNH PHỦ", "Chủ nhiệm VPCP"]
)
def test_a_unit_is_found_by_any_of_its_names(loaded: Session, name: str) -> None:
    assert queries.by_name(loaded, name) is _unit(loaded, "g22")
    assert queries.resolver(loaded, name) is _unit(loaded, "000.00.00.G22")


def test_the_tables_answer_as_the_files_do(loaded: Session, register: Register) -> None:
    for entry in register.entries:
        for name in entry.names:
            for day in (None, IN_2014, IN_2026):
                expected, found = register.resolve(name, day), queries.resolver(loaded, name, day)
                assert (found.key if found else None) == (expected.key if expected else None), (name, day)


def test_who_is_the_successor_is_one_query(loaded: Session) -> None:
    old = queries.by_name(loaded, "Bộ Khoa học, Công nghệ và Môi trường")
    assert old is not None
    statements: list[str] = []
    listener: Any = lambda *given: statements.append(given[2])  # noqa: E731
    event.listen(loaded.get_bind(), "before_cursor_execute", listener)
    try:
        names = [unit.name for unit in queries.successors(loaded, old, IN_2026)]
    finally:
        event.remove(loaded.get_bind(), "before_cursor_execute", listener)
    assert names == ["Bộ Khoa học và Công nghệ", "Bộ Nông nghiệp và Môi trường"]
    assert len(statements) == 1


def test_the_successor_depends_on_the_day(loaded: Session) -> None:
    old = queries.by_code(loaded, "H10", IN_2014)
    assert old is not None
    on = {
        day: [unit.name for unit in queries.successors(loaded, old, day)]
        for day in (IN_2014, date(2025, 9, 1), IN_2026)
    }
    assert on[IN_2014] == ["Ủy ban nhân dân tỉnh Bình Phước"]
    assert on[date(2025, 9, 1)] == ["Ủy ban nhân dân tỉnh Đồng Nai"]
    assert on[IN_2026] == ["Ủy ban nhân dân thành phố Đồng Nai"]


def test_a_circle_of_successions_ends(db: Session, make: Any) -> None:
    one, other = make.agency(valid_to=date(2020, 1, 1)), make.agency(valid_to=date(2020, 1, 1))
    db.add_all(
        [
            Succession(predecessor=one, successor=other, on=date(2020, 1, 2)),
            Succession(predecessor=other, successor=one, on=date(2020, 1, 2)),
        ]
    )
    db.flush()
    assert queries.successors(db, one, IN_2026) == []


def test_units_below_holds_the_unit_itself_and_every_depth(db: Session, make: Any) -> None:
    top = make.agency()
    middle = make.agency(parent=top)
    low = make.agency(parent=middle)
    beside = make.agency()
    assert queries.units_below(db, top.id) == {top.id, middle.id, low.id}
    assert queries.units_above(db, low.id) == {top.id, middle.id, low.id}
    assert queries.units_below(db, beside.id) == {beside.id}


def test_a_merger_ends_the_old_units_and_leaves_a_trace(db: Session, make: Any, at: datetime) -> None:
    """A8-5, E30: history stays, the code leads on, everybody is told who followed whom."""
    one, other, new = make.agency("H01"), make.agency("H02"), make.agency(valid_from=date(2025, 7, 1))
    service.merge(db, [one, other], [new], date(2025, 7, 1), instrument="202/2025/QH15", by=None, at=at)
    assert one.valid_to == other.valid_to == date(2025, 6, 30)
    assert queries.by_code(db, "000.00.00.H01") is one
    assert queries.successors(db, one, IN_2026) == [new]
    assert queries.successors(db, one, date(2025, 6, 30)) == [one]
    assert [line.action for line in audit.history(db, one.uid)] == ["merged"]
    assert audit.history(db, new.uid)[0].details["units"] == [one.name, other.name]


def test_a_unit_that_takes_over_others_goes_on(db: Session, make: Any, at: datetime) -> None:
    stays, goes = make.agency(), make.agency()
    service.merge(db, [stays, goes], [stays], date(2025, 3, 1), by=None, at=at)
    assert stays.valid_to is None
    assert goes.valid_to == date(2025, 2, 28)


def test_a_merger_needs_two_sides_that_exist(db: Session, make: Any, at: datetime) -> None:
    gone, here = make.agency(valid_to=date(2020, 1, 1)), make.agency()
    with pytest.raises(NothingToMerge):
        service.merge(db, [here], [here], IN_2026, by=None, at=at)
    with pytest.raises(NothingToMerge):
        service.merge(db, [here], [], IN_2026, by=None, at=at)
    with pytest.raises(NotInForce):
        service.merge(db, [gone], [here], IN_2026, by=None, at=at)


def test_two_units_never_bear_one_code_at_the_same_time(db: Session, make: Any, at: datetime) -> None:
    make.agency("H17", valid_to=date(2025, 6, 30))
    with pytest.raises(CodeTaken):
        service.add_unit(db, "Khác", kind=Kind.PROVINCE, code="h17", valid_from=date(2025, 6, 30), by=None, at=at)
    later = service.add_unit(
        db, "Khác", kind=Kind.PROVINCE, code="000.00.00.H17", valid_from=date(2025, 7, 1), by=None, at=at
    )
    assert (later.code, later.old_code) == ("H17", "000.00.00.H17")
    assert queries.by_code(db, "H17") is later
    with pytest.raises(CodeTaken):
        service.change_unit(db, later, valid_from=date(2025, 6, 1), by=None, at=at)


def test_what_makes_no_sense_is_refused(db: Session, make: Any, at: datetime) -> None:
    top = make.agency()
    low = service.add_unit(db, "Phòng Một", kind=Kind.DEPARTMENT, parent=top, by=None, at=at)
    with pytest.raises(BadCode):
        service.add_unit(db, "X", kind=Kind.OTHER, code="H17 bis", by=None, at=at)
    with pytest.raises(BadPeriod):
        service.add_unit(
            db, "X", kind=Kind.OTHER, valid_from=date(2020, 1, 2), valid_to=date(2020, 1, 1), by=None, at=at
        )
    with pytest.raises(CircularUnits):
        service.change_unit(db, top, parent=low, by=None, at=at)


def test_the_database_itself_refuses_a_wrong_period(db: Session) -> None:
    db.add(Agency(name="Sai", valid_from=date(2020, 1, 2), valid_to=date(2020, 1, 1)))
    with pytest.raises(IntegrityError):
        db.flush()


@pytest.mark.parametrize("start", ["'2020-01-01'", "NULL"])
def test_the_database_itself_refuses_one_code_from_one_day_twice(db: Session, make: Any, start: str) -> None:
    one, other = make.agency("H01"), make.agency("H02")
    with pytest.raises(IntegrityError):
        db.execute(text(f"UPDATE agencies SET code = 'H09', valid_from = {start} WHERE id IN ({one.id}, {other.id})"))


def test_changes_are_recorded_and_no_change_is_not(db: Session, make: Any, at: datetime) -> None:
    unit = make.agency(name="Sở Một")
    service.change_unit(db, unit, name="Sở Một", by=None, at=at)
    service.change_unit(db, unit, short_name="SM", parent=make.agency(name="Tỉnh"), by=None, at=at)
    (line,) = audit.history(db, unit.uid)
    assert line.details == {"short_name": "SM", "parent": "Tỉnh"}
    assert queries.by_name(db, "sm") is unit


def test_two_units_of_one_name_have_different_keys(db: Session, at: datetime) -> None:
    one = service.add_unit(db, "Phòng Tổng hợp", kind=Kind.DEPARTMENT, by=None, at=at)
    other = service.add_unit(db, "Phòng Tổng hợp", kind=Kind.DEPARTMENT, by=None, at=at)
    assert one.key != other.key
    assert queries.by_name(db, "Phòng Tổng hợp") is None


def test_search_finds_part_of_a_name_without_accents_and_by_code(loaded: Session) -> None:
    assert "Bộ Tư pháp" in [unit.name for unit in loaded.scalars(queries.search("tu phap"))]
    assert [unit.code for unit in loaded.scalars(queries.search("000.00.00.G15"))] == ["G15"]
    assert list(loaded.scalars(queries.search("100%"))) == []


def test_lists_by_day(loaded: Session) -> None:
    assert len(queries.all_in_force(loaded, IN_2014, Kind.PROVINCE)) == 63
    assert len(queries.all_in_force(loaded, IN_2026, Kind.PROVINCE)) == 34
    assert "Bộ Thông tin và Truyền thông" in [unit.name for unit in queries.former(loaded, IN_2026)]
    finance = _unit(loaded, "G12")
    assert "Cục Thuế" in [unit.name for unit in queries.children(loaded, finance.id, IN_2026)]
    assert finance in queries.roots(loaded, IN_2026, kind=Kind.MINISTRY)


def _unit(db: Session, code: str) -> Agency:
    unit = queries.by_code(db, code)
    assert unit is not None
    return unit
