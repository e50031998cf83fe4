"""`portal demo load`."""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.passwords import verify

PASSWORD = re.compile(r"(\S+@vidu\.gov\.vn)\s*│\s*([a-z]{4}(?:-[a-z]{4}){3}-\d\d)")


def test_the_passwords_it_prints_are_those_of_the_accounts(ready: Path, empty: Engine, portal: Any) -> None:
    made = portal("-c", ready, "demo", "load")
    assert made.exit_code == 0, made.output
    printed = dict(PASSWORD.findall(made.output))
    assert len(printed) == 10
    with Session(empty) as db:
        for email, password in printed.items():
            person = accounts.person_by_email(db, email)
            assert person is not None
            assert verify(person.password_hash, password)
    again = portal("-c", ready, "demo", "load", "--if-empty")
    assert again.exit_code == 0
    assert not PASSWORD.findall(again.output)
    renewed = dict(PASSWORD.findall(portal("-c", ready, "demo", "load", "--new-passwords").output))
    assert renewed.keys() == printed.keys()
    assert not set(renewed.values()) & set(printed.values())


def test_an_instance_with_other_content_is_left_alone(ready: Path, portal: Any, tmp_path: Path) -> None:
    paper = tmp_path / "giay.txt"
    paper.write_text("THÔNG BÁO\nVề việc thử\n1. Nội dung.", encoding="utf-8")
    assert portal("-c", ready, "notices", "import", paper).exit_code == 0
    left = portal("-c", ready, "demo", "load", "--if-empty")
    assert left.exit_code == 0
    assert not PASSWORD.findall(left.output)
    assert "đã có nội dung khác" in left.output


def test_a_mistake_in_a_pack_is_one_line_with_its_place(ready: Path, portal: Any, tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text('[pack]\nname = "thu"\n[load\n', encoding="utf-8")
    refused = portal("-c", ready, "demo", "load", "--pack", tmp_path)
    assert refused.exit_code == 2
    assert "pack.toml, dòng 3" in refused.output
