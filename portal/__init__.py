"""portal: a portal for government. `main()` reads the settings and includes the packages in order of level."""

from dataclasses import replace
from typing import Any

from portal import settings as settings_module

PACKAGES = (
    "rules",
    "db",
    "theming",
    "forms",
    "audit",
    "jobs",
    "files",
    "agencies",
    "mail",
    "accounts",
    "search",
    "publishing",
    "feedback",
    "notices",
    "catalogue",
    "eforms",
    "guides",
    "dossiers",
    "desk",
    "api",
    "site",
    "packs",
)


def configure(settings: settings_module.Settings, framework: dict[str, Any] | None = None) -> Any:
    """A Configurator with every package included, committed: what the web application and every command share."""
    from pyramid.config import Configurator  # late: `portal --help` must not pay for the framework

    from portal.request import Request, locale_of

    config = Configurator(settings=framework or {}, request_factory=Request, locale_negotiator=locale_of)
    config.registry["portal.settings"] = settings
    config.add_translation_dirs("portal:locale")
    for package in PACKAGES:
        config.include(f"portal.{package}")
    config.commit()
    return config


def main(global_config: dict[str, str], **ini: str) -> Any:
    """The WSGI application of one instance, for `portal serve`, `pserve` and any other PasteDeploy server."""
    settings = settings_module.read(ini)
    process_beside = "portal_worker_elsewhere" in global_config  # `portal serve` runs a worker process of its own
    if process_beside:
        settings = replace(settings, worker=False)
    framework = {key: value for key, value in ini.items() if not key.startswith(settings_module.PREFIX)}
    config = configure(settings, framework)
    config.registry["portal.process_beside"] = process_beside
    config.include("portal.serve.application")
    return config.make_wsgi_app()
