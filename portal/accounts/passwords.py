"""Passwords: hashing (argon2id) and the rule that a guessable one is refused (NIST SP 800-63B, 3.1.1.2).

Length and a list of what attackers try first; no rules about capitals, digits and signs, and no forced changes.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.accounts.errors import WeakPassword
from portal.request import _
from portal.text.fold import fold

SHORTEST = 12
LONGEST = 256
ENOUGH = 8
"""What must remain of a password when every guessable stretch in it counts as one character."""

HASHER = PasswordHasher()
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)
_LOOKALIKES = str.maketrans("@4$5!1037", "aassiioet")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)?\d\d")
_REPEATED = re.compile(r"(.{1,4}?)\1{2,}")


def hashed(password: str) -> str:
    """The argon2id hash to store; parameters and salt stand in it."""
    return HASHER.hash(_typed(password))


def verify(stored: str | None, password: str) -> bool:
    """Whether `password` is the one behind `stored`.

    Works as long for None (nobody has this e-mail, or no password was chosen yet) as for a real hash, so that
    the time of an answer tells nothing.
    """
    typed = _typed(password)
    possible = stored is not None and len(typed) <= LONGEST
    try:
        HASHER.verify(stored if possible and stored else _nobodys(), typed[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return possible


def outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's and should be made again."""
    return HASHER.check_needs_rehash(stored)


@cache
def _nobodys() -> str:
    return HASHER.hash("mật khẩu không của ai")


def _typed(password: str) -> str:
    """One form for the same text typed with different Vietnamese keyboards (NFC or NFD)."""
    return unicodedata.normalize("NFKC", password)


def require_strong(password: str, *, personal: Iterable[str] = ()) -> None:
    """Raise `WeakPassword`, saying why, for a password that is short or that somebody could guess.

    `personal`: texts about the person (e-mail, name, unit); parts of them count as guessable.
    """
    typed = _typed(password)
    if len(typed) < SHORTEST:
        raise WeakPassword(
            _(
                "Mật khẩu cần ít nhất ${n} ký tự. Một câu ngắn dễ nhớ, có dấu cách, là mật khẩu tốt.",
                mapping={"n": SHORTEST},
            )
        )
    if len(typed) > LONGEST:
        raise WeakPassword(_("Mật khẩu dài quá ${n} ký tự. Hãy chọn câu ngắn hơn.", mapping={"n": LONGEST}))
    if min(len(_essence(text, personal)) for text in (typed, typed.translate(_LOOKALIKES))) < ENOUGH:
        raise WeakPassword(
            _(
                "Mật khẩu này dễ đoán vì gồm từ phổ biến, dãy phím, ngày tháng, hoặc tên và địa chỉ thư của bạn. "
                "Hãy chọn một câu gồm vài từ không liên quan đến nhau."
            )
        )


def _essence(password: str, personal: Iterable[str]) -> str:
    """The password with each guessable stretch replaced by one character."""
    text = re.sub(r"[\W_]+", "", fold(password))
    if not text:  # signs only: nothing to compare with words
        text = "".join(dict.fromkeys(password))
    for word in sorted(common() | _words_of(personal), key=len, reverse=True):
        text = text.replace(word, "\0")
    text = _YEAR.sub("\1", _DAY.sub("\1", text))
    text = _without_runs(text)
    return _REPEATED.sub("\3", text)


def _without_runs(text: str) -> str:
    kept, start = [], 0
    while start < len(text):
        length = _run_at(text, start)
        kept.append("\2" if length > 1 else text[start])
        start += length
    return "".join(kept)


def _run_at(text: str, start: int) -> int:
    """The length of the keyboard or alphabet run that begins here, if it has at least three characters; else 1."""
    longest = 1
    for run in _RUNS:
        for line in (run, run[::-1]):
            end = start + 3
            while end <= len(text) and text[start:end] in line:
                longest, end = end - start, end + 1
    return longest


def _words_of(personal: Iterable[str]) -> set[str]:
    words: set[str] = set()
    for text in personal:
        pieces = re.split(r"[\W_]+", fold(text))
        words.update(piece for piece in pieces if len(piece) >= 4)
        words.add("".join(pieces))
        words.add("".join(re.split(r"[\W_]+", fold(text.split("@")[0]))))
    return {word for word in words if len(word) >= 4}


@cache
def common() -> frozenset[str]:
    """Words and passwords that attackers try first, Vietnamese ones included, without accents and spaces."""
    text = files("portal.accounts").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
