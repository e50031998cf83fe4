"""One page of the form as it was sent, with nothing lost: what the form refuses is kept as well, if it can be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import colander

from portal.eforms import filling
from portal.eforms.answers import Answers, ask, merge
from portal.eforms.compiling import Page, answers_of
from portal.eforms.definition import Data
from portal.eforms.kinds import Type
from portal.eforms.values import clean_value
from portal.forms import Form
from portal.request import Request


@dataclass(frozen=True)
class Taken:
    """What one page sent comes to.

    `form`: to be drawn again; None when the page is done. `following`: the next section, None for the check.
    `unreadable`: something was typed that cannot be kept, so that the page must not be left.
    """

    answers: Answers
    form: Form | None
    status: int = 200
    revealed: int = 0
    following: str | None = None
    unreadable: bool = False

    @property
    def rows_changed(self) -> bool:
        """Whether a button for rows was pressed, and nothing else asked for."""
        return self.form is not None and self.status == 200 and not self.revealed


def take(
    request: Request, definition: Data, section_id: str, answers: Mapping[str, Any], page: Page, **look: Any
) -> Taken:
    """Take what was sent for a section. Raises `NoSuchPart`."""
    step = filling.step(request, definition, section_id, answers, page, **look)
    if step.form is None or (step.revealed and step.status == 200):
        return Taken(step.answers, step.form, step.status, len(step.revealed), step.following)
    section = ask(definition, answers).section(section_id) or {"fields": []}
    refused = step.form.refused()
    raw = {
        child.name: _plain(child.cstruct)
        for child in step.form.field.children
        if step.status == 200 or child.name in refused
    }
    fields = {field["id"]: field for field in section["fields"]}
    shaped = {name: _shaped(fields[name], value) for name, value in raw.items() if name in fields}
    saved = answers_of(section, shaped, page.places)
    lost = any(_is_lost(fields[name], shaped[name], saved.get(name)) for name in shaped)
    kept = {name: value for name, value in saved.items() if value is not None or shaped.get(name) is None}
    return Taken(merge(step.answers, kept), step.form, step.status, len(step.revealed), unreadable=lost)


def _plain(value: Any) -> Any:
    """A raw value without colander's sign for nothing."""
    if value is colander.null or value == "":
        return None
    if isinstance(value, Mapping):
        found = {str(name): _plain(inner) for name, inner in value.items()}
        return found if any(inner is not None for inner in found.values()) else None
    if isinstance(value, list | tuple | set):
        return [_plain(inner) for inner in value]
    return value


def _shaped(field: Data, value: Any) -> Any:
    """A raw value in the shape that answers of the type have, however it was sent."""
    if field["type"] == Type.GROUP:
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else None
    if field["type"] in (Type.FILES, Type.CHOICES):
        return value if isinstance(value, list) else None
    return value if isinstance(value, str | bool | int) or field["type"] == Type.ADDRESS else None


def _is_lost(field: Data, raw: Any, answer: Any) -> bool:
    """Whether something stands in the field that is no answer, such as 31/02."""
    if raw is None or field["type"] == Type.STATEMENT:
        return False
    if field["type"] == Type.GROUP:
        return any(
            _is_lost(inner, row.get(inner["id"]), clean_value(inner, row.get(inner["id"])))
            for row in raw
            for inner in field["fields"]
            if inner["type"] not in (Type.YES_NO, Type.AGENCY)
        )
    return answer is None
