"""What others ask for: a form of a dossier as a part of a page, or as PDF."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.printing import page, press
from portal.dossiers.printing.issuing import sheet_facts
from portal.dossiers.printing.sheets import Sheet, sheet_of
from portal.dossiers.profiles import Paper


@dataclass(frozen=True)
class Printed:
    """`html` stands in a page as it is (its heading is an h2); `number`: of the form in its set, `Mẫu số 01` → 1."""

    html: str
    title: str
    number: int | None


def render(db: Session, dossier: Dossier, paper: Paper, office: Office, *, lang: str, at: datetime) -> Printed:
    """The paper as it was issued, or, where none went out, as the log says it now.

    It holds personal data: the caller has proved the right to see them, and noted it. Raises `PaperNotYet` (404).
    """
    sheet = sheet_for(db, dossier, paper, office, lang=lang)
    return Printed(page.html_of(sheet), sheet.title, sheet.form_number)


def pdf(db: Session, dossier: Dossier, paper: Paper, office: Office, *, lang: str, at: datetime) -> bytes:
    """The same as PDF. Raises `PaperNotYet`, and `portal.notices.printing.errors.PrintingError` (500, 503)."""
    sheet = sheet_for(db, dossier, paper, office, lang=lang)
    return press.pdf_of(sheet, office, made_at=dossier.received_at or dossier.submitted_at)


def sheet_for(db: Session, dossier: Dossier, paper: Paper, office: Office, *, lang: str) -> Sheet:
    """The sheet. The code on a receipt leads to the lookup; that on any other paper that went out, to its seal.

    Under it stands the seal of a paper that went out, for people without a camera.
    """
    from portal.dossiers.following import seals  # it builds on this package

    template, facts, row = sheet_facts(db, dossier, paper, office)
    facts = {**facts, "seal": seals.text_of(db, office, dossier, row.sha256) if row else None}
    if paper is not Paper.RECEIPT:
        facts["qr"] = seals.address_of(db, office, dossier, row.sha256) if row else None
    return sheet_of(paper, template, facts, dossier.profile, lang)
