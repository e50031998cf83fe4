"""Work that happens after the transaction: an outbox with leases, a schedule, and a place for what failed (việc nền).

`add` writes a row in the caller's transaction: if that rolls back there is no job, if it commits the job is done at
least once, also after `kill -9`. Its handler runs in a transaction of its own in which the job is marked done, so what
a handler does to the database happens exactly once. There is no state "running": a job is leased to a worker until a
moment, and a worker that lives extends it.

    config.add_job("search.index", index_one)                     # handler(db, payload, at)
    config.add_periodic("files.sweep", timedelta(hours=6), sweep)  # handler(db, at), once a period whatever runs
    jobs.add(db, "search.index", key=str(uid), payload={"uid": str(uid)}, at=at)

A handler must stand being run again (say so with `key`: while a job waits, adding the same kind and key only replaces
its payload), and may raise `GiveUp` when trying again is useless. One that waits for the network commits first, so that
no lock is held meanwhile.
"""

from datetime import timedelta

from pyramid.config import Configurator

from portal.jobs.models import Job, PeriodicJob
from portal.jobs.queries import Overview, dead, overview
from portal.jobs.registry import GiveUp, add_job, add_periodic
from portal.jobs.service import add, prune, retry_dead
from portal.jobs.worker import Background, Worker

__all__ = [
    "Background",
    "GiveUp",
    "Job",
    "Overview",
    "PeriodicJob",
    "Worker",
    "add",
    "dead",
    "includeme",
    "overview",
    "prune",
    "retry_dead",
]


def includeme(config: Configurator) -> None:
    config.add_directive("add_job", add_job)
    config.add_directive("add_periodic", add_periodic)
    config.add_periodic("jobs.prune", timedelta(hours=1), prune)
