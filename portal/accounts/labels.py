"""Names of roles and devices for people."""

from portal.request import _
from portal.rules import ADMINISTRATOR, APPROVER, EDITOR, HANDLER, READER, RECEPTIONIST

ROLE_LABELS = {
    READER: _("Người xem nội bộ"),
    EDITOR: _("Biên tập viên"),
    APPROVER: _("Người duyệt"),
    RECEPTIONIST: _("Cán bộ tiếp nhận"),
    HANDLER: _("Cán bộ xử lý"),
    ADMINISTRATOR: _("Quản trị viên"),
}

ROLE_HINTS = {
    READER: _("Xem nội dung chưa công bố của đơn vị."),
    EDITOR: _("Soạn, sửa và trình duyệt nội dung của đơn vị."),
    APPROVER: _("Duyệt, công bố, hẹn giờ và gỡ nội dung của đơn vị."),
    RECEPTIONIST: _("Tiếp nhận hồ sơ của người dân và trả kết quả tại đơn vị."),
    HANDLER: _("Xử lý hồ sơ được chuyển đến đơn vị."),
    ADMINISTRATOR: _("Quản lý người dùng và quyền của đơn vị."),
}

ACTION_LABELS = {
    "added": _("Mở tài khoản"),
    "changed": _("Sửa thông tin"),
    "granted": _("Cấp vai trò"),
    "revoked": _("Thu hồi vai trò"),
    "set password": _("Đặt mật khẩu"),
    "made password link": _("Tạo liên kết đặt mật khẩu"),
    "signed in": _("Đăng nhập"),
    "signed out": _("Đăng xuất"),
    "ended sign-in": _("Kết thúc một phiên làm việc"),
    "ended sign-ins": _("Kết thúc các phiên làm việc"),
    "locked out": _("Tạm khóa vì nhập sai mật khẩu nhiều lần"),
    "deactivated": _("Ngừng tài khoản"),
    "activated": _("Mở lại tài khoản"),
}
"""What the audit record says about people, in words."""

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("FxiOS/", "Firefox"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device(agent: str) -> tuple[str | None, str | None]:
    """Browser and system that a User-Agent claims to be; None for one that is not known."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), None)
    system = next((name for mark, name in _SYSTEMS if mark in agent), None)
    return browser, system
