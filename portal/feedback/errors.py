"""What may go wrong when a reader tells something."""

from portal.errors import PortalError
from portal.request import _


class FeedbackError(PortalError):
    """Base of this package's errors."""


class ToldTooOften(FeedbackError):
    """More from one network address in a day than people tell."""

    status = 429
    message = _("Hôm nay đã nhận nhiều ý kiến từ mạng của bạn. Hãy gửi lại vào ngày mai, hoặc liên hệ cơ quan.")
