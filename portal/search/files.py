"""Files of synonyms: TOML, `[[groups]]` with `terms` and perhaps a `note`."""

import tomllib
from pathlib import Path

from portal.errors import PortalError
from portal.request import _

FILE = Path("search") / "synonyms.toml"
Groups = tuple[tuple[tuple[str, ...], str | None], ...]


class BadSynonyms(PortalError):
    """A file of synonyms that cannot be read."""

    status = 422

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            _("Không đọc được tệp từ đồng nghĩa ${path}: ${reason}", mapping={"path": str(path), "reason": reason})
        )


def groups_in(content: Path) -> Groups:
    """The groups (spellings, note) that come with the content of an instance; none without the file."""
    path = content / FILE
    return read_groups(path) if path.is_file() else ()


def read_groups(path: Path) -> Groups:
    """The groups of a file. Raises `BadSynonyms`."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("groups", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSynonyms(path, str(error)) from error
    if not isinstance(rows, list):
        raise BadSynonyms(path, "groups")
    for place, row in enumerate(rows, 1):
        terms = row.get("terms") if isinstance(row, dict) else None
        if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms) or len(terms) < 2:
            raise BadSynonyms(path, f"groups[{place}].terms")
    return tuple((tuple(row["terms"]), row.get("note")) for row in rows)
