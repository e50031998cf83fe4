"""The worker process: jobs, periodic work and this host's search index, beside the web processes; or jobs alone."""

import logging
import signal
import socket
import threading
from typing import Any

from portal.serve import ini
from portal.serve.options import Options
from portal.serve.process import Body, Life

log = logging.getLogger(__name__)

NAME = "worker"
INDEXER = "indexer"
"""The same process where the jobs are done elsewhere: each host keeps an index of its own."""
PATIENCE = 10.0
"""Seconds that the end waits for the indexer's step under way; it loses nothing when it is cut off."""


class _Stop:
    """An event that a signal handler may set: `Event.set` takes a lock that the interrupted code may hold."""

    def __init__(self) -> None:
        self.event = threading.Event()

    def __call__(self, *_: Any) -> None:
        threading.Thread(target=self.event.set, daemon=True).start()


def body(options: Options, listener: socket.socket) -> Body:
    """What the process beside the web processes runs: jobs, the search index, or both, as `options` say; it gives back
    its share of their `listener`."""

    def run(life: Life) -> None:
        import portal
        from portal import jobs
        from portal.search.following import Follower

        listener.close()
        stop = _Stop()
        life.on_stop(stop)
        registry = portal.configure(ini.settings_of(options.ini)).registry
        follower = Follower.of(registry)
        if options.indexer:
            follower.start()
        life.ready()
        if options.worker:
            jobs.Worker(registry["portal.sessions"], registry).run(stop.event)
        else:
            stop.event.wait()
        follower.stop(PATIENCE)

    return run


def run_alone(registry: Any) -> None:
    """Run the jobs of a configured instance in this process until SIGTERM or SIGINT."""
    from portal import jobs

    stop = _Stop()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("the worker runs alone")
    jobs.Worker(registry["portal.sessions"], registry).run(stop.event)
