"""The pages are valid HTML (Nu Html Checker), where Java and the npm package vnu-jar are there."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import APPROVER, EDITOR
from browser.places import LETTER, LONG

from portal.settings import ROOT

CHECKER = next((ROOT / "node_modules/vnu-jar").glob("**/vnu.jar"), None)
PUBLIC = ["/", "/van-ban", LONG, LETTER, "/co-quan", "/co-quan/G22", "/chuyen-muc", "/gioi-thieu", "/so-do-trang"]
DESK = ["/ban-lam-viec", "/ban-lam-viec/van-ban", "/ban-lam-viec/van-ban/moi", "/tai-khoan"]


@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java to run the HTML checker")
@pytest.mark.skipif(CHECKER is None, reason="needs the HTML checker: npm install --no-save vnu-jar")
def test_the_pages_are_valid_html(visit: Callable[..., Any], draft: Any, tmp_path: Path) -> None:
    for number, (who, path) in enumerate([*((None, one) for one in PUBLIC), *((EDITOR, one) for one in DESK)]):
        _keep(tmp_path / f"{number:02}.html", visit(path, who=who, script=False))
    page = draft(9201, script=False)
    _keep(tmp_path / "edit.html", page)
    page.get_by_role("link", name="Trang quản lý văn bản này").click()
    _keep(tmp_path / "item.html", page)
    _keep(tmp_path / "approver.html", visit(page.url, who=APPROVER, script=False))

    checked = subprocess.run(
        ["java", "-jar", str(CHECKER), "--errors-only", *map(str, sorted(tmp_path.glob("*.html")))],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.stderr.replace(str(tmp_path), "") == ""


def _keep(file: Path, page: Any) -> None:
    """The page as the server sent it."""
    answer = page.request.get(page.url)
    file.write_text(answer.text(), encoding="utf-8")
