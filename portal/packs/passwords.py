"""Passwords that people can read aloud and type: made-up syllables without letters that look alike."""

import secrets
from collections.abc import Iterable

from portal.accounts.errors import WeakPassword
from portal.accounts.passwords import require_strong

_CONSONANTS, _VOWELS = "bcdghkmnprstvx", "aeiou"


def readable_password(personal: Iterable[str]) -> str:
    """Such as `kemu-tola-ribe-saxo-72`: 55 bits of chance, and strong by the rule for passwords of this person."""
    personal = tuple(personal)
    while True:
        groups = ["".join(_syllable() for _each in range(2)) for _group in range(4)]
        password = f"{'-'.join(groups)}-{secrets.randbelow(90) + 10}"
        try:
            require_strong(password, personal=personal)
        except WeakPassword:
            continue
        return password


def _syllable() -> str:
    return secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS)
