"""What may happen to dossiers: the only writer of their tables. Acts add events, of which the rows are made (`log`)."""

import portal.dossiers.guards  # noqa: F401 - its listeners keep the log append-only
from portal.dossiers.service.acts import (
    announce_result,
    ask_fee,
    ask_supplement,
    assign,
    decide,
    give_supplement,
    note_payment,
    receive,
    refuse,
    return_result,
    stop,
    transfer,
    withdraw,
)
from portal.dossiers.service.exporting import export
from portal.dossiers.service.intake import receipt_of, register
from portal.dossiers.service.log import APPLICANT, PORTAL, By, by_officer, differences, events_of, rebuild
from portal.dossiers.service.records import correct, note, renew_secret
from portal.dossiers.service.retention import anonymise_due, erase, planned, set_rule
from portal.dossiers.service.terms import apologise, extend

__all__ = [
    "APPLICANT",
    "PORTAL",
    "By",
    "announce_result",
    "anonymise_due",
    "apologise",
    "ask_fee",
    "ask_supplement",
    "assign",
    "by_officer",
    "correct",
    "decide",
    "differences",
    "erase",
    "events_of",
    "export",
    "extend",
    "give_supplement",
    "note",
    "note_payment",
    "planned",
    "rebuild",
    "receipt_of",
    "receive",
    "refuse",
    "register",
    "renew_secret",
    "return_result",
    "set_rule",
    "stop",
    "transfer",
    "withdraw",
]
