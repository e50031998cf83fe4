"""Who may read and make notices; writing and publishing follow the rules of `portal.publishing`."""

from portal.rules import APPROVER, EDITOR, READER, Rules, anyone, has_role, has_role_in_unit

READ = "notices.read"
LIST = "notices.list"
CREATE = "notices.create"
READ_BATCH = "notices.read_batch"
CHANGE_BATCH = "notices.change_batch"

RULES: Rules = {
    READ: [[anyone]],
    LIST: [[has_role(READER)], [has_role(EDITOR)], [has_role(APPROVER)]],
    CREATE: [[has_role(EDITOR)], [has_role(APPROVER)]],
    READ_BATCH: [[has_role_in_unit(READER)], [has_role_in_unit(EDITOR)], [has_role_in_unit(APPROVER)]],
    CHANGE_BATCH: [[has_role_in_unit(EDITOR)], [has_role_in_unit(APPROVER)]],
}
