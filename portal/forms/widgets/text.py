"""Text typed by a person: one line, several lines, numbers, passwords; and hidden values."""

from collections.abc import Mapping, Sequence
from typing import Any

from colander import null
from markupsafe import Markup

from portal.forms.widgets.base import Widget, as_text
from portal.request import _
from portal.text.normal import nfc


class Text(Widget):
    """One line. Spaces at both ends are dropped, the text is composed (NFC), nothing typed means no value.

    `suggestions` are offered while typing but not demanded (`<datalist>`, works without JavaScript). `type` is an
    HTML input type (`email`, `tel`, `url`, `search`); `prefix` and `suffix` stand beside the control.
    """

    def __init__(
        self,
        *,
        type: str = "text",
        inputmode: str | None = None,
        suggestions: Sequence[str] = (),
        prefix: str = "",
        suffix: str = "",
        **shared: Any,
    ) -> None:
        super().__init__(**shared)
        self.type = type
        self.inputmode = inputmode
        self.suggestions = suggestions
        self.prefix = prefix
        self.suffix = suffix

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        params = super().params(field, cstruct)
        params |= {"type": self.type, "inputmode": self.inputmode}
        for side in ("prefix", "suffix"):
            if text := getattr(self, side):
                params[side] = {"text": field.renderer.translate(text)}
        if self.suggestions:
            params["attributes"]["list"] = f"{field.oid}-list"
        if self.type in ("email", "url"):
            params |= {"spellcheck": False, "autocapitalize": "none"}
        return params

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        text = as_text(field, pstruct)
        if text is null:
            return null
        return nfc(text).strip() or null


class Number(Text):
    """A number, typed without thousands separators; a decimal comma is read as a point."""

    def __init__(
        self, *, inputmode: str | None = "numeric", classes: str = "govuk-input--width-5", **shared: Any
    ) -> None:
        super().__init__(inputmode=inputmode, classes=classes, **shared)

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        text = super().deserialize(field, pstruct)
        return text if text is null else text.replace(",", ".")


class TextArea(Text):
    """Several lines; line ends become `\\n`. With `count`, the characters left are told while typing (not enforced)."""

    template = "forms/textarea.jinja2"

    def __init__(self, *, rows: int = 5, count: int | None = None, **shared: Any) -> None:
        super().__init__(**shared)
        self.rows = rows
        self.count = count

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        params = super().params(field, cstruct)
        params["rows"] = str(self.rows)
        if params["value"].startswith("\n"):
            params["value"] = "\n" + params["value"]  # HTML drops the first line end of a textarea
        if self.count:
            params |= {"maxlength": self.count, **_counting(field)}
        return params

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        text = as_text(field, pstruct)
        if text is null:
            return null
        composed = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
        return composed.strip() or null


class Password(Text):
    """A secret: never shown back, never trimmed. `autocomplete` is `current-password` or `new-password`."""

    template = "forms/password.jinja2"

    def __init__(self, *, autocomplete: str = "current-password", **shared: Any) -> None:
        super().__init__(autocomplete=autocomplete, **shared)

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        translate = field.renderer.translate
        return {
            **super().params(field, cstruct),
            "value": "",
            "showPasswordText": translate(_("Hiện")),
            "hidePasswordText": translate(_("Ẩn")),
            "showPasswordAriaLabelText": translate(_("Hiện mật khẩu")),
            "hidePasswordAriaLabelText": translate(_("Ẩn mật khẩu")),
            "passwordShownAnnouncementText": translate(_("Mật khẩu đang hiện")),
            "passwordHiddenAnnouncementText": translate(_("Mật khẩu đã được ẩn")),
        }

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        text = as_text(field, pstruct)
        return nfc(text) or null if text is not null else null


class Hidden(Widget):
    """A value the page carries along; an error of it is shown in the summary only."""

    template = "forms/hidden.jinja2"
    hidden = True

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Markup:
        drawn: Markup = field.renderer(self.template, field=field, value=self.shown(cstruct))
        return drawn

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        return as_text(field, pstruct) or null


def _counting(field: Any) -> Mapping[str, Any]:
    translate = field.renderer.translate
    left = translate(_("Còn có thể viết %{count} ký tự"))
    over = translate(_("Thừa %{count} ký tự"))
    return {
        "textareaDescriptionText": translate(_("Nên viết không quá %{count} ký tự")),
        "charactersUnderLimitText": {"one": left, "other": left},
        "charactersAtLimitText": translate(_("Đã vừa đủ số ký tự")),
        "charactersOverLimitText": {"one": over, "other": over},
    }
