"""Units on their way into a segment: those of segments that are merged, then new ones."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from portal.search.engine import FIELDS, Unit
from portal.search.engines.whoosh import collected, facets, private, private_writer
from portal.search.engines.whoosh.files import Bytes, sync_all
from portal.search.engines.whoosh.private import Array
from portal.search.engines.whoosh.private_writer import Postings
from portal.search.engines.whoosh.rows import EXTENSION, Writer
from portal.search.engines.whoosh.segment import Segment


class Batch:
    """The files of a new segment lie in the folder from the beginning; nobody reads them before a commit names them."""

    def __init__(self, storage: private.Storage) -> None:
        self._storage = storage
        self._folder = Path(storage.folder)
        self._written = private.new_segment()
        self._stored = Writer(self._folder / self._written.make_filename(EXTENSION))
        self._fields = {name: collected.Collected() for name in FIELDS}
        self._facets: defaultdict[str, facets.Collected] = defaultdict(facets.Collected)
        self._keys: list[tuple[bytes, Any]] = []
        self._columns: dict[str, list[Any]] = {"day": [], "head": [], "version": []}

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def postings(self) -> int:
        """How many were added, not counting those that came by merging."""
        return sum(map(len, self._fields.values()))

    def merge(self, segment: Segment, live: Array) -> None:
        """Take the live rows of a segment over. Not after `add`."""
        kept = np.flatnonzero(live)
        places = np.full(segment.count, -1, np.int64)
        places[kept] = np.arange(len(kept)) + len(self)
        for name, each in self._fields.items():
            each.merge(segment.terms, name, segment.lengths[name][kept], places)
        for name, facet in segment.facets.items():
            self._facets[name].merge(facet, places)
        for brief, text in segment.stored.packed(kept.tolist()):
            self._stored.add_packed(brief, text)
        documents = segment.document[kept].tolist()
        self._keys += zip(map(segment.uid, documents), segment.rank[kept].tolist(), strict=True)
        self._columns["day"] += segment.day[kept].tolist()
        self._columns["head"] += segment.head[kept].tolist()
        self._columns["version"] += segment.versions[documents].tolist()

    def add(self, unit: Unit) -> None:
        row = len(self)
        for name, field in self._fields.items():
            field.add(row, unit.terms.get(name, {}))
        for name, values in unit.facets.items():
            self._facets[name].add(row, values)
        self._stored.add(unit.brief, unit.text)
        self._keys.append((unit.uid.encode("utf-8", "surrogatepass"), unit.anchor))
        for name, value in (("day", unit.day), ("head", unit.head), ("version", unit.version)):
            self._columns[name].append(value)

    def finish(self) -> Any:
        """Write the segment, durably. Gives Whoosh's record of it."""
        count = len(self)
        arrays, uids = self._unit_columns()
        for name, field in self._fields.items():
            arrays[f"length:{name}"] = field.lengths
        for name, facet in self._facets.items():
            arrays |= facet.arrays(name, count)
        private_writer.write_lengths(
            self._storage, self._written, {name: each.lengths for name, each in self._fields.items()}
        )
        paths = private_writer.write_terms(self._folder, self._written, self._postings())
        files = dict(zip(("dictionary", "lists"), map(Bytes, paths), strict=True))
        self._stored.finish(
            arrays | {"uids": np.frombuffer(b"".join(uids), np.uint8), "uid_ends": np.cumsum([*map(len, uids)])},
            {
                "units": count,
                "fields": FIELDS,
                "facets": {name: facet.values for name, facet in self._facets.items()},
                "sizes": {name: file.size for name, file in files.items()},
                "checksums": {name: file.checksum() for name, file in files.items()},
            },
        )
        sync_all([*paths, self._stored.path])
        self._written.set_doc_count(count)
        return self._written

    def _postings(self) -> Iterator[tuple[str, Postings]]:
        for name in FIELDS:
            yield name, self._fields[name].postings()

    def _unit_columns(self) -> tuple[dict[str, Array], list[bytes]]:
        keys, count = self._keys, len(self)
        uids = sorted({uid for uid, _ in keys})
        numbers = {uid: number for number, uid in enumerate(uids)}
        rank = np.empty(count, np.uint32)
        rank[sorted(range(count), key=keys.__getitem__)] = np.arange(count, dtype=np.uint32)
        day = np.array(self._columns["day"], np.int32)
        order = np.empty(count, np.uint32)
        order[np.lexsort((rank, -day))] = np.arange(count, dtype=np.uint32)
        document = np.array([numbers[uid] for uid, _ in keys], np.uint32)
        version = np.zeros(len(uids), np.int64)
        version[document] = self._columns["version"]
        head = np.array(self._columns["head"], np.uint8)
        columns: dict[str, Array] = {
            "day": day,
            "head": head,
            "document": document,
            "rank": rank,
            "order": order,
            "version": version,
        }
        return columns, uids

    def drop(self) -> None:
        """Remove the files of a segment that no commit names."""
        self._stored.close()
        for left in self._folder.glob(f"{self._written.segment_id()}.*"):
            left.unlink(missing_ok=True)
