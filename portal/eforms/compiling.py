"""A section as a form of one page, drawn by `portal.forms`; and its values as answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import colander

from portal.eforms import checking
from portal.eforms.definition import MOST_ROWS, Data, said
from portal.eforms.kinds import TYPES, Type
from portal.eforms.values import clean_value
from portal.eforms.widgets import AddressGroup, NumberText, Said, Tick
from portal.files import KINDS
from portal.forms import Button, Form, IsoDate, Schema, UploadStore, widgets
from portal.forms.uploads import FileValue
from portal.request import _

if TYPE_CHECKING:
    from portal.request import Request

MANY_OPTIONS = 8
"""More than these are a drop-down instead of radio buttons."""
_AUTOCOMPLETE = {
    "person.name": "name",
    "person.born_on": "bday",
    "person.phone": "tel",
    "person.email": "email",
    "organisation.name": "organization",
    "organisation.phone": "tel",
    "organisation.email": "email",
}


@dataclass(frozen=True)
class Places:
    """What the register offers while typing: `provinces` by name, `agencies` (code, name)."""

    provinces: Sequence[str] = ()
    agencies: Sequence[tuple[str | None, str]] = ()

    def agency(self, name: str) -> Data:
        """What was typed as the answer of an agency field; without a code when the register does not know it."""
        code = next((code for code, known in self.agencies if known.casefold() == name.casefold()), None)
        return {"code": code, "name": name}


@dataclass(frozen=True)
class Page:
    """One section being drawn: language, day of checking, the register, and computed values to be shown."""

    lang: str
    on: date
    places: Places = field(default_factory=Places)
    answers: Mapping[str, Any] = field(default_factory=dict)
    failures: Mapping[str, Any] = field(default_factory=dict)


def form_of(
    request: "Request",
    section: Data,
    page: Page,
    *,
    buttons: Sequence[Button],
    action: str = "",
    uploads: UploadStore | None = None,
    attributes: Mapping[str, str] | None = None,
    form_id: str = "bieu-mau",
) -> Form:
    """The form of a section. `section` is one of `answers.Asked.sections`: it has only the fields that are asked."""
    schema = Schema()
    for one in section["fields"]:
        schema.add(_node(one, page))
    return Form(
        schema,
        request=request,
        buttons=buttons,
        action=action,
        form_id=form_id,
        attributes=attributes,
        uploads=uploads,
    )


def answers_of(section: Data, values: Mapping[str, Any], places: Places) -> dict[str, Any]:
    """The answers that the values of the section's form stand for; a question left blank is None."""
    found: dict[str, Any] = {}
    for one in section["fields"]:
        if TYPES[Type(one["type"])].asks and one["id"] in values:
            found[one["id"]] = clean_value(one, _answer(one, values[one["id"]], places))
    return found


