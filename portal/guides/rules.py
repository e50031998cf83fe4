"""Who may read guides and make them; writing and publishing follow the rules of `portal.publishing`."""

from portal.rules import APPROVER, EDITOR, READER, Rules, anyone, has_role

READ = "guides.read"
LIST = "guides.list"
CREATE = "guides.create"

RULES: Rules = {
    READ: [[anyone]],
    LIST: [[has_role(READER)], [has_role(EDITOR)], [has_role(APPROVER)]],
    CREATE: [[has_role(EDITOR)], [has_role(APPROVER)]],
}
