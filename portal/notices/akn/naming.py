"""Identifiers of parts by the naming convention: `art_5__para_2__point_a`."""

from collections.abc import Iterable

from portal.notices.akn.names import SHORT, WHOLE
from portal.notices.body import Kind, Part
from portal.text import slug


def eids(parts: Iterable[Part]) -> dict[str, str]:
    """Anchor → `eId`, unique in the document: a number that comes again gets `_2`, as its anchor gets `-lan-2`."""
    found: dict[str, str] = {}
    used: dict[str, int] = {}
    above: list[Part] = []
    for part in parts:
        while above and above[-1].level >= part.level:
            above.pop()
        found[part.anchor] = _unique(_wanted(part, above, found), used)
        above.append(part)
    return found


def _wanted(part: Part, above: list[Part], found: dict[str, str]) -> str:
    number = slug(part.number.replace("đ", "dd").replace(".", "-"), empty="") if part.number else ""
    own = "_".join(filter(None, (SHORT[part.kind], number)))
    if not above:
        return own
    if part.kind not in WHOLE:
        return f"{found[above[-1].anchor]}__{own}"
    return f"{found[above[0].anchor]}__{own}" if above[0].kind is Kind.ANNEX else own


def _unique(wanted: str, used: dict[str, int]) -> str:
    times = used[wanted] = used.get(wanted, 0) + 1
    return wanted if times == 1 else _unique(f"{wanted}_{times}", used)
