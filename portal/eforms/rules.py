"""Who may see, list and make forms; writing and publishing follow the rules of `portal.publishing`.

Uploads in pieces are open to anyone here: a gate, registered by whoever owns the answers, decides each (`uploads`).
"""

from portal.rules import APPROVER, EDITOR, READER, Rules, anyone, has_role

READ = "eforms.read"
LIST = "eforms.list"
CREATE = "eforms.create"
UPLOAD = "eforms.upload"

RULES: Rules = {
    READ: [[anyone]],
    LIST: [[has_role(READER)], [has_role(EDITOR)], [has_role(APPROVER)]],
    CREATE: [[has_role(EDITOR)], [has_role(APPROVER)]],
    UPLOAD: [[anyone]],
}
