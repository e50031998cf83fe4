"""The receipt: code and, for a day, the secret; shown to whoever has the key of the draft, and on no other page."""

from datetime import timedelta
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.catalogue import fees, limits, present
from portal.catalogue.present import Said
from portal.dossiers import clock, declared
from portal.dossiers.applying.held import Held
from portal.dossiers.applying.views.private import agency_named, named, office_of, shell
from portal.dossiers.following import access, qr
from portal.dossiers.models import Applicant, Dossier
from portal.dossiers.rules import APPLY
from portal.dossiers.service import receipt_of
from portal.dossiers.states import FINAL, LABELS
from portal.request import Request

SHOWN = timedelta(hours=24)
"""How long after submission the link of the draft still shows the secret and opens the dossier."""


@view_config(
    route_name="applying.receipt", permission=APPLY, request_method="GET", renderer="dossiers/applying/receipt.jinja2"
)
def receipt(held: Held, request: Request) -> Any:
    """What was handed in, where it is followed, and by when an answer is due. A draft leads back to its overview."""
    if held.draft.dossier_id is None:
        return HTTPSeeOther(request.route_path("applying.draft", draft_key=held.key))
    office = office_of(request)
    dossier = request.db.get_one(Dossier, held.draft.dossier_id)
    given = receipt_of(dossier, office)
    renewed, late = dossier.secret_turn > 0, request.at >= dossier.submitted_at + SHOWN
    if not renewed and not late:
        access.grant(request, request.response, dossier)
    applicant = request.db.get(Applicant, dossier.id)
    lookup = request.portal.address + request.route_path("following.lookup")
    return shell(held, request) | {
        "dossier": dossier,
        "secret": None if renewed or late else given.secret,
        "renewed": renewed,
        "title": _title(held, dossier, request.lang),
        "agency": agency_named(dossier.reception, request.lang),
        "state": LABELS[dossier.state],
        "over": dossier.state in FINAL,
        "mailed": bool(request.registry["portal.settings"].mail_server)
        and applicant is not None
        and applicant.email is not None,
        "lookup": lookup,
        "drawing": qr.drawn(f"{lookup}?ma={dossier.code}"),
        "limit": _limit(dossier, request.lang),
        "expected": _expected(dossier, request),
        "fees": _fees(dossier, request),
        "promised": dossier.due_at is not None,
        "received": dossier.received_at is not None,
    }


def _title(held: Held, dossier: Dossier, lang: str) -> Said:
    """The procedure as it was called on the day; in English where the record names it so."""
    procedure = held.procedure
    return named(procedure, lang) if procedure.name.startswith(dossier.title) else Said(dossier.title, "vi")


def _fees(dossier: Dossier, request: Request) -> list[Said]:
    """Payments as they stood on the day, and what the form computed; "free" only where that is all."""
    computed = declared.of_dossier(request.db, dossier)
    rows = [fee for fee in dossier.fees if fee["amount"] != 0 or not computed]
    noted = [fee | {"note": _note(fee["text"])} for fee in rows]
    said = [one for fee in noted for one in present.payment_words(fee, request.lang)]
    return said + [declared.said(request, amount) for amount in computed]


def _note(text: str | None) -> str | None:
    """What the source says of a payment beside its amount."""
    read = fees.read(text)
    return read[0]["note"] if len(read) == 1 else None


def _limit(dossier: Dossier, lang: str) -> str:
    row = {"amount": dossier.limit_amount, "unit": dossier.limit_unit, "text": None, "note": None}
    return limits.words(row, lang) if dossier.limit_unit else ""


def _expected(dossier: Dossier, request: Request) -> Any:
    """When the answer is due: as promised at reception; before it, what the limit comes to if it is taken in today."""
    if dossier.due_at is not None or dossier.received_at is not None:
        return dossier.due_at
    limit = clock.Limit.of({"amount": dossier.limit_amount, "unit": dossier.limit_unit})
    calendar = office_of(request).calendar
    return clock.term(request.at, limit, calendar, dossier.law) if limit is not None else None
