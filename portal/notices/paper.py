"""From a paper to a proposed record (A3-5)."""

import codecs
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from portal.errors import PortalError
from portal.notices import data as record
from portal.notices.body.fromhtml import structured, with_pictures
from portal.notices.reading import Reading, Resolver, Span, read
from portal.papers.paper import Paper
from portal.request import _


class PaperTooLong(PortalError):
    """More text than one paper can have."""

    status = 413

    def __init__(self, limit: int) -> None:
        super().__init__(
            _(
                "Văn bản dài quá ${n} triệu ký tự. Hãy tách thành nhiều văn bản hoặc đính kèm tệp.",
                mapping={"n": limit // 1_000_000},
            )
        )


class NotPlainText(PortalError):
    """A file that is not Unicode text."""

    status = 422
    message = _("Tệp không phải văn bản thuần mã Unicode. Hãy lưu lại dạng .txt mã UTF-8, hoặc dán nội dung.")


def decoded(content: bytes) -> str:
    """The text of a plain-text file in UTF-8, or in UTF-16 with its mark. Raises `NotPlainText`."""
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise NotPlainText from None
    if "\0" in text:
        raise NotPlainText
    return text


class SecretPaper(PortalError):
    """A paper that bears, or may bear, a mark of state secrecy (A3-4): the portal keeps nothing of it.

    `mark` is the mark as it stands in the paper.
    """

    status = 422

    def __init__(self, mark: str) -> None:
        self.mark = mark
        super().__init__(
            _(
                "Văn bản này có dấu chỉ độ mật “${mark}”. Cổng không nhận văn bản mật: tệp và nội dung vừa gửi không "
                "được lưu lại. Hãy xử lý văn bản theo pháp luật về bảo vệ bí mật nhà nước, trên máy không nối mạng. "
                "Nếu đây không phải văn bản mật (chẳng hạn dấu chỉ là một ví dụ trong mẫu), hãy đánh dấu xác nhận rồi "
                "gửi lại.",
                mapping={"mark": mark},
            )
        )


def from_paper(text: str, *, resolve: Resolver | None) -> record.Data:
    """The record that a pasted paper proposes, with the passage of each field and what to check (A3-5).

    The original text stays in `paper`; nothing that the paper does not say is filled in.
    """
    return proposed(read(text, resolve=resolve), text)


def from_file(paper: Paper, *, resolve: Resolver | None, pictures: Mapping[str, str] | None = None) -> record.Data:
    """The record that a read file proposes. A scan proposes nothing: its fields are typed by hand.

    `pictures`: the address of each picture of the paper that is kept, by its name; the others are left out.
    """
    if paper.is_scan:
        return record.clean({"scan": True})
    return of_file(read(paper.text, resolve=resolve), paper, pictures or {})


def of_file(reading: Reading, paper: Paper, pictures: Mapping[str, str]) -> record.Data:
    """The reading of a file's text as a record; its body keeps the marks, tables, notes and pictures of the file."""
    if paper.format == "text":
        return proposed(reading, paper.text)
    html = paper.html_of(_with_what_follows(paper, span) for span in (reading.body, *reading.annexes))
    return _record(reading, paper.text, structured(with_pictures(html, pictures)))


def _with_what_follows(paper: Paper, span: Span) -> tuple[int, int]:
    """The stretch with the pictures right behind it: they have no text, so a reading of the text ends before them."""
    end = span.end
    if span.start == end:
        return span.start, end
    for block in paper.blocks[bisect_left(paper.blocks, end, key=lambda block: block.start) :]:
        if block.start != block.end:
            break
        end = block.end + 1
    return span.start, end


def proposed(reading: Reading, text: str) -> record.Data:
    """A reading as a record: sure fields filled, doubtful ones filled and named in `doubts`."""
    return _record(reading, text, record.body_of_text(reading.content(text)))


def signatures_in(paper: Paper) -> list[dict[str, Any]]:
    """What the digital signatures of a file say, as an attachment of the record carries it."""
    return [asdict(signature) for signature in paper.signatures]


def _record(reading: Reading, text: str, body: str) -> record.Data:
    given = reading.as_data()
    given["sources"] = given["sources"] | _row_sources(reading)
    return record.clean(given | {"paper": text, "body": body})


def _row_sources(reading: Reading) -> dict[str, Any]:
    """The passages of single rows, `recipients.0`: as the record counts its rows; `why` where one is doubtful."""
    found: dict[str, Any] = {}
    rows: dict[str, Iterable[Any]] = {
        "joint_issuers": [row for row in reading.joint_issuers if row.value.name],
        "recipients": [row for row in reading.recipients if row.value.name],
        "relations": [row for row in reading.relations if row.value.number or row.value.title],
    }
    for name, each in rows.items():
        for place, row in enumerate(each):
            found[f"{name}.{place}"] = {"start": row.start, "end": row.end, "text": row.passage}
            if not row.sure:
                found[f"{name}.{place}"]["why"] = row.why
    return found
