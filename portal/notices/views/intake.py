"""How a new document begins: a file, several files, a pasted text, or nothing yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal import audit, files
from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.errors import PortalError
from portal.files.names import extension_of
from portal.forms import Button, Form, Invalid
from portal.forms.uploads import NewFile
from portal.notices import data as record
from portal.notices import service as notices
from portal.notices.intake import service
from portal.notices.intake.errors import AlreadyDrafted
from portal.notices.intake.models import IntakeFile, Outcome
from portal.notices.intake.opening import opened, read_text, refuse_secret
from portal.notices.paper import PaperTooLong, SecretPaper, proposed
from portal.notices.rules import CHANGE_BATCH, CREATE
from portal.notices.schemas import asking_schema
from portal.publishing.rules import READ
from portal.publishing.views.actions import person_of
from portal.request import Request, _
from portal.rules import APPROVER, EDITOR
from portal.text import nfc

SHOWN = 700
"""Characters of a text in each encoding that a person is shown to choose by."""


@view_config(route_name="notices.new", permission=CREATE, renderer="notices/new.jinja2", request_method="GET")
def new(context: Any, request: Request) -> dict[str, Any]:
    """Ask for the paper."""
    return {"form": _form(request).render()}


@view_config(route_name="notices.new", permission=CREATE, renderer="notices/new.jinja2", request_method="POST")
def begin(context: Any, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Read the paper and open the draft that it proposes; many files become a batch."""
    form = _form(request, secret="not_secret" in request.POST, again="again" in request.POST)
    try:
        values = form.validate(request.POST.items())
    except Invalid as refused:
        request.response.status_int = refused.status
        return {"form": refused.form.render()}
    try:
        return HTTPSeeOther(_begun(request, values))
    except SecretPaper as secret:
        _note_refusal(request, values)
        return _asked_again(request, values, secret, secret=True, again=False)
    except AlreadyDrafted as already:
        link = request.route_path("publishing.item", uid=already.uid)
        asked = _asked_again(request, values, already, secret=bool(values.get("not_secret")), again=True)
        return asked | {"already": (already.title, link)}
    except PortalError as error:
        request.response.status_int = error.status
        return {"form": form.refuse(error.message, "file" if values["file"] else "text").form.render()}


@view_config(route_name="notices.encoding", permission=CHANGE_BATCH, renderer="notices/encoding.jinja2",
             request_method="GET")  # fmt: skip
