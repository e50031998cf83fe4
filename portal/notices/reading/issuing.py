"""The agency that issues the document, from the capitals above the number (NĐ 30/2020, Appendix I, component 2)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice, pairwise

from portal.notices.reading.casing import cased
from portal.notices.reading.found import Found, Issuer, Resolved
from portal.notices.reading.head import Head
from portal.notices.reading.mending import bare
from portal.notices.reading.source import Source
from portal.notices.reading.spelling import parted, tightened
from portal.notices.types import by_abbreviation
from portal.request import _
from portal.text import LOWERCASE, UPPERCASE, DocumentNumber, fold

Resolve = Callable[[str], Resolved | None]

_BREAK = re.compile(r"\n|\t|[ \u00a0]{3,}|[-–—_*=]{3,}")
_NOT_NAMES = re.compile(
    r"(?:HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|TUYỆT MẬT|TỐI MẬT|MẬT|SỐ|LUẬT|DỰ THẢO|CÔNG VĂN ĐẾN|ĐẾN|CÔNG BÁO|"
    r"BẢN SAO|SAO Y|"
    r"BẢN CHÍNH|VIETNAM|ISO|KÝ BỞI|TRANG|CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ|V/V)(?!\w)"
)
_GOES_ON = re.compile(
    r"(?:TỈNH(?! ỦY| UỶ)|THÀNH PHỐ|TP\.?|XÃ|PHƯỜNG|HUYỆN(?! ỦY| UỶ)|QUẬN(?! ỦY| UỶ)|THỊ XÃ|THỊ TRẤN|ĐẶC KHU|VÀ|"
    r"VỀ|CÁC|CỦA|VIỆT NAM|TRUNG ƯƠNG|"
    r"NHÂN DÂN|NHÀ NƯỚC|KHU VỰC|CẤP|"
    r"TỐI CAO|QUỐC GIA|CHÍNH PHỦ)(?!\w)"
)
_INCOMPLETE = re.compile(r"(?:HOIDONGTHAMPHAN|(?<!\w)UYBANTRUNGUONG|\AUYBAN)\Z")
"""What is no whole name: the next line goes on with it ("HỘI ĐỒNG THẨM PHÁN / TÒA ÁN NHÂN DÂN TỐI CAO")."""

_ORGANS = re.compile(r"(?:BAN THƯỜNG TRỰC|BAN THƯỜNG VỤ|ĐOÀN CHỦ TỊCH|BAN CHẤP HÀNH)\Z")
"""Organs that stand below the body whose document it is."""
_BEGINS = (
    "BỘ|UBND|HĐND|ỦY BAN|UỶ BAN|HỘI ĐỒNG|SỞ|TỔNG CỤC|CHI CỤC|CỤC|VỤ|VĂN PHÒNG|THANH TRA|KHO BẠC|VIỆN|"
    "TRUNG TÂM|TRƯỜNG|ĐẠI HỌC|HỌC VIỆN|BAN|NGÂN HÀNG|"
    "CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|CHỦ TỊCH|TÒA ÁN|TOÀ ÁN|KIỂM TOÁN|BẢO HIỂM|THUẾ|CÔNG AN|ĐÀI|"
    "THÔNG TẤN XÃ|ĐẢNG ỦY|ĐẢNG UỶ|ĐẢNG BỘ|CHI BỘ|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|THÀNH UỶ|HUYỆN ỦY|HUYỆN UỶ|QUẬN ỦY|THỊ ỦY|"
    "THƯỜNG TRỰC|TỔNG LIÊN ĐOÀN|LIÊN ĐOÀN|LIÊN HIỆP|HIỆP HỘI|HỘI|MẶT TRẬN|TẬP ĐOÀN|TỔNG CÔNG TY|CÔNG TY|PHÒNG|ĐOÀN|"
    "CÔNG ĐOÀN|BỆNH VIỆN|TRẠM|TRẠI|QUỸ|NHÀ|BÁO|TẠP CHÍ|XÍ NGHIỆP|HẠT|ĐỘI|BỘ TƯ LỆNH|BỘ CHỈ HUY|QUÂN KHU|QUÂN CHỦNG|"
    "HẢI QUAN|TỔ|TIỂU BAN|LIÊN BỘ|LIÊN MINH|HỢP TÁC XÃ|BƯU ĐIỆN|TỔNG THANH TRA|TỔNG KIỂM TOÁN|ĐẠI SỨ QUÁN|CƠ QUAN|CẢNG|"
    "CẢNG VỤ|SƯ ĐOÀN|BINH ĐOÀN|KHU|VƯỜN QUỐC GIA|BẢO TÀNG|THƯ VIỆN|ỦY VIÊN|BAN CHỈ ĐẠO"
)
_BEGINS_NAME = re.compile(rf"(?:{_BEGINS})(?![{UPPERCASE}])")
_WITHIN = re.compile(
    rf"(?<=[{UPPERCASE}])\s+(?=(?:SỞ|TỔNG CỤC|CHI CỤC|CỤC|VỤ|THANH TRA|KHO BẠC|TRUNG TÂM|TRƯỜNG|HỌC VIỆN|ĐẠI HỌC|"
    rf"VĂN PHÒNG|THUẾ (?:TỈNH|THÀNH PHỐ)|CÔNG AN (?:TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG|QUẬN)|TỔNG CÔNG TY|CÔNG TY|"
    rf"BỆNH VIỆN|"
    rf"HẢI QUAN KHU VỰC|PHÒNG(?! CHÁY| CHỐNG| THỦ| DỊCH| KHÁM| BỆNH| VỆ| GIAO| NGỪA|,)|HỘI ĐỒNG (?:THI|XÉT|TUYỂN)|"
    rf"BAN (?:QUẢN LÝ|CHỈ ĐẠO|TUYÊN GIÁO|TỔ CHỨC|NỘI CHÍNH|DÂN TỘC|KINH TẾ|DÂN VẬN|THƯỜNG VỤ|CÁN SỰ|CHẤP HÀNH|BÍ THƯ|"
    rf"QUẢN TRỊ|TUYÊN GIÁO VÀ DÂN VẬN|CHÍNH SÁCH))(?![{UPPERCASE}]))"
)
_NO_CUT = re.compile(
    r"(?<!\w)(?:(?:CỦA|VÀ|PHÓ|CHÁNH|ĐẢNG ỦY|VĂN PHÒNG|CÁC|BỘ)\s+\S|(?:TỔNG|CHI)\s+CỤC|TỔNG\s+CÔNG|"
    r"(?:VĂN|QUỐC|HẢI|BIÊN|DỰ)\s+PHÒNG|THƯỜNG\s+VỤ|TRƯỜNG\s+(?:ĐẠI|HỌC|CÁN)|CỤC\s+THUẾ|(?:CƠ|TRỤ)\s+SỞ|"
    r"(?:MÔI|THỊ|LẬP|HIỆN)\s+TRƯỜNG|(?:NỘI|PHỤC|NHIỆM|DỊCH|NGHIỆP|CÔNG|SỰ)\s+VỤ)"
)


def read_issuers(source: Source, head: Head, until: int, resolve: Resolve | None) -> list[Found[Issuer]]:
    """The issuing agencies in order: usually one, several of a joint document; empty when the header names none."""
    names = _names(_segments(source.plain, head, until), resolve)
    if not names and head.number_at:
        names = _names(_segments(source.plain, head, until, after_number=True), resolve)
    if not names:
        return []
    if len(names) > 1 and _is_joint(names, source.plain, head.number):
        return [_found(source, *name, above=None, resolve=resolve) for name in names]
    if len(names) > 1 and _ORGANS.match(names[-1][0]):
        names = names[:-1]
    above = cased(" ".join(name for name, _start, _end in names[:-1])) if len(names) > 1 else None
    issuer = _found(source, *names[-1], above=above, resolve=resolve)
    if len(names) > 2 and issuer.sure and issuer.value.code is None:
        issuer = replace(issuer, sure=False, why=_("Phần tên cơ quan có nhiều dòng; cần kiểm tra cơ quan ban hành."))
    return [issuer]


_MINISTRIES = ("BỘ ", "NGÂN HÀNG NHÀ NƯỚC", "ỦY BAN DÂN TỘC")
_DASH = re.compile(r"\s*[-–]\s*")


def _is_joint(names: list[tuple[str, int, int]], plain: str, number: DocumentNumber | None) -> bool:
    """Whether the agencies issue together: ministries side by side, a dash between the names, or a joint type."""
    if number is not None and number.segments and number.segments[0].endswith("LT"):
        return True
    if all(name.startswith(_MINISTRIES) for name, *_at in names):
        return True
    return all(_DASH.fullmatch(plain, one[2], other[1]) for one, other in pairwise(names))


def issuer_named(source: Source, name: str, start: int, end: int, resolve: Resolve | None) -> Found[Issuer]:
    """An agency that stands outside the header, in capitals."""
    return _found(source, name, start, end, above=None, resolve=resolve)


_TOLD = re.compile(rf"(?:B[{UPPERCASE}]{{1,7}}|CP|TTg|VPCP|NHNN|TTCP|KTNN|TANDTC|VKSNDTC|VKSTC|CTN|QH\d*|UBTVQH\d*)")


def agency_of(number: DocumentNumber, resolve: Resolve) -> Resolved | None:
    """The agency that the letters of the number name beyond doubt: `QĐ-BTC` the Ministry of Finance, "
    "`7816/VPCP-TTĐT`."""
    segments = number.segments
    first = segments[0] if segments else ""
    wanted = segments[1:2] if by_abbreviation(first) and first.upper() == first else segments[:1]
    for letters in wanted:
        if _TOLD.fullmatch(letters):
            return resolve(re.sub(r"(?<=QH)\d+$", "", letters))
    return None


