"""Letters of the whole paper put right: old encodings that no font's name told of, and signs that only look alike."""

import re
from collections.abc import Iterator

from portal.papers.readers.pdf.fonts import CAPITALS, SOFT
from portal.papers.readers.pdf.model import Page, Word
from portal.text import legacy, nfc, with_real_dd
from portal.text.syllables import is_syllable

_SAMPLE = 200_000
_HYPHENED = re.compile(r"[^\W\d_]*(?:-[^\W\d_]*)+")


def converted(text: str, encoding: str) -> str:
    """A word in an old encoding as Unicode; `encoding` may end in `CAPITALS`.

    The code of ư in TCVN3 is that of the hyphen in the usual encoding of PDF fonts, so PDFium gives a hyphen for it.
    """
    name, capitals = encoding.removesuffix(CAPITALS), encoding.endswith(CAPITALS)
    text = text.replace(SOFT, "\u00ad")
    if name == legacy.TCVN3 and "-" in text:
        text = _HYPHENED.sub(_with_u, text)
    return legacy.convert(text, name, capitals=capitals)


def _with_u(found: re.Match[str]) -> str:
    letters = found[0].replace("-", "\u00ad")
    parts = [part for part in found[0].split("-") if part]
    if not parts or not is_syllable(legacy.convert(letters, legacy.TCVN3)):
        return found[0]
    both = len(parts) > 1 and all(is_syllable(legacy.convert(part, legacy.TCVN3)) for part in parts)
    return found[0] if both else letters


def put_right(pages: list[Page], chosen: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Converts the words of `pages` in place. The encodings that were converted, and the candidates when in doubt.

    `chosen`: what a person decided. Words that their font's name already told are Unicode by now and stay.
    """
    told = tuple(sorted({encoding.split("/")[0] for page in pages for encoding in page.encodings}))
    whole = legacy.recognise(_sample(pages)) if chosen is None else legacy.Recognised(chosen, True)
    for word in _words(pages):
        if whole.encoding is not None or not word.text.isascii():
            word.text = _right(word.text, whole.encoding)
    found = told if whole.encoding is None or whole.encoding in told else (*told, whole.encoding)
    return found, () if whole.sure else whole.candidates


def _words(pages: list[Page]) -> Iterator[Word]:
    for page in pages:
        for line in page.lines:
            yield from line.words
        for table in page.tables:
            for cell in table.cells:
                for line in cell.lines:
                    yield from line.words


def _sample(pages: list[Page]) -> str:
    out: list[str] = []
    length = 0
    for page in pages:
        for line in page.lines:
            out.append(line.text)
            length += len(out[-1])
        if length > _SAMPLE:
            break
    return "\n".join(out).replace(SOFT, "\u00ad")


def _right(text: str, encoding: str | None) -> str:
    if encoding is not None:
        return converted(text, encoding)
    if SOFT in text:
        # A soft hyphen is seen at the end of a line only.
        text = text[:-1].replace(SOFT, "") + text[-1:].replace(SOFT, "-")
    return with_real_dd(nfc(text))
