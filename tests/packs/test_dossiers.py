"""Dossiers of a content pack, and those of the demonstration."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.catalogue import queries as catalogue
from portal.clock import in_vietnam
from portal.db import Sessions
from portal.dossiers import service, tracking
from portal.dossiers.applying.offers import offer_for
from portal.dossiers.following.models import Seal
from portal.dossiers.models import Applicant, Dossier, DossierEvent, DossierFile, IssuedPaper
from portal.dossiers.office import Office
from portal.dossiers.printing.issuing import ISSUED_BY
from portal.dossiers.service.log import broken, rows_of
from portal.dossiers.states import State
from portal.packs import Loaded, Pack, Verdict, load
from portal.packs.errors import BadPack
from portal.settings import ROOT

Bring = Callable[..., Loaded]
DEMO = ROOT / "content" / "demo"
FILES = len(list((DEMO / "dossiers").glob("*.toml")))
SUNDAY = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
MONDAY_NIGHT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
"""Half past midnight in Vietnam."""
AFTER_TET = datetime(2027, 2, 15, 3, 0, tzinfo=UTC)
PACK = """[pack]
name = "thu"
[load]
order = ["people", "eforms", "procedures", "dossiers"]
eforms = "eforms/*.toml"
procedures = "procedures/*.toml"
dossiers = "dossiers/*.toml"
[[people]]
name = "Tiếp Nhận"
email = "tiepnhan@vidu.gov.vn"
grants = [{ role = "receptionist", agency = "G15" }]
[[people]]
name = "Xử Lý"
email = "xuly@vidu.gov.vn"
grants = [{ role = "handler", agency = "G15" }]
[[people]]
name = "Lãnh Đạo"
email = "lanhdao@vidu.gov.vn"
grants = [{ role = "approver", agency = "G15" }]
"""
FORM = """title = "Thử"
[[sections]]
id = "mot"
title = "Phần một"
[[sections.fields]]
id = "ho_ten"
type = "text"
label = "Họ tên"
required = true
prefill = "person.name"
[[sections.fields]]
id = "ngay"
type = "date"
label = "Ngày"
latest = "today"
"""
PROCEDURE = """code = "1.000001"
name = "Cấp thẻ"
authority = "G15"
audiences = ["cong-dan"]
eform = "thu"
results = ["Thẻ"]
[[cases]]
steps = [{ name = "Nộp", text = "Nộp trên mạng." }]
[[channels]]
channel = "online"
limits = ["5 ngày làm việc"]
fees = ["Miễn phí"]
"""
NAMES = 'family = ["Lò"]\nwoman = ["Thị A", "Thị B", "Thị C"]\nman = ["Văn A", "Văn B", "Văn C"]\n' + (
    'street = ["đường Thử"]\ncommune = ["phường Thử"]\n'
)
DOSSIERS = """procedure = "1.000001"
agency = "G15"
[answers]
ho_ten = "{name}"
ngay = "{day-3}"
[[dossiers]]
begun = 2
life = ["receive +1h", "assign +1h", "decide +1d granted", "announce_result +0h", "return_result +1h online"]
show = true
"""


@pytest.fixture
def small(folder: Any) -> Callable[..., Any]:
    """`small(dossiers)` → the folder of a pack with one procedure and these dossiers."""

    def write(dossiers: str = DOSSIERS, pack: str = PACK) -> Any:
        folder.write("pack.toml", pack)
        folder.write("names.toml", NAMES)
        folder.write("eforms/thu.toml", FORM)
        folder.write("procedures/a.toml", PROCEDURE)
        folder.write("dossiers/a.toml", dossiers)
        return folder.root

    return write


def test_a_dossier_lives_through_its_steps_in_working_time(db: Session, bring: Bring, small: Any) -> None:
    loaded = bring(small())

    [dossier] = db.scalars(select(Dossier)).all()
    events = rows_of(db, dossier)
    assert [row.kind for row in events] == [
        "submitted", "received", "assigned", "decided", "result_ready", "returned",
    ]  # fmt: skip
    assert dossier.state is State.RETURNED
    assert in_vietnam(events[0].happened_at).date().isoformat() == "2026-02-26"  # two working days before 2 March
    assert [receipt.code for receipt in loaded.receipts] == [dossier.code]
    assert db.scalars(select(Applicant)).one().name in {"Lò Thị A", "Lò Thị B", "Lò Thị C"} | {
        "Lò Văn A", "Lò Văn B", "Lò Văn C",
    }  # fmt: skip


def test_a_second_load_makes_nothing_anew_and_tells_the_receipts_again(db: Session, bring: Bring, small: Any) -> None:
    first = bring(small())
    again = bring(small())

    assert again.counts["dossiers"] == Counter({Verdict.UNCHANGED: 1})
    assert [one.secret for one in again.receipts] == [one.secret for one in first.receipts]
    more = bring(small(DOSSIERS + "[[dossiers]]\nbegun = 1\nlife = []\n"))
    assert more.counts["dossiers"] == Counter({Verdict.UPDATED: 1})
    assert db.scalar(select(func.count()).select_from(Dossier)) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (('"receive +1h"', '"receive +1x"'), "hồ sơ thứ 1: không hiểu bước “receive \\+1x"),
        (('"receive +1h"', '"destroy +1h"'), "không hiểu bước “destroy"),
        (("decide +1d granted", "decide +1d perhaps"), "không hiểu bước “decide"),
        (('"receive +1h", ', ""), "“Mới đăng ký”"),
        (('ngay = "{day-3}"', 'ngay = "{day+3}"'), "hồ sơ thứ 1: ngay: Ngày không được sau"),
        (('ho_ten = "{name}"\n', ""), "hồ sơ thứ 1: ho_ten: Hãy nhập “Họ tên”"),
        (("begun = 2", "begun = 0"), "cần begun"),
        (("show = true", "shown = true"), "khóa không rõ: shown"),
        (('agency = "G15"', 'agency = "G88"'), "danh bạ không có cơ quan mang mã G88"),
        (('agency = "G15"', 'agency = "G12"'), "không có người giữ vai trò receptionist"),
        (('procedure = "1.000001"', 'procedure = "1.999999"'), "không có thủ tục mang mã 1.999999"),
        (('ho_ten = "{name}"', 'ho_ten = "{name}"\ntep = "file:khong-co.pdf"'), "không có tệp này"),
    ],
)  # fmt: skip
def test_a_mistake_names_the_file_and_the_dossier(
    db: Session, bring: Bring, small: Any, wrong: tuple[str, str], said: str
) -> None:
    with pytest.raises(BadPack, match=said):
        bring(small(DOSSIERS.replace(*wrong)))

    assert db.scalars(select(Dossier)).all() == []


@pytest.fixture
def demo(db: Session, sessions: Sessions, settings: Any) -> Callable[[datetime], Loaded]:
    def go(at: datetime) -> Loaded:
        pack = replace(Pack.read(DEMO), order=("people", "eforms", "procedures", "dossiers"))
        loaded = load(sessions, pack, settings=settings, at=at)
        db.expire_all()
        return loaded

    return go


@pytest.mark.parametrize("at", [SUNDAY, MONDAY_NIGHT, AFTER_TET])
def test_the_demonstration_shows_every_state_on_whatever_day_it_is_loaded(
    db: Session, demo: Callable[[datetime], Loaded], at: datetime
) -> None:
    loaded = demo(at)

    dossiers = db.scalars(select(Dossier)).all()
    assert len(dossiers) >= 40
    assert {dossier.state for dossier in dossiers} == set(State)
    assert sum(dossier.is_late(at) and dossier.ended_at is None for dossier in dossiers) >= 4
    assert sum(dossier.is_late(at) and dossier.ended_at is not None for dossier in dossiers) >= 2
    assert len({dossier.procedure_code for dossier in dossiers}) == FILES
    assert max(db.scalars(select(DossierEvent.happened_at))) <= at
    assert list(audit.verify(db)) == []
    assert {receipt.dossier.state for receipt in loaded.receipts} >= {State.NEW, State.SUPPLEMENT, State.RETURNED}
    assert loaded.counts["dossiers"] == Counter({Verdict.ADDED: FILES})
    assert demo(at).changed == 0


def test_what_the_demonstration_shows_is_sound_and_its_secrets_open_it(
    db: Session, demo: Callable[[datetime], Loaded], settings: Any, config: Any
) -> None:
    loaded = demo(SUNDAY)

    office: Office = config.registry["portal.dossiers"]
    for dossier in db.scalars(select(Dossier)):
        assert broken(dossier, rows_of(db, dossier)) == []
        assert service.differences(db, dossier, office) == {}
    for receipt in loaded.receipts:
        tracked = tracking.look(db, receipt.code, receipt.secret, network="test", office=office, at=SUNDAY)
        assert tracked is not None
        assert tracked.dossier.code == receipt.code
    people = db.scalars(select(Applicant)).all()
    assert all(len(one.id_number or "") != 12 or (one.id_number or "").startswith("099") for one in people)
    assert all(one.email is None or one.email.endswith(".example") for one in people)
    assert len({one.name for one in people if one.name}) > 25
    assert len(db.scalars(select(DossierFile)).all()) >= 15
    [forgotten] = db.scalars(select(Dossier).where(Dossier.anonymised_at.is_not(None)))
    assert db.get_one(Applicant, forgotten.id).name is None


def test_the_papers_of_the_demonstration_went_out_numbered_and_sealed(
    db: Session, demo: Callable[[datetime], Loaded]
) -> None:
    demo(SUNDAY)
    rows = db.scalars(select(IssuedPaper).order_by(IssuedPaper.id)).all()
    sent = select(func.count()).select_from(DossierEvent).where(DossierEvent.kind.in_(ISSUED_BY))
    assert len(rows) == db.scalar(sent) > 40
    assert {row.paper for row in rows} >= {"receipt", "supplement", "refusal", "apology"}
    numbers = sorted((row.agency_id, row.paper, row.issued_at.year, row.number) for row in rows)
    assert len(set(numbers)) == len(numbers)
    sealed = {tuple(row) for row in db.execute(select(Seal.dossier_id, Seal.paper, Seal.sha256))}
    assert {(row.dossier_id, row.paper, row.sha256) for row in rows if row.paper != "receipt"} <= sealed

    demo(SUNDAY)
    assert db.scalars(select(IssuedPaper.id).order_by(IssuedPaper.id)).all() == [row.id for row in rows]


def test_dossiers_have_the_limit_and_the_fees_that_their_agency_states(
    db: Session, demo: Callable[[datetime], Loaded]
) -> None:
    demo(SUNDAY)
    for dossier in db.scalars(select(Dossier)):
        procedure = catalogue.by_code(db, dossier.procedure_code or "")
        assert procedure is not None
        rows = {row["channel"]: row for row in offer_for(db, procedure, dossier.reception).data["channels"]}
        row = rows[dossier.channel]
        assert [fee["amount"] for fee in dossier.fees] == [fee["amount"] for fee in row["fees"]]
        [limit] = row["limits"]
        assert (dossier.limit_amount, dossier.limit_unit) == (limit["amount"] or 0, limit["unit"])


def test_the_same_pack_invents_the_same_people(db: Session, demo: Callable[[datetime], Loaded]) -> None:
    demo(SUNDAY)
    names = db.scalars(select(Applicant.name).order_by(Applicant.dossier_id)).all()
    assert names[:2] == ["Lý Bích Trâm", "Nguyễn Hoài Thương"]
