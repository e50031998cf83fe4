"""Run as a process of its own: `child.py ENGINE FOLDER writing|endless FIRST`. Prints each version it has committed."""

import sys
from itertools import count
from pathlib import Path

from search.engines.reference import unit

from portal.search.engine import Unit
from portal.search.engines import engine_named

DOCUMENTS = 30


def documents(version: int) -> list[tuple[str, list[Unit]]]:
    """Every document holds the word of its version, so a mixture of two commits is seen at once."""
    words = " ".join(f"w{number}" for number in range(40))
    return [
        (
            f"d{number}",
            [
                unit(
                    f"d{number}", anchor, version=version, day=number, E=f"chung v{version} {words}", text=f"v{version}"
                )
                for anchor in ("", "dieu-1")
            ],
        )
        for number in range(DOCUMENTS)
    ]


def main(engine: str, folder: str, how: str, first: str) -> None:
    index = engine_named(engine).open(Path(folder), memory=1 << 20)
    writer = index.writer()
    for version in count(int(first)):
        for uid, units in documents(version):
            writer.replace(uid, units)
        print(f"begin {version}", flush=True)
        writer.commit()
        print(f"done {version}", flush=True)
        if how == "writing":
            break
    writer.close()
    index.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
