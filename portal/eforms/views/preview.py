"""Trying a form as a citizen, page by page. Nothing is stored: the answers travel with the pages."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from pyramid.view import view_config

from portal import files
from portal.clock import today
from portal.eforms import filling
from portal.eforms.answers import Answers, check_all, missing, next_section, previous_section, visible_sections
from portal.eforms.compiling import Page, values_of
from portal.eforms.definition import Data, said, section_of
from portal.eforms.errors import NoSuchPart
from portal.eforms.places import places_of
from portal.eforms.rendering import rows_to_check
from portal.errors import BadParameter
from portal.files import Limits, clean_name, examine
from portal.forms import Button, FileRef
from portal.publishing.models import Edition, State
from portal.publishing.rules import READ
from portal.request import Request, _

NEXT, BACK, CHANGE = "tiep_tuc", "quay_lai", "sua"
LARGEST = 1024 * 1024
_BUTTONS = (Button(NEXT, _("Tiếp tục")), Button(BACK, _("Quay lại"), kind="secondary"))


@view_config(route_name="eforms.preview", permission=READ, request_method="GET", renderer="eforms/try.jinja2")
def begin(edition: Edition, request: Request) -> dict[str, Any]:
    """The first page, or the one that `phan` names."""
    definition = edition.data["definition"]
    wanted = request.GET.get("phan")
    if wanted is not None and section_of(definition, wanted) is None:
        raise BadParameter("phan")
    return _drawn(edition, request, wanted or next_section(definition, {}, None), {})


@view_config(route_name="eforms.preview", permission=READ, request_method="POST", renderer="eforms/try.jinja2")
def go_on(edition: Edition, request: Request) -> dict[str, Any]:
    """What was typed goes along to the next page, or back; at the end to the check."""
    definition, answers = edition.data["definition"], _answers(request)
    change = request.POST.get(CHANGE)
    here = change if change is not None else request.POST.get("phan", "")
    if section_of(definition, here) is None:
        return _drawn(
            edition,
            request,
            None if here == "" and change is None else next_section(definition, answers, None),
            answers,
        )
    if change is not None:
        return _drawn(edition, request, here, answers)
    if BACK in request.POST:
        return _back(edition, request, here, answers)
    try:
        step = filling.step(request, definition, here, answers, _page(edition, request), **_look(request))
    except NoSuchPart:
        return _drawn(edition, request, next_section(definition, answers, None), answers)
    if step.form is None:
        return _drawn(edition, request, step.following, step.answers)
    request.response.status_int = step.status
    return _shell(edition, request, here, step.answers) | {"form": step.form.render(), "revealed": len(step.revealed)}


def _back(edition: Edition, request: Request, here: str, answers: Answers) -> dict[str, Any]:
    definition = edition.data["definition"]
    step = filling.step(request, definition, here, answers, _page(edition, request), lenient=True, **_look(request))
    before = previous_section(definition, step.answers, here)
    return _drawn(edition, request, before or here, step.answers)


def _drawn(edition: Edition, request: Request, section_id: str | None, answers: Answers) -> dict[str, Any]:
    """One page filled with the answers; the check of all answers when there is no section."""
    definition = edition.data["definition"]
    shell = _shell(edition, request, section_id, answers)
    if section_id is None:
        return shell
    try:
        form, section = filling.opened(
            request, definition, section_id, answers, _page(edition, request), **_look(request)
        )
    except NoSuchPart:
        return shell | {"hidden": section_of(definition, section_id)}
    return shell | {"form": form.render(values_of(section, answers))}


def _shell(edition: Edition, request: Request, section_id: str | None, answers: Answers) -> dict[str, Any]:
    definition, lang = edition.data["definition"], request.lang
    shown = visible_sections(definition, answers)
    numbers = {section["id"]: number for number, section in enumerate(shown, 1)}
    section = section_of(definition, section_id) if section_id else None
    checking = section is None
    request.response.cache_control.no_store = True
    return {
        "edition": edition,
        "page_title": said(definition, "title", lang),
        "definition": definition,
        "language": lambda thing, key: "en" if lang == "en" and thing.get(f"{key}_en") else "vi",
        "intro": said(definition, "intro", lang),
        "section": section,
        "section_title": said(section, "title", lang) if section else "",
        "section_help": said(section, "help", lang) if section else "",
        "number": numbers.get(section_id or "", 0),
        "sections": [(one["id"], said(one, "title", lang)) for one in shown],
        "answers": orjson.dumps(answers).decode(),
        "checked": rows_to_check(definition, answers, lang) if checking else [],
        "wrong": _wrong(definition, answers, request) if checking else {},
        "missing": len(missing(definition, answers)) if checking else 0,
        "draft": edition.state is not State.PUBLISHED,
        "form": None,
        "hidden": None,
        "revealed": 0,
    }


def _wrong(definition: Data, answers: Answers, request: Request) -> dict[str, list[str]]:
    found = check_all(definition, answers, on=today(request.at), lang=request.lang)
    return {key: [request.translate(one.message) for one in wrongs] for key, wrongs in found.items()}


def _page(edition: Edition, request: Request) -> Page:
    on = today(request.at)
    return Page(request.lang, on, places_of(request.db, edition.data["definition"], on))


def _look(request: Request) -> dict[str, Any]:
    return {"buttons": _BUTTONS, "action": request.path, "uploads": _only_looked_at(request)}


def _only_looked_at(request: Request) -> Any:
    """A store that checks a file as the real one does, and keeps nothing."""
    limits = Limits(size=request.portal.max_upload)

    def look(stream: BinaryIO, name: str) -> FileRef:
        name = clean_name(name)
        with tempfile.NamedTemporaryFile() as copy:
            content = stream.read(limits.size + 1)
            if len(content) > limits.size:
                raise files.TooLarge(limits.size)
            copy.write(content)
            copy.flush()
            found = examine(Path(copy.name), name, limits)
        digest = hashlib.sha256(content).hexdigest()
        return FileRef(sha256=digest, name=name, size=len(content), media_type=found.kind.media_type)

    return look


def _answers(request: Request) -> Answers:
    """The answers that came along. They are the person's own and go nowhere, so nothing but their shape is checked."""
    sent = request.POST.get("answers", "{}")
    try:
        found: Any = orjson.loads(sent) if len(sent) <= LARGEST else {}
    except orjson.JSONDecodeError:
        found = {}
    return found if isinstance(found, dict) else {}
