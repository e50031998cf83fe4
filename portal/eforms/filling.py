"""One page of a form being filled in: what was typed becomes answers, and where the person goes next.

step = filling.step(request, definition, "nguoi_nop", draft, page, buttons=…)     # POST
step.answers     the draft with what was typed (keep it whatever happens: nothing typed is lost)
step.form        to be drawn again, with errors or newly asked questions; None when the page is done
step.revealed    questions that the answers have made necessary on this very page
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from portal.eforms.answers import Answers, ask, merge, next_section
from portal.eforms.compiling import Page, answers_of, form_of, values_of
from portal.eforms.definition import Data, fields
from portal.eforms.errors import NoSuchPart
from portal.eforms.expressions import fields_of
from portal.eforms.kinds import Type
from portal.forms import Button, Form, Invalid, RowsChanged, UploadStore

if TYPE_CHECKING:
    from portal.request import Request


@dataclass(frozen=True)
class Step:
    """What one page sent comes to. `following`: the next section; None when the answers are to be checked."""

    answers: Answers
    form: Form | None
    status: int = 200
    revealed: tuple[str, ...] = ()
    following: str | None = None

    @property
    def done(self) -> bool:
        """Whether the page was accepted."""
        return self.form is None


def opened(
    request: "Request",
    definition: Data,
    section_id: str,
    answers: Mapping[str, Any],
    page: Page,
    *,
    buttons: Sequence[Button],
    uploads: UploadStore | None = None,
    **form: Any,
) -> tuple[Form, Data]:
    """The form of a section, to be rendered with `values_of(section, answers)`, and the section as it is asked.

    Raises `NoSuchPart` for a section that is not asked of this applicant.
    """
    asked = ask(definition, answers)
    section = asked.section(section_id)
    if section is None:
        raise NoSuchPart
    untouched = _untouched(definition, asked.answers)
    told = {name: value for name, value in asked.answers.items() if name not in untouched}
    shown = replace(page, answers=told, failures=asked.failures)
    return form_of(request, section, shown, buttons=buttons, uploads=uploads, **form), section


def step(
    request: "Request",
    definition: Data,
    section_id: str,
    answers: Mapping[str, Any],
    page: Page,
    *,
    buttons: Sequence[Button],
    uploads: UploadStore | None = None,
    lenient: bool = False,
    **more: Any,
) -> Step:
    """Take what was sent for a section. `lenient`: to save and come back later, nothing is refused."""
    form, section = opened(request, definition, section_id, answers, page, buttons=buttons, uploads=uploads, **more)
    controls = list(request.POST.items())
    if lenient:
        values, _refused = form.partial(controls)
        return Step(merge(answers, answers_of(section, values, page.places)), None)
    try:
        typed = answers_of(section, form.validate(controls), page.places)
    except RowsChanged:
        return Step(dict(answers), form)
    except Invalid as invalid:
        values, refused = form.partial(controls)
        good = {name: value for name, value in values.items() if name not in form.refused() and name not in refused}
        now = merge(answers, answers_of(section, good, page.places))
        again, revealed = _again(definition, section, now)
        if revealed:
            form, _section = opened(
                request, definition, section_id, now, page, buttons=buttons, uploads=uploads, **more
            )
            form.partial(controls)
            form.forgive(revealed)
        return Step(now, form, invalid.status, revealed=revealed)
    now = merge(answers, typed)
    again, revealed = _again(definition, section, now)
    if revealed and again is not None:
        form, again = opened(request, definition, section_id, now, page, buttons=buttons, uploads=uploads, **more)
        form.render(values_of(again, now))
        return Step(now, form, revealed=revealed)
    return Step(now, None, following=next_section(definition, now, section_id))


def _again(definition: Data, section: Data, now: Mapping[str, Any]) -> tuple[Data | None, tuple[str, ...]]:
    """The section as these answers make it, and its questions that were not asked before."""
    before = {one["id"] for one in section["fields"]}
    again = ask(definition, now).section(section["id"])
    return again, tuple(one["id"] for one in again["fields"] if one["id"] not in before) if again else ()


def _untouched(definition: Data, answers: Mapping[str, Any]) -> set[str]:
    """Computed fields of which nothing is filled in yet: a sum over no rows is 0, but nobody said so."""
    found: set[str] = set()

    def given(name: str) -> bool:
        head, _dot, inner = name.partition(".")
        value = answers.get(head)
        if not isinstance(value, list):
            return value is not None and head not in found
        rows = [row if isinstance(row, dict) else {"": row} for row in value]
        return any(
            row.get(inner) is not None if inner else any(one is not None for one in row.values()) for row in rows
        )

    for _section, field in fields(definition):
        named = fields_of(field["tree"]) if field["type"] == Type.COMPUTED else []
        if named and not any(given(name) for name in named):
            found.add(field["id"])
    return found
