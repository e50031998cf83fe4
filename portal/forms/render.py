"""Draws templates for fields, and knows the request's language and what the form says about single fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pyramid.renderers import render

from portal.forms import messages, tree

if TYPE_CHECKING:
    from portal.request import Request


@dataclass(frozen=True)
class Note:
    """What a form says about one field: the passage of the paper it was read from, and a doubt to be checked.

    `confirm` is the name under which a person says that the doubt is settled.
    """

    passage: tuple[int, int] | None = None
    doubt: str | None = None
    confirm: str | None = None


CONFIRM = "confirmed"
"""Name of the boxes that settle doubts; the value is the name of what was doubted."""


class Renderer:
    """Deform's renderer: `renderer("forms/text.jinja2", field=…)` draws through Pyramid, so a theme may replace it."""

    def __init__(self, request: "Request", notes: Mapping[str, Note], seal: Any, store: Any) -> None:
        self.request = request
        self.notes = notes
        self.seal = seal
        self.store = store
        self.keeps_blank_rows = False
        self.confirmed: frozenset[str] = frozenset()
        self.marks_optional = True

    def __call__(self, template: str, **values: Any) -> Markup:
        return Markup(render(template, values, request=self.request))  # noqa: S704 - a template's own, escaped output

    def translate(self, text: Any) -> str:
        """In the language of the page; empty for None."""
        return self.request.translate(text) if text else ""

    def errors(self, field: Any) -> list[str]:
        """The field's own errors in the language of the page."""
        return [messages.say(message, field, self.request) for message in tree.own_messages(field)]

    def confirmation(self, field: Any) -> Markup:
        """The box by which a person settles the doubt about this field; empty when there is none."""
        confirm = self.note(field).confirm
        if confirm is None:
            return Markup()
        ticked = confirm in self.confirmed
        return self("forms/confirm.jinja2", field=field, confirm=confirm, ticked=ticked, control=CONFIRM)

    def note(self, field: Any) -> Note:
        """What the form says about this field; an empty note when nothing."""
        return self.notes.get(field.path, Note())