def contradicted(issuer: Found[Issuer], told: Resolved) -> Found[Issuer]:
    """The header's agency; unsure when the letters of the number name another one that is neither it nor above it."""
    value = issuer.value
    if value.code is None and value.name != told.name and issuer.sure is False:
        return issuer
    names = {fold(name) for name in (value.name, value.above or "")}
    if fold(told.name) in names or (value.code and value.code == told.code) or not issuer.sure:
        return issuer
    return replace(issuer, sure=False, why=_("Ký hiệu văn bản là của cơ quan khác với phần đầu; cần kiểm tra."))


_MOST_CANDIDATES = 200


def _found(
    source: Source, name: str, start: int, end: int, *, above: str | None, resolve: Resolve | None
) -> Found[Issuer]:
    written = cased(name)
    known = _known(written, above, resolve)
    if known is not None:
        return source.found(Issuer(known.name, known.code, above), start, end, confirmed=True)
    for candidate in islice(chain(tightened(name), parted(name)), _MOST_CANDIDATES):
        known = _known(cased(candidate), above, resolve)
        if known is not None:
            why = _("Tên cơ quan có lỗi nhận dạng và đã được sửa theo danh bạ; cần đối chiếu với bản gốc.")
            return source.found(Issuer(known.name, known.code, above), start, end, why)
    doubt = ""
    if resolve is not None:
        doubt = _("Tên cơ quan không có trong danh bạ; cần chọn cơ quan ban hành.")
    elif not _BEGINS_NAME.match(name):
        doubt = _("Dòng này có thể không phải tên cơ quan ban hành.")
    if above and _CENTRAL.match(fold(above)) and written.startswith("Ban ") and "Trung ương" not in written:
        written = f"{written} Trung ương"
    return source.found(Issuer(written, None, above), start, end, doubt)


