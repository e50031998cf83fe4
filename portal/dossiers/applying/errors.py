"""Situations of applying."""

from portal.dossiers.errors import DossierError
from portal.request import _


class NotOffered(DossierError):
    """Nobody can apply for this procedure on this portal."""

    message = _("Thủ tục này chưa nhận hồ sơ trên cổng. Hãy xem nơi tiếp nhận ở trang của thủ tục.")


class NoLongerOffered(DossierError):
    """The procedure was taken off while somebody was filling the form in; the draft stays."""

    message = _(
        "Thủ tục này vừa được gỡ hoặc ngừng nhận hồ sơ trên cổng nên chưa nộp được."
        " Bản nháp vẫn được giữ; hãy liên hệ cơ quan tiếp nhận để biết cách nộp."
    )


class TooManyDrafts(DossierError):
    """One network begins more applications than people there could fill in."""

    status = 429
    message = _("Đã có quá nhiều hồ sơ được bắt đầu từ mạng của bạn. Hãy chờ một giờ rồi thử lại.")


class TooManyLetters(DossierError):
    """One network has more links sent than people there could need."""

    status = 429
    message = _("Đã gửi quá nhiều thư từ mạng của bạn. Hãy chép lại liên kết ở trang này, hoặc chờ một giờ.")


class NothingAsked(DossierError):
    """The agency does not wait for papers."""

    message = _("Cơ quan không (hoặc không còn) yêu cầu bổ sung cho hồ sơ này. Hãy xem trạng thái hiện tại của hồ sơ.")


class NothingGiven(DossierError):
    """A supplement is a file, an explanation, or both."""

    status = 422
    message = _("Hãy chọn ít nhất một tệp hoặc ghi nội dung giải trình.")
