"""The edit form of a draft, the same for every kind of content: opened, saved, handed in; nobody's text is lost.

The page carries the edition and the version that its text began from. Only a save and the page that shows both texts
bring it to a newer one; so a form that is drawn again never hides what somebody else has saved meanwhile.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from translationstring import TranslationString

from portal.accounts.keeping import kept
from portal.db import after_answer
from portal.forms import Button, Form, Invalid, RowsChanged
from portal.publishing import service
from portal.publishing.compare import FieldChange, compare_data
from portal.publishing.errors import Incomplete, StaleVersion, WrongState
from portal.publishing.kinds import Data, kind_of
from portal.publishing.models import Autosave, Edition, State
from portal.publishing.routes import small_number
from portal.publishing.rules import SUBMIT
from portal.publishing.views.actions import person_of, version_of
from portal.request import Request, _

SAVE, HAND_IN = "save", "submit"
BUTTONS = (Button(SAVE, _("Lưu bản nháp")), Button(HAND_IN, _("Lưu và gửi duyệt"), kind="secondary"))
TAKE_UP = "tiep"
"""Parameter that opens what was typed and not saved."""

Values = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """What the page of an edit form draws; `began`: edition and version of the text in the form."""

    form: Markup
    began: tuple[int, int]
    unsaved: Autosave | None = None
    problems: list[TranslationString] = field(default_factory=list)
    conflict: list[FieldChange] | None = None


@dataclass(frozen=True)
class Editing:
    """One request to an edit form. `values` are those of the form from a record, `data` a record from them.

    `data` gets the values that could be understood and the record that they go over.
    """

    request: Request
    edition: Edition
    form: Form
    values: Callable[[Data], Values]
    data: Callable[[Values, Data], Data]

    def open(self) -> Shown:
        """The form with what is stored, or with what this person typed and could not save."""
        person = person_of(self.request)
        note_presence(self.request, self.edition)
        typed = kept(self.request)
        if typed is not None:
            with suppress(Invalid):
                self.form.validate(typed.items())
            return self._shown(began=_began(typed))
        unsaved = service.autosaved(self.request.db, self.edition, person)
        if unsaved is not None and self.request.GET.get(TAKE_UP) == "1":
            found, _refused = self.form.partial([(name, value) for name, value in unsaved.fields])
            return self._shown(self.data(found, self.edition.data), began=(self.edition.number, unsaved.version))
        return self._shown(self.edition.data, unsaved=unsaved)

    def save(self) -> Shown | HTTPSeeOther:
        """Save what was typed, complete or not; then hand in when asked to. 409 with both texts, 422 with reasons."""
        try:
            typed = self._typed()
        except RowsChanged:
            return self._shown(began=_began(self.request.POST))
        mine = self.data(typed, self.edition.data)
        try:
            self._store(mine)
        except (StaleVersion, WrongState):
            return self._conflict(mine)
        except Incomplete as incomplete:
            return self._refused(problems=incomplete.problems)
        return self._refused() if self.form.refused() else self._saved()

    def _typed(self) -> Values:
        """The values that can be understood; what was refused keeps what is stored. Raises `RowsChanged`."""
        controls = list(self.request.POST.items())
        try:
            return self.form.validate(controls)
        except RowsChanged:
            raise
        except Invalid:
            values, _unreadable = self.form.partial(controls)
            return {name: value for name, value in values.items() if name not in self.form.refused()}

    def _store(self, mine: Data) -> None:
        request, edition, person = self.request, self.edition, person_of(self.request)
        if small_number(request.POST.get("edition")) not in (None, edition.number):
            raise StaleVersion(edition)
        service.save(request.db, edition, mine, version=version_of(request), by=person, at=request.at)
        if HAND_IN in request.POST and not self.form.refused() and request.has_permission(SUBMIT, edition):
            service.submit(request.db, edition, version=edition.version, by=person, at=request.at)

    def _saved(self) -> HTTPSeeOther:
        request, item = self.request, self.edition.item
        if self.edition.state is State.IN_REVIEW:
            request.session.flash(request.translate(_("Đã lưu và gửi duyệt.")))
            return HTTPSeeOther(request.route_path("publishing.item", uid=item.uid))
        request.session.flash(request.translate(_("Đã lưu bản nháp.")))
        return HTTPSeeOther(request.route_path(kind_of(item).edit_route, uid=item.uid))

    def _refused(self, **more: Any) -> Shown:
        self.request.response.status_int = 422
        return self._shown(**more)

    def _conflict(self, mine: Data) -> Shown:
        """Mine in the form, theirs beside it word by word; saving again is then a decision."""
        self.request.response.status_int = 409
        kind = kind_of(self.edition.item)
        return self._shown(mine, conflict=compare_data(kind, self.edition.data, kind.clean(mine)))

    def _shown(self, data: Data | None = None, *, began: tuple[int, int] | None = None, **more: Any) -> Shown:
        began = began or (self.edition.number, self.edition.version)
        self.form.attributes["data-version"] = str(began[1])
        drawn = self.form.render(None if data is None else self.values(data))
        return Shown(drawn, began, **more)


def attributes(request: Request, edition: Edition) -> dict[str, str]:
    """What the form's tag tells the script that saves by itself."""
    return {"data-autosave-url": request.route_path("publishing.autosave", uid=edition.item.uid, number=edition.number)}


def note_presence(request: Request, edition: Edition) -> None:
    """This person has the form open at this moment."""
    after_answer(request, partial(service.seen_editing, edition=edition, person=person_of(request), at=request.at))


def _began(sent: Any) -> tuple[int, int]:
    """The edition and version that a form was sent with; what is missing counts as stale."""
    return small_number(sent.get("edition")) or 0, small_number(sent.get("version")) or 0
