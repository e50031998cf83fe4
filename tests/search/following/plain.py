"""The smallest honest engine: one JSON file, replaced at each commit. For tests of what surrounds an engine."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from portal.search.engine import Candidate, Damaged, Plan, Term, Unit

Rows = dict[str, list[dict[str, Any]]]


def _plain(unit: Unit) -> dict[str, Any]:
    return {
        "uid": unit.uid,
        "head": unit.head,
        "anchor": unit.anchor,
        "version": unit.version,
        "terms": {name: dict(terms) for name, terms in unit.terms.items()},
        "facets": {name: list(values) for name, values in unit.facets.items()},
        "day": unit.day,
        "brief": dict(unit.brief),
        "text": unit.text,
    }


class PlainSearcher:
    def __init__(self, rows: Rows) -> None:
        self.rows = [unit for units in rows.values() for unit in units]
        self.units = len(self.rows)

    def _matching(self, plan: Plan) -> list[int]:
        def holds(unit: dict[str, Any], concept: Any) -> bool:
            return any(all(t.text in unit["terms"].get(t.field, {}) for t in some) for some in concept)

        return [
            ref
            for ref, unit in enumerate(self.rows)
            if sum(holds(unit, one) for one in plan.concepts) >= plan.minimum
            and all(holds(unit, one) for one in plan.required)
            and not any(holds(unit, one) for one in plan.excluded)
            and all(set(unit["facets"].get(name, ())) & values for name, values in plan.limits.items())
            and (plan.days is None or plan.days[0] <= unit["day"] <= plan.days[1])
        ]

    def top(self, plan: Plan, limit: int) -> list[Candidate]:
        def score(unit: dict[str, Any]) -> float:
            return sum(weight * unit["terms"].get(term.field, {}).get(term.text, 0) for term, weight in plan.scored)

        found = [
            Candidate(score(self.rows[ref]), ref, hash(self.rows[ref]["uid"]), self.rows[ref]["head"])
            for ref in self._matching(plan)
        ]
        return sorted(found, key=lambda one: -one.score)[:limit]

    def by_date(self, plan: Plan, limit: int, offset: int = 0) -> list[Candidate]:
        heads = [ref for ref in self._matching(plan) if self.rows[ref]["head"]]
        heads.sort(key=lambda ref: (-self.rows[ref]["day"], self.rows[ref]["uid"]))
        return [Candidate(0.0, ref, hash(self.rows[ref]["uid"]), True) for ref in heads[offset : offset + limit]]

    def total(self, plan: Plan) -> int:
        return sum(self.rows[ref]["head"] for ref in self._matching(plan))

    def facets(self, plan: Plan, names: Sequence[str]) -> dict[str, dict[str, int]]:
        heads = [self.rows[ref] for ref in self._matching(plan) if self.rows[ref]["head"]]
        return {name: dict(Counter(v for unit in heads for v in unit["facets"].get(name, ()))) for name in names}

    def briefs(self, refs: Sequence[Any]) -> list[Mapping[str, Any]]:
        return [self.rows[ref]["brief"] for ref in refs]

    def texts(self, refs: Sequence[Any]) -> list[str]:
        return [self.rows[ref]["text"] for ref in refs]

    def frequency(self, term: Term) -> int:
        return sum(term.text in unit["terms"].get(term.field, {}) for unit in self.rows)

    def terms(self, field: str) -> Iterator[tuple[str, int]]:
        yield from Counter(text for unit in self.rows for text in unit["terms"].get(field, {})).items()

    def heads(self) -> Iterator[Mapping[str, Any]]:
        yield from (unit["brief"] for unit in self.rows if unit["head"])

    def versions(self) -> dict[str, tuple[int, int]]:
        count = Counter(unit["uid"] for unit in self.rows)
        return {unit["uid"]: (unit["version"], count[unit["uid"]]) for unit in self.rows}


class PlainWriter:
    def __init__(self, index: "PlainIndex") -> None:
        self.index = index
        self.rows = index.read()

    def replace(self, uid: str, units: Sequence[Unit]) -> None:
        self.rows.pop(uid, None)
        if units:
            self.rows[uid] = [_plain(unit) for unit in units]

    def commit(self) -> None:
        made = self.index.file.with_suffix(".new")
        made.write_text(json.dumps(self.rows))
        made.replace(self.index.file)

    def close(self) -> None:
        self.rows = {}


class PlainIndex:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "units.json"
        self._seen: tuple[int, int] | None = None
        self._searcher: PlainSearcher | None = None

    @classmethod
    def create(cls, folder: Path) -> Self:
        assert not list(folder.iterdir()), "an index is created in an empty folder"
        (folder / "units.json").write_text("{}")
        return cls(folder)

    @classmethod
    def open(cls, folder: Path, *, memory: int) -> Self:
        index = cls(folder)
        index.read()
        return index

    def read(self) -> Rows:
        try:
            rows: Rows = json.loads(self.file.read_text())
        except (OSError, ValueError) as error:
            raise Damaged(str(error)) from error
        return rows

    def build(self, documents: Iterable[tuple[str, Sequence[Unit]]]) -> None:
        writer = self.writer()
        for uid, units in documents:
            writer.replace(uid, units)
        writer.commit()

    def writer(self) -> PlainWriter:
        return PlainWriter(self)

    def searcher(self) -> PlainSearcher:
        try:
            stat = self.file.stat()
        except OSError as error:
            raise Damaged(str(error)) from error
        seen = (stat.st_ino, stat.st_mtime_ns)
        if self._searcher is None or seen != self._seen:
            self._searcher, self._seen = PlainSearcher(self.read()), seen
        return self._searcher

    def check(self) -> None:
        self.read()

    def close(self) -> None:
        self._searcher = None
