"""One process that reads many spoiled files: `fuzz_child.py FOLDER`, which holds `1.pdf`, `2.docx` … .

For each it writes a line to standard output before and after; whoever reads that sees at which file it ended, and why.
"""

import faulthandler
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType

from portal.papers.child import read
from portal.papers.errors import PaperError
from portal.papers.options import Options

SECONDS = 20
MEMORY = 1536 * 1024 * 1024


class OutOfTime(BaseException):
    """Longer than one small file may take."""


def out_of_time(number: int, frame: FrameType | None) -> None:
    raise OutOfTime


def one(path: Path, kind: str) -> str:  # noqa: PLR0911 - one line an end
    signal.alarm(SECONDS)
    try:
        paper = read(path, path.name, kind, Options(max_pages=50, max_text=1_000_000))
        for before, after in zip(paper.blocks, paper.blocks[1:], strict=False):
            if before.end > after.start:
                return "blocks overlap"
        if paper.blocks and paper.blocks[-1].end > len(paper.text):
            return "blocks beyond the text"
        paper.text.encode("utf-8")
        "".join(block.html for block in paper.blocks).encode("utf-8")
        return "paper"
    except PaperError as error:
        return f"refused {type(error).__name__}"
    except MemoryError:
        return "refused TookTooMuchMemory"
    except OutOfTime:
        return "slow"
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"raised {type(error).__name__} {error!s:.80} at {Path(where.filename).name}:{where.lineno}".replace(
            "\n", " "
        )
    finally:
        signal.alarm(0)


def main() -> None:
    faulthandler.enable(sys.stderr)
    signal.signal(signal.SIGALRM, out_of_time)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for path in sorted(Path(sys.argv[1]).iterdir(), key=lambda each: int(each.stem)):
        started = time.monotonic()
        print(f"{path.name} …", flush=True)
        told = one(path, path.suffix[1:])
        print(f"{path.name} {time.monotonic() - started:.2f} {told}", flush=True)
        path.unlink()


if __name__ == "__main__":
    main()
