"""The agency that issues the document, from the capitals above the number (NĐ 30/2020, Appendix I, component 2)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from portal.notices.reading.found import Found, Issuer, Resolved
from portal.notices.reading.head import Head
from portal.notices.reading.source import Source
from portal.request import _
from portal.text import UPPERCASE

Resolve = Callable[[str], Resolved | None]

_BREAK = re.compile(r"\n|\t|[ \u00a0]{3,}|[-–—_*=]{3,}")
_NOT_NAMES = re.compile(r"(?:HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|TUYỆT MẬT|TỐI MẬT|MẬT|SỐ\b|LUẬT\b|DỰ THẢO)")
_GOES_ON = re.compile(
    r"(?:TỈNH|THÀNH PHỐ|TP\.?|XÃ|PHƯỜNG|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|ĐẶC KHU|VÀ|VỀ|CÁC|CỦA|VIỆT NAM|TRUNG ƯƠNG|"
    r"NHÂN DÂN|NHÀ NƯỚC|KHU VỰC|CẤP|"
    r"TỐI CAO|QUỐC GIA|CHÍNH PHỦ)(?!\w)"
)
_BEGINS = (
    "BỘ|UBND|HĐND|ỦY BAN|UỶ BAN|HỘI ĐỒNG|SỞ|TỔNG CỤC|CHI CỤC|CỤC|VỤ|VĂN PHÒNG|THANH TRA|KHO BẠC|VIỆN|"
    "TRUNG TÂM|TRƯỜNG|ĐẠI HỌC|HỌC VIỆN|BAN|NGÂN HÀNG|"
    "CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|QUỐC HỘI|CHỦ TỊCH NƯỚC|TÒA ÁN|TOÀ ÁN|KIỂM TOÁN|BẢO HIỂM|THUẾ|CÔNG AN|ĐÀI|"
    "THÔNG TẤN XÃ|ĐẢNG ỦY|THƯỜNG TRỰC|"
    "LIÊN ĐOÀN|TẬP ĐOÀN|TỔNG CÔNG TY|PHÒNG|ĐOÀN"
)
_BEGINS_NAME = re.compile(rf"(?:{_BEGINS})(?![{UPPERCASE}])")
_WITHIN = re.compile(
    rf"(?<=[{UPPERCASE}])\s+(?=(?:SỞ|TỔNG CỤC|CHI CỤC|CỤC|VỤ|THANH TRA|KHO BẠC|TRUNG TÂM|TRƯỜNG|HỌC VIỆN|"
    rf"VĂN PHÒNG|THUẾ (?:TỈNH|THÀNH PHỐ)|BAN (?:QUẢN LÝ|CHỈ ĐẠO|TUYÊN GIÁO|"
    rf"TỔ CHỨC|NỘI CHÍNH|DÂN TỘC|KINH TẾ))(?![{UPPERCASE}]))"
)
_NO_CUT = re.compile(
    r"(?<!\w)(?:(?:CỦA|VÀ|PHÓ|CHÁNH|ĐẢNG ỦY|VĂN PHÒNG|CÁC|BỘ)\s+\S|(?:TỔNG|CHI)\s+CỤC|CỤC\s+THUẾ|(?:CƠ|TRỤ)\s+SỞ|"
    r"(?:MÔI|THỊ|LẬP|HIỆN)\s+TRƯỜNG|(?:NỘI|PHỤC|NHIỆM|DỊCH|NGHIỆP|CÔNG|SỰ)\s+VỤ)"
)
_PROPER = (
    "Việt Nam",
    "Nhà nước",
    "Trung ương",
    "Chính phủ",
    "Quốc hội",
    "Công Thương",
    "Hồ Chí Minh",
    "Hà Nội",
    "Nhân dân tối cao",
    "Đảng Cộng sản",
    "Mặt trận Tổ quốc",
)


def read_issuers(source: Source, head: Head, until: int, resolve: Resolve | None) -> list[Found[Issuer]]:
    """The issuing agencies in order: usually one, several of a joint document; empty when the header names none."""
    names = _names(_segments(source.plain, head, until))
    if not names:
        return []
    if len(names) > 1 and all(name.startswith("BỘ ") for name, _start, _end in names):
        return [_found(source, *name, above=None, resolve=resolve) for name in names]
    above = cased(" ".join(name for name, _start, _end in names[:-1])) if len(names) > 1 else None
    issuer = _found(source, *names[-1], above=above, resolve=resolve)
    if len(names) > 2 and issuer.sure and issuer.value.code is None:
        issuer = replace(issuer, sure=False, why=_("Phần tên cơ quan có nhiều dòng; cần kiểm tra cơ quan ban hành."))
    return [issuer]


def _found(
    source: Source, name: str, start: int, end: int, *, above: str | None, resolve: Resolve | None
) -> Found[Issuer]:
    written = cased(name)
    known = _known(written, above, resolve)
    if known is not None:
        return source.found(Issuer(known.name, known.code, above), start, end)
    doubt = ""
    if resolve is not None:
        doubt = _("Tên cơ quan không có trong danh bạ; cần chọn cơ quan ban hành.")
    elif not _BEGINS_NAME.match(name):
        doubt = _("Dòng này có thể không phải tên cơ quan ban hành.")
    return source.found(Issuer(written, None, above), start, end, doubt)


def _known(name: str, above: str | None, resolve: Resolve | None) -> Resolved | None:
    if resolve is None:
        return None
    place = re.search(r"\b(?:tỉnh|thành phố)\s.+", above or "")
    longer = resolve(f"{name} {place[0]}") if place else None
    return longer or resolve(name)


def _segments(plain: str, head: Head, until: int) -> Iterator[tuple[str, int, int]]:
    """The stretches of capitals in the header that are neither motto, number nor date."""
    if not head.motto and not head.number_at:
        return
    stop = head.number_at[0] if head.number_at else min(until, head.date_at[0] if head.date_at else until)
    edges = [head.start]
    for start, end in sorted(span for span in head.masked if span[1] <= stop):
        edges += (start, end)
    edges.append(stop)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        place = start
        for found in [*_BREAK.finditer(plain, start, end), None]:
            stretch_end = found.start() if found else end
            text = plain[place:stretch_end].strip(" \t\n.:,")
            if _is_name(text):
                first = plain.index(text, place)
                yield text, first, first + len(text)
            place = found.end() if found else end


def _is_name(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 3 and text == text.upper() and _NOT_NAMES.match(text) is None


def _names(segments: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The segments joined or parted into whole names: a line that cannot begin a name goes on with the one above."""
    names: list[tuple[str, int, int]] = []
    for text, start, _end in segments:
        place = 0
        for cut in [*_WITHIN.finditer(text), None]:
            if cut is not None and _NO_CUT.match(text, text.rfind(" ", 0, cut.start()) + 1):
                continue
            piece = text[place : cut.start() if cut else len(text)]
            span = (start + place, start + place + len(piece))
            if names and (_GOES_ON.match(piece) or not _BEGINS_NAME.match(piece)):
                names[-1] = (f"{names[-1][0]} {piece}", names[-1][1], span[1])
            else:
                names.append((piece, *span))
            place = cut.end() if cut else len(text)
    return [(" ".join(name.split()), start, end) for name, start, end in names]


_HEADS = re.compile(
    r"\b(bộ|sở|tổng cục|chi cục|cục|vụ|viện|ban|văn phòng|trung tâm|thanh tra|phòng|trường|học viện|ngân hàng|"
    r"đảng ủy|kho bạc|đài) (?=\w)"
)
_AFTER = re.compile(r"(?:, | và |^)(\w)")
_PLACE_NAME = re.compile(r"\b((?:tỉnh|thành phố|tp\.?|xã|phường|huyện|quận|thị xã|thị trấn|đặc khu) )(.+)")
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
    return whole
