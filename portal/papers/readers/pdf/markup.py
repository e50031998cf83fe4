"""Words as HTML in the alphabet of stored bodies, everything escaped."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from portal.papers.readers.pdf.model import Look, Word

_TAGS = ((Look.BOLD, "strong"), (Look.ITALIC, "em"), (Look.RAISED, "sup"), (Look.LOWERED, "sub"))


def html_of_words(words: Sequence[Word]) -> str:
    """The words with strong, em, sup and sub; a reference to a note as its link."""
    pieces: list[str] = []
    for (look, _is_note), group in groupby(words, key=lambda word: (word.look, word.note)):
        run = list(group)
        blank = "" if run[0].glued or not pieces else " "
        pieces.append(blank + (_reference(run[0].note) if run[0].note is not None else _styled(run, look)))
    return "".join(pieces).strip()


def _styled(run: list[Word], look: int) -> str:
    text = run[0].text + "".join(("" if word.glued else " ") + word.text for word in run[1:])
    html = escape(text, quote=False)
    for flag, tag in reversed(_TAGS):
        if look & flag:
            html = f"<{tag}>{html}</{tag}>"
    return html


def _reference(number: int) -> str:
    return f'<sup><a href="#chu-thich-{number}">{number}</a></sup>'


def said(words: Sequence[Word]) -> str:
    """The words as text; references to notes have none."""
    pieces: list[str] = []
    for word in words:
        if word.note is not None:
            continue
        pieces.append(("" if word.glued or not pieces else " ") + word.text)
    return "".join(pieces).strip()
