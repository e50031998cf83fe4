"""What may happen to items and editions: the only writer of their tables.

Every function takes the version that its caller saw; a stale one raises `StaleVersion` and writes nothing.
`by` is None only for the system itself: imports, packs, the schedule.
"""

from portal.publishing.service.drafts import autosave, autosaved, drop_autosave, leave, seen_editing
from portal.publishing.service.pages import changed, forget_old_changes
from portal.publishing.service.paths import move, reserve
from portal.publishing.service.workflow import (
    publish,
    publish_due,
    publish_imported,
    schedule,
    send_back,
    submit,
    take_back,
    unschedule,
    withdraw,
)
from portal.publishing.service.writing import create, discard, save, working_copy

__all__ = [
    "autosave",
    "autosaved",
    "changed",
    "create",
    "discard",
    "drop_autosave",
    "forget_old_changes",
    "leave",
    "move",
    "publish",
    "publish_due",
    "publish_imported",
    "reserve",
    "save",
    "schedule",
    "seen_editing",
    "send_back",
    "submit",
    "take_back",
    "unschedule",
    "withdraw",
    "working_copy",
]
