"""Names of persons in signatures: academic titles and military ranks before them."""

import re

from portal.notices.reading.spelling import has_lost
from portal.text import fold

RANKS = (
    "Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Thượng úy|"
    "Phó Đô đốc|Chuẩn Đô đốc|Đô đốc|Giáo sư|Phó Giáo sư|Tiến sĩ|Tiến sỹ|Thạc sĩ|Bác sĩ|Luật sư|Kỹ sư|"
    "GS|PGS|TSKH|TS|ThS|Ths|ThS|BSCKII|BSCKI|BSCK2|BSCK1|BSCK|BS|CKII|CKI|DSCKII|DSCKI|DS|KS|LS|CN|NGƯT|NGND|TTƯT|TTND|"
    "NSND|NSƯT|AHLĐ|Viện sĩ|Dr|Ông|Bà"
)
RANK = rf"(?:(?:{RANKS})(?![^\W\d_])[.,]?\s*(?:[.\-–/]\s*)?)"
SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý", "Đào", "Đoàn", "Vương", "Trịnh", "Trương", "Đinh", "Lâm", "Phùng", "Mai", "Tô", "Hà", "Tạ", "Lương", "Cao",
    "Châu", "Thái", "Lưu", "Tống", "Chu", "Từ", "Triệu", "Quách", "La", "Nông", "Lò", "Vi", "Giàng", "Vàng", "Thào",
    "Sùng", "Hầu", "Ma", "Hứa", "Kiều", "Nghiêm", "Thân", "Khuất", "Ông", "Bạch", "Doãn", "Phí", "Mạc", "Lục", "Viên",
    "Thạch", "Kim", "Sơn", "Danh", "Trà", "Tòng", "Quàng", "Lường", "Cầm", "Hạ", "Giáp", "Tăng", "Âu", "Ninh", "Điểu",
    "Văn", "Uông", "Cù", "Đàm", "Lã", "Lại", "Lữ", "Mẫn", "Nhữ", "Ngụy", "Phương", "Quan", "Thiều", "Tiêu", "Tôn",
    "Trang", "Ứng", "Xa", "Y", "Bế", "Bàn", "Đồng",
    "Tráng", "Lầu", "Vừ", "Mùa", "Hờ", "Hạng", "Ksor", "Siu", "Rơ", "Nay", "Rah", "Niê", "Kpă",
)  # fmt: skip
"""Family names, to know a name in capitals from the rest of a position."""

_RANKS = re.compile(rf"\s*{RANK}+", re.IGNORECASE)


def without_rank(name: str) -> str:
    """The name alone: `PGS.TS. Trần Văn Mẫu` → `Trần Văn Mẫu`."""
    found = _RANKS.match(name)
    return name[found.end() :] if found and found.end() < len(name) else name


_FOLDED = re.compile(rf"(?:{'|'.join(sorted({fold(rank) for rank in RANKS.split('|')}, key=len, reverse=True))})[.,]?")


def without_ranks_below(text: str) -> str:
    """Without a rank or title that ends the text, whatever its accents (`ĐAI TƯỚNG`): it belongs to the name."""
    lines = text.rstrip().rsplit("\n", 1)
    last = lines[-1].strip()
    return text[: text.rindex(last)] if last and _FOLDED.fullmatch(fold(last)) else text


_PLAIN_NAMES = frozenset(
    (
        "A", "An", "Anh", "Ba", "Bang", "Cam", "Cao", "Chi", "Chinh", "Chu", "Chung", "Cung", "Danh", "Dao", "Doan",
        "Doanh", "Du", "Dung", "Duy", "Gia", "Giang", "Giao", "H", "Hai", "Hanh", "Hoa", "Hoan", "Hoanh", "Huy", "K",
        "Kha", "Khai", "Khang", "Khanh", "Khoa", "Khoan", "Kim", "La", "Lai", "Lam", "Lan", "Lang", "Linh", "Loan",
        "Long", "Ly", "Ma", "Mai", "Mi", "Minh", "My", "Nam", "Nga", "Nghi", "Nghinh", "Ngoan", "Nhan", "Nhi", "Nho",
        "Nhu", "Nhung", "Ninh", "Oai", "Oanh", "Phan", "Phi", "Phong", "Quan", "Quang", "Sa", "San", "Sang", "Sao",
        "Sinh", "Song", "Sung", "Tam", "Thai", "Thanh", "Thao", "Thinh", "Tho", "Thoa", "Thoan", "Thu", "Thy", "Tin",
        "Trang", "Trai", "Tri", "Trinh", "Trung", "Tuy", "Ty", "Vi", "Vinh", "Vui", "Vy", "Xa", "Y",
    )
)  # fmt: skip
"""Words of names that bear no accent; any other without one, in a name that has accents, lost it (`Binh`, `Thi`)."""

_MISREAD = frozenset(("Vân", "Vàn", "Vãn", "Dức", "Dình", "Đinh", "Thí", "Thì", "Hưu", "Xuan"))
"""What scanning makes of the commonest middle names (Văn, Đức, Đình, Thị, Hữu); as middle names they are rare."""

_SYLLABLE = re.compile(r"(?:ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
_SURNAMES = {fold(name) for name in SURNAMES}


def is_usual(name: str) -> bool:
    """Whether it begins with a usual family name and every word is a syllable that Vietnamese has."""
    if has_lost(name):
        return False
    if len(name.split()) > 2 and name.split()[1] in _MISREAD:
        return False
    plain = [word for word in name.split()[1:] if word.isascii() and not name.isascii()]
    if any(word not in _PLAIN_NAMES for word in plain):
        return False
    first, *others = fold(name).split()
    return (
        (first in _SURNAMES or first in ("h", "k", "a"))
        and _has_tone_of(name)
        and all(_SYLLABLE.fullmatch(word) for word in others)
    )


def _has_tone_of(name: str) -> bool:
    """Whether the family name bears the accents it has; a name without any accents is read as it stands."""
    first = name.split(maxsplit=1)[0].capitalize()
    return first in SURNAMES or first in ("H", "K", "A") or name.isascii()
