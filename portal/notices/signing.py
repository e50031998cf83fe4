"""Digital signatures of attached PDFs (A3-10): looked at once, kept with the attachment, told in a sentence."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import datetime
from time import monotonic
from typing import Any

from portal import clock
from portal.files import blob_path
from portal.notices.data import Data
from portal.papers.checking import BOUNDS, check_signatures
from portal.papers.paper import Remark
from portal.papers.remarks import sentence
from portal.request import _
from portal.settings import Settings
from portal.text import write_short_date

PDF = "application/pdf"
_LEAST = 3
"""Seconds; with fewer left a look is put off, for one broken off would count as one."""
Translate = Callable[[str], str]

STATES = {"valid": _("hợp lệ"), "invalid": _("không hợp lệ"), "unchecked": _("chưa kiểm tra được")}


def with_signatures(attachments: Iterable[Data], settings: Settings) -> list[Data]:
    """The attachments, each PDF with what its signatures say.

    One that was looked at is not looked at again, unless something was left open and the operator trusts somebody now.
    All together take as long as one may (`checking.BOUNDS`), since a save waits: the others are looked at by the next.
    """
    until = monotonic() + BOUNDS.seconds
    return [_with_its_own(one, settings, until) if _needs_a_look(one, settings) else one for one in attachments]


def shown(signatures: Iterable[Data] | None, translate: Translate) -> list[dict[str, Any]]:
    """Signatures for a page: `{state, told, reason, issuer, covers_all}`, in the language of `translate`."""
    return [
        {
            "state": one.get("state") if one.get("state") in STATES else "unchecked",
            "told": told(one, translate),
            "reason": translate(sentence(Remark(str(one.get("reason") or "")))),
            "issuer": one.get("issuer"),
            "covers_all": bool(one.get("covers_all")),
        }
        for one in signatures or ()
    ]


def told(signature: Data, translate: Translate) -> str:
    """`Chữ ký số: hợp lệ – Văn phòng Chính phủ, ký lúc 10:05 ngày 12/3/2024`; what is unknown is left out."""
    state = translate(STATES.get(str(signature.get("state")), STATES["unchecked"]))
    said = translate(_("Chữ ký số: ${state}", mapping={"state": state}))
    who = signature.get("signer") or signature.get("organisation")
    moment = _moment(signature.get("signed_at"))
    when = ""
    if moment is not None:
        local = clock.in_vietnam(moment)
        values = {"hour": f"{local:%H:%M}", "day": write_short_date(local.date())}
        when = translate(_("ký lúc ${hour} ngày ${day}", mapping=values))
    return " – ".join(part for part in (said, ", ".join(part for part in (who, when) if part)) if part)


def _needs_a_look(attachment: Data, settings: Settings) -> bool:
    if attachment.get("media_type") != PDF:
        return False
    known = attachment.get("signatures")
    return known is None or (settings.signature_roots is not None and any(s.get("state") == "unchecked" for s in known))


def _with_its_own(attachment: Data, settings: Settings, until: float) -> Data:
    path, left = blob_path(settings.files_dir, attachment["sha256"]), int(until - monotonic())
    if left < _LEAST or not path.is_file():
        return attachment
    bounds = replace(BOUNDS, seconds=left)
    found = check_signatures(path, str(attachment["name"]), roots=settings.signature_roots, bounds=bounds)
    return attachment | {"signatures": [asdict(one) for one in found]}


def _moment(written: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(written)) if written else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
