"""The effect of a document over time as its page shows it."""

from datetime import date
from typing import Any

from portal.errors import BadParameter
from portal.notices.data import FIRST_YEAR, LAST_YEAR, Effect
from portal.notices.effect import LABELS, Event, Timeline, What, next_change, state_on
from portal.request import Request, _
from portal.text import parse_date

PARAMETER = "ngay"
ACTS = frozenset({What.REPLACES, What.REPEALS, What.AMENDS, What.CORRECTS})
"""What a reader must know before reading."""


def asked_day(request: Request) -> date | None:
    """The day of `?ngay=2020-03-15` (or `15/3/2020`); None when none is asked for. Raises `BadParameter`."""
    written = request.GET.get(PARAMETER, "").strip()
    if not written:
        return None
    day = _day(written)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadParameter(
            PARAMETER,
            _(
                "Không đọc được ngày “${day}”. Hãy ghi ngày theo dạng năm-tháng-ngày, ví dụ 2020-03-15.",
                mapping={"day": written[:40]},
            ),
        )
    return day


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return parse_date(written)


def over_time(timeline: Timeline, day: date, asked: date | None) -> dict[str, Any]:
    """`effect` and `state` of today, the timeline, the acts to tell of above the text, the answer for a day asked."""
    state = state_on(timeline, day)
    ended = state.causes if state.effect is Effect.EXPIRED else ()
    return {
        "effect": state.effect,
        "state": state,
        "today": day,
        "timeline": timeline,
        "next_change": next_change(timeline, day),
        "warnings": [event for event in timeline.events if _is_warning(event) and event not in ended],
        "effect_labels": LABELS,
        "asked": None if asked is None else {"day": asked, "state": state_on(timeline, asked)},
    }


def _is_warning(event: Event) -> bool:
    return event.what in ACTS and event.by is not None
