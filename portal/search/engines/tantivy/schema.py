"""What tantivy holds: the terms by which units are ranked and matched, and two keys. All else lies in `records`."""

import re
from collections.abc import Mapping

import tantivy

from portal.search.engine import FIELDS

UID, SLOT = "uid", "slot"
_WORDS = "portal_words"


_BLANKS = "\t\n\x0b\x0c\r "
_INSTEAD = "".join(chr(0xE000 + place) for place in range(len(_BLANKS)))
_KEPT, _GIVEN = str.maketrans(_BLANKS, _INSTEAD), str.maketrans(_INSTEAD, _BLANKS)
_BLANK, _OTHER_BLANK = re.compile(f"[{_BLANKS}]"), re.compile(f"[{_BLANKS[:-1]}]")


def kept(text: str) -> str:
    """A term as tantivy keeps it: without blanks, which separate terms."""
    return text.translate(_KEPT) if _BLANK.search(text) else text


def given(text: str) -> str:
    """A term as it was given."""
    return text.translate(_GIVEN)


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name=_WORDS, index_option="freq")
    builder.add_text_field(UID, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(SLOT, indexed=True, fast=True)
    return builder.build()


def prepared(index: tantivy.Index) -> tantivy.Index:
    """The index with what each process must tell it anew."""
    index.register_tokenizer(_WORDS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def row(uid: str, slot: int, terms: Mapping[str, Mapping[str, int]]) -> tantivy.Document:
    """A unit for tantivy. A frequency becomes repetition: faster than tokens made one by one in Python."""
    document = tantivy.Document()
    document.add_text(UID, uid)
    document.add_unsigned(SLOT, slot)
    for name, counts in terms.items():
        document.add_text(name, _repeated(counts))
    return document


def _repeated(counts: Mapping[str, int]) -> str:
    once = " ".join(counts)
    if once.count(" ") >= len(counts) or _OTHER_BLANK.search(once):
        counts = {kept(term): times for term, times in counts.items()}
    return " ".join([term if times == 1 else " ".join([term] * times) for term, times in counts.items()])
