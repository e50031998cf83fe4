"""The laws, decrees and circulars of the shared data as documents with their articles, as a portal hands them in."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from portal.search.documents import Document, Passage
from portal.text.slug import slug

_ARTICLE = re.compile(r"^Điều (\d+[a-zđ]?)\.?[^\n]*", re.MULTILINE)


def documents(shared: Path, count: int | None = None) -> Iterator[Document]:
    """In the order of the file; `count`: so many of them."""
    with gzip.open(shared / "data" / "documents" / "legal.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, count)):
            yield _document(number, json.loads(line))


def _document(number: int, row: dict[str, Any]) -> Document:
    body = row["body"]
    found = list(_ARTICLE.finditer(body))
    ends = [*(each.start() for each in found[1:]), len(body)][: len(found)]
    day = row["issued_on"] or row["effective_on"]
    return Document(
        uid=f"{number:08}-0000-4000-8000-000000000000",
        kind="notices",
        title=row["title"] or row["type"],
        path=f"/van-ban/{row['id']}",
        text=body,
        passages=tuple(
            Passage(f"dieu-{place}", each.group(), body[each.end() : end].strip(), f"{row['id']}#{place}")
            for place, (each, end) in enumerate(zip(found, ends, strict=True))
        ),
        context=" ".join(filter(None, (row["type"], row["issuer"], row["field"]))),
        number=row["number"],
        type=slug(row["type"]),
        issuer=slug(row["issuer"]) if row["issuer"] else None,
        issuer_name=row["issuer"],
        fields=(slug(row["field"]),) if row["field"] else (),
        issued_on=date.fromisoformat(day) if day else None,
        source_id=row["id"],
    )


def questions(shared: Path) -> list[str]:
    """Of the judged set, with their marks."""
    path = shared / "data" / "search" / "zalo" / "queries.jsonl"
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
