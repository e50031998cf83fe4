"""The sections of a pack: one file, which says what the sections of the portal are."""

import re
from functools import partial
from typing import Any

from portal.notices.types import BY_SLUG
from portal.packs.errors import BadPack
from portal.packs.files import digest, read_text, read_toml
from portal.packs.pack import Pack
from portal.packs.stage import Job, Stage, Verdict
from portal.site import service as site

_TEXTS = ("key", "slug", "title", "title_en", "description", "description_en", "owner")
_KEYS = frozenset((*_TEXTS, "lists", "pages", "front", "check_every_days"))
_LISTS = frozenset(("types", "fields", "issuers"))
_SLUG = re.compile(r"[a-z0-9-]+")


def jobs(pack: Pack) -> list[Job]:
    """What brings the sections in; nothing for a pack without. Raises `BadPack`."""
    if pack.sections is None:
        return []
    path = pack.folder / pack.sections
    rows = read_toml(path, pack.sections).get("sections", [])
    for place, row in enumerate(rows, 1):
        for reason in _problems(row):
            raise BadPack(pack.sections, f"chuyên mục thứ {place}: {reason}")
    bring = partial(_bring, file=pack.sections, sha256=digest(read_text(path, pack.sections)), rows=rows)
    return [Job(pack.sections, bring)]


def _bring(stage: Stage, *, file: str, sha256: str, rows: list[dict[str, Any]]) -> Verdict:
    if stage.is_known(file, sha256):
        return Verdict.UNCHANGED
    verdict = Verdict.UPDATED if stage.known(file) else Verdict.ADDED
    site.set_sections(stage.db, rows, at=stage.at)
    stage.remember(file, sha256)
    return verdict


def _problems(row: dict[str, Any]) -> list[str]:
    lists = row.get("lists", {})
    found = [f"thiếu {name}" for name in ("slug", "title") if not row.get(name)]
    found += [f"khóa không rõ: {name}" for name in sorted(row.keys() - _KEYS)]
    found += [f"khóa không rõ trong lists: {name}" for name in sorted(lists.keys() - _LISTS)]
    found += [f"loại văn bản không có: {slug}" for slug in lists.get("types", ()) if slug not in BY_SLUG]
    if not found and not _SLUG.fullmatch(row["slug"]):
        found.append("slug chỉ gồm chữ thường không dấu, chữ số và gạch nối")
    return found
