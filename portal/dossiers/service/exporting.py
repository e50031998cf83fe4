"""A copy of everything about one dossier, for the person it is about: a ZIP with readable JSON and the files."""

import io
import zipfile
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy.orm import Session

from portal import files
from portal.dossiers import forms, rules
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.service import log, readings
from portal.rules import Identity

FORMAT = "portal-dossier/1"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def export(
    db: Session, dossier: Dossier, office: Office, *, by: Identity | None, purpose: str = "", at: datetime
) -> bytes:
    """A ZIP of `dossier.json` and `files/…`; the same dossier gives the same bytes.

    `by` None: the applicant, who showed code and secret; an officer's export is noted as a reading with its purpose.
    """
    if by is not None:
        rules.require(rules.EXPORT, by, dossier)
        readings.note(db, dossier, by=by, what="export", purpose=purpose, at=at)
    personal = readings.personal_of(db, dossier)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        names = [f"files/{number:02}-{file.name}" for number, file in enumerate(personal.files, 1)]
        _put(archive, "dossier.json", orjson.dumps(_said(db, dossier, personal, names), option=orjson.OPT_INDENT_2))
        for name, file in zip(names, personal.files, strict=True):
            _put(archive, name, files.blob_path(office.files_dir, file.sha256).read_bytes())
    return made.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _said(db: Session, dossier: Dossier, personal: readings.Personal, names: list[str]) -> dict[str, Any]:
    applicant = personal.applicant
    return {
        "format": FORMAT,
        "code": dossier.code,
        "procedure": {"code": dossier.procedure_code, "name": dossier.title},
        "reception": dossier.reception.name,
        "deciding": dossier.deciding.name,
        "state": dossier.state.value,
        "due_at": dossier.due_at,
        "applicant": {name: getattr(applicant, name) for name in ("name", "id_number", "phone", "email", "address")},
        "form": forms.definition_of(db, dossier.form_sha256),
        "answers": personal.answers,
        "files": [
            {"path": path, "sha256": file.sha256, "name": file.name, "part": file.part, "field": file.field_id}
            for path, file in zip(names, personal.files, strict=True)
        ],
        "events": [
            {"sequence": one.sequence, "kind": one.kind.value, "at": one.at, "facts": one.payload, "words": one.words}
            for one in log.events_of(db, dossier)
        ],
    }
