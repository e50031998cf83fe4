"""Code and secret, or nothing: in the same work, counted, masked (A6-6, invariant 19, E14)."""

import unicodedata
from datetime import datetime, timedelta
from typing import Any

import pytest
from dossiers.conftest import Counter, Staff
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from portal.dossiers import tracking, tracking_secret
from portal.dossiers.errors import TooManyLookups
from portal.dossiers.models import Dossier, Lookup
from portal.dossiers.office import Office
from portal.dossiers.states import State

HOME = "203.0.113.7"


def look(db: Session, office: Office, code: str, secret: str, at: datetime, network: str = HOME) -> Any:
    return tracking.look(db, code, secret, network=network, office=office, at=at)


def test_the_pair_opens_states_times_and_who_handles_it(
    db: Session, counter: Counter, staff: Staff, office: Office, at: datetime
) -> None:
    receipt = counter.receipt()
    counter.do("receive", receipt.dossier)
    counter.do("assign", receipt.dossier, to=staff.handler.person)
    counter.do("note", receipt.dossier, words="Chỉ cho nội bộ")
    view = look(db, office, receipt.code, receipt.secret, at)
    assert view.state is State.IN_PROGRESS
    assert view.handler == staff.handler.person.name
    assert view.steps[1].officer == staff.receptionist.person.name
    assert [step.kind for step in view.steps] == ["submitted", "received", "assigned"]
    assert view.due.due_at == receipt.dossier.due_at
    assert view.remaining == timedelta(hours=40 + 7)


def test_a_stranger_with_the_pair_sees_no_personal_data(
    db: Session, counter: Counter, office: Office, at: datetime
) -> None:
    receipt = counter.receipt()
    view = look(db, office, receipt.code, receipt.secret, at)
    assert view.applicant == "N. T. Hoa"
    told = repr([getattr(view, name) for name in view.__dataclass_fields__ if name != "dossier"])
    assert not any(word in told for word in ("Nguyễn Thị", "048090000001", "0912345678", "hoa@vidu.vn", "Lý do"))


@pytest.mark.parametrize("spoil", [str.lower, lambda text: text.replace("-", " "), lambda text: f"  {text} "])
def test_a_pair_is_understood_however_it_is_typed(
    db: Session, counter: Counter, office: Office, at: datetime, spoil: Any
) -> None:
    receipt = counter.receipt()
    assert look(db, office, f" {receipt.code.lower()}", spoil(receipt.secret), at) is not None


def test_letters_that_look_like_digits_are_digits() -> None:
    assert tracking_secret.normal("o1iL-ab") == "0111AB"


def test_part_of_a_code_or_a_guess_opens_nothing(db: Session, counter: Counter, office: Office, at: datetime) -> None:
    receipt, other = counter.receipt(), counter.receipt()
    for code, secret in (
        (receipt.code, ""),
        (receipt.code, other.secret),
        (receipt.code, receipt.secret[:-1]),
        (receipt.code[:-1], receipt.secret),
        (receipt.code[:-1] + "%", receipt.secret),
        ("", receipt.secret),
    ):
        assert look(db, office, code, secret, at, network="198.51.100.1") is None


