"""Who may look after the register."""

from typing import Any

from portal.rules import ADMINISTRATOR, Identity, Rules, anyone, has_role, has_role_in_unit

READ = "agencies.read"
LIST = "agencies.list"
DESCRIBE = "agencies.describe"
CHANGE = "agencies.change"
ADD = "agencies.add"
MERGE = "agencies.merge"


def keeps_the_register(identity: Identity | None, context: Any) -> bool:
    """Administers the agency that the instance belongs to."""
    keeper = getattr(context, "keeper_id", None)
    return identity is not None and keeper is not None and identity.has(ADMINISTRATOR, keeper)


def administers_the_unit_above(identity: Identity | None, context: Any) -> bool:
    """Administers the unit that the unit of the page stands below."""
    parent = getattr(context, "parent_id", None)
    return identity is not None and parent is not None and identity.has(ADMINISTRATOR, parent)


RULES: Rules = {
    READ: [[anyone]],
    LIST: [[has_role(ADMINISTRATOR)]],
    DESCRIBE: [[has_role_in_unit(ADMINISTRATOR)], [keeps_the_register]],
    CHANGE: [[administers_the_unit_above], [keeps_the_register]],
    ADD: [[has_role(ADMINISTRATOR)]],
    MERGE: [[keeps_the_register]],
}
