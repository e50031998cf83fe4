"""Two editions compared word by word, field by field. Linear in practice: paragraphs first, words where they differ."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from translationstring import TranslationString

from portal.publishing.diff import changes
from portal.publishing.kinds import Data, Kind
from portal.publishing.models import Edition

WORDS = re.compile(r"\s+|[^\s\w]|\w+", re.UNICODE)
LONGEST = 4000
"""Words of one changed passage that are compared word by word; a longer one is shown as replaced whole."""


class Op(StrEnum):
    """What happened to a run of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    """A stretch of text that is the same, was added or was removed."""

    op: Op
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One field: its runs in order; `paragraphs` for the page: unchanged ones far from a change are left out."""

    label: TranslationString
    language: str
    paragraphs: list[list[Run]]
    hidden: int
    """How many unchanged paragraphs are not shown."""


def compare(kind: Kind, older: Edition, newer: Edition) -> list[FieldChange]:
    """Every field that differs, in the order of reading. Empty when both say the same."""
    return compare_data(kind, older.data, newer.data)


def compare_data(kind: Kind, older: Data, newer: Data) -> list[FieldChange]:
    """The same for data that are not stored (yet). What is in the older one alone comes last."""
    before, after = _described(kind, older), _described(kind, newer)
    found = []
    for name in (*after, *(name for name in before if name not in after)):
        label, language, _text = after.get(name) or before[name]
        old, new = (side[name][2] if name in side else "" for side in (before, after))
        if old != new:
            found.append(_field(label, language, old, new))
    return found


def _described(kind: Kind, data: Data) -> dict[str, tuple[TranslationString, str, str]]:
    """Label, language and text by the label as it reads: the same words may stand for several parts, each named."""
    return {
        label.interpolate(): (label, language[0] if language else "vi", text)
        for label, text, *language in kind.describe(data)
    }


def _field(label: TranslationString, language: str, before: str, after: str) -> FieldChange:
    paragraphs: list[list[Run]] = []
    hidden = 0
    old, new = before.split("\n"), after.split("\n")
    for op, i1, i2, j1, j2 in changes(old, new):
        if op == "equal":
            kept = old[i1:i2] if i2 - i1 <= 2 else [old[i1], old[i2 - 1]]
            hidden += (i2 - i1) - len(kept)
            paragraphs += [[Run(Op.SAME, text)] for text in kept]
        elif op == "replace":
            paragraphs.append(list(words("\n".join(old[i1:i2]), "\n".join(new[j1:j2]))))
        elif op == "delete":
            paragraphs += [[Run(Op.REMOVED, text)] for text in old[i1:i2]]
        else:
            paragraphs += [[Run(Op.ADDED, text)] for text in new[j1:j2]]
    return FieldChange(label, language, paragraphs, hidden)


def words(before: str, after: str) -> Iterator[Run]:
    """The runs that lead from `before` to `after`; joined, SAME and REMOVED give `before`, SAME and ADDED `after`."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) > LONGEST or len(new) > LONGEST:
        yield from (Run(op, text) for op, text in ((Op.REMOVED, before), (Op.ADDED, after)) if text)
        return
    for op, i1, i2, j1, j2 in changes(old, new):
        if op == "equal":
            yield Run(Op.SAME, "".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Run(Op.REMOVED, "".join(old[i1:i2]))
        if j2 > j1:
            yield Run(Op.ADDED, "".join(new[j1:j2]))
