"""Walks over deform's tree of fields: identifiers made of the path, repeat rows laid out, errors collected."""

from collections.abc import Iterator
from typing import Any

import colander


def lay_out(field: Any, oid: str, path: str = "") -> None:
    """Give `field` and all below it an `oid` (`form-recipients-0-name`) and a `path` (`recipients.0.name`).

    The rows of a sequence are made from its value, unless validation has made them already.
    """
    field.oid, field.path = oid, path
    if isinstance(field.typ, colander.Sequence):
        for index, row in enumerate(rows_of(field)):
            lay_out(row, f"{oid}-{index}", f"{path}.{index}" if path else str(index))
        return
    for child in field.children:
        lay_out(child, f"{oid}-{child.name}", f"{path}.{child.name}" if path else child.name)


def rows_of(field: Any) -> list[Any]:
    """The fields of a sequence's rows, at least as many as its widget's `least`."""
    made: list[Any] | None = getattr(field, "sequence_fields", None)
    if made is None:
        made = []
        values = field.cstruct if field.cstruct is not colander.null else []
        for value in values:
            made.append(_row(field, value))
        field.sequence_fields = made
    while len(made) < getattr(field.widget, "least", 0):
        made.append(_row(field, colander.null))
    return made


def _row(field: Any, value: Any) -> Any:
    row = field.children[0].clone()
    if value is not colander.null:
        row.cstruct = value
    return row


def blank_row(field: Any, token: str) -> Any:
    """A row for the browser to copy; `token` stands for its index in every identifier."""
    row = field.children[0].clone()
    lay_out(row, f"{field.oid}-{token}", f"{field.path}.{token}")
    return row


def below(field: Any) -> list[Any]:
    """The fields shown inside `field`: rows of a sequence, else its children, in the order of the page."""
    if isinstance(field.typ, colander.Sequence):
        return rows_of(field)
    return [child for _section, fields in parts(field) for child in fields]


def parts(field: Any) -> list[tuple[Any, list[Any]]]:
    """The fields as the page shows them: (section or None, fields), each section once."""
    by_name = {child.name: child for child in field.children}
    sections = getattr(field.schema, "sections", ())
    grouped = {name for section in sections for name in section.fields}
    loose = [child for child in field.children if child.name not in grouped]
    titled = [(section, [by_name[name] for name in section.fields]) for section in sections]
    return ([(None, loose)] if loose else []) + titled


def walk(field: Any) -> Iterator[Any]:
    """`field` and everything below it, in the order of the page."""
    yield field
    for child in below(field):
        yield from walk(child)


def own_messages(field: Any) -> list[Any]:
    """The error messages of this very field, not those of its children."""
    error = field.error
    if error is None or error.msg is None:
        return []
    return [message for message in error.messages() if message]


def find(field: Any, path: str) -> Any | None:
    """The field at `recipients.0.name`, or None."""
    return next((candidate for candidate in walk(field) if candidate.path == path), None)
