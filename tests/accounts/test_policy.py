"""The security policy evaluates the rule tables, and denies what no table names."""

from dataclasses import dataclass

import pytest
from pyramid.interfaces import ISecurityPolicy
from sqlalchemy import event

from portal.accounts import service
from portal.accounts.policy import SignedIn, helpful_roles
from portal.accounts.queries import sign_in_by_hash
from portal.accounts.rules import RULES
from portal.request import Request
from portal.rules import ROLES, allowed, has_role_in_unit


@dataclass
class Thing:
    unit_id: int | None


@pytest.fixture
def identity(db, at):
    def of(person):
        token = service.open_session(db, person, at=at, ip="", agent="")
        return SignedIn(db, sign_in_by_hash(db, service.token_hash(token)))

    return of


@pytest.fixture
def statements(engine):
    seen = []

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def request_of(config, db, at):
    def of(token=None):
        request = Request.blank("/", cookies={"portal_session": token} if token else {})
        request.environ |= {"portal.db": db, "portal.at": at}
        request.registry = config.registry
        from pyramid.request import apply_request_extensions

        apply_request_extensions(request)
        return request

    return of


def test_a_permission_that_no_table_names_is_denied_to_everybody(config, request_of, db, make, at):
    policy = config.registry.getUtility(ISecurityPolicy)
    top = make.agency()
    person = make.person(administrator=top, approver=top, editor=top, reader=top)
    token = service.open_session(db, person, at=at, ip="", agent="")
    for request in (request_of(), request_of(token)):
        assert not policy.permits(request, Thing(top.id), "nobody.knows")
        assert not policy.permits(request, Thing(top.id), "")
    assert policy.permits(request_of(token), Thing(top.id), "accounts.own")


def test_a_denial_knows_which_roles_would_have_helped(config, request_of):
    denied = config.registry.getUtility(ISecurityPolicy).permits(request_of(), None, "accounts.list")
    assert not denied
    assert denied.roles == ("administrator",)
    assert "accounts.list" in denied.msg


def test_helpful_roles_are_read_from_the_names_of_the_rules():
    table = {"x": [[has_role_in_unit("approver")], [has_role_in_unit("editor")]]}
    assert helpful_roles(table, "x") == ("editor", "approver")
    assert helpful_roles(table, "y") == ()


def test_a_role_above_counts_below_and_not_beside(make, identity):
    top = make.agency()
    below = make.agency(parent_id=top.id)
    beside = make.agency()
    someone = identity(make.person(editor=top))
    assert someone.has("editor")
    assert someone.has("editor", top.id)
    assert someone.has("editor", below.id)
    assert not someone.has("editor", beside.id)
    assert not someone.has("approver")
    assert not someone.has("approver", top.id)
    assert someone.units("editor") == frozenset({top.id, below.id})
    assert someone.units("approver") == frozenset()


def test_a_role_below_does_not_count_above(make, identity):
    top = make.agency()
    someone = identity(make.person(approver=make.agency(parent_id=top.id)))
    assert not someone.has("approver", top.id)


def test_roles_cost_two_queries_however_often_they_are_asked(make, identity, statements):
    units = [make.agency()]
    for _ in range(5):
        units.append(make.agency(parent_id=units[-1].id))
    someone = identity(make.person(editor=units[0], approver=units[2], reader=units[5]))
    statements.clear()
    for _ in range(3):
        for role in ROLES:
            someone.has(role)
            someone.units(role)
            for unit in units:
                someone.has(role, unit.id)
    assert len(statements) == 2


def test_the_matrix_of_this_package(make, identity):
    top = make.agency()
    below = make.agency(parent_id=top.id)
    beside = make.agency()
    who = {
        "nobody": None,
        "no role": identity(make.person(unit=below)),
        "editor": identity(make.person(editor=top)),
        "approver": identity(make.person(approver=top)),
        "administrator above": identity(make.person(administrator=top)),
        "administrator there": identity(make.person(administrator=below)),
        "administrator beside": identity(make.person(administrator=beside)),
    }

    @dataclass
    class Page:
        unit_ids: frozenset[int]

    page, mixed = Page(frozenset({below.id})), Page(frozenset({below.id, beside.id}))
    everybody, signed_in = set(who), set(who) - {"nobody"}
    administrators = {name for name in who if name.startswith("administrator")}
    there = {"administrator above", "administrator there"}
    expected = {
        "accounts.sign_in": (page, everybody),
        "accounts.own": (page, signed_in),
        "accounts.list": (page, administrators),
        "accounts.add": (page, administrators),
        "accounts.grant": (page, there),
        "accounts.see": (page, there),
        "accounts.change": (page, there),
    }
    assert set(expected) == set(RULES)
    for permission, (context, may) in expected.items():
        assert {name for name, one in who.items() if allowed(RULES, permission, one, context)} == may, permission
    sees_mixed = {name for name, one in who.items() if allowed(RULES, "accounts.see", one, mixed)}
    assert sees_mixed == administrators
    assert not [name for name, one in who.items() if allowed(RULES, "accounts.change", one, mixed)]
