"""What the checks are given: the settings, the moment, and a session that only looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from portal.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine
    from sqlalchemy.orm import Session


@dataclass
class Patient:
    """An instance under examination. Keys that could not be read have their default in `settings`."""

    settings: Settings
    at: datetime
    url: "URL"
    database_usable: bool = False
    """Reachable and fully migrated: set by the check of the database."""

    @property
    def sqlite_file(self) -> Path | None:
        """Where an SQLite database lies or will lie; None for a server, and for one in memory."""
        if self.url.get_backend_name() != "sqlite" or self.url.database in (None, "", ":memory:"):
            return None
        return Path(str(self.url.database)).absolute()

    @cached_property
    def engine(self) -> "Engine":
        """Made on first use, since making it also makes the folder of an SQLite database."""
        from portal.db import engine_for

        return engine_for(self.settings.database_url)

    @contextmanager
    def reading(self) -> Iterator["Session"]:
        from sqlalchemy.orm import Session

        with Session(self.engine.execution_options(portal_reads_only=True)) as db:
            yield db
