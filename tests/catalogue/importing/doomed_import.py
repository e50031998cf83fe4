"""An import for a test to kill: run as `python doomed_import.py DATABASE_URL UNIT_ID FILE BATCH MOMENTS`.

It kills itself with SIGKILL when it asks for the time the MOMENTS-th time, in the middle of a batch; 0: it never does.
"""

import os
import signal
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import portal
from portal.catalogue.importing import Import, procedures_in
from portal.settings import Settings

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def main(url: str, unit_id: str, file: str, batch: str, moments: str) -> None:
    asked = count(1)

    def now() -> datetime:
        if next(asked) == int(moments):
            os.kill(os.getpid(), signal.SIGKILL)
        return AT

    sessions = portal.configure(Settings(database_url=url, worker=False)).registry["portal.sessions"]
    run = Import(sessions, unit_id=int(unit_id), origin="thu", now=now, publish=True, batch=int(batch))
    for _outcome in run.run(procedures_in([Path(file)])):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
