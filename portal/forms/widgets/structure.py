"""Fields that hold others: the whole form, a nested group, repeat rows."""

from typing import Any

import deform.widget
from colander import Invalid, null
from markupsafe import Markup

from portal.forms import tree
from portal.forms.rows import CONTROL
from portal.forms.widgets.base import BROKEN
from portal.request import _


class Page(deform.widget.MappingWidget):
    """The root of a form: everything between its tags."""

    asks = "type"

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Markup:
        drawn: Markup = field.renderer("forms/form.jinja2", field=field, parts=tree.parts(field), **kw)
        return drawn


class Group(deform.widget.MappingWidget):
    """A nested mapping as a fieldset; its title is the legend."""

    asks = "type"

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        if pstruct is not null and not isinstance(pstruct, dict):
            raise Invalid(field.schema, BROKEN, null)
        return super().deserialize(field, pstruct)

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Markup:
        drawn: Markup = field.renderer(
            "forms/group.jinja2",
            field=field,
            parts=tree.parts(field),
            title=field.renderer.translate(field.title),
            description=field.renderer.translate(field.description),
            errors=field.renderer.errors(field),
            bare=getattr(field, "bare", False),
            **_noted(field),
        )
        return drawn


class Rows(deform.widget.SequenceWidget):
    """Repeat rows with buttons to add, remove and move, which work without JavaScript (see `rows.py`).

    `least` rows are always shown, `most` at the most. The item node's title names a row ("Nơi nhận" → "Nơi nhận 2").
    """

    asks = "add"

    def __init__(
        self, *, least: int = 0, most: int | None = None, movable: bool = True, add: str | None = None
    ) -> None:
        super().__init__()
        self.least = least
        self.most = most
        self.movable = movable
        self.add = add

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Markup:
        rows = tree.rows_of(field)
        token = f"__row-{field.oid}__"
        drawn: Markup = field.renderer(
            "forms/rows.jinja2",
            field=field,
            widget=self,
            control=CONTROL,
            title=self._title(field),
            description=field.renderer.translate(field.description),
            errors=field.renderer.errors(field),
            **_noted(field),
            row_title=field.renderer.translate(field.children[0].title),
            add_text=self._add_text(field),
            rows=[self._row(field, row, index, len(rows)) for index, row in enumerate(rows)],
            blank=self._row(field, tree.blank_row(field, token), token, 0),
            token=token,
            next_index=len(rows),
        )
        return drawn

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """The rows' values; rows left wholly blank are dropped, unless a row button was pressed."""
        if pstruct is not null and not isinstance(pstruct, list):
            raise Invalid(field.schema, BROKEN, null)
        if pstruct is not null and not field.renderer.keeps_blank_rows:
            pstruct = [row for row in pstruct if not is_blank(row)]
        values = super().deserialize(field, pstruct)
        if len(values) < self.least and not field.renderer.keeps_blank_rows:
            raise Invalid(field.schema, _("Hãy nhập “${title}”.", mapping={"title": self._plain(field)}), values)
        return values

    def _plain(self, field: Any) -> str:
        title: str = field.renderer.translate(field.title)
        return title

    def _title(self, field: Any) -> str:
        title = self._plain(field)
        if self.least or not field.renderer.marks_optional:
            return title
        optional: str = field.renderer.translate(_("${title} (không bắt buộc)", mapping={"title": title}))
        return optional

    def _add_text(self, field: Any) -> str:
        title = field.renderer.translate(field.children[0].title)
        text: str = field.renderer.translate(
            self.add or _("Thêm ${title}", mapping={"title": title[:1].lower() + title[1:]})
        )
        return text

    def _row(self, field: Any, row: Any, index: int | str, count: int) -> Markup:
        title = field.renderer.translate(field.children[0].title)
        number = index + 1 if isinstance(index, int) else 0
        row.bare = True
        nested = bool(row.children)
        if not nested:
            row.title = f"{title} {number}"
            row.label_attributes = {"data-portal-row-label": title}
        drawn: Markup = field.renderer(
            "forms/row.jinja2",
            field=field,
            row=row,
            nested=nested,
            title=title,
            number=number,
            control=CONTROL,
            where=f"{field.path}.{index}",
            first=number == 1,
            last=number == count,
            widget=self,
            focus=getattr(row, "focus_button", ""),
        )
        return drawn


def _noted(field: Any) -> dict[str, Any]:
    """What the form says about a field that holds others."""
    note = field.renderer.note(field)
    return {
        "doubt": field.renderer.translate(note.doubt),
        "passage": note.passage,
        "confirmation": field.renderer.confirmation(field),
    }


def is_blank(value: Any) -> bool:
    """Whether nothing was typed into a row as sent: no text, no file, no tick, at any depth."""
    if isinstance(value, dict):
        return all(is_blank(item) for item in value.values())
    if isinstance(value, list):
        return all(is_blank(item) for item in value)
    return value is null or (isinstance(value, str | bytes) and not value.strip())
