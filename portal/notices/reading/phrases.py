"""Words that mark the components of a paper: names of types, heads of agencies, positions."""

import re

from portal.notices.types import TYPES
from portal.text import LOWERCASE, UPPERCASE, with_new_tone_place

_OTHER_HEADINGS = ("KẾT LUẬN", "THÔNG TRI", "LỜI KÊU GỌI", "QUYẾT NGHỊ", "SẮC LỆNH")
_NAMES = [type_.name.upper() for type_ in TYPES if type_.slug not in ("cong-van", "thu-cong")]
HEADINGS = sorted({*_NAMES, *map(with_new_tone_place, _NAMES), *_OTHER_HEADINGS}, key=len, reverse=True)
_HEADING = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in HEADINGS)

TYPE_AT = re.compile(rf"[\s\-–—_*]*(?P<name>{_HEADING})(?![{UPPERCASE}{LOWERCASE}])")
"""The name of a type in capitals, after blanks and rules."""

TYPE_LINE = re.compile(rf"^[ \t]*(?P<name>{_HEADING})(?=[ \t]*(?:$|[{UPPERCASE}“\"]))", re.MULTILINE)
"""A line that begins with the name of a type in capitals."""

NAME_LINE = re.compile(rf"(?:[^{LOWERCASE}(]|\([^)\n]*\)?)*|[\s\-–—_*]*")
"""A line in capitals (or a rule): part of an agency's name."""

_OFFICES = (
    "PHÓ CHỦ TỊCH|CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|PHÓ TỔNG CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|PHÓ CỤC TRƯỞNG|"
    "CỤC TRƯỞNG|PHÓ CHI CỤC TRƯỞNG|"
    "CHI CỤC TRƯỞNG|PHÓ VỤ TRƯỞNG|VỤ TRƯỞNG|PHÓ TỔNG GIÁM ĐỐC|TỔNG GIÁM ĐỐC|PHÓ GIÁM ĐỐC|GIÁM ĐỐC|"
    "PHÓ THỦ TƯỚNG|THỦ TƯỚNG|"
    "PHÓ THỐNG ĐỐC|THỐNG ĐỐC|PHÓ CHÁNH ÁN|CHÁNH ÁN|PHÓ VIỆN TRƯỞNG|VIỆN TRƯỞNG|PHÓ HIỆU TRƯỞNG|HIỆU TRƯỞNG|"
    "PHÓ TRƯỞNG BAN|TRƯỞNG BAN|"
    "PHÓ CHÁNH VĂN PHÒNG|CHÁNH VĂN PHÒNG|PHÓ CHÁNH THANH TRA|CHÁNH THANH TRA|PHÓ TỔNG THANH TRA|"
    "TỔNG THANH TRA|PHÓ CHỦ NHIỆM|CHỦ NHIỆM|"
    "PHÓ TRƯỞNG PHÒNG|TRƯỞNG PHÒNG|PHÓ TỔNG KIỂM TOÁN|TỔNG KIỂM TOÁN|PHÓ BÍ THƯ|BÍ THƯ|TỔNG BÍ THƯ|ỦY VIÊN|"
    "PHÓ TRƯỞNG ĐOÀN|TRƯỞNG ĐOÀN|"
    "PHÓ TỔNG BIÊN TẬP|TỔNG BIÊN TẬP|KIỂM TOÁN TRƯỞNG|PHÓ TƯ LỆNH|TƯ LỆNH|TỔNG THƯ KÝ|THƯỜNG TRỰC|"
    "PHÓ TRƯỞNG THUẾ|TRƯỞNG THUẾ"
)
OFFICE = re.compile(
    rf"(?<![{UPPERCASE}])(?:Q\.\s*)?(?!(?<=BAN )BÍ THƯ)(?:{_OFFICES})(?:\s+NHÀ NƯỚC|\s+CHÍNH PHỦ)?(?![{UPPERCASE}])"
)
"""A position in capitals."""

_BODIES = (
    "CHÍNH PHỦ|QUỐC HỘI|ỦY BAN|UỶ BAN|HỘI ĐỒNG|BAN |BỘ CHÍNH TRỊ|TÒA ÁN|TOÀ ÁN|VIỆN KIỂM SÁT|KIỂM TOÁN NHÀ NƯỚC|"
    "THƯỜNG TRỰC"
)
AUTHORITY = re.compile(rf"(?:{_OFFICES}|{_BODIES})")
"""How the line begins that names who decides, between the title and the legal bases."""

TEXT_BEGINS = re.compile(
    r"(?:Căn cứ|Xét|Thực hiện|Theo|Sau khi|Ngày\s+\d|Trong\s|Để\s|Nhằm|Thi hành|Triển khai|Tiếp theo|Tiếp tục|"
    r"Kính gửi|Trên cơ sở|"
    r"Quốc hội|Ủy ban|Uỷ ban|Chính phủ|Thủ tướng|Bộ trưởng|Chủ tịch|Hội đồng|I\.|A\.|1\.|Điều\s+1|Chương\s+I|"
    r"Phần|- Căn cứ|"
    r"Hôm nay|Hiện nay|Thời gian|Từ ngày|Qua |Vừa qua|Được sự|Vào|Chiều ngày|Sáng ngày)"
)
"""How the first sentence after the title usually begins."""
