"""Text becomes terms here and nowhere else, for documents and queries, for both engines.

A token is a canonical syllable: lower case, NFC, real đ, one tone place, i for y where both are written. It is a key
and never shown. `fold` takes its accents away, `pairs` joins neighbours. Own numbers of documents have terms of
their own (`number_terms`), and `asked_numbers` says which of these a query could mean. Requirements C-1 to C-6.
"""

from portal.search.analysis.numbers import asked_numbers, number_terms
from portal.search.analysis.words import Span, fold, has_marks, pairs, spans, tokens

__all__ = ["Span", "asked_numbers", "fold", "has_marks", "number_terms", "pairs", "spans", "tokens"]
