"""What a designer does to a definition. Pure: every function gives a new, clean definition and keeps ids unique.

A field is named by its path (`hang`, `hang.so_tien`), a section by its id.
"""

import copy
from collections.abc import Iterable
from typing import Any

from portal.eforms.definition import (
    LONGEST_ID,
    MOST_FIELDS,
    MOST_SECTIONS,
    Data,
    clean,
    field_at,
    id_of,
    paths,
    section_of,
)
from portal.eforms.errors import FormFull, NoSuchPart
from portal.eforms.expressions import fields_of, renamed, written
from portal.eforms.kinds import Type


def add_section(definition: Data, title: str) -> tuple[Data, str]:
    """A new page at the end; also its id. Raises `FormFull`."""
    if len(definition["sections"]) >= MOST_SECTIONS:
        raise FormFull
    made = copy.deepcopy(definition)
    name = free_id(title or "phan", (section["id"] for section in definition["sections"]), "phan")
    made["sections"].append({"id": name, "title": title})
    return clean(made), name


def add_field(definition: Data, inside: str, kind: Type, label: str, *, group: bool = False) -> tuple[Data, str]:
    """A new field at the end of a section, or of a group's rows; also its path. Raises `NoSuchPart`, `FormFull`."""
    if sum(1 for _one in paths(definition)) >= MOST_FIELDS:
        raise FormFull
    made = copy.deepcopy(definition)
    place = field_at(made, inside) if group else section_of(made, inside)
    if place is None or "fields" not in place or (group and kind is Type.GROUP):
        raise NoSuchPart
    name = free_id(label or kind.value, taken(definition))
    place["fields"].append({"type": kind.value, "id": name, "label": label, **_preset(kind)})
    return clean(made), f"{inside}.{name}" if group else name


def duplicate(definition: Data, path: str) -> tuple[Data, str]:
    """A copy of a field after it, under an id of its own; also its path."""
    made = copy.deepcopy(definition)
    row, number = _row(made, path)
    copied = copy.deepcopy(row[number])
    names = set(taken(definition))
    copied["id"] = free_id(copied["id"], names)
    for inner in copied.get("fields", ()):
        old = inner["id"]
        names |= {copied["id"]}
        inner["id"] = free_id(old, names)
        names |= {inner["id"]}
        _rename_in(copied["fields"], old, inner["id"])
    row.insert(number + 1, copied)
    parent = path.rpartition(".")[0]
    return clean(made), f"{parent}.{copied['id']}" if parent else copied["id"]


def move(definition: Data, path: str, step: int) -> Data:
    """A field one place up (-1) or down (1); past the end of its page to the next one, those of rows never."""
    made = copy.deepcopy(definition)
    row, number = _row(made, path)
    landing = number + step
    if 0 <= landing < len(row):
        row.insert(landing, row.pop(number))
    elif "." not in path:
        pages = made["sections"]
        page = next(at for at, section in enumerate(pages) if section["fields"] is row)
        if 0 <= page + step < len(pages):
            beside = pages[page + step]["fields"]
            beside.insert(0 if step > 0 else len(beside), row.pop(number))
    return clean(made)


def move_section(definition: Data, section_id: str, step: int) -> Data:
    """A page one place up or down."""
    made = copy.deepcopy(definition)
    number, landing = _section_number(made, section_id), _section_number(made, section_id) + step
    if 0 <= landing < len(made["sections"]):
        made["sections"].insert(landing, made["sections"].pop(number))
    return clean(made)


def remove(definition: Data, path: str) -> Data:
    """Without a field and, for a group, those of its rows. What refers to it stays and shows up as a problem."""
    made = copy.deepcopy(definition)
    row, number = _row(made, path)
    del row[number]
    return clean(made)


def remove_section(definition: Data, section_id: str) -> Data:
    """Without a page and its fields."""
    made = copy.deepcopy(definition)
    del made["sections"][_section_number(made, section_id)]
    return clean(made)


