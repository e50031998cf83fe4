"""What the values of a record are called, for forms, comparisons and pages."""

from portal.catalogue.data import Channel, FeeKind, Level, Service, Unit
from portal.request import _

CHANNELS = {
    Channel.DIRECT: _("Trực tiếp"),
    Channel.ONLINE: _("Trực tuyến"),
    Channel.POST: _("Dịch vụ bưu chính"),
}
UNITS = {
    Unit.WORKING_DAYS: _("ngày làm việc"),
    Unit.WORKING_HOURS: _("giờ làm việc"),
    Unit.DAYS: _("ngày"),
    Unit.HOURS: _("giờ"),
    Unit.MONTHS: _("tháng"),
    Unit.YEARS: _("năm"),
    Unit.AT_ONCE: _("ngay trong ngày"),
}
FEE_KINDS = {FeeKind.FEE: _("Phí"), FeeKind.CHARGE: _("Lệ phí"), FeeKind.OTHER: _("Khoản khác")}
SERVICES = {
    Service.FULL: _("Dịch vụ công trực tuyến toàn trình"),
    Service.PARTIAL: _("Dịch vụ công trực tuyến một phần"),
    Service.INFORMATION: _("Cung cấp thông tin"),
}
SHORT_SERVICES = {
    Service.FULL: _("Toàn trình"),
    Service.PARTIAL: _("Một phần"),
    Service.INFORMATION: _("Thông tin"),
}
"""For tables."""
LEVELS = {
    Level.MINISTRY: _("Cấp bộ"),
    Level.PROVINCE: _("Cấp tỉnh"),
    Level.COMMUNE: _("Cấp xã"),
    Level.OTHER: _("Cơ quan khác"),
}
ROLES = {
    "implementing": _("Cơ quan thực hiện"),
    "competent": _("Cơ quan có thẩm quyền quyết định"),
    "delegated": _("Cơ quan được ủy quyền"),
    "coordinating": _("Cơ quan phối hợp"),
}
PROACTIVE = {
    1: _("Mức 1: nhắc người dân"),
    2: _("Mức 2: nhắc và chuẩn bị sẵn hồ sơ"),
    3: _("Mức 3: thêm khuyến nghị"),
    4: _("Mức 4: tự động thực hiện, có quyền từ chối"),
}
OLD_LEVELS = {
    1: _("Mức độ 1: thông tin"),
    2: _("Mức độ 2: có biểu mẫu"),
    3: _("Mức độ 3: nộp qua mạng"),
    4: _("Mức độ 4: nộp, thanh toán và trả kết quả qua mạng"),
}
