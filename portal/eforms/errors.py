"""Situations of interactive forms."""

from portal.errors import PortalError
from portal.request import _


class FormError(PortalError):
    """Base of the package."""


class UnknownDefinition(FormError):
    """No submission rests on a definition of that name."""

    status = 404
    message = _("Không có biểu mẫu này trong kho. Hãy kiểm tra lại mã biểu mẫu.")


class NotAForm(FormError):
    """The file is no exported form."""

    status = 422
    message = _(
        "Tệp này không phải là biểu mẫu được xuất từ cổng. Hãy chọn tệp .json đã tải từ nút “Tải tệp biểu mẫu”."
    )


class NoSuchPart(FormError):
    """The section or field has gone meanwhile."""

    status = 404
    message = _("Phần hoặc mục này không còn trong biểu mẫu. Hãy quay lại trang biểu mẫu.")


class UploadRefused(FormError):
    """An upload in pieces cannot go on."""

    status = 403
    message = _("Không được tải tệp lên ở đây. Hãy mở lại trang của biểu mẫu.")


class UploadGone(FormError):
    """Unknown, expired or taken back."""

    status = 410
    message = _("Lần tải lên này đã hết hạn hoặc bị hủy. Hãy chọn lại tệp.")


class WrongOffset(FormError):
    """The piece does not follow what is here already; `received` says where to go on."""

    status = 409
    message = _("Phần tệp gửi lên không nối tiếp phần đã nhận. Trình duyệt sẽ tự gửi tiếp từ chỗ đúng.")

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__()


class TooMuch(FormError):
    """More bytes than announced, or than the owner may have."""

    status = 413
    message = _("Tổng dung lượng tệp vượt quá mức cho phép. Hãy gỡ bớt tệp hoặc nén nhỏ lại.")


class TooManyFiles(TooMuch):
    """More files than a field waits for."""

    message = _("Đã có quá nhiều tệp được gửi lên ở đây. Hãy bỏ bớt tệp không dùng, hoặc gửi tiếp vào ngày mai.")


class FormFull(FormError):
    """The form has as many parts as one may have."""

    status = 422
    message = _("Biểu mẫu đã có quá nhiều phần hoặc mục. Hãy bớt câu hỏi hoặc tách thành hai biểu mẫu.")
