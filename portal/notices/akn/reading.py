"""From an Akoma Ntoso file to a record."""

from dataclasses import dataclass

from translationstring import TranslationString

from portal.notices import data as record
from portal.notices.akn import foreign, ourfields
from portal.notices.akn.foreign import ForeignBody
from portal.notices.akn.ourbody import OurBody
from portal.notices.akn.parsing import Opened, first, opened
from portal.request import _

_DRAFT = _("Tệp theo bản dự thảo hoặc bản cũ của chuẩn (${namespace}); đã đọc như bản 3.0.")
_FOREIGN = _("Tệp do phần mềm khác tạo: hãy kiểm tra từng trường và cách chia phần của văn bản.")
_FILES = _("Tệp đính kèm không nằm trong tệp Akoma Ntoso: nếu cần, hãy đính kèm lại.")
_NO_TITLE = _("Tệp không ghi trích yếu: hãy nhập trước khi công bố.")
_NO_DATE = _("Tệp không ghi ngày ban hành.")


@dataclass(frozen=True)
class Arrived:
    """A record read. `notes`: what a person should know; `work`: address of the work, None when the file has none.

    `identity`: origin and uid of the item, when a portal wrote the file.
    """

    data: record.Data
    notes: list[TranslationString]
    work: str | None
    identity: tuple[str, str] | None = None


def from_akn(content: bytes) -> record.Data:
    """The record of an Akoma Ntoso file; of one written by `to_akn` the same record, of others what it can hold.

    Raises an `AknError` for anything else; never fetches, expands or executes what a file names.
    """
    return arrived(content).data


def arrived(content: bytes) -> Arrived:
    """The same, with what to tell the person who brings it in."""
    file = opened(content)
    if file.own:
        given = ourfields.fields_of(file.document) | {"body": OurBody(file.document).html()}
        identity = ourfields.identity_of(file.document)
    else:
        identity = None
        given = foreign.fields_of(file.document) | {"body": ForeignBody(file.document.getparent()).html()}
    data = record.clean(given)
    uri = first(first(file.document, "FRBRWork"), "FRBRuri")
    return Arrived(data, _notes(file, data), None if uri is None else uri.get("value"), identity)


def _notes(file: Opened, data: record.Data) -> list[TranslationString]:
    notes: list[TranslationString] = []
    if file.is_draft:
        notes.append(TranslationString(_DRAFT, mapping={"namespace": file.namespace}))
    if not file.own:
        notes.append(_FOREIGN)
    if first(file.document, "hasAttachment") is not None:
        notes.append(_FILES)
    if not data["title"]:
        notes.append(_NO_TITLE)
    if not data["issued_on"]:
        notes.append(_NO_DATE)
    return notes
