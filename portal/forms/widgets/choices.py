"""Choices among given values; a value that is not among them is refused here, not only by a validator."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from colander import Invalid, null

from portal.forms.widgets.base import BROKEN, Widget, as_text
from portal.request import _

Choice = tuple[str, str]
"""Value and what the person reads."""

Choices = Sequence[Choice]


class Words(str):
    """What a choice says when it comes from data: it stays in its language whatever the page's is."""

    lang: str

    def __new__(cls, text: str, lang: str = "vi") -> "Words":
        words = super().__new__(cls, text)
        words.lang = lang
        return words


class _Choosing(Widget):
    """`values` in the order shown; `hints` are help texts by value."""

    asks = "choose"

    def __init__(self, values: Iterable[Choice], *, hints: Mapping[str, str] | None = None, **shared: Any) -> None:
        super().__init__(**shared)
        self.values = [(str(value), text) for value, text in values]
        self.hints = hints or {}

    def known(self, field: Any, value: Any) -> Any:
        """The value when it is one of the list; raises colander's Invalid otherwise."""
        text = as_text(field, value)
        if text is null or not text:
            return null
        if text not in dict(self.values):
            raise Invalid(field.schema, _("Lựa chọn này không có trong danh sách. Hãy chọn lại."), null)
        return text

    def items(self, field: Any, chosen: Iterable[Any]) -> list[dict[str, Any]]:
        """The items of the GOV.UK macro."""
        picked, translate = {str(value) for value in chosen}, field.renderer.translate
        return [
            {
                "value": value,
                "text": translate(text),
                **_spoken(text, field.renderer.request.lang),
                "checked": value in picked,
                "selected": value in picked,
                "hint": {"text": translate(self.hints[value])} if value in self.hints else {},
            }
            for value, text in self.values
        ]


def _spoken(text: str, language: str) -> dict[str, Any]:
    """For the macros, of an option and of the label of a box or button."""
    if not isinstance(text, Words) or text.lang == language:
        return {}
    return {"attributes": {"lang": text.lang}, "label": {"attributes": {"lang": text.lang}}}


class Select(_Choosing):
    """A drop-down. `blank` is the text of the empty choice; without it the first value is the one preset."""

    template = "forms/select.jinja2"

    def __init__(self, values: Iterable[Choice], *, blank: str | None = _("Hãy chọn"), **shared: Any) -> None:
        super().__init__(values, **shared)
        self.blank = blank

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        params = super().params(field, cstruct)
        empty = [] if self.blank is None else [{"value": "", "text": field.renderer.translate(self.blank)}]
        params["items"] = empty + self.items(field, () if cstruct is null else (cstruct,))
        if self.autocomplete:
            params["attributes"]["autocomplete"] = self.autocomplete
        return params

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        return self.known(field, pstruct)


class _Listed(_Choosing):
    """A fieldset of controls; the legend is the title."""

    error_input = False

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        params = super().params(field, cstruct)
        params["idPrefix"] = field.oid
        params["fieldset"] = {"legend": {"text": params["label"]["text"], "classes": "portal-legend"}}
        params["attributes"].pop("autofocus", None)
        return params


class Radios(_Listed):
    """One of a few, all in sight. Also for a Boolean with the values `true` and `false`."""

    template = "forms/radios.jinja2"

    def __init__(self, values: Iterable[Choice], *, inline: bool = False, **shared: Any) -> None:
        super().__init__(values, **shared)
        self.inline = inline

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        params = super().params(field, cstruct)
        params["name"] = field.oid  # rows of a sequence must not share one group of radios
        params["items"] = self.items(field, () if cstruct is null else (cstruct,))
        if self.inline:
            params["classes"] = f"{self.classes} govuk-radios--inline".strip()
        return params

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        return self.known(field, pstruct)


class Checkboxes(_Listed):
    """Any of a few. For `colander.Set`, or a list with `colander.List`."""

    template = "forms/checkboxes.jinja2"

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        params = super().params(field, null)
        params["items"] = self.items(field, () if cstruct is null else cstruct)
        return params

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        if pstruct is null:
            return null
        sent = [pstruct] if isinstance(pstruct, str) else pstruct
        if not isinstance(sent, list):
            raise Invalid(field.schema, BROKEN, null)
        return tuple(self.known(field, value) for value in sent) or null


class Checkbox(Widget):
    """One box for a Boolean; not ticked means no."""

    template = "forms/checkbox.jinja2"
    error_input = False

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        params = super().params(field, cstruct)
        params["idPrefix"] = field.oid
        ticked = {"value": "true", "text": params["label"]["text"], "checked": cstruct == "true"}
        ticked["hint"] = params.pop("hint", {})
        params["items"] = [ticked]
        return params

    def marks_optional(self, field: Any) -> bool:
        return False

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        return "true" if as_text(field, pstruct) == "true" else "false"
