"""The fields that forms of the catalogue are made of. All may stay empty: publication checks what it needs."""

import re
from typing import Any

import colander

from portal.catalogue.data import CODE, FIRST_YEAR, LARGEST, LAST_YEAR
from portal.forms import IsoDate, widgets
from portal.request import _

LINE, AREA = 4000, 40_000
"""Most characters of a line and of a longer text: far above what is meant, as imported records are long."""
NAMES = "ten-co-quan"
"""Id of the list of agencies that fields for names of agencies share."""
_GROUPED = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+")
_MONEY_SIGNS = re.compile(r"\s*(?:đồng|đ|vnđ|vnd|₫)\s*\Z", re.IGNORECASE)


class Amount(widgets.Number):
    """An amount of money in whole units, shown and read with dots: `50.000`, `50 000 đồng`, `50000`."""

    def __init__(self, **shared: Any) -> None:
        super().__init__(classes="govuk-input--width-10", **shared)

    def shown(self, cstruct: Any) -> str:
        text = super().shown(cstruct)
        return f"{int(text):,}".replace(",", ".") if text.isascii() and text.isdigit() else text

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        text = widgets.Text.deserialize(self, field, pstruct)
        if text is colander.null:
            return text
        bare = _MONEY_SIGNS.sub("", text)
        return re.sub(r"\D", "", bare) if _GROUPED.fullmatch(bare) else bare


class Lines(widgets.TextArea):
    """A list of texts, one a line."""

    def shown(self, cstruct: Any) -> str:
        return "\n".join(cstruct) if isinstance(cstruct, list | tuple) else super().shown(cstruct)

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        text = super().deserialize(field, pstruct)
        return text if text is colander.null else [line.strip() for line in text.splitlines() if line.strip()]


class TextLines(colander.SchemaType):
    """The type of `Lines`."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        return appstruct

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        return cstruct


def line(title: str, *, longest: int = LINE, **more: Any) -> colander.SchemaNode:
    """An optional line of text."""
    widget = more.pop("widget", None) or widgets.Text()
    return colander.SchemaNode(
        colander.String(), title=title, missing=None, validator=colander.Length(max=longest), widget=widget, **more
    )


def area(title: str, *, rows: int = 3, **more: Any) -> colander.SchemaNode:
    """An optional text of several lines."""
    return line(title, longest=AREA, widget=widgets.TextArea(rows=rows), **more)


def agency(title: str, **more: Any) -> colander.SchemaNode:
    """The name of an agency, offered from the register."""
    return line(title, widget=widgets.Text(attributes={"list": NAMES}), **more)


def lines(title: str, *, rows: int = 3, **more: Any) -> colander.SchemaNode:
    """A list of texts."""
    return colander.SchemaNode(TextLines(), title=title, missing=(), widget=Lines(rows=rows), **more)


def html(title: str, *, rows: int = 6, **more: Any) -> colander.SchemaNode:
    """Formatted text."""
    return colander.SchemaNode(colander.String(), title=title, missing="", widget=widgets.RichText(rows=rows), **more)


def chosen(title: str, values: Any, *, blank: str | None = _("Chưa rõ"), **more: Any) -> colander.SchemaNode:
    """An optional choice from a list."""
    widget = widgets.Select(values, blank=blank)
    return colander.SchemaNode(colander.String(), title=title, missing=None, widget=widget, **more)


def number(title: str, *, most: int = LARGEST, **more: Any) -> colander.SchemaNode:
    """An optional whole number."""
    widget = more.pop("widget", None) or widgets.Number()
    limits = colander.Range(min=0, max=most)
    return colander.SchemaNode(colander.Integer(), title=title, missing=None, validator=limits, widget=widget, **more)


def tick(title: str, **more: Any) -> colander.SchemaNode:
    """A box."""
    return colander.SchemaNode(colander.Boolean(), title=title, missing=False, **more)


def day(title: str, **more: Any) -> colander.SchemaNode:
    """An optional date."""
    return colander.SchemaNode(IsoDate(), title=title, missing=None, validator=_possible_year, **more)


def code(title: str, **more: Any) -> colander.SchemaNode:
    """An optional code of a procedure (A5-3)."""
    widget = widgets.Text(classes="govuk-input--width-20", attributes={"autocapitalize": "characters"})
    return colander.SchemaNode(colander.String(), title=title, missing=None, validator=is_code, widget=widget, **more)


def is_code(node: Any, value: str) -> None:
    """Refuses what is no code of a procedure."""
    if not CODE.fullmatch(value.strip().upper()):
        raise colander.Invalid(
            node, _("“${code}” chưa đúng dạng mã thủ tục, ví dụ 1.001193 hoặc 1.001193.000.00.00.H17.",
                    mapping={"code": value})
        )  # fmt: skip


def all_codes(node: Any, value: list[str]) -> None:
    """Refuses a list with a line that is no code."""
    for one in value:
        is_code(node, one)


def needs(node: Any, value: dict[str, Any], name: str, said: str) -> None:
    """Refuses a row in which something was typed but not what it is known by: it could not be kept."""
    typed = any(value[key] for key in value if key not in (name, "optional"))
    if typed and not value[name]:
        refused = colander.Invalid(node)
        refused[name] = said
        raise refused


def _possible_year(node: Any, value: str) -> None:
    if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
        raise colander.Invalid(node, _("Hãy kiểm tra lại năm."))
