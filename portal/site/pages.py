"""Editorial pages (giới thiệu, liên hệ …) as a kind of content: both languages in one, the workflow of notices."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.notices.body import clean_html, plain_text
from portal.publishing.kinds import Data, Kind
from portal.publishing.models import Edition, Item
from portal.request import _
from portal.site.models import SitePage
from portal.text import nfc, slug

NAME = "page"
_TEXTS = ("title", "title_en", "summary", "summary_en", "section", "checked_on")


def clean(given: Data) -> Data:
    """Every key present, text NFC, HTML cleaned."""
    data: Data = {name: " ".join(nfc(str(given.get(name) or "")).split()) or None for name in _TEXTS}
    data["title"] = data["title"] or ""
    data["slug"] = slug(given.get("slug") or data["title"])
    data["position"] = int(given.get("position") or 100)
    data |= {name: clean_html(given.get(name) or "") for name in ("body", "body_en")}
    data["checked_on"] = _day(data["checked_on"])
    return data


def _day(value: Any) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        return None


def _problems(db: Session, edition: Edition) -> list[TranslationString]:
    found: list[TranslationString] = []
    if not edition.data["title"]:
        found.append(_("Chưa có tên trang."))
    if not edition.data["body"]:
        found.append(_("Chưa có nội dung tiếng Việt."))
    return found


def _path(db: Session, item: Item, data: Data) -> str:
    return f"/{data['slug']}"


def _project(db: Session, edition: Edition, *, fresh: bool = False) -> None:
    data = edition.data
    row = (None if fresh else db.get(SitePage, edition.id)) or SitePage(edition_id=edition.id)
    row.slug, row.section, row.position = data["slug"], data["section"], data["position"]
    row.title, row.title_en = data["title"], data["title_en"]
    row.checked_on = date.fromisoformat(data["checked_on"]) if data["checked_on"] else None
    db.add(row)
    db.flush()


def _describe(data: Data) -> list[tuple[TranslationString, str]]:
    return [
        (_("Tên trang"), data["title"]),
        (_("Tên tiếng Anh"), data["title_en"] or ""),
        (_("Tóm tắt"), data["summary"] or ""),
        (_("Tóm tắt tiếng Anh"), data["summary_en"] or ""),
        (_("Nội dung"), plain_text(data["body"])),
        (_("Nội dung tiếng Anh"), plain_text(data["body_en"])),
        (_("Chuyên mục"), data["section"] or ""),
        (_("Ngày rà soát"), data["checked_on"] or ""),
    ]


PAGE = Kind(
    name=NAME,
    label=_("Trang giới thiệu"),
    schema=1,
    clean=clean,
    title=lambda data: data["title"],
    problems=_problems,
    path=_path,
    project=_project,
    describe=_describe,
    files=lambda data: [],
    edit_route="site.edit_page",
    preview="site.preview_page",
)
