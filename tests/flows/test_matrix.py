"""Everybody asks everything in every state, over HTTP, and gets what the table in `table.py` says (invariant 11)."""

from collections.abc import Iterator
from typing import Any

import once
import pytest
from flows import permissions, table
from flows.table import DRAFT, NOBODY, PEOPLE, VIEWS, WHO, View, asked_states
from flows.world import PERSONAL, REFUSED, SECRET, World
from webtest import TestApp, TestResponse

from portal.rules import allowed

pytestmark = pytest.mark.unmeasured  # so many questions to the same code, which other tests measure
UNDERSTOOD = (200, 301, 302, 303, 404, 409, 410, 422)
"""What somebody who may is answered: done, or a clear reason why it is not possible in this state."""


def stated_views(config: Any) -> Iterator[tuple[str, str | None]]:
    """Name and permission of every view that has an address, as the program itself says."""
    for entry in config.introspector.get_category("views"):
        view = entry["introspectable"]
        if view.get("route_name"):
            methods = view["request_methods"]
            asked = ",".join(sorted([methods] if isinstance(methods, str) else methods)) if methods else ""
            given = next((r["value"] for r in entry["related"] if r.category_name == "permissions"), None)
            match = f"[{view['match_param']}]" if view.get("match_param") else ""
            yield f"{view['route_name']}{match} {asked}".strip(), given


def test_every_view_stands_in_the_table_with_its_permission(config):
    found = dict(stated_views(config))
    unknown = sorted(set(found) - set(VIEWS))
    assert not unknown, f"say in tests/flows/table.py who may do this: {unknown}"
    gone = sorted(set(VIEWS) - set(found))
    assert not gone, f"these views are gone, or answer to another method: {gone}"
    assert {name: view.permission for name, view in VIEWS.items()} == found


def test_every_permission_is_used_and_has_a_row(config):
    stated = {permission for _name, permission in stated_views(config)}
    assert set(config.registry["portal.rules"]) == set(WHO)
    assert set(WHO) - stated == table.CHECKED_INSIDE


def test_every_route_leads_to_a_view(config):
    routes = {entry["introspectable"]["name"] for entry in config.introspector.get_category("routes")}
    assert routes == {name.split(" ")[0].split("[")[0] for name in VIEWS}


def test_a_permission_without_a_rule_is_denied_to_everybody(config, world):
    rules = config.registry["portal.rules"]
    assert not allowed(rules, "khong.co", None, None)


@pytest.mark.parametrize("name", VIEWS)
def test_everybody_gets_what_the_table_says(name: str, asked: TestApp, world: World, config: Any) -> None:
    view = VIEWS[name]
    wrong = [
        f"{person}, {state}: {answer.status}"
        for state in asked_states(view)
        for person in askers(view, state)
        for answer in answers(world, asked, config, view, person, state)
        if not as_expected(view, person, state, answer)
    ]
    assert not wrong, "\n".join([f"{name} ({view.permission})", *wrong])


def askers(view: View, state: str) -> tuple[str, ...]:
    """Everybody; on a second database, where rules are no different, a visitor and one who may."""
    may = [one for one in PEOPLE if one != NOBODY and (one, state) in WHO[view.permission]]
    return (NOBODY, *may[:1]) if once.SECOND else PEOPLE


def answers(world: World, app: TestApp, config: Any, view: View, person: str, state: str) -> Iterator[TestResponse]:
    """What the person is answered; no answer tells a secret to somebody who may not read it."""
    values = world.values(state) | {"asset": config.registry["portal.assets"]["public.css"].path}
    address = view.address.format(**values)
    sent = None if view.sent is None else {key: text.format(**values) for key, text in view.sent.items()}
    answer = world.ask(app, person, "GET" if sent is None else "POST", address, sent)
    if (person, DRAFT) not in WHO["publishing.read_edition"]:
        assert SECRET not in told(answer).replace(address, ""), f"{person} reads a secret at {address} ({state})"
    copy = address.endswith("/ban-sao") and (person, DRAFT) in WHO["dossiers.export"]  # made to be handed over
    if (person, DRAFT) not in WHO["dossiers.read_personal"] and not copy:
        assert PERSONAL not in told(answer), f"{person} reads personal data at {address}"
    yield answer


def told(answer: TestResponse) -> str:
    """Everything that reaches the person: headers and body."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{headers}\n{answer.body.decode('utf-8', 'replace')}"


def as_expected(view: View, person: str, state: str, answer: TestResponse) -> bool:
    if (person, state) in WHO[view.permission]:
        if state in view.answers:
            return answer.status_int == view.answers[state]
        return answer.status_int in UNDERSTOOD and not leads_to_sign_in(answer)
    if person == NOBODY and view.denied in REFUSED:
        return leads_to_sign_in(answer)
    return answer.status_int == view.denied


def leads_to_sign_in(answer: TestResponse) -> bool:
    return answer.status_int == 303 and "/dang-nhap" in answer.location


CHANNELS = (
    "/van-ban?q=Tuyệt mật",
    "/van-ban?q=701",
    "/tim-kiem?q=Tuyệt mật",
    "/en/van-ban?q=Tuyệt mật",
    "/en/van-ban.atom",
    "/en/",
    "/en/sitemap-1.xml",
    "/ban-lam-viec/van-ban?q=Tuyệt",
    "/ban-lam-viec/van-ban?trang-thai=draft",
    "/ban-lam-viec/trang",
    "/khong-co/Tuyet-mat",
)


@pytest.mark.parametrize("person", [p for p in PEOPLE if (p, DRAFT) not in WHO["publishing.read_edition"]])
@pytest.mark.parametrize("address", CHANNELS)
def test_asking_for_a_secret_by_its_words_does_not_find_it(world, asked, person, address):
    answer = world.ask(asked, person, "GET", address)
    found = told(answer).replace('value="Tuyệt mật"', "").replace('value="Tuyệt"', "")
    for title in ("Tuyệt mật draft", "Tuyệt mật in_review", "Tuyệt mật scheduled", "Tuyệt mật trang", "TB-MAT"):
        assert title not in found or (title == "TB-MAT" and "Công khai" in found)


def test_the_document_of_permissions_is_up_to_date():
    assert permissions.PLACE.read_text(encoding="utf-8") == permissions.document(), (
        "run: PYTHONPATH=tests python -m flows.permissions"
    )


def test_the_readers_of_the_unit_do_see_them(world, asked):
    """Else the tests above could not fail."""
    for person in (table.READER, table.EDITOR, table.APPROVER, table.EDITOR_ABOVE):
        listed = world.ask(asked, person, "GET", "/ban-lam-viec/van-ban")
        for state in (DRAFT, table.IN_REVIEW, table.SCHEDULED):
            assert f"{SECRET} {state}" in listed.text
