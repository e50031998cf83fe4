from collections.abc import Callable
from pathlib import Path

import pytest

from portal.settings import ROOT
from portal.theming.errors import ContrastTooLow, ThemeCircle, ThemeFileInvalid, ThemeMissing
from portal.theming.lineage import load


@pytest.mark.parametrize("name", sorted(folder.name for folder in (ROOT / "themes").iterdir() if folder.is_dir()))
def test_every_theme_we_ship_can_be_used(name: str) -> None:
    lineage = load(ROOT / "themes", name)
    assert lineage.themes[0].name == name
    assert lineage.themes[-1].name == "base"
    assert lineage.logo


def test_the_nearest_theme_wins_token_by_token(themes: Path, write_theme: Callable[..., Path]) -> None:
    write_theme("ministry", 'extends = "base"\n[tokens.shape]\nradius = "0"')
    write_theme("department", 'extends = "ministry"\n[tokens.colours]\nlink = "#003366"')
    lineage = load(themes, "department")
    assert [theme.name for theme in lineage.themes] == ["department", "ministry", "base"]
    assert lineage.tokens["radius"] == "0"
    assert lineage.tokens["link"] == "#003366"
    assert lineage.tokens["text"] == load(themes, "base").tokens["text"]


def test_a_circle_refuses_to_start_and_shows_the_way_round(themes: Path, write_theme: Callable[..., Path]) -> None:
    write_theme("a", 'extends = "b"')
    write_theme("b", 'extends = "c"')
    write_theme("c", 'extends = "a"')
    with pytest.raises(ThemeCircle) as refused:
        load(themes, "a")
    assert "a → b → c → a" in refused.value.message.interpolate()


def test_a_missing_parent_refuses_to_start_and_says_who_wants_it(
    themes: Path, write_theme: Callable[..., Path]
) -> None:
    write_theme("mine", 'extends = "nobody"')
    with pytest.raises(ThemeMissing) as refused:
        load(themes, "mine")
    assert "“mine” kế thừa giao diện “nobody”" in refused.value.message.interpolate()


@pytest.mark.parametrize("name", ["nobody", "../themes/base", "base/templates", ""])
def test_a_theme_is_a_folder_name_and_never_a_path(themes: Path, name: str) -> None:
    with pytest.raises(ThemeMissing):
        load(themes, name)


def test_colours_that_break_contrast_refuse_to_start_with_the_pairs(
    themes: Path, write_theme: Callable[..., Path]
) -> None:
    write_theme("pale", 'extends = "base"\n[tokens.colours]\nlink = "#8fb7e0"')
    with pytest.raises(ContrastTooLow) as refused:
        load(themes, "pale")
    assert "link #8fb7e0 / background #ffffff" in refused.value.message.interpolate()


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('extend = "base"', "extend"),
        ('extends = "base"\n[tokens.colors]\nlink = "#000000"', "tokens.colors"),
        ('extends = "base"\n[tokens.colours]\nlnk = "#000000"', "lnk? → link"),
        ('extends = "base"\n[tokens.colours]\nlink = "blue"', "link = 'blue'"),
        ('extends = "base"\nlogo = "absent.svg"', "absent.svg"),
        ('extends = "base', "end of document"),
        ('title = "A root that sets nothing"', "text"),
    ],
)
def test_a_theme_file_that_nobody_understands_refuses_to_start(
    themes: Path, write_theme: Callable[..., Path], toml: str, told: str
) -> None:
    write_theme("mine", toml)
    with pytest.raises(ThemeFileInvalid) as refused:
        load(themes, "mine")
    assert told in refused.value.message.interpolate()
