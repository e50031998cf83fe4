"""One segment, opened: immutable, so it is opened once and shared by all snapshots that hold it."""

from bisect import bisect_left
from pathlib import Path
from typing import Any

import numpy as np

from portal.search.engine import Damaged
from portal.search.engines.whoosh.facets import Facet
from portal.search.engines.whoosh.private import Array, Terms
from portal.search.engines.whoosh.rows import EXTENSION, Rows


class Segment:
    """Columns by row, one row a unit. Raises `FileNotFoundError` when another commit has removed it, and `Damaged`."""

    def __init__(self, folder: Path, written: Any) -> None:
        self.written = written
        """Whoosh's own record of it."""
        self.id: str = written.segment_id()
        self.stored = Rows(folder / written.make_filename(EXTENSION))
        self.terms = Terms(folder, written)
        header, arrays = self.stored.header, self.stored.arrays
        sizes = {"dictionary": self.terms.dictionary.size, "lists": self.terms.lists.size}
        if header["sizes"] != sizes or header["units"] != written.doc_count_all():
            raise Damaged(f"{self.id}: a file has another size")
        self.count: int = header["units"]
        self.lengths: dict[str, Array] = {name: arrays[f"length:{name}"] for name in header["fields"]}
        self.facets = {name: Facet(name, values, arrays) for name, values in header["facets"].items()}
        self.day, self.document, self.rank, self.order = (arrays[name] for name in ("day", "document", "rank", "order"))
        self.head: Array = arrays["head"].view(np.bool_)
        self.versions: Array = arrays["version"]
        self._uids: bytes = arrays["uids"].tobytes()
        self._uid_ends: Array = arrays["uid_ends"]

    @property
    def documents(self) -> int:
        return len(self._uid_ends)

    def uid(self, document: int) -> bytes:
        """UTF-8. Documents stand in the order of their uids."""
        return self._uids[int(self._uid_ends[document - 1]) if document else 0 : int(self._uid_ends[document])]

    def rows_of(self, uid: str) -> Array:
        """The rows of a document, also when it is deleted; none when it is not here."""
        wanted = uid.encode("utf-8", "surrogatepass")
        place = bisect_left(range(self.documents), wanted, key=self.uid)
        if place == self.documents or self.uid(place) != wanted:
            return np.empty(0, np.int64)
        return np.flatnonzero(self.document == place)

    def check(self) -> None:
        """Read every byte. Raises `Damaged`."""
        self.stored.check()
        for name, file in (("dictionary", self.terms.dictionary), ("lists", self.terms.lists)):
            if file.checksum() != self.stored.header["checksums"][name]:
                raise Damaged(f"{file.path.name}: has changed")
