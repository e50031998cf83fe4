"""The worker process: jobs and periodic work, beside the web processes or alone on its machine."""

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


class _Stop:
    """An event that a signal handler may set: `Event.set` takes a lock that the interrupted code may hold."""

    def __init__(self) -> None:
        self.event = threading.Event()

    def __call__(self, *_: Any) -> None:
        threading.Thread(target=self.event.set, daemon=True).start()


def body(options: Options, listener: socket.socket) -> Body:
    """What the worker process runs; it gives back its share of the web processes' `listener`."""

    def run(life: Life) -> None:
        import portal
        from portal import jobs

        listener.close()
        stop = _Stop()
        life.on_stop(stop)
        registry = portal.configure(ini.settings_of(options.ini)).registry
        worker = jobs.Worker(registry["portal.sessions"], registry)
        life.ready()
        worker.run(stop.event)

    return run


def run_alone(registry: Any) -> None:
    """Run the jobs of a configured instance in this process until SIGTERM or SIGINT."""
    from portal import jobs

    stop = _Stop()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("the worker runs alone")
    jobs.Worker(registry["portal.sessions"], registry).run(stop.event)
