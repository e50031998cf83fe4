"""Parts of addresses made from Vietnamese titles (requirement C-12)."""

import re
from collections.abc import Callable
from itertools import count

from portal.text.fold import fold

_OTHERS = re.compile("[^a-z0-9]+")


def slug(text: str, *, longest: int = 80, empty: str = "muc") -> str:
    """Lower-case ASCII letters, digits and single hyphens, cut at a word; `empty` when nothing is left."""
    words = _OTHERS.sub("-", fold(text)).strip("-")
    if len(words) > longest:
        cut = words.rfind("-", 0, longest + 1)
        words = words[: cut if cut > 0 else longest].strip("-")
    return words or empty


def free_slug(text: str, taken: Callable[[str], bool], *, longest: int = 80, empty: str = "muc") -> str:
    """A slug that is not `taken`: the plain one, else with -2, -3 … ("Hòa Bình" beside "Hoa Binh")."""
    first = slug(text, longest=longest, empty=empty)
    if not taken(first):
        return first
    for number in count(2):
        ending = f"-{number}"
        candidate = slug(first, longest=longest - len(ending), empty=empty) + ending
        if not taken(candidate):
            return candidate
    raise AssertionError("count never ends")
