"""Tables of the register: agencies with periods of validity, what followed what, other names, fields of law."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.agencies.codes import to_old_code
from portal.agencies.kinds import Evidence, Kind
from portal.agencies.names import folded_key, name_key
from portal.agencies.periods import lived_on
from portal.db import Base, new_uid
from portal.text import slug


def _one_of(column: str, options: type[Kind] | type[Evidence]) -> str:
    return f"{column} IN ({', '.join(repr(str(option)) for option in options)})"


def _key_of(context: DefaultExecutionContext) -> str:
    values: Mapping[str, Any] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    name, start = str(values["name"]), values.get("valid_from")
    return f"{slug(name)}-{start:%Y%m%d}" if start else slug(name)


class Agency(Base):
    """A unit of the register (cơ quan, đơn vị) during one period of its life.

    `code` is the form of QĐ 20/2020, `old_code` that of QCVN 102; both are None where no code is known, and
    `code_evidence` says how sure they are. `key` is permanent and stands in addresses when there is no code.
    `valid_from` and `valid_to` are the first and the last day; None means "since before the register", "still".
    """

    __tablename__ = "agencies"
    __table_args__ = (
        CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="period"),
        CheckConstraint(_one_of("kind", Kind), name="kind"),
        CheckConstraint(_one_of("code_evidence", Evidence), name="code_evidence"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        UniqueConstraint("code", "valid_from"),
        Index(
            "uq_agencies_code_from_the_start",
            "code",
            unique=True,
            sqlite_where=text("valid_from IS NULL"),
            postgresql_where=text("valid_from IS NULL"),
        ),
    )
    audit_kind: ClassVar[str] = "agency"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    key: Mapped[str] = mapped_column(String(200), unique=True, default=_key_of)
    code: Mapped[str | None] = mapped_column(String(35))
    old_code: Mapped[str | None] = mapped_column(String(35), index=True)
    code_evidence: Mapped[str] = mapped_column(String(20), default=Evidence.NONE.value)
    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(300), index=True)
    name_folded: Mapped[str] = mapped_column(String(300), index=True)
    short_name: Mapped[str | None] = mapped_column(String(200))
    english_name: Mapped[str | None] = mapped_column(String(300))
    abbreviation: Mapped[str | None] = mapped_column(String(50))
    kind: Mapped[str] = mapped_column(String(30), default=Kind.OTHER.value, index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id", ondelete="RESTRICT"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    address: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(200))
    website: Mapped[str | None] = mapped_column(String(300))
    note: Mapped[str | None] = mapped_column(Text)
    self_approval: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    """Counts the writes; a form names the one it saw."""
    loaded_digest: Mapped[str | None] = mapped_column(String(64))
    """What the data files said when the unit was last loaded from them; None for a unit added here."""

    __mapper_args__ = {"version_id_col": version}

    parent: Mapped["Agency | None"] = relationship(remote_side="Agency.id")
    aliases: Mapped[list["AgencyAlias"]] = relationship(
        back_populates="agency", cascade="all, delete-orphan", order_by="AgencyAlias.id"
    )

    @validates("name")
    def _search_keys(self, _attribute: str, name: str) -> str:
        self.name_key, self.name_folded = name_key(name), folded_key(name)
        return name

    @validates("code")
    def _both_codes(self, _attribute: str, code: str | None) -> str | None:
        self.old_code = to_old_code(code) if code else None
        return code

    @property
    def unit_id(self) -> int:
        """The unit that role rules look at: the agency itself."""
        return self.id

    @property
    def other_names(self) -> list[str]:
        """The names beside the full name, the short name, the English name and the abbreviation."""
        own = {name_key(name) for name in (self.short_name, self.english_name, self.abbreviation) if name}
        return [alias.name for alias in self.aliases if alias.name_key not in own]

    def in_force(self, on: date) -> bool:
        """Whether the unit exists on the day."""
        return lived_on(self, on)

    def label(self, lang: str) -> str:
        """Its name in the language of the page."""
        return (self.english_name if lang == "en" else None) or self.name


class AgencyAlias(Base):
    """One more name of an agency: short form, abbreviation, old spelling, English name."""

    __tablename__ = "agency_aliases"
    __table_args__ = (UniqueConstraint("agency_id", "name_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(300), index=True)
    name_folded: Mapped[str] = mapped_column(String(300), index=True)

    agency: Mapped[Agency] = relationship(back_populates="aliases")

    @validates("name")
    def _search_keys(self, _attribute: str, name: str) -> str:
        self.name_key, self.name_folded = name_key(name), folded_key(name)
        return name


class Succession(Base):
    """`predecessor` passed, wholly or in part, into `successor` on the day; `instrument` is the text that says so."""

    __tablename__ = "successions"
    __table_args__ = (
        UniqueConstraint("predecessor_id", "successor_id", "on"),
        CheckConstraint("predecessor_id <> successor_id", name="two_units"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    predecessor_id: Mapped[int] = mapped_column(ForeignKey("agencies.id", ondelete="CASCADE"))
    successor_id: Mapped[int] = mapped_column(ForeignKey("agencies.id", ondelete="CASCADE"), index=True)
    on: Mapped[date]
    instrument: Mapped[str | None] = mapped_column(String(300))
    note: Mapped[str | None] = mapped_column(Text)

    predecessor: Mapped[Agency] = relationship(foreign_keys=predecessor_id)
    successor: Mapped[Agency] = relationship(foreign_keys=successor_id)


class Field(Base):
    """A field of law (lĩnh vực) as in the Bộ pháp điển; `number` is its number there, None for an own field."""

    __tablename__ = "law_fields"

    slug: Mapped[str] = mapped_column(String(100), primary_key=True)
    number: Mapped[int | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(200))
    english_name: Mapped[str | None] = mapped_column(String(200))

    def label(self, lang: str) -> str:
        """Its name in the language of the page."""
        return (self.english_name if lang == "en" else None) or self.name
