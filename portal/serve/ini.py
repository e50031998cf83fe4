"""Reading an instance's `.ini` (PasteDeploy): its settings, its logging, its application."""

import logging
from pathlib import Path
from typing import Any

from portal import settings
from portal.errors import ConfigurationError, _

LOG_FORMAT = "%(asctime)s %(levelname)-7s [%(processName)s %(process)d] %(name)s: %(message)s"


class NoSuchConfiguration(ConfigurationError):
    """There is no such `.ini`."""

    def __init__(self, ini: Path) -> None:
        super().__init__(_("Không có tệp cấu hình “${ini}”.", mapping={"ini": str(ini)}))


class UnreadableConfiguration(ConfigurationError):
    """The `.ini` is not one: a syntax error, a missing section, a value with an unknown %(name)s."""

    def __init__(self, ini: Path, reason: str) -> None:
        super().__init__(
            _(
                "Không đọc được tệp cấu hình “${ini}”: ${reason}",
                mapping={"ini": str(ini), "reason": " ".join(reason.split())},
            )
        )


def _loader(ini: Path) -> Any:
    import plaster

    if not ini.is_file():
        raise NoSuchConfiguration(ini)
    return plaster.get_loader(str(ini), protocols=["wsgi"])


def keys_of(ini: Path) -> dict[str, str]:
    """The keys of `[app:main]`, those of every `use = config:…` below it included."""
    from configparser import Error

    loader = _loader(ini)
    try:
        return dict(loader.get_wsgi_app_settings("main"))
    except (Error, LookupError, ValueError, OSError) as error:
        raise UnreadableConfiguration(ini, str(error)) from error


def settings_of(ini: Path) -> settings.Settings:
    """The instance's settings. Raises a `ConfigurationError` that names the file or the key."""
    return settings.read(keys_of(ini))


def server_keys_of(ini: Path) -> dict[str, str]:
    """The keys of `[server:main]`, which `pserve` and `portal serve` share; empty without that section."""
    from configparser import Error

    loader = _loader(ini)
    try:
        return dict(loader.get_settings("server:main"))
    except Error as error:
        raise UnreadableConfiguration(ini, str(error)) from error


def set_up_logging(ini: Path) -> None:
    """Logging as the `.ini` says; a plain one on stderr when it says nothing."""
    loader = _loader(ini)
    if "loggers" in loader.get_sections():
        loader.setup_logging()
        return
    logging.basicConfig(format=LOG_FORMAT, level=logging.WARNING, force=True)
    logging.getLogger("portal").setLevel(logging.INFO)


def application_of(ini: Path, *, worker: bool) -> Any:
    """The WSGI application of `[app:main]`. `worker`: whether a worker thread may run inside this process."""
    return _loader(ini).get_wsgi_app("main", defaults={} if worker else {NO_WORKER: "true"})


NO_WORKER = "portal_worker_elsewhere"
"""A PasteDeploy global that tells `portal.main` that a process of its own runs the jobs."""
