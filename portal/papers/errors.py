"""Why a file could not be read: each says what is the matter and what the person can do.

An error is named by its class and plain `values`, so that the process that reads can tell it to the one that asked.
"""

from typing import Any

from translationstring import TranslationString

from portal.errors import PortalError, _


class PaperError(PortalError):
    """A file that cannot be read. `values` fill the message; they are short texts and numbers only."""

    status = 422
    message = _("Không đọc được tệp này. Hãy mở tệp trên máy, lưu lại rồi gửi lại.")

    def __init__(self, **values: str | int) -> None:
        self.values = values
        message = self._said()
        super().__init__(message % values if values else message)

    def _said(self) -> TranslationString:
        return self.message


class Unreadable(PaperError):
    """Broken: no program could read it, or only with guessing."""

    message = _(
        "Tệp bị hỏng nên không đọc được. Hãy mở tệp bằng chương trình đã tạo ra nó, lưu lại thành tệp mới rồi gửi lại."
    )


class ReaderStopped(Unreadable):
    """The process that read it ended without an answer; nothing else was harmed."""

    message = _(
        "Chương trình đọc dừng đột ngột vì tệp này, có lẽ tệp bị hỏng. Hãy mở tệp trên máy, lưu lại thành tệp mới rồi "
        "gửi lại; nếu vẫn không được, hãy chép phần chữ vào mẫu nhập."
    )


class EncryptedPaper(PaperError):
    message = _("Tệp này đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi gửi lại.")


class TooLong(PaperError):
    """More than a reader takes: `pages=LIMIT`, `characters=LIMIT` or, when unpacked, `megabytes=LIMIT`."""

    message = _("Văn bản quá dài. Hãy tách thành nhiều tệp rồi gửi lại.")

    def _said(self) -> TranslationString:
        known = {
            "pages": _("Văn bản dài quá ${pages} trang. Hãy tách thành nhiều tệp rồi gửi lại."),
            "characters": _("Văn bản dài quá ${characters} ký tự. Hãy tách thành nhiều tệp rồi gửi lại."),
            "megabytes": _("Nội dung tệp khi mở ra lớn quá ${megabytes} MB. Hãy tách thành nhiều tệp rồi gửi lại."),
        }
        return next((said for key, said in known.items() if key in self.values), self.message)


class TooManyReaders(PaperError):
    """Other files are being read, and none was finished in the time that was given."""

    status = 503
    message = _("Cổng đang đọc nhiều tệp khác. Hãy gửi lại tệp này sau ít phút.")


class TookTooLong(PaperError):
    """`seconds`: the time that was given."""

    message = _(
        "Đọc tệp này quá ${seconds} giây mà chưa xong nên đã dừng. Hãy tách tệp hoặc lưu lại thành tệp đơn giản hơn."
    )


class TookTooMuchMemory(PaperError):
    """`megabytes`: the memory that was given."""

    message = _(
        "Đọc tệp này cần nhiều hơn ${megabytes} MB bộ nhớ nên đã dừng. Hãy tách tệp hoặc bớt ảnh lớn rồi gửi lại."
    )


class NeedsOffice(PaperError):
    """A .doc or .rtf where no LibreOffice is installed."""

    message = _(
        "Máy chủ chưa cài LibreOffice nên không đọc được tệp .doc và .rtf. Hãy mở tệp bằng Word, lưu thành .docx rồi "
        "gửi lại, hoặc nhờ người quản trị cài LibreOffice."
    )


class FormatUnknown(PaperError):
    """Not a kind that can be read; `what` its name."""

    message = _(
        "Không đọc được chữ từ loại tệp này. Cổng đọc được .docx, .doc, .rtf, .pdf, .html, .txt và .zip chứa "
        "các tệp ấy."
    )


_BY_NAME: dict[str, type[PaperError]] = {
    kind.__name__: kind
    for kind in (
        PaperError,
        Unreadable,
        ReaderStopped,
        EncryptedPaper,
        TooLong,
        TookTooLong,
        TookTooMuchMemory,
        NeedsOffice,
        FormatUnknown,
    )
}


def to_plain(error: PaperError) -> dict[str, Any]:
    """The error as plain values."""
    return {"error": type(error).__name__, "values": error.values}


def from_plain(given: dict[str, Any]) -> PaperError:
    """The error that `to_plain` wrote; an unknown one is `Unreadable`."""
    kind = _BY_NAME.get(str(given.get("error")), Unreadable)
    values = given.get("values")
    return kind(**{str(k): v for k, v in values.items()} if isinstance(values, dict) else {})
