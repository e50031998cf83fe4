"""References on the pages of documents: links that appear when the target comes, and who cites a document."""

import pytest

from portal.notices import citations, queries
from portal.notices.models import NoticeReference
from portal.notices.reprojecting import reproject
from portal.publishing import service as publishing
from portal.publishing.cache import PageCache, Stored

CITED = "Theo Điều 2 Nghị định số 12/2020/NĐ-CP ngày 01 tháng 02 năm 2020 và Luật Đất đai năm 2013."


@pytest.fixture
def unit(make):
    return make.agency(name="Chính phủ")


@pytest.fixture
def citing(make, unit):
    return make.notice(
        unit, published=True, number="1", notation="2026/TT-BTC", type="thong-tu", body=f"<p>{CITED}</p>"
    )


@pytest.fixture
def decree(make, unit):
    def publish(**more):
        given = {
            "number": "12",
            "notation": "2020/NĐ-CP",
            "type": "nghi-dinh",
            "issued_on": "2020-02-01",
            "title": "Về việc được dẫn chiếu",
            "body": "<p>Điều 1. Một.</p><p>Điều 2. Hai.</p>",
        }
        return make.notice(unit, published=True, **given | more)

    return publish


PAGE = "/van-ban/1-2026-tt-btc"


def references(page):
    return {a.text: a["href"] for a in page.html.select("a.portal-doc-ref")}


def test_a_reference_becomes_a_link_when_the_target_arrives(app, citing, decree):
    assert references(app.get(PAGE)) == {}
    decree()
    words = "Điều 2 Nghị định số 12/2020/NĐ-CP"
    assert references(app.get(PAGE)) == {words: "/van-ban/12-2020-nd-cp#dieu-2"}
    assert references(app.get("/en" + PAGE)) == {words: "/en/van-ban/12-2020-nd-cp#dieu-2"}


def test_a_law_is_found_by_name_and_year(app, make, unit, citing):
    make.notice(
        unit,
        published=True,
        number="45",
        notation="2013/QH13",
        type="luat",
        issued_on="2013-11-29",
        title="Luật Đất đai",
    )
    assert references(app.get(PAGE)) == {"Luật Đất đai năm 2013": "/van-ban/45-2013-qh13"}


def test_a_withdrawn_target_is_a_link_no_more(app, db, citing, decree, at):
    edition = decree()
    publishing.withdraw(db, edition, version=edition.version, by=None, at=at, why="Nhầm")
    assert references(app.get(PAGE)) == {}


def test_a_link_follows_a_renamed_target(app, db, citing, decree, at):
    publishing.move(db, decree().item, "/van-ban/ten-moi", by=None, at=at)
    assert references(app.get(PAGE)) == {"Điều 2 Nghị định số 12/2020/NĐ-CP": "/van-ban/ten-moi#dieu-2"}


def test_a_link_that_two_documents_could_mean_is_none(app, citing, decree):
    decree()
    decree(title="Một văn bản khác ghi cùng số")
    assert references(app.get(PAGE)) == {}


def test_a_draft_is_not_linked_to(app, make, unit, citing):
    make.notice(unit, number="12", notation="2020/NĐ-CP", type="nghi-dinh")
    assert references(app.get(PAGE)) == {}


# ----- freshness (invariant 15)


@pytest.fixture
def kept(app, db, at):
    """`kept(*pages)` puts the pages into a cache by what they depend on; `kept.fresh()` → those that still stand."""

    class Kept:
        def __init__(self):
            self.cache = PageCache(limit=10_000_000)
            self.look = self.cache.catch_up(db, at)

        def put(self, *addresses):
            for address in addresses:
                request = app.get(address).request
                keys = frozenset(request.environ["webtest.dependencies"])
                self.cache.put(address, Stored("200 OK", [], b"x", keys, "d"), self.look)
                assert self.cache.get(address, "d") is not None

        def fresh(self, *addresses):
            self.look = self.cache.catch_up(db, at)
            return {address for address in addresses if self.cache.get(address, "d") is not None}

    return Kept()


@pytest.fixture
def app(app, monkeypatch):
    """The application, telling what each page depends on."""
    from portal.publishing import cache

    real = cache.Request.depends_on

    def noting(self, *keys):
        real(self, *keys)
        self.environ["webtest.dependencies"] = self.dependencies

    monkeypatch.setattr(cache.Request, "depends_on", noting)
    return app


def test_publishing_renaming_and_withdrawing_refresh_the_pages_that_cite_and_no_others(
    app, db, make, unit, citing, decree, kept, at
):
    make.notice(unit, published=True, number="2", notation="2026/TT-BTC", body="<p>Không dẫn chiếu.</p>")
    make.notice(unit, published=True, number="3", notation="2026/TT-BTC", body=f"<p>{CITED}</p>")
    pages = [PAGE, "/van-ban/2-2026-tt-btc", "/van-ban/3-2026-tt-btc"]
    kept.fresh()

    def unchanged_by(change):
        kept.put(*pages)
        change()
        return kept.fresh(*pages)

    edition = decree
    published = []
    assert unchanged_by(lambda: published.append(edition())) == {pages[1]}
    assert unchanged_by(lambda: publishing.move(db, published[0].item, "/van-ban/x", by=None, at=at)) == {pages[1]}
    assert unchanged_by(
        lambda: publishing.withdraw(db, published[0], version=published[0].version, by=None, at=at, why="Nhầm")
    ) == {pages[1]}


