"""The register of agencies as data files, without a database: for reading papers and for filling the tables.

A folder holds `agencies.csv`, `successions.csv`, `aliases.csv` and `fields.csv` (described in its README).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path

from portal.agencies.codes import to_code, to_old_code
from portal.agencies.files import BadRegister, Row, read_rows
from portal.agencies.kinds import Evidence, Kind
from portal.agencies.names import folded_key, name_key, without_office
from portal.agencies.periods import lived_on, only_one, overlap


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit during one period of its life.

    `key` names it for ever within the register. `valid_from` and `valid_to` are its first and its last day; None means
    before the register begins, or still in force. `code` is None where none is known; `evidence` says how sure it is.
    """

    key: str
    name: str
    kind: Kind
    code: str | None = None
    evidence: Evidence = Evidence.NONE
    short_name: str | None = None
    english_name: str | None = None
    abbreviation: str | None = None
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    website: str | None = None
    note: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def old_code(self) -> str | None:
        """The code in the form of QCVN 102, None where there is none."""
        return to_old_code(self.code) if self.code else None

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called, the full name first."""
        own = (self.name, self.short_name, self.english_name, self.abbreviation)
        return tuple(dict.fromkeys([*(name for name in own if name), *self.aliases]))

    def in_force(self, on: date) -> bool:
        """Whether the unit exists on the day."""
        return lived_on(self, on)


@dataclass(frozen=True, slots=True)
class Passing:
    """`predecessor` passed (wholly or in part) into `successor` on the day; `instrument` is the text that says so."""

    predecessor: str
    successor: str
    on: date
    instrument: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class LawField:
    """A field of law (lĩnh vực): a topic of the Bộ pháp điển, `number` is its number there."""

    slug: str
    number: int
    name: str
    english_name: str


@dataclass(frozen=True)
class Register:
    """All units, what followed what, and the fields of law. Immutable: load it once and share it."""

    entries: tuple[Entry, ...]
    successions: tuple[Passing, ...] = ()
    fields: tuple[LawField, ...] = ()
    _by_key: dict[str, Entry] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_code: dict[str, list[Entry]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_name: dict[str, list[Entry]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_folded: dict[str, list[Entry]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for entry in self.entries:
            self._by_key[entry.key] = entry
            if entry.code:
                self._by_code.setdefault(entry.code, []).append(entry)
            for key in dict.fromkeys(name_key(name) for name in entry.names):
                self._by_name.setdefault(key, []).append(entry)
            for key in dict.fromkeys(folded_key(name) for name in entry.names):
                self._by_folded.setdefault(key, []).append(entry)

    @classmethod
    def load(cls, directory: Path) -> "Register":
        """Read the folder. Raises `BadRegister` naming file, line and reason; nothing is skipped silently."""
        aliases: dict[str, list[str]] = {}
        for row in read_rows(directory / "aliases.csv"):
            aliases.setdefault(row["agency"], []).append(row["name"])
        rows = list(read_rows(directory / "agencies.csv"))
        register = cls(
            tuple(_entry(row, tuple(aliases.pop(row["key"], ()))) for row in rows),
            tuple(_passing(row) for row in read_rows(directory / "successions.csv")),
            tuple(
                LawField(row["slug"], row.number("number"), row["name"], row["english_name"])
                for row in read_rows(directory / "fields.csv")
            ),
        )
        for problem in register._problems(aliases):
            raise BadRegister(directory, problem)
        return register

    def by_key(self, key: str) -> Entry | None:
        """The entry of that key."""
        return self._by_key.get(key)

    def by_code(self, code: str, on: date | None = None) -> Entry | None:
        """The unit of that code, in either form and any case. Without `on`: the one in force, else the latest."""
        parsed = to_code(code)
        return only_one(self._by_code.get(parsed, ()), on) if parsed else None

    def resolve(self, text: str, on: date | None = None) -> Entry | None:
        """The unit that a code, name, short form or abbreviation means, or None when unknown or ambiguous.

        With `on`, only units in force that day. Without it one name in several periods means the latest.
        Accents count first; text without accents is the fallback, and so is the head for the agency (`Bộ trưởng Bộ …`).
        """
        found = self.by_code(text, on)
        if found:
            return found
        key, folded = name_key(text), folded_key(text)
        agency = without_office(key)
        for index, wanted in (
            (self._by_name, key),
            (self._by_name, agency),
            (self._by_folded, folded),
            (self._by_folded, folded_key(agency) if agency else None),
        ):
            if wanted and wanted in index:
                return only_one(index[wanted], on)
        return None

    def resolve_all(self, text: str, on: date | None = None) -> tuple[Entry, ...]:
        """The units of a joint text in their order ("Bộ A, Bộ B và Bộ C"); empty unless every word belongs to one."""
        words = name_key(text).split()
        found: list[Entry] = []
        while words:
            length = next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in self._by_name), 0)
            entry = only_one(self._by_name.get(" ".join(words[:length]), ()), on)
            if entry is None:
                return ()
            found.append(entry)
            words = words[length:]
            if words[:1] == ["và"]:
                words = words[1:]
        return tuple(found)

    def in_force(self, on: date, *kinds: Kind) -> tuple[Entry, ...]:
        """Every unit (of those kinds) that exists on the day: what "các bộ, ngành, địa phương" means then (A4-5)."""
        return tuple(e for e in self.entries if e.in_force(on) and (not kinds or e.kind in kinds))

    def successors(self, entry: Entry, on: date) -> tuple[Entry, ...]:
        """Who holds its duties on the day: itself while it exists, else all that it passed into, directly or not."""
        found: dict[str, Entry] = {}
        seen: set[str] = set()
        waiting = [entry]
        while waiting:
            unit = waiting.pop(0)
            if unit.key in seen:
                continue
            seen.add(unit.key)
            if unit.in_force(on):
                found[unit.key] = unit
                continue
            waiting += [self._by_key[p.successor] for p in self.successions if p.predecessor == unit.key and p.on <= on]
        return tuple(found.values())

    def _problems(self, unused_aliases: dict[str, list[str]]) -> Iterator[str]:
        keys = [entry.key for entry in self.entries]
        yield from (f"aliases.csv: no agency {key!r}" for key in unused_aliases)
        yield from (f"agencies.csv: {key!r} stands twice" for key in keys if keys.count(key) > 1)
        for entry in self.entries:
            if entry.parent and entry.parent not in self._by_key:
                yield f"agencies.csv: {entry.key!r} has the unknown parent {entry.parent!r}"
        for passing in self.successions:
            for key in (passing.predecessor, passing.successor):
                if key not in self._by_key:
                    yield f"successions.csv: no agency {key!r}"
        for code, entries in self._by_code.items():
            for one, other in combinations(entries, 2):
                if overlap(one, other):
                    yield f"agencies.csv: {one.key!r} and {other.key!r} bear {code} at the same time"


def _entry(row: Row, aliases: tuple[str, ...]) -> Entry:
    code = row.text("code")
    if code and to_code(code) != code:
        raise row.bad(f"{code!r} is no code of QĐ 20/2020")
    start, end = row.day("valid_from"), row.day("valid_to")
    if start and end and end < start:
        raise row.bad("valid_to lies before valid_from")
    evidence = row.choice("evidence", Evidence)
    if bool(code) == (evidence is Evidence.NONE):
        raise row.bad("a code needs evidence, and evidence a code")
    return Entry(
        key=row["key"],
        name=row["name"],
        kind=row.choice("kind", Kind),
        code=code,
        evidence=evidence,
        short_name=row.text("short_name"),
        english_name=row.text("english_name"),
        abbreviation=row.text("abbreviation"),
        parent=row.text("parent"),
        valid_from=start,
        valid_to=end,
        website=row.text("website"),
        note=row.text("note"),
        aliases=aliases,
    )


def _passing(row: Row) -> Passing:
    on = row.day("on")
    if on is None:
        raise row.bad("a succession needs its day")
    return Passing(row["predecessor"], row["successor"], on, row.text("instrument"), row.text("note"))
