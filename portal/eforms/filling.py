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
from portal.eforms.definition import Data
from portal.eforms.errors import NoSuchPart
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
    shown = replace(page, answers=asked.answers, failures=asked.failures)
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
        return Step(merge(answers, answers_of(section, good, page.places)), form, invalid.status)
    now = merge(answers, typed)
    before = {one["id"] for one in section["fields"]}
    again = ask(definition, now).section(section_id)
    revealed = tuple(one["id"] for one in again["fields"] if one["id"] not in before) if again else ()
    if revealed and again is not None:
        form, again = opened(request, definition, section_id, now, page, buttons=buttons, uploads=uploads, **more)
        form.render(values_of(again, now))
        return Step(now, form, revealed=revealed)
    return Step(now, None, following=next_section(definition, now, section_id))
