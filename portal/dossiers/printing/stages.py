"""The control sheet (phiếu kiểm soát): who handed the dossier to whom, when, and how that was against the limit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.queries import person_by_uid
from portal.dossiers import clock
from portal.dossiers.events import Event, Kind
from portal.dossiers.letters import shown
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office

_HANDED = {
    Kind.RECEIVED: "Tiếp nhận hồ sơ",
    Kind.TRANSFERRED: "Chuyển cơ quan giải quyết",
    Kind.ASSIGNED: "Giao cán bộ xử lý",
    Kind.SUPPLEMENT_ASKED: "Yêu cầu bổ sung",
    Kind.SUPPLEMENT_GIVEN: "Nhận hồ sơ bổ sung",
    Kind.FEE_ASKED: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Kind.FEE_PAID: "Đã nộp phí, lệ phí",
    Kind.APOLOGISED: "Xin lỗi và hẹn lại",
    Kind.EXTENDED: "Gia hạn",
    Kind.REFUSED: "Từ chối tiếp nhận",
    Kind.WITHDRAWN: "Công dân rút hồ sơ",
    Kind.STOPPED: "Dừng giải quyết",
    Kind.DECIDED: "Giải quyết xong",
    Kind.RESULT_READY: "Chuyển kết quả về nơi tiếp nhận",
    Kind.RETURNED: "Trả kết quả",
}
"""The sheet is a Vietnamese form: its entries are Vietnamese whatever the page's language."""
EARLY, IN_TIME, LATE = "Trước hạn", "Đúng hạn", "Quá hạn"


def stages_of(db: Session, dossier: Dossier, events: list[Event], office: Office) -> list[list[str]]:
    """Rows of the sheet: who, when, early / in time / late, remark."""
    rows, received = [], None
    for number, event in enumerate(events, 1):
        if event.kind not in _HANDED:
            continue
        due = clock.reckon(events[: number - 1], office.calendar, dossier.law)
        limit = _limit(event, due, received, dossier, office)
        received = event.at if event.kind is Kind.RECEIVED else received
        rows.append([_who(db, dossier, event), shown(event.at) or "", _against(event.at, limit), _HANDED[event.kind]])
    return rows


def _limit(
    event: Event, due: clock.Due, received: datetime | None, dossier: Dossier, office: Office
) -> datetime | None:
    """By when this step had to be done; None where no rule says so."""
    match event.kind:
        case Kind.TRANSFERRED if received:
            return clock.transfer_by(received, office.calendar, dossier.law)
        case Kind.SUPPLEMENT_ASKED if received:
            return clock.supplement_by(received, office.calendar, dossier.law)
        case Kind.DECIDED | Kind.STOPPED:
            return due.due_at
    return None


def _against(at: datetime, limit: datetime | None) -> str:
    if limit is None:
        return ""
    if at > limit:
        return LATE
    return IN_TIME if at.date() == limit.date() else EARLY


def _who(db: Session, dossier: Dossier, event: Event) -> str:
    officer = person_by_uid(db, event.person) if event.person else None
    name = officer.name if officer else "Người nộp hồ sơ"
    if event.kind is Kind.ASSIGNED:
        taker = person_by_uid(db, UUID(event.payload["person"]))
        return f"{name} → {taker.name}" if taker else name
    if event.kind is Kind.TRANSFERRED:
        return f"{name} → {dossier.deciding.name}"
    return name
