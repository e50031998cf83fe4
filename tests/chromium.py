"""The browser that tests drive: which one, and how it is started."""

import os
import shutil
from pathlib import Path

CHROMIUM = Path(os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
