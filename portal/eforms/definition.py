"""The definition of a form (biểu mẫu điện tử) as versioned JSON, schema 1.

    {"schema": 1, "title", "title_en", "intro", "intro_en", "sections": [section, …]}
    section: {"id", "title", "title_en", "help", "help_en", "when": tree | None, "fields": [field, …]}
    field:   {"id", "type", "label", "label_en", "help", "help_en", "required", "when", "personal", "prefill", "paper"}
             and the settings of its type (`kinds.TYPES`)

Texts are plain, never HTML; `when` is a condition (`portal.eforms.expressions`), None for always. Numbers are whole or
decimal texts, never floats, so that the canonical bytes are those of RFC 8785. A section is one page of the form. A
group's `fields` are its rows' fields, named `group.field` from outside.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import orjson

from portal.eforms.expressions import NotAnExpression, clean_tree, parse, written
from portal.eforms.expressions.parsing import LONGEST, RESERVED
from portal.eforms.expressions.trees import number_tree
from portal.eforms.kinds import PREFILL, TYPES, Type
from portal.eforms.patterns import PATTERNS
from portal.files import KINDS
from portal.text import nfc, slug, without_controls, without_invisible

SCHEMA = 1
TODAY = "today"
MOST_SECTIONS, MOST_FIELDS, MOST_OPTIONS, MOST_ROWS = 40, 300, 300, 100
LONGEST_ID = 40
MOST_MEGABYTES = 100

Data = dict[str, Any]
ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


def empty() -> Data:
    """A form that asks nothing yet."""
    return clean({})


def clean(given: Any) -> Data:
    """Every key present, texts NFC. What cannot be what its key needs becomes empty; ids are not made unique here."""
    given = _mapping(given)
    data: Data = {"schema": SCHEMA}
    data |= {name: _line(given.get(name)) for name in ("title", "title_en")}
    data["title"] = data["title"] or ""
    data |= {name: text_of(given.get(name)) for name in ("intro", "intro_en")}
    sections = [_section(one) for one in _list(given.get("sections"))[:MOST_SECTIONS]]
    left = MOST_FIELDS
    for section in sections:
        section["fields"] = section["fields"][:left]
        left -= len(section["fields"])
    data["sections"] = sections
    return data


def canonical(definition: Data) -> bytes:
    """The bytes that are hashed, kept and exported: sorted keys, UTF-8, no spaces (RFC 8785)."""
    return orjson.dumps(clean(definition), option=orjson.OPT_SORT_KEYS)


def sha256_of(definition: Data) -> str:
    """The name of a definition: SHA-256 of its canonical bytes."""
    return hashlib.sha256(canonical(definition)).hexdigest()


def id_of(text: Any, fallback: str = "muc") -> str:
    """An identifier made from what was typed: lower case, underscores, a letter first, no word of the language."""
    made = slug(str(text), longest=LONGEST_ID, empty=fallback).replace("-", "_")
    made = made if made[0].isalpha() else f"{fallback}_{made}"
    return f"{made[: LONGEST_ID - 1].rstrip('_')}_" if made in RESERVED else made[:LONGEST_ID].rstrip("_")


def fields(definition: Data) -> Iterator[tuple[Data, Data]]:
    """(section, field) of every field on the pages, in their order; those in rows stand in their group."""
    for section in definition["sections"]:
        for field in section["fields"]:
            yield section, field


def paths(definition: Data) -> Iterator[tuple[str, Data, Data | None]]:
    """(path, field, its group or None) of every field: `hang`, `hang.so_tien`."""
    for _page, field in fields(definition):
        yield field["id"], field, None
        for inner in field.get("fields", ()):
            yield f"{field['id']}.{inner['id']}", inner, field


def section_of(definition: Data, section_id: str) -> Data | None:
    """The section of that id."""
    return next((one for one in definition["sections"] if one["id"] == section_id), None)


def field_at(definition: Data, path: str) -> Data | None:
    """The field of that path."""
    return next((field for known, field, _group in paths(definition) if known == path), None)


def said(thing: Mapping[str, Any], key: str, lang: str) -> str:
    """A text of the definition in the language of the page; Vietnamese where there is no other."""
    return (thing.get(f"{key}_en") if lang == "en" else None) or thing.get(key) or ""


def _section(value: Any) -> Data:
    given = _mapping(value)
    row: Data = {"id": id_of(given.get("id") or given.get("title") or "", "phan")}
    row |= _texts(given, "title", "help")
    row["title"] = row["title"] or ""
    row["when"] = clean_tree(given.get("when"))
    row["fields"] = [field for field in (_field(one) for one in _list(given.get("fields"))) if field]
    return row


def _field(value: Any, *, in_row: bool = False) -> Data | None:
    given = _mapping(value)
    kind = given.get("type")
    if kind not in tuple(Type) or (in_row and kind == Type.GROUP):
        return None
    row: Data = {"id": id_of(given.get("id") or given.get("label") or ""), "type": str(kind)}
    row |= _texts(given, "label", "help")
    row["label"] = row["label"] or ""
    row["required"] = given.get("required") is True and TYPES[Type(kind)].asks
    row["when"] = clean_tree(given.get("when"))
    row["personal"] = given.get("personal") is True
    row["prefill"] = given.get("prefill") if given.get("prefill") in tuple(PREFILL) else None
    row["paper"] = _line(given.get("paper"))
    for setting in TYPES[Type(kind)].settings:
        row[setting] = _SETTINGS[setting](given.get(setting))
    if kind == Type.COMPUTED:
        row["formula"], row["tree"] = _formula(given)
    return row


def _formula(given: Data) -> tuple[str, Data | None]:
    """What the officer typed, kept also when it cannot be read, and its tree; a tree alone is written out."""
    typed = (text_of(given.get("formula")) or "")[:LONGEST]
    tree = clean_tree(given.get("tree"))
    if not typed:
        typed = written(tree) if tree else ""
    try:
        return typed, parse(typed) if typed else None
    except NotAnExpression:
        return typed, None


def _texts(given: Data, line: str, text: str) -> Data:
    lines = {name: _line(given.get(name)) for name in (line, f"{line}_en")}
    return lines | {name: text_of(given.get(name)) for name in (text, f"{text}_en")}


def _option(value: Any) -> Data | None:
    given = _mapping(value)
    label = _line(given.get("label"))
    if label is None:
        return None
    return {"value": id_of(given.get("value") or label), "label": label, "label_en": _line(given.get("label_en"))}


def _options(value: Any) -> list[Data]:
    """Each value once; the first one counts."""
    found = [option for option in map(_option, _list(value)[:MOST_OPTIONS]) if option]
    return list({option["value"]: option for option in reversed(found)}.values())[::-1]


def _rows(value: Any) -> list[Data]:
    return [field for field in (_field(one, in_row=True) for one in _list(value)[:MOST_FIELDS]) if field]


def _count(most: int, fallback: int | None = None) -> Callable[[Any], int | None]:
    def count(value: Any) -> int | None:
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
        return value if fits else fallback

    return count


def _number(value: Any) -> str | None:
    tree = number_tree(value) if isinstance(value, str) else None
    if tree is None:
        return None
    sign, leaf = ("-", tree["args"][0]) if "op" in tree else ("", tree)
    return "0" if leaf["number"] == "0" else sign + leaf["number"]


def _bound(value: Any) -> str | None:
    """A day in ISO form, or the day on which the answer is checked."""
    if value == TODAY:
        return TODAY
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _names(known: tuple[str, ...]) -> Callable[[Any], list[str]]:
    return lambda value: [name for name in known if name in _list(value)]


def text_of(value: Any) -> str | None:
    """A text of several lines, or None when nothing is said."""
    if not isinstance(value, str):
        return None
    text = without_controls(without_invisible(nfc(value))).replace("\r\n", "\n").replace("\r", "\n").strip()
    return text or None


def _line(value: Any) -> str | None:
    text = text_of(value)
    return " ".join(text.split()) if text else None


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _mapping(value: Any) -> Data:
    return value if isinstance(value, dict) else {}


_SETTINGS: dict[str, Callable[[Any], Any]] = {
    "min_length": _count(10_000),
    "max_length": _count(10_000),
    "pattern": lambda value: value if isinstance(value, str) and value in PATTERNS else None,
    "decimals": _count(6, 0),
    "lowest": _number,
    "highest": _number,
    "unit": _line,
    "unit_en": _line,
    "earliest": _bound,
    "latest": _bound,
    "options": _options,
    "fewest": _count(MOST_ROWS),
    "most": _count(MOST_ROWS),
    "agency_kinds": lambda value: sorted({kind for kind in _list(value) if isinstance(kind, str) and kind.isascii()}),
    "accept": _names(tuple(KINDS)),
    "largest": _count(MOST_MEGABYTES),
    "row_label": _line,
    "row_label_en": _line,
    "fields": _rows,
    "formula": text_of,
    "tree": clean_tree,
}