def put_section(definition: Data, section_id: str, values: Data) -> Data:
    """A page with what was typed about it; one that has gone meanwhile comes back at the end, so nothing is lost."""
    made = copy.deepcopy(definition)
    if section_of(made, section_id) is None:
        made["sections"].append({"id": section_id})
    section = section_of(made, section_id)
    assert section is not None
    others = (one["id"] for one in made["sections"] if one["id"] != section_id)
    wanted = free_id(values.get("id") or section_id, others, "phan")
    section |= {name: value for name, value in values.items() if name != "fields"} | {"id": wanted}
    return clean(made)


def put_field(definition: Data, path: str, values: Data) -> Data:
    """A field with what was typed about it; a new id is put into every condition and formula.

    One that has gone meanwhile comes back at the end of the form.
    """
    made = copy.deepcopy(definition)
    field = field_at(made, path)
    if field is None:
        field = {"id": path.rpartition(".")[2]}
        if not made["sections"]:
            made["sections"].append({"id": "phan", "fields": []})
        made["sections"][-1]["fields"].append(field)
    old = field["id"]
    field.update({name: value for name, value in values.items() if name not in ("id", "fields", "tree")})
    wanted = id_of(values.get("id") or old)
    if wanted != old:
        new = free_id(wanted, (name for name in taken(definition) if name != old))
        field["id"] = new
        made = clean(made)
        _rename(made, old, new)
    return clean(made)


def references(definition: Data, *names: str) -> list[str]:
    """Titles of the pages and fields whose condition or formula speaks of one of these fields (by id)."""
    found: list[str] = []
    wanted = set(names)
    for section in definition["sections"]:
        if wanted & _spoken(section["when"]):
            found.append(section["title"] or section["id"])
    for path, field, _group in paths(definition):
        if field["id"] not in wanted and wanted & (_spoken(field["when"]) | _spoken(field.get("tree"))):
            found.append(field["label"] or path)
    return found


def taken(definition: Data) -> Iterable[str]:
    """Every id that a field bears."""
    return [field["id"] for _path, field, _group in paths(definition)]


def free_id(wanted: str, others: Iterable[str], fallback: str = "muc") -> str:
    """An id that nothing else bears: the plain one, else with _2, _3 …"""
    base, known = id_of(wanted, fallback), set(others)
    if base not in known:
        return base
    number = 2
    while (made := f"{base[: LONGEST_ID - len(str(number)) - 1].rstrip('_')}_{number}") in known:
        number += 1
    return made


def _preset(kind: Type) -> Data:
    if kind is Type.GROUP:
        return {"fewest": 1, "most": 10, "required": True}
    if kind is Type.FILES:
        return {"accept": ["pdf", "jpeg", "png"], "largest": 10, "most": 1}
    return {"personal": True} if kind in (Type.CITIZEN_ID, Type.PHONE, Type.EMAIL, Type.ADDRESS) else {}


def _row(definition: Data, path: str) -> tuple[list[Data], int]:
    """The list that a field stands in, and its place there. Raises `NoSuchPart`."""
    parent, _dot, name = path.rpartition(".")
    if parent:
        group = field_at(definition, parent)
        rows = [group["fields"]] if group and "fields" in group else []
    else:
        rows = [section["fields"] for section in definition["sections"]]
    for row in rows:
        for number, field in enumerate(row):
            if field["id"] == name:
                return row, number
    raise NoSuchPart


def _section_number(definition: Data, section_id: str) -> int:
    for number, section in enumerate(definition["sections"]):
        if section["id"] == section_id:
            return number
    raise NoSuchPart


def _spoken(tree: Data | None) -> set[str]:
    return {part for name in fields_of(tree) for part in name.split(".")}


def _rename(definition: Data, old: str, new: str) -> None:
    for section in definition["sections"]:
        section["when"] = renamed(section["when"], old, new)
        _rename_in(section["fields"], old, new)


def _rename_in(fields: list[Any], old: str, new: str) -> None:
    for field in fields:
        field["when"] = renamed(field["when"], old, new)
        if field.get("tree") and old in _spoken(field["tree"]):
            field["tree"] = renamed(field["tree"], old, new)
            field["formula"] = written(field["tree"])
        _rename_in(field.get("fields", []), old, new)
