"""Bodies of documents: from plain text or foreign HTML to the stored HTML, and from that to anchors and contents.

Pure functions, linear in the length of the text.
"""

from portal.notices.body.clean import clean_html
from portal.notices.body.framing import framed
from portal.notices.body.fromtext import text_to_html
from portal.notices.body.markers import Kind, read_marker
from portal.notices.body.parts import Part, parts
from portal.notices.body.passages import Place, text_and_passages
from portal.notices.body.plain import plain_text

__all__ = [
    "Kind",
    "Part",
    "Place",
    "clean_html",
    "framed",
    "parts",
    "plain_text",
    "read_marker",
    "text_and_passages",
    "text_to_html",
]
