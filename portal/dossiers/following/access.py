"""What a browser has proven: code and secret of a dossier, for an hour, by a cookie that nobody can make up.

The cookie is signed, not readable by scripts, and holds no personal data: identities of dossiers, the turn of their
secret (so that a renewed secret closes what the old one opened), and until when. An unknown code and a known one that
was not proven do the same work and give the same None (invariant 19).
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.cookies import name_of
from portal.dossiers import codes
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.request import Request

COOKIE = "portal_dossier"
LIFETIME = timedelta(hours=1)
"""How long a proof holds: long enough for a supplement, short enough for a shared computer."""
MOST = 8
"""Dossiers that one browser holds open; the oldest proof gives way."""
_LONGEST = 4000


@dataclass(frozen=True)
class Proof:
    """That the secret of `turn` was shown for a dossier; it holds until `until`."""

    uid: UUID
    turn: int
    until: datetime


def proven(request: Request, code: str) -> Dossier | None:
    """The dossier of this code, when this browser has shown its secret in the last hour; else None."""
    asked = codes.normal(code)
    return next((dossier for dossier in held(request) if dossier.code == asked), None)


def held(request: Request) -> list[Dossier]:
    """Every dossier that this browser has proven and that is still open to it, the latest proof first."""
    found = {proof.uid: proof for proof in _proofs(request)}
    if not found:
        return []
    rows = {row.uid: row for row in request.db.scalars(select(Dossier).where(Dossier.uid.in_(found)))}
    return [rows[uid] for uid, proof in found.items() if uid in rows and rows[uid].secret_turn == proof.turn]


def until(request: Request, dossier: Dossier) -> datetime | None:
    """Until when this browser may see the dossier; None when it may not."""
    return next((one.until for one in _proofs(request) if (one.uid, one.turn) == _of(dossier)), None)


def grant(request: Request, response: Any, dossier: Dossier) -> None:
    """Let this browser see the dossier for an hour: to whoever has just shown code and secret, or got the receipt."""
    others = [one for one in _proofs(request) if one.uid != dossier.uid]
    new = Proof(dossier.uid, dossier.secret_turn, request.at.replace(microsecond=0) + LIFETIME)
    _set(request, response, [new, *others][:MOST])


def close(request: Request, response: Any, dossier: Dossier | None = None) -> None:
    """Forget the proof of a dossier, or all of them: for somebody who leaves a shared computer."""
    others = [one for one in _proofs(request) if dossier is not None and one.uid != dossier.uid]
    _set(request, response, others)


def _of(dossier: Dossier) -> tuple[UUID, int]:
    return dossier.uid, dossier.secret_turn


def _set(request: Request, response: Any, proofs: list[Proof]) -> None:
    value = ".".join(_written(_office(request), proof) for proof in proofs)
    left = max(((proof.until - request.at).total_seconds() for proof in proofs), default=0)
    response.set_cookie(
        name_of(COOKIE, request.portal),
        value,
        max_age=int(left),
        path="/",
        secure=request.portal.secure,
        httponly=True,
        samesite="Lax",
    )


def _proofs(request: Request) -> Iterator[Proof]:
    """What the cookie proves now; what is forged, broken or over is left out."""
    value = request.cookies.get(name_of(COOKIE, request.portal), "")
    if len(value) > _LONGEST:
        return
    for written in value.split(".")[:MOST]:
        proof = _read(_office(request), written)
        if proof is not None and proof.until > request.at:
            yield proof


def _written(office: Office, proof: Proof) -> str:
    said = f"{proof.uid.hex}-{proof.turn}-{int(proof.until.timestamp())}"
    return f"{said}-{office.mac('access', said).hex()}"


def _read(office: Office, written: str) -> Proof | None:
    said, _hyphen, seal = written.rpartition("-")
    if not hmac.compare_digest(office.mac("access", said).hex().encode(), seal.encode("utf-8", "backslashreplace")):
        return None
    uid, turn, moment = said.split("-")
    return Proof(UUID(hex=uid), int(turn), datetime.fromtimestamp(int(moment), UTC))


def _office(request: Request) -> Office:
    office: Office = request.registry["portal.dossiers"]
    return office
