"""Procedures of a pack, and what agencies add to them."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue import local
from portal.catalogue.kind import NAME, procedure_kind
from portal.catalogue.models import LocalService, Procedure
from portal.packs import Loaded, Pack
from portal.packs.errors import BadPack
from portal.publishing.models import Edition, State
from portal.settings import ROOT

Bring = Callable[..., Loaded]
PACK = '[pack]\nname = "thu"\n[load]\norder = ["procedures"]\nprocedures = "procedures/*.toml"\n'
NATIONAL = """code = "1.000001"
name = "Cấp thẻ"
authority = "G15"
fields = ["hanh-chinh-tu-phap"]
audiences = ["cong-dan"]
conditions = "Phải có:\\n- đơn;\\n- ảnh."
results = ["Thẻ"]

[[cases]]
steps = [{ name = "Nộp", text = "Nộp tại quầy." }]

[[channels]]
channel = "direct"
limits = ["3 ngày làm việc (cấp mới)"]
fees = ["Lệ phí: 20.000 đồng (mỗi thẻ)"]
"""
LOCAL = 'procedure = "1.000001"\nagency = "H17"\nnotes = "Nhận sáng thứ Bảy."\n'


@pytest.fixture
def write(folder: Any) -> Callable[..., Any]:
    """`write(national, local)` → the folder of a pack of these files."""
    folder.write("pack.toml", PACK)

    def files(national: str = NATIONAL, local: str = "") -> Any:
        folder.write("procedures/a.toml", national)
        if local:
            folder.write("procedures/0-local.toml", local)
        return folder.root

    return files


def test_a_file_becomes_a_procedure_with_limits_and_fees_read(db: Session, bring: Bring, write: Any) -> None:
    bring(write())
    (edition,) = db.scalars(select(Edition)).all()
    assert (edition.state, edition.item.path, edition.item.unit.code) == (
        State.PUBLISHED, "/thu-tuc/1.000001", "G15",
    )  # fmt: skip
    (channel,) = edition.data["channels"]
    assert [(row["amount"], row["unit"], row["note"]) for row in channel["limits"]] == [(3, "working_days", "cấp mới")]
    assert [(row["kind"], row["amount"], row["note"]) for row in channel["fees"]] == [("le_phi", 20_000, "mỗi thẻ")]
    assert edition.data["conditions"].replace("\n", "") == "<p>Phải có:</p><ul><li>đơn;</li><li>ảnh.</li></ul>"


def test_a_local_part_comes_after_its_procedure_and_has_seen_it(db: Session, bring: Bring, write: Any) -> None:
    loaded = bring(write(local=LOCAL))
    assert sum(loaded.counts["procedures"].values()) == 2
    row = db.scalars(select(LocalService)).one()
    assert (row.edition.item.path, row.behind) == ("/thu-tuc/1.000001/h17", False)
    assert row.procedure_uid == str(db.scalars(select(Procedure)).one().edition.item.uid)
    assert bring(write(local=LOCAL)).changed == 0


@pytest.mark.parametrize(
    ("national", "reason"),
    [
        (NATIONAL.replace('authority = "G15"', 'authority = "G88"'), "dòng 3: danh bạ"),
        (NATIONAL.replace('"cong-dan"', '"nguoi-sao-hoa"'), "dòng 5: giá trị không có trong danh mục"),
        (NATIONAL.replace("3 ngày làm việc (cấp mới)", "3"), "dòng 14: .*không rõ đơn vị"),
        (NATIONAL.replace("20.000 đồng", "20 VNĐ"), "dòng 15: .*quá nhỏ"),
        (NATIONAL.replace("code =", "ma ="), "dòng 1: khóa không rõ"),
        (NATIONAL.replace('"1.000001"', '"12"'), "dòng 1: giá trị không dùng được"),
        (NATIONAL.replace('authority = "G15"', ""), "thiếu authority"),
        ('state = "scheduled"\n' + NATIONAL, "state không dùng được"),
    ],
)
def test_a_mistake_is_named_with_its_line(db: Session, bring: Bring, write: Any, national: str, reason: str) -> None:
    with pytest.raises(BadPack, match=rf"procedures/a\.toml.*{reason}"):
        bring(write(national))
    assert db.scalars(select(Edition)).all() == []


def test_a_local_part_needs_its_procedure(bring: Bring, write: Any) -> None:
    with pytest.raises(BadPack, match=r"không có thủ tục mang mã 1\.999999"):
        bring(write(local=LOCAL.replace("1.000001", "1.999999")))


def test_the_procedures_of_the_demonstration_could_all_be_published(db: Session, bring: Bring, folder: Any) -> None:
    demo = ROOT / "content" / "demo"
    folder.write("pack.toml", PACK.replace('["pro', '["eforms", "pro') + 'eforms = "eforms/*.toml"\n')
    for file in (*(demo / "procedures").glob("*.toml"), *(demo / "eforms").glob("*.toml")):
        folder.write(f"{file.parent.name}/{file.name}", file.read_bytes())
    bring(folder.root)
    editions = db.scalars(select(Edition).where(Edition.state == State.PUBLISHED)).all()
    kinds = Counter(edition.item.kind for edition in editions)
    assert kinds[NAME] >= 12
    assert kinds[local.NAME] >= 2
    kinds_of = {NAME: procedure_kind(applied_for_elsewhere=False).problems, local.NAME: local.problems}
    for edition in editions:
        problems = kinds_of.get(edition.item.kind)
        if problems is None:
            continue
        assert problems(db, edition) == [], edition.item.path
        assert edition.data.get("name_en") or edition.item.kind == local.NAME
    services = {edition.data["service"] for edition in editions if edition.item.kind == NAME}
    assert services == {"toan-trinh", "mot-phan", "thong-tin"}
    assert Pack.read(demo).procedures
