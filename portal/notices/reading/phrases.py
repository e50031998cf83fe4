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

_TITLES = (
    "CHỦ TỊCH", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "TỔNG CỤC TRƯỞNG", "CỤC TRƯỞNG", "CHI CỤC TRƯỞNG", "VỤ TRƯỞNG",
    "TỔNG GIÁM ĐỐC", "GIÁM ĐỐC", "THỦ TƯỚNG", "THỐNG ĐỐC", "CHÁNH ÁN", "VIỆN TRƯỞNG", "HIỆU TRƯỞNG", "TRƯỞNG BAN",
    "CHÁNH VĂN PHÒNG", "CHÁNH THANH TRA", "TỔNG THANH TRA", "CHỦ NHIỆM", "TRƯỞNG PHÒNG", "TỔNG KIỂM TOÁN", "BÍ THƯ",
    "TỔNG BÍ THƯ", "ỦY VIÊN", "TRƯỞNG ĐOÀN", "TỔNG BIÊN TẬP", "KIỂM TOÁN TRƯỞNG", "TƯ LỆNH", "TỔNG THƯ KÝ",
    "THƯỜNG TRỰC", "TRƯỞNG THUẾ", "VIỆN PHÓ", "CHỈ HUY TRƯỞNG", "TỔNG THAM MƯU TRƯỞNG", "CHÍNH ỦY", "TRẠM TRƯỞNG",
    "HẠT TRƯỞNG", "TRƯỞNG KHOA", "TỔ TRƯỞNG", "ĐỘI TRƯỞNG", "KẾ TOÁN TRƯỞNG", "TRƯỞNG TIỂU BAN", "TRƯỞNG CÔNG AN",
    "CHÁNH TÒA", "ĐẠI SỨ", "TỔNG LÃNH SỰ", "TRƯỞNG ĐẠI DIỆN", "TRƯỞNG CA", "CHỦ TỌA", "TRƯỞNG HẢI QUAN", "GIÁM THỊ",
    "TRƯỞNG CHI NHÁNH", "TRƯỞNG TRẠM", "TRƯỞNG TRUNG TÂM", "TỔNG ĐẠI DIỆN",
)  # fmt: skip
_OFFICES = "|".join(
    sorted({name for title in _TITLES for name in (title, f"PHÓ {title}")}, key=lambda name: (-len(name), name))
)
POSITIONS = tuple(_OFFICES.split("|"))
"""The names of positions, in capitals."""

OFFICE = re.compile(
    rf"(?<![{UPPERCASE}])(?:Q\.\s*|QUYỀN\s+)?(?!(?<=BAN )BÍ THƯ)(?:{_OFFICES})(?:\s+NHÀ NƯỚC|\s+CHÍNH PHỦ|"
    rf"\s+THƯỜNG TRỰC)?(?![{UPPERCASE}])"
)
"""A position in capitals."""

FORM = re.compile(rf"(?<![{UPPERCASE}])(?:(?P<form>TM|KT|TL|TUQ|Q)\.|(?P<slashed>T/M|K/T|T/L|TUQ))\s*(?=[{UPPERCASE}])")
"""For whom somebody signs: TM., KT., TL., TUQ., Q. and how the Party writes them."""

_BODIES = (
    "CHÍNH PHỦ|QUỐC HỘI|ỦY BAN|UỶ BAN|HỘI ĐỒNG|BAN |BỘ CHÍNH TRỊ|TÒA ÁN|TOÀ ÁN|VIỆN KIỂM SÁT|KIỂM TOÁN NHÀ NƯỚC|"
    "THƯỜNG TRỰC|ĐOÀN CHỦ TỊCH|TỔNG LIÊN ĐOÀN|LIÊN ĐOÀN LAO ĐỘNG|ĐẢNG ỦY|QUÂN ỦY"
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

AGENCY_WORDS = (
    "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "CHÍNH PHỦ", "THỦ TƯỚNG CHÍNH PHỦ", "VĂN PHÒNG", "TỔNG CỤC", "CHI CỤC",
    "TỔNG CÔNG TY", "CÔNG TY", "TẬP ĐOÀN", "BỆNH VIỆN", "TRƯỜNG ĐẠI HỌC", "ĐẠI HỌC", "HỌC VIỆN", "TRƯỜNG CAO ĐẲNG",
    "TRUNG TÂM", "NGÂN HÀNG NHÀ NƯỚC", "NGÂN HÀNG", "KHO BẠC NHÀ NƯỚC", "KIỂM TOÁN NHÀ NƯỚC", "BẢO HIỂM XÃ HỘI",
    "TÒA ÁN NHÂN DÂN", "VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH ỦY", "THÀNH ỦY", "HUYỆN ỦY", "QUẬN ỦY", "ĐẢNG ỦY", "ĐẢNG BỘ",
    "CÔNG AN", "BAN CHỈ ĐẠO", "BAN QUẢN LÝ", "THANH TRA", "QUỐC HỘI", "BAN CHẤP HÀNH TRUNG ƯƠNG", "THÀNH PHỐ",
    "VIỆT NAM", "TRUNG ƯƠNG", "TỐI CAO", "BỘ TÀI CHÍNH", "BỘ Y TẾ", "BỘ NỘI VỤ", "BỘ CÔNG AN", "BỘ QUỐC PHÒNG",
    "BỘ TƯ PHÁP", "BỘ CÔNG THƯƠNG", "BỘ XÂY DỰNG", "BỘ NGOẠI GIAO", "SỞ Y TẾ", "SỞ TÀI CHÍNH", "SỞ NỘI VỤ",
    "SỞ TƯ PHÁP", "SỞ CÔNG THƯƠNG", "SỞ XÂY DỰNG", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "BỘ GIÁO DỤC VÀ ĐÀO TẠO",
    "SỞ NÔNG NGHIỆP", "BỘ NÔNG NGHIỆP", "LIÊN ĐOÀN LAO ĐỘNG",
)  # fmt: skip
"""How names of agencies are written, for names whose accents were lost: each is the only one with its letters."""
