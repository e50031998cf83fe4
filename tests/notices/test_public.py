"""Documents as citizens meet them, over HTTP."""

from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest

from portal.publishing import service as publishing


@pytest.fixture
def unit(make):
    return make.agency(code="G22", name="Văn phòng Chính phủ", abbreviation="VPCP")


@pytest.fixture
def notice(make, unit):
    return make.notice(
        unit,
        published=True,
        number="249",
        notation="TB-VPCP",
        issued_on="2014-07-01",
        place="Hà Nội",
        title="Kết luận tại cuộc họp thử",
        body="<p>1. Giao các bộ.</p><p>2. Giao các tỉnh.</p><p>3. Tổ chức thực hiện./.</p>",
        signer={"name": "Nguyễn Văn Thử", "position": "Bộ trưởng, Chủ nhiệm"},
        recipients=[{"name": "Thủ tướng Chính phủ", "purpose": "để b/c"}],
        archive_line="Lưu: VT, KGVX(3)",
    )


def test_the_page_shows_the_official_layout(app, notice):
    page = app.get("/van-ban/249-tb-vpcp-2014")
    for text in (
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Số: 249/TB-VPCP",
        "Hà Nội, ngày 01 tháng 7 năm 2014",
        "VĂN PHÒNG CHÍNH PHỦ",
        "Thủ tướng Chính phủ (để b/c);",
        "Lưu: VT, KGVX(3)",
        "Nguyễn Văn Thử",
    ):
        assert text in page.text
    assert page.html.find(id="ket-luan-2") is not None


def test_a_public_page_sets_no_cookie_and_runs_no_inline_script(app, notice):
    page = app.get("/van-ban/249-tb-vpcp-2014")
    assert "Set-Cookie" not in page.headers
    assert all(script.get("src") for script in page.html.find_all("script"))
    assert not page.html.find_all(style=True)
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_english_stands_under_its_own_address(app, notice):
    page = app.get("/en/van-ban/249-tb-vpcp-2014")
    assert page.html.html["lang"] == "en"
    assert 'href="/en/van-ban"' in page.text


@pytest.mark.parametrize("words", ["249", "249/TB-VPCP", "249 / tb - vpcp", "ket luan", "KẾT LUẬN"])
def test_the_list_finds_by_number_and_title(app, notice, words):
    assert "Kết luận tại cuộc họp thử" in app.get("/van-ban", {"q": words}).text


def test_the_former_find_box_leads_on_to_search_with_its_words(app):
    location = urlsplit(app.get("/tim", {"q": "số 249/TB-VPCP"}, status=301).location)
    assert (location.path, parse_qs(location.query)) == ("/tim-kiem", {"q": ["số 249/TB-VPCP"]})
    assert urlsplit(app.get("/en/tim", status=301).location).path == "/en/tim-kiem"


@pytest.mark.parametrize(
    "address", ["/van-ban/loai/thong-bao", "/van-ban/nam/2014", "/van-ban?loai=thong-bao&nam=2014"]
)
def test_lists_narrow(app, make, unit, notice, address):
    make.notice(unit, published=True, type="quyet-dinh", issued_on="2020-01-01", title="Văn bản khác")
    page = app.get(address).text
    assert "Kết luận tại cuộc họp thử" in page
    assert "Văn bản khác" not in page


@pytest.mark.parametrize("query", ["la=1", "nam=abc", "loai=khong-co", "trang=0", "trang=x", "co-quan=Z99"])
def test_parameters_without_meaning_are_refused_with_the_reason(app, query):
    answer = app.get(f"/van-ban?{query}", status=422)
    assert query.split("=")[0] in answer.text


def test_a_page_beyond_the_last_is_not_there(app, notice):
    app.get("/van-ban?trang=9", status=404)


def test_a_withdrawn_document_tells_why(app, db, make, unit, notice, at):
    publishing.withdraw(db, notice, version=notice.version, by=None, at=at, why="Ban hành nhầm thẩm quyền")
    page = app.get("/van-ban/249-tb-vpcp-2014", status=410)
    assert "Ban hành nhầm thẩm quyền" in page.text
    assert "Kết luận tại cuộc họp thử" not in app.get("/van-ban").text


def test_a_renamed_document_redirects_in_one_hop(app, db, notice, at):
    publishing.move(db, notice.item, "/van-ban/ten-moi", by=None, at=at)
    assert app.get("/van-ban/249-tb-vpcp-2014", status=301).location == "http://localhost/van-ban/ten-moi"
    assert app.get("/en/van-ban/249-tb-vpcp-2014", status=301).location == "http://localhost/en/van-ban/ten-moi"


def test_drafts_are_nowhere(app, make, unit):
    draft = make.notice(unit, title="Bản nháp kín")
    for address in ("/", "/van-ban", "/van-ban.atom", "/sitemap-1.xml", "/van-ban?q=kin", "/so-do-trang"):
        assert "Bản nháp kín" not in app.get(address).text
    app.get("/van-ban/1-tb-thu-2026", status=404)
    app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/xem-truoc/1", status=303)


def test_relations_show_both_ways(app, make, unit, notice):
    make.notice(
        unit,
        published=True,
        title="Văn bản thay thế",
        relations=[{"relation": "replaces", "number": "249/TB-VPCP"}],
    )
    old = app.get("/van-ban/249-tb-vpcp-2014").text
    assert "Văn bản này đã được thay thế." in old
    assert "Văn bản thay thế" in old


def test_the_feed_is_valid_and_has_tombstones(app, db, make, unit, notice, at):
    gone = make.notice(unit, published=True, title="Thu hồi")
    publishing.withdraw(db, gone, version=gone.version, by=None, at=at, why="Nhầm")
    answer = app.get("/van-ban.atom")
    feed = feedparser.parse(answer.body)
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [notice.item.uid.urn]
    assert f'ref="{gone.item.uid.urn}"'.encode() in answer.body


@pytest.mark.parametrize("name", ["all", "type", "issuer", "field", "year"])
def test_every_list_has_a_feed(app, db, make, unit, notice, name):
    from portal.agencies.models import Field

    db.add(Field(slug="y-te", name="Y tế"))
    db.flush()
    address = {
        "all": "/van-ban",
        "type": "/van-ban/loai/thong-bao",
        "issuer": f"/van-ban/co-quan/{unit.key}",
        "field": "/van-ban/linh-vuc/y-te",
        "year": "/van-ban/nam/2014",
    }[name]
    page = app.get(address)
    link = page.html.find("link", type="application/atom+xml")["href"]
    assert app.get(link).content_type == "application/atom+xml"


def test_a_former_issuer_names_its_successor(app, db, make, notice, unit):
    from datetime import date

    from portal.agencies.models import Succession

    new = make.agency(code="Y98", name="Cơ quan kế thừa", valid_from=date(2025, 3, 1))
    unit.valid_to = date(2025, 2, 28)
    db.add(Succession(predecessor_id=unit.id, successor_id=new.id, on=date(2025, 3, 1)))
    db.flush()
    assert "Cơ quan kế thừa" in app.get("/van-ban/249-tb-vpcp-2014").text


def test_the_page_of_an_agency_shows_its_documents(app, notice, unit):
    page = app.get(f"/co-quan/{unit.key}")
    assert "Kết luận tại cuộc họp thử" in page.text
    assert f"/van-ban/co-quan/{unit.key}" in page.text
