"""Who may do what with files. Reading one is everybody's, since its owners decide (`owners.visible_use`)."""

from portal.rules import Rules, anyone

READ = "files.read"

RULES: Rules = {READ: [[anyone]]}
