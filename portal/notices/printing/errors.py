"""Why a document cannot be set just now."""

from portal.errors import PortalError
from portal.request import _


class PrintingError(PortalError):
    """Base of the package."""

    status = 500
    message = _("Chưa tạo được bản PDF của văn bản này. Lỗi đã được ghi lại; hãy đọc hoặc in trực tiếp từ trang web.")


class PressBusy(PrintingError):
    """Too many documents wait to be set."""

    status = 503
    message = _("Cổng đang tạo bản PDF cho nhiều người. Hãy thử lại sau nửa phút, hoặc in trực tiếp từ trang web.")


class PressTooSlow(PrintingError):
    """A document that takes longer than anybody waits."""

    status = 503
    message = _("Văn bản này quá dài để tạo bản PDF. Hãy in trực tiếp từ trang web.")