def values_of(section: Data, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the section's form is filled with."""
    return {one["id"]: _shown(one, clean_value(one, answers.get(one["id"]))) for one in section["fields"]}


def _answer(one: Data, value: Any, places: Places) -> Any:
    kind = Type(one["type"])
    if value is None or value is colander.null or value == "":
        return None
    if kind is Type.GROUP:
        return [{inner["id"]: _answer(inner, row.get(inner["id"]), places) for inner in one["fields"]} for row in value]
    if kind is Type.AGENCY:
        return places.agency(str(value))
    if kind is Type.YES_NO:
        return value == "true"
    if kind is Type.CHOICES:
        return list(value)
    return value


def _shown(one: Data, answer: Any) -> Any:
    kind = Type(one["type"])
    if kind is Type.GROUP:
        return [{inner["id"]: _shown(inner, row.get(inner["id"])) for inner in one["fields"]} for row in answer or []]
    if answer is None:
        return None
    if kind is Type.AGENCY:
        return answer["name"]
    if kind is Type.YES_NO:
        return "true" if answer else "false"
    return answer


def _node(one: Data, page: Page, *, in_row: bool = False) -> Any:
    kind = Type(one["type"])
    made = _NODES.get(kind, _text)(one, page)
    made.name = one["id"]
    made.title = said(one, "label", page.lang)
    made.description = made.description or said(one, "help", page.lang)
    asked_here = one["required"] and not (in_row and one["when"])
    if kind in (Type.COMPUTED, Type.PARAGRAPH):
        made.missing = colander.drop
    elif not asked_here:
        made.missing = made.missing if made.missing is not colander.required else None
    if made.validator is None and kind is not Type.GROUP:
        made.validator = _validator(one, page)
    return made


def _validator(one: Data, page: Page) -> Callable[[Any, Any], None]:
    def check(node: Any, value: Any) -> None:
        answer = clean_value(one, _answer(one, value, page.places))
        if one["required"] and one["type"] == Type.STATEMENT and answer is not True:
            raise colander.Invalid(node, checking.asks_for(one, said(one, "label", page.lang)))
        message = checking.wrong(one, answer, page.on)
        if message is not None:
            raise colander.Invalid(node, message)

    return check


def _text(one: Data, page: Page) -> Any:
    most = one.get("max_length")
    look: dict[str, Any] = {"autocomplete": _AUTOCOMPLETE.get(one["prefill"] or "")}
    if one["type"] == Type.LONG_TEXT:
        return colander.SchemaNode(colander.String(), widget=widgets.TextArea(rows=5, count=most))
    if one["type"] == Type.CITIZEN_ID:
        look |= {"inputmode": "numeric", "classes": "govuk-input--width-20"}
    if one["type"] == Type.PHONE:
        look |= {"type": "tel", "autocomplete": "tel", "classes": "govuk-input--width-20"}
    if one["type"] == Type.EMAIL:
        look |= {"type": "email", "autocomplete": "email"}
    return colander.SchemaNode(colander.String(), widget=widgets.Text(**look))


def _number(one: Data, page: Page) -> Any:
    money = one["type"] == Type.MONEY
    unit = _("đồng") if money else said(one, "unit", page.lang)
    return colander.SchemaNode(colander.String(), widget=NumberText(suffix=unit, whole=money or not one["decimals"]))


def _date(one: Data, page: Page) -> Any:
    return colander.SchemaNode(IsoDate(), widget=widgets.Date(autocomplete=_AUTOCOMPLETE.get(one["prefill"] or "")))


def _yes_no(one: Data, page: Page) -> Any:
    values = (("true", _("Có")), ("false", _("Không")))
    return colander.SchemaNode(colander.String(), widget=widgets.Radios(values, inline=True))


def _options(one: Data, page: Page) -> list[tuple[str, str]]:
    return [(option["value"], said(option, "label", page.lang)) for option in one["options"]]


def _choice(one: Data, page: Page) -> Any:
    options = _options(one, page)
    shown = widgets.Radios(options) if len(options) <= MANY_OPTIONS else widgets.Select(options)
    return colander.SchemaNode(colander.String(), widget=shown)


def _choices(one: Data, page: Page) -> Any:
    return colander.SchemaNode(colander.Set(), widget=widgets.Checkboxes(_options(one, page)))


def _agency(one: Data, page: Page) -> Any:
    names = [name for _code, name in page.places.agencies]
    return colander.SchemaNode(colander.String(), widget=widgets.Text(suggestions=names))


def _address(one: Data, page: Page) -> Any:
    node = colander.SchemaNode(colander.Mapping(), widget=AddressGroup(optional=not one["required"]))
    parts = (
        ("province", _("Tỉnh, thành phố"), page.places.provinces, None),
        ("commune", _("Xã, phường, đặc khu"), (), None),
        ("street", _("Số nhà, đường, thôn, tổ dân phố"), (), "street-address"),
    )
    for name, title, suggestions, autocomplete in parts:
        required = one["required"] and name != "street"
        node.add(
            colander.SchemaNode(
                colander.String(),
                name=name,
                title=title,
                missing=colander.required if required else None,
                widget=widgets.Text(suggestions=suggestions, autocomplete=autocomplete),
            )
        )
    if not one["required"]:
        node.missing = None
    return node


def _files(one: Data, page: Page) -> Any:
    kinds = [KINDS[kind] for kind in one["accept"]]
    accept = ",".join(f".{extension}" for kind in kinds for extension in kind.extensions)
    told = {"n": checking.most_files(one), "size": checking.largest_file(one) // checking.MEGABYTE}
    limit = _("Nhiều nhất ${n} tệp, mỗi tệp không quá ${size} MB.", mapping=told)
    hint = said(one, "help", page.lang)
    return colander.SchemaNode(
        FileValue(),
        widget=widgets.Uploads(accept=accept, drop=False),
        description=limit if not hint else _("${help} ${limit}", mapping={"help": hint, "limit": limit}),
    )


def _group(one: Data, page: Page) -> Any:
    row = colander.SchemaNode(colander.Mapping(), name="row", title=said(one, "row_label", page.lang) or _("Dòng"))
    for inner in one["fields"]:
        row.add(_node(inner, page, in_row=True))
    least = one["fewest"] if one["fewest"] is not None else (1 if one["required"] else 0)
    shown = widgets.Rows(least=least, most=one["most"] or MOST_ROWS, movable=False)
    return colander.SchemaNode(colander.Sequence(), row, widget=shown, missing=() if not least else colander.required)


def _statement(one: Data, page: Page) -> Any:
    return colander.SchemaNode(colander.Boolean(), widget=Tick())


def _said(one: Data, page: Page) -> Any:
    return colander.SchemaNode(colander.String(), widget=Said(one, page))


_NODES: dict[Type, Callable[[Data, Page], Any]] = {
    Type.NUMBER: _number,
    Type.MONEY: _number,
    Type.DATE: _date,
    Type.YES_NO: _yes_no,
    Type.CHOICE: _choice,
    Type.CHOICES: _choices,
    Type.ADDRESS: _address,
    Type.AGENCY: _agency,
    Type.FILES: _files,
    Type.GROUP: _group,
    Type.STATEMENT: _statement,
    Type.COMPUTED: _said,
    Type.PARAGRAPH: _said,
}
