"""What a visitor who means harm, or a broken client, is answered: a clear refusal, never a crash, never a leak."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import once
import pytest
from flows import addresses, table
from flows.addresses import PARAMETERS, SHA256, filled, one_by_one, patterns, placeholders
from flows.inert import live_parts
from flows.table import EDITOR, NOBODY, VIEWS, WHO
from flows.world import World
from webtest import TestApp, TestResponse

pytestmark = pytest.mark.unmeasured  # so many questions to the same code, which other tests measure
ANSWERED = frozenset({200, 301, 302, 303, 304, 400, 401, 403, 404, 405, 409, 410, 413, 414, 415, 422, 429})
ASKING = (EDITOR,) if once.SECOND else (NOBODY, EDITOR)
EVERY_ROUTE = pytest.mark.parametrize("route", sorted({name.split(" ")[0].split("[")[0] for name in VIEWS}))
HOSTILE_PATHS = (
    "..",
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%252e%252e%252fetc%252fpasswd",
    "..%5c..%5cwindows%5cwin.ini",
    "%00",
    "a%00.txt",
    "%0d%0aSet-Cookie:%20a=b",
    "%E5%98%8A%E5%98%8DSet-Cookie:a",
    "%ff%fe",
    "%c0%ae%c0%ae",
    "%ed%a0%80",
    "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "%7B%7B7*7%7D%7D",
    "9" * 5000,
    "9" * 30,
    "-1",
    "%C2%B2",
    "%D9%A1",
    "a" * 20_000,
    "%F0%9F%87%BB",
    "'%20OR%201=1--",
)
STORED = ("%00", "a%00.txt", "%ed%a0%80", "9" * 5000, "9" * 30, "-1", "%F0%9F%87%BB", "'%20OR%201=1--")
"""Of these, what one database may take and another may not."""
HOSTILE_VALUES = (
    "%00",
    "%ff",
    "%ed%a0%80",
    "%C2%B2",
    "%D9%A1",
    "-1",
    "0",
    "9" * 5000,
    "9" * 30,
    "1e9",
    "%0d%0aSet-Cookie:%20a=b",
    "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "a" * 10_000,
    "%25",
    "%E2%80%AE",
    "00000000-0000-0000-0000-000000000000",
)


def request(app: TestApp, address: str, method: str = "GET", **more: Any) -> TestResponse:
    """An address exactly as written, whatever stands in it."""
    app.reset()
    return app.request(address, method=method, expect_errors=True, **more)


def wrong_with(answer: TestResponse, address: str) -> str | None:
    """What a person would rightly complain of."""
    english = address == "/en" or address.startswith("/en/")
    by_protocol = "Tus-Resumable" in answer.headers  # whose 412 is said to a program
    if answer.status_int not in ANSWERED and not by_protocol:
        return answer.status
    if b"root:" in answer.body[:2000] or any("\n" in value for value in answer.headers.values()):
        return "leak"
    if "a=b" in answer.headers.get("Set-Cookie", ""):
        return "header injected"
    if answer.status_int >= 400 and answer.content_type == "text/html" and not by_protocol:
        if answer.html.html["lang"] != ("en" if english else "vi"):
            return "wrong language"
        if not answer.html.h1 or len(answer.html.main.get_text(strip=True)) < 40:
            return "no reason"
    parts = live_parts(answer)
    return f"not inert: {parts[0]}" if parts else None


def complaints(asked: TestApp, world: World, people: tuple[str, ...], urls: Iterator[str] | list[str]) -> list[str]:
    found = []
    for url in urls:
        for person in people:
            trouble = wrong_with(request(asked, url, headers=world.cookie(person)), url)
            if trouble:
                found.append(f"{person} {url[:80]} → {trouble}")
    return found


@pytest.fixture
def values(world: World) -> dict[str, str]:
    """What fills the placeholders so that the address is right."""
    known = world.values(table.DRAFT)
    return known | {
        "slug": "thu-nghiem",
        "key": known["unit_key"],
        "token": "x" * 43,
        "action": "gui-duyet",
        "hash": "0" * 12,
        "name": "public.css",
        "sha256": SHA256,
        "part": "1",
        "type": "thong-bao",
        "issuer": known["unit_key"],
        "field": "thu-nghiem",
        "year": "2026",
        "code": "1.007777",
        "agency": known["unit_key"],
        "audience": "cong-dan",
        "event": "sinh-con",
        "letter": "T",
        "node": "n1",
        "act": "tiep-nhan",
        "section": "nguoi_nop",
    }


@EVERY_ROUTE
def test_hostile_paths_are_refused(route, asked, world, config, values):
    pattern = patterns(config)[route]
    urls = [
        url for hostile in (STORED if once.SECOND else HOSTILE_PATHS) for url in one_by_one(pattern, values, hostile)
    ]
    if placeholders(pattern):
        urls += ["/en" + url for url in urls[:3]]
    if placeholders(pattern) == ["uid"] or "person" in pattern:
        values["uid"] = values["person"]
    assert not complaints(asked, world, ASKING, urls)


@pytest.mark.parametrize("hostile", HOSTILE_PATHS)
def test_a_hostile_address_outside_all_routes_is_refused(asked, world, hostile):
    urls = [f"/{hostile}", f"/en/{hostile}", f"/x/{hostile}/y", f"//{hostile}", f"/tep/{hostile}/{hostile}"]
    assert not complaints(asked, world, (NOBODY,), urls)


@pytest.mark.parametrize("route", PARAMETERS)
def test_hostile_parameters_are_refused(route, asked, world, config, values):
    page = filled(patterns(config)[route], values)
    urls = [f"{page}?{name}={hostile}" for name in PARAMETERS[route] for hostile in HOSTILE_VALUES]
    people = ASKING if not page.startswith("/ban-lam-viec") else (EDITOR, table.ADMINISTRATOR)
    assert not complaints(asked, world, people, urls)


@EVERY_ROUTE
def test_a_query_that_is_not_utf8_is_refused(route, asked, world, config, values):
    page = filled(patterns(config)[route], values)
    assert not complaints(asked, world, ASKING, [f"{page}?q=%ff%fe&%ff=1", f"/en{page}?%c0%ae=1", f"{page}?%"])


BAD_BODIES = {
    "not utf-8": ("application/x-www-form-urlencoded", b"title=%ff%fe&csrf_token={token}&version=1"),
    "raw bytes": ("application/x-www-form-urlencoded", b"title=\xff\xfe\x00&csrf_token={token}&version=1"),
    "no boundary": ("multipart/form-data", b"--x\r\n\r\n--x--"),
    "broken boundary": ("multipart/form-data; boundary=\xe9\x00", b"--x"),
    "other boundary": ("multipart/form-data; boundary=a", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--"),
    "cut off": ("multipart/form-data; boundary=a", b'--a\r\nContent-Disposition: form-data; name="title"\r\n\r\nx'),
    "no name": ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--\r\n"),
    "text as form": ("text/plain", b"title=x"),
    "json": ("application/json", b'{"title": "x", "csrf_token": "{token}"}'),
    "broken json": ("application/json", b'{"title": '),
    "deep json": ("application/json", b"[" * 100_000),
    "charset": ("application/x-www-form-urlencoded; charset=utf-7", b"title=x&csrf_token={token}"),
    "unknown charset": ("application/x-www-form-urlencoded; charset=khong-co", b"title=x&csrf_token={token}"),
    "no type": ("", b"title=x"),
    "nonsense type": ("x", b"title=x"),
}


def posts() -> list[str]:
    """Every view that takes a POST: those that say so, and those that say nothing of methods and change something."""
    silent = ("accounts.own", "accounts.password", "accounts.add_person", "accounts.change_person")
    return [name for name in VIEWS if name.endswith(" POST") or name in (*silent, "accounts.choose_password")]


def poster_of(name: str) -> tuple[str, str]:
    """Somebody who may, and the state in which they may."""
    rule = WHO[VIEWS[name].permission]
    return next((person, state) for person in table.PEOPLE for state in table.STATES if (person, state) in rule)


@pytest.mark.any_database
@pytest.mark.parametrize("body", BAD_BODIES)
def test_a_malformed_body_is_refused(body, asked, world):
    media_type, content = BAD_BODIES[body]
    found = []
    for name in posts():
        person, state = poster_of(name)
        address = VIEWS[name].address.format(**world.values(state))
        token = world.csrf(asked, person)["csrf_token"]
        cookie = world.cookie(person) or {"Cookie": "; ".join(f"{k}={v}" for k, v in asked.cookies.items())}
        headers = {**cookie, "X-CSRF-Token": token, "Content-Type": media_type}
        savepoint = world.db.begin_nested()
        answer = request(asked, address, "POST", headers=headers, body=content.replace(b"{token}", token.encode()))
        savepoint.rollback()
        world.db.expire_all()
        trouble = wrong_with(answer, address)
        if trouble:
            found.append(f"{name} → {trouble}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", posts())
def test_a_file_where_text_belongs_is_refused(name, asked, world):
    person, state = poster_of(name)
    view = VIEWS[name]
    address = view.address.format(**world.values(state))
    names = {*(view.sent or {}), "version", "name", "title", "email", "password", "unit", "text", "uid", "remove", "tu"}
    names |= {"current", "change_note", "minor", "why", "day", "hour", "path", "role", "active", "body", "__start__"}
    sent = [(each, f"{each}.txt", b"noi dung", "text/plain") for each in sorted(names)]
    answer = world.ask(asked, person, "POST", address, {}, upload_files=sent)
    assert wrong_with(answer, address) is None
    token = ("csrf_token", "t.txt", b"noi dung", "text/plain")
    answer = world.ask(asked, person, "POST", address, {"csrf_token": ""}, upload_files=[token])
    assert answer.status_int in (303, 400)


@pytest.mark.parametrize("name", posts())
@pytest.mark.parametrize("token", ["missing", "wrong", "of somebody else", "not ascii"])
def test_a_form_without_the_right_token_does_nothing(name, token, asked, world):
    person, state = poster_of(name)
    view = VIEWS[name]
    values = world.values(state)
    sent = {key: text.format(**values) for key, text in (view.sent or {"name": "Tên khác"}).items()}
    other = next(each for each in world.tokens if each != person)
    wrong = {"missing": None, "wrong": "0" * 64, "of somebody else": world.csrf(asked, other)["csrf_token"]}
    sent["csrf_token"] = wrong.get(token, "không phải") or ""
    answer = world.ask(asked, person, "POST", view.address.format(**values), sent)
    assert answer.status_int == 400
    assert "Location" not in answer.headers


@EVERY_ROUTE
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "HEAD", "get"])
def test_other_methods_do_nothing(route, method, asked, world, config, values):
    address = filled(patterns(config)[route], values)
    before = changes(world)
    for person in (NOBODY, table.APPROVER):
        answer = request(asked, address, method, headers={**world.cookie(person), "X-HTTP-Method-Override": "POST"})
        trouble = wrong_with(answer, address) if answer.body else None
        assert trouble is None, (person, trouble)
        if method not in ("OPTIONS", "TRACE", "HEAD"):
            assert answer.status_int >= 400 or answer.status_int == 303
    assert changes(world) == before


def changes(world: World) -> int:
    """How many changes the record holds: nothing changes without a line in it."""
    from sqlalchemy import func, select

    from portal.audit.models import AuditLine

    return world.db.scalar(select(func.count()).select_from(AuditLine)) or 0


@pytest.mark.parametrize(
    "cookie",
    [
        "portal_session=",
        "portal_session=%00",
        "portal_session=\xff\xfe",
        "portal_session=" + "a" * 100_000,
        "portal_session=a; portal_session=b",
        "portal_state=gibberish",
        "portal_state=" + "A" * 200,
        "=; ;;;",
        "\x00=\x01",
        'portal_session="\\377\\376"',
        "__Host-portal_session=a",
    ],
)
def test_bad_cookies_are_as_good_as_none(asked, cookie):
    for address in ("/", "/dang-nhap", "/ban-lam-viec", "/khong-co"):
        answer = request(asked, address, headers={"Cookie": cookie})
        assert wrong_with(answer, address) is None
        assert answer.status_int == {"/ban-lam-viec": 303, "/khong-co": 404}.get(address, 200)


OTHER_HOSTS = ("evil.example", "evil.example:80", "a b", "<script>", "localhost@evil.example", "")


@pytest.mark.parametrize("host", OTHER_HOSTS)
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/van-ban",
        "/khong-co",
        "/dang-nhap",
        "/van-ban.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/ban-lam-viec/van-ban",
    ],
)
def test_another_host_name_gets_into_no_page(asked, host, address):
    answer = request(asked, address, headers={"Host": host})
    assert answer.status_int in ANSWERED
    assert not host or host not in answer.text


OTHER_SITES = (
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://localhost@evil.example/",
    "http://localhost.evil.example/",
    "///evil.example",
    "/x\r\nSet-Cookie: a=b",
    "//localhost//evil.example",
)


@pytest.mark.parametrize("target", OTHER_SITES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_signing_in_leads_to_our_own_pages_only(asked, world, target, prefix):
    asked.reset()
    answer = asked.get(f"{prefix}/dang-nhap", {"den": target}, headers=world.cookie(EDITOR), expect_errors=True)
    assert answer.status_int == 303
    assert re.match(r"http://localhost/(?![/\\\s])", answer.location)


@pytest.mark.parametrize("address", ["//evil.example/a", "///evil.example", "/en//evil.example", "/\\evil.example"])
def test_no_link_of_an_error_page_leads_elsewhere(asked, address):
    answer = request(asked, address)
    assert answer.status_int in (400, 404)
    assert not live_parts(answer)


def test_an_expired_sign_in_sends_nobody_elsewhere(wsgi, world):
    app = TestApp(
        wsgi,
        extra_environ={"portal.db": world.db, "portal.at": world.at + timedelta(days=1), "tm.active": "1"},
    )
    for target in OTHER_SITES[:4]:
        headers = {**world.cookie(EDITOR), "Referer": target if "//" in target else f"http://localhost{target}"}
        answer = app.post("/dang-xuat", {}, headers=headers, expect_errors=True)
        assert answer.status_int in (303, 400)
        assert "evil" not in answer.headers.get("Location", "")


def test_every_page_has_its_security_headers(asked, world, config, values):
    missing = []
    for name, pattern in patterns(config).items():
        for prefix in ("", "/en"):
            for person in ASKING:
                answer = request(asked, prefix + filled(pattern, values), headers=world.cookie(person))
                policy = answer.headers.get("Content-Security-Policy", "")
                if answer.content_type == "application/pdf":  # the viewers of browsers style their own page
                    policy = policy.replace("style-src 'unsafe-inline'", "", 1)
                safe = "default-src 'none'" in policy and "'unsafe-inline'" not in policy
                if not safe or answer.headers.get("X-Content-Type-Options") != "nosniff":
                    missing.append(f"{prefix}{name} as {person}: {policy}")
                if live_parts(answer):
                    missing.append(f"{prefix}{name} as {person}: {live_parts(answer)[0]}")
    assert not missing, "\n".join(missing)


def test_public_pages_set_no_cookie(asked, world, config, values):
    for name, view in VIEWS.items():
        if name.startswith(("accounts.", "applying.", "feedback.tell", "following.lookup")):
            continue  # their forms need a token
        if view.permission in WHO and WHO[view.permission].everybody:
            address = view.address.format(**world.values(table.PUBLISHED), asset="/assets/0/public.css")
            for prefix in ("", "/en"):
                assert "Set-Cookie" not in world.ask(asked, NOBODY, "GET", prefix + address).headers, name
    assert "Set-Cookie" not in request(asked, "/khong-co").headers


def test_every_parameter_in_this_list_is_one_that_pages_read(asked, world, config, values):
    """Else the hostile values above would meet a page that does not look at them."""
    from portal.settings import ROOT

    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "portal").rglob("*.py"))
    unread = {name for names in addresses.PARAMETERS.values() for name in names if f'"{name}"' not in source}
    assert not unread
