"""What all widgets share: label, help, errors, notes and attributes as parameters of the GOV.UK macros."""

from collections.abc import Mapping
from typing import Any

import deform.widget
from colander import Invalid, null
from markupsafe import Markup

from portal.request import _

BROKEN = _("Dữ liệu gửi lên không đúng cấu trúc. Hãy tải lại trang.")
"""What is said of controls that no page of ours would send."""


class Widget(deform.widget.Widget):
    """Base of our widgets.

    `attributes` are further HTML attributes (never `style` or `on…`); `classes` further CSS classes of the control;
    `lang` the language of the content when it is not the page's; `autocomplete` a token of the HTML standard.
    """

    template = "forms/text.jinja2"
    asks = "type"
    error_input = True
    default_hint: str | None = None

    def __init__(
        self,
        *,
        classes: str = "",
        attributes: Mapping[str, str] | None = None,
        lang: str | None = None,
        autocomplete: str | None = None,
    ) -> None:
        super().__init__()
        self.classes = classes
        self.attributes = dict(attributes or {})
        self.lang = lang
        self.autocomplete = autocomplete

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Markup:
        """The field as HTML."""
        drawn: Markup = field.renderer(self.template, field=field, params=self.params(field, cstruct))
        return drawn

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        """The parameters of the GOV.UK macro."""
        wrong = bool(field.renderer.errors(field))
        extra = dict(self.attributes)
        if self.lang:
            extra["lang"] = self.lang
        if wrong and self.error_input:
            extra["aria-invalid"] = "true"
        if getattr(field, "focus_here", False):
            extra["autofocus"] = "autofocus"
        return {
            "id": field.oid,
            "name": field.name,
            "value": self.shown(cstruct),
            "label": {"text": self.label(field), "attributes": getattr(field, "label_attributes", {})},
            "classes": self.classes,
            "attributes": extra,
            "autocomplete": self.autocomplete,
            **self.surroundings(field),
        }

    def surroundings(self, field: Any) -> dict[str, Any]:
        """Help, error and note: what stands between the label and the control."""
        translate, errors, note = field.renderer.translate, field.renderer.errors(field), field.renderer.note(field)
        group: dict[str, Any] = {"classes": f"portal-field portal-field--{field.name}", "attributes": {}}
        values: dict[str, Any] = {"formGroup": group}
        hint = translate(field.description or self.default_hint)
        if note.doubt:
            group["classes"] += " portal-field--doubt"
            told = field.renderer("forms/doubt.jinja2", hint=hint, doubt=translate(note.doubt))
            values["hint"] = {"html": told}
            if note.confirm:
                group["afterInput"] = {"html": field.renderer.confirmation(field)}
        elif hint:
            values["hint"] = {"text": hint}
        if errors:
            values["errorMessage"] = {"text": " ".join(errors), "visuallyHiddenText": translate(_("Lỗi"))}
        if note.passage:
            start, end = note.passage
            group["attributes"] = {"data-passage-start": str(start), "data-passage-end": str(end)}
        return values

    def label(self, field: Any) -> str:
        """The title, with "(không bắt buộc)" when it may stay empty."""
        title: str = field.renderer.translate(field.title)
        if field.required or not self.marks_optional(field) or not field.renderer.marks_optional:
            return title
        optional: str = field.renderer.translate(_("${title} (không bắt buộc)", mapping={"title": title}))
        return optional

    def marks_optional(self, field: Any) -> bool:
        """Whether an optional field says so; not when it always has a value."""
        return True

    def shown(self, cstruct: Any) -> str:
        """The value as text of the control."""
        return "" if not cstruct and cstruct != 0 else str(cstruct)


def as_text(field: Any, pstruct: Any) -> Any:
    """What was sent as text or null; raises colander's Invalid when it is a structure or a file."""
    if pstruct is null:
        return null
    if not isinstance(pstruct, str):
        raise Invalid(field.schema, BROKEN, null)
    return pstruct