def ask_encoding(row: IntakeFile, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """The beginning of the text as it reads in each encoding, for a person to choose."""
    if row.outcome != Outcome.ASKING or row.sha256 is None:
        return HTTPSeeOther(_after(request, row))
    path = files.blob_path(request.portal.files_dir, row.sha256)
    samples = []
    for encoding in row.encodings:
        paper = opened(path, row.name, settings=request.portal, encoding=encoding).paper
        if paper is not None:
            samples.append((encoding, paper.text[:SHOWN].rstrip() + ("…" if len(paper.text) > SHOWN else "")))
    return {"row": row, "samples": samples, "not_secret": request.GET.get("khong-mat") == "1"}


@view_config(route_name="notices.encoding", permission=CHANGE_BATCH, request_method="POST")
def choose_encoding(row: IntakeFile, request: Request) -> HTTPSeeOther:
    """Make the draft in the encoding that was chosen."""
    encoding = request.POST.get("encoding", "")
    if row.outcome != Outcome.ASKING or row.sha256 is None or encoding not in row.encodings:
        return HTTPSeeOther(request.route_path("notices.encoding", uid=row.uid))
    settings, person, row_id = request.portal, person_of(request).id, row.id
    path, name = files.blob_path(settings.files_dir, row.sha256), row.name
    _let_others_write(request)
    read_so = opened(path, name, settings=settings, encoding=encoding)
    row, by = request.db.get_one(IntakeFile, row_id), request.db.get_one(Person, person)
    not_secret = request.POST.get("not_secret") == "1"
    try:
        service.choose_encoding(
            request.db, row, encoding, read_so, by=by, at=request.at, settings=settings, not_secret=not_secret
        )
    except SecretPaper as secret:
        service.destroy(request.db, row, secret, by=by, at=request.at, settings=settings)
        request.session.flash(request.translate(secret.message))
        return HTTPSeeOther(request.route_path("notices.new"))
    return HTTPSeeOther(_after(request, row))


def _form(request: Request, *, secret: bool = False, again: bool = False) -> Form:
    identity = request.identity
    assert identity is not None
    units = identity.units(EDITOR) | identity.units(APPROVER)
    rows = request.db.query(Agency).where(Agency.id.in_(units), Agency.valid_to.is_(None)).order_by(Agency.name)
    return Form(
        asking_schema(secret=secret, again=again),
        request=request,
        buttons=(Button("begin", _("Tạo bản nháp")),),
        form_id="van-ban-moi",
        units=[(agency.id, agency.label(request.lang)) for agency in rows],
    )


def _begun(request: Request, values: dict[str, Any]) -> str:
    """Where the work goes on."""
    given: list[NewFile] = list(values["file"] or ())
    if len(given) > 1 or (given and extension_of(given[0].name) == "zip"):
        batch = service.open_batch(
            request.db,
            ((one.stream, one.name) for one in given),
            unit=request.db.get_one(Agency, int(values["unit"])),
            by=person_of(request),
            at=request.at,
            settings=request.portal,
        )
        return str(request.route_path("notices.batch", uid=batch.uid))
    if given:
        return _after(request, _one_file(request, given[0], values), not_secret=bool(values.get("not_secret")))
    return _pasted(request, values)


def _one_file(request: Request, given: NewFile, values: dict[str, Any]) -> IntakeFile:
    settings, person = request.portal, person_of(request).id
    with _on_disk(given) as path:
        name = service.check(path, given.name, settings=settings)
        _let_others_write(request)
        read_so = opened(path, name, settings=settings)
        return service.draft_from(
            request.db,
            path,
            name,
            read_so,
            unit=request.db.get_one(Agency, int(values["unit"])),
            by=request.db.get_one(Person, person),
            at=request.at,
            settings=settings,
            not_secret=bool(values.get("not_secret")),
            again=bool(values.get("again")),
            may_see=lambda edition: bool(request.has_permission(READ, edition)),
        )


@contextmanager
def _on_disk(given: NewFile) -> Iterator[Path]:
    """The upload as a file of its own that is gone afterwards, whatever happens: it may be secret."""
    with TemporaryDirectory(prefix="portal-intake-") as folder:
        path = Path(folder, f"tep.{extension_of(given.name)}"[:20])
        with path.open("wb") as out:
            copyfileobj(given.stream, out)
        yield path


def _pasted(request: Request, values: dict[str, Any]) -> str:
    text, limit = nfc(values["text"] or ""), request.portal.max_text
    if len(text) > limit:
        raise PaperTooLong(limit)
    data, mark = record.empty(), None
    if text.strip():
        reading = read_text(request.db, text, at=request.at)
        refuse_secret(reading, not_secret=bool(values.get("not_secret")))
        mark = reading.secrecy
        data = proposed(reading, text)
    unit, by = request.db.get_one(Agency, int(values["unit"])), person_of(request)
    edition = notices.create(request.db, data, unit=unit, origin=request.portal.origin, by=by, at=request.at)
    if mark is not None:
        audit.record(request.db, by, "let a secrecy mark through", edition.item, at=request.at, mark=mark.passage)
    return str(request.route_path("notices.edit", uid=edition.item.uid))


def _after(request: Request, row: IntakeFile, *, not_secret: bool = False) -> str:
    if row.outcome == Outcome.ASKING:
        query = {"khong-mat": "1"} if not_secret else {}
        return str(request.route_path("notices.encoding", uid=row.uid, _query=query))
    if row.item is not None:
        return str(request.route_path("notices.edit", uid=row.item.uid))
    return str(request.route_path("notices.desk"))


def _asked_again(
    request: Request, values: dict[str, Any], error: PortalError, *, secret: bool, again: bool
) -> dict[str, Any]:
    """The form with the reason and a box beside it; the text stays in the browser's hands, the file is chosen anew."""
    request.response.status_int = error.status
    form = _form(request, secret=secret, again=again)
    refused = form.refuse(error.message, "file" if values["file"] else "text")
    kept = {"unit": values["unit"], "text": values["text"], "not_secret": secret and again}
    return {"form": refused.form.render({name: value for name, value in kept.items() if value})}


def _note_refusal(request: Request, values: dict[str, Any]) -> None:
    """That a secret paper was refused is recorded, without a word of it."""
    unit, person = request.db.get_one(Agency, int(values["unit"])), person_of(request)
    audit.record(request.db, person, "refused a secret file", unit, at=request.at)


def _let_others_write(request: Request) -> None:
    """End this request's transaction and begin another: reading takes seconds, and SQLite has one writer."""
    if "portal.db" not in request.environ:
        request.tm.commit()
        request.tm.begin()
