"""What a reader may mean while still typing: titles of documents, by any of their first words, and numbers.

Beside an index lie `titles`, the sorted file of all of its documents, and `changes`, what was published, changed and
withdrawn since: a title that is gone is not suggested, a new one is, without sorting everything again.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from portal.search.analysis import Span, has_marks, spans
from portal.search.engine import Damaged
from portal.search.titles import ANY_ACCENTS, DEPTH, Row, Titles, words_of, write
from portal.text import fold as folded_text
from portal.text import normal

_CONSIDERED = 32
_MOST_WORDS = 16
_LONGEST = 500
_NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A document to go to."""

    title: str
    number: str | None
    path: str
    kind: str


class _Asked(NamedTuple):
    """A word typed. `whole`: it is ended; else one of `beginnings` is how its accents begin."""

    exact: str
    folded: str
    whole: bool
    beginnings: tuple[str, ...]


class _Found(NamedTuple):
    """`other_accents`: how many words have other accents than typed; `inner`: whether the title begins otherwise."""

    other_accents: int
    inner: int
    row: Row


class Suggestions:
    """The suggestions of one generation of an index, for any number of threads; follows its files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded = self._load(None)

    @classmethod
    def build(cls, heads: Iterable[Mapping[str, Any]], folder: Path) -> "Suggestions":
        """Write the files anew from the briefs of all heads, some seconds for a large index."""
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / "titles", heads)
        (folder / "changes").unlink(missing_ok=True)
        return cls(folder)

    @classmethod
    def open(cls, folder: Path) -> "Suggestions":
        """Those that `build` wrote. Raises `Damaged`, also when there are none."""
        return cls(folder)

    @staticmethod
    def change(folder: Path, gone: Collection[str], heads: Iterable[Mapping[str, Any]]) -> int:
        """Note that these documents are gone and these are there now (old or new); how many changes are noted.

        For one writer at a time. From some hundreds on `build` should be called.
        """
        noted = _changes(folder)
        noted.update(dict.fromkeys(gone))
        noted.update({brief["uid"]: dict(brief) for brief in heads})
        beside = folder / "changes.new"
        beside.write_text(json.dumps(noted, ensure_ascii=False), encoding="utf-8")
        beside.replace(folder / "changes")
        return len(noted)

    def find(self, typed: str, limit: int = 8) -> list[Suggestion]:
        """Documents whose title, from one of its first 12 words on, or number begins like what was typed."""
        words = list(spans(typed)) if len(typed) <= _LONGEST else []
        if not words or len(words) > _MOST_WORDS:
            return []
        plain = _without_prefixes(words)
        return self._of(typed, words, limit) or (self._of(typed, plain, limit) if len(plain) < len(words) else [])

    def _of(self, typed: str, words: list[Span], limit: int) -> list[Suggestion]:
        loaded = self._fresh()
        found = [one for one in _matching(loaded.titles, typed, words) if one.row.uid not in loaded.hidden]
        found = sorted([*found, *_matching(loaded.changed, typed, words)], key=_order)
        by_title: dict[str, Suggestion] = {}
        for one in found:
            row = one.row
            key = " ".join(words_of(row.title))
            by_title.setdefault(key, Suggestion(row.title or row.number or row.path, row.number, row.path, row.kind))
            if len(by_title) == limit:
                break
        return list(by_title.values())

    def _fresh(self) -> "_Loaded":
        """As the files are now; as they were when they cannot be read."""
        with suppress(Damaged, OSError):
            self._loaded = self._load(self._loaded)
        return self._loaded

    def _load(self, before: "_Loaded | None") -> "_Loaded":
        of_titles, of_changes = _stamp(self._folder / "titles"), _stamp(self._folder / "changes")
        if before and (before.of_titles, before.of_changes) == (of_titles, of_changes):
            return before
        same = before is not None and before.of_titles == of_titles
        titles = before.titles if before and same else Titles.open(self._folder / "titles")
        noted = _changes(self._folder)
        changed = Titles.of(brief for brief in noted.values() if brief is not None)
        return _Loaded(of_titles, of_changes, titles, changed, frozenset(noted))


@dataclass(frozen=True, slots=True)
class _Loaded:
    of_titles: tuple[int, int] | None
    of_changes: tuple[int, int] | None
    titles: Titles
    changed: Titles
    hidden: frozenset[str]


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def _changes(folder: Path) -> dict[str, Any]:
    try:
        noted: dict[str, Any] = json.loads((folder / "changes").read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise Damaged(f"{folder}: {error}") from error
    return noted


def _without_prefixes(words: list[Span]) -> list[Span]:
    """Without "số" before a number, which is no part of it."""
    behind = [word.folded[0].isdigit() for word in words[1:]]
    return [word for word, number in zip(words, [*behind, False], strict=True) if not (number and word.folded == "so")]


def _matching(titles: Titles, typed: str, words: list[Span]) -> list[_Found]:
    """The best starts among those that begin like what was typed.

    "ky" may be all of "kỹ", whose key is "ki", but is no beginning of "kiểm".
    """
    ended = bool(typed[words[-1].end :])
    asked = [_Asked(words_of(word.exact)[0], words_of(word.folded)[0], True, ()) for word in words]
    if ended:
        return _best(titles, asked)
    raw = normal(typed[words[-1].start :]).lower()
    last = asked[-1]
    begun = _Asked(last.exact, folded_text(raw), False, (last.exact, raw))
    also = last if last.folded.endswith("i") else begun._replace(folded=last.folded)
    found: dict[str, _Found] = {}
    for ending in [begun] if begun.folded == last.folded else [begun, also]:
        for one in _best(titles, [*asked[:-1], ending]):
            found[one.row.uid] = min(found.get(one.row.uid, one), one, key=_order)
    return list(found.values())


def _best(titles: Titles, asked: list[_Asked]) -> list[_Found]:
    within = (0, len(titles.starts))
    ranges = []
    for depth, word in enumerate(asked):
        ranges.append(titles.folded_from(word.folded, whole=word.whole))
        if depth < DEPTH:
            within = titles.narrowed(within, depth, ranges[-1])
        if within[0] == within[1] or ranges[-1][0] == ranges[-1][1]:
            return []
    starts = titles.starts[slice(*within)].astype(np.int64)
    rows, places = titles.rows[slice(*within)], titles.places[slice(*within)]
    fits = np.ones(len(starts), bool)
    other = np.zeros(len(starts), np.int64)
    for depth, (word, (first, behind)) in enumerate(zip(asked, ranges, strict=True)):
        here = titles.words[starts + depth]
        if depth >= DEPTH:
            fits &= (titles.folds[here] >= first) & (titles.folds[here] < behind)
        if has_marks(word.exact):
            typed = list(_as_typed(titles, word, (first, behind)))
            other += here != typed[0] if len(typed) == 1 else ~np.isin(here, typed)
    key = (other << 41) + ((places > 0).astype(np.int64) << 40) + rows
    key[~fits] = _NEVER
    order = np.argpartition(key, _CONSIDERED)[:_CONSIDERED] if len(key) > _CONSIDERED else np.arange(len(key))
    return [
        _Found(int(other[place]), int(places[place] > 0), titles.row(int(rows[place])))
        for place in order[np.argsort(key[order])]
        if fits[place]
    ]


def _as_typed(titles: Titles, word: _Asked, folded: tuple[int, int]) -> Iterator[int]:
    """Numbers of the words with these folded forms that have the accents typed."""
    for number in range(titles.first_exact[folded[0]], titles.first_exact[folded[1]]):
        exact = titles.exact[number]
        if exact.endswith(ANY_ACCENTS) or (exact == word.exact if word.whole else exact.startswith(word.beginnings)):
            yield number


def _order(found: _Found) -> tuple[int, int, int, int, str]:
    """Accents as typed, from the first word on, in force, newest."""
    return found.other_accents, found.inner, found.row.rank, -found.row.day, found.row.uid
