"""The editor and the desk's scripts in a real Chromium, under the strict policy of the portal's pages."""

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from chromium import CHROMIUM
from forms.schemas import Everything
from forms.test_widgets import FULL

from portal.forms import Form
from portal.settings import ROOT

pytestmark = pytest.mark.browser

ESBUILD = ROOT / "node_modules/.bin/esbuild"
PAGE = """<!DOCTYPE html><html lang="vi"><head>
<meta charset="utf-8"><title>Sửa</title><link rel="stylesheet" href="/page.css"></head><body>
<main><h1>Sửa</h1><pre data-paper>Số: 249/TB-VPCP</pre>{form}</main>
<script src="/desk.js" defer></script><script src="/editor.js" defer></script></body></html>"""


@dataclass
class Site:
    """Static files, and a place that takes drafts."""

    folder: Path
    address: str = ""
    saved: list[str] = field(default_factory=list)
    answer: tuple[int, dict[str, Any]] = (200, {"version": 4})


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, site: Site, **kw: Any) -> None:
        self.site = site
        super().__init__(*args, directory=str(site.folder), **kw)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """Quiet: what matters is asserted."""

    def do_POST(self) -> None:
        self.site.saved.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        status, body = self.site.answer
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not ESBUILD.exists() or not CHROMIUM.exists():
        pytest.skip("needs npm ci and chromium")
    folder = tmp_path_factory.mktemp("scripts")
    entries = [str(ROOT / f"themes/base/js/{name}.js") for name in ("desk", "editor")]
    subprocess.run(
        [ESBUILD, *entries, "--bundle", "--format=iife", f"--outdir={folder}"], check=True, capture_output=True
    )
    return folder


@pytest.fixture
def site(scripts: Path, request_vi: Any) -> Iterator[Site]:
    attributes = {"data-autosave-url": "/luu", "data-version": "3"}
    form = Form(Everything(), request=request_vi, attributes=attributes)
    form.note("number", passage=(4, 7))
    (scripts / "page.css").write_text(".ProseMirror { white-space: pre-wrap } [hidden] { display: none }")
    (scripts / "index.html").write_text(PAGE.format(form=form.render(FULL)), encoding="utf-8")
    site = Site(scripts)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_port}/"
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Any, site: Site) -> Iterator[Any]:
    page = browser.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda said: page.complaints.append(said.text) if "Security Policy" in said.text else None)
    page.goto(site.address)
    page.wait_for_selector(".portal-editor__text")
    yield page
    assert page.complaints == []
    page.close()


@pytest.fixture
def press(page: Any) -> Callable[..., None]:
    """Keys at the pace of a person: ProseMirror reads the selection a moment after each."""

    def go(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key) if key[0].isupper() and len(key) > 1 else page.keyboard.type(key)
            page.wait_for_timeout(30)

    return go


def into_editor(page: Any, press: Callable[..., None]) -> None:
    page.focus("#form-body")
    page.wait_for_timeout(60)
    press("Control+End", "Enter")


def kept(page: Any) -> str:
    page.wait_for_timeout(350)
    return str(page.evaluate("document.querySelector('#form-body-source').value")).split("<p>Hai</p>", 1)[1].strip()


def test_formatting_by_keyboard_alone(page: Any, press: Callable[..., None]) -> None:
    into_editor(page, press)
    press(
        "mot ",
        "Control+b",
        "hai",
        "Control+b",
        "Enter",
        "Control+Alt+3",
        "ba",
        "Enter",
        "Control+Shift+8",
        "bon",
        "Enter",
    )
    press("Tab", "nam", "Enter", "Enter", "Enter", "sau", "Shift+Home", "Control+k", "https://chinhphu.vn", "Enter")
    assert kept(page) == (
        "<p>mot <strong>hai</strong></p>\n<h3>ba</h3>\n<ul><li>bon<ul><li>nam</li></ul></li></ul>\n"
        '<p><a href="https://chinhphu.vn">sau</a></p>'
    )


def test_a_table_by_keyboard_and_tab_leaves_after_its_last_cell(page: Any, press: Callable[..., None]) -> None:
    into_editor(page, press)
    press("Alt+F10", *["ArrowRight"] * 14, "Enter", "Control+a", "2", "Tab", "Control+a", "2", "Tab", "x", "Enter")
    press("a", "Tab", "b", "Tab", "c", "Tab", "d", "Tab")
    assert page.evaluate("document.activeElement.closest('.portal-editor')") is None
    assert kept(page) == (
        '<table><caption>x</caption><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
        "<tbody><tr><td>c</td><td>d</td></tr></tbody></table>"
    )


def test_escape_lets_tab_leave_from_anywhere(page: Any, press: Callable[..., None]) -> None:
    into_editor(page, press)
    press("Control+Shift+8", "a", "Enter", "b", "Escape", "Tab")
    assert page.evaluate("document.activeElement.closest('.portal-editor')") is None


def test_word_is_pasted_clean(page: Any, press: Callable[..., None]) -> None:
    into_editor(page, press)
    html = (ROOT / "tests/js/clipboard/word.html").read_text(encoding="utf-8")
    page.evaluate(
        """html => { const data = new DataTransfer(); data.setData('text/html', html);
        const paste = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
        document.querySelector('#form-body').dispatchEvent(paste); }""",
        html,
    )
    assert "<ul><li>Việc thứ nhất<ul><li>Chi tiết một</li>" in kept(page)
    assert '<th colspan="2" scope="col">Cơ quan</th>' in kept(page)
    assert page.evaluate("document.querySelectorAll('#form-body [style], style').length") == 0


def test_html_can_be_written_by_hand(page: Any, press: Callable[..., None]) -> None:
    page.click("[aria-label='Xem mã HTML']")
    page.fill("#form-body-source", "<h4>tay</h4><p style='color:red' onclick='x()'>viết</p>")
    page.click("[aria-label='Xem mã HTML']")
    assert page.inner_html("#form-body") == "<h4>tay</h4><p>viết</p>"


def test_the_link_of_the_error_summary_and_the_label_lead_into_the_editor(page: Any) -> None:
    page.click("label[for=form-body]")
    assert page.evaluate("document.activeElement.id") == "form-body"
    assert page.get_attribute("#form-body", "aria-labelledby") == "form-body-label"


def test_what_the_editor_holds_is_saved_with_the_draft(page: Any, press: Callable[..., None], site: Site) -> None:
    into_editor(page, press)
    press("moi", "Control+s")
    page.wait_for_function("document.querySelector('[data-autosave-status]').textContent.startsWith('Đã lưu')")
    assert "%3Cp%3Emoi%3C%2Fp%3E" in site.saved[-1]
    assert page.input_value("[name=version]") == "4"


def test_rows_and_passages_work_in_place(page: Any, press: Callable[..., None]) -> None:
    page.focus("[value='add:recipients']")
    press("Enter")
    assert page.evaluate("document.activeElement.id") == "form-recipients-2-name"
    page.focus("#form-number")
    assert page.inner_text("mark") == "249"


def test_axe_finds_nothing(page: Any) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Page.setBypassCSP", {"enabled": True})
    page.reload()
    page.wait_for_selector(".portal-editor__text")
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
    assert found == []
