"""A worker for a test to kill: run as `python doomed.py DATABASE_URL FOLDER LEASE_SECONDS`.

Its job writes that it began (into FOLDER), changes a row without committing, and hangs.
"""

import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal import jobs
from portal.db import engine_for, maker_for


def main(url: str, folder: str, lease: str) -> None:
    def hang(db: Session, payload: dict[str, Any], at: datetime) -> None:
        if payload.get("commits"):
            db.commit()
        else:
            jobs.add(db, "effect", key="of the killed worker", payload={}, at=at)
            db.flush()
        (Path(folder) / "began").touch()
        threading.Event().wait()

    config = Configurator()
    config.include("portal.jobs")
    config.add_job("hang", hang)
    worker = jobs.Worker(maker_for(engine_for(url)), config.registry, lease=timedelta(seconds=float(lease)))
    worker.run(threading.Event())


if __name__ == "__main__":
    main(*sys.argv[1:])
