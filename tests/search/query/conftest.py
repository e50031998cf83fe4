"""A handful of documents that the questions are asked about."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from search.memory_index import MemorySearcher

from portal.search.documents import Document, Passage

Make = Callable[..., Document]


@pytest.fixture
def document() -> Make:
    """`document("tiêu đề", number=…)`: a document with a uid of its own."""
    made = 0

    def make(title: str, text: str = "", *, passages: Sequence[tuple[str, str]] = (), **values: object) -> Document:
        nonlocal made
        made += 1
        found = tuple(Passage(f"dieu-{n}", heading, body, f"s{made}#{n}") for n, (heading, body) in enumerate(passages))
        whole = "\n".join([text, *(f"{passage.title}\n{passage.text}" for passage in found)])
        plain: dict[str, object] = {"kind": "notice", "path": f"/van-ban/{made}", "issued_on": date(2020, 1, 1)}
        return Document(**{**plain, "uid": f"u{made:04}", "title": title, "text": whole, "passages": found, **values})

    return make


@pytest.fixture
def searching() -> Callable[..., MemorySearcher]:
    """`searching(document, …)`: a searcher over these documents."""
    return lambda *documents: MemorySearcher(documents)
