"""A small pack to change and load, and sessions that the test rolls back."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from portal.db import Sessions
from portal.packs import Loaded, Pack, load

PEOPLE = """
[[people]]
name = "Lò Thị Mẫu"
email = "mau@vidu.gov.vn"
grants = [{ role = "editor", agency = "G22" }]

[[people]]
name = "Vàng A Thử"
email = "thu@vidu.gov.vn"
grants = [{ role = "approver", agency = "G22" }]
"""
MATTER = """type = "thong-bao"
number = "12"
notation = "TB-VPCP"
issuer = { name = "Văn phòng Chính phủ", code = "G22" }
issued_on = 2026-02-13
title = "Về việc thử nghiệm"
state = "published"
"""
PAPER = """VĂN PHÒNG CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/TB-VPCP
Hà Nội, ngày 13 tháng 02 năm 2026

THÔNG BÁO
Về việc thử nghiệm

1. Nội dung thứ nhất./.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHÁNH VĂN PHÒNG

Lò Thị Mẫu
"""
NOTICE = "notices/mot.txt"


class Folder:
    """A pack under construction."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write(
            "pack.toml", f'[pack]\nname = "thu"\n[load]\npages = "pages/*.md"\nnotices = "notices/*.txt"\n{PEOPLE}'
        )

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def notice(self, matter: str = MATTER, *, name: str = NOTICE, paper: str = PAPER) -> None:
        self.write(name, f"+++\n{matter}+++\n{paper}")

    def page(self, slug: str, language: str, body: str, *, matter: str = "") -> None:
        head = f'slug = "{slug}"\nlanguage = "{language}"\ntitle = "Trang {slug} {language}"\n{matter}'
        self.write(f"pages/{slug}.{language}.md", f"+++\n{head}+++\n{body}")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def sessions(db: Session) -> Sessions:
    return sessionmaker(db.connection(), join_transaction_mode="create_savepoint", expire_on_commit=False)


@pytest.fixture
def bring(db: Session, sessions: Sessions, settings: Any, at: datetime) -> Callable[..., Loaded]:
    """Load a folder at 09:00 on 2 March 2026; afterwards `db` sees what is there now."""

    def go(root: Path, **more: Any) -> Loaded:
        try:
            return load(sessions, Pack.read(root), settings=settings, at=at, **more)
        finally:
            db.commit()
            db.expire_all()

    return go
