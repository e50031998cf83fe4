"""Not the words of a PDF but its digital signatures only: for files whose words nobody asked for."""

from pathlib import Path

from portal.papers.options import Options
from portal.papers.paper import Paper
from portal.papers.signatures import signatures_of


def read(path: Path, name: str, *, options: Options) -> Paper:
    """A paper without text that has its signatures. Raises `EncryptedPaper`."""
    return Paper(name, "pdf", signatures=signatures_of(path, options.roots))
