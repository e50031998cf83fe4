"""What was typed into a form whose sign-in had expired (invariant 9: no lost text)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.accounts.models import KeptForm

LIFE = timedelta(days=7)
AT_MOST = 40
"""Kept forms a person can have; the oldest makes room."""
PER_HOUR = 20
SECRET = ("password", "passwd", "mat_khau", "mat-khau", "matkhau", "secret", "token", "otp", "csrf")
"""A field whose name contains one of these is never kept."""

Fields = Sequence[tuple[str, str]]


def keep_form(
    db: Session,
    person_id: int,
    *,
    page: str,
    fields: Fields,
    at: datetime,
    largest: int,
    replace: bool = False,
) -> KeptForm | None:
    """Keep the fields of a form for seven days, for this person only; passwords and tokens are left out.

    `replace`: newer text of the same page takes the older one's place (autosave). None when nothing was typed, when
    it has more than `largest` bytes, or when the person had 20 forms kept within the hour.
    """
    typed = [(_storable(name), _storable(value)) for name, value in fields if not is_secret(name)]
    size = sum(len(name.encode()) + len(value.encode()) for name, value in typed)
    if size > largest or not any(value.strip() for name, value in typed if not name.startswith("__")):
        return None
    recent = select(func.count()).where(KeptForm.person_id == person_id, KeptForm.created_at > at - timedelta(hours=1))
    older = _same_page(db, person_id, page, at) if replace else None
    if older is None and (db.scalar(recent) or 0) >= PER_HOUR:
        return None
    kept = older or KeptForm(person_id=person_id, page=page, created_at=at)
    kept.fields, kept.size, kept.expires_at = [list(pair) for pair in typed], size, at + LIFE
    db.add(kept)
    db.flush()
    _make_room(db, person_id)
    return kept


def drop_form(db: Session, kept: KeptForm) -> None:
    """The text has arrived where it belongs, or the person does not want it any more."""
    db.delete(kept)
    db.flush()


def is_secret(name: str) -> bool:
    """Whether a field of this name must never be kept."""
    return any(word in name.lower() for word in SECRET)


def _storable(text: str) -> str:
    """Without what no database takes: NUL, and the lone surrogates that JSON may carry."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _same_page(db: Session, person_id: int, page: str, at: datetime) -> KeptForm | None:
    query = (
        select(KeptForm)
        .where(KeptForm.person_id == person_id, KeptForm.page == page, KeptForm.expires_at > at)
        .order_by(KeptForm.created_at.desc(), KeptForm.id.desc())
    )
    return db.scalars(query.limit(1)).first()


def _make_room(db: Session, person_id: int) -> None:
    query = (
        select(KeptForm.id)
        .where(KeptForm.person_id == person_id)
        .order_by(KeptForm.created_at.desc(), KeptForm.id.desc())
    )
    if surplus := list(db.scalars(query.offset(AT_MOST))):
        db.execute(delete(KeptForm).where(KeptForm.id.in_(surplus)))
