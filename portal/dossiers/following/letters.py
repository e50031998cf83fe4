"""The letter that answers a request about one's own data. Plain text; the first line is the subject."""

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from portal.clock import today
from portal.dossiers.following.models import DataRequest, Progress
from portal.dossiers.office import Office
from portal.text import write_short_date


def answer(request: DataRequest, office: Office, language: str) -> tuple[str, str]:
    """Subject and text, in the applicant's language; an officer's words stay in Vietnamese."""
    template = _environment().get_template(f"{language}/data_request.txt")
    written = template.render(
        wish=request.wish,
        refused=request.progress == Progress.REFUSED,
        words=request.answer,
        asked=write_short_date(today(request.asked_at)),
        code=request.dossier.code,
        reception=request.dossier.reception.label(language),
        instance=office.name_in(language),
        address=office.address,
    )
    subject, _line, text = written.strip().partition("\n")
    return subject, re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("portal.dossiers", "templates/dossiers/following/letters"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text, never HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
