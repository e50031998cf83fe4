import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from theming import sample
from webtest import TestApp

from portal.settings import ROOT
from portal.theming.assets import Assets
from portal.theming.errors import AssetUnknown, FrontEndNotBuilt
from portal.theming.lineage import load


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets(load(ROOT / "themes", "central"))


def test_a_file_may_be_kept_for_ever_under_its_hash(site: TestApp, assets: Assets) -> None:
    answer = site.get(assets["public.css"].path)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content_type == "text/css"
    assert answer.body == assets["public.css"].body


def test_text_is_compressed_for_who_accepts_it(site: TestApp, assets: Assets) -> None:
    answer = sample.over_the_wire(site, assets["public.css"].path)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.body) == assets["public.css"].body
    plain = site.get(assets["public.css"].path, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in plain.headers


def test_a_font_is_not_compressed_twice(site: TestApp, assets: Assets) -> None:
    answer = site.get(assets["be-vietnam-pro-400.woff2"].path, headers={"Accept-Encoding": "gzip"})
    assert answer.content_type == "font/woff2"
    assert "Content-Encoding" not in answer.headers


def test_a_page_kept_from_before_an_upgrade_still_finds_its_style_sheet(site: TestApp, assets: Assets) -> None:
    answer = site.get("/assets/0123456789ab/public.css", status=302)
    assert answer.headers["Location"].endswith(assets["public.css"].path)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "x/absent.css",
        "x/manifest.json",
        "x/build/manifest.json",
        "x/../theme.toml",
        "x/%2e%2e/theme.toml",
        "x/..%2f..%2fpyproject.toml",
        "x//etc/passwd",
        "x/theme.css",
    ],
)
def test_only_the_files_of_the_theme_can_be_fetched(site: TestApp, path: str) -> None:
    assert site.get(f"/assets/{path}", expect_errors=True).status_int == 404


def test_assets_have_one_address_in_both_languages(site: TestApp) -> None:
    def sheets(address: str) -> list[str]:
        return [link["href"] for link in site.get(address).html.select("link[rel=stylesheet]")]

    assert sheets("/en/") == sheets("/")
    assert all(href.startswith("/assets/") for href in sheets("/en/"))


def test_the_nearest_themes_file_wins(themes: Path, write_theme: Callable[..., Path]) -> None:
    write_theme("mine", files={"static/emblem.svg": "<svg/>"})
    assert Assets(load(themes, "mine"))["emblem.svg"].body == b"<svg/>"


def test_a_themes_own_sheet_comes_after_the_tokens_and_finds_its_pictures(
    themes: Path, write_theme: Callable[..., Path]
) -> None:
    write_theme("mine", files={"static/theme.css": "h1{background:url('img/a.svg')}", "static/img/a.svg": "<svg/>"})
    assets = Assets(load(themes, "mine"))
    css = assets["tokens.css"].body.decode()
    assert css.startswith(":root{--portal-")
    assert css.index(".portal-header::after") < css.index("h1{")
    assert f'url("../{assets["img/a.svg"].hash}/img/a.svg")' in css


def test_a_sheet_that_names_an_absent_picture_refuses_to_start(themes: Path, write_theme: Callable[..., Path]) -> None:
    write_theme("mine", files={"static/theme.css": "h1{background:url(absent.svg)}"})
    with pytest.raises(AssetUnknown) as refused:
        Assets(load(themes, "mine"))
    assert refused.value.name == "absent.svg"


def test_every_address_in_our_style_sheets_leads_to_a_file(site: TestApp, assets: Assets) -> None:
    import re

    for name in ("public.css", "desk.css", "tokens.css"):
        found = re.findall(r'url\("?\.\./([^")]+)"?\)', assets[name].body.decode())
        assert found
        for address in found:
            site.get(f"/assets/{address}", status=200)


def test_without_a_built_front_end_the_reason_is_told(tmp_path: Path) -> None:
    source = ROOT / "themes" / "base"
    (tmp_path / "base" / "static").mkdir(parents=True)
    (tmp_path / "base" / "theme.toml").write_text((source / "theme.toml").read_text())
    (tmp_path / "base" / "static" / "emblem.svg").write_text("<svg/>")
    with pytest.raises(FrontEndNotBuilt) as refused:
        Assets(load(tmp_path, "base"))
    assert "npm run build" in refused.value.message


def test_a_client_that_says_nothing_about_encodings_gets_plain_bytes(site: TestApp, assets: Assets) -> None:
    sheet = assets["public.css"]
    answer = site.get(sheet.path)
    assert "Content-Encoding" not in answer.headers
    assert answer.body == sheet.body
