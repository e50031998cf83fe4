"""From the text of a paper to a proposed record (A3-5)."""

import codecs
from collections.abc import Callable
from typing import Any

from portal.errors import PortalError
from portal.notices import data as record
from portal.notices.reading import Reading, read
from portal.request import _

Resolve = Callable[[str], Any]


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


def from_paper(text: str, *, resolve: Resolve | None) -> record.Data:
    """The record that a pasted or uploaded paper proposes, with the passage of each field and what to check (A3-5).

    The original text stays in `paper`; nothing that the paper does not say is filled in.
    """
    return proposed(read(text, resolve=resolve), text)


def proposed(reading: Reading, text: str) -> record.Data:
    """A reading as a record: sure fields filled, doubtful ones filled and named in `doubts`."""
    return record.clean(reading.as_data() | {"paper": text, "body": record.body_of_text(reading.content(text))})
