"""Search answers kept ready: what was asked before is answered without searching while nothing it rests on has changed.

The same answer has the same entity tag in every process, whatever time it took.
"""

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import orjson

from portal import clock
from portal.request import Request
from portal.search import maintaining
from portal.search.engine import Searcher
from portal.search.spelling import Speller

LARGEST = 6 * 1024 * 1024
"""Bytes of all answers that are kept; a page of ten results has about 12 KB."""
_TOOK = b'"took_ms":'
"""Within a JSON string its quotes would be escaped, so this stands for the key alone."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with its tag; `before` and `after` are its JSON on both sides of the time that it took."""

    tag: str
    before: bytes
    after: bytes

    @property
    def size(self) -> int:
        return len(self.before) + len(self.after)

    def body(self, took_ms: float) -> bytes:
        """The answer as sent to somebody who waited so long."""
        return b"%b%b%b" % (self.before, orjson.dumps(took_ms), self.after)


class Answers:
    """The latest answers by what they depend on, the least used dropped first. Safe for threads."""

    def __init__(self, limit: int = LARGEST) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[tuple[Any, ...], Kept] = OrderedDict()
        self._numbers: WeakKeyDictionary[Any, int] = WeakKeyDictionary()
        self._next = count(1)
        self._lock = Lock()

    def basis(self, request: Request, searcher: Searcher, speller: Speller | None) -> tuple[Any, ...]:
        """What the answer depends on: the snapshot of the index, who proposes spellings, what editors maintain, the
        day, the question."""
        proposing = (self._number(speller), speller.has_learned) if speller is not None else None
        stamp, day = maintaining.stamp(request.db), clock.today(request.at)
        return self._number(searcher), proposing, stamp, day, request.script_name, request.query_string

    def _number(self, thing: Any) -> int:
        """A number of its own for each object, also after an earlier one has gone."""
        with self._lock:
            return self._numbers.get(thing) or self._numbers.setdefault(thing, next(self._next))

    def known(self, basis: tuple[Any, ...]) -> Kept | None:
        """The answer that was given on this basis."""
        with self._lock:
            kept = self._kept.get(basis)
            if kept is not None:
                self._kept.move_to_end(basis)
            return kept

    def keep(self, basis: tuple[Any, ...], answer: dict[str, Any]) -> Kept:
        """This answer, kept for whoever asks again."""
        tag = blake2b(orjson.dumps({**answer, "took_ms": None}), digest_size=12).hexdigest()
        before, took, rest = orjson.dumps(answer).partition(_TOOK)
        kept = Kept(tag, before + took, rest[rest.index(b",") :])
        with self._lock:
            if basis not in self._kept:
                self.size += kept.size
                self._kept[basis] = kept
            while self.size > self.limit:
                self.size -= self._kept.popitem(last=False)[1].size
        return kept
