"""Files of a draft: where they may be uploaded, who holds them, and how they come into the form that is sent."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import files
from portal.dossiers.applying.held import definition_of, draft_of
from portal.dossiers.following import access
from portal.dossiers.models import Dossier, Draft
from portal.dossiers.states import State
from portal.eforms import checking, uploads
from portal.eforms.definition import Data, field_at
from portal.eforms.errors import TooManyFiles, TooMuch
from portal.eforms.kinds import Type
from portal.eforms.uploads import Place
from portal.files import FileUse, Limits
from portal.files.models import File
from portal.forms import FileRef, UploadStore
from portal.forms.uploads import Seal
from portal.request import Request

OWNER, GATE, SUPPLEMENT_GATE = "dossier_draft", "draft", "supplement"
QUOTA = uploads.QUOTA
FIELD = "tep"
"""The field of a supplement."""
MOST_HELD = 500
"""Files that a draft holds at most, those that were replaced by others among them."""
MOST = 20
LARGEST = 20 * 1024 * 1024


class FillingIn:
    """View predicate: the request is for a page of a draft (`filling_in=True`)."""

    def __init__(self, wanted: bool, config: Any) -> None:
        self.wanted = wanted

    def text(self) -> str:
        return f"filling_in = {self.wanted}"

    phash = text

    def __call__(self, context: Any, request: Request) -> bool:
        route = getattr(request, "matched_route", None)
        return (route is not None and route.name == "applying.section") is self.wanted


def nobody_sees(request: Request, owner_id: int) -> bool:
    """Files of a draft are seen by nobody before they belong to a dossier."""
    return False


def owner_of(draft: Draft) -> str:
    """How uploads of a draft are called; not by its key, which is stored nowhere."""
    return f"{GATE}:{draft.uid}"


def gate(request: Request, token: str, wanted: str) -> Place | None:
    """Who has the key of a draft uploads for a field of its form, under the field's limits."""
    draft = draft_of(request.db, token, at=request.at)
    if draft is None or draft.dossier_id is not None:
        return None
    field = field_at(definition_of(request.db, draft), wanted)
    if field is None or field["type"] != Type.FILES:
        return None
    limits = Limits(size=checking.largest_file(field), kinds=frozenset(field["accept"]) or None)
    left = max(0, QUOTA - held_bytes(request.db, draft)) if held_files(request.db, draft) < MOST_HELD else 0
    return Place(owner_of(draft), limits, checking.most_files(field), left)


def supplement_gate(request: Request, token: str, wanted: str) -> Place | None:
    """Who has proven code and secret uploads what the agency asked for."""
    dossier = access.proven(request, token)
    if dossier is None or dossier.state is not State.SUPPLEMENT or wanted != FIELD:
        return None
    return supplement_place(dossier)


def supplement_place(dossier: Dossier) -> Place:
    """Where the files of a supplement wait until it is sent."""
    return Place(f"{SUPPLEMENT_GATE}:{dossier.uid}", Limits(size=LARGEST), MOST)


def held_bytes(db: Session, draft: Draft) -> int:
    """How much the draft holds already."""
    query = select(func.sum(File.size)).join(FileUse, FileUse.sha256 == File.sha256)
    return int(db.scalar(query.where(FileUse.owner_kind == OWNER, FileUse.owner_id == draft.id)) or 0)


def held_files(db: Session, draft: Draft) -> int:
    """How many files the draft holds."""
    mine = (FileUse.owner_kind == OWNER, FileUse.owner_id == draft.id)
    return db.scalar(select(func.count()).select_from(FileUse).where(*mine)) or 0


def store_for(request: Request, draft: Draft) -> UploadStore:
    """Files of a plain form: stored, and held by the draft. What a field takes is checked with its other answers."""
    limits = Limits(size=request.portal.max_upload)

    def keep(stream: BinaryIO, name: str) -> FileRef:
        if held_bytes(request.db, draft) > QUOTA:
            raise TooMuch
        if held_files(request.db, draft) >= MOST_HELD:
            raise TooManyFiles
        stored = files.store(
            request.db, stream, name=name, at=request.at, limits=limits, directory=request.portal.files_dir
        )
        use = files.use(request.db, stored, OWNER, draft.id, name)
        return FileRef(sha256=stored.sha256, name=use.name, size=stored.size, media_type=use.media_type)

    return keep


def take_finished(db: Session, draft: Draft, section: Data) -> dict[str, list[FileRef]]:
    """What a script has uploaded for this section: held by the draft from now on, by field."""
    found = {}
    for field in section["fields"]:
        if field["type"] == Type.FILES:
            came = uploads.attach(db, owner_of(draft), field["id"], owner_kind=OWNER, owner_id=draft.id)
            if came:
                found[field["id"]] = came
    return found


def with_finished(db: Session, draft: Draft, section: Data, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers with what a script has uploaded for this section among them, for drawing its page."""
    merged = dict(answers)
    for field in section["fields"]:
        came = uploads.finished(db, owner_of(draft), field["id"]) if field["type"] == Type.FILES else []
        if came:
            files_here = [*(merged.get(field["id"]) or []), *came]
            merged[field["id"]] = list({(ref["sha256"], ref["name"]): ref for ref in files_here}.values())
    return merged


def put_into(request: Request, came: dict[str, list[FileRef]]) -> None:
    """Let the posted form say what a script has uploaded for it, as if its page had shown the files already."""
    if not came:
        return
    identity = request.identity
    seal = Seal(request.portal.secret, str(identity.person.uid) if identity is not None else "")
    sent = list(request.POST.items())
    said = {seal.open(value)["sha256"] for name, value in sent if _is_sealed(seal, name, value)}  # type: ignore[index]
    for field, refs in came.items():
        fresh = [seal.close(ref) for ref in refs if ref["sha256"] not in said]
        sent = _inserted(sent, field, fresh)
    request.POST.clear()
    for name, value in sent:
        request.POST.add(name, value)


def _is_sealed(seal: Seal, name: str, value: Any) -> bool:
    return name == "sealed" and isinstance(value, str) and seal.open(value) is not None


def _inserted(sent: list[tuple[str, Any]], field: str, sealed: Iterable[str]) -> list[tuple[str, Any]]:
    """The controls with sealed files among those that the field keeps (`forms/upload.jinja2` has the same shape)."""
    start, end = ("__start__", f"{field}:mapping"), ("__end__", f"{field}:mapping")
    if start not in sent or end not in sent:
        return sent
    rows = [
        control
        for one in sealed
        for control in (("__start__", "file:mapping"), ("sealed", one), ("__end__", "file:mapping"))
    ]
    at, last = sent.index(start), sent.index(end)
    kept = [("__start__", "kept:sequence"), ("__end__", "kept:sequence")]
    if kept[0] in sent[at:last]:
        place = sent.index(kept[1], at)
        return [*sent[:place], *rows, *sent[place:]]
    return [*sent[:last], kept[0], *rows, kept[1], *sent[last:]]
