"""The only writer of sections."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.publishing import service as publishing
from portal.site.models import Section

_COLUMNS = ("key", "title", "title_en", "description", "description_en", "owner", "check_every_days")


def set_sections(db: Session, rows: list[dict[str, Any]], *, at: datetime) -> None:
    """Make these the sections of the portal, in this order; others go. Shape: `content/*/sections.toml`."""
    known = {section.slug: section for section in db.scalars(select(Section))}
    wanted = {row["slug"] for row in rows}
    db.execute(delete(Section).where(Section.slug.not_in(wanted)))
    for position, row in enumerate(rows):
        section = known.get(row["slug"]) or Section(slug=row["slug"])
        lists = row.get("lists")
        section.position, section.lists_documents, section.front = position, lists is not None, bool(row.get("front"))
        for name in _COLUMNS:
            setattr(section, name, row.get(name))
        for name in ("types", "fields", "issuers"):
            setattr(section, name, list((lists or {}).get(name, ())))
        db.add(section)
    db.flush()
    publishing.changed(db, "sections", at=at)
