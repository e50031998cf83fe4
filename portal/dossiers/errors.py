"""Situations of dossiers."""

from datetime import date
from typing import TYPE_CHECKING, Any

from translationstring import TranslationString

from portal.errors import PortalError
from portal.request import _
from portal.text import write_short_date

if TYPE_CHECKING:
    from portal.dossiers.models import Dossier, Draft


class DossierError(PortalError):
    """Base of the package."""

    status = 409


class IllegalTransition(DossierError):
    """The national table of states (A6-2) does not let `wanted` follow `current` (E13)."""

    def __init__(self, current: TranslationString, wanted: TranslationString) -> None:
        self.current, self.wanted = current, wanted
        if str(current) == str(wanted):
            already = _("Hồ sơ đã ở trạng thái “${current}” rồi, không cần làm lại.", mapping={"current": current})
            super().__init__(already)
            return
        super().__init__(
            _(
                "Hồ sơ đang ở trạng thái “${current}” nên không thể chuyển sang “${wanted}”."
                " Hãy tải lại trang để xem các bước còn có thể làm.",
                mapping={"current": current, "wanted": wanted},
            )
        )


class NotPossibleNow(DossierError):
    """What was asked does not fit the state the dossier is in."""

    def __init__(self, current: TranslationString) -> None:
        super().__init__(
            _(
                "Hồ sơ đang ở trạng thái “${current}” nên chưa hoặc không còn làm được việc này."
                " Hãy tải lại trang để xem các bước còn có thể làm.",
                mapping={"current": current},
            )
        )


class StaleDossier(DossierError):
    """Somebody acted in between: `dossier` is what is stored now."""

    message = _("Hồ sơ vừa được người khác cập nhật. Hãy xem lại trạng thái mới rồi thực hiện lại.")

    def __init__(self, dossier: "Dossier") -> None:
        self.dossier = dossier
        super().__init__()


class StaleDraft(DossierError):
    """The draft was saved elsewhere meanwhile: `draft` is what is stored, `typed` what came now; neither is lost."""

    message = _("Bản nháp này vừa được lưu ở một cửa sổ khác. Hãy so sánh hai bản rồi chọn bản cần giữ.")

    def __init__(self, draft: "Draft", typed: dict[str, Any]) -> None:
        self.draft, self.typed = draft, typed
        super().__init__()


class DraftGone(DossierError):
    """No draft has this key: it was discarded, or it ran out."""

    status = 410
    message = _("Bản nháp này không còn: đã hết hạn lưu hoặc đã được bỏ. Hãy bắt đầu hồ sơ mới.")


class AlreadySubmitted(DossierError):
    """The draft has become a dossier."""

    message = _("Hồ sơ này đã được nộp. Hãy dùng mã hồ sơ trên giấy biên nhận để tra cứu.")


class SubmitElsewhere(DossierError):
    """Under the profile citizens submit on the National Public Service Portal only (A6-11)."""

    message = _("Hồ sơ trực tuyến của thủ tục này được nộp tại Cổng Dịch vụ công quốc gia.")


class AnswersIncomplete(DossierError):
    """The answers do not satisfy the form; `errors` says where."""

    status = 422
    message = _("Hồ sơ còn thiếu hoặc sai một số mục. Hãy bổ sung các mục được đánh dấu.")

    def __init__(self, errors: Any) -> None:
        self.errors = errors
        super().__init__()


class NotAllowed(DossierError):
    """The rule table does not let this officer do this to this dossier."""

    status = 403
    message = _("Bạn không có quyền làm việc này với hồ sơ. Hãy nhờ người được giao xử lý hoặc lãnh đạo đơn vị.")


class WordsMissing(DossierError):
    """A refusal, a request, a stop, an apology must say why, in writing (Art 17–19 of NĐ 61/2018)."""

    status = 422
    message = _("Hãy ghi rõ nội dung: người nộp hồ sơ sẽ nhận được bằng văn bản.")


