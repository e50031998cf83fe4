"""The public address of a document's Akoma Ntoso form, and bringing files in."""

from io import BytesIO
from typing import Any

import pytest
from lxml import etree

from portal import files
from portal.notices.akn import from_akn
from portal.notices.akn.bringing import bring_in
from portal.notices.akn.names import AKN
from portal.notices.akn.published import all_published, file_name
from portal.publishing import service as publishing

ADDRESS = "/van-ban/249-tb-vpcp-2014.akn.xml"


@pytest.fixture
def unit(make: Any) -> Any:
    return make.agency(code="G22", name="Văn phòng Chính phủ", abbreviation="VPCP")


@pytest.fixture
def notice(make: Any, unit: Any) -> Any:
    return make.notice(
        unit,
        published=True,
        number="249",
        notation="TB-VPCP",
        issued_on="2014-07-01",
        title="Kết luận tại cuộc họp thử",
        body="<p>1. Giao các bộ.</p><p>2. Giao các tỉnh.</p>",
    )


def values(answer: Any, path: str) -> list[Any]:
    return list(etree.fromstring(answer.body).xpath(path, namespaces={"a": AKN}))


def test_a_published_document_has_an_akoma_ntoso_form(app: Any, notice: Any) -> None:
    answer = app.get(ADDRESS)
    assert answer.content_type == "application/akn+xml"
    assert "Set-Cookie" not in answer.headers
    assert values(answer, "//a:FRBRWork/a:FRBRuri/@value") == ["/akn/vn/doc/thong-bao/g22/2014-07-01/249-tb-vpcp"]
    assert values(answer, "//a:FRBRalias/@value") == ["http://localhost/van-ban/249-tb-vpcp-2014"]
    assert from_akn(answer.body)["body"] == notice.data["body"]


def test_relations_name_the_works_that_are_known_here(app: Any, make: Any, unit: Any, notice: Any) -> None:
    newer = make.notice(
        unit,
        published=True,
        number="1",
        notation="TB-VPCP",
        effective_on="2026-03-01",
        relations=[{"relation": "replaces", "number": "249/TB-VPCP"}],
    )
    old = app.get(ADDRESS)
    new = app.get(f"{newer.item.path}.akn.xml")
    assert values(new, "//a:activeModifications//a:destination/@href") == values(old, "//a:FRBRWork/a:FRBRuri/@value")
    assert values(old, "//a:passiveModifications//a:source/@href") == values(new, "//a:FRBRWork/a:FRBRuri/@value")
    assert values(old, "//a:eventRef[@source='#passive_1']/@date") == ["2026-03-01"]


def test_a_withdrawn_document_answers_410_with_the_reason(app: Any, db: Any, notice: Any, at: Any) -> None:
    publishing.withdraw(db, notice, version=notice.version, by=None, at=at, why="Ban hành nhầm thẩm quyền")
    assert "Ban hành nhầm thẩm quyền" in app.get(ADDRESS, status=410).text


def test_a_renamed_document_redirects_to_its_new_form(app: Any, db: Any, notice: Any, at: Any) -> None:
    publishing.move(db, notice.item, "/van-ban/ten-moi", by=None, at=at)
    assert app.get(ADDRESS, status=301).location == "http://localhost/van-ban/ten-moi.akn.xml"


def test_drafts_and_nothing_have_none(app: Any, make: Any, unit: Any) -> None:
    make.notice(unit, title="Bản nháp kín", number="7", notation="TB-KIN")
    app.get("/van-ban/7-tb-kin-2026.akn.xml", status=404)
    app.get("/van-ban/khong-co.akn.xml", status=404)


def test_all_published_documents_come_once_in_batches(db: Any, make: Any, unit: Any) -> None:
    made = [make.notice(unit, published=True).item.path for _each in range(5)]
    make.notice(unit)
    names = [file_name(notice) for notice in all_published(db, batch=2)]
    assert names == [f"{path.rpartition('/')[2]}.akn.xml" for path in made]


def test_a_file_becomes_a_draft_once(app: Any, db: Any, make: Any, unit: Any, notice: Any, at: Any) -> None:
    content = app.get(ADDRESS).body.replace(str(notice.item.uid).encode(), b"018f0000-0000-7000-8000-000000000001")
    brought = bring_in(db, content, unit=unit, origin="vi-du.vn", at=at)
    again = bring_in(db, content, unit=unit, origin="vi-du.vn", at=at)
    assert brought.is_new
    assert not again.is_new
    assert again.item is brought.item
    (edition,) = brought.item.editions
    assert edition.state == "draft"
    assert edition.data["title"] == "Kết luận tại cuộc họp thử"


def test_what_this_portal_wrote_is_not_brought_in_again(app: Any, db: Any, unit: Any, notice: Any, at: Any) -> None:
    brought = bring_in(db, app.get(ADDRESS).body, unit=unit, origin="localhost", at=at)
    assert (brought.is_new, brought.item) == (False, notice.item)


def test_a_file_from_outside_gets_no_right_to_a_file_of_the_portal(db: Any, settings: Any, unit: Any, at: Any) -> None:
    kept = files.store(db, BytesIO(b"kin"), name="kin.txt", at=at, limits=files.Limits(), directory=settings.files_dir)
    files.use(db, kept, "edition.kept", 0, "kin.txt")
    body = f'<p>Một<img src="/tep/{kept.sha256}/kin.txt" alt="x"/><img src="/tep/{"a" * 64}/b.png" alt="y"/></p>'
    content = (
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="luat"><meta/>'
        f'<body><article eId="a"><content>{body}</content></article></body></act></akomaNtoso>'
    )
    brought = bring_in(db, content.encode(), unit=unit, origin="localhost", at=at)
    assert "Một" in brought.item.working.data["body"]
    assert kept.sha256 not in brought.item.working.data["body"]
    assert "a" * 64 in brought.item.working.data["body"]
    assert [use.owner_kind for use in files.owners_of(db, kept.sha256)] == ["edition.kept"]
