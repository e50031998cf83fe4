"""The file of the vocabularies: TOML, `[[terms]]` with slug, names and descriptions, in the order of the pages."""

import re
import tomllib
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from portal.catalogue.models import VOCABULARIES
from portal.errors import PortalError
from portal.request import _

FOLDER = Path("catalogue")
FILE = FOLDER / "vocabularies.toml"
STEP = 10
"""Positions are so far apart, so that people find room between them."""
LONGEST_NAME, LONGEST_TEXT = 200, 500
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class BadVocabularies(PortalError):
    """A file of vocabularies or of events that cannot be read."""

    status = 422

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            _("Không đọc được tệp danh mục ${path}: ${reason}", mapping={"path": str(path), "reason": reason})
        )


@dataclass(frozen=True)
class TermRow:
    """One word as a file says it."""

    vocabulary: str
    slug: str
    name: str
    english_name: str | None = None
    description: str | None = None
    english_description: str | None = None
    position: int = 100

    def values(self) -> dict[str, Any]:
        """What people may change of it."""
        return {name: value for name, value in asdict(self).items() if name not in ("vocabulary", "slug")}


def digest(values: dict[str, Any]) -> str:
    """Of the values that people may change."""
    return sha256(orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).hexdigest()


def terms_in(content: Path) -> tuple[TermRow, ...]:
    """The words that come with the content of an instance; none without the file. Raises `BadVocabularies`."""
    path = content / FILE
    return read_terms(path) if path.is_file() else ()


def read_terms(path: Path) -> tuple[TermRow, ...]:
    """The words of a file. Raises `BadVocabularies`."""
    rows = [_term(path, place, row) for place, row in enumerate(tables(path, "terms"), 1)]
    slugs = [row.slug for row in rows]
    twice = next((slug for slug in slugs if slugs.count(slug) > 1), None)
    if twice:
        raise BadVocabularies(path, f"slug = {twice!r} (2)")
    return tuple(rows)


def tables(path: Path, name: str) -> list[dict[str, Any]]:
    """The `[[name]]` of a TOML file. Raises `BadVocabularies`."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get(name, [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadVocabularies(path, str(error)) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadVocabularies(path, name)
    return rows


def _term(path: Path, place: int, row: dict[str, Any]) -> TermRow:
    texts = {name: row.get(name) for name in ("name", "english_name", "description", "english_description")}
    for name, text in texts.items():
        longest = LONGEST_NAME if name.endswith("name") else LONGEST_TEXT
        if not (isinstance(text, str) and text.strip() and len(text) <= longest) and (
            text is not None or name == "name"
        ):
            raise BadVocabularies(path, f"terms[{place}].{name}")
    slug, vocabulary = row.get("slug"), row.get("vocabulary")
    if not isinstance(slug, str) or not SLUG.fullmatch(slug) or len(slug) > 80:
        raise BadVocabularies(path, f"terms[{place}].slug")
    if vocabulary not in VOCABULARIES:
        raise BadVocabularies(path, f"terms[{place}].vocabulary ({', '.join(VOCABULARIES)})")
    return TermRow(vocabulary, slug, **texts, position=place * STEP)  # type: ignore[arg-type]
