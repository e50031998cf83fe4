"""What the register of agencies offers for fields of a form: provinces, agencies."""

from datetime import date

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.kinds import Kind
from portal.eforms.compiling import Places
from portal.eforms.definition import Data, paths
from portal.eforms.kinds import Type
from portal.text import sort_key

_OFFICE = "Ủy ban nhân dân "
_SHORT = ("tỉnh ", "thành phố ")


def places_of(db: Session, definition: Data, on: date) -> Places:
    """The lists that this definition needs; nothing is asked of the register for one that needs none."""
    kinds = {field["type"] for _path, field, _group in paths(definition)}
    provinces: list[str] = []
    if Type.ADDRESS in kinds:
        provinces = [province_name(unit.name) for unit in agencies.all_in_force(db, on, Kind.PROVINCE)]
    found: list[tuple[str | None, str]] = []
    if Type.AGENCY in kinds:
        wanted = {name for _p, field, _g in paths(definition) for name in field.get("agency_kinds", ())}
        units = agencies.all_in_force(db, on, *(kind for kind in Kind if kind.value in wanted))
        found = [(unit.code, unit.name) for unit in units]
    return Places(provinces=sorted(set(provinces), key=sort_key), agencies=found)


def province_name(office: str) -> str:
    """The province of a people's committee: "Ủy ban nhân dân tỉnh Lào Cai" → "Lào Cai"."""
    name = office.removeprefix(_OFFICE)
    for word in _SHORT:
        name = name.removeprefix(word).removeprefix(word.capitalize())
    return name
