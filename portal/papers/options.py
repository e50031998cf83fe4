"""What a reader is told beside the file."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """`encoding`: what a person decided about a legacy text, None to recognise it. `roots`: a folder of trusted
    certificates for digital signatures, None for none. A reader stops with `TooLong` beyond `max_pages` or `max_text`
    (characters).
    """

    encoding: str | None = None
    roots: Path | None = None
    max_pages: int = 2000
    max_text: int = 5_000_000
