"""The receipt with the date of return (form 01) for the applicant who has shown code and secret."""

from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from portal.dossiers import printing
from portal.dossiers.following.routes import Followed
from portal.dossiers.following.views.lookup import DISCREET, to_lookup
from portal.dossiers.profiles import Paper
from portal.dossiers.rules import TRACK
from portal.request import Request


@view_config(
    route_name="following.receipt", request_method="GET", permission=TRACK, renderer="dossiers/following/receipt.jinja2"
)
def receipt(context: Followed, request: Request) -> Any:
    """Form 01 as a page. Raises `PaperNotYet` before the dossier was received."""
    if context.dossier is None:
        return to_lookup(request, context.code, "giay-tiep-nhan")
    request.response.headers.update(DISCREET)
    office = request.registry["portal.dossiers"]
    paper = printing.render(request.db, context.dossier, Paper.RECEIPT, office, lang=request.lang, at=request.at)
    return {"paper": paper, "dossier": context.dossier}


@view_config(route_name="following.receipt_pdf", request_method="GET", permission=TRACK)
def receipt_pdf(context: Followed, request: Request) -> Any:
    """The same as PDF."""
    if context.dossier is None:
        return to_lookup(request, context.code, "giay-tiep-nhan")
    office = request.registry["portal.dossiers"]
    made = printing.pdf(request.db, context.dossier, Paper.RECEIPT, office, lang=request.lang, at=request.at)
    answer = Response(body=made, content_type="application/pdf")
    answer.content_disposition = f'inline; filename="giay-tiep-nhan-{context.dossier.code}.pdf"'
    answer.headers.update(DISCREET)
    return answer
