"""The site's own pages over HTTP."""

import pytest
from lxml import etree

from portal.publishing import service as publishing
from portal.site import service
from portal.site.pages import NAME

SECTIONS = [
    {
        "slug": "chi-dao",
        "title": "Chỉ đạo, điều hành",
        "title_en": "Direction",
        "lists": {"types": ["thong-bao"]},
        "front": True,
    },
    {"slug": "gioi-thieu-chung", "title": "Giới thiệu", "title_en": "About"},
]


@pytest.fixture
def page(db, make, at):
    data = {"title": "Giới thiệu", "title_en": "About us", "body": "<p>Cổng này.</p>", "body_en": "<p>This portal.</p>"}
    edition = publishing.create(
        db,
        kind=NAME,
        data=data | {"section": "gioi-thieu-chung"},
        unit=make.agency(),
        origin="localhost",
        by=None,
        at=at,
    )
    publishing.publish_imported(db, edition, at=at)
    return edition


@pytest.fixture
def sections(db, at):
    service.set_sections(db, SECTIONS, at=at)


def test_a_page_stands_in_both_languages(app, page):
    assert "Cổng này." in app.get("/gioi-thieu").text
    english = app.get("/en/gioi-thieu")
    assert "This portal." in english.text
    assert english.html.h1.text == "About us"


def test_a_page_without_translation_says_so(app, db, make, at):
    edition = publishing.create(
        db,
        kind=NAME,
        data={"title": "Chỉ tiếng Việt", "body": "<p>a</p>"},
        unit=make.agency(),
        origin="x",
        by=None,
        at=at,
    )
    publishing.publish_imported(db, edition, at=at)
    assert app.get("/en/chi-tieng-viet").html.find("article")["lang"] == "vi"


def test_sections_list_their_documents_and_pages(app, make, sections, page):
    make.notice(make.agency(), published=True, title="Kết luận cuộc họp")
    make.notice(make.agency(), published=True, type="quyet-dinh", title="Quyết định riêng")
    section = app.get("/chuyen-muc/chi-dao").text
    assert "Kết luận cuộc họp" in section
    assert "Quyết định riêng" not in section
    assert "Giới thiệu" in app.get("/chuyen-muc/gioi-thieu-chung").text
    app.get("/chuyen-muc/khong-co", status=404)


def test_the_front_page_shows_what_is_new(app, make, sections):
    make.notice(make.agency(), published=True, title="Văn bản mới nhất")
    page = app.get("/")
    assert "Văn bản mới nhất" in page.text
    assert page.html.find("form", action="/tim-kiem") is not None


def test_the_site_map_stands_as_page_and_as_xml(app, make, sections, page):
    notice = make.notice(make.agency(), published=True)
    assert "Giới thiệu" in app.get("/so-do-trang").text
    index = etree.fromstring(app.get("/sitemap.xml").body)
    part = etree.fromstring(app.get("/sitemap-1.xml").body)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    assert index.xpath("//s:sitemap/s:loc/text()", namespaces=space) == ["http://localhost/sitemap-1.xml"]
    found = part.xpath("//s:url/s:loc/text()", namespaces=space)
    assert {
        f"http://localhost{notice.item.path}",
        f"http://localhost/en{notice.item.path}",
        "http://localhost/gioi-thieu",
    } <= set(found)
    app.get("/sitemap-2.xml", status=404)


@pytest.mark.parametrize(
    ("address", "status"), [("/khong-co-trang-nay", 404), ("/van-ban/khong-co", 404), ("/van-ban?la=1", 422)]
)
def test_an_error_page_helps_in_the_language_of_the_page(app, address, status):
    vietnamese = app.get(address, status=status)
    english = app.get(f"/en{address}", status=status)
    assert (vietnamese.html.html["lang"], english.html.html["lang"]) == ("vi", "en")
    assert vietnamese.html.find("form", action="/tim-kiem") is not None


def test_machines_get_a_problem_document(app):
    answer = app.get("/khong-co", headers={"Accept": "application/json"}, status=404)
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == 404


def test_health_tells_live_from_ready(app, db, make, at):
    from datetime import timedelta

    assert app.get("/suc-khoe/song").json == {"state": "ok"}
    assert app.get("/suc-khoe/san-sang").json == {"state": "ok", "overdue": 0}
    unit = make.agency()
    draft = make.notice(unit, by=make.person(editor=unit))
    approver = make.person(approver=unit)
    publishing.schedule(
        db, draft, version=draft.version, by=approver, at=at - timedelta(hours=2), publish_at=at - timedelta(hours=1)
    )
    assert app.get("/suc-khoe/san-sang").json == {"state": "late", "overdue": 1}


def test_robots_and_security_txt(app):
    assert "Sitemap: http://localhost/sitemap.xml" in app.get("/robots.txt").text
    assert "Expires: " in app.get("/.well-known/security.txt").text


def test_every_answer_has_the_security_headers(app):
    for address, status in (("/", 200), ("/khong-co", 404), ("/sitemap.xml", 200), ("/dang-nhap", 200)):
        headers = app.get(address, status=status).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_editor_changes_a_page_through_a_working_copy(app, db, make, sign_in, page, at):
    unit = page.item.unit
    editor, approver = make.person(editor=unit), make.person(approver=unit)
    sign_in(app, editor)
    assert "Giới thiệu" in app.get("/ban-lam-viec/trang").text
    item = app.get(f"/ban-lam-viec/muc/{page.item.uid}")
    form = next(f for f in item.forms.values() if f.action.endswith("/sua-ban-moi"))
    form = form.submit(status=303).follow().forms["trang"]
    form["title"] = "Giới thiệu cổng"
    form.submit("save", status=303)
    copy = page.item.working
    publishing.publish(db, copy, version=copy.version, by=approver, at=at, minor=True)
    assert "Giới thiệu cổng" in app.get("/gioi-thieu").text


def test_a_section_that_lists_documents_has_a_feed(app, make, sections):
    import feedparser

    make.notice(make.agency(), published=True, title="Kết luận cuộc họp")
    make.notice(make.agency(), published=True, type="quyet-dinh", title="Quyết định riêng")
    link = app.get("/chuyen-muc/chi-dao").html.find("link", type="application/atom+xml")["href"]
    feed = feedparser.parse(app.get(link).body)
    assert not feed.bozo
    assert ["Kết luận cuộc họp" in entry.title for entry in feed.entries] == [True]
    app.get("/chuyen-muc/gioi-thieu-chung.atom", status=404)
