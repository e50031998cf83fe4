"""Keeping the other names of a unit."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.agencies.models import Agency, AgencyAlias
from portal.agencies.names import name_key


def set_aliases(db: Session, agency: Agency, names: Iterable[str]) -> None:
    """Make `names` the other names of a unit; its short name, English name and abbreviation always stay among them."""
    own = (agency.short_name, agency.english_name, agency.abbreviation)
    wanted = {name_key(name): name for name in [*names, *(name for name in own if name)] if name_key(name)}
    wanted.pop(agency.name_key, None)
    for alias in list(agency.aliases):
        if wanted.pop(alias.name_key, None) is None:
            agency.aliases.remove(alias)
    agency.aliases.extend(AgencyAlias(name=name) for name in wanted.values())
    db.flush()
