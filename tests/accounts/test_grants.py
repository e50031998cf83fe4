"""Roles are given and taken per unit."""

import pytest
from sqlalchemy import text

from portal import audit
from portal.accounts import queries, service
from portal.accounts.errors import AlreadyThere, LastAdministrator, NotAdministrator


def test_a_role_holds_in_all_units_below_and_nowhere_else(db, make):
    top = make.agency()
    below = make.agency(parent_id=top.id)
    deepest = make.agency(parent_id=below.id)
    beside = make.agency()
    person = make.person(editor=below)
    assert queries.units_with_roles(db, person.id) == {"editor": frozenset({below.id, deepest.id})}
    assert top.id not in queries.units_with_roles(db, person.id)["editor"]
    assert beside.id not in queries.units_with_roles(db, person.id)["editor"]


def test_giving_a_role_twice_changes_nothing(db, make, at):
    unit = make.agency()
    person = make.person(editor=unit)
    lines = len(audit.history(db, person.uid))
    service.grant(db, person, "editor", unit, by=None, at=at)
    assert len(queries.grants_of(db, person)) == 1
    assert len(audit.history(db, person.uid)) == lines


def test_only_an_administrator_of_the_unit_or_above_gives_and_takes(db, make, at):
    top = make.agency()
    below, beside = make.agency(parent_id=top.id), make.agency()
    person = make.person(unit=beside)
    above, wrong = make.person(administrator=top), make.person(administrator=beside, approver=below)
    for by in (wrong, person):
        with pytest.raises(NotAdministrator):
            service.grant(db, person, "editor", below, by=by, at=at)
    service.grant(db, person, "editor", below, by=above, at=at)
    with pytest.raises(NotAdministrator):
        service.revoke_grant(db, person, "editor", below, by=wrong, at=at)
    service.revoke_grant(db, person, "editor", below, by=above, at=at)
    assert queries.grants_of(db, person) == []
    assert [line.action for line in audit.history(db, person.uid)][:2] == ["revoked", "granted"]


def test_nobody_removes_the_last_administrator(db, make, at):
    unit = make.agency()
    only = make.person(administrator=unit)
    with pytest.raises(LastAdministrator):
        service.revoke_grant(db, only, "administrator", unit, by=only, at=at)


def test_an_administrator_above_makes_one_below_replaceable(db, make, at):
    top = make.agency()
    below = make.agency(parent_id=top.id)
    make.person(administrator=top)
    person = make.person(administrator=below)
    service.revoke_grant(db, person, "administrator", below, by=person, at=at)
    assert queries.grants_of(db, person) == []


def test_somebody_who_cannot_sign_in_does_not_count_as_another_administrator(db, make, at):
    unit = make.agency()
    only, closed = make.person(administrator=unit), make.person(administrator=unit)
    invited = service.add_person(db, email="moi@vidu.vn", name="Mới", unit=unit, by=None, at=at)
    service.grant(db, invited, "administrator", unit, by=None, at=at)
    service.deactivate(db, closed, by=only, at=at)
    with pytest.raises(LastAdministrator):
        service.revoke_grant(db, only, "administrator", unit, by=only, at=at)


def test_an_unknown_role_is_a_programming_error(db, make, at):
    unit = make.agency()
    with pytest.raises(ValueError, match="king"):
        service.grant(db, make.person(unit=unit), "king", unit, by=None, at=at)


def test_the_database_itself_refuses_unknown_roles_and_double_grants(db, make):
    from sqlalchemy.exc import IntegrityError

    unit = make.agency()
    person = make.person(editor=unit)
    insert = text(
        "INSERT INTO grants (person_id, role, unit_id, granted_at) VALUES (:p, :r, :u, '2026-03-02 00:00:00')"
    )
    for role in ("king", "editor"):
        with pytest.raises(IntegrityError), db.begin_nested():
            db.execute(insert, {"p": person.id, "r": role, "u": unit.id})


def test_an_instance_starts_with_one_administrator(db, make, at):
    unit = make.agency()
    person, token = service.first_administrator(db, email="a@vidu.vn", name="An", unit=unit, at=at)
    assert service.password_link(db, token, at=at).person is person
    assert queries.units_with_roles(db, person.id) == {"administrator": frozenset({unit.id})}
    with pytest.raises(AlreadyThere):
        service.first_administrator(db, email="b@vidu.vn", name="Bình", unit=unit, at=at)


def test_the_first_administrator_may_be_given_a_password_at_once(db, make, at):
    person, token = service.first_administrator(
        db, email="a@vidu.vn", name="An", unit=make.agency(), password="con mèo trèo cây cau", at=at
    )
    assert token is None
    assert service.sign_in(db, person.email, "con mèo trèo cây cau", at=at, ip="", agent="")
