"""A paper as plain values and files, to carry it from the process that reads to the one that asked."""

import os
import stat
from collections.abc import Mapping
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from portal.papers.paper import Block, Image, Note, Paper, Remark, Signature

_LARGEST_IMAGE = 64 * 1024 * 1024
_TEXTS = ("name", "format", "text")


class Garbled(ValueError):
    """An answer that is not what `pack` writes."""


def pack(paper: Paper, folder: Path) -> dict[str, Any]:
    """The paper as values for JSON; its pictures become files `0`, `1`, … of `folder`."""
    for place, image in enumerate(paper.images):
        (folder / str(place)).write_bytes(image.content)
    return {
        "name": paper.name,
        "format": paper.format,
        "text": paper.text,
        "blocks": [(block.start, block.end, block.html, block.page) for block in paper.blocks],
        "images": [(image.name, image.media_type, image.alt) for image in paper.images],
        "notes": [(note.number, note.html) for note in paper.notes],
        "pages": paper.pages,
        "is_scan": paper.is_scan,
        "encoding": paper.encoding,
        "encodings": paper.encodings,
        "signatures": [asdict(signature) for signature in paper.signatures],
        "remarks": [(remark.code, remark.values) for remark in paper.remarks],
    }


def unpack(given: Any, folder: Path) -> Paper:
    """The paper that `pack` wrote; raises `Garbled`. A file may take its reader over: nothing is believed."""
    try:
        return _unpacked(given, folder)
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise Garbled from error


def _unpacked(given: Any, folder: Path) -> Paper:
    text = _a(str, given["text"])
    blocks = tuple(_block(row, len(text)) for row in given["blocks"])
    if any(before.end > after.start for before, after in pairwise(blocks)):
        raise Garbled
    images = [(_a(str, name), _a(str, kind), _a(str, alt)) for name, kind, alt in given["images"]]
    return Paper(
        name=_a(str, given["name"]),
        format=_a(str, given["format"]),
        text=text,
        blocks=blocks,
        images=tuple(
            Image(name, kind, regular(folder / str(place), _LARGEST_IMAGE), alt)
            for place, (name, kind, alt) in enumerate(images)
        ),
        notes=tuple(Note(_a(int, number), _a(str, html)) for number, html in given["notes"]),
        pages=_maybe(int, given["pages"]),
        is_scan=_a(bool, given["is_scan"]),
        encoding=_maybe(str, given["encoding"]),
        encodings=tuple(_a(str, name) for name in given["encodings"]),
        signatures=tuple(Signature(**row) for row in given["signatures"]),
        remarks=tuple(Remark(_a(str, code), _values(values)) for code, values in given["remarks"]),
    )


def _block(row: Any, length: int) -> Block:
    start, end, html, page = row
    if not 0 <= _a(int, start) <= _a(int, end) <= length:
        raise Garbled
    return Block(start, end, _a(str, html), _maybe(int, page))


def regular(file: Path, largest: int) -> bytes:
    """The bytes of a file that the reader left: no link, no pipe, not too large. Raises `Garbled`, OSError."""
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as stream:
        about = os.fstat(stream.fileno())
        if not stat.S_ISREG(about.st_mode) or about.st_size > largest:
            raise Garbled
        return stream.read(largest)


def _values(given: Any) -> dict[str, str | int]:
    if not isinstance(given, Mapping) or not all(isinstance(value, str | int) for value in given.values()):
        raise Garbled
    return {str(key): value for key, value in given.items()}


def _a(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise Garbled
    return value


def _maybe(kind: type, value: Any) -> Any:
    return cast(Any, None) if value is None else _a(kind, value)
