"""Names of files: safe to show, to save and to put in a header, with their Vietnamese letters."""

import re
import unicodedata
from urllib.parse import quote

from portal.files.errors import NameRefused

LONGEST = 200
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_EXTENSION = re.compile(r"[a-z0-9]{1,10}")


def clean_name(name: str) -> str:
    """`name` without folders, control and invisible characters, in NFC, at most 200 characters, extension kept.

    Raises `NameRefused` when nothing is left or there is no extension.
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    visible = (" " if ch.isspace() else ch for ch in name if ch.isspace() or unicodedata.category(ch)[0] != "C")
    name = _FORBIDDEN.sub("_", " ".join("".join(visible).split())).strip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, _dot, _extension = name.rpartition(".")
    extension = extension_of(name)
    if not stem.strip(". ") or not _EXTENSION.fullmatch(extension):
        raise NameRefused()
    return f"{stem[: LONGEST - len(extension) - 1].rstrip('. ')}.{_extension}"


def extension_of(name: str) -> str:
    """What follows the last dot, in lower case."""
    return name.rpartition(".")[2].casefold()


def disposition(name: str, *, inline: bool) -> str:
    """The value of Content-Disposition (RFC 6266): the whole name, and one in ASCII for old programs."""
    bare = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    ascii_name = re.sub(r"[^A-Za-z0-9._()-]+", "_", "".join(ch for ch in bare if not unicodedata.combining(ch)))
    exact = quote(name, safe="!#$&+-.^_`|~")
    return f"{'inline' if inline else 'attachment'}; filename=\"{ascii_name}\"; filename*=UTF-8''{exact}"


def renamed(name: str, extension: str) -> str:
    """The name with this extension in place of its own."""
    return f"{name.rpartition('.')[0] or name}.{extension}"
