"""Who may do what around dossiers, beside the acts on them (`portal.dossiers.rules`)."""

from portal.dossiers.rules import in_charge
from portal.rules import ADMINISTRATOR, APPROVER, Rules, anyone, has_role

FIGURES = "dossiers.figures"
"""Public statistics."""
VERIFY = "dossiers.verify"
"""Whether a paper is genuine."""
PRIVACY = "dossiers.privacy"
"""Requests of people about their own data, and who has read what; each administrator sees their own units'."""
REVOKE = "dossiers.revoke_seal"

RULES: Rules = {
    FIGURES: [[anyone]],
    VERIFY: [[anyone]],
    PRIVACY: [[has_role(ADMINISTRATOR)]],
    REVOKE: [[in_charge(APPROVER)]],
}
