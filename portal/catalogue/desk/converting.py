"""Between records and the values of the desk's forms. Pure, apart from looking agencies up by name."""

from collections.abc import Callable, Iterable
from typing import Any

from portal.catalogue import fees, limits
from portal.catalogue.data import ROLES, Channel, Data, clean, clean_local

FindAgency = Callable[[str], str | None]
"""The code of the agency of that name; None when the register does not know it."""

_SETS = ("audiences", "levels", "fields", "events")
_NUMBERS = ("proactive", "old_level")
_OWN = (*[channel.value for channel in Channel], *ROLES, "authority_name", "agency_name", "seen", "compared")
"""Fields of the forms that are none of the record."""
_GIVEN = {"limits": ("amount", "unit"), "fees": ("amount", "currency")}


def values_of(data: Data) -> dict[str, Any]:
    """A procedure's record as values of its form."""
    values = data | _channels(data) | {name: set(data[name]) for name in _SETS}
    values |= {name: None if data[name] is None else str(data[name]) for name in _NUMBERS}
    values |= {role: data["agencies"][role] for role in ROLES}
    values["documents"] = [row | {"optional": not row["required"]} for row in data["documents"]]
    return values | {"authority_name": data["authority"]["name"]}


def data_of(values: dict[str, Any], before: Data, find: FindAgency, confirmed: frozenset[str] = frozenset()) -> Data:
    """What the form says over what the record said; fields that could not be read stay as they were."""
    given = _over(values, before)
    given |= {name: sorted(values[name]) for name in _SETS if name in values}
    given |= {name: int(values[name]) if values[name] else None for name in _NUMBERS if name in values}
    if "authority_name" in values:
        given["authority"] = _agency(values["authority_name"], [before["authority"]], find)
    given["agencies"] = {role: _agencies(values.get(role), before["agencies"][role], find) for role in ROLES}
    if "documents" in values:
        given["documents"] = [row | {"required": not row["optional"]} for row in values["documents"]]
    given["doubts"] = {name: why for name, why in before["doubts"].items() if name not in confirmed}
    return clean(given)


def local_values_of(data: Data) -> dict[str, Any]:
    """A local variant's record as values of its form."""
    return data | _channels(data) | {"agency_name": data["agency"]["name"]}


def local_data_of(values: dict[str, Any], before: Data, find: FindAgency) -> Data:
    """What the form of a variant says over what its record said."""
    given = _over(values, before)
    if "agency_name" in values:
        given["agency"] = _agency(values["agency_name"], [before["agency"]], find)
    return clean_local(given)


def _over(values: dict[str, Any], before: Data) -> Data:
    given = before | {name: value for name, value in values.items() if name not in _OWN}
    had = {row["channel"]: row for row in before["channels"]}
    rows = [_channel(channel, values.get(channel.value), had.get(channel)) for channel in Channel]
    return given | {"channels": [row for row in rows if row is not None]}


def _channels(data: Data) -> dict[str, Any]:
    rows = {row["channel"]: row | {"used": True} for row in data["channels"]}
    empty: Data = {"used": False, "description": None, "limits": [], "fees": []}
    return {channel.value: rows.get(channel.value, empty) for channel in Channel}


def _channel(channel: Channel, value: dict[str, Any] | None, had: Data | None) -> Data | None:
    """A channel counts as used when its box is ticked or anything is said of it: nothing typed is lost."""
    if value is None:
        return had
    if not (value["used"] or value["description"] or value["limits"] or value["fees"]):
        return None
    before = had or {"limits": [], "fees": []}
    return {
        "channel": channel.value,
        "description": value["description"],
        "limits": _rows(value["limits"], before["limits"], "limits", limits.read),
        "fees": _rows(value["fees"], before["fees"], "fees", fees.read),
    }


def _rows(rows: Iterable[Data], before: list[Data], name: str, read: Callable[[str | None], list[Data]]) -> list[Data]:
    """Rows as typed: words of a new row are read into an amount, and words about another amount are dropped."""
    return [_row(dict(row), before, _GIVEN[name], read) for row in rows]


def _row(row: Data, before: list[Data], keys: tuple[str, str], read: Callable[[str | None], list[Data]]) -> Data:
    same = [old for old in before if row["text"] and old["text"] == row["text"]]
    if same and row["amount"] is not None and all(_told(old, keys) != _told(row, keys) for old in same):
        return row | {"text": None}
    if same or not row["text"] or row["amount"] is not None:
        return row
    found = read(row["text"])
    if len(found) != 1 or _told(found[0], keys)[0] is None:
        return row
    return found[0] | {"note": row["note"] or found[0]["note"]}


def _told(row: Data, keys: tuple[str, str]) -> tuple[Any, ...]:
    return tuple(row[key] for key in keys)


def _agencies(rows: Iterable[Data] | None, before: list[Data], find: FindAgency) -> list[Data]:
    return before if rows is None else [_agency(row["name"], before, find) for row in rows]


def _agency(name: str | None, before: list[Data], find: FindAgency) -> Data:
    """The agency that was meant before under this name, else the one that the register knows."""
    known = next((dict(old) for old in before if old["name"] == name), None)
    return known or {"name": name, "code": find(name) if name else None}
