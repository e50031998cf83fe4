"""Why files are not taken in."""

from portal.errors import PortalError
from portal.request import _


class TooManyFiles(PortalError):
    """More files than a batch takes."""

    status = 413

    def __init__(self, most: int) -> None:
        super().__init__(_("Mỗi lô nhận nhiều nhất ${most} tệp. Hãy chia thành nhiều lô.", mapping={"most": most}))


class AlreadyDrafted(PortalError):
    """These very bytes were made a draft before; `title` and `uid` of its item."""

    status = 409

    def __init__(self, title: str, uid: str) -> None:
        self.title, self.uid = title, uid
        super().__init__(
            _(
                "Chính tệp này đã được đọc thành bản nháp “${title}”. Hãy mở bản nháp đó; nếu vẫn cần một bản nháp "
                "khác từ cùng tệp, hãy đánh dấu xác nhận rồi gửi lại.",
                mapping={"title": title},
            )
        )
