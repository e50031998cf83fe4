"""What a dossier asks of the interactive forms: the pinned definition, its checks, who applies, which files."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.dossiers.applications import HandedIn, Person
from portal.dossiers.models import Dossier
from portal.eforms import queries
from portal.eforms import service as eforms
from portal.eforms.answers import Wrong, check_all, settle
from portal.eforms.definition import fields, paths
from portal.eforms.kinds import Type
from portal.eforms.rendering import Rendered, render
from portal.publishing.models import Edition

Data = dict[str, Any]
_COLUMNS = ("name", "id_number", "phone", "email", "address")


def pin(db: Session, edition: Edition, *, at: datetime) -> str | None:
    """Keep the form that this edition of a procedure asks now; None when it has none, or it is not published."""
    uid = edition.data.get("eform")
    definition = queries.published_definition(db, UUID(uid)) if uid else None
    return eforms.pin(db, definition, at=at) if definition else None


def definition_of(db: Session, form: str | None) -> Data | None:
    """The pinned definition."""
    return eforms.definition_of(db, form) if form else None


def errors(definition: Data | None, answers: Data, *, on: date, lang: str) -> dict[str, list[Wrong]]:
    """What is missing or wrong, by section; empty when all may be submitted."""
    found = check_all(definition, answers, on=on, lang=lang) if definition else {}
    return {section: wrong for section, wrong in found.items() if wrong}


def settled(definition: Data | None, answers: Data) -> Data:
    """What is submitted: answers to what was asked, computed values filled in."""
    return settle(definition, answers) if definition else dict(answers)


def rendered(db: Session, dossier: Dossier, answers: Mapping[str, Any], lang: str) -> list[Rendered]:
    """Answers as they were submitted, by the definition they were given to, for ever (invariant 18)."""
    definition = definition_of(db, dossier.form_sha256)
    return render(definition, answers, lang) if definition else []


def labels(db: Session, dossier: Dossier) -> dict[str, str]:
    """Vietnamese label of each field of its form, those in rows as `group.field`; empty where it has no form."""
    definition = definition_of(db, dossier.form_sha256)
    return {path: field["label"] for path, field, _group in paths(definition)} if definition else {}


def applicant(definition: Data | None, answers: Data, language: str) -> Person:
    """Who applies, from the fields that the form's designer marked: an organisation's where there are any."""
    found: dict[str, str] = {}
    organisation: dict[str, str] = {}
    for _section, field in fields(definition) if definition else ():
        whose, _dot, what = (field.get("prefill") or "").partition(".")
        answer = _text(answers.get(field["id"]))
        if answer:
            (organisation if whose == "organisation" else found).setdefault(what, answer)
    audience = "doanh-nghiep" if organisation.get("name") else "cong-dan"
    if "tax_code" in organisation:
        organisation.setdefault("id_number", organisation["tax_code"])
    known = {**found, **organisation}
    return Person(**{name: known.get(name) for name in _COLUMNS}, audience=audience, language=language)


def files_in(definition: Data | None, answers: Data) -> tuple[HandedIn, ...]:
    """Every file among the answers, those in rows too."""
    found: list[HandedIn] = []
    for _section, field in fields(definition) if definition else ():
        rows = answers.get(field["id"]) or []
        if field["type"] == Type.GROUP:
            inner = [one for one in field["fields"] if one["type"] == Type.FILES]
            found += [
                _file(f"{field['id']}.{one['id']}", file)
                for row in rows
                for one in inner
                for file in row.get(one["id"]) or []
            ]
        elif field["type"] == Type.FILES:
            found += [_file(field["id"], file) for file in rows]
    return tuple(found)


def _file(field: str, given: Mapping[str, Any]) -> HandedIn:
    return HandedIn(given["sha256"], given["name"] or "tep", field)


def _text(answer: Any) -> str | None:
    """An answer as one line; an address is its parts."""
    if isinstance(answer, Mapping):
        parts = (answer.get(part) for part in ("street", "commune", "province"))
        return ", ".join(str(part) for part in parts if part) or None
    return str(answer) if isinstance(answer, str) and answer.strip() else None
