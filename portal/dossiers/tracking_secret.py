"""The secret on a receipt: with the code it opens the tracking page, without it nothing (A6-6, invariant 19). Pure.

Twelve signs of Crockford's alphabet, 60 bits, in three groups. It is derived, so that a repeated submission gives the
same receipt, and stored only as a salted hash.
"""

import hashlib
import hmac
from uuid import UUID

from portal.dossiers.office import Office

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 12, 4
_MISREAD = str.maketrans("OIL", "011")


def derive(office: Office, uid: UUID, turn: int) -> str:
    """The secret of a dossier; `turn` counts the new ones that were given out."""
    number = int.from_bytes(office.mac("secret", f"{uid} {turn}"))
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def normal(typed: str) -> str:
    """What was typed or read aloud, without groups, in capitals, with letters that look like digits as digits."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return signs.translate(_MISREAD)[:100]


def digest(salt: str, secret: str) -> str:
    """What is stored."""
    return hashlib.sha256(f"{salt} {normal(secret)}".encode()).hexdigest()


def matches(salt: str, stored: str, typed: str) -> bool:
    """Whether the typed secret is the one; the time does not depend on how much of it is right."""
    return hmac.compare_digest(stored.encode(), digest(salt, typed).encode())
