"""The process that reads one file: `python -m portal.papers.child FOLDER`.

FOLDER is its own and holds `job.json`; it leaves `answer.json` there, and pictures as files. It limits itself before it
opens the file: memory, processor time, clock, size of files it writes, no further processes; no network and no other
file of the machine where the kernel lets it. Whatever goes wrong with it, the file's owner is told by the process that
asked (`isolation`).
"""

import json
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from portal.papers.carrying import pack
from portal.papers.confinement import SYSTEM, confine, leave_the_network, own_code
from portal.papers.errors import FormatUnknown, PaperError, TookTooMuchMemory, to_plain
from portal.papers.options import Options
from portal.papers.paper import Paper

READERS = {"text": "plain", "html": "web", "docx": "docx", "pdf": "pdf", "signatures": "signatures"}
"""Kind of the file, or what is wanted of it → module of `portal.papers.readers`."""
JOB, ANSWER = "job.json", "answer.json"
_SURROGATES = "surrogatepass"


def read(path: Path, name: str, kind: str, options: Options) -> Paper:
    """Read a file of a known kind in this very process. Raises `PaperError`."""
    if kind not in READERS:
        raise FormatUnknown()
    reader: Callable[..., Paper] = import_module(f"portal.papers.readers.{READERS[kind]}").read
    return reader(path, name, options=options)


def answer(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What is told to the one who asked: the paper, or the error by name."""
    given = dict(job["options"])
    roots = given.pop("roots")
    options = Options(**given, roots=Path(roots) if roots else None)
    try:
        paper = read(Path(job["path"]), job["name"], job["kind"], options)
        return {"paper": pack(paper, folder)}
    except PaperError as error:
        return to_plain(error)
    except MemoryError:
        return to_plain(TookTooMuchMemory(megabytes=job["memory"] // 1024**2))


def main(folder: Path) -> int:
    job = json.loads((folder / JOB).read_bytes())
    _limit(job)
    told = answer(job, folder)
    content = json.dumps(told, ensure_ascii=False).encode("utf-8", _SURROGATES)
    part = folder / f"{ANSWER}.part"
    part.write_bytes(content)
    part.rename(folder / ANSWER)
    return 0


def _limit(job: dict[str, Any]) -> None:
    signal.alarm(job["seconds"] + 5)  # should nobody be left to stop it
    leave_the_network()
    with suppress(OSError):
        roots = job["options"]["roots"]
        readable = [*SYSTEM, *own_code(), job["path"], *([roots] if roots else [])]
        confine(readable, [job["folder"], *job["measured"]])
    try:
        import resource
    except ImportError:  # Windows: the clock alone limits it
        return
    cpu = job["seconds"]
    limits = (
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_AS, job["memory"], job["memory"]),
        (resource.RLIMIT_FSIZE, job["written"], job["written"]),
        (resource.RLIMIT_NOFILE, 64, 64),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NPROC, 0, 0),
    )
    for what, soft, hard in limits:
        with suppress(ValueError, OSError):  # macOS has no limit of memory; a hard limit may be lower already
            resource.setrlimit(what, (soft, hard))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
