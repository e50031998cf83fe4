"""Seals of papers and results: what a QR code leads to, and how anybody sees that a paper is genuine.

A seal is the number of its row and an HMAC over that, the dossier's code, the kind of paper and the paper's SHA-256.
Nobody without the instance's secret can make one, not even by writing into the table; it says nothing about a person.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.clock import today
from portal.dossiers import tracking_secret
from portal.dossiers.errors import NotAllowed
from portal.dossiers.events import Kind, Payload
from portal.dossiers.following.errors import AlreadyRevoked, ReasonMissing
from portal.dossiers.following.models import RESULT, Seal
from portal.dossiers.following.rules import REVOKE, RULES
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.service import log
from portal.rules import Identity, allowed
from portal.text import nfc, without_controls, without_invisible

SIGNS, GROUP = 16, 4
"""80 bits of the HMAC, read aloud in fours."""
_LONGEST_NUMBER = 10
LONGEST_WHY = 500
_NOTHING = "0" * 64


@dataclass(frozen=True)
class Verified:
    """What anybody may know of a sealed paper. `number` and `signed_on` are those of the decision for a result."""

    seal: Seal
    dossier: Dossier
    number: str | None
    issued_on: date

    @property
    def revoked(self) -> bool:
        return self.seal.revoked_at is not None


def issue(
    db: Session,
    office: Office,
    dossier: Dossier,
    paper: str,
    *,
    number: str | None,
    sha256: str,
    issued_on: date | None = None,
    at: datetime,
) -> str:
    """The seal of a paper that is issued now; the same paper again gives the same seal. It writes.

    `paper`: `result` or a value of `profiles.Paper`; `sha256`: of the file, or of the facts that stand on it.
    """
    same = (Seal.dossier_id == dossier.id, Seal.paper == paper, Seal.sha256 == sha256)
    row = db.scalars(select(Seal).where(*same)).one_or_none()
    if row is None:
        row = Seal(dossier=dossier, paper=paper, sha256=sha256, number=number)
        row.issued_on, row.issued_at = issued_on or today(at), at
        db.add(row)
        db.flush()
    return written(office, row)


def of_dossier(db: Session, dossier: Dossier) -> list[Seal]:
    """Every seal of a dossier, the first one first."""
    return list(db.scalars(select(Seal).where(Seal.dossier_id == dossier.id).order_by(Seal.id)))


def written(office: Office, seal: Seal) -> str:
    """The seal as it stands on paper: `7-K3QX-90AB-…`."""
    signs = _signs(office, seal.id, seal.dossier.code, seal.paper, seal.sha256)
    groups = [signs[start : start + GROUP] for start in range(0, SIGNS, GROUP)]
    return "-".join([_number(seal.id), *groups])


def address(office: Office, seal: Seal) -> str:
    """Where a QR code leads."""
    return f"{office.address}/xac-minh/{written(office, seal)}"


def address_of(db: Session, office: Office, dossier: Dossier, sha256: str) -> str | None:
    """Where the QR code on the paper with this digest leads; None when it was never issued."""
    query = select(Seal).where(Seal.dossier_id == dossier.id, Seal.sha256 == sha256).order_by(Seal.id)
    seal = db.scalars(query).first()
    return address(office, seal) if seal is not None else None


def text_of(db: Session, office: Office, dossier: Dossier, sha256: str) -> str | None:
    """The seal of the paper with this digest, for people without a camera."""
    found = address_of(db, office, dossier, sha256)
    return found.rpartition("/")[2] if found else None


def find(db: Session, office: Office, typed: str) -> Seal | None:
    """The seal, however it was typed; None when it is none. A forged one does the work of an unknown one."""
    signs = tracking_secret.normal(typed[:200])
    number = _read(signs[:-SIGNS])
    seal = db.get(Seal, number) if number is not None else None
    about = (seal.id, seal.dossier.code, seal.paper, seal.sha256) if seal else (0, "", "", _NOTHING)
    right = hmac.compare_digest(_signs(office, *about).encode(), signs[-SIGNS:].encode("utf-8", "backslashreplace"))
    return seal if right and seal is not None else None


def verified(db: Session, office: Office, typed: str) -> Verified | None:
    """What the seal proves; None when it proves nothing."""
    seal = find(db, office, typed)
    if seal is None:
        return None
    decided: Payload = {}
    if seal.paper == RESULT:
        decided = next((row.payload for row in log.rows_of(db, seal.dossier) if row.kind is Kind.DECIDED), {})
    signed = decided.get("signed_on")
    day = date.fromisoformat(signed) if signed else seal.issued_on
    return Verified(seal, seal.dossier, seal.number or decided.get("number"), day)


def revoke(db: Session, seal: Seal, *, why: str, by: Identity, at: datetime) -> None:
    """Say to everybody who verifies the paper that it does not hold any more, and why. Raises `NotAllowed`."""
    if not allowed(RULES, REVOKE, by, seal.dossier):
        raise NotAllowed()
    said = " ".join(without_controls(without_invisible(nfc(why))).split())[:LONGEST_WHY]
    if not said:
        raise ReasonMissing()
    if seal.revoked_at is not None:
        raise AlreadyRevoked()
    seal.revoked_at, seal.revoked_why, seal.revoked_by_id = at, said, by.person.id
    db.flush()
    about = {"code": seal.dossier.code, "paper": seal.paper, "seal": seal.id}
    audit.record(db, by.person, "revoked paper", seal.dossier, at=at, why=said, **about)


def _signs(office: Office, number: int, code: str, paper: str, sha256: str) -> str:
    made = int.from_bytes(office.mac("seal", f"{number} {code} {paper} {sha256}"))
    return "".join(tracking_secret.ALPHABET[made >> 5 * place & 31] for place in range(SIGNS))


def _number(number: int) -> str:
    """A positive number in Crockford's signs."""
    signs = ""
    while number:
        number, rest = divmod(number, 32)
        signs = tracking_secret.ALPHABET[rest] + signs
    return signs


def _read(signs: str) -> int | None:
    if not 0 < len(signs) <= _LONGEST_NUMBER or any(sign not in tracking_secret.ALPHABET for sign in signs):
        return None
    number = 0
    for sign in signs:
        number = number * 32 + tracking_secret.ALPHABET.index(sign)
    return number if 0 < number < 2**31 else None
