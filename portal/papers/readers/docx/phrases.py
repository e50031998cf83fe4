"""Words and shapes by which headers, signatures and annexes are known (NĐ 30/2020, Appendix I)."""

import re

MOTTO = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ|ÓA)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|(?:^|\t|[ ]{3})ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM[^\S\n]*$|"
    r"^[^\w\n]*(?i:cộng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam)[^\w\n]*$",
    re.MULTILINE,
)
"""The motto as a header shows it; a sentence or a cell that only mentions the state or the party is none."""
NUMBER = re.compile(r"\s*(?:(?:Bộ\s+)?Luật\s+|Pháp\s+lệnh\s+|Nghị\s+quyết\s+|Lệnh\s+)?Số(?!\w)\s*[:.]?", re.IGNORECASE)
DATE = re.compile(r"ngày[\s.…_\d]*(?:tháng|/)", re.IGNORECASE)
RECIPIENTS = re.compile(r"\s*Nơi\s+nhận\s*:?\s*", re.IGNORECASE)
SIGNATURE = re.compile(
    r"(?:^|\n)[^\S\n]*(?:TM\.|KT\.|TL\.|TUQ\.|Q\.|T/M|K/T|CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|TỔNG |CỤC TRƯỞNG|"
    r"CHÁNH |TRƯỞNG |PHÓ |HIỆU TRƯỞNG|VIỆN TRƯỞNG|NGƯỜI |ĐẠI DIỆN)|\((?:đã\s+)?k[ýí]\b",
    re.IGNORECASE,
)
PERSON = re.compile(r"\s*(?:[^\W\d_][^\W\d_']+\.?\s+){1,5}[^\W\d_]+\s*")
GAP = re.compile(r"[\t\x0b][\s\x0b]*|[ \u00a0]{4,}")
TITLE = re.compile(
    r"\s*(?:THÔNG\s+BÁO|QUYẾT\s+ĐỊNH|NGHỊ\s+ĐỊNH|NGHỊ\s+QUYẾT|THÔNG\s+TƯ|CHỈ\s+THỊ|LUẬT(?!\s+SỐ)|BÁO\s+CÁO|KẾ\s+HOẠCH|TỜ\s+TRÌNH|"
    r"CÔNG\s+ĐIỆN|PHÁP\s+LỆNH|HƯỚNG\s+DẪN|GIẤY|BIÊN\s+BẢN|Kính\s+gửi|Căn\s+cứ)"
)
HEAD_LINE = re.compile(rf"{MOTTO.pattern}|{DATE.pattern}|Độc\s+lập\s*[-–—]\s*Tự\s+do", re.IGNORECASE | re.MULTILINE)
ANNEX = re.compile(r"\s*(?:PHỤ\s+LỤC|Phụ\s+lục|MẪU|Mẫu|BIỂU|Biểu|DANH\s+SÁCH|QUY\s+CHẾ|QUY\s+ĐỊNH|ĐỀ\s+CƯƠNG)(?!\w)")
ARCHIVE = re.compile(r"\s*[-–+]?\s*Lưu\b")
