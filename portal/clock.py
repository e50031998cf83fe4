"""The only reader of the time. Everything else is handed `at`."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today(at: datetime) -> date:
    """The calendar day in Vietnam at the moment `at`."""
    return at.astimezone(VIETNAM).date()


def in_vietnam(at: datetime) -> datetime:
    """The same moment on a Vietnamese wall clock."""
    return at.astimezone(VIETNAM)


def from_vietnam(local: datetime) -> datetime:
    """The UTC moment of a naive Vietnamese wall-clock time (what an officer types in a form)."""
    return local.replace(tzinfo=VIETNAM).astimezone(UTC)