def test_a_new_citing_document_refreshes_the_page_of_what_it_cites_but_not_those_that_cite_it_too(
    app, make, unit, citing, decree, kept
):
    decree()
    pages = [PAGE, "/van-ban/12-2020-nd-cp"]
    kept.fresh()
    kept.put(*pages)
    make.notice(unit, published=True, number="3", notation="2026/TT-BTC", body=f"<p>{CITED}</p>")
    assert kept.fresh(*pages) == {PAGE}


def test_an_acting_document_refreshes_the_page_of_its_target_but_not_those_that_cite_it(
    app, make, unit, citing, decree, kept
):
    decree()
    pages = [PAGE, "/van-ban/12-2020-nd-cp"]
    kept.fresh()
    kept.put(*pages)
    make.notice(unit, published=True, relations=[{"relation": "amends", "number": "12/2020/NĐ-CP"}])
    assert kept.fresh(*pages) == {PAGE}


def test_an_import_of_many_refreshes_the_pages_that_cite_them(app, db, unit, citing, kept, at):
    from portal.notices import data as record
    from portal.publishing.service.bringing import Incoming, bring_in

    kept.fresh()
    kept.put(PAGE)
    data = record.clean(
        {"number": "12", "notation": "2020/NĐ-CP", "type": "nghi-dinh", "title": "T", "body": "<p>a</p>"}
    )
    bring_in(db, [Incoming("nguon-1", data)], kind="notice", unit=unit, origin="nguon", at=at, public=True)
    assert kept.fresh(PAGE) == set()


# ----- cited by


def test_the_page_of_a_document_tells_who_cites_it(app, citing, decree):
    decree()
    page = app.get("/van-ban/12-2020-nd-cp")
    section = page.html.find(attrs={"aria-labelledby": "duoc-dan-chieu-title"})
    assert [a["href"] for a in section.find_all("a")] == [PAGE]


def test_beyond_ten_the_rest_is_behind_a_list(app, make, unit, decree):
    decree()
    for number in range(25):
        make.notice(unit, published=True, number=str(number), notation="2026/TT-BYT", body=f"<p>{CITED}</p>")
    page = app.get("/van-ban/12-2020-nd-cp")
    section = page.html.find(attrs={"aria-labelledby": "duoc-dan-chieu-title"})
    assert "25 văn bản dẫn chiếu" in section.text
    assert len(section.find_all("li")) == 10
    first = page.click(href="/duoc-dan-chieu$")
    assert len(first.html.select(".portal-document-row")) == 20
    assert len(app.get("/van-ban/12-2020-nd-cp/duoc-dan-chieu?trang=2").html.select(".portal-document-row")) == 5
    app.get("/van-ban/12-2020-nd-cp/duoc-dan-chieu?trang=3", status=404)


def test_the_list_of_citing_documents_moves_with_the_document(app, db, decree, at):
    edition = decree()
    publishing.move(db, edition.item, "/van-ban/ten-moi", by=None, at=at)
    answer = app.get("/van-ban/12-2020-nd-cp/duoc-dan-chieu", status=301)
    assert answer.location.endswith("/van-ban/ten-moi/duoc-dan-chieu")
    publishing.withdraw(db, edition, version=edition.version, by=None, at=at, why="Nhầm")
    app.get("/van-ban/ten-moi/duoc-dan-chieu", status=410)


def test_neither_drafts_nor_withdrawn_documents_cite(app, db, make, unit, citing, decree, at):
    make.notice(unit, body=f"<p>{CITED}</p>")
    publishing.withdraw(db, citing, version=citing.version, by=None, at=at, why="Nhầm")
    notice = queries.of_edition(db, decree())
    assert citations.cited_by(db, notice, page=1, size=10).total == 0


def test_a_reference_to_another_type_of_the_same_number_does_not_count(db, make, unit, decree):
    make.notice(unit, published=True, body="<p>Theo Quyết định số 12/2020/NĐ-CP.</p>")
    assert citations.cited_by(db, queries.of_edition(db, decree()), page=1, size=10).total == 0


def test_a_page_with_many_references_asks_the_database_no_more_often(app, make, unit, citing, decree, count_queries):
    many = "".join(f"<p>Theo Nghị định số {n}/2020/NĐ-CP và Luật Thử {n} năm 2020.</p>" for n in range(100, 300))
    make.notice(unit, published=True, number="9", notation="2026/TT-BTC", body=many)
    with count_queries() as few:
        app.get(PAGE)
    with count_queries() as more:
        app.get("/van-ban/9-2026-tt-btc")
    assert len(more) <= len(few)


def test_rows_can_be_written_anew_from_the_data(db, engine, make, unit, citing):
    db.query(NoticeReference).delete()
    db.flush()

    class Here:
        def __enter__(self):
            return db

        def __exit__(self, *error):
            db.flush()

    assert sum(reproject(Here)) == db.query(type(citing)).count()
    db.expire_all()
    keys = [row.key for row in queries.of_edition(db, citing).references]
    assert keys == ["number:12/2020/nd-cp", "law:luat dat dai|2013"]
