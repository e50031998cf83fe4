"""How an instance looks: the lineage of its theme, design tokens, template search path, and the files of the theme.

A theme is a folder of data (`theme.toml`, templates, static files) and never needs Python.
"""

from typing import Any

from pyramid.config import Configurator
from pyramid.events import BeforeRender
from pyramid.tweens import EXCVIEW

from portal.theming import lineage, menus, panels, templates
from portal.theming.assets import Assets
from portal.theming.rules import RULES

AFTER_ENVIRONMENT = 1000


def includeme(config: Configurator) -> None:
    """Read and check the theme; a theme that cannot be used stops the start with the reason."""
    settings = config.registry["portal.settings"]
    config.registry["portal.theme"] = theme = lineage.load(settings.themes_dir, settings.theme)
    config.registry["portal.assets"] = Assets(theme)

    config.add_directive("add_templates", templates.add_templates)
    config.add_directive("add_menu", menus.add_menu)
    config.add_directive("set_find_box", menus.set_find_box)
    config.add_directive("add_panel", panels.add_panel)

    reload_templates = {"jinja2.reload_templates": str(settings.debug).lower()}
    config.add_settings({**templates.SETTINGS, **reload_templates, **_given(config)})
    config.include("pyramid_jinja2")
    config.add_subscriber(_add_language, BeforeRender)
    config.action("portal.templates", lambda: templates.setup(config), order=AFTER_ENVIRONMENT)

    config.add_route("theming.asset", "/assets/{hash}/{name:.+}")
    config.add_rules(RULES)
    config.scan("portal.theming.views")
    config.add_tween("portal.theming.compression.compression_tween", over=EXCVIEW)


def _add_language(event: Any) -> None:
    """`lang` as a plain string for whole pages; inside macros it is `template_globals.LANG`."""
    if event.get("request") is not None:
        event.setdefault("lang", event["request"].lang)


def _given(config: Configurator) -> dict[str, str]:
    """Keys of the framework that the operator's `.ini` sets and that win over ours."""
    return {key: value for key, value in config.get_settings().items() if key.startswith("jinja2.")}
