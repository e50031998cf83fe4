"""References in the text of a document to other documents and to its own parts (dẫn chiếu).

Found in plain text (`find_references`), keyed so that a target is recognised when it arrives later (`keys`), and
written into a body as links (`linked`). Precision first: what is not certain is no reference. Pure functions, linear in
the length of the text.
"""

from portal.notices.references.chains import find_references
from portal.notices.references.keys import Target, law_key, law_key_of, needs_day, number_key_of, same_document, the_one
from portal.notices.references.linking import Page, linked
from portal.notices.references.model import Own, Reference
from portal.notices.references.rows import Row, anchors_of, rows_of

__all__ = [
    "Own",
    "Page",
    "Reference",
    "Row",
    "Target",
    "anchors_of",
    "find_references",
    "law_key",
    "law_key_of",
    "linked",
    "needs_day",
    "number_key_of",
    "rows_of",
    "same_document",
    "the_one",
]
