"""A pack as its `pack.toml` describes it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.packs.errors import BadPack, NoPack
from portal.packs.files import read_toml

DESCRIPTION = "pack.toml"
PARTS = ("people", "pages", "sections", "synonyms", "notices", "eforms", "procedures", "guides", "dossiers")
_NAME = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True)
class Pack:
    """A folder with `pack.toml`. `order`: its parts as they are loaded; the register of agencies always comes first."""

    folder: Path
    name: str
    order: tuple[str, ...]
    people: tuple[dict[str, Any], ...]
    sections: str | None
    pages: str | None
    notices: str | None
    synonyms: str | None = None
    procedures: str | None = None
    guides: str | None = None
    eforms: str | None = None
    dossiers: str | None = None

    @classmethod
    def read(cls, folder: Path) -> "Pack":
        """Raises `NoPack` and `BadPack`."""
        if not (folder / DESCRIPTION).is_file():
            raise NoPack(folder)
        described = read_toml(folder / DESCRIPTION, DESCRIPTION)
        own, load = described.get("pack", {}), described.get("load", {})
        name, order = str(own.get("name", "")), tuple(load.get("order", PARTS))
        if not _NAME.fullmatch(name):
            raise BadPack(DESCRIPTION, "pack.name phải gồm chữ thường không dấu, chữ số và gạch nối")
        for part in order:
            if part not in PARTS:
                raise BadPack(DESCRIPTION, f"load.order có phần không rõ: {part} (có: {', '.join(PARTS)})")
        for place, row in enumerate(described.get("people", ()), 1):
            for key in ("email", "name", "grants"):
                if not row.get(key):
                    raise BadPack(DESCRIPTION, f"[[people]] thứ {place} thiếu {key}")
        files = {part: load.get(part) for part in PARTS if part != "people"}
        return cls(folder, name, order, tuple(described.get("people", ())), **files)

    def files(self, pattern: str) -> list[tuple[Path, str]]:
        """The files of a pattern with their names within the pack, in order of name."""
        return [(path, path.relative_to(self.folder).as_posix()) for path in sorted(self.folder.glob(pattern))]
