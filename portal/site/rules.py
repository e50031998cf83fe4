"""Public pages are for everybody; their texts are kept by editors."""

from portal.rules import APPROVER, EDITOR, READER, Rules, anyone, has_role

READ = "site.read"
LIST_PAGES = "site.list_pages"

RULES: Rules = {
    READ: [[anyone]],
    LIST_PAGES: [[has_role(READER)], [has_role(EDITOR)], [has_role(APPROVER)]],
}
