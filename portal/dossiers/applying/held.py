"""A draft as its writer holds it: by the key in the address."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.agencies.models import Agency
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Procedure
from portal.dossiers import forms
from portal.dossiers.applying.generic import GENERIC
from portal.dossiers.applying.offers import Offer, offer_for, offers_of
from portal.dossiers.errors import DraftGone
from portal.dossiers.models import Draft
from portal.eforms.definition import Data
from portal.publishing.models import Edition
from portal.request import Request


@dataclass(frozen=True)
class Held:
    """A draft, its key, and what it fills in. `procedure`: the edition under which it was begun."""

    draft: Draft
    key: str
    definition: Data
    procedure: Procedure

    @property
    def answers(self) -> dict[str, Any]:
        """All that was typed so far."""
        return dict(self.draft.answers)

    def offer(self, db: Session, at: datetime) -> Offer | None:
        """What its agency asks now; None when the procedure was taken off, or nobody carries it out any more."""
        current = catalogue.of_item(db, self.procedure.edition.item)
        if current is None:
            return None
        agency = db.get(Agency, self.draft.reception_id) if self.draft.reception_id else None
        if agency is not None:
            return offer_for(db, current, agency)
        return next(iter(offers_of(db, current, clock.today(at))), None)


def draft_of(db: Session, key: str, *, at: datetime) -> Draft | None:
    """The draft of a key, also after it was submitted; None for an unknown key and once its time is over."""
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
    found = db.scalars(select(Draft).where(Draft.key_sha256 == digest)).one_or_none()
    return found if found is not None and found.expires_at > at else None


def definition_of(db: Session, draft: Draft) -> Data:
    """The form that the draft fills in; the general one for a draft that pinned none."""
    return forms.definition_of(db, draft.form_sha256) or GENERIC


def held_by(request: Request) -> Held:
    """The draft of the address. Raises `DraftGone`; a draft that was submitted leads to its receipt."""
    held = any_held_by(request)
    if held.draft.dossier_id is not None:
        raise HTTPSeeOther(request.route_path("applying.receipt", draft_key=held.key))
    return held


def any_held_by(request: Request) -> Held:
    """The same, submitted or not."""
    key = request.matchdict["draft_key"]
    draft = draft_of(request.db, key, at=request.at)
    if draft is None:
        raise DraftGone()
    edition = request.db.get_one(Edition, draft.edition_id)
    return Held(draft, key, definition_of(request.db, draft), catalogue.of_edition(request.db, edition))
