"""The letter with the address of a draft. Plain text; the first line is the subject."""

import hashlib
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy.orm import Session

from portal import clock, mail
from portal.dossiers.applying.held import Held
from portal.dossiers.letters import shown
from portal.dossiers.office import Office


def send_link(db: Session, held: Held, office: Office, *, to: str, link: str, lang: str, at: datetime) -> None:
    """Write to whoever fills the draft in; the same address gets it once a day. Raises `mail.BadAddress`."""
    address = mail.address_of(to)
    name = hashlib.sha256(address.encode()).hexdigest()[:16]
    text = (
        _environment()
        .get_template(f"{lang}.txt")
        .render(
            title=held.procedure.label(lang),
            link=link,
            until=shown(held.draft.expires_at),
            instance=office.name_in(lang),
        )
    )
    subject, _line, body = text.strip().partition("\n")
    mail.send(
        db,
        to=address,
        subject=subject,
        text=body.strip() + "\n",
        key=f"draft:{held.draft.uid}:{clock.today(at)}:{name}",
        about=(held.draft.audit_kind, held.draft.uid),
        language=lang,
        at=at,
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("portal.dossiers", "templates/dossiers/applying/letters"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text, never HTML
    )
