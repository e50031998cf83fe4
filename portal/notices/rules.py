"""Who may read and make notices; writing and publishing follow the rules of `portal.publishing`."""

from portal.rules import APPROVER, EDITOR, READER, Rules, anyone, has_role

READ = "notices.read"
LIST = "notices.list"
CREATE = "notices.create"

RULES: Rules = {
    READ: [[anyone]],
    LIST: [[has_role(READER)], [has_role(EDITOR)], [has_role(APPROVER)]],
    CREATE: [[has_role(EDITOR)], [has_role(APPROVER)]],
}
