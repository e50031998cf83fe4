"""The place of issue, before the date (NĐ 30/2020, Appendix I, component 4): a name of a province, town or commune."""

import re

from portal.notices.reading.found import Found, Issuer
from portal.notices.reading.head import Head
from portal.notices.reading.issuing import Resolve
from portal.notices.reading.source import Source, one_line
from portal.notices.reading.spelling import has_lost
from portal.request import _
from portal.text import LOWERCASE, UPPERCASE, fold, with_old_tone_place

_PIECE_BEFORE = re.compile(
    rf"(?:(?<![^\W\d_])(?!phúc)(?:[^\W\d_]{{1,3}}|[{LOWERCASE}]{{1,6}})[ \u00a0]{{1,2}}|"
    rf"\n[ \t]*[{UPPERCASE}][{LOWERCASE}]{{0,6}}[ \t]*\n[ \t]*)\Z"
)
"""A piece of a word right before the place ("Ph ú Yên"), or a word alone on the line above."""

_LAST_WORDS = frozenset(
    (
        "An", "Bình", "Châu", "Chí", "Dương", "Giang", "Hồ", "Minh", "Nam", "Nẵng", "Nguyên", "Nội", "Phòng", "Phúc",
        "Sơn", "Thơ", "Tre", "Yên", "Định",
    )
)  # fmt: skip
"""The last words of names of provinces: by themselves they are what a broken line left."""


def read_place(source: Source, head: Head, issuers: list[Found[Issuer]], resolve: Resolve | None) -> Found[str] | None:
    """The place as it is written; unsure when it may be cut, or when register or issuer spell it otherwise. A province
    that lost its accents is proposed as the register writes it, unsure."""
    if head.place is None or head.place_at is None:
        return None
    start = head.place_at[0]
    before = source.plain[head.number_at[1] : start] if head.number_at else ""
    runs_on = before.strip() and "\n" not in before and "\t" not in before
    is_cut = _PIECE_BEFORE.search(source.plain, max(0, start - 12), start) is not None
    place = one_line(head.place)
    if runs_on or is_cut:
        return source.found(place, *head.place_at, _("Địa danh đứng liền sau chữ khác; cần kiểm tra."))
    known = _province(place, resolve)
    is_misspelt = known is not None and with_old_tone_place(known) not in with_old_tone_place(place)
    is_other = any(_is_otherwise(place, f"{one.value.above or ''} {one.value.name}") for one in issuers)
    if is_misspelt or is_other or (known is None and (has_lost(place) or place in _LAST_WORDS)):
        return source.found(known or place, *head.place_at, _("Địa danh có chữ lạ; cần đối chiếu với bản gốc."))
    return source.found(place, *head.place_at)


def _province(place: str, resolve: Resolve | None) -> str | None:
    """The name of the province that has these letters, whatever their accents ("Ha Nội"), if the register knows one."""
    if resolve is None:
        return None
    name = re.sub(r"^(?:tỉnh|thành phố|tp\.?)\s+", "", place, flags=re.IGNORECASE)
    for kind in ("tỉnh", "thành phố"):
        found = resolve(f"Ủy ban nhân dân {kind} {name}")
        if found is not None and f"{kind} " in found.name:
            return found.name.split(f"{kind} ", 1)[1]
    return None


def _is_otherwise(place: str, issuer: str) -> bool:
    """Whether the issuer's name has the place with other accents ("Phu Quốc" of "… đặc khu Phú Quốc")."""
    name, wanted = with_old_tone_place(issuer).lower(), with_old_tone_place(place).lower()
    return fold(wanted) in fold(name) and wanted not in name
