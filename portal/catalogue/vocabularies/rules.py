"""Who may see and change the vocabularies: they are the same for every agency of the portal."""

from portal.agencies.rules import keeps_the_register
from portal.rules import ADMINISTRATOR, APPROVER, EDITOR, Rules, has_role

LOOK = "vocabularies.look"
MAINTAIN = "vocabularies.maintain"

RULES: Rules = {
    LOOK: [[has_role(EDITOR)], [has_role(APPROVER)], [has_role(ADMINISTRATOR)]],
    MAINTAIN: [[keeps_the_register]],
}
