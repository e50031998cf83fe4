"""An instance opened for one command. Commands of every package get it as Click's context object: `@click.pass_obj`."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.errors import ConfigurationError, PortalError
from portal.errors import _ as N_
from portal.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


class NoConfiguration(ConfigurationError):
    """The command needs an instance and no `.ini` was named."""

    message = N_("Chưa biết cổng nào: hãy thêm “-c TỆP.ini” ngay sau “portal”, hoặc đặt biến môi trường PORTAL_INI.")


class DatabaseUnreachable(ConfigurationError):
    """The database server does not answer, or refuses this user."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            N_(
                "Không kết nối được cơ sở dữ liệu (${reason}). Hãy kiểm tra khóa portal.database_url và máy chủ.",
                mapping={"reason": reason},
            )
        )


class Instance:
    """One instance, read from its `.ini` as far as a command asks: the keys only, or the whole configured program."""

    def __init__(self, ini: Path | None) -> None:
        self._ini = ini

    @property
    def ini(self) -> Path:
        """The absolute path of the `.ini`. Raises `NoConfiguration`."""
        if self._ini is None:
            raise NoConfiguration
        return self._ini.absolute()

    @cached_property
    def settings(self) -> Settings:
        """The instance's settings; costs no framework. Raises a `ConfigurationError` with the key's name."""
        from portal.serve import ini

        return ini.settings_of(self.ini)

    def check_keys(self) -> None:
        """Raises a `ConfigurationError` when the `.ini` is missing, unreadable or has a bad key."""
        _ = self.settings

    @cached_property
    def registry(self) -> Any:
        """The registry with every package included (`portal.configure`): a second's work, done once."""
        from pyramid.exceptions import ConfigurationExecutionError

        import portal
        from portal.serve import ini

        settings = self.settings
        ini.set_up_logging(self.ini)
        try:
            return portal.configure(settings).registry
        except ConfigurationExecutionError as error:
            if isinstance(error.evalue, PortalError):
                raise error.evalue from error
            raise

    @cached_property
    def engine(self) -> "Engine":
        """The engine alone, without the program around it. Where the models are needed, ask for `registry` first."""
        from portal.db import engine_for

        if "registry" in self.__dict__:
            engine: Engine = self.registry["portal.engine"]
            return engine
        return engine_for(self.settings.database_url)

    @contextmanager
    def session(self) -> Iterator["Session"]:
        """A session that commits when the block ends and rolls back when it raises. Raises `DatabaseUnreachable`."""
        with self._begun("portal.sessions") as db:
            yield db

    @contextmanager
    def reading(self) -> Iterator["Session"]:
        """A session that only looks, and keeps no writer waiting. Raises `DatabaseUnreachable`."""
        with self._begun("portal.reading_sessions") as db:
            yield db

    @contextmanager
    def _begun(self, maker: str) -> Iterator["Session"]:
        from sqlalchemy.exc import OperationalError

        sessions = self.registry[maker]
        with sessions.begin() as db:
            try:
                db.connection()
            except OperationalError as error:
                raise DatabaseUnreachable(" ".join(str(error.orig).split())) from error
            yield db

    def close(self) -> None:
        """Give back the database connections, if any were opened."""
        if "engine" in self.__dict__:
            self.engine.dispose()
        if "registry" in self.__dict__:
            self.registry["portal.engine"].dispose()


def open(ini: Path) -> Instance:
    """The instance of an `.ini`: `open(path).registry`, `with open(path).session() as db`."""
    return Instance(ini)
