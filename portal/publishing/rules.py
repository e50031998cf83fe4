"""Who may write, review, publish and withdraw. The context of every permission is an edition or item with its unit."""

from typing import Any

from portal.publishing.models import State
from portal.rules import APPROVER, EDITOR, READER, Identity, Rule, Rules, has_role_in_unit

READ = "publishing.read_edition"
EDIT = "publishing.edit"
SUBMIT = "publishing.submit"
REVIEW = "publishing.review"
PUBLISH = "publishing.publish"
WITHDRAW = "publishing.withdraw"


def in_state(*states: State) -> Rule:
    """The edition of the context is in one of these states."""

    def rule(identity: Identity | None, context: Any) -> bool:
        return getattr(context, "state", None) in states

    rule.__name__ = " or ".join(states)
    return rule


def someone_else_wrote_it(identity: Identity | None, context: Any) -> bool:
    """None of the edition's writers is this person."""
    return identity is not None and all(writer.id != identity.person.id for writer in context.writers)


def unit_allows_self_approval(identity: Identity | None, context: Any) -> bool:
    """The unit has decided that a writer may approve; such publications are marked."""
    return bool(context.item.unit.self_approval)


_editor, _approver, _reader = has_role_in_unit(EDITOR), has_role_in_unit(APPROVER), has_role_in_unit(READER)
_open = in_state(State.DRAFT, State.IN_REVIEW, State.SCHEDULED)

RULES: Rules = {
    READ: [[_reader], [_editor], [_approver]],
    EDIT: [[_editor], [_approver]],
    SUBMIT: [[_editor, in_state(State.DRAFT)], [_approver, in_state(State.DRAFT)]],
    REVIEW: [[_approver, in_state(State.IN_REVIEW)]],
    PUBLISH: [[_approver, _open, someone_else_wrote_it], [_approver, _open, unit_allows_self_approval]],
    WITHDRAW: [[_approver, in_state(State.PUBLISHED)]],
}
