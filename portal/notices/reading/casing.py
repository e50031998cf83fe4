"""Names in capitals as running text writes them."""

import re

from portal.notices.reading.phrases import POSITIONS

_PROPER = (
    "Việt Nam", "Nhà nước", "Trung ương", "Chính phủ", "Quốc hội", "Công Thương", "Hồ Chí Minh", "Hà Nội",
    "Nhân dân tối cao", "Đảng Cộng sản", "Mặt trận Tổ quốc", "Tỉnh ủy", "Thành ủy", "Tây Nguyên", "Thái Nguyên",
    "Cần Thơ", "Đà Nẵng", "Hải Phòng", "Quy Nhơn", "Nha Trang", "Đà Lạt", "Bạch Mai", "Chợ Rẫy", "An Giang",
    "Bắc Giang", "Bắc Ninh", "Bắc Kạn", "Cao Bằng", "Đồng Tháp", "Đồng Nai", "Gia Lai", "Hà Giang", "Hà Tĩnh",
    "Hưng Yên", "Khánh Hòa", "Kiên Giang", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nam Định", "Nghệ An",
    "Ninh Bình", "Phú Thọ", "Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La",
    "Tây Ninh", "Thanh Hóa", "Tiền Giang", "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc", "Yên Bái", "Điện Biên",
    "Đắk Lắk",
)  # fmt: skip
_HEADS = re.compile(
    r"\b(bộ|sở|tổng cục|chi cục|cục|vụ|viện|ban|văn phòng|trung tâm|thanh tra|phòng|trường|học viện|ngân hàng|"
    r"đảng ủy|kho bạc|đài|tập đoàn|tổng công ty|công ty|bệnh viện|công an|tổng liên đoàn|đại học|hội đồng|"
    r"hiệp hội) (?=\w)"
)
_AFTER = re.compile(r"(?:, | và |^)(\w)")
_PLACE_NAME = re.compile(r"\b((?:tỉnh|thành phố|tp\.?|xã|phường|huyện|quận|thị xã|thị trấn|đặc khu) )(?!ủy\b|uỷ\b)(.+)")
_PEOPLES = re.compile(
    r"^(?:(?:phó )?chủ tịch |văn phòng |thường trực )?((?:ủy|uỷ) ban nhân dân|hội đồng nhân dân|"
    r"tòa án nhân dân|viện kiểm sát nhân dân)\b"
)
_FULL = {"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "tp.": "thành phố", "tp": "thành phố"}
_SHORT = re.compile(r"(?<!\w)(?:ubnd|hđnd|tp\.|tp)(?!\w)")
_PROPER_NAMES = [(re.compile(rf"\b{name}\b", re.IGNORECASE), name) for name in _PROPER]


def cased(name: str) -> str:
    """A name in capitals as it is written in running text: `Ủy ban nhân dân tỉnh Hà Tĩnh`, `Bộ Giáo dục và Đào tạo`."""
    lower = _SHORT.sub(lambda found: _FULL[found[0]], " ".join(name.lower().split()))
    place = _PLACE_NAME.search(lower)
    before, after = (lower[: place.end(1)], lower[place.end(1) :]) if place else (lower, "")
    people = _PEOPLES.match(before)
    if people:
        before = before[: people.start(1)] + before[people.start(1)].upper() + before[people.start(1) + 1 :]
    else:
        capital_at = {found.start(1) for found in _AFTER.finditer(before)}
        capital_at |= {found.end() for found in _HEADS.finditer(before)}
        before = "".join(c.upper() if i in capital_at else c for i, c in enumerate(before))
    whole = before[:1].upper() + before[1:] + " ".join(word[:1].upper() + word[1:] for word in after.split(" "))
    for pattern, proper in _PROPER_NAMES:
        whole = pattern.sub(proper, whole)
    words = name.split()
    if len(words) == len(whole.split()):
        # Abbreviations have no vowel, or a sign within: THPT, TNHH, GD&ĐT.
        told = zip(words, whole.split(), strict=True)
        whole = " ".join(word if _ABBREVIATION.fullmatch(word) else written for word, written in told)
    return whole


_ABBREVIATION = re.compile(r"[BCDĐGHKLMNPQRSTVX]{2,8}|[A-ZĐ]{1,5}&[A-ZĐ]{1,5}")
_POSITION = re.compile("|".join(sorted(POSITIONS, key=len, reverse=True)))
_BODY = re.compile(
    r"(?:ỦY BAN|UỶ BAN|HỘI ĐỒNG|UBND|HĐND|BỘ|SỞ|CỤC|VỤ|BAN|VĂN PHÒNG|TỔNG CỤC|CHI CỤC|TÒA ÁN|VIỆN|TRUNG TÂM)(?!\w)"
)


def cased_position(words: str) -> str:
    """A position, or the body that is signed for: `Phó Chủ tịch Thường trực`, `Bộ trưởng, Chủ nhiệm`, `Chính phủ`."""
    if words != words.upper():
        return words
    if _BODY.match(words):
        found = _POSITION.match(words)
        if found is None:
            return cased(words)
    out: list[str] = []
    place = 0
    for found in _POSITION.finditer(words):
        if found.start() < place:
            continue
        out += [_rest(words[place : found.start()]), _position(found[0])]
        place = found.end()
    out.append(_rest(words[place:]))
    text = " ".join(" ".join(out).split()).replace(" ,", ",")
    return text[:1].upper() + text[1:]


_TOTAL = {"Tổng bí thư": "Tổng Bí thư", "Tổng kiểm toán": "Tổng Kiểm toán", "Tổng thanh tra": "Tổng Thanh tra"}
_FORMS = re.compile(r"(?<![^\W\d_])(TM|KT|TL|TUQ|Q)\.\s*")


def cased_authority(words: str) -> str:
    """For whom somebody signs, with the forms within: `Ủy ban nhân dân KT. Chủ tịch`."""
    pieces = _FORMS.split(words)
    told = [cased_position(pieces[0].strip())]
    for form, rest in zip(pieces[1::2], pieces[2::2], strict=True):
        told += [f"{form}.", cased_position(rest.strip())]
    return " ".join(piece for piece in told if piece)


def _position(name: str) -> str:
    lower = name.lower()
    return (
        f"Phó {lower[4].upper()}{lower[5:]}"
        if lower.startswith("phó ")
        else _TOTAL.get(lower.capitalize(), lower.capitalize())
    )


def _rest(words: str) -> str:
    words = words.strip()
    if not words or not any(map(str.isalpha, words)):
        return words
    return cased(words)
