"""A real Chromium on a real instance: fresh database, the demo content, `portal serve --single` as a process."""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from chromium import CHROMIUM

from portal.settings import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
BUILT = ROOT / "themes/base/static/build/manifest.json"
PATIENCE = 60.0
"""Seconds before the server is given up; it comes long before."""
EDITOR, APPROVER, OTHER_EDITOR, ADMINISTRATOR = "minhchau", "quoctrung", "hoangyen", "vohanh"


@dataclass
class Site:
    """A served instance: its address, the accounts of the demo with their passwords, receipts of its dossiers."""

    address: str
    passwords: dict[str, str]
    receipts: list[Any] = field(default_factory=list)
    cookies: dict[str, list[Any]] = field(default_factory=dict)

    def email(self, who: str) -> str:
        return next(email for email in self.passwords if email.startswith(f"{who}@"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = _missing()
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


def _missing() -> str | None:
    if not CHROMIUM.exists():
        return f"needs Chromium: {CHROMIUM} is not there (PORTAL_CHROMIUM says where another one is)"
    if not AXE.exists():
        return "needs node_modules: npm ci"
    return None if BUILT.exists() else "needs the built front end: npm run build"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, served until the tests end."""
    folder = tmp_path_factory.mktemp("site")
    port = _free_port()
    ini = _configuration(folder, port)
    _portal("-c", ini, "migrate")
    passwords, receipts = _load_demo(ini)
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [_program(), "-c", str(ini), "serve", "--single", "--listen", f"127.0.0.1:{port}"], stdout=log, stderr=log
        )
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/suc-khoe/song", process, folder / "serve.log")
            yield Site(f"http://127.0.0.1:{port}", passwords, receipts)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _configuration(folder: Path, port: int) -> Path:
    text = (ROOT / "development.ini").read_text(encoding="utf-8")
    text = text.replace("%(here)s/var", str(folder)).replace("%(here)s", str(ROOT)).replace(":6543", f":{port}")
    path = folder / "site.ini"
    path.write_text(text, encoding="utf-8")
    return path


def _load_demo(ini: Path) -> tuple[dict[str, str], list[Any]]:
    import portal
    from portal import packs
    from portal.serve.ini import settings_of

    settings = settings_of(ini)
    registry = portal.configure(settings).registry
    loaded = packs.load(
        registry["portal.sessions"],
        packs.Pack.read(settings.content_dir / "demo"),
        settings=settings,
        at=datetime.now(UTC),
    )
    registry["portal.engine"].dispose()
    return {account.email: account.password for account in loaded.accounts if account.password}, loaded.receipts


def _program() -> str:
    return str(Path(sys.executable).with_name("portal"))


def _portal(*arguments: Any) -> None:
    subprocess.run([_program(), *map(str, arguments)], check=True, capture_output=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_until_up(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"the portal did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture
def visit(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """`visit(path, who=None, width=1280, script=True)` → a page. What went wrong on it collects in `page.problems`."""
    contexts = []

    def go(path: str, *, who: str | None = None, width: int = 1280, script: bool = True, **kw: Any) -> Any:
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            reduced_motion="reduce",
            **kw,
        )
        contexts.append(context)
        if who:
            context.add_cookies(_signed_in(browser, site, who))
        return opened(context, path)

    yield go
    for context in contexts:
        context.close()


def opened(context: Any, path: str) -> Any:
    """A page of the context at this path; refused loads and everything on the console at "error" are problems."""
    page = context.new_page()
    page.problems = []
    page.on("console", lambda said: page.problems.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.answer = page.goto(path, wait_until="load")
    return page


def _signed_in(browser: Any, site: Site, who: str) -> list[Any]:
    """Cookies of a person's one sign-in, made without JavaScript, used by every test."""
    if who not in site.cookies:
        context = browser.new_context(base_url=site.address, java_script_enabled=False)
        page = context.new_page()
        page.goto("/dang-nhap")
        page.get_by_label("Thư điện tử").fill(site.email(who))
        page.get_by_label("Mật khẩu", exact=True).fill(site.passwords[site.email(who)])
        page.get_by_role("button", name="Đăng nhập").click()
        assert page.url.endswith("/ban-lam-viec"), page.locator("main").inner_text()
        site.cookies[who] = context.cookies()
        context.close()
    return site.cookies[who]


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[str]]:
    """`axe(page)` → one line for each element that breaks a rule of WCAG 2.2 A and AA or of good practice."""
    script = AXE.read_text(encoding="utf-8")
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def run(page: Any) -> list[str]:
        page.evaluate(script)
        found = page.evaluate(
            "rules => axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", rules
        )
        return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]

    return run


NEW_PAPER = """VĂN PHÒNG CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: {number}/TB-VPCP
Hà Nội, ngày 20 tháng 11 năm 2026

THÔNG BÁO
Về việc thử trình duyệt số {number}

Văn phòng Chính phủ thông báo như sau:
1. Mọi trang của cổng dùng được bằng bàn phím.
2. Mọi trang của cổng dùng được khi không có JavaScript.

Nơi nhận:
- Các bộ, cơ quan ngang bộ;
- Lưu: VT, KSTT (2).
TL. BỘ TRƯỞNG, CHỦ NHIỆM
CHÁNH VĂN PHÒNG
Trần Thử Nghiệm
"""


@pytest.fixture
def draft(visit: Callable[..., Any]) -> Callable[..., Any]:
    """`draft(number, who=EDITOR, **visit)` → the edit page of a new draft that was read from a pasted paper."""

    def make(number: int, **kw: Any) -> Any:
        page = visit("/ban-lam-viec/van-ban/moi", **{"who": EDITOR, **kw})
        page.get_by_label(re.compile("Dán toàn văn")).fill(NEW_PAPER.format(number=number))
        page.get_by_role("button", name="Tạo bản nháp").click()
        page.wait_for_url("**/sua")
        return page

    return make
