"""What can happen to a dossier: typed events with the shape of their facts. Pure.

An event carries facts (`payload`, no personal data: amounts, dates, codes, uids) and, where the law wants something in
writing, words for the applicant. Words may name people, so they are kept apart from the facts and can be erased.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from portal.catalogue.data import Channel, Unit
from portal.dossiers.errors import BadEvent, WordsMissing
from portal.dossiers.profiles import PROFILES
from portal.dossiers.states import Outcome
from portal.text import nfc, without_controls, without_invisible

SCHEMA = 1
"""Version of the shapes below; an event of an old version is read as it was written."""

LONGEST_LINE = 1000
LONGEST_WORDS = 5000
_LARGEST = 10**15

Payload = dict[str, Any]


class Kind(StrEnum):
    """The kinds of events, in the order of a usual life."""

    SUBMITTED = "submitted"
    RECEIVED = "received"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    ASSIGNED = "assigned"
    SUPPLEMENT_ASKED = "supplement_asked"
    SUPPLEMENT_GIVEN = "supplement_given"
    FEE_ASKED = "fee_asked"
    FEE_PAID = "fee_paid"
    APOLOGISED = "apologised"
    EXTENDED = "extended"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    DECIDED = "decided"
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    NOTED = "noted"
    CORRECTED = "corrected"
    ANONYMISED = "anonymised"


class Actor(StrEnum):
    """Who acted: the applicant, an officer (with name), or the portal by itself."""

    APPLICANT = "applicant"
    OFFICER = "officer"
    PORTAL = "portal"


TYPED = frozenset({"basis", "number", "place", "reference"})
"""Facts that somebody typed freely. The chain holds their hash, so they stay stored; nobody is shown them once personal
data were erased."""


@dataclass(frozen=True)
class Event:
    """One event of one dossier; `sequence` counts from 1 without gaps, `person` is the officer's uid."""

    sequence: int
    kind: Kind
    at: datetime
    payload: Payload = field(default_factory=dict)
    actor: Actor = Actor.PORTAL
    person: UUID | None = None
    words: str | None = None
    schema: int = SCHEMA


class _Unfit(Exception):
    """The value cannot be what it must be."""


Reader = Callable[[Any], Any]


def optional(reader: Reader) -> Reader:
    """None stays None."""
    return lambda value: None if value is None else reader(value)


def line(value: Any) -> str:
    text = " ".join(_plain(value).split())
    if not text or len(text) > LONGEST_LINE:
        raise _Unfit
    return text


def whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise _Unfit
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Unfit
    return value


def uid(value: Any) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise _Unfit from None


def day(value: Any) -> str:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()
    except ValueError:
        raise _Unfit from None


def instant(value: Any) -> str:
    """An aware moment as ISO 8601 in UTC."""
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise _Unfit from None
    if at.tzinfo is None:
        raise _Unfit
    return at.astimezone(UTC).isoformat()


def digest(value: Any) -> str:
    text = str(value)
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise _Unfit
    return text


def one_of(*known: str) -> Reader:
    def reader(value: Any) -> str:
        if value not in known:
            raise _Unfit
        return str(value)

    return reader


def rows(**shape: Reader) -> Reader:
    """A list of mappings of that shape."""

    def reader(value: Any) -> list[Payload]:
        if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
            raise _Unfit
        return [{name: read(row.get(name)) for name, read in shape.items()} for row in value]

    return reader


def lines(value: Any) -> list[str]:
    if not isinstance(value, list | tuple):
        raise _Unfit
    return [line(one) for one in value]


def mapping(**shape: Reader) -> Reader:
    def reader(value: Any) -> Payload:
        read: list[Payload] = rows(**shape)([value])
        return read[0]

    return reader


_LIMIT = mapping(amount=optional(whole), unit=one_of(*Unit))
_MONEY = {"amount": whole, "currency": one_of("VND", "USD")}
_FEES = rows(kind=line, text=optional(line), amount=optional(whole), currency=one_of("VND", "USD"))
_CHANNEL = one_of(*Channel)

SHAPES: dict[Kind, dict[str, Reader]] = {
    Kind.SUBMITTED: {
        "code": line,
        "profile": one_of(*PROFILES),
        "channel": _CHANNEL,
        "procedure": uid,
        "edition": uid,
        "procedure_code": optional(line),
        "title": line,
        "field": optional(line),
        "form": optional(digest),
        "answers": optional(digest),
        "limit": optional(_LIMIT),
        "fees": _FEES,
        "support": optional(uid),
        "reception": uid,
        "deciding": uid,
    },
    Kind.RECEIVED: {"limit": optional(_LIMIT), "promised_at": optional(instant)},
    Kind.REFUSED: {},
    Kind.TRANSFERRED: {"deciding": uid},
    Kind.ASSIGNED: {"person": uid, "unit": uid},
    Kind.SUPPLEMENT_ASKED: {"until": optional(day)},
    Kind.SUPPLEMENT_GIVEN: {"answers": optional(digest), "files": whole},
    Kind.FEE_ASKED: _MONEY | {"waits": flag},
    Kind.FEE_PAID: _MONEY | {"reference": line},
    Kind.APOLOGISED: {"due_at": instant},
    Kind.EXTENDED: {"due_at": instant, "basis": line},
    Kind.WITHDRAWN: {},
    Kind.STOPPED: {"basis": optional(line)},
    Kind.DECIDED: {"outcome": one_of(*Outcome), "number": optional(line), "signed_on": optional(day), "files": whole},
    Kind.RESULT_READY: {"place": optional(line)},
    Kind.RETURNED: {"channel": _CHANNEL},
    Kind.NOTED: {"note": uid},
    Kind.CORRECTED: {"what": lines},
    Kind.ANONYMISED: {"why": one_of("retention", "request")},
}
"""The facts of each kind: name → how it is read. A fact that no shape names is refused."""

WRITTEN = frozenset(
    {
        Kind.REFUSED,
        Kind.SUPPLEMENT_ASKED,
        Kind.APOLOGISED,
        Kind.EXTENDED,
        Kind.STOPPED,
        Kind.CORRECTED,
    }
)
"""Kinds that must say why, in words that the applicant gets."""
ENDS = frozenset({Kind.REFUSED, Kind.WITHDRAWN, Kind.STOPPED, Kind.DECIDED})
"""Kinds with which handling ends."""


def checked(kind: Kind, payload: Mapping[str, Any], words: str | None) -> tuple[Payload, str | None]:
    """The facts in their shape and the words cleaned. Raises `BadEvent` with the fact's name, `WordsMissing`."""
    shape = SHAPES[kind]
    if unknown := set(payload) - set(shape):
        raise BadEvent(min(unknown))
    read: Payload = {}
    for name, reader in shape.items():
        try:
            read[name] = reader(payload.get(name))
        except _Unfit:
            raise BadEvent(name) from None
    said = _plain(words).strip()[:LONGEST_WORDS] or None
    if said is None and kind in WRITTEN:
        raise WordsMissing()
    return read, said


def without_typed(event: Event) -> Event:
    """The event without what somebody typed, in words or in a fact."""
    return replace(event, payload={**event.payload, **dict.fromkeys(TYPED & set(event.payload))}, words=None)


def moment_of(value: str | None) -> datetime | None:
    """A moment as a payload keeps it."""
    return datetime.fromisoformat(value) if value else None


def _plain(value: Any) -> str:
    return without_controls(without_invisible(nfc(str(value)))) if value is not None else ""
