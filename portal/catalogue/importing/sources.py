"""Rows of procedures in files of JSON lines, known again by their code."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from portal.catalogue.data import CODE
from portal.notices.importing import Source, sources_in

NOT_LINES = "chỉ nhập được tệp .jsonl và .jsonl.gz, mỗi dòng một thủ tục"
NO_CODE = "không có mã thủ tục đúng mẫu (ví dụ 1.001193)"
NO_NAME = "không có tên thủ tục"


def procedures_in(paths: Iterable[Path]) -> Iterator[Source]:
    """Every row in the files and folders, in a stable order; what cannot be used is refused with the reason.

    Raises `portal.notices.importing.sources.NothingToImport` before the first one.
    """
    for source in sources_in(paths):
        yield _known(source)


def _known(source: Source) -> Source:
    if source.refused:
        return source
    if source.is_paper:
        return replace(source, file=None, content=None, refused=NOT_LINES)
    code = str(source.row.get("code") or "").strip().upper()
    if not CODE.fullmatch(code):
        return replace(source, refused=NO_CODE)
    refused = None if str(source.row.get("name") or "").strip(" .") else NO_NAME
    return replace(source, source_id=code, refused=refused)
