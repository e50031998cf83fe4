"""Sets one document: `python -I child.py FOLDER`. Run as a file, in a process of its own, so that a monstrous document
harms nothing else; imports nothing of the portal.

FOLDER holds document.typ, content.json, pictures and job.json; `document.pdf` is written there. Exit status 0: done.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY = 2 << 30
SECONDS = 60
STANDARDS: tuple[list[Any], ...] = (["a-2a", "ua-1"], ["ua-1"], [])
"""The best first: archives and readers for the blind; a letter that no font has must not stop the paper."""


def limit() -> None:
    """What this process may use; a desktop machine of a developer may not know every limit."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))


def main(folder: Path) -> int:
    """Write the PDF; says on the last line of stderr why not."""
    os.environ["RAYON_NUM_THREADS"] = "1"
    limit()
    import typst

    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    for standards in STANDARDS:
        try:
            typst.compile(
                str(folder / "document.typ"),
                output=str(folder / "document.pdf"),
                root=str(folder),
                font_paths=[job["fonts"]],
                ignore_system_fonts=True,
                pdf_standards=standards,
                package_path=str(folder / "none"),
                package_cache_path=str(folder / "none"),
                timestamp=job["made_at"],
            )
        except typst.TypstError as error:
            print(standards, error.message, error.hints, file=sys.stderr)
            continue
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
