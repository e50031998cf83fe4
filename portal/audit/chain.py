"""Does the record still say what it said? Reads every line once, in constant memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select, true
from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.audit.canonical import GENESIS
from portal.audit.models import AuditHead, AuditLine
from portal.audit.queries import BATCH, CONTENT, content_of
from portal.request import _


class Break(StrEnum):
    """How a chain can be broken."""

    CHANGED = "changed"
    MISSING = "missing"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    BEYOND_HEAD = "beyond_head"
    HEAD_MISSING = "head_missing"


_WHY = {
    Break.CHANGED: _("Nội dung hoặc mã kiểm tra của dòng này đã bị sửa sau khi ghi."),
    Break.MISSING: _("Thiếu các dòng từ số ${position} đến số ${last}: đã bị xóa khỏi nhật ký."),
    Break.REORDERED: _("Dòng này không đứng đúng chỗ: thứ tự các dòng đã bị đổi."),
    Break.TRUNCATED: _("Cuối nhật ký bị cắt: thiếu các dòng từ số ${position} đến số ${last}."),
    Break.BEYOND_HEAD: _("Các dòng từ số ${position} đến số ${last} được chèn thêm, không qua phần mềm."),
    Break.HEAD_MISSING: _("Thiếu bản ghi cuối chuỗi nên không biết nhật ký có bị cắt hay không."),
}


@dataclass(frozen=True)
class Problem:
    """The first line concerned, the last one, and what is wrong with them."""

    position: int
    kind: Break
    last: int

    @property
    def reason(self) -> TranslationString:
        """For a person."""
        return TranslationString(_WHY[self.kind], mapping={"position": self.position, "last": self.last})


def verify(db: Session) -> Iterator[Problem]:
    """Every break of the chain, from the first line on; nothing when it is whole.

    One statement, so lines that others append meanwhile do not disturb it; it takes no lock.
    """
    db.flush()
    found = db.execute(select(AuditHead.position, AuditHead.hash)).first()
    if found is None:
        yield Problem(0, Break.HEAD_MISSING, 0)
    # The head comes again with each line: a second statement could see a later head than the lines.
    query = (
        select(
            *CONTENT,
            AuditLine.previous_hash,
            AuditLine.hash,
            AuditHead.position.label("head_position"),
            AuditHead.hash.label("head_hash"),
        )
        .outerjoin(AuditHead, true())
        .order_by(AuditLine.position)
        .execution_options(yield_per=BATCH)
    )
    last: Row[Any] | None = None
    for line in db.execute(query):
        yield from _check(db, line, last)
        last = line
    if last is None:
        if found is not None and found.position > 0:
            yield Problem(1, Break.TRUNCATED, found.position)
    elif last.head_position is not None:
        yield from _check_end(last)


def _check(db: Session, line: Row[Any], last: Row[Any] | None) -> Iterator[Problem]:
    before = 0 if last is None else last.position
    running = GENESIS if last is None else last.hash
    whole = content_of(line).hash_after(line.previous_hash) == line.hash
    if line.position > before + 1:
        yield Problem(before + 1, Break.MISSING, line.position - 1)
        linked = True
    else:
        linked = line.previous_hash == running
    if whole and linked:
        return
    if not linked and _successor_elsewhere(db, running, line.position):
        yield Problem(line.position, Break.REORDERED, line.position)
    elif not whole or last is None:
        yield Problem(line.position, Break.CHANGED, line.position)
    else:  # this line is as it was written, so the one before it is not
        yield Problem(before, Break.CHANGED, before)


def _successor_elsewhere(db: Session, running: str, position: int) -> bool:
    query = select(AuditLine.position).where(AuditLine.previous_hash == running, AuditLine.position != position)
    return db.execute(query).first() is not None


def _check_end(last: Row[Any]) -> Iterator[Problem]:
    if last.position < last.head_position:
        yield Problem(last.position + 1, Break.TRUNCATED, last.head_position)
    elif last.position > last.head_position:
        yield Problem(last.head_position + 1, Break.BEYOND_HEAD, last.position)
    elif last.hash != last.head_hash:
        yield Problem(last.position, Break.CHANGED, last.position)
