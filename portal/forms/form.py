"""A form of one request: drawn from values, checked from what was sent, drawn again with errors and what was typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import colander
import deform
import peppercorn
from markupsafe import Markup
from translationstring import TranslationString

from portal.forms import rows, tree, widgets
from portal.forms.dates import IsoDate
from portal.forms.render import CONFIRM, Note, Renderer
from portal.forms.schema import without_none
from portal.forms.uploads import FileValue, Seal, UploadStore
from portal.forms.widgets.base import BROKEN
from portal.request import _

if TYPE_CHECKING:
    from portal.request import Request

DEFAULT_WIDGETS: dict[type, Any] = {
    colander.Mapping: widgets.Group,
    colander.Sequence: widgets.Rows,
    colander.Integer: widgets.Number,
    colander.Float: lambda: widgets.Number(inputmode="decimal"),
    colander.Decimal: lambda: widgets.Number(inputmode="decimal"),
    colander.Boolean: widgets.Checkbox,
    colander.Date: widgets.Date,
    IsoDate: widgets.Date,
    FileValue: widgets.Upload,
}


@dataclass(frozen=True)
class Button:
    """A submit button: `name in request.POST` tells which one was pressed. With `href`, a link that looks like one."""

    name: str
    title: str
    kind: Literal["primary", "secondary", "warning"] = "primary"
    href: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


class Invalid(Exception):
    """What was sent cannot be accepted; `form` renders again, `status` is for the response (422)."""

    status = 422

    def __init__(self, form: "Form") -> None:
        self.form = form
        super().__init__(form.messages())


class RowsChanged(Invalid):
    """No refusal: a row button was pressed; `form` renders with the changed rows and everything that was typed."""

    status = 200


class Form:
    """A schema shown to a person.

    `uploads` stores files as they come (else upload fields yield `NewFile`); `attributes` go on the form tag, such as
    `data-autosave-url`; `bind` are further values for colander's deferred; `form_id` must differ when a page has two
    forms. With `method="get"` there is no CSRF token.
    """

    def __init__(
        self,
        schema: Any,
        *,
        request: "Request",
        buttons: Sequence[Button] = (Button("save", _("Lưu")),),
        action: str = "",
        method: Literal["post", "get"] = "post",
        form_id: str = "form",
        attributes: Mapping[str, str] | None = None,
        uploads: UploadStore | None = None,
        **bind: Any,
    ) -> None:
        self.request = request
        self.buttons, self.action, self.method = buttons, action, method
        self.form_id, self.attributes = form_id, dict(attributes or {})
        self._notes: dict[str, Note] = {}
        self._landed = ""
        self._summary: list[tuple[str, Any]] = []
        self._renderer = Renderer(request, self._notes, Seal(request.portal.secret, _owner(request)), uploads)
        bound = schema.bind(request=request, **bind)
        self._renderer.marks_optional = getattr(bound, "marks_optional", True)
        self.field = deform.Form(bound, renderer=self._renderer, formid=form_id, focus="off")
        self.field.widget = widgets.Page()
        for child in self.field.children:
            _dress(child)
        tree.lay_out(self.field, form_id)

    def note(
        self,
        path: str,
        *,
        passage: tuple[int, int] | None = None,
        doubt: TranslationString | str | None = None,
        confirm: str | None = None,
    ) -> None:
        """Mark the field at `path` (`recipients.0.name`) with its passage of the paper and a doubt to be checked.

        With `confirm` the doubt has a box of its own; what is ticked stands in `confirmed` after the form was sent.
        """
        known = self._notes.get(path, Note())
        self._notes[path] = Note(passage or known.passage, doubt or known.doubt, confirm or known.confirm)

    @property
    def confirmed(self) -> frozenset[str]:
        """The doubts that whoever sent the form says are settled."""
        return self._renderer.confirmed

    def render(self, values: Mapping[str, Any] | None = None, *, summary: bool = True) -> Markup:
        """The form as HTML, filled with `values` (None stands for "unknown"), or with what was last sent.

        With `summary=False` the error summary is left out, for a page that puts `summary()` above its heading.
        """
        if values is not None:
            self.field.set_appstruct(without_none(values))
            for one in tree.walk(self.field):
                one.__dict__.pop("sequence_fields", None)
            tree.lay_out(self.field, self.form_id)
        drawn: Markup = self.field.widget.serialize(
            self.field,
            self.field.cstruct,
            form=self,
            summary=self.summary() if summary else "",
            landed=self._landed,
            multipart=any(isinstance(one.typ, FileValue) for one in self._prototypes(self.field)),
            has_rows=any(isinstance(one.typ, colander.Sequence) for one in self._prototypes(self.field)),
        )
        return drawn

    def summary(self) -> Markup:
        """The error summary, linked to the fields; empty when nothing was refused."""
        items = self.messages()
        return self._renderer("forms/summary.jinja2", items=items) if items else Markup()

    def messages(self) -> list[tuple[str, str]]:
        """(id of the field, message) in the order of the page; the form's own id for what concerns the whole."""
        own = [(self.form_id, self._renderer.translate(message)) for _path, message in self._summary]
        return own + [(one.oid, message) for one in tree.walk(self.field) for message in self._renderer.errors(one)]

    def validate(self, controls: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        """The values sent, as the schema shapes them. Raises `Invalid`; `RowsChanged` when a row button was pressed."""
        kept, command = rows.taken_out(controls)
        if any(note.confirm for note in self._notes.values()):
            self._renderer.confirmed = frozenset(str(value) for name, value in kept if name == CONFIRM)
            kept = [(name, value) for name, value in kept if name != CONFIRM]
        try:
            pstruct = peppercorn.parse(kept)
        except ValueError:
            self._summary.append(("", BROKEN))
            raise Invalid(self) from None
        if command is not None:
            self._change_rows(command, pstruct)
            raise RowsChanged(self)
        try:
            values: dict[str, Any] = self.field.validate_pstruct(pstruct)
        except deform.ValidationFailure:
            tree.lay_out(self.field, self.form_id)
            raise Invalid(self) from None
        tree.lay_out(self.field, self.form_id)
        return values

    def partial(self, controls: Iterable[tuple[str, Any]]) -> tuple[dict[str, Any], list[str]]:
        """For saving a draft: the values of the fields that can be understood, and the names of those that cannot.

        Raises nothing for what is missing: a required field left blank is None. A field that cannot be read
        (31/02/2014) is not among the values, so a draft keeps what it had.
        """
        try:
            return self.validate(controls), []
        except RowsChanged:
            pass
        except Invalid:
            pass
        values: dict[str, Any] = {}
        refused: list[str] = []
        for child in self.field.children:
            try:
                values[child.name] = child.schema.deserialize(child.cstruct)
            except colander.Invalid:
                if child.cstruct is colander.null:
                    values[child.name] = None
                else:
                    refused.append(child.name)
        return values, refused

    def refused(self) -> frozenset[str]:
        """Names of the top-level fields in which something was refused, at any depth."""
        children = self.field.children
        return frozenset(
            child.name for child in children if any(self._renderer.errors(one) for one in tree.walk(child))
        )

    def refuse(self, message: TranslationString | str, path: str = "") -> Invalid:
        """Refuse after validation, for what only the service can know: `raise form.refuse(error.message, "email")`."""
        found = tree.find(self.field, path) if path else None
        if found is None:
            self._summary.append((path, message))
        else:
            found.error = colander.Invalid(found.schema, message)
        return Invalid(self)

    def forgive(self, names: Iterable[str]) -> None:
        """Say nothing about what is wrong in these top-level fields: they are only now being asked."""
        for child in self.field.children:
            for one in tree.walk(child) if child.name in names else ():
                one.error = None

    def _change_rows(self, command: rows.RowCommand, pstruct: dict[str, Any]) -> None:
        changed = rows.apply(command, pstruct)
        self._renderer.keeps_blank_rows = True
        self.field.set_pstruct(pstruct)
        tree.lay_out(self.field, self.form_id)
        sequence = tree.find(self.field, ".".join(command.path))
        if sequence is None or not changed:
            return
        self._landed = self._renderer.translate(_LANDED[command.action])
        made = tree.rows_of(sequence)
        if command.action == "remove" or not made:
            sequence.focus_button = "add"
        elif command.action == "add":
            first = next((one for one in tree.walk(made[-1]) if not one.children), made[-1])
            first.focus_here = True
        elif command.landing is not None:
            made[command.landing].focus_button = command.action

    def _prototypes(self, node: Any) -> Iterable[Any]:
        yield node
        for child in node.children:
            yield from self._prototypes(child)


_LANDED = {
    "add": _("Đã thêm một dòng ở cuối."),
    "remove": _("Đã xóa dòng."),
    "up": _("Đã chuyển dòng lên trên."),
    "down": _("Đã chuyển dòng xuống dưới."),
}


def _dress(node: Any) -> None:
    """Give our widget to each field whose schema names none."""
    if node.schema.widget is None:
        maker = next((made for kind, made in DEFAULT_WIDGETS.items() if isinstance(node.typ, kind)), widgets.Text)
        node.widget = maker()
    for child in node.children:
        _dress(child)


def _owner(request: "Request") -> str:
    identity = getattr(request, "identity", None)
    return str(identity.person.uid) if identity is not None else ""
