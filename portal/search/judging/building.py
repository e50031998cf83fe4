"""A scratch index, built in a process of its own so that the memory of the one that asks is its own."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from portal.errors import PortalError
from portal.errors import _ as N_
from portal.search.documents import Document
from portal.search.engine import Unit
from portal.search.engines import engine_named
from portal.search.units import units_of

EVERY = 250
"""Documents between two signs of life."""


class NotBuilt(PortalError):
    """The process that builds the scratch index died or failed."""

    def __init__(self, why: str) -> None:
        super().__init__(N_("Không lập được chỉ mục thử: ${why}", mapping={"why": why}))


@dataclass(frozen=True, slots=True)
class Built:
    """What building took."""

    documents: int
    seconds: float
    megabytes: float


def build(
    engine: str, folder: Path, documents: Callable[[], Iterator[Document]], advance: Callable[[int], None]
) -> Built:
    """Index all of `documents()`, a picklable function, into `folder`, which is made; `advance` hears how many so far.

    Raises `NotBuilt`, and `PortalError` as `documents` does.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_build, args=(engine, folder, documents, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        while True:
            told = ours.recv()
            if isinstance(told, Built):
                return told
            if isinstance(told, PortalError):
                raise told
            if isinstance(told, str):
                raise NotBuilt(told)
            advance(told)
    except EOFError as error:
        process.join()
        raise NotBuilt(f"exit {process.exitcode}") from error
    finally:
        if process.is_alive():
            process.join(5)
        process.terminate()
        process.join()
        ours.close()


def _build(engine: str, folder: Path, documents: Callable[[], Iterator[Document]], tell: Connection) -> None:
    try:
        folder.mkdir(parents=True)
        started, count = time.monotonic(), 0

        def rows() -> Iterator[tuple[str, Sequence[Unit]]]:
            nonlocal count
            for count, document in enumerate(documents(), 1):
                yield document.uid, units_of(document, 1)
                if count % EVERY == 0:
                    tell.send(count)

        index = engine_named(engine).create(folder)
        index.build(rows())
        index.close()
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        tell.send(Built(count, time.monotonic() - started, size / 1e6))
    except KeyboardInterrupt:
        pass
    except PortalError as error:
        tell.send(error)
    except Exception as error:  # noqa: BLE001  # the edge of a process: the other side says it
        tell.send(f"{type(error).__name__}: {error}")
    finally:
        tell.close()