def test_an_unknown_code_does_the_work_of_a_wrong_secret(
    db: Session, counter: Counter, office: Office, at: datetime, count_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = counter.receipt()
    compared: list[int] = []
    true = tracking_secret.hmac.compare_digest

    def noting(one: bytes, other: bytes) -> bool:
        compared.append(len(one))
        return true(one, other)

    monkeypatch.setattr(tracking_secret.hmac, "compare_digest", noting)
    seen = []
    for code in (receipt.code, "H17.13-20260302-0009999"):
        db.expire_all()
        with count_queries() as queries:
            assert look(db, office, code, "AAAA-BBBB-CCCC", at, network=f"198.51.100.{len(seen)}") is None
        seen.append(queries)
    assert seen[0] == seen[1]
    assert compared == [64, 64]


def test_guessing_is_stopped_by_network(db: Session, counter: Counter, office: Office, at: datetime) -> None:
    """E14: sequential codes from one place."""
    receipt = counter.receipt()
    for number in range(tracking.BY_NETWORK):
        assert look(db, office, f"H17.13-20260302-{number + 1:07}", "AAAA-BBBB-CCCC", at) is None
    with pytest.raises(TooManyLookups):
        look(db, office, receipt.code, receipt.secret, at)
    assert look(db, office, receipt.code, receipt.secret, at, network="192.0.2.99") is not None
    assert look(db, office, receipt.code, receipt.secret, at + timedelta(hours=1, seconds=1)) is not None


def test_guessing_one_code_s_secret_is_stopped_wherever_it_comes_from(
    db: Session, counter: Counter, office: Office, at: datetime
) -> None:
    receipt = counter.receipt()
    for number in range(tracking.BY_CODE):
        assert look(db, office, receipt.code, "AAAA-BBBB-CCCC", at, network=f"192.0.2.{number}") is None
    with pytest.raises(TooManyLookups):
        look(db, office, receipt.code, "AAAA-BBBB-CCCC", at, network="192.0.2.200")


def test_neither_addresses_nor_codes_are_stored_with_the_counts(
    db: Session, counter: Counter, office: Office, at: datetime
) -> None:
    receipt = counter.receipt()
    look(db, office, receipt.code, "AAAA", at)
    keys = list(db.scalars(select(Lookup.key_sha256)))
    assert len(keys) == 2
    assert not any(HOME in key or receipt.code in key for key in keys)
    assert tracking.sweep(db, at + timedelta(hours=2)) == 2


def test_the_secret_is_stored_only_as_a_salted_hash(db: Session, counter: Counter) -> None:
    one, other = counter.receipt(), counter.receipt()
    assert one.secret != other.secret
    rows = [db.get_one(Dossier, receipt.dossier.id) for receipt in (one, other)]
    for row in rows:
        values = [str(getattr(row, column.key)) for column in Dossier.__table__.columns]
        assert not any(tracking_secret.normal(one.secret) in value or one.secret in value for value in values)
    assert rows[0].secret_salt != rows[1].secret_salt


def test_a_new_receipt_ends_the_old_one(db: Session, counter: Counter, office: Office, at: datetime) -> None:
    old = counter.receipt()
    before = old.secret
    new = counter.do("renew_secret", old.dossier)
    assert new.secret != before
    assert look(db, office, old.code, before, at) is None
    assert look(db, office, old.code, new.secret, at) is not None


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Nguyễn Thị Hoa", "N. T. Hoa"), ("Hoa", "Hoa"), ("", None), (None, None), ("  Đỗ  Ân ", "Đ. Ân")],
)
def test_names_are_masked(name: str | None, shown: str | None) -> None:
    assert tracking.masked(name) == shown


def test_a_wrong_secret_reads_no_more_of_a_dossier_than_an_unknown_code(
    db: Session, counter: Counter, office: Office, at: datetime
) -> None:
    code = counter.receipt().code
    db.expunge_all()
    read: list[Any] = []

    def note(row: Any, context: Any) -> None:
        read.append(row)

    event.listen(Dossier, "load", note)
    try:
        assert look(db, office, code, "0000-0000-0000", at) is None
    finally:
        event.remove(Dossier, "load", note)
    assert read == []


@pytest.mark.parametrize(
    ("name", "audience", "shown"),
    [
        ("Hộ kinh doanh Trần Minh Thị Diễn", "doanh-nghiep", "Hộ kinh doanh T. M. T. Diễn"),
        ("HỘ KINH DOANH TRẦN THỊ DIỄN", "ho-kinh-doanh", "HỘ KINH DOANH T. T. DIỄN"),
        ("Hộ kinh doanh", "ho-kinh-doanh", "Hộ kinh doanh"),
        ("Hộ kinh doanh cá thể Lê Đạt", "doanh-nghiep", "Hộ kinh doanh cá thể L. Đạt"),
        ("Doanh nghiệp tư nhân Phạm Văn Út", "doanh-nghiep", "Doanh nghiệp tư nhân P. V. Út"),
        ("Chi nhánh doanh nghiệp tư nhân Phạm Út", "doanh-nghiep", "Chi nhánh doanh nghiệp tư nhân P. Út"),
        ("Công ty TNHH  Nguyễn Văn A", "doanh-nghiep", "Công ty TNHH Nguyễn Văn A"),
        (unicodedata.normalize("NFD", "Công ty cổ phần Mẫu"), "doanh-nghiep", "Công ty cổ phần Mẫu"),
        ("Chi nhánh Vĩnh Mẫu - Công ty cổ phần Thử", "doanh-nghiep", "Chi nhánh Vĩnh Mẫu - Công ty cổ phần Thử"),
        ("Hợp tác xã Hoa Mẫu", "hop-tac-xa", "Hợp tác xã Hoa Mẫu"),
        ("Hội Người cao tuổi", "to-chuc", "Hội Người cao tuổi"),
        ("Trường Mầm non Hoa Mẫu", "to-chuc", "Trường Mầm non Hoa Mẫu"),
        ("Ủy ban nhân dân xã Thử", "to-chuc", "Ủy ban nhân dân xã Thử"),
        ("Nguyễn Thị Hoa", "doanh-nghiep", "N. T. Hoa"),
        ("Trương Hội", "to-chuc", "T. Hội"),
        ("Công ty Văn Hoa", "cong-dan", "C. t. V. Hoa"),
        (None, "doanh-nghiep", None),
        ("", "to-chuc", None),
    ],
)
def test_of_organisations_only_what_names_a_person_is_masked(
    name: str | None, audience: str, shown: str | None
) -> None:
    assert tracking.masked(name, audience) == shown
