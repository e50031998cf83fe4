"""The record of who did what, when and why (nhật ký): append-only, and it shows when somebody tampered with it.

Each line carries the SHA-256 of the line before it and of its own content; one head row holds the end of the chain,
so a changed, missing, reordered or cut-off line is found and named by `verify`. Lines are numbered without gaps: the
head row is locked by the first line of a transaction until its end. The tables refuse UPDATE and DELETE themselves.

`head(db)` may be printed or sent elsewhere from time to time: whoever can rewrite the whole table and its head still
cannot make an old head come true.
"""

from pyramid.config import Configurator

from portal.audit.chain import Break, Problem, verify
from portal.audit.errors import AppendOnly, AuditError, HeadMissing, LineLost, SecretInDetails
from portal.audit.guards import create_guards, drop_guards
from portal.audit.models import AuditHead, AuditLine
from portal.audit.queries import Head, export, head, history, lines
from portal.audit.service import Actor, Subject, record

__all__ = [
    "Actor",
    "AppendOnly",
    "AuditError",
    "AuditHead",
    "AuditLine",
    "Break",
    "Head",
    "HeadMissing",
    "LineLost",
    "Problem",
    "SecretInDetails",
    "Subject",
    "create_guards",
    "drop_guards",
    "export",
    "head",
    "history",
    "includeme",
    "lines",
    "record",
    "verify",
]


def includeme(config: Configurator) -> None:
    """Nothing to register: importing the package makes the tables, their guards and the session's listeners."""
