"""What can go wrong with the record. All of them are defects or tampering, never a person's mistake."""

from portal.errors import PortalError, _


class AuditError(PortalError):
    """The record of actions cannot be written or trusted."""

    status = 500
    message = _("Nhật ký thao tác gặp lỗi. Hãy báo cho người quản trị hệ thống.")


class AppendOnly(AuditError):
    """Somebody tried to change or delete a line."""

    message = _("Nhật ký thao tác chỉ được ghi thêm, không được sửa hay xóa.")


class HeadMissing(AuditError):
    """The row that holds the end of the chain is not there: the migration was not run, or it was removed."""

    message = _("Nhật ký thao tác thiếu bản ghi cuối chuỗi. Hãy chạy lệnh kiểm tra nhật ký trước khi ghi tiếp.")


class LineLost(AuditError):
    """A line was taken out of its session, or the head was moved by somebody else, before it was written."""

    message = _("Một dòng nhật ký bị bỏ đi trước khi ghi. Thao tác này chưa được thực hiện.")


class SecretInDetails(AuditError):
    """A detail looks like a password or a token: secrets never enter the record."""

    message = _("Nhật ký thao tác không được chứa mật khẩu hay mã bí mật.")
