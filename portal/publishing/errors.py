"""Situations of publishing."""

from typing import TYPE_CHECKING

from translationstring import TranslationString

from portal.errors import PortalError
from portal.request import _

if TYPE_CHECKING:
    from portal.publishing.models import Edition, Item


class PublishingError(PortalError):
    """Base of the package."""

    status = 409


class StaleVersion(PublishingError):
    """Somebody saved in between: `edition` is what is stored now; nothing of either text is lost."""

    message = _("Nội dung này vừa được người khác lưu. Hãy so sánh hai bản rồi lưu lại.")

    def __init__(self, edition: "Edition") -> None:
        self.edition = edition
        super().__init__()


class NoLongerThere(PublishingError):
    """The draft was thrown away meanwhile."""

    message = _("Bản nháp này vừa bị người khác bỏ. Hãy quay lại trang trước để giữ những gì bạn đã nhập.")


class Withdrawn(PublishingError):
    """Only a person brings back what was withdrawn, by a working copy with a change note."""

    message = _("Nội dung này đã bị thu hồi. Chỉ người duyệt mới có thể công bố lại, qua một bản sửa mới.")


class WrongState(PublishingError):
    """The edition is not in a state from which this is possible."""

    message = _("Bản này không còn ở trạng thái cho phép thao tác vừa chọn. Hãy tải lại trang để xem trạng thái mới.")


class AlreadyBeingEdited(PublishingError):
    """The item has a working copy already: `edition`."""

    message = _("Nội dung này đã có một bản đang soạn. Hãy mở bản đó để soạn tiếp.")

    def __init__(self, edition: "Edition") -> None:
        self.edition = edition
        super().__init__()


class OwnWriting(PublishingError):
    """Nobody approves their own writing, unless the rules of the unit say so."""

    status = 403
    message = _("Bạn đã tham gia soạn bản này nên không thể tự duyệt. Hãy nhờ một người duyệt khác của đơn vị.")


class ReasonMissing(PublishingError):
    """Sending back and withdrawing need a reason; a change to a published item needs a note."""

    status = 422
    message = _("Hãy ghi rõ lý do.")


class NoteMissing(ReasonMissing):
    """A change that readers should hear of needs a change note."""

    message = _("Hãy ghi nội dung thay đổi để người đọc biết, hoặc đánh dấu đây là sửa nhỏ.")


class InThePast(PublishingError):
    """A schedule must lie ahead."""

    status = 422
    message = _("Thời điểm hẹn công bố phải ở trong tương lai (giờ Việt Nam).")


class NeverPublic(PublishingError):
    """The item has no public address yet: it is given one at its first publication."""

    message = _("Nội dung này chưa từng công bố nên chưa có địa chỉ công khai.")


class BadMoment(PublishingError):
    """The typed date or time of a schedule cannot be read."""

    status = 422
    message = _("Hãy nhập ngày theo mẫu 25/12/2026 và giờ theo mẫu 08:30 (giờ Việt Nam).")


class PathTaken(PublishingError):
    """The address belongs, or once belonged, to another item."""

    message = _("Địa chỉ này đã thuộc về nội dung khác. Hãy chọn địa chỉ khác.")


class Incomplete(PublishingError):
    """The content lacks what publication needs; `problems` says what."""

    status = 422

    def __init__(self, problems: "list[TranslationString]") -> None:
        self.problems = problems
        super().__init__(_("Nội dung chưa đủ để trình duyệt hoặc công bố."))


class Moved(Exception):
    """The item lives at another address now."""

    def __init__(self, path: str) -> None:
        self.path = path


class Gone(Exception):
    """The item was withdrawn; `edition.withdrawn_why` is told to the public."""

    def __init__(self, item: "Item", edition: "Edition") -> None:
        self.item, self.edition = item, edition


class NeverThere(Exception):
    """No item ever had this address."""
