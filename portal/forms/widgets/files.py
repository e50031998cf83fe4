"""Files chosen by a person. With a store, a file sent once is kept when the form is refused for another reason."""

from typing import Any

from colander import Invalid, null
from markupsafe import Markup

from portal.errors import PortalError
from portal.forms.uploads import FileRef, NewFile, file_name
from portal.forms.widgets.base import BROKEN, Widget
from portal.request import _


class Upload(Widget):
    """One file; use with `FileValue`. `accept` as in HTML (".pdf,.docx"): a help for choosing, not a check.

    With `drop`, a script makes it a field that files are dropped on.
    """

    template = "forms/upload.jinja2"
    asks = "upload"
    several = False

    def __init__(self, *, accept: str = "", drop: bool = False, **shared: Any) -> None:
        super().__init__(**shared)
        self.accept = accept
        self.drop = drop

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Markup:
        values = [] if cstruct is null else cstruct if isinstance(cstruct, list | tuple) else [cstruct]
        kept = [(file, field.renderer.seal.close(_plain(file))) for file in values if isinstance(file, dict)]
        lost = [file.name for file in values if isinstance(file, NewFile)]
        drawn: Markup = field.renderer(
            self.template,
            field=field,
            params=self.params(field, null),
            kept=kept,
            lost=lost,
            several=self.several,
        )
        return drawn

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        params = super().params(field, cstruct)
        params |= {"name": "upload", "multiple": self.several}
        if self.accept:
            params["attributes"]["accept"] = self.accept
        if self.drop:
            params |= _dropping(field, several=self.several)
        return params

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        kept, new = _read(field, pstruct)
        files: list[Any] = kept
        for sent in new:
            try:
                files = [*files, _taken(field, sent)]
            except PortalError as refused:
                raise Invalid(field.schema, refused.message, self.value(files)) from None
        return self.value(files)

    def value(self, files: list[Any]) -> Any:
        """One file: the newest wins."""
        return files[-1] if files else null


class Uploads(Upload):
    """Several files; the value is a list of `FileRef` (with a store) or `NewFile`."""

    several = True

    def value(self, files: list[Any]) -> Any:
        return files or null


def _dropping(field: Any, *, several: bool) -> dict[str, Any]:
    say = field.renderer.translate
    chosen = say(_("Đã chọn %{count} tệp"))
    return {
        "javascript": True,
        "chooseFilesButtonText": say(_("Chọn tệp")),
        "dropInstructionText": say(_("hoặc kéo tệp vào đây")),
        "noFileChosenText": say(_("Chưa chọn tệp nào")),
        "multipleFilesChosenText": {"one": chosen, "other": chosen},
        "enteredDropZoneText": say(_("Đã vào vùng thả tệp")),
        "leftDropZoneText": say(_("Đã ra khỏi vùng thả tệp")),
    }


def _read(field: Any, pstruct: Any) -> tuple[list[Any], list[Any]]:
    """Files kept from before and not ticked for removal, and files newly sent."""
    if pstruct is null:
        return [], []
    if not isinstance(pstruct, dict):
        raise Invalid(field.schema, BROKEN, null)
    kept = [field.renderer.seal.open(text) for text in _still_wanted(pstruct.get("kept"))]
    sent = pstruct.get("upload")
    new = [one for one in (sent if isinstance(sent, list) else [sent]) if hasattr(one, "file")]
    return [file for file in kept if file is not None], new


def _still_wanted(kept: Any) -> list[str]:
    rows = [row for row in kept if isinstance(row, dict)] if isinstance(kept, list) else []
    sealed = [row.get("sealed") for row in rows if not row.get("remove")]
    return [text for text in sealed if isinstance(text, str)]


def _taken(field: Any, sent: Any) -> FileRef | NewFile:
    name, store = file_name(sent.filename), field.renderer.store
    if store is None:
        return NewFile(sent.file, name, sent.type or "application/octet-stream")
    sent.file.seek(0)  # a form in which something else is refused is read twice
    stored: FileRef = store(sent.file, name)
    return stored


def _plain(file: dict[str, Any]) -> FileRef:
    return FileRef(sha256=file["sha256"], name=file["name"], size=file["size"], media_type=file["media_type"])
