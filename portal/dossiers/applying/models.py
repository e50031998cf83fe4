"""How often a network began something: what keeps one sender from filling the tables of everybody."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Begun(Base):
    """Drafts begun and letters asked for from one network within an hour; keys are salted hashes, no address."""

    __tablename__ = "dossier_begun"
    __table_args__ = (CheckConstraint("what IN ('draft', 'letter')", name="what"),)

    what: Mapped[str] = mapped_column(String(10), primary_key=True)
    key_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    times: Mapped[int]
    since_at: Mapped[datetime] = mapped_column(index=True)
    """When the hour began in which they are counted."""
