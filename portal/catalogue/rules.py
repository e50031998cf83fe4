"""Who may list, make and read procedures; writing and publishing follow the rules of `portal.publishing`."""

from portal.rules import APPROVER, EDITOR, READER, Rules, anyone, has_role

READ = "catalogue.read"
LIST = "catalogue.list"
CREATE = "catalogue.create"

RULES: Rules = {
    READ: [[anyone]],
    LIST: [[has_role(READER)], [has_role(EDITOR)], [has_role(APPROVER)]],
    CREATE: [[has_role(EDITOR)], [has_role(APPROVER)]],
}
