"""Sentences kept in rows: the text to be translated and its values, so that each reader gets them in their language."""

from typing import Any

from translationstring import TranslationString

Said = dict[str, Any]


def kept(text: Any) -> Said:
    """A translatable sentence as plain values; its values may be sentences themselves."""
    if not isinstance(text, TranslationString):
        return {"text": str(text), "values": {}}
    values = {
        name: kept(value) if isinstance(value, TranslationString) else value
        for name, value in (text.mapping or {}).items()
    }
    return {"text": str(text), "values": values}


def said(row: Said) -> TranslationString:
    """What `kept` was given."""
    values = {name: said(value) if isinstance(value, dict) else value for name, value in row["values"].items()}
    return TranslationString(row["text"], domain="portal", mapping=values or None)
