"""Addresses that every mail server takes, and how much of one is shown to somebody who looks after the mail."""

import re

from portal.mail.errors import BadAddress

LONGEST, LONGEST_LOCAL = 254, 64
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@({_LABEL}(?:\.{_LABEL})+)")
_SHOWN = 2


def address_of(typed: str) -> str:
    """The address that somebody typed: spaces around it gone, the domain in lower case.

    A dot-atom and a host name (RFC 5321 4.1.2 without quoted names and literals), 254 characters at most. Raises
    `BadAddress`, also for letters outside ASCII (RFC 6531), which many servers do not take yet.
    """
    text = typed.strip()
    found = _ADDRESS.fullmatch(text)
    if found is None or len(text) > LONGEST or len(found[1]) > LONGEST_LOCAL:
        raise BadAddress(text[:LONGEST], foreign=not text.isascii() and text.count("@") == 1)
    return f"{found[1]}@{found[2].lower()}"


def masked(address: str) -> str:
    """Enough to recognise an address that one knows: `nguyenvanan@vidu.gov.vn` → `ng•••@vidu.gov.vn`."""
    local, _at, domain = address.rpartition("@")
    return f"{local[: min(_SHOWN, len(local) - 1)]}•••@{domain}"


def discreet(words: str, address: str) -> str:
    """A server's words, in which it often repeats the address, with the address masked."""
    return re.sub(re.escape(address), lambda _found: masked(address), words, flags=re.IGNORECASE)
