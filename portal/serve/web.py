"""A web process: the instance's application behind waitress."""

import logging
import signal
import socket
from typing import Any

from portal.serve import ini
from portal.serve.drain import DrainingServer
from portal.serve.options import Options, adjustments, bind, cores, url_of
from portal.serve.process import Body, Life

log = logging.getLogger(__name__)


def server_for(options: Options, listener: socket.socket, *, worker: bool) -> DrainingServer:
    """The instance's application on `listener`. `worker`: whether a worker thread may run in this process."""
    settings = ini.settings_of(options.ini)
    application = ini.application_of(options.ini, worker=worker)
    return DrainingServer(application, listener, limit=options.drain, **adjustments(settings, threads=options.threads))


def body(options: Options, listener: socket.socket) -> Body:
    """What a web process runs."""

    def run(life: Life) -> None:
        server = server_for(options, listener, worker=False)
        life.on_stop(server.stop)
        life.ready()
        server.run()

    return run


def run_single(options: Options) -> None:
    """Serve in this one process, with a worker thread when `portal.worker` says so, until SIGTERM or SIGINT."""
    listener = bind(options.listen)
    pin()  # before the server makes its threads: they inherit the core
    server = server_for(options, listener, worker=True)

    def stop(*_: Any) -> None:
        server.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("serving on %s in one process", url_of(listener))
    server.run()


def pin() -> None:
    """Keep this process on one core: its threads share the interpreter lock, which is slow to pass between cores."""
    usable = cores()
    if usable:
        import os

        os.sched_setaffinity(0, {usable[os.getpid() % len(usable)]})