class BadEvent(DossierError):
    """A fact of an event is missing or cannot be what it must be; `name` is the fact."""

    status = 422

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            _("Dữ liệu “${name}” của thao tác này không hợp lệ. Hãy kiểm tra rồi nhập lại.", mapping={"name": name})
        )


class AlreadyRescheduled(DossierError):
    """E12: the date may be put off once only."""

    def __init__(self, article: str) -> None:
        self.article = article
        super().__init__(
            _(
                "Hồ sơ đã được hẹn lại một lần. Theo ${article}, việc hẹn lại ngày trả kết quả không quá một lần."
                " Hãy giải quyết hồ sơ hoặc báo cáo lãnh đạo.",
                mapping={"article": article},
            )
        )


class TooLateToReschedule(DossierError):
    """The apology must come at least one working day before the due date."""

    def __init__(self, last: date, article: str) -> None:
        self.last, self.article = last, article
        super().__init__(
            _(
                "Đã quá thời điểm xin lỗi và hẹn lại: chậm nhất là ngày ${last}, theo ${article}."
                " Hồ sơ phải tính là quá hạn.",
                mapping={"last": write_short_date(last), "article": article},
            )
        )


class NotLater(DossierError):
    """A new due date lies after the one it replaces, on a working day."""

    status = 422
    message = _("Ngày hẹn mới phải là ngày làm việc và sau ngày hẹn trả hiện tại.")


class NoDueDate(DossierError):
    """The procedure sets no time limit, so there is nothing to put off."""

    message = _("Hồ sơ chưa có hạn trả kết quả nên không có ngày để hẹn lại. Hãy ghi thời hạn khi tiếp nhận.")


class NoAgencyCode(DossierError):
    """A dossier's code names the agency that received it."""

    message = _(
        "Cơ quan tiếp nhận chưa có mã định danh nên chưa cấp được mã hồ sơ. Hãy bổ sung mã trong danh bạ cơ quan."
    )


class TooManyLookups(DossierError):
    """Somebody is guessing, or types badly."""

    status = 429
    message = _("Đã tra cứu sai quá nhiều lần. Hãy chờ một giờ rồi thử lại, hoặc liên hệ bộ phận một cửa.")


class NobodyToAssign(DossierError):
    """The deciding unit has no handler."""

    message = _("Cơ quan giải quyết chưa có cán bộ xử lý. Hãy nhờ quản trị viên cấp vai trò cán bộ xử lý cho đơn vị.")


class NoSuchAgency(DossierError):
    """Neither was an agency chosen, nor does the typed code belong to one."""

    status = 422
    message = _("Hãy chọn cơ quan trong danh sách hoặc ghi đúng mã định danh của cơ quan.")


class NothingChosen(DossierError):
    """A bulk act needs dossiers."""

    status = 422
    message = _("Bạn chưa chọn hồ sơ nào. Hãy đánh dấu các hồ sơ rồi thực hiện lại.")


class PaperNotYet(DossierError):
    """What the paper tells of has not happened, or the state of the law has no such form."""

    status = 404
    message = _("Hồ sơ này chưa có giấy tờ theo mẫu đó. Hãy xem các giấy tờ đã lập ở trang hồ sơ.")


class PaperErased(DossierError):
    """What stood on the paper went with the personal data of the dossier."""

    status = 410
    message = _("Dữ liệu cá nhân của hồ sơ này đã được xóa.")


class StillOpen(DossierError):
    """What is being handled is not removed."""

    message = _("Hồ sơ đang được giải quyết nên chưa xóa được dữ liệu cá nhân. Hãy chờ đến khi hồ sơ kết thúc.")


class PurposeMissing(DossierError):
    """Personal data are read for a purpose, which is written down."""

    status = 422
    message = _("Hãy ghi rõ mục đích xem dữ liệu cá nhân của người nộp hồ sơ.")


class BadProfile(DossierError):
    """The instance names a state of the law that the portal does not know."""

    status = 500

    def __init__(self, name: str, known: str) -> None:
        super().__init__(
            _(
                "Khóa “portal.dossier_profile” có giá trị “${name}”, cần một trong các giá trị: ${known}.",
                mapping={"name": name, "known": known},
            )
        )