_CENTRAL = re.compile(r"ban chap hanh trung uong\b")
"""The commissions of the Central Committee bear its name: "Ban Tổ chức Trung ương"."""


def _known(name: str, above: str | None, resolve: Resolve | None) -> Resolved | None:
    if resolve is None:
        return None
    place = re.search(r"\b(?:tỉnh|thành phố)\s.+", above or "")
    longer = resolve(f"{name} {place[0]}") if place else None
    if longer is None and above and _CENTRAL.match(fold(above)):
        longer = resolve(f"{name} Trung ương")
    return longer or resolve(name)


def _segments(plain: str, head: Head, until: int, *, after_number: bool = False) -> Iterator[tuple[str, int, int]]:
    """The stretches of capitals in the header that are neither motto, number nor date; usually above the number."""
    if not head.motto and not head.number_at:
        return
    begin = head.start
    stop = head.number_at[0] if head.number_at else min(until, head.date_at[0] if head.date_at else until)
    if after_number and head.number_at:
        begin, stop = head.number_at[1], max(head.end, head.number_at[1])
    edges = [begin]
    for start, end in sorted(span for span in head.masked if begin <= span[0] and span[1] <= stop):
        edges += (start, end)
    edges.append(stop)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        place = start
        for found in [*_BREAK.finditer(plain, start, end), None]:
            stretch_end = found.start() if found else end
            text = plain[place:stretch_end].strip(" \t\n.:,*+•|")
            capitals = _LEADING_CAPITALS.match(text)
            if not _is_name(text) and capitals and _BEGINS_NAME.match(text):
                text = capitals[0].rstrip()
            if _is_name(text):
                first = plain.index(text, place)
                yield text, first, first + len(text)
            place = found.end() if found else end


