"""Starts a foreign program within limits: `python -m portal.papers.starting FOLDER`.

FOLDER is the program's own and holds `start.json`: its command, what it may read beside the system, and its limits.
It reaches no network and no other file of the machine where the kernel lets it, writes into FOLDER only, and this
process becomes the program.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from portal.papers.confinement import SYSTEM, confine, leave_the_network

JOB = "start.json"


def main(folder: Path) -> None:
    """Does not return. OSError when the program cannot be started."""
    job = json.loads((folder / JOB).read_bytes())
    _limit(job["seconds"], job["memory"], job["written"])
    leave_the_network()
    with suppress(OSError):
        confine([*SYSTEM, *job["readable"]], [folder, *job["measured"]], ["/tmp"])  # noqa: S108 - LibreOffice's pipe
    os.execv(job["command"][0], job["command"])  # noqa: S606 - the operator's program, by its whole path


def _limit(seconds: int, memory: int, written: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the clock alone limits it
        return
    limits = ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, written))
    for what, most in (*limits, (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # macOS has no limit of memory; a hard limit may be lower already
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
