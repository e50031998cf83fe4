import pytest

from portal.settings import ROOT
from portal.theming import tokens
from portal.theming.colour import contrast
from portal.theming.lineage import load


def test_contrast_is_wcags_ratio() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#c8102e", "#C8102E") == 1


def test_every_pair_names_tokens_that_the_base_theme_sets() -> None:
    base = load(ROOT / "themes", "base").tokens
    assert tokens.missing(base) == []
    assert tokens.missing({}) == sorted({name for pair in tokens.PAIRS for name in (pair.front, pair.back)})


def test_a_low_contrast_is_told_with_both_colours_and_the_ratio() -> None:
    base = load(ROOT / "themes", "base").tokens
    found = tokens.low_contrasts(base | {"text-muted": "#9aa0a8"})
    assert found[0] == "text-muted #9aa0a8 / background #ffffff = 2.64 < 4.5"


@pytest.mark.parametrize(
    ("group", "value"),
    [
        ("colours", "red"),
        ("colours", "#fff"),
        ("colours", "#ffffff;} body{display:none"),
        ("shape", "6px; x"),
        ("fonts", "Arial; }"),
        ("fonts", "url(https://elsewhere.example/f.woff2)"),
        ("shape", 6),
    ],
)
def test_a_token_holds_a_plain_value_and_nothing_that_ends_the_rule(group: str, value: object) -> None:
    assert tokens.problems(group, {"x": value}, None)


def test_tokens_become_custom_properties() -> None:
    assert tokens.to_css({"b": "#000000", "a": "4px"}) == ":root{--portal-a:4px;--portal-b:#000000}\n"


def test_a_misspelt_token_is_told_with_the_nearest_name() -> None:
    assert tokens.problems("colours", {"hedaer": "#000000"}, {"header": "#ffffff"}) == ["[colours] hedaer? → header"]