_LEADING_CAPITALS = re.compile(rf"(?:[{UPPERCASE}&,–-]+\s+){{3,}}(?=[{UPPERCASE}][{LOWERCASE}])")
"""A name in capitals before words of the other column ("TRƯỜNG ĐẠI HỌC MẪU  Độc lập -")."""


def _is_name(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 3 and text == text.upper() and _NOT_NAMES.match(text) is None


def _names(segments: Iterable[tuple[str, int, int]], resolve: Resolve | None) -> list[tuple[str, int, int]]:
    """The segments joined or parted into whole names: a line that cannot begin a name goes on with the one above."""
    names: list[tuple[str, int, int]] = []
    for text, start, _end in segments:
        place = 0
        for cut in [*_cuts(text, resolve), None]:
            piece = text[place : cut.start() if cut else len(text)]
            span = (start + place, start + place + len(piece))
            goes_on = _GOES_ON.match(piece) or not _BEGINS_NAME.match(piece)
            if names and (goes_on or _INCOMPLETE.search(bare(names[-1][0]).replace(" ", ""))):
                names[-1] = (f"{names[-1][0]} {piece}", names[-1][1], span[1])
            else:
                names.append((piece, *span))
            place = cut.end() if cut else len(text)
    return [(" ".join(name.split()), start, end) for name, start, end in names]


_BLANK_BEFORE_NAME = re.compile(rf"\s+(?:[-–]\s+)?(?=(?:{_BEGINS})(?![{UPPERCASE}]))")


def _cuts(text: str, resolve: Resolve | None) -> Iterator[re.Match[str]]:
    """Where one name ends and another begins within a line: the agency above and the one below it, or joint ones."""
    if resolve is not None and resolve(cased(text)) is not None:
        return
    place = 0
    for cut in _BLANK_BEFORE_NAME.finditer(text):
        within = _WITHIN.match(text, cut.start()) is not None or cut[0].strip() != ""
        if _NO_CUT.match(text, text.rfind(" ", 0, cut.start()) + 1):
            continue
        if within or (resolve is not None and resolve(cased(text[place : cut.start()])) is not None):
            place = cut.end()
            yield cut
