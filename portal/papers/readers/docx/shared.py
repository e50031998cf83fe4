"""What is one for a whole paper: its package, styles, lists, pictures, notes, and what is to be remarked."""

import re
from collections import Counter
from dataclasses import dataclass, field

from portal.papers.errors import TooLong
from portal.papers.options import Options
from portal.papers.readers.docx.images import Images
from portal.papers.readers.docx.numbering import Numbering
from portal.papers.readers.docx.package import Package, Relations
from portal.papers.readers.docx.pieces import Marks, Piece, composed, merged
from portal.papers.readers.docx.styles import Styles
from portal.papers.remarks import Remarks
from portal.text import nfc
from portal.text.encodings import VIETNAMESE_ONLY
from portal.text.legacy import convert
from portal.text.syllables import is_syllable


@dataclass
class Shared:
    """`encoding`: of text that no font explains, None for Unicode. `noted`: footnotes and endnotes in the order of
    their first signs, as (kind, identifier). `tally`: how often each remark applies."""

    package: Package
    options: Options
    styles: Styles
    numbering: Numbering
    images: Images
    encoding: str | None = None
    noted: dict[tuple[str, str], int] = field(default_factory=dict)
    tally: Counter[Remarks] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    length: int = 0

    def finished(self, pieces: list[Piece]) -> list[Piece]:
        """Pieces of a paragraph joined, in Unicode and NFC. Raises `TooLong` beyond the characters allowed."""
        joined = merged(pieces)
        is_unicode = any(VIETNAMESE_ONLY.search(piece.text) for piece in joined)
        done = composed([self._converted(piece, is_unicode) for piece in joined])
        self.length += sum(len(piece.text) for piece in done)
        if self.length > self.options.max_text:
            raise TooLong(characters=self.options.max_text)
        return done

    def _converted(self, piece: Piece, is_unicode: bool) -> Piece:
        """A piece in Unicode. An old font over a text typed in Unicode says nothing: the likelier reading is taken."""
        encoding, capitals = piece.marks.encoding or (self.options.encoding or self.encoding, False)
        if encoding is None or piece.html is not None:
            return piece
        marks = piece.marks
        plain = Marks(marks.href, marks.strong, marks.em, marks.struck, marks.vertical)
        text = piece.text.upper() if capitals else piece.text
        if not VIETNAMESE_ONLY.search(piece.text):
            converted = convert(piece.text, encoding, capitals=capitals)
            gain = _syllables(converted) - _syllables(piece.text)
            if gain > 0 or (gain == 0 and not is_unicode):
                text = converted
        if text.casefold() != piece.text.casefold():
            self.encodings[encoding] += 1
        return Piece(text, plain)


def _syllables(text: str) -> int:
    """How many words with marks could be Vietnamese, less those that could not."""
    words = [word for word in _WORD.findall(nfc(text)) if not word.isascii()]
    return sum(1 if is_syllable(word) else -1 for word in words)


_WORD = re.compile(r"[^\W\d_]+")


@dataclass
class Story:
    """One part with text: the body, the footnotes, a page header. `level` counts the text boxes it stands in."""

    shared: Shared
    relations: Relations
    level: int = 0
