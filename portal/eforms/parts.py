"""Between a part of the definition (head, section, field) and the designer's form of it."""

from collections.abc import Mapping
from typing import Any

from portal.eforms import designing
from portal.eforms.conditions import rows_of, tree_of
from portal.eforms.definition import TODAY, Data, field_at, section_of
from portal.eforms.expressions import parse, written
from portal.forms.dates import NotADate, parse_date, shown

Values = dict[str, Any]
TODAY_WORDS = ("hôm nay", "today")
"""How the day of handing in is typed."""


def head_values(data: Data) -> Values:
    """The head's form from a record."""
    definition = data["definition"]
    return {name: definition[name] for name in ("title", "title_en", "intro", "intro_en")} | {"slug": data["slug"]}


def head_data(values: Values, before: Data) -> Data:
    """The record with what was typed about the whole form."""
    given = {name: value for name, value in values.items() if name != "slug"}
    slug = values.get("slug", before["slug"])
    return before | {"slug": slug, "definition": before["definition"] | given}


def section_values(data: Data, section_id: str) -> Values:
    """A section's form from a record; empty when the section has gone."""
    section = section_of(data["definition"], section_id) or {}
    return {name: section.get(name) for name in ("title", "title_en", "help", "help_en", "id")} | _condition(
        section.get("when"), data["definition"]
    )


def section_data(values: Values, before: Data, section_id: str) -> Data:
    """The record with what was typed about a section."""
    definition = before["definition"]
    given = _with_condition(values, section_of(definition, section_id) or {}, definition)
    return before | {"definition": designing.put_section(definition, section_id, given)}


def field_values(data: Data, path: str) -> Values:
    """A field's form from a record; empty when the field has gone."""
    field = field_at(data["definition"], path) or {}
    values = {name: value for name, value in field.items() if name not in ("fields", "tree", "when", "type")}
    if values.get("options") == []:
        values["options"] = [{}, {}]
    for name in ("earliest", "latest"):
        if name in values:
            values[name] = TODAY_WORDS[0] if values[name] == TODAY else shown(values[name] or "")
    return values | _condition(field.get("when"), data["definition"])


def field_data(values: Values, before: Data, path: str, kind: str) -> Data:
    """The record with what was typed about a field."""
    definition = before["definition"]
    field = field_at(definition, path) or {}
    given = _with_condition(values, field, definition) | {"type": field.get("type", kind)}
    for name in ("accept", "agency_kinds", "options"):
        if name in given:
            given[name] = list(given[name] or ())
    for name in ("earliest", "latest"):
        if name in given:
            given[name] = _day(given[name])
    return before | {"definition": designing.put_field(definition, path, given)}


def _day(typed: str | None) -> str | None:
    """`today`, an ISO day, or what was typed, which the definition then drops."""
    text = (typed or "").strip()
    if text.casefold() in TODAY_WORDS:
        return TODAY
    try:
        return parse_date(text).isoformat() if text else None
    except NotADate:
        return text


def _condition(tree: Data | None, definition: Data) -> Values:
    rows = rows_of(tree, definition)
    if rows is None:
        return {"joined": "and", "rows": [], "when_text": written(tree or {})}
    return {"joined": rows[0], "rows": rows[1], "when_text": None}


def _with_condition(values: Values, before: Mapping[str, Any], definition: Data) -> Values:
    """The values with the condition that the rows or the text mean; what was refused leaves the one before."""
    given = {name: value for name, value in values.items() if name not in ("joined", "rows", "when_text")}
    if "when_text" not in values or "rows" not in values:
        return given | {"when": before.get("when")}
    if values["when_text"]:
        return given | {"when": parse(values["when_text"])}
    return given | {"when": tree_of(values.get("joined") or "and", list(values["rows"] or ()), definition)}
