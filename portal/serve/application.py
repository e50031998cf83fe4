"""What happens when an application is made to be served, and not for commands or tests. Included by `portal.main` only.

A database that is behind the program stops the start; with `portal.worker = true` (`pserve`, `portal serve --single`)
a worker thread runs beside the requests. Where no process
stands beside (`portal serve`) a thread keeps the search index of this host.
"""

import atexit
import logging

from pyramid.config import Configurator
from pyramid.events import ApplicationCreated
from sqlalchemy.exc import OperationalError

from portal.db.revision import is_newest
from portal.errors import ConfigurationError, _

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that the end of the program waits for the job at hand; after that its lease expires and it runs again."""


class NotMigrated(ConfigurationError):
    """The program is newer than the database's schema."""

    def __init__(self, missing: int) -> None:
        super().__init__(
            _(
                "Cơ sở dữ liệu còn thiếu ${n} bước nâng cấp. Hãy sao lưu rồi chạy: portal -c TỆP.ini migrate",
                mapping={"n": missing},
            )
        )


def require_migrated(event: ApplicationCreated) -> None:
    """Raises `NotMigrated`. A server that does not answer yet is no reason to stay down: requests will try again."""
    engine = event.app.registry["portal.engine"]
    try:
        if is_newest(engine):
            return
    except OperationalError as error:
        log.error("the database does not answer: %s", error.orig)
        return
    from portal.db import migrations

    if missing := migrations.pending(engine):
        raise NotMigrated(len(missing))


def start_worker(event: ApplicationCreated) -> None:
    """Run jobs in a thread of this process until the program ends."""
    from portal import jobs

    registry = event.app.registry
    background = jobs.Background(jobs.Worker(registry["portal.sessions"], registry))
    background.start()
    atexit.register(background.stop, PATIENCE)
    log.info("a worker thread runs beside the requests")


def start_follower(event: ApplicationCreated) -> None:
    """Keep this host's search index in a thread of this process until the program ends."""
    from portal.search.following import Follower

    follower = Follower.of(event.app.registry)
    follower.start()
    atexit.register(follower.stop, PATIENCE)


def open_index(event: ApplicationCreated) -> None:
    """Have the search index opened beside the first requests, which do not wait for it."""
    event.app.registry["portal.search"].open_beside()


def includeme(config: Configurator) -> None:
    config.add_subscriber(require_migrated, ApplicationCreated)
    config.add_subscriber(open_index, ApplicationCreated)
    if config.registry["portal.settings"].worker:
        config.add_subscriber(start_worker, ApplicationCreated)
    if not config.registry.get("portal.process_beside"):
        config.add_subscriber(start_follower, ApplicationCreated)
