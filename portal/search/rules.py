"""Who may search, see what is searched for, and look after synonyms and best bets.

They change what everybody finds, so those look after them who answer for the portal as a whole; what is searched for
helps everybody who writes.
"""

from typing import Any

from portal.agencies.rules import keeps_the_register
from portal.rules import ADMINISTRATOR, APPROVER, EDITOR, Identity, Rules, anyone, has_role

READ = "search.read"
LOOK = "search.look"
MAINTAIN = "search.maintain"


def approves_for_the_portal(identity: Identity | None, context: Any) -> bool:
    """Approves for the agency that the instance belongs to."""
    keeper = getattr(context, "keeper_id", None)
    return identity is not None and keeper is not None and identity.has(APPROVER, keeper)


RULES: Rules = {
    READ: [[anyone]],
    LOOK: [[has_role(EDITOR)], [has_role(APPROVER)], [has_role(ADMINISTRATOR)]],
    MAINTAIN: [[keeps_the_register], [approves_for_the_portal]],
}
