"""The base of every form's schema, and sections that group long forms without nesting the data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import colander


@dataclass(frozen=True)
class Section:
    """A titled group (fieldset) of a form's fields. It changes what is seen, never the shape of the data."""

    title: str
    fields: tuple[str, ...]
    description: str | None = None


class Schema(colander.Schema):
    """Base of all form schemas.

    The CSRF token is no field of it: the form's template writes it and Pyramid's own check reads it, so values
    never carry it. `sections` groups fields; those in no section come first, in the schema's order. A form in which
    nearly every field may stay empty sets `marks_optional` to False and says so once, above the form.
    """

    sections: ClassVar[Sequence[Section]] = ()
    marks_optional: ClassVar[bool] = True


def without_none(value: Any) -> Any:
    """A copy of plain values in which None stands as colander's null: stored data say None for "unknown"."""
    if value is None:
        return colander.null
    if isinstance(value, Mapping):
        return {key: without_none(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [without_none(item) for item in value]
    return value
