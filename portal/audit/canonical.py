"""Details as plain JSON values, and the one way in which a line is written down to be hashed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import singledispatch
from pathlib import PurePath
from types import NoneType
from typing import Any
from uuid import UUID

from portal.audit.errors import SecretInDetails

GENESIS = "0" * 64
"""What stands before the first line."""

_EXACT = 2**53
_SECRET = frozenset({"password", "passwd", "secret", "secrets", "token", "tokens", "cookie", "csrf"})


@singledispatch
def plain(value: Any) -> Any:
    """`value` as JSON that any database gives back unchanged.

    Floats, decimals and whole numbers beyond 2⁵³ become text, since databases and readers round them; times become
    UTC in ISO 8601. Raises TypeError for what has no obvious form (bytes, rows) and `SecretInDetails`.
    """
    raise TypeError(f"{type(value).__name__} cannot stand in the details of an audit line; say it in plain values.")


@plain.register(bool)
@plain.register(NoneType)
def _as_it_is(value: bool | None) -> bool | None:
    return value


@plain.register
def _whole(value: int) -> int | str:
    return int(value) if abs(value) <= _EXACT else str(int(value))


@plain.register(float)
@plain.register(Decimal)
@plain.register(UUID)
@plain.register(PurePath)
def _written_out(value: float | Decimal | UUID | PurePath) -> str:
    return str(value)


@plain.register
def _chosen(value: Enum) -> Any:
    return plain(value.value)


@plain.register
def _day(value: date) -> str:
    return moment(value) if isinstance(value, datetime) else value.isoformat()


@plain.register
def _several(value: Mapping) -> dict[str, Any]:  # type: ignore[type-arg]  # singledispatch wants the bare class
    return {text(key): _guarded(key, plain(one)) for key, one in value.items()}


@plain.register(list)
@plain.register(tuple)
def _in_order(value: Iterable[Any]) -> list[Any]:
    return [plain(one) for one in value]


@plain.register(set)
@plain.register(frozenset)
def _in_no_order(value: Iterable[Any]) -> list[Any]:
    return sorted((plain(one) for one in value), key=canonical)


def _guarded(key: Any, value: Any) -> Any:
    if isinstance(value, str) and value and not _SECRET.isdisjoint(key.casefold().replace("-", "_").split("_")):
        raise SecretInDetails()
    return value


@plain.register
def text(value: str) -> str:
    """Without NUL and lone surrogates, which no database keeps. TypeError for what is not text."""
    if not isinstance(value, str):
        raise TypeError("The keys of audit details are text.")
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def moment(at: datetime) -> str:
    """A moment in UTC to the microsecond, always in the same length. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("A naive datetime cannot be recorded: say which time zone it is in.")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(value: Any) -> str:
    """JSON as RFC 8785 writes it: no spaces, keys in the order of their UTF-16 units. For `plain` values only."""
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list):
        return [_ordered(one) for one in value]
    return value


@dataclass(frozen=True, slots=True)
class Content:
    """What a line says: everything but its place in the chain of hashes."""

    position: int
    at: datetime
    actor_uid: UUID | None
    actor_name: str | None
    action: str
    subject_kind: str
    subject_uid: UUID
    details: dict[str, Any]

    def plain(self) -> dict[str, Any]:
        """As JSON values, in the form of the export."""
        uid = None if self.actor_uid is None else str(self.actor_uid)
        actor = None if (uid, self.actor_name) == (None, None) else {"uid": uid, "name": self.actor_name}
        return {
            "position": self.position,
            "at": moment(self.at),
            "actor": actor,
            "action": self.action,
            "subject": {"kind": self.subject_kind, "uid": str(self.subject_uid)},
            "details": self.details,
        }

    def hash_after(self, previous: str) -> str:
        """SHA-256 (hex) of the previous line's hash followed by the canonical JSON of this content."""
        return hashlib.sha256((previous + canonical(self.plain())).encode()).hexdigest()
