"""References of a body as links, where their target is known."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from portal.notices.references.chains import find_references
from portal.notices.references.flat import Flat, flat
from portal.notices.references.keys import Target, the_one
from portal.notices.references.model import Own, Reference
from portal.notices.references.settling import settled
from portal.notices.types import by_name

Resolve = Callable[[frozenset[str]], Mapping[str, Sequence[Target]]]
_ARTICLE = re.compile(r"(?:phu-luc[a-z0-9-]*?-)?dieu-[0-9a-z]+(?:-lan-\d+)?")
_CLAUSE = re.compile(r"(?:phu-luc[a-z0-9-]*?-)?dieu-[0-9a-z]+(?:-lan-\d+)?-khoan-[0-9a-z]+(?:-\d+)*")
_WHOLE = re.compile(r"dieu-\w+|chuong-\w+|phu-luc-\w+")
_PARTS = frozenset({"quy-che", "quy-dinh", "huong-dan", "chuong-trinh", "ke-hoach", "phuong-an", "de-an", "du-an"})
"""What is issued with another document calls itself so."""


@dataclass(frozen=True)
class Page:
    """What `linked` gives: the body, and the keys of everything that it cites, found or not (for the page cache)."""

    html: str
    keys: frozenset[str]


def linked(html: str, resolve: Resolve, *, type_: str | None = None, path: str | None = None, prefix: str = "") -> Page:
    """The stored body with links on its references; the words stay.

    `resolve` answers the published documents of each key, asked once; `type_` and `path` are those of the document
    itself; `prefix` is put before addresses. An unknown or ambiguous target stays text.
    """
    body = flat(html)
    references = settled(find_references(body.text))
    keys = frozenset(key for _reference, key in references if key)
    writer = _Writer(body, resolve(keys) if keys else {}, type_, path, prefix)
    pieces: list[str] = []
    done = 0
    for reference, key in references:
        href = writer.href(reference, key)
        place = body.place(reference.start, reference.end) if href else None
        if href is None or place is None:
            continue
        pieces += (
            html[done : place[0]],
            f'<a class="portal-doc-ref" href="{escape(href)}">',
            html[slice(*place)],
            "</a>",
        )
        done = place[1]
    return Page("".join([*pieces, html[done:]]), keys)


class _Writer:
    """Addresses of references on one page."""

    def __init__(
        self, body: Flat, targets: Mapping[str, Sequence[Target]], type_: str | None, path: str | None, prefix: str
    ) -> None:
        self._body, self._targets, self._type, self._path, self._prefix = body, targets, type_, path, prefix
        self._ids = frozenset(anchor for _place, anchor in body.ids)

    def href(self, reference: Reference, key: str | None) -> str | None:
        """Where the reference leads, None when that is not certain."""
        if key is None:
            anchor = self._own(reference)
            return f"#{anchor}" if anchor else None
        type_ = by_name(reference.type) if reference.type else None
        target = the_one(self._targets.get(key, ()), key, type_.slug if type_ else None, reference.issued_on)
        if target is None:
            return None
        wanted = _WHOLE.match(reference.articles[0]) if reference.articles else None
        if target.path == self._path:
            return f"#{wanted[0]}" if wanted and self._is_unique(wanted[0]) else None
        fragment = f"#{wanted[0]}" if wanted and wanted[0] in target.anchors else ""
        return f"{self._prefix}{target.path}{fragment}"

    def _own(self, reference: Reference) -> str | None:
        around = self._body.anchor_at(reference.start)
        wanted = reference.articles[0] if reference.articles else ""
        if reference.own is Own.DOCUMENT:
            if not self._is_of_this(reference.type) or (not reference.type and around.startswith("phu-luc")):
                return None
            return self._existing(wanted) if self._is_unique(wanted) else None
        inside = (_ARTICLE if reference.own is Own.ARTICLE else _CLAUSE).match(around)
        if inside is None or not wanted:
            return None
        return self._existing(f"{inside[0]}-{wanted}", least=inside[0])

    def _is_of_this(self, name: str) -> bool:
        """Whether "… này" is this document, or what is issued with it."""
        type_ = by_name(name) if name else None
        if type_ is None or self._type is None:
            return True
        return type_.slug == self._type or type_.slug in _PARTS

    def _is_unique(self, anchor: str) -> bool:
        """Whether its article stands once: a decision and the statute issued with it both have a first one."""
        article = _WHOLE.match(anchor)
        return article is not None and article[0] in self._ids and f"{article[0]}-lan-2" not in self._ids

    def _existing(self, anchor: str, least: str = "") -> str | None:
        """The anchor, or the nearest part around it that has one."""
        while anchor not in self._ids:
            shorter = re.sub(r"-(?:khoan|diem|muc)-[0-9a-z]+(?:-\d+)*\Z", "", anchor)
            if shorter in (anchor, least):
                return None
            anchor = shorter
        return anchor
