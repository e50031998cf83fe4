"""The ten national states of a dossier (A6-2), and which may follow which. Pure."""

from enum import StrEnum

from translationstring import TranslationString

from portal.dossiers.errors import IllegalTransition
from portal.request import _


class State(StrEnum):
    """The business state (trạng thái nghiệp vụ); payment and delivery have states of their own (A6-9)."""

    NEW = "new"
    RECEIVED = "received"
    REFUSED = "refused"
    IN_PROGRESS = "in_progress"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    DONE = "done"
    RETURNED = "returned"


class Finance(StrEnum):
    """What stands open between the applicant and the till."""

    NONE = "none"
    ASKED = "asked"
    PAID = "paid"


class Delivery(StrEnum):
    """Where the result is: signed is not delivered."""

    NONE = "none"
    READY = "ready"
    DELIVERED = "delivered"


class Outcome(StrEnum):
    """What was decided."""

    GRANTED = "granted"
    DENIED = "denied"


NATIONAL = {
    State.NEW: 1,
    State.RECEIVED: 2,
    State.REFUSED: 3,
    State.IN_PROGRESS: 4,
    State.SUPPLEMENT: 5,
    State.PAYMENT: 6,
    State.WITHDRAWN: 7,
    State.STOPPED: 8,
    State.DONE: 9,
    State.RETURNED: 10,
}
"""Codes of the national exchange (TrangThaiHoSo)."""

LABELS: dict[State, TranslationString] = {
    State.NEW: _("Mới đăng ký"),
    State.RECEIVED: _("Được tiếp nhận"),
    State.REFUSED: _("Không được tiếp nhận"),
    State.IN_PROGRESS: _("Đang xử lý"),
    State.SUPPLEMENT: _("Yêu cầu bổ sung giấy tờ"),
    State.PAYMENT: _("Yêu cầu thực hiện nghĩa vụ tài chính"),
    State.WITHDRAWN: _("Công dân yêu cầu rút hồ sơ"),
    State.STOPPED: _("Dừng xử lý"),
    State.DONE: _("Đã xử lý xong"),
    State.RETURNED: _("Đã trả kết quả"),
}
FINANCE_LABELS: dict[Finance, TranslationString] = {
    Finance.NONE: _("Không có khoản phải nộp"),
    Finance.ASKED: _("Chưa nộp"),
    Finance.PAID: _("Đã nộp"),
}
DELIVERY_LABELS: dict[Delivery, TranslationString] = {
    Delivery.NONE: _("Chưa có kết quả"),
    Delivery.READY: _("Kết quả đã sẵn sàng"),
    Delivery.DELIVERED: _("Đã giao kết quả"),
}

_WAITING = {State.SUPPLEMENT, State.PAYMENT}
_CLOSING = {State.WITHDRAWN, State.STOPPED}

TRANSITIONS: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.RECEIVED, State.REFUSED, State.WITHDRAWN, *_WAITING}),
    State.RECEIVED: frozenset({State.IN_PROGRESS, State.DONE, *_WAITING, *_CLOSING}),
    State.IN_PROGRESS: frozenset({State.DONE, *_WAITING, *_CLOSING}),
    State.SUPPLEMENT: frozenset({State.NEW, State.RECEIVED, State.IN_PROGRESS, State.REFUSED, *_CLOSING}),
    State.PAYMENT: frozenset({State.NEW, State.RECEIVED, State.IN_PROGRESS, *_CLOSING}),
    State.DONE: frozenset({State.RETURNED}),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.STOPPED: frozenset(),
    State.RETURNED: frozenset(),
}
"""What may follow. After a wait a dossier goes back to where it waited from."""

OPEN = (State.NEW, State.RECEIVED, State.IN_PROGRESS, State.SUPPLEMENT, State.PAYMENT)
"""Somebody still has something to do before a decision."""
WAITING = (State.SUPPLEMENT, State.PAYMENT)
"""The applicant is to act; the agency's clock stands."""
FINAL = tuple(state for state, following in TRANSITIONS.items() if not following)


def move(current: State, wanted: State) -> State:
    """`wanted`, when it may follow `current`; else raises `IllegalTransition`, which names both."""
    if wanted not in TRANSITIONS[current]:
        raise IllegalTransition(LABELS[current], LABELS[wanted])
    return wanted


def of_code(code: int) -> State | None:
    """The state of a national code."""
    return next((state for state, number in NATIONAL.items() if number == code), None)
