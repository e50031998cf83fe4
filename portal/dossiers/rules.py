"""Who may do what to a dossier. The context of every permission is a dossier with its three organisations."""

from typing import Any

from portal.dossiers.errors import NotAllowed
from portal.rules import (
    ADMINISTRATOR,
    APPROVER,
    HANDLER,
    RECEPTIONIST,
    Identity,
    Rule,
    Rules,
    allowed,
    anyone,
    has_role,
)

TRACK = "dossiers.track"
APPLY = "dossiers.apply"
LIST = "dossiers.list"
READ = "dossiers.read"
READ_PERSONAL = "dossiers.read_personal"
REGISTER = "dossiers.register"
RECEIVE = "dossiers.receive"
REFUSE = "dossiers.refuse"
TRANSFER = "dossiers.transfer"
ASSIGN = "dossiers.assign"
ASK_SUPPLEMENT = "dossiers.ask_supplement"
GIVE_SUPPLEMENT = "dossiers.give_supplement"
ASK_FEE = "dossiers.ask_fee"
NOTE_PAYMENT = "dossiers.note_payment"
APOLOGISE = "dossiers.apologise"
EXTEND = "dossiers.extend"
WITHDRAW = "dossiers.withdraw"
STOP = "dossiers.stop"
DECIDE = "dossiers.decide"
ANNOUNCE = "dossiers.announce_result"
RETURN = "dossiers.return_result"
NOTE = "dossiers.note"
CORRECT = "dossiers.correct"
RENEW_SECRET = "dossiers.renew_secret"  # noqa: S105 - the name of a permission
SEE_READINGS = "dossiers.see_readings"
ERASE = "dossiers.erase"
EXPORT = "dossiers.export"


def at_reception(role: str) -> Rule:
    """Holds the role in the unit that received the dossier."""

    def rule(identity: Identity | None, context: Any) -> bool:
        return identity is not None and identity.has(role, context.reception_id)

    rule.__name__ = f"{role} of the reception"
    return rule


def in_charge(role: str) -> Rule:
    """Holds the role in the unit that decides."""

    def rule(identity: Identity | None, context: Any) -> bool:
        return identity is not None and identity.has(role, context.deciding_id)

    rule.__name__ = f"{role} of the deciding unit"
    return rule


def handles_it(identity: Identity | None, context: Any) -> bool:
    """Is the officer to whom the dossier was given."""
    return identity is not None and context.handler_id == identity.person.id


_receives, _works, _leads = at_reception(RECEPTIONIST), in_charge(HANDLER), in_charge(APPROVER)
_mine = [_works, handles_it]
_sees = [[_receives], [_works], [_leads]]

RULES: Rules = {
    TRACK: [[anyone]],
    APPLY: [[anyone]],
    LIST: [[has_role(RECEPTIONIST)], [has_role(HANDLER)], [has_role(APPROVER)], [has_role(ADMINISTRATOR)]],
    READ: [*_sees, [at_reception(ADMINISTRATOR)], [in_charge(ADMINISTRATOR)]],
    READ_PERSONAL: [[_receives], _mine, [_leads]],
    REGISTER: [[_receives]],
    RECEIVE: [[_receives]],
    REFUSE: [[_receives]],
    TRANSFER: [[_receives], [_leads]],
    ASSIGN: [[_leads]],
    ASK_SUPPLEMENT: [[_receives], _mine, [_leads]],
    GIVE_SUPPLEMENT: [[_receives], _mine],
    ASK_FEE: [[_receives], _mine, [_leads]],
    NOTE_PAYMENT: [[_receives], _mine],
    APOLOGISE: [[_leads]],
    EXTEND: [[_leads]],
    WITHDRAW: [[_receives]],
    STOP: [[_leads]],
    DECIDE: [[_leads]],
    ANNOUNCE: [_mine, [_leads], [_receives]],
    RETURN: [[_receives]],
    NOTE: _sees,
    CORRECT: [[_receives], _mine],
    RENEW_SECRET: [[_receives]],
    SEE_READINGS: [[at_reception(ADMINISTRATOR)], [in_charge(ADMINISTRATOR)]],
    ERASE: [[at_reception(ADMINISTRATOR)], [in_charge(ADMINISTRATOR)]],
    EXPORT: [[at_reception(ADMINISTRATOR)], [in_charge(ADMINISTRATOR)]],
}


def require(permission: str, identity: Identity | None, dossier: Any) -> None:
    """Raises `NotAllowed` unless the table lets this officer do it: the service asks again what a view has asked."""
    if not allowed(RULES, permission, identity, dossier):
        raise NotAllowed()
