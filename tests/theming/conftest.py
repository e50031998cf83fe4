"""The sample site, and little themes made for one test."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from theming import sample
from webtest import TestApp

from portal.settings import ROOT, Settings

THEMES = ROOT / "themes"


@pytest.fixture(scope="session")
def site() -> TestApp:
    """The sample site in the central theme."""
    return TestApp(sample.make_app())


@pytest.fixture
def themes(tmp_path: Path) -> Path:
    """A folder of themes that holds the real base theme."""
    (tmp_path / "base").symlink_to(THEMES / "base", target_is_directory=True)
    return tmp_path


@pytest.fixture
def write_theme(themes: Path) -> Callable[..., Path]:
    """`write_theme("mine", 'extends = "base"', {"templates/layout.jinja2": "…"})` → its folder."""

    def write(name: str, toml: str = 'extends = "base"', files: dict[str, str] | None = None) -> Path:
        folder = themes / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "theme.toml").write_text(toml, encoding="utf-8")
        for path, text in (files or {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def site_in(themes: Path) -> Callable[..., TestApp]:
    """`site_in("mine", instance_name="…")`: the sample site in a theme of this test."""

    def make(theme: str, **settings: Any) -> TestApp:
        given = sample.SETTINGS | {"theme": theme, "themes_dir": themes} | settings
        return TestApp(sample.make_app(Settings(**given)))

    return make
