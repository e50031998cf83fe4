"""The digital signatures of a file, looked at apart from this process."""

from pathlib import Path

from portal.papers.errors import PaperError
from portal.papers.isolation import MB, Bounds, read_apart
from portal.papers.options import Options
from portal.papers.paper import Signature
from portal.papers.remarks import Remarks

BOUNDS = Bounds(seconds=20, memory=1024 * MB)


def check_signatures(path: Path, name: str, *, roots: Path | None, bounds: Bounds = BOUNDS) -> tuple[Signature, ...]:
    """What `signatures_of` says of a PDF, within bounds of time and memory; never fails.

    A file that is locked, or that takes too long, has one entry which says that nobody could look.
    """
    try:
        return read_apart(path, name, "signatures", Options(roots=roots), bounds).signatures
    except PaperError:
        return (Signature("unchecked", Remarks.SIGNATURE_NOT_LOOKED_AT, covers_all=False),)
