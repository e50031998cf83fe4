"""Fields of Word: codes that Word replaces by a page number, a link, a table of contents."""

import re
from dataclasses import dataclass, field

_QUOTED = re.compile(r'"([^"]*)"|(\S+)')
_DROPPED = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "TC", "XE", "TA", "RD", "INDEX", "PRIVATE", "SET", "ASK"}
)
_ADDRESS = re.compile(r"(?:https?://[^\s<>\"]+|mailto:[^\s<>\"]+)\Z", re.IGNORECASE)
_LONGEST_ADDRESS = 2000
_DEEPEST = 50


def safe_address(address: str | None) -> str | None:
    """A web or mail address, None for anything else a link may hold."""
    text = (address or "").strip()
    return text if len(text) <= _LONGEST_ADDRESS and _ADDRESS.match(text) else None


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    has_result: bool = False
    is_dropped: bool = False
    href: str | None = None
    box: str | None = None


class Fields:
    """The open fields at the place where the reader is. `contents` counts tables of contents that were dropped."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._deeper = 0
        self.contents = 0
        self.shows = True
        self.href: str | None = None

    def begin(self, box: str | None = None) -> None:
        """A field opens; `box` is what its checkbox looks like."""
        if len(self._open) >= _DEEPEST:
            self._deeper += 1
            return
        self._open.append(_Field(box=box))
        self._look()

    def code(self, text: str) -> None:
        """A part of its code."""
        if self._open and not self._open[-1].has_result:
            self._open[-1].code.append(text)

    def result(self) -> None:
        """Its code is complete: what follows is what a person sees."""
        if self._open and not self._open[-1].has_result:
            self._read(self._open[-1])
            self._look()

    def end(self) -> str:
        """It closes. Answers what it shows by itself: a checkbox or a symbol."""
        if self._deeper:
            self._deeper -= 1
            return ""
        if not self._open:
            return ""
        closed = self._open.pop()
        own = "" if closed.has_result else _shown(closed)
        if not closed.has_result:
            self._read(closed)
        self._look()
        return own if self.shows else ""

    def end_of_paragraph(self, *, balanced: bool) -> None:
        """A code does not run over paragraphs; in a broken file no field does."""
        while self._open and (not balanced or not self._open[-1].has_result):
            self._open.pop()
        self._deeper = self._deeper if self._open else 0
        self._look()

    def _read(self, opened: _Field) -> None:
        opened.has_result = True
        name, rest = name_and_rest("".join(opened.code))
        opened.is_dropped = name in _DROPPED
        self.contents += name in ("TOC", "INDEX")
        if name == "HYPERLINK":
            opened.href = linked(rest)

    def _look(self) -> None:
        self.shows = all(one.has_result and not one.is_dropped for one in self._open)
        self.href = next((one.href for one in reversed(self._open) if one.href), None)


def name_and_rest(code: str) -> tuple[str, str]:
    """`PAGE \\* MERGEFORMAT` → PAGE and what follows."""
    name, _, rest = code.strip().partition(" ")
    return name.strip("\\").upper(), rest


def is_dropped(code: str) -> bool:
    """Whether the result of a field is no part of the text: page numbers, generated tables."""
    return name_and_rest(code)[0] in _DROPPED


def linked(rest: str) -> str | None:
    """The address in the code of a link; None for one within the paper or an unsafe one."""
    for quoted, bare in _QUOTED.findall(rest):
        if bare.startswith("\\"):
            return None
        return safe_address(quoted or bare)
    return None


def _shown(closed: _Field) -> str:
    name, rest = name_and_rest("".join(closed.code))
    if name == "FORMCHECKBOX":
        return closed.box or "☐"
    if name == "SYMBOL":
        number = rest.split(" ", 1)[0]
        place = int(number, 0) if re.fullmatch(r"0x[0-9a-fA-F]{1,4}|[1-9]\d{0,4}", number) else 0
        return chr(0xF000 + place) if 0 < place < 256 else ""
    return ""
