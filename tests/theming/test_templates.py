from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from webtest import TestApp


def test_a_theme_replaces_one_page(write_theme: Callable[..., Path], site_in: Callable[..., TestApp]) -> None:
    write_theme("mine", files={"templates/sample/home.jinja2": "Trang của {{ instance.name }}"})
    app = site_in("mine", instance_name="Sở A")
    assert app.get("/").text == "Trang của Sở A"
    assert "portal-filters" in app.get("/van-ban")


def test_a_theme_can_extend_the_very_page_it_replaces(
    write_theme: Callable[..., Path], site_in: Callable[..., TestApp]
) -> None:
    page = '{% extends "themes/base/sample/home.jinja2" %}{% block breadcrumbs %}<p>Thêm một dòng</p>{% endblock %}'
    layout = '{% extends "themes/base/layout.jinja2" %}{% block scripts %}<p>Khung riêng</p>{% endblock %}'
    write_theme("mine", files={"templates/sample/home.jinja2": page, "templates/layout.jinja2": layout})
    home = site_in("mine").get("/")
    assert "Thêm một dòng" in home
    assert "Văn bản mới" in home
    assert "Khung riêng" in home


def test_a_name_that_nobody_gave_is_an_error_and_not_a_gap(
    write_theme: Callable[..., Path], site_in: Callable[..., TestApp]
) -> None:
    write_theme("mine", files={"templates/sample/home.jinja2": "{{ nobody_gave_this }}"})
    with pytest.raises(UndefinedError):
        site_in("mine").get("/")


def test_what_people_wrote_is_escaped_also_in_sentences_with_markup(
    write_theme: Callable[..., Path], site_in: Callable[..., TestApp]
) -> None:
    page = """{% from "macros/page.jinja2" import when %}
{{ _("Tên ${n}", mapping={"n": "<b>"}) }}
{{ _("${d}: ${n}", mapping={"d": when("2026-03-02"), "n": "<i>"}) }}"""
    write_theme("mine", files={"templates/sample/home.jinja2": page})
    shown = site_in("mine").get("/").text
    assert "Tên &lt;b&gt;" in shown
    assert '<time datetime="2026-03-02">02/3/2026</time>: &lt;i&gt;' in shown


def test_globals_speak_about_the_request_also_inside_macros(
    write_theme: Callable[..., Path], site_in: Callable[..., TestApp]
) -> None:
    parts = ["lang", "lang == 'en'", "url('/x')", "route('documents')", "request.path"]
    macro = "{% macro m() %}" + "|".join("{{ " + part + " }}" for part in parts) + "{% endmacro %}"
    page = '{% from "m.jinja2" import m %}{{ m() }}|{{ instance.name }}|{{ with_query(trang=2, q=none) }}'
    write_theme("mine", files={"templates/m.jinja2": macro, "templates/sample/home.jinja2": page})
    shown = site_in("mine", instance_name="Sở", instance_name_en="Dept").get("/en/?q=a&loai=b").text
    assert shown == "en|True|/en/x|/en/van-ban|/en/|Dept|/en/?loai=b&amp;trang=2"


def test_without_a_language_a_page_is_offered_in_none_other(site_in: Callable[..., TestApp]) -> None:
    html = site_in("base", languages=("vi",)).get("/").html
    assert not html.select("link[hreflang]")
    assert "English" not in html.text
