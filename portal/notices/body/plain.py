"""The text of a body without its marks, for search, comparison and descriptions."""

import re
from html import unescape

_BREAK = re.compile(r"<(?:/?(?:p|h[2-4]|li|ul|ol|table|caption|thead|tbody|tfoot|tr|blockquote)|br)(?: [^<>]*)?>")
_CELL = re.compile(r"</t[dh]>")
_MARK = re.compile(r"<[^<>]+>")
_GAPS = re.compile(r"[ ]*\n\s*")


def plain_text(html: str) -> str:
    """Cleaned HTML as text: one line for each paragraph, list item and row; cells of a row are parted by tabs."""
    lines = _CELL.sub("\t", _BREAK.sub("\n", html.replace("\n", " ")))
    return _GAPS.sub("\n", unescape(_MARK.sub("", lines))).replace("\t\n", "\n").strip()
