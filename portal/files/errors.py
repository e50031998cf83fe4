"""Why a file is not taken: each says what the file is and what the person can do."""

from translationstring import TranslationString

from portal.errors import PortalError, _


class FileError(PortalError):
    """Something about a file."""


class UnknownFile(FileError):
    """A file that is not stored here."""

    status = 404
    message = _("Không có tệp này. Hãy tải tệp lên lại.")


class BlobMissing(FileError):
    """The database knows the file, its content is not in the folder: restore it from the backup."""

    status = 500
    message = _("Nội dung của tệp không còn trong kho. Hãy báo cho người quản trị hệ thống.")


class FileRefused(FileError):
    """The file is not taken."""

    status = 422
    message = _("Tệp này không được nhận.")


class Empty(FileRefused):
    message = _("Tệp rỗng. Hãy chọn lại tệp.")


class TooLarge(FileRefused):
    """More bytes than allowed."""

    status = 413

    def __init__(self, limit: int) -> None:
        super().__init__(
            _(
                "Tệp lớn quá ${limit} MB. Hãy nén ảnh trong tệp hoặc tách thành nhiều tệp.",
                mapping={"limit": f"{limit / 1024**2:.0f}" if limit >= 1024**2 else f"{limit / 1024**2:.2g}"},
            )
        )


class NameRefused(FileRefused):
    message = _("Tên tệp không dùng được. Tên phải có đuôi cho biết loại tệp, ví dụ “Thong-bao.pdf”.")


class KindUnknown(FileRefused):
    """Content that is none of the kinds the portal takes; `what` when it is known what it is."""

    message = _("Không nhận ra loại tệp này. Cổng nhận PDF, Word, Excel, PowerPoint, ODF, văn bản, ảnh và ZIP.")

    def __init__(self, what: TranslationString | None = None) -> None:
        known = _("Cổng không nhận ${what}. Hãy chuyển sang PDF hoặc loại tệp khác.", mapping={"what": what})
        super().__init__(None if what is None else known)


class KindNotAllowed(FileRefused):
    """A kind the portal takes, but not here."""

    def __init__(self, what: TranslationString, wanted: str) -> None:
        super().__init__(_("Ở đây không nhận ${what}, chỉ nhận: ${wanted}.", mapping={"what": what, "wanted": wanted}))


class Mismatch(FileRefused):
    """The extension says one thing and the content another, `right` is the one it should be."""

    def __init__(self, extension: str, what: TranslationString, right: str) -> None:
        self.right = right
        super().__init__(
            _(
                "Đuôi tệp là “.${extension}” nhưng nội dung thực ra là ${what}. "
                "Hãy đổi đuôi thành “.${right}” hoặc lưu lại đúng loại.",
                mapping={"extension": extension, "what": what, "right": right},
            )
        )


class Executable(FileRefused):
    message = _("Tệp này là hoặc có chứa chương trình chạy được. Vì an toàn, cổng không nhận.")


class Macros(FileRefused):
    message = _("Tệp này có chứa macro. Hãy lưu lại thành loại không có macro (ví dụ .docx, .xlsx) rồi tải lên.")


class Encrypted(FileRefused):
    message = _("Tệp này đặt mật khẩu nên không kiểm tra được. Hãy bỏ mật khẩu rồi tải lên.")


class Damaged(FileRefused):
    message = _("Tệp bị hỏng hoặc tải lên chưa đủ. Hãy mở thử trên máy rồi tải lên lại.")


class UnpacksTooLarge(FileRefused):
    message = _("Tệp nén có quá nhiều tệp bên trong, lồng quá sâu hoặc giải nén ra quá lớn. Hãy tách nhỏ.")


class ImageTooLarge(FileRefused):
    def __init__(self, limit: int) -> None:
        super().__init__(
            _(
                "Ảnh lớn quá ${limit} triệu điểm ảnh. Hãy thu nhỏ ảnh rồi tải lên.",
                mapping={"limit": limit // 1_000_000},
            )
        )
