"""Run as a process of its own, so that its memory is that of searching alone: `searching.py ENGINE FOLDER QUESTIONS`.

Prints one JSON object: milliseconds of each part of a search over all questions, and the memory of the process.
"""

import json
import re
import sys
from collections.abc import Callable
from math import ceil
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from portal.search.analysis import fold, has_marks, pairs, tokens
from portal.search.engine import Plan, Searcher, Term
from portal.search.engines import engine_named

MEMORY = 96 << 20
FACETS = ("type", "issuer", "year")
SIX_WORDS = 6


def plan(question: str) -> Plan:
    """As the portal asks long questions: syllables, pairs at a weight of 0.7, two in five of the syllables to hold."""
    words = list(dict.fromkeys(tokens(question)))
    folded = list(map(fold, tokens(question)))
    scored = {Term("E" if has_marks(word) else "F", word): 1.0 for word in words}
    scored |= {Term("B", pair): 0.7 for pair in pairs(folded)}
    concepts = tuple(((term,), (Term("N", fold(term.text)),)) for term in scored if term.field != "B")
    minimum = len(concepts) if len(concepts) <= SIX_WORDS else ceil(0.4 * len(concepts))
    return Plan(scored=tuple(scored.items()), concepts=concepts, minimum=minimum)


def search(searcher: Searcher, asked: Plan) -> None:
    """The best, their briefs, the total, three facets, and ten texts."""
    candidates = searcher.top(asked, 200)
    searcher.briefs([each.ref for each in candidates[:50]])
    searcher.total(asked)
    searcher.facets(asked, FACETS)
    searcher.texts([each.ref for each in candidates[:10]])


def milliseconds(asked: list[Plan], act: Callable[[Plan], object]) -> list[float]:
    """Of each, sorted."""
    taken = []
    for each in asked:
        started = perf_counter()
        act(each)
        taken.append((perf_counter() - started) * 1000)
    return sorted(taken)


def part(taken: list[float], share: float) -> float:
    return taken[min(len(taken) - 1, int(share * len(taken)))]


def resident() -> dict[str, float]:
    """Megabytes of this process: now, and at its peak."""
    status = Path("/proc/self/status").read_text()
    return {name: int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("VmRSS", "VmHWM", "RssAnon")}  # type: ignore[index]


def main(engine: str, folder: str, questions: str) -> None:
    started = perf_counter()
    index = engine_named(engine).open(Path(folder), memory=MEMORY)
    searcher = index.searcher()
    opened = perf_counter() - started
    empty = resident()
    asked = [plan(question) for question in json.loads(Path(questions).read_text(encoding="utf-8"))]
    cold = milliseconds(asked, lambda each: search(searcher, each))
    figures: dict[str, Any] = {
        "units": searcher.units,
        "terms": sum(len(each.scored) for each in asked) / len(asked),
        "open": opened,
        "cold": [part(cold, 0.5), part(cold, 0.95)],
    }
    spent = process_time()
    warm = milliseconds([*asked, *asked], lambda each: search(index.searcher(), each))
    figures["cpu of a search"] = (process_time() - spent) * 500 / len(asked)
    figures["search"] = [part(warm, 0.5), part(warm, 0.95), part(warm, 0.99)]
    figures["top"] = [part(milliseconds(asked, lambda each: index.searcher().top(each, 20)), 0.5)]
    print(json.dumps({**figures, "opened": empty, "memory": resident()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
