"""What events, states and stages are called where the applicant reads of them."""

from translationstring import TranslationString

from portal.dossiers.events import Kind
from portal.dossiers.states import State
from portal.request import _

HAPPENED: dict[Kind, TranslationString] = {
    Kind.SUBMITTED: _("Đã nộp hồ sơ"),
    Kind.RECEIVED: _("Đã tiếp nhận hồ sơ"),
    Kind.REFUSED: _("Không tiếp nhận hồ sơ"),
    Kind.TRANSFERRED: _("Đã chuyển đến cơ quan giải quyết"),
    Kind.ASSIGNED: _("Đã giao người xử lý"),
    Kind.SUPPLEMENT_ASKED: _("Cơ quan yêu cầu bổ sung giấy tờ"),
    Kind.SUPPLEMENT_GIVEN: _("Đã nhận giấy tờ bổ sung"),
    Kind.FEE_ASKED: _("Cơ quan yêu cầu nộp phí, lệ phí"),
    Kind.FEE_PAID: _("Đã nộp phí, lệ phí"),
    Kind.APOLOGISED: _("Cơ quan xin lỗi và hẹn lại ngày trả"),
    Kind.EXTENDED: _("Gia hạn giải quyết"),
    Kind.WITHDRAWN: _("Đã rút hồ sơ"),
    Kind.STOPPED: _("Dừng giải quyết hồ sơ"),
    Kind.DECIDED: _("Đã giải quyết xong"),
    Kind.RESULT_READY: _("Kết quả đã sẵn sàng"),
    Kind.RETURNED: _("Đã trả kết quả"),
}
TAGS: dict[State, str] = {
    State.NEW: "blue",
    State.RECEIVED: "turquoise",
    State.REFUSED: "red",
    State.IN_PROGRESS: "turquoise",
    State.SUPPLEMENT: "orange",
    State.PAYMENT: "orange",
    State.WITHDRAWN: "grey",
    State.STOPPED: "red",
    State.DONE: "green",
    State.RETURNED: "green",
}
STAGES = (_("Nộp hồ sơ"), _("Tiếp nhận"), _("Giải quyết"), _("Trả kết quả"))
