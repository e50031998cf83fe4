"""Services as search sees them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.agencies.models import Field
from portal.catalogue import search
from portal.catalogue.models import Term
from portal.publishing import service as publishing
from portal.search import changes, service

DAY = date(2026, 3, 2)


@pytest.fixture
def birth(make: Any, db: Session) -> Any:
    db.add(Field(slug="ho-tich", name="Hộ tịch"))
    db.add(Term(slug="sinh-con", vocabulary="life_event", name="Sinh con"))
    db.flush()
    return make.procedure(
        make.agency("G15", "Bộ Tư pháp"),
        published=True,
        code="1.001193",
        name="Đăng ký khai sinh",
        also_called=["làm giấy khai sinh"],
        name_en="Birth registration",
        fields=["ho-tich"],
        events=["sinh-con"],
        conditions="<p>Trong 60 ngày kể từ ngày sinh con.</p>",
        effective_on="2026-03-10",
        expires_on="2026-03-20",
    )


def read(db: Session, *editions: Any, day: date = DAY) -> list[Any]:
    return list(search.documents(db, [edition.item.uid for edition in editions], day))


def test_a_document_holds_what_the_page_says_by_section(birth: Any, db: Session, app: TestApp) -> None:
    [document] = read(db, birth)
    assert (document.kind, document.title, document.number) == ("procedure", "Đăng ký khai sinh", "1.001193")
    assert document.path == "/thu-tuc/1.001193"
    assert document.fields == ("ho-tich",)
    for known_by in ("làm giấy khai sinh", "Birth registration", "Sinh con", "Hộ tịch", "Bộ Tư pháp"):
        assert known_by in document.context
    page = app.get(document.path).html
    for passage in document.passages:
        assert page.find(id=passage.anchor) is not None
        assert passage.text in document.text
    texts = {passage.anchor: passage.text for passage in document.passages}
    assert "Trong 60 ngày" in texts["dieu-kien"]
    assert "50.000 đồng" in texts["cach-nop"]


@pytest.mark.parametrize(
    ("day", "effect"),
    [(date(2026, 3, 9), "chua"), (date(2026, 3, 10), "con"), (date(2026, 3, 20), "con"), (date(2026, 3, 21), "het")],
)
def test_its_effect_follows_the_calendar(birth: Any, db: Session, day: date, effect: str) -> None:
    assert [document.effect for document in read(db, birth, day=day)] == [effect]
    before = read(db, birth, day=day - timedelta(days=1))[0].effect
    told = search.changing(db, day - timedelta(days=1), day)
    assert (birth.item.uid in told) == (before != effect)


def test_what_is_not_public_is_missing(birth: Any, make: Any, db: Session, at: Any) -> None:
    draft = make.procedure(make.agency())
    assert [document.uid for document in read(db, draft, birth)] == [str(birth.item.uid)]
    publishing.withdraw(db, birth, version=birth.version, by=None, at=at, why="Đã bãi bỏ")
    assert read(db, birth) == []
    assert list(search.uids(db)) == []


def test_a_variant_makes_its_service_be_read_anew(birth: Any, make: Any, db: Session, at: Any) -> None:
    service.settle(db)
    last = changes.last_number(db)
    local = make.local_service(birth, make.agency("H17", "Thành phố Đà Nẵng", kind="province"), published=True)
    service.settle(db)
    assert [change.uid for change in changes.after(db, last, 10)] == [str(birth.item.uid)]
    assert "Thành phố Đà Nẵng" in read(db, birth)[0].context
    last = changes.last_number(db)
    publishing.withdraw(db, local, version=local.version, by=None, at=at, why="Theo mức chung")
    service.settle(db)
    assert [change.uid for change in changes.after(db, last, 10)] == [str(birth.item.uid)]
    assert "Thành phố Đà Nẵng" not in read(db, birth)[0].context


def test_a_renamed_unit_or_field_is_found_by_its_services(birth: Any, make: Any, db: Session) -> None:
    unit = birth.item.unit
    province = make.agency("H17", kind="province")
    make.local_service(birth, province, published=True)
    own: set[UUID] = {birth.item.uid}
    assert search.naming(db, [unit.key], []) == own
    assert search.naming(db, [province.key], []) == own
    assert search.naming(db, [], ["ho-tich"]) == own
    assert search.naming(db, [], []) == set()


@pytest.mark.parametrize("words", ["1.001193", "1001193", "dang ky khai sinh", "giấy khai sinh", "khai sinh đăng ký"])
def test_without_an_index_names_and_codes_are_found(birth: Any, db: Session, words: str) -> None:
    assert [document.number for document in search.by_words(db, words, 5)] == ["1.001193"]
    assert search.by_words(db, "kết hôn", 5) == []
    assert search.by_words(db, " ", 5) == []


def test_many_documents_are_read_with_few_questions(make: Any, db: Session, count_queries: Any) -> None:
    unit = make.agency()
    editions = [make.procedure(unit, published=True) for _n in range(12)]
    db.expunge_all()
    with count_queries() as seen:
        assert len(read(db, *editions)) == 12
    assert len(seen) <= 5
