"""A date typed as text, day first."""

from typing import Any

from colander import Invalid, null

from portal.forms.dates import NotADate, parse_date, shown
from portal.forms.widgets.text import Text
from portal.request import _


class Date(Text):
    """01/7/2014 in one input; also reads 1-7-2014, 01.07.2014 and "ngày 01 tháng 7 năm 2014".

    For `colander.Date` (value `datetime.date`) and `IsoDate` (value the ISO text). What cannot be read is shown back.
    """

    default_hint = _("Ngày/tháng/năm, ví dụ 01/7/2014")

    def __init__(self, *, classes: str = "govuk-input--width-10", **shared: Any) -> None:
        super().__init__(classes=classes, **shared)

    def shown(self, cstruct: Any) -> str:
        return shown(super().shown(cstruct))

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        text = super().deserialize(field, pstruct)
        if text is null:
            return null
        try:
            return parse_date(text).isoformat()
        except NotADate as refused:
            raise Invalid(field.schema, refused.message, text) from None
