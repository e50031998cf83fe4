"""An instance with a committed database of its own and processes that really serve it."""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flows.server import settings_of
from makers import Makers
from sqlalchemy.orm import Session

import portal
from portal import clock
from portal.accounts import csrf
from portal.accounts import service as accounts
from portal.db import Base
from portal.settings import ROOT

SERVER = Path(__file__).with_name("server.py")


@dataclass
class Answer:
    """Status, headers and text of an answer."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def made(self) -> str:
        """Which making of the page this is: the same number, the same bytes from the cache."""
        return self.headers["X-Made"]


@dataclass
class Served:
    """One serving process."""

    process: subprocess.Popen[str]
    port: int

    def ask(self, address: str, sent: dict[str, Any] | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {"Host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            if sent is None:
                connection.request("GET", address, headers=given)
            else:
                form = {"Content-Type": "application/x-www-form-urlencoded"}
                connection.request("POST", address, urlencode(sent), given | form)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())
        finally:
            connection.close()


@dataclass
class Instance:
    """What all processes share: database, files, secret."""

    url: str
    folder: Path
    page_cache: int = 8 * 1024 * 1024
    running: list[Served] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settings = settings_of(self.url, self.folder, self.page_cache)
        self.config = portal.configure(self.settings)
        self.registry = self.config.registry
        Base.metadata.create_all(self.registry["portal.engine"])

    @contextmanager
    def writing(self, at: datetime | None = None) -> Iterator[tuple[Session, Makers]]:
        """A committed transaction, with makers."""
        with self.registry["portal.sessions"].begin() as db:
            yield db, Makers(db, at or clock.now())

    def serve(self) -> Served:
        """Start one more process."""
        command = [sys.executable, str(SERVER), self.url, str(self.folder), str(self.page_cache)]
        environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PATH": ""}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None
        self.running.append(Served(process, int(process.stdout.readline())))
        return self.running[-1]

    def close(self) -> None:
        for served in self.running:
            served.process.kill()
            served.process.wait()
        self.registry["portal.engine"].dispose()

    def signed_in(self, db: Session, person: Any) -> tuple[dict[str, str], str]:
        """Headers of a signed-in browser, and the CSRF token of its pages."""
        token = accounts.open_session(db, person, at=clock.now(), ip="127.0.0.1", agent="thử")
        return {"Cookie": f"portal_session={token}"}, csrf.token_for(token, self.settings.secret)
