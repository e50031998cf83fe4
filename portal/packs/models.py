"""What was loaded from which file, so that the same file again writes nothing."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class PackFile(Base):
    """A file of a pack as it was when it was last loaded."""

    __tablename__ = "pack_files"

    pack: Mapped[str] = mapped_column(String(80), primary_key=True)
    path: Mapped[str] = mapped_column(String(255), primary_key=True)
    """Within the pack; the page's slug stands for its language versions."""
    sha256: Mapped[str] = mapped_column(String(64))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id", ondelete="SET NULL"), index=True)
    data_sha256: Mapped[str | None] = mapped_column(String(64))
    """Of the edition's data as the pack wrote them: another one there now means that people have changed it."""
    loaded_at: Mapped[datetime]
