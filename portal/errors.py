"""The error family. No HTTP in here: views at the edge decide how a person or a machine is told."""

from typing import ClassVar

from translationstring import TranslationString, TranslationStringFactory

_ = TranslationStringFactory("portal")


class PortalError(Exception):
    """Something a person can understand and act on.

    `message` says what happened and what to do, in Vietnamese, translatable. `status` is a hint for the edge
    (an HTTP status code). Subclasses name the situation (`DeadlinePassed`), not the place.
    """

    status: ClassVar[int] = 400
    message: TranslationString = _("Yêu cầu không thực hiện được.")

    def __init__(self, message: TranslationString | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.message.interpolate())


class NotFound(PortalError):
    """What was asked for never existed here."""

    status = 404
    message = _("Không tìm thấy nội dung này.")


class BadParameter(PortalError):
    """A parameter of a request that is unknown or has no possible meaning; nothing is guessed."""

    status = 422

    def __init__(self, name: str, message: TranslationString | None = None) -> None:
        self.name = name
        super().__init__(
            message
            or _(
                "Tham số “${name}” không hợp lệ. Hãy kiểm tra lại địa chỉ hoặc bộ lọc.",
                mapping={"name": name},
            )
        )


class ConfigurationError(PortalError):
    """The instance is configured in a way that cannot work; the program does not start."""

    status = 500
