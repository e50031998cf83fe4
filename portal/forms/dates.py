"""Dates as officials write them: 01/7/2014, 1-7-2014, 01.07.2014, "ngày 01 tháng 7 năm 2014"; always day first."""

import calendar
import re
from datetime import date
from typing import Any

import colander
from translationstring import TranslationString

from portal.request import _
from portal.text.normal import normal

_NUMERIC = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d+)")
_WORDS = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d+)", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class NotADate(ValueError):
    """What was typed is no date; `message` says why and what to type instead."""

    def __init__(self, message: TranslationString) -> None:
        self.message = message
        super().__init__(str(message))


def parse_date(text: str) -> date:
    """The date that `text` means; raises `NotADate`. Nothing is guessed: a two-digit year is refused."""
    typed = " ".join(normal(text).split())
    if found := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NUMERIC.fullmatch(typed) or _WORDS.fullmatch(typed):
        day, month, year = (int(part) for part in found.groups())
        if len(found[3]) != 4:
            raise NotADate(
                _(
                    "Năm phải viết đủ bốn chữ số, ví dụ 01/7/2014. Bạn đã viết “${typed}”.",
                    mapping={"typed": typed},
                )
            )
    else:
        raise NotADate(
            _(
                "“${typed}” không phải là ngày. Hãy viết ngày/tháng/năm, ví dụ 01/7/2014.",
                mapping={"typed": typed},
            )
        )
    return _checked(day, month, year)


def _checked(day: int, month: int, year: int) -> date:
    if not 1 <= month <= 12:
        raise NotADate(_("Không có tháng ${month}. Tháng phải từ 1 đến 12, viết sau ngày.", mapping={"month": month}))
    if year == 0:
        raise NotADate(_("Năm phải là số lớn hơn 0, ví dụ 2014."))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotADate(
            _(
                "Tháng ${month} năm ${year} không có ngày ${day}. Tháng này có ${last} ngày.",
                mapping={"day": day, "month": month, "year": year, "last": last},
            )
        )
    return date(year, month, day)


def shown(iso: str) -> str:
    """`2014-07-01` as 01/7/2014 (NĐ 30/2020: zero before days under 10 and before months 1 and 2 only).

    A text that is not ISO is returned as it is: what a person typed is shown back to them.
    """
    found = _ISO.fullmatch(iso)
    if found is None:
        return iso
    month = found[2] if int(found[2]) < 3 else str(int(found[2]))
    return f"{found[3]}/{month}/{found[1]}"


class IsoDate(colander.SchemaType):
    """A date whose value is the text `2014-07-01`, as JSON data carry it (`colander.Date` carries `datetime.date`)."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        if appstruct is colander.null:
            return colander.null
        return str(appstruct)

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if not cstruct:
            return colander.null
        try:
            return date.fromisoformat(cstruct).isoformat()
        except ValueError:
            raise colander.Invalid(node, _("Ngày không hợp lệ. Ví dụ: 01/7/2014.")) from None
