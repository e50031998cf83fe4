"""Locks between the processes of a host: `flock` on a file, gone with its process however that ends."""

import contextlib
import fcntl
import os
from pathlib import Path


class Lock:
    """An open lock file. Two of them, in one process or in several, keep each other out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Whether we hold it and its file is still the one that others would open."""
        if self._handle is None:
            return False
        try:
            here, there = os.fstat(self._handle), self.path.stat()
        except FileNotFoundError:
            return False
        return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)

    def take(self, *, shared: bool = False, wait: bool = False) -> bool:
        """Take it; False when somebody else has it and we do not `wait`. Raises OSError, FileNotFoundError too:
        the folder must be there."""
        self.let_go()
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(handle)
            return False
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        return True

    def let_go(self) -> None:
        """Give it back; harmless when it was not taken."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = None

    @property
    def free(self) -> bool:
        """Whether nobody holds it at this moment."""
        if not self.path.exists():
            return True
        probe = Lock(self.path)
        try:
            return probe.take()
        finally:
            probe.let_go()
