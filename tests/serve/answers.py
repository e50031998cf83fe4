"""A WSGI application for the tests of serving: it says which process answers, on which cores, and for whom.

`/slow` answers only after somebody has opened and closed the other end of the named pipe `GATE`.
"""

import os
from typing import Any


def app(global_config: dict[str, str], **ini: str) -> Any:
    if os.environ.get("BROKEN"):
        raise RuntimeError("this application cannot start")
    return answer


def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    if environ["PATH_INFO"] == "/slow":
        with open(os.environ["GATE"]) as gate:
            gate.read()
    environ["wsgi.input"].read()
    cores = ",".join(map(str, sorted(os.sched_getaffinity(0)))) if hasattr(os, "sched_getaffinity") else "-"
    body = f"{os.getpid()} {cores} {environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
