"""The text of a body without its marks, for search, comparison and descriptions."""

import re
from html import unescape

_BREAK = re.compile(r"<(?:/?(?:p|h[2-4]|li|ul|ol|table|caption|thead|tbody|tfoot|tr|blockquote|aside)|br)(?: [^<>]*)?>")
_CELL = re.compile(r"</t[dh]>")
_MARK = re.compile(r"<[^<>]+>")
_CITATION = re.compile(r'<sup><a href="#chu-thich-[^<>]*>[^<>]*</a></sup>')
_GAPS = re.compile(r"[ ]*\n\s*")


def plain_text(html: str) -> str:
    """Cleaned HTML as text: one line for each paragraph, list item and row; cells of a row are parted by tabs.

    Footnotes come last; their numbers in the text, which would stick to words, are left out.
    """
    lines = _CELL.sub("\t", _BREAK.sub("\n", _CITATION.sub("", html.replace("\n", " "))))
    return _GAPS.sub("\n", unescape(_MARK.sub("", lines))).replace("\t\n", "\n").strip()
