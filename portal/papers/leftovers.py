"""Temporary folders of readings whose process was killed: each is gone when its reading ends, if that ever comes."""

import logging
import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

log = logging.getLogger(__name__)

NAMES = tuple(f"portal-{name}-" for name in ("intake", "office", "paper", "print", "soffice", "zip"))
"""How the folders begin that are made here, in `notices.intake` and in `notices.printing`."""
OLD = timedelta(hours=2)
"""No reading takes as long."""


def sweep(at: datetime, *, folder: Path | None = None) -> int:
    """Remove those of this user older than two hours; returns how many."""
    here = folder or Path(tempfile.gettempdir())
    found = [path for path in here.iterdir() if path.name.startswith(NAMES) and _is_left(path, at)]
    for path in found:
        shutil.rmtree(path, ignore_errors=True)
    if found:
        log.warning("%d temporary folders of killed processes were removed.", len(found))
    return len(found)


def _is_left(path: Path, at: datetime) -> bool:
    try:
        about = path.lstat()
    except FileNotFoundError:
        return False
    mine = not hasattr(os, "getuid") or about.st_uid == os.getuid()
    return mine and not path.is_symlink() and datetime.fromtimestamp(about.st_mtime, UTC) < at - OLD
