"""A worker for a test to kill: run as `python doomed_intake.py DATABASE_URL FOLDER READINGS`.

It kills itself with SIGKILL in the middle of writing what came of the READINGS-th file; 0: it never does.
"""

import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import portal
from portal.jobs import Worker
from portal.notices.intake import service
from portal.settings import Settings

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def main(url: str, folder: str, readings: str) -> None:
    done, whole = count(1), service.finish

    def finish(db: Any, *told: Any, **how: Any) -> None:
        whole(db, *told, **how)
        db.flush()
        if next(done) == int(readings):
            os.kill(os.getpid(), signal.SIGKILL)

    service.finish = finish
    settings = Settings(
        database_url=url, files_dir=Path(folder, "files"), secret_file=Path(folder, "secret.key"), worker=False
    )
    registry = portal.configure(settings).registry
    at = AT + timedelta(hours=1) if readings == "0" else AT
    Worker(registry["portal.sessions"], registry).run_once(at)


if __name__ == "__main__":
    main(*sys.argv[1:])
