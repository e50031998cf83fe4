"""Who may tell something, and who reads what was told: those who write or approve for the unit of the page."""

from portal.rules import APPROVER, EDITOR, Rules, anyone, has_role, has_role_in_unit

TELL = "feedback.tell"
LOOK = "feedback.look"
REMOVE = "feedback.remove"

RULES: Rules = {
    TELL: [[anyone]],
    LOOK: [[has_role(EDITOR)], [has_role(APPROVER)]],
    REMOVE: [[has_role_in_unit(EDITOR)], [has_role_in_unit(APPROVER)]],
}
