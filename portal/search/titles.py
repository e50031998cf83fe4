"""Titles and numbers as sorted arrays: where each word begins, in the order of what follows it.

One file, read through mmap; at 72,000 titles about 20 MB of it, of which a question touches little. In memory are the
distinct words only.
"""

import json
import mmap
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from portal.search.analysis import fold, tokens
from portal.search.engine import Damaged

STARTS = 12
"""From how many first words of a title it can be found."""
_LONGEST = 40
ANY_ACCENTS = "*"
"""Ends a word of which only the folded form is known: that of a type, whose slug is all that there is."""
DEPTH = 8
"""Words by which beginnings are sorted."""
_MAGIC = b"titles 1\n"
_RANKS = {"con": 0, None: 0, "mot-phan": 1}

Array = NDArray[Any]


class Row(NamedTuple):
    """What is kept of a document."""

    uid: str
    title: str
    number: str | None
    path: str
    kind: str
    rank: int
    """0 in force, 1 partly, 2 not."""
    day: int
    """Of issue, as yyyymmdd; 0 when unknown."""


class Titles:
    """Sorted word starts. Words are numbered from 1 in the order of their folded forms; 0 ends a title.

    `words`: numbers of all words of all titles; `starts`: places in `words`, sorted; `rows`, `places`: for each start
    its document and whether it is the first, second … word; `folds`: word → folded word.
    """

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self.words, self.starts, self.places = arrays["words"], arrays["starts"], arrays["places"]
        self.rows, self.folds = arrays["rows"], arrays["folds"]
        self._texts, self._ends = arrays["texts"], arrays["ends"]
        self.exact = _text(arrays["exact"]).split("\n")
        self.folded = _text(arrays["folded"]).split("\n")
        first = np.searchsorted(self.folds, np.arange(len(self.folded) + 1))
        self.first_exact: list[int] = first.tolist()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def row(self, number: int) -> Row:
        return Row(*json.loads(_text(self._texts[int(self._ends[number]) : int(self._ends[number + 1])])))

    def folded_from(self, word: str, *, whole: bool) -> tuple[int, int]:
        """Numbers of the folded words that begin so, or of this very one."""
        first = bisect_left(self.folded, word)
        if whole:
            return first, first + (self.folded[first : first + 1] == [word])
        return first, bisect_left(self.folded, word + "\U0010ffff")

    def narrowed(self, within: tuple[int, int], depth: int, words: tuple[int, int]) -> tuple[int, int]:
        """Of a range of starts that part whose word at this depth is one of these; `depth` < `DEPTH`."""
        first = bisect_left(self.starts, words[0], *within, key=lambda start: self.folds[self.words[start + depth]])
        last = bisect_left(self.starts, words[1], first, within[1], key=lambda at: self.folds[self.words[at + depth]])
        return first, last

    @classmethod
    def of(cls, heads: Iterable[Mapping[str, Any]]) -> Self:
        """In memory, from the briefs of documents."""
        return cls(_arrays(heads))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Of a file that `write` made. Raises `Damaged`."""
        try:
            with path.open("rb") as file:
                whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            size = int.from_bytes(whole[len(_MAGIC) : len(_MAGIC) + 8], "little")
            begin = len(_MAGIC) + 8
            if bytes(whole[: len(_MAGIC)]) != _MAGIC:
                raise Damaged(str(path))
            sections = json.loads(bytes(whole[begin : begin + size]))
            return cls({name: np.frombuffer(whole, kind, count, at) for name, (kind, count, at) in sections.items()})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Damaged(f"{path}: {error}") from error


def write(path: Path, heads: Iterable[Mapping[str, Any]]) -> None:
    """The file of these documents, put in the place of an older one at once."""
    arrays = _arrays(heads)
    sections: dict[str, tuple[str, int, int]] = {}
    room = 1024
    at = len(_MAGIC) + 8 + room
    for name, array in arrays.items():
        at += -at % 8
        sections[name] = (array.dtype.str, len(array), at)
        at += array.nbytes
    header = json.dumps(sections).encode().ljust(room)
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as file:
        file.write(_MAGIC + len(header).to_bytes(8, "little") + header)
        for name, array in arrays.items():
            file.write(b"\0" * (sections[name][2] - file.tell()))
            file.write(array.tobytes())
    beside.replace(path)


def words_of(text: str) -> list[str]:
    """Its canonical syllables, numbers without leading zeros."""
    return [token.lstrip("0") or "0" if token.isdigit() else token for token in tokens(text)]


def row_of(brief: Mapping[str, Any]) -> Row:
    return Row(
        brief["uid"],
        brief["title"],
        brief.get("number"),
        brief["path"],
        brief["kind"],
        _RANKS.get(brief.get("effect"), 2),
        int((brief.get("issued_on") or "0").replace("-", "")),
    )


def _arrays(heads: Iterable[Mapping[str, Any]]) -> dict[str, Array]:
    found = [(row_of(brief), brief.get("type") or "") for brief in heads]
    found.sort(key=lambda one: (one[0].rank, -one[0].day, one[0].uid))
    said: list[list[str]] = []
    owners: list[int] = []
    counts: list[int] = []
    seen: set[tuple[str, ...]] = set()

    def say(words: list[str], number: int, starts: int = STARTS) -> None:
        said.append(words[:_LONGEST])
        owners.append(number)
        counts.append(min(len(said[-1]), starts))

    for number, (row, type_) in enumerate(found):
        title, kind = words_of(row.title), words_of(type_)
        of_type = [word + ANY_ACCENTS for word in kind]
        if (key := tuple(title)) not in seen:
            seen.add(key)
            say(title, number)
        if kind and title and list(map(fold, title[: len(kind)])) != kind and (key := (*of_type, *title)) not in seen:
            seen.add(key)
            say([*of_type, *title], number, 1)
        if row.number:
            say([*of_type, *words_of(row.number)], number)
    exact = sorted({word for words in said for word in words}, key=lambda word: (fold(word), word))
    folded = sorted({fold(word) for word in exact})
    number_of = {word: number for number, word in enumerate(exact, 1)}
    folded_number = {word: number for number, word in enumerate(folded, 1)}
    folds = np.array([0, *(folded_number[fold(word)] for word in exact)], np.uint32)
    numbers = [*chain.from_iterable([*(number_of[word] for word in words), 0] for words in said), *[0] * _LONGEST]
    words_array = np.array(numbers, np.uint32)
    begins = np.cumsum([0, *(len(words) + 1 for words in said)])[:-1]
    times = np.array(counts, np.int64)
    places = np.concatenate([np.arange(count) for count in counts] or [np.empty(0, np.int64)])
    starts = np.repeat(begins, times) + places
    rows = np.repeat(np.array(owners, np.int64), times)
    at_depth = [folds[words_array[starts + depth]] for depth in reversed(range(DEPTH))]
    order = np.lexsort([rows, *at_depth])
    texts = [json.dumps(row, ensure_ascii=False).encode() for row, _ in found]
    return {
        "words": words_array,
        "folds": folds,
        "starts": starts[order].astype(np.uint32),
        "rows": rows[order].astype(np.uint32),
        "places": places[order].astype(np.uint8),
        "ends": np.cumsum([0, *map(len, texts)]).astype(np.uint64),
        "texts": _bytes(b"".join(texts)),
        "exact": _bytes("\n".join(["", *exact]).encode()),
        "folded": _bytes("\n".join(["", *folded]).encode()),
    }


def _bytes(text: bytes) -> Array:
    return np.frombuffer(text, np.uint8)


def _text(array: Array) -> str:
    return bytes(array).decode()
