"""What states and recorded actions are called."""

from portal.publishing.models import State
from portal.request import _

STATES = {
    State.DRAFT: _("Bản nháp"),
    State.IN_REVIEW: _("Chờ duyệt"),
    State.SCHEDULED: _("Đã hẹn giờ"),
    State.PUBLISHED: _("Đã công bố"),
    State.SUPERSEDED: _("Bản cũ"),
    State.WITHDRAWN: _("Đã thu hồi"),
}

ACTIONS = {
    "created": _("Tạo bản nháp"),
    "saved": _("Lưu bản nháp"),
    "submitted": _("Gửi duyệt"),
    "took back": _("Rút lại để soạn tiếp"),
    "sent back": _("Trả lại để sửa"),
    "published": _("Duyệt và công bố"),
    "published on schedule": _("Tự động công bố đúng hẹn"),
    "published by import": _("Công bố khi nhập dữ liệu"),
    "scheduled": _("Duyệt và hẹn giờ công bố"),
    "unscheduled": _("Hủy hẹn giờ công bố"),
    "withdrew": _("Thu hồi"),
    "opened working copy": _("Mở bản sửa mới"),
    "restored": _("Khôi phục từ bản cũ"),
    "discarded draft": _("Bỏ bản nháp"),
    "moved": _("Đổi địa chỉ"),
    "read from file": _("Đọc từ tệp"),
    "let a secrecy mark through": _("Xác nhận không phải văn bản mật"),
}
