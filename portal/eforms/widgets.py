"""What a form for citizens needs beside the widgets of the house."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from colander import Invalid, null
from markupsafe import Markup

from portal.eforms.checking import number_text
from portal.eforms.definition import Data, said
from portal.eforms.kinds import Type
from portal.eforms.rendering import text_of_answer
from portal.eforms.values import as_decimal
from portal.forms import widgets
from portal.forms.widgets.base import Widget
from portal.request import _

if TYPE_CHECKING:
    from portal.eforms.compiling import Page

_GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_SPACED = re.compile(r"(?<=[0-9])[\s\u00a0\u202f](?=[0-9])")


def read_number(text: str) -> str | None:
    """A number as Vietnamese type it (`1.250.000,5`, `1250000,5`, `1 250 000`) as decimal text; None when it is none.

    Points that group three digits each are thousands; a single other point is a decimal one.
    """
    plain = _SPACED.sub("", text.strip()).replace("−", "-")
    plain = plain.replace(".", "") if _GROUPED.fullmatch(plain) else plain
    plain = plain.replace(",", ".") if plain.count(",") + plain.count(".") <= 1 else plain
    return plain if as_decimal(plain) is not None else None


class NumberText(widgets.Text):
    """A number with thousands and decimals as people write them; the value is decimal text."""

    def __init__(self, *, whole: bool, suffix: Any = "") -> None:
        inputmode = "numeric" if whole else "decimal"
        super().__init__(inputmode=inputmode, classes="govuk-input--width-10", suffix=suffix)

    def shown(self, cstruct: Any) -> str:
        number = as_decimal(cstruct)
        return super().shown(cstruct) if number is None else number_text(Decimal(number))

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        text = super().deserialize(field, pstruct)
        if text is null:
            return null
        number = read_number(text)
        if number is None:
            told = _("“${typed}” không phải là số. Hãy viết bằng chữ số, ví dụ 1.250,5.", mapping={"typed": text[:40]})
            raise Invalid(field.schema, told, text)
        return number


class AddressGroup(widgets.Group):
    """An address in its parts; left blank it is no answer."""

    def __init__(self, *, optional: bool) -> None:
        super().__init__()
        self.optional = optional

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        value = super().deserialize(field, pstruct)
        blank = isinstance(value, dict) and all(part is null or not part for part in value.values())
        return null if self.optional and blank else value


class Tick(widgets.Checkbox):
    """A statement to agree to."""


class Said(Widget):
    """Text to read: a paragraph of help, or a value that the form computes. Nothing is sent."""

    def __init__(self, one: Data, page: "Page") -> None:
        super().__init__()
        self.one, self.page = one, page

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Markup:
        one, page = self.one, self.page
        computed = one["type"] == Type.COMPUTED
        failure = page.failures.get(one["id"])
        drawn: Markup = field.renderer(
            "eforms/said.jinja2",
            field=field,
            computed=computed,
            title=said(one, "label", page.lang),
            lines=said(one, "help", page.lang).split("\n"),
            value=text_of_answer(one, page.answers.get(one["id"]), page.lang) if computed else "",
            failure=field.renderer.translate(failure) if failure else "",
        )
        return drawn

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        return null
