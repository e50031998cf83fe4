"""What may go wrong around a dossier."""

from portal.dossiers.errors import DossierError
from portal.request import _


class AlreadyAsked(DossierError):
    """The same request is still open."""

    message = _("Yêu cầu này đã được ghi nhận và đang chờ trả lời. Bạn không cần gửi lại.")


class AlreadyAnswered(DossierError):
    """Somebody answered the request meanwhile."""

    message = _("Yêu cầu này đã được trả lời. Hãy tải lại trang để xem câu trả lời.")


class AlreadyErased(DossierError):
    """There is nothing left to ask for."""

    status = 410
    message = _("Dữ liệu cá nhân của hồ sơ này đã được xóa, cổng không còn giữ để sao hoặc xóa.")


class AnswerMissing(DossierError):
    """A refusal says why."""

    status = 422
    message = _("Hãy ghi lý do: người yêu cầu sẽ đọc câu trả lời này.")


class ReasonMissing(DossierError):
    """Whoever verifies a revoked paper reads why."""

    status = 422
    message = _("Hãy ghi lý do thu hồi: ai xác minh giấy này đều đọc được.")


class AlreadyRevoked(DossierError):
    """A paper is revoked once."""

    message = _("Giấy này đã được thu hồi trước đó. Hãy tải lại trang.")
