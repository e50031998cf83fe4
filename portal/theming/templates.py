"""Where templates are looked for: the active theme, the themes it extends, then the packages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChainableUndefined, Environment, FileSystemLoader, PackageLoader, TemplateNotFound
from pyramid.config import Configurator
from pyramid.path import AssetResolver

from portal.theming.lineage import Lineage
from portal.theming.template_globals import GLOBALS

COMPONENTS = "govuk_frontend_jinja"
FROM_THEME = "themes/"
"""`themes/base/notices/one.jinja2` is that page as the theme `base` and those below it have it: so a theme's page
can extend the page it replaces."""

SETTINGS = {
    "jinja2.undefined": "strict",
    "jinja2.trim_blocks": "true",
    "jinja2.lstrip_blocks": "true",
    "jinja2.i18n.domain": "portal",
}


def add_templates(config: Configurator, package: str, folder: str = "templates") -> None:
    """Directive: `config.add_templates("portal.notices")` adds a package's templates, below every theme's."""
    path = Path(AssetResolver().resolve(f"{package}:{folder}").abspath())
    folders: list[Path] = config.registry.setdefault("portal.templates", [])
    if path not in folders:
        folders.append(path)


class ThemeLoader(BaseLoader):
    """Finds a template by lineage. GOV.UK's components keep their own rule for what is not given."""

    def __init__(self, lineage: Lineage, packages: list[Path]) -> None:
        self._lineage = lineage
        self._packages = packages
        self._all = self._files(lineage.themes)
        self._components = ComponentLoader()

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        if ":" in template:  # pyramid_jinja2 first asks for `package:name`; our names never have a package
            raise TemplateNotFound(template)
        if template.startswith(FROM_THEME):
            theme, _, name = template.removeprefix(FROM_THEME).partition("/")
            return self._files(self._lineage.from_theme(theme)).get_source(environment, name)
        return self._all.get_source(environment, template)

    def load(self, environment: Environment, name: str, globals: Any = None) -> Any:
        if name.startswith(COMPONENTS + "/"):
            return self._components.load(environment, name, globals)
        return super().load(environment, name, globals)

    def _files(self, themes: Any) -> FileSystemLoader:
        return FileSystemLoader([*(theme.templates for theme in themes), *self._packages])


class ComponentLoader(BaseLoader):
    """The GOV.UK macros test parameters nobody gave, which our own templates must never do."""

    def __init__(self) -> None:
        self._files = PackageLoader(COMPONENTS)
        self._lenient: Environment | None = None

    def load(self, environment: Environment, name: str, globals: Any = None) -> Any:
        if self._lenient is None:
            self._lenient = environment.overlay(
                undefined=ChainableUndefined, trim_blocks=False, lstrip_blocks=False, loader=self
            )
        return super().load(self._lenient, name, globals)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        return self._files.get_source(environment, template.removeprefix(COMPONENTS + "/"))


def setup(config: Configurator) -> None:
    """Give pyramid_jinja2's environment our loader and globals, once every package has added its templates."""
    environment: Environment = config.get_jinja2_environment()
    environment.loader = ThemeLoader(config.registry["portal.theme"], config.registry.get("portal.templates", []))
    environment.join_path = lambda template, parent: template  # type: ignore[method-assign]
    environment.globals.update(GLOBALS)
