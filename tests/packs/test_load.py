"""A pack is loaded through the workflow; again, it changes only what is new in its files and nobody touched."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from packs.conftest import MATTER, NOTICE, PAPER, Folder
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.accounts import queries as accounts
from portal.accounts.passwords import verify
from portal.packs import Loaded, Verdict
from portal.packs.errors import BadPack, NoPack
from portal.publishing import queries as items
from portal.publishing import service as publishing
from portal.publishing.errors import Gone
from portal.publishing.models import Edition, Item, State

Bring = Callable[..., Loaded]


def edition(db: Session, path: str = NOTICE) -> Edition:
    item = db.scalars(select(Item).where(Item.source_id == f"thu:{path}")).one()
    return item.editions[-1]


def lines(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(audit.AuditLine)) or 0


def with_state(state: str, *more: str) -> str:
    return MATTER.replace('state = "published"', "\n".join([f'state = "{state}"', *more]))


def test_a_published_document_went_through_two_people(db: Session, folder: Folder, bring: Bring) -> None:
    folder.notice()
    assert bring(folder.root).counts["notices"] == {Verdict.ADDED: 1}
    shown = items.by_path(db, "/van-ban/12-tb-vpcp-2026").edition
    assert [person.name for person in shown.writers] == ["Lò Thị Mẫu"]
    assert shown.publisher is not None
    assert shown.publisher.name == "Vàng A Thử"
    actions = [line.action for line in audit.history(db, shown.item.uid)]
    assert actions == ["published", "submitted", "created"]


def test_it_became_public_on_the_working_day_after_its_issue(db: Session, folder: Folder, bring: Bring) -> None:
    folder.notice()  # issued on Friday the 13th, the eve of Tết: offices open again on Monday the 23rd
    bring(folder.root)
    published_at = edition(db).published_at
    assert published_at is not None
    assert published_at.date().isoformat() == "2026-02-23"


def test_nothing_is_published_ahead_of_now(db: Session, folder: Folder, bring: Bring, at: datetime) -> None:
    folder.notice(MATTER.replace("2026-02-13", "2026-12-24"))
    bring(folder.root)
    assert edition(db).published_at == at


def test_the_paper_is_kept_and_its_text_is_the_body(db: Session, folder: Folder, bring: Bring) -> None:
    folder.notice()
    bring(folder.root)
    data = edition(db).data
    assert data["paper"] == PAPER
    assert "Nội dung thứ nhất" in data["body"]
    assert "Nơi nhận" not in data["body"]
    assert data["sources"]["title"]["text"] == "Về việc thử nghiệm"


def test_what_the_front_matter_states_outweighs_the_paper(db: Session, folder: Folder, bring: Bring) -> None:
    folder.notice(MATTER.replace('"Về việc thử nghiệm"', '"Về việc đúng"'))
    bring(folder.root)
    data = edition(db).data
    assert data["title"] == "Về việc đúng"
    assert "title" not in data["sources"]
    assert data["archive_line"] == "Lưu: VT"
    assert data["doubts"] == {}


def test_an_issuer_without_people_in_the_pack_publishes_as_an_import(db: Session, folder: Folder, bring: Bring) -> None:
    folder.notice(MATTER.replace('{ name = "Văn phòng Chính phủ", code = "G22" }', '{ name = "Bộ Tư pháp" }'))
    bring(folder.root)
    found = edition(db)
    assert (found.item.unit.name, found.data["issuer"]["code"]) == ("Bộ Tư pháp", "G15")
    assert (found.state, found.publisher) == (State.PUBLISHED, None)


@pytest.mark.parametrize(
    ("issuer", "more", "unit"),
    [("Câu lạc bộ Thử", "", "G22"), ("Bộ Tư pháp", 'unit = "G22"\n', "G22"), ("Bộ Tư pháp", "", "G15")],
)
def test_who_looks_after_a_document(
    db: Session, folder: Folder, bring: Bring, issuer: str, more: str, unit: str
) -> None:
    named = MATTER.replace('{ name = "Văn phòng Chính phủ", code = "G22" }', f'{{ name = "{issuer}" }}')
    folder.notice(named + more)
    bring(folder.root)
    assert edition(db).item.unit.code == unit


def test_every_state_is_reached(db: Session, folder: Folder, bring: Bring) -> None:
    states = {
        "draft": with_state("draft"),
        "in_review": with_state("in_review"),
        "scheduled": with_state("scheduled", "publish_at = 2026-04-01T08:00:00+07:00", ""),
        "withdrawn": with_state("withdrawn", 'withdrawn_why = "Đăng nhầm."', ""),
    }
    for state, matter in states.items():
        folder.notice(matter, name=f"notices/{state}.txt")
    bring(folder.root)
    found = {state: edition(db, f"notices/{state}.txt") for state in states}
    assert {state: one.state.value for state, one in found.items()} == {state: state for state in states}
    assert found["scheduled"].publish_at == datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
    with pytest.raises(Gone):
        items.by_path(db, found["withdrawn"].item.path or "")
    assert found["withdrawn"].withdrawn_why == "Đăng nhầm."


def test_a_schedule_that_has_passed_becomes_the_next_working_day(db: Session, folder: Folder, bring: Bring) -> None:
    folder.notice(with_state("scheduled", "publish_at = 2025-01-06T08:00:00+07:00", ""))
    bring(folder.root)
    assert edition(db).publish_at == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)


def test_a_second_load_writes_nothing(db: Session, folder: Folder, bring: Bring) -> None:
    folder.notice()
    folder.page("lien-he", "vi", "## Địa chỉ\n\nHà Nội.")
    bring(folder.root)
    before = lines(db)
    again = bring(folder.root)
    assert again.changed == 0
    assert lines(db) == before
    assert [account.password for account in again.accounts] == [None, None]


@pytest.mark.parametrize("state", ["published", "draft", "in_review", "scheduled"])
def test_a_changed_file_changes_its_document(db: Session, folder: Folder, bring: Bring, state: str) -> None:
    matter = with_state(state, *(["publish_at = 2026-04-01T08:00:00+07:00"] if state == "scheduled" else []), "")
    folder.notice(matter)
    bring(folder.root)
    folder.notice(matter.replace("thử nghiệm", "thay đổi"))
    assert bring(folder.root).counts["notices"] == {Verdict.UPDATED: 1}
    found = edition(db)
    assert (found.data["title"], found.state, found.number) == (
        "Về việc thay đổi",
        state,
        2 if state == "published" else 1,
    )
    assert (found.change_note is not None) == (state == "published")


def test_a_draft_that_the_file_now_publishes_is_published(db: Session, folder: Folder, bring: Bring) -> None:
    folder.notice(with_state("draft"))
    bring(folder.root)
    folder.notice()
    bring(folder.root)
    assert (edition(db).state, edition(db).number) == (State.PUBLISHED, 1)


def test_a_document_that_the_file_now_withdraws_is_withdrawn(db: Session, folder: Folder, bring: Bring) -> None:
    folder.notice()
    bring(folder.root)
    folder.notice(with_state("withdrawn", 'withdrawn_why = "Sai."', ""))
    bring(folder.root)
    assert (edition(db).state, edition(db).number) == (State.WITHDRAWN, 1)


def test_what_people_have_changed_stays_theirs(db: Session, folder: Folder, bring: Bring, at: datetime) -> None:
    folder.notice()
    bring(folder.root)
    item = edition(db).item
    copy = publishing.working_copy(db, item, by=None, at=at)
    publishing.save(db, copy, copy.data | {"title": "Của người"}, version=copy.version, by=None, at=at)
    folder.notice(MATTER.replace("thử nghiệm", "thay đổi"))
    again = bring(folder.root)
    assert again.kept == [NOTICE]
    assert edition(db).data["title"] == "Của người"


def test_a_withdrawal_is_not_undone(db: Session, folder: Folder, bring: Bring, at: datetime) -> None:
    folder.notice()
    bring(folder.root)
    shown = edition(db)
    publishing.withdraw(db, shown, version=shown.version, by=None, at=at, why="Lý do.")
    folder.notice(MATTER.replace("thử nghiệm", "thay đổi"))
    assert bring(folder.root).kept == [NOTICE]
    assert edition(db).state == State.WITHDRAWN


def test_people_get_their_roles_and_a_password_told_once(db: Session, folder: Folder, bring: Bring) -> None:
    first, second = bring(folder.root).accounts
    person = accounts.person_by_email(db, "mau@vidu.gov.vn")
    assert person is not None
    assert first.password is not None
    assert verify(person.password_hash, first.password)
    assert first.roles == (("editor", "Văn phòng Chính phủ"),)
    assert first.password != second.password


def test_a_page_is_one_item_in_both_languages(db: Session, folder: Folder, bring: Bring) -> None:
    folder.page("lien-he", "vi", "Xem [trợ năng](page:tro-nang#ho-tro).", matter="position = 3\n")
    folder.page("lien-he", "en", "See [accessibility](page:tro-nang).")
    folder.page("tro-nang", "vi", "Trợ năng.")
    bring(folder.root)
    data = items.by_path(db, "/lien-he").edition.data
    assert data["body"] == '<p>Xem <a href="/tro-nang#ho-tro">trợ năng</a>.</p>'
    assert data["body_en"] == '<p>See <a href="/en/tro-nang">accessibility</a>.</p>'
    assert (data["title"], data["title_en"], data["position"]) == ("Trang lien-he vi", "Trang lien-he en", 3)


def test_progress_is_told_file_by_file(folder: Folder, bring: Bring) -> None:
    folder.notice()
    folder.notice(MATTER.replace('"12"', '"13"'), name="notices/hai.txt")
    told: list[Any] = []
    bring(folder.root, progress=told.append)
    seen = [(step.done, step.total, step.file) for step in told if step.part == "notices"]
    assert seen == [(1, 2, "notices/hai.txt"), (2, 2, NOTICE)]


def test_a_load_that_failed_goes_on_after_the_file_is_mended(db: Session, folder: Folder, bring: Bring) -> None:
    folder.page("lien-he", "vi", "Liên hệ.")
    folder.notice(MATTER + 'fields = ["khong-co"]\n')
    loaded = Loaded()
    with pytest.raises(BadPack):
        bring(folder.root, loaded=loaded)
    assert all(account.password for account in loaded.accounts)
    assert items.by_path(db, "/lien-he")
    folder.notice()
    assert bring(folder.root).counts["notices"] == {Verdict.ADDED: 1}


def test_a_folder_without_a_description_is_no_pack(folder: Folder, bring: Bring) -> None:
    (folder.root / "pack.toml").unlink()
    with pytest.raises(NoPack):
        bring(folder.root)
