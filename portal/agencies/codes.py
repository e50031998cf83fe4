"""Identification codes of agencies: QĐ 20/2020/QĐ-TTg (`H17.13.05`) and the older QCVN 102:2016 (`000.13.05.H17`).

Both circulate, so both are understood and both are kept (requirements A8-1, A8-2).
"""

import re
from dataclasses import dataclass

LONGEST = 35
"""Characters of a code, dots included (QĐ 20/2020)."""

_LEVEL_1 = re.compile(r"[A-Y]\d{2}\Z")
_OTHER = re.compile(r"Z\d{2}(?:\.?[0-9A-Z]+)*\Z")
_BUSINESS = re.compile(r"\d{10}(?:-?\d{3})?\Z")
_GROUP = re.compile(r"[0-9A-Z]{2,}\Z")
_OLD_WIDTHS = (2, 2, 3)
"""Digits of the levels 2, 3 and 4 in the older form."""


@dataclass(frozen=True, slots=True)
class AgencyCode:
    """A code as its groups, from the whole to the part: ("H17", "13", "05")."""

    groups: tuple[str, ...]

    @property
    def code(self) -> str:
        """The form of QĐ 20/2020, left to right: `H17.13.05`."""
        return ".".join(self.groups)

    @property
    def old_code(self) -> str | None:
        """The form of QCVN 102, right to left, always 13 characters: `000.05.13.H17`.

        None when the code has no such form: other organisations, businesses, or a group that is no number of its width.
        """
        top, *below = self.groups
        if not _LEVEL_1.match(top) or len(below) > len(_OLD_WIDTHS):
            return None
        padded = [*below, *("0" * width for width in _OLD_WIDTHS[len(below) :])]
        if any(not group.isdigit() or len(group) != width for group, width in zip(padded, _OLD_WIDTHS, strict=True)):
            return None
        return ".".join([*reversed(padded), top])

    @property
    def parent(self) -> "AgencyCode | None":
        """The code one level above, None at level 1."""
        return AgencyCode(self.groups[:-1]) if len(self.groups) > 1 else None


def parse_code(text: str) -> AgencyCode | None:
    """The code that the whole text is, in either form and any case; None when it is none."""
    groups = tuple(text.strip().upper().replace(" ", "").split("."))
    plain = ".".join(groups)
    if not plain or len(plain) > LONGEST:
        return None
    if _BUSINESS.match(plain) or _OTHER.match(plain):
        return AgencyCode(groups)
    if len(groups) > 1 and _LEVEL_1.match(groups[-1]) and groups[0].isdigit():
        return _from_old(groups)
    if _LEVEL_1.match(groups[0]) and all(_GROUP.match(group) for group in groups[1:]):
        return AgencyCode(groups)
    return None


def to_code(text: str) -> str | None:
    """Either form as QĐ 20/2020 writes it; None when the text is no code."""
    parsed = parse_code(text)
    return parsed.code if parsed else None


def to_old_code(text: str) -> str | None:
    """Either form as QCVN 102 writes it; None when the text is no code or has no such form."""
    parsed = parse_code(text)
    return parsed.old_code if parsed else None


def _from_old(groups: tuple[str, ...]) -> AgencyCode | None:
    """`28.22.H17` is short for `000.28.22.H17`; groups of zeros at the far end say "no such level"."""
    top, *below = reversed(groups)
    if len(below) > len(_OLD_WIDTHS) or not all(_GROUP.match(group) and group.isdigit() for group in below):
        return None
    while below and set(below[-1]) == {"0"}:
        below.pop()
    return AgencyCode((top, *below))
