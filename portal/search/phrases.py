"""Phrases on the stored texts: neighbour pairs in the index say where one may stand, the text says where it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.search.analysis import fold, has_marks, tokens
from portal.search.engine import Candidate, Plan, Searcher
from portal.search.query.asked import Asked, Words

MOST = 200
"""Units that are read at most."""
FIRST = 60
"""Of more, how many of the best."""
STORED = 40_000
"""Characters of a text from which on it may have been cut when it was stored (`units`)."""


def needs_reading(asked: Asked) -> bool:
    """Whether a phrase says more than the index knows: three syllables or more, or accents that must be neighbours."""
    return any(len(phrase) > 2 or (len(phrase) == 2 and any(map(has_marks, phrase))) for phrase in asked.phrases)


@dataclass(frozen=True, slots=True)
class Read:
    """What reading the texts told."""

    kept: frozenset[int] | None = None
    """The only documents that hold the phrases, when all that might were read; None: as the index says."""
    briefs: tuple[Mapping[str, Any], ...] = ()
    """Of the kept ones, whatever the limits."""
    first: frozenset[int] = frozenset()
    """When not all could be read: those that are sure, to be shown first."""

    def keeps(self, group: int) -> bool:
        """Whether this document may be shown."""
        return self.kept is None or group in self.kept


def read(asked: Asked, plan: Plan, searcher: Searcher) -> Read:
    """Look for the phrases in the texts.

    Up to `MOST` units that may hold them (whatever the limits) all are read, and total, facets and results are those
    of the documents that do. With more, a document counts when it has the neighbour pairs of each phrase, and of the
    best ones those come first that hold the whole.
    """
    if not needs_reading(asked):
        return Read()
    candidates = searcher.top(replace(plan, limits={}, days=None), MOST + 1)
    if len(candidates) > MOST:
        return Read(first=frozenset(groups_with_phrases(asked, searcher.top(plan, FIRST), searcher)))
    kept = groups_with_phrases(asked, candidates, searcher)
    if plan.excluded:
        kept &= {one.group for one in candidates if one.head}
    if kept == {one.group for one in candidates}:
        return Read()
    one_each = {one.group: one.ref for one in candidates if one.group in kept}
    return Read(frozenset(kept), tuple(searcher.briefs(list(one_each.values()))))


def groups_with_phrases(asked: Asked, candidates: Sequence[Candidate], searcher: Searcher) -> set[int]:
    """The documents in which, together, every phrase stands just so; candidates are units that hold its pairs."""
    refs = [candidate.ref for candidate in candidates]
    wanted = [(phrase, tuple(map(fold, phrase))) for phrase in asked.phrases]
    missing: dict[int, list[tuple[Words, Words]]] = {}
    for candidate, brief, text in zip(candidates, searcher.briefs(refs), searcher.texts(refs), strict=True):
        left = missing.setdefault(candidate.group, wanted)
        if left:
            missing[candidate.group] = _not_in(left, brief, text)
    return {group for group, left in missing.items() if not left}


def _not_in(wanted: Sequence[tuple[Words, Words]], brief: Mapping[str, Any], text: str) -> list[tuple[Words, Words]]:
    if len(text) >= STORED:
        return []
    left = list(wanted)
    for part in (brief["title"], brief["heading"], brief["number"], brief["issuer_name"], text):
        if part and left:
            words = tokens(part)
            folded = [fold(word) for word in words]
            left = [(phrase, plain) for phrase, plain in left if not _stands(phrase, plain, words, folded)]
    return left


def _stands(phrase: Words, plain: Words, words: Sequence[str], folded: Sequence[str]) -> bool:
    """Whether the phrase stands in the words; syllables typed without accents may have any."""
    first, length, start = plain[0], len(plain), 0
    while True:
        try:
            start = folded.index(first, start)
        except ValueError:
            return False
        if tuple(folded[start : start + length]) == plain and all(
            not has_marks(asked) or asked == word
            for asked, word in zip(phrase, words[start : start + length], strict=True)
        ):
            return True
        start += 1
