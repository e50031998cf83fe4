"""Situations of packs."""

from pathlib import Path

from portal.errors import PortalError
from portal.request import _


class PackError(PortalError):
    """Base of the package."""

    status = 422


class NoPack(PackError):
    """A folder without `pack.toml`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Không có gói nội dung ở “${folder}”: thiếu tệp pack.toml.", mapping={"folder": str(folder)})
        )


class BadPack(PackError):
    """A file of a pack that cannot be used; the message names the file, the line where it is known, and the reason."""

    def __init__(self, file: str, reason: str, line: int | None = None) -> None:
        self.file, self.reason, self.line = file, reason, line
        at_line = _("${file}, dòng ${line}: ${reason}", mapping={"file": file, "line": line, "reason": reason})
        in_file = _("${file}: ${reason}", mapping={"file": file, "reason": reason})
        super().__init__(at_line if line else in_file)


class OwnAgencyUnknown(PackError):
    """`portal.agency_code` is in no register."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _(
                "Danh bạ không có cơ quan mang mã “${code}”. Hãy sửa khóa portal.agency_code.",
                mapping={"code": code},
            )
        )
