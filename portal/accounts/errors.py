"""What may go wrong with people and sign-ins, in words for the person."""

from datetime import datetime, timedelta
from math import ceil

from portal.errors import PortalError
from portal.request import _


class AccountError(PortalError):
    """Base of the errors of this package."""

    status = 422


class WrongPassword(AccountError):
    """E-mail or password is wrong; never says which."""

    message = _("Địa chỉ thư điện tử hoặc mật khẩu không đúng. Hãy kiểm tra và nhập lại.")


class WrongCurrentPassword(AccountError):
    """Somebody who changes their password did not know the present one."""

    message = _("Mật khẩu hiện tại không đúng. Hãy nhập lại.")


class TooManyAttempts(AccountError):
    """Locked out until `until`; released by itself."""

    status = 429

    def __init__(self, until: datetime, at: datetime) -> None:
        self.until = until
        self.wait: timedelta = max(until - at, timedelta(seconds=1))
        minutes = ceil(self.wait.total_seconds() / 60)
        super().__init__(
            _(
                "Đã nhập sai quá nhiều lần nên việc đăng nhập tạm khóa. Khóa tự mở sau ${minutes} phút nữa; "
                "khi đó bạn hãy thử lại.",
                mapping={"minutes": minutes},
            )
        )


class PersonInactive(AccountError):
    """The password was right, but the account has been closed."""

    status = 403
    message = _("Tài khoản này đã ngừng hoạt động. Hãy liên hệ quản trị viên của đơn vị bạn.")


class EmailTaken(AccountError):
    """There is already an account with this e-mail."""

    message = _("Địa chỉ thư điện tử này đã có tài khoản. Hãy tìm và cấp quyền cho tài khoản đó.")


class BadEmail(AccountError):
    """Not an e-mail address."""

    message = _("Địa chỉ thư điện tử chưa đúng dạng, ví dụ đúng: ten.ho@vidu.gov.vn.")


class NameMissing(AccountError):
    """A person needs a name."""

    message = _("Hãy nhập họ và tên.")


class WeakPassword(AccountError):
    """The password can be guessed; the message says why."""


class NotAdministrator(AccountError):
    """Whoever does this is not an administrator of the unit or of a unit above it."""

    status = 403
    message = _("Chỉ quản trị viên của đơn vị này hoặc của đơn vị cấp trên mới làm được việc này.")


class LastAdministrator(AccountError):
    """Without this person nobody could administer the unit any more."""

    status = 409
    message = _(
        "Đây là quản trị viên cuối cùng của đơn vị. Hãy trao quyền quản trị cho một người khác "
        "đang dùng được tài khoản, rồi làm lại."
    )


class AlreadyThere(AccountError):
    """The instance has an administrator already."""

    status = 409
    message = _("Hệ thống đã có quản trị viên. Hãy nhờ quản trị viên đó thêm người.")


class StalePerson(AccountError):
    """Somebody else changed the account since the form was opened."""

    status = 409
    message = _("Người khác vừa sửa tài khoản này. Hãy xem lại dữ liệu mới bên dưới rồi lưu lần nữa.")


class LinkUsedUp(AccountError):
    """The link for choosing a password is unknown, used or too old."""

    status = 410
    message = _("Liên kết đặt mật khẩu đã được dùng hoặc đã hết hạn. Hãy xin quản trị viên một liên kết mới.")
