"""What editors maintain, as questions use it: synonyms and best bets, kept per process and read anew when they change.

Whether they changed says one small row, the `stamp`; it is asked for at most once a second.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import unquote
from uuid import uuid4
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.db import insert_into
from portal.request import PREFIXES
from portal.search.analysis import fold, tokens
from portal.search.documents import searchables
from portal.search.everyday import AMBIGUOUS, COMMON
from portal.search.models import BestBet, SearchSetting, Synonym
from portal.search.query.synonyms import NONE, Synonyms

__all__ = ["NONE", "Bet", "best_bets", "changed", "key_of", "synonym_groups", "synonyms"]

STAMP = "maintained"
EVERY = 1.0
"""Seconds for which a process does not ask again."""
LONGEST = 600.0
"""Seconds after which it reads anew in any case: the register changes without a stamp."""
SHORTEST_NAME = 3
"""Letters of an agency's abbreviation that is used by itself; shorter ones stand for too much."""


@dataclass(frozen=True, slots=True)
class Bet:
    """What stands above all results of certain queries, on certain days."""

    keys: frozenset[str]
    title: str
    url: str
    text: str | None
    starts_on: date | None
    ends_on: date | None

    def holds(self, key: str, day: date) -> bool:
        """Whether it is meant for this query on this day; both of its days count."""
        begun = self.starts_on is None or self.starts_on <= day
        return key in self.keys and begun and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: str
    asked: float
    read: float
    groups: tuple[tuple[str, ...], ...]
    synonyms: Synonyms
    bets: tuple[Bet, ...]


_kept: WeakKeyDictionary[Any, _Kept] = WeakKeyDictionary()
_lock = threading.Lock()


def synonym_groups(db: Session) -> list[list[str]]:
    """The groups of spellings in use, as written, and those of the register of agencies."""
    return [list(group) for group in _now(db).groups]


def synonyms(db: Session) -> Synonyms:
    """The same, ready to be looked up."""
    return _now(db).synonyms


def best_bets(db: Session, query: str, day: date) -> list[Bet]:
    """What editors put above the results of this query, in any spelling; never an address that is not public now."""
    bets = _now(db).bets
    key = key_of(query) if bets else ""
    return [bet for bet in bets if key and bet.holds(key, day) and not is_gone(db, bet.url)]


def stamp(db: Session) -> str:
    """Another one after every change of synonyms or best bets."""
    return _now(db).stamp


def is_gone(db: Session, path: str) -> bool:
    """Whether the address, or the nearest one above it that is an item's, belongs to one that is not public now."""
    for address in _items_at(path):
        known = [each.shows(db, address) for each in searchables().values()]
        if True in known or False in known:
            return False in known
    return False


def _items_at(path: str) -> Iterator[str]:
    """Addresses that an item may have whose page, file (`….pdf`) or part this is, in whatever language."""
    plain = unquote(path.partition("#")[0].partition("?")[0])
    for prefix in PREFIXES:
        if f"{plain}/".startswith(f"{prefix}/"):
            plain = plain.removeprefix(prefix)
    parts = plain.split("/")
    for length in range(len(parts), 1, -1):
        above, last = "/".join(parts[: length - 1]), parts[length - 1]
        yield from dict.fromkeys(f"{above}/{name}" for name in (last, last.partition(".")[0]))


def key_of(query: str) -> str:
    """A query without accents, case, signs and other spellings: equal ones have the same key."""
    return " ".join(fold(token) for token in tokens(query))


def changed(db: Session) -> None:
    """Say that synonyms or best bets are changed by this transaction; every process reads them anew."""
    value = {"stamp": str(uuid4())}
    new = insert_into(db, SearchSetting).values(name=STAMP, value=value)
    db.execute(new.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
    with _lock:
        _kept.clear()


def _now(db: Session) -> _Kept:
    bind, moment = db.get_bind(), time.monotonic()
    with _lock:
        kept = _kept.get(bind)
    if kept is not None and moment - kept.asked < EVERY:
        return kept
    stamp = _stamp(db)  # before the rows: if they are newer, the next stamp differs
    if kept is not None and kept.stamp == stamp and moment - kept.read < LONGEST:
        kept = replace(kept, asked=moment)
    else:
        kept = _read(db, stamp, moment)
    with _lock:
        _kept[bind] = kept
    return kept


def _stamp(db: Session) -> str:
    value = db.scalar(select(SearchSetting.value).where(SearchSetting.name == STAMP))
    return str(value["stamp"]) if value else ""


def _read(db: Session, stamp: str, moment: float) -> _Kept:
    terms = select(Synonym.terms).where(Synonym.active.is_(True)).order_by(Synonym.id)
    groups = tuple(tuple(group) for group in [*db.scalars(terms), *register_groups(db)])
    rows = db.scalars(select(BestBet).order_by(BestBet.id))
    return _Kept(stamp, moment, moment, groups, Synonyms.of(groups), tuple(_bet(row) for row in rows))


def register_groups(db: Session) -> list[list[str]]:
    """Names of the agencies of the register with their abbreviations and short names, where these mean one agency."""
    rows = db.execute(select(Agency.name, Agency.short_name, Agency.abbreviation).order_by(Agency.id)).all()
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for name, *others in rows:
        for other in filter(None, others):
            bearers[key_of(other)].add(key_of(name))
    groups = ([name, *(o for o in others if o and _is_clear(o, name, bearers[key_of(o)]))] for name, *others in rows)
    return [list(group) for group in dict.fromkeys(tuple(dict.fromkeys(group)) for group in groups) if len(group) > 1]


def _is_clear(other: str, name: str, bearers: set[str]) -> bool:
    key = key_of(other)
    is_unclear = " " not in key and (len(key) < SHORTEST_NAME or key in AMBIGUOUS or key in COMMON)
    is_itself_long = key.count(" ") > 2  # "UBND tỉnh …" is its name with UBND in it, which has a group of its own
    return len(bearers) == 1 and not is_unclear and not is_itself_long and key != key_of(name)


def _bet(row: BestBet) -> Bet:
    keys: Sequence[str] = [key_of(query) for query in row.queries]
    return Bet(frozenset(filter(None, keys)), row.title, row.url, row.text, row.starts_on, row.ends_on)
