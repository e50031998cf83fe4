"""Every act on a dossier as the desk offers it: its address, who may, when, its form, and the one call it makes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from translationstring import TranslationString

from portal.agencies.models import Agency
from portal.catalogue.data import Channel, Unit
from portal.dossiers import clock, rules, service
from portal.dossiers.applications import HandedIn
from portal.dossiers.desk import choosing, schemas
from portal.dossiers.desk import possible as when
from portal.dossiers.events import Event, Kind
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.states import Outcome
from portal.forms import Schema
from portal.request import Request, _

Values = dict[str, Any]
Given = dict[str, Any]
"""db, dossier, office come first; these go by name: seen, by, at."""
Do = Callable[[Request, Dossier, Office, Values, Given], Event | None]


@dataclass(frozen=True)
class Act:
    """`name`: the last part of its address; `label`: the button; `done`: what is said afterwards. `kind`: how grave."""

    name: str
    permission: str
    label: TranslationString
    done: TranslationString
    possible: when.Possible
    schema: Callable[[Request, Dossier], Schema]
    do: Do
    hint: TranslationString | None = None
    kind: str = "primary"
    group: str = "handle"


def _receive(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    amount, unit = values["limit_amount"], values["limit_unit"]
    limit = clock.Limit(amount or 0, Unit(unit)) if unit and (amount or unit == Unit.AT_ONCE) else None
    return service.receive(request.db, dossier, office, limit=limit, **given)


def _transfer(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    to: Agency = choosing.agency_of(request.db, values["agency"], values["code"])
    return service.transfer(request.db, dossier, office, to=to, **given)


def _assign(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    return service.assign(request.db, dossier, office, to=choosing.person_of(request.db, values["person"]), **given)


def _ask_supplement(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    until = _day(values["until"])
    return service.ask_supplement(request.db, dossier, office, what=values["what"], until=until, **given)


def _give_supplement(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    files = _handed_in(values["files"])
    event = service.give_supplement(request.db, dossier, office, files=files, **given)
    if values["received"].strip():
        later = {**given, "seen": dossier.version}
        service.note(request.db, dossier, office, words=values["received"], **later)
    return event


def _ask_fee(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    asked = {name: values[name] for name in ("amount", "words")}
    return service.ask_fee(request.db, dossier, office, **asked, waits=values.get("waits", False), **given)


def _note_payment(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    paid = {name: values[name] for name in ("amount", "reference")}
    return service.note_payment(request.db, dossier, office, **paid, **given)


def _stop(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    return service.stop(request.db, dossier, office, why=values["why"], basis=values["basis"], **given)


def _decide(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    return service.decide(
        request.db,
        dossier,
        office,
        outcome=Outcome(values["outcome"]),
        number=values["number"],
        signed_on=_day(values["signed_on"]),
        files=_handed_in(values["files"]),
        words=values["words"],
        **given,
    )


def _put_off(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    due_on = date.fromisoformat(values["due_on"])
    return service.apologise(request.db, dossier, office, why=values["why"], due_on=due_on, **given)


def _extend(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    due_on, said = date.fromisoformat(values["due_on"]), {name: values[name] for name in ("why", "basis")}
    return service.extend(request.db, dossier, office, due_on=due_on, **said, **given)


def _return(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    return service.return_result(request.db, dossier, office, channel=Channel(values["channel"]), **given)


def _note(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> None:
    service.note(request.db, dossier, office, words=values["words"], **given)


def _correct(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
    known = choosing.correctable(request.db, dossier)
    changes = {name: values[name] for name in known if values[name] != known[name]}
    return service.correct(request.db, dossier, office, changes, why=values["why"], **given)


def _said(name: str, field: str) -> Do:
    """An act that takes one text by that name of the service's."""

    def do(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> Event:
        act = getattr(service, name)
        event: Event = act(request.db, dossier, office, **{field: values[field] or None}, **given)
        return event

    return do


def _erase(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> None:
    service.erase(request.db, dossier, office, **given)


def _elsewhere(request: Request, dossier: Dossier, office: Office, values: Values, given: Given) -> None:
    raise NotImplementedError("its view answers itself")


def _handed_in(given: list[Any]) -> tuple[HandedIn, ...]:
    return tuple(HandedIn(one["sha256"], one["name"]) for one in given)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


_P, _T = rules, when.takes
ACTS: tuple[Act, ...] = (
    Act("tiep-nhan", _P.RECEIVE, _("Tiếp nhận hồ sơ"), _("Đã tiếp nhận hồ sơ."), _T(Kind.RECEIVED), schemas.RECEIVE,
        _receive,
        _("Từ lúc này thời hạn giải quyết bắt đầu tính; người nộp nhận Giấy tiếp nhận và hẹn trả kết quả.")),
    Act("tu-choi", _P.REFUSE, _("Từ chối tiếp nhận"), _("Đã từ chối tiếp nhận hồ sơ."), _T(Kind.REFUSED),
        schemas.REFUSE, _said("refuse", "why"), kind="warning"),
    Act("chuyen", _P.TRANSFER, _("Chuyển cơ quan giải quyết"), _("Đã chuyển hồ sơ."), _T(Kind.TRANSFERRED),
        choosing.transfer_schema, _transfer),
    Act("phan-cong", _P.ASSIGN, _("Phân công"), _("Đã phân công hồ sơ."), when.may_assign, choosing.assign_schema,
        _assign),
    Act("yeu-cau-bo-sung", _P.ASK_SUPPLEMENT, _("Yêu cầu bổ sung"), _("Đã yêu cầu bổ sung hồ sơ."),
        _T(Kind.SUPPLEMENT_ASKED), schemas.ASK_SUPPLEMENT, _ask_supplement,
        _("Thời gian giải quyết dừng lại cho đến khi nhận đủ, rồi tính lại từ đầu.")),
    Act("nhan-bo-sung", _P.GIVE_SUPPLEMENT, _("Nhận bổ sung tại quầy"), _("Đã ghi nhận hồ sơ bổ sung."),
        _T(Kind.SUPPLEMENT_GIVEN), schemas.GIVE_SUPPLEMENT, _give_supplement),
    Act("yeu-cau-nop-phi", _P.ASK_FEE, _("Yêu cầu nộp phí, lệ phí"), _("Đã yêu cầu nộp phí, lệ phí."),
        _T(Kind.FEE_ASKED), choosing.fee_schema, _ask_fee),
    Act("ghi-nop-phi", _P.NOTE_PAYMENT, _("Ghi nhận đã nộp phí"), _("Đã ghi nhận khoản nộp."), _T(Kind.FEE_PAID),
        schemas.NOTE_PAYMENT, _note_payment),
    Act("giai-quyet", _P.DECIDE, _("Giải quyết xong"), _("Đã ghi nhận kết quả giải quyết."), _T(Kind.DECIDED),
        schemas.DECIDE, _decide, _("Ký xong chưa phải là đã trả: sau bước này cần báo và trả kết quả.")),
    Act("bao-ket-qua", _P.ANNOUNCE, _("Báo có kết quả"), _("Đã báo cho người nộp đến nhận kết quả."),
        _T(Kind.RESULT_READY), schemas.ANNOUNCE, _said("announce_result", "place")),
    Act("tra-ket-qua", _P.RETURN, _("Giao kết quả"), _("Đã ghi nhận trả kết quả."), _T(Kind.RETURNED), schemas.RETURN,
        _return),
    Act("xin-loi", _P.APOLOGISE, _("Xin lỗi và hẹn lại"), _("Đã gửi phiếu xin lỗi và hẹn lại."), when.may_apologise,
        schemas.APOLOGISE, _put_off, _("Chỉ được hẹn lại một lần và chậm nhất một ngày làm việc trước ngày hẹn trả."),
        kind="warning", group="exception"),
    Act("gia-han", _P.EXTEND, _("Gia hạn"), _("Đã gia hạn giải quyết."), when.may_extend, schemas.EXTEND, _extend,
        group="exception"),
    Act("rut", _P.WITHDRAW, _("Rút hồ sơ theo yêu cầu"), _("Đã ghi nhận việc rút hồ sơ."), _T(Kind.WITHDRAWN),
        schemas.WITHDRAW, _said("withdraw", "why"), kind="warning", group="exception"),
    Act("dung", _P.STOP, _("Dừng giải quyết"), _("Đã dừng giải quyết hồ sơ."), _T(Kind.STOPPED), schemas.STOP, _stop,
        kind="warning", group="exception"),
    Act("ghi-chu", _P.NOTE, _("Ghi chú nội bộ"), _("Đã lưu ghi chú."), when.is_whole, schemas.NOTE, _note,
        group="keep"),
    Act("sua-sai", _P.CORRECT, _("Sửa thông tin người nộp"), _("Đã sửa thông tin người nộp hồ sơ."),
        _T(Kind.CORRECTED), schemas.CORRECT, _correct, group="keep"),
    Act("cap-lai-ma", _P.RENEW_SECRET, _("Cấp lại mã bí mật"), _("Đã cấp mã bí mật mới."), when.is_whole,
        schemas.plain, _elsewhere, _("Chỉ cấp khi đã kiểm tra giấy tờ của người nộp. Mã cũ hết hiệu lực ngay."),
        group="keep"),
    Act("ban-sao", _P.EXPORT, _("Xuất toàn bộ dữ liệu"), _("Đã xuất dữ liệu."), when.is_whole, schemas.PURPOSE,
        _elsewhere, _("Một tệp ZIP với mọi dữ liệu và tệp của hồ sơ, để giao cho người nộp."), group="keep"),
    Act("xoa-du-lieu", _P.ERASE, _("Xóa dữ liệu cá nhân"), _("Đã xóa dữ liệu cá nhân của hồ sơ."), when.has_ended,
        schemas.ERASE, _erase, _("Tên, câu trả lời, ghi chú, tệp bị xóa; trạng thái, thời gian còn lại cho thống kê."),
        kind="warning", group="keep"),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}
