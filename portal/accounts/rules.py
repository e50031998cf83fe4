"""Who may sign in, look after their own account, and look after other people."""

from typing import Any

from portal.rules import ADMINISTRATOR, Identity, Rules, anyone, has_role, signed_in

SIGN_IN = "accounts.sign_in"
OWN = "accounts.own"
LIST = "accounts.list"
ADD = "accounts.add"
SEE = "accounts.see"
CHANGE = "accounts.change"
GRANT = "accounts.grant"


def administers_everywhere(identity: Identity | None, context: Any) -> bool:
    """Is an administrator of every unit in which the person works or holds a role.

    One of several units is not enough: a new password would hand over the roles held in the others.
    """
    return identity is not None and all(identity.has(ADMINISTRATOR, unit) for unit in context.unit_ids)


def administers_somewhere(identity: Identity | None, context: Any) -> bool:
    """Is an administrator of at least one of the units in which the person works or holds a role."""
    return identity is not None and any(identity.has(ADMINISTRATOR, unit) for unit in context.unit_ids)


RULES: Rules = {
    SIGN_IN: [[anyone]],
    OWN: [[signed_in]],
    LIST: [[has_role(ADMINISTRATOR)]],
    ADD: [[has_role(ADMINISTRATOR)]],
    SEE: [[administers_somewhere]],
    GRANT: [[administers_somewhere]],
    CHANGE: [[administers_everywhere]],
}
