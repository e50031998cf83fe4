"""What may be wrong with a letter or with the mail server."""

from portal.errors import ConfigurationError, PortalError, _


class MailError(PortalError):
    """Something about a letter that a person can mend."""


class BadAddress(MailError):
    """No address that a letter can be sent to. `address` is what was typed."""

    status = 422

    def __init__(self, address: str, *, foreign: bool = False) -> None:
        self.address = address
        plain = _(
            "“${address}” không phải là địa chỉ thư điện tử. Hãy nhập địa chỉ như ten@vidu.vn.",
            mapping={"address": address},
        )
        accented = _(
            "Không gửi được thư đến “${address}” vì địa chỉ có chữ ngoài a–z. "
            "Hãy nhập một địa chỉ khác, chỉ gồm chữ không dấu và chữ số.",
            mapping={"address": address},
        )
        super().__init__(accented if foreign else plain)


class NotToBeSent(MailError):
    """A letter that was sent, or waits already, is not sent again."""

    status = 409
    message = _("Thư này đã gửi hoặc đang chờ gửi, không cần gửi lại.")


class TextForgotten(MailError):
    """The text of the letter was removed when its time was over."""

    status = 409
    message = _("Nội dung thư này đã được xóa theo thời hạn lưu, không gửi lại được.")


class BadMailServer(ConfigurationError):
    """A key about mail that cannot work as it is; the program does not start."""
