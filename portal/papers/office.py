""".doc, .rtf and .odt made into .docx by LibreOffice, where the machine has it.

Each conversion has a profile of its own that is thrown away, so several may run at once. Macros do not run, links are
not followed, and every address of the network is refused. Where the kernel lets us it sees no file but its own
(`starting`): LibreOffice takes a picture from wherever an RTF says that it lies. What it may take is bounded; at the
end its whole process group goes.
"""

import json
import shutil
import struct
import sys
import tempfile
from pathlib import Path

from portal.papers.errors import EncryptedPaper, NeedsOffice, ReaderStopped, TookTooLong, TookTooMuchMemory, Unreadable
from portal.papers.isolation import MB, measured, run
from portal.papers.starting import JOB

__all__ = ["SECONDS", "find", "to_docx"]

SECONDS = 90
_MEMORY = 4096 * MB
"""Of address space: LibreOffice maps a gigabyte before it reads anything."""
_WRITTEN = 512 * MB
_PROGRAMS = ("soffice", "libreoffice")
_FILTERS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8"}
"""The kind of the content decides how it is read: nothing can be slipped to another part of LibreOffice."""
_BEGINNINGS = ((b"\xd0\xcf\x11\xe0", "doc"), (b"{\\rtf", "rtf"), (b"PK\x03\x04", "odt"))
_OUTPUT = "docx:MS Word 2007 XML"
_SECTOR = 512
_SEARCHED = 4 * MB

_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_RULES = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisablePythonRuntime", "true"),
    ("/org.openoffice.Office.Common/Misc", "UseLocking", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetFTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    + "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _RULES)
    + "</oor:items>"
)


def find(soffice: str = "") -> str | None:
    """The program: the one that the settings name (`portal.soffice`), else one on the search path, else None."""
    wanted = (soffice,) if soffice else _PROGRAMS
    return next((found for name in wanted if (found := shutil.which(name))), None)


def to_docx(path: Path, into: Path, *, soffice: str = "", seconds: int = SECONDS) -> Path:
    """The file at `path` (.doc, .rtf or .odt by its content) as a .docx in the folder `into`.

    Raises `NeedsOffice`, `EncryptedPaper`, `Unreadable`, `TookTooLong` (after `seconds`) and `TookTooMuchMemory`.
    """
    program = find(soffice)
    if program is None:
        raise NeedsOffice()
    kind = _kind(path)
    with tempfile.TemporaryDirectory(prefix="portal-soffice-") as made:
        folder = Path(made)
        given = folder / f"paper.{kind}"
        shutil.copyfile(path, given)
        _make_profile(folder / "profile")
        ended = run(_command(program, folder, given, kind, seconds), folder, seconds)
        if ended.status is None:
            raise TookTooLong(seconds=seconds)
        converted = folder / "made" / "paper.docx"
        if not converted.is_file() or not converted.stat().st_size:
            if ended.peak > _MEMORY // 2:
                raise TookTooMuchMemory(megabytes=_MEMORY // MB)
            raise Unreadable() if ended.status >= 0 else ReaderStopped()
        return Path(shutil.move(converted, into / "paper.docx"))


def _kind(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(_SEARCHED)
    kind = next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), None)
    if kind is None:
        raise Unreadable()
    if kind == "doc" and _is_encrypted(head):
        raise EncryptedPaper()
    return kind


def _is_encrypted(head: bytes) -> bool:
    """Whether the first Word stream says so in its beginning, the FIB ([MS-DOC] 2.5.2: `wIdent`, then `fEncrypted`)."""
    for start in range(_SECTOR, len(head) - 12, _SECTOR):
        if head[start : start + 2] == b"\xec\xa5":
            flags: int = struct.unpack_from("<H", head, start + 10)[0]
            return bool(flags & 0x0100)
    return False


def _make_profile(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")


def _command(program: str, folder: Path, given: Path, kind: str, seconds: int) -> list[str]:
    """What starts LibreOffice within its limits."""
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        f"--infilter={_FILTERS[kind]}",
        "--convert-to",
        _OUTPUT,
        "--outdir",
        str(folder / "made"),
        str(given),
    ]
    job = {
        "command": command,
        "readable": [program, str(_home(Path(program).resolve()))],
        "measured": measured(),
        "seconds": seconds,
        "memory": _MEMORY,
        "written": _WRITTEN,
    }
    (folder / JOB).write_text(json.dumps(job), encoding="utf-8")
    return [sys.executable, "-I", "-X", "utf8", "-m", "portal.papers.starting", str(folder)]


def _home(program: Path) -> Path:
    """Where LibreOffice lies: `/opt/libreoffice/program/soffice` belongs to `/opt/libreoffice`."""
    return program.parent.parent if len(program.parts) > 4 else program.parent
