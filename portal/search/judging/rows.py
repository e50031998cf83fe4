"""Rows of a judged corpus as the documents that a portal would have."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from portal.search.documents import Document, Passage
from portal.text import nfc, slug

Row = Mapping[str, Any]
Split = Callable[[str], tuple[str, tuple[Passage, ...]]]
"""The text of a whole document → the text as it is shown, and its articles."""


def documents_of(rows: Iterable[Row], *, split: Split, articles: bool) -> Iterator[Document]:
    """One document for each row; with `articles`, rows that name their `document` become the passages of one."""
    parents: dict[str, list[Row]] = {}
    for row in rows:
        parent = _parent(row)
        if parent and articles:
            parents.setdefault(parent, []).append(row)
        elif parent:
            yield _item(row, parent)
        else:
            yield _whole(row, split)
    for name, own in parents.items():
        yield _document_of_articles(name, own)


def _parent(row: Row) -> str:
    return str(row.get("document") or row.get("doc") or "")


def _whole(row: Row, split: Split) -> Document:
    text, passages = split(nfc(str(row.get("body") or row.get("text") or "")))
    return _document(row, str(row["id"]), nfc(str(row.get("title") or "")), text, passages, [])


def _item(row: Row, parent: str) -> Document:
    """An article by itself; the document that it comes from is its summary."""
    known_by = [parent, str(row.get("number") or ""), nfc(str(row.get("document_title") or ""))]
    title = nfc(str(row.get("title") or "")) or _heading(row)
    return _document(row, str(row["id"]), title, nfc(str(row.get("text") or "")), (), known_by)


def _document_of_articles(name: str, rows: list[Row]) -> Document:
    passages = tuple(_passage(row) for row in rows)
    text = "\n".join(f"{passage.title}\n{passage.text}" for passage in passages)
    title = nfc(str(rows[0].get("document_title") or name))
    return _document(rows[0], name, title, text, passages, [])


def _passage(row: Row) -> Passage:
    own = str(row["id"])
    title, heading = nfc(str(row.get("title") or "")), _heading(row)
    return Passage(own, f"{heading}. {title}" if title else heading, nfc(str(row.get("text") or "")), own)


def _heading(row: Row) -> str:
    return f"Điều {str(row['id']).rpartition('#')[2]}"


def _document(
    row: Row, source_id: str, title: str, text: str, passages: tuple[Passage, ...], known_by: list[str]
) -> Document:
    issued, year = row.get("issued_on"), row.get("year")
    words = [row.get("type"), row.get("issuer"), row.get("field"), *known_by]
    return Document(
        uid=source_id,
        kind="notice",
        title=title,
        path=f"/{slug(source_id)}",
        text=text,
        passages=passages,
        context="\n".join(str(word) for word in words if word),
        number=str(row["number"]) if row.get("number") else None,
        type=slug(str(row["type"])) if row.get("type") else None,
        issuer=slug(str(row["issuer"])) if row.get("issuer") else None,
        issuer_name=row.get("issuer") or None,
        fields=(slug(str(row["field"])),) if row.get("field") else (),
        issued_on=date.fromisoformat(str(issued)) if issued else None,
        issued_in=int(year) if year else None,
        source_id=source_id,
    )
