"""Who may look after the mail of the instance."""

from typing import Any

from portal.rules import ADMINISTRATOR, Identity, Rules

LOOK_AFTER = "mail.look_after"


def keeps_the_instance(identity: Identity | None, context: Any) -> bool:
    """Administers the agency that the instance belongs to: letters of all its units pass here."""
    keeper = getattr(context, "keeper_id", None)
    return identity is not None and keeper is not None and identity.has(ADMINISTRATOR, keeper)


RULES: Rules = {LOOK_AFTER: [[keeps_the_instance]]}
