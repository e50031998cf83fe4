"""The effect status of a document on a day (A3-7)."""

from datetime import date

from portal.notices.data import Effect
from portal.notices.models import Notice
from portal.request import _

LABELS = {
    Effect.IN_FORCE: _("Còn hiệu lực"),
    Effect.NOT_YET: _("Chưa có hiệu lực"),
    Effect.PARTLY_EXPIRED: _("Hết hiệu lực một phần"),
    Effect.EXPIRED: _("Hết hiệu lực toàn bộ"),
    Effect.SUSPENDED: _("Ngưng hiệu lực"),
    Effect.OBSOLETE: _("Không còn phù hợp"),
}


def effect_on(notice: Notice, day: date) -> Effect | None:
    """What an editor stated, unless a date says otherwise; None when nothing is known. Never inferred from silence."""
    if notice.expires_on is not None and day >= notice.expires_on:
        return Effect.EXPIRED
    if notice.effective_on is not None and day < notice.effective_on:
        return Effect.NOT_YET
    if notice.effect is not None and notice.effect != Effect.NOT_YET:
        return Effect(notice.effect)
    return Effect.IN_FORCE if notice.effective_on is not None else None
