"""A letter for tests, and looking it up again."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import mail
from portal.mail import Mail

SUBJECT = "Hồ sơ H17.2026.000123 đã được tiếp nhận; hẹn trả kết quả trước ngày 12 tháng 3 năm 2026, xin giữ thư này"
TEXT = "Kính gửi bà Đặng Thị Ánh,\n\nHồ sơ của bà đã được tiếp nhận.\n.\n.. dòng có dấu chấm\nTrân trọng."


def written(db: Session, at: datetime, key: str = "ho-so:1", **values: Any) -> Mail:
    given = {"to": "anh.dang@vidu.vn", "subject": SUBJECT, "text": TEXT, "about": None, "language": "vi", **values}
    return mail.send(db, key=key, at=at, **given)


def only(db: Session) -> Mail:
    """The one letter there is, as the database has it."""
    db.rollback()
    db.expire_all()
    found = db.scalars(select(Mail)).one()
    db.rollback()
    return found
