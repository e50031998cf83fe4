"""The page of search, its feed, suggestions and description, as citizens and programs meet them over HTTP."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from lxml import etree

from portal.publishing import service as publishing
from portal.search.host import Live, place_of
from portal.search.maintaining import changed
from portal.search.models import BestBet
from portal.search.reading import Source
from portal.search.rebuilding import rebuild

OS = "{http://a9.com/-/spec/opensearch/1.1/}"
ARTICLES = (
    "<h3>Chương I. Quy định chung</h3><p>Điều 1. Phạm vi điều chỉnh</p><p>Nghị định này quy định về "
    "việc đăng ký hộ kinh doanh.</p><p>Điều 2. Thẩm quyền cấp giấy chứng nhận</p><p>Cơ quan đăng ký "
    "cấp giấy chứng nhận đăng ký hộ kinh doanh trong ba ngày làm việc.</p>"
)


@pytest.fixture
def unit(make):
    return make.agency(code="G22", name="Văn phòng Chính phủ", abbreviation="VPCP", english_name="Government Office")


@pytest.fixture
def decree(make, unit):
    return make.notice(
        unit,
        published=True,
        type="nghi-dinh",
        number="82/2019",
        notation="NĐ-CP",
        issued_on="2019-11-12",
        title="Về đăng ký hộ kinh doanh",
        body=ARTICLES,
    )


@pytest.fixture
def notices(make, unit, decree):
    made = [
        make.notice(unit, published=True, issued_on=f"{2001 + number}-03-01", title=f"Kết luận cuộc họp lần {number}")
        for number in range(24)
    ]
    return [decree, *made]


@pytest.fixture
def index(db, at, config, settings, tmp_path, monkeypatch):
    """`index()`: have everything that is public now in this host's index."""
    place = place_of(settings)
    place = type(place)(type(place.folder)(tmp_path / "search"), place.engine, place.memory)
    live = Live(place, Source.within(db, at))
    monkeypatch.setitem(config.registry, "portal.search", live)

    def build():
        rebuild(place, Source.within(db, at))
        live.look_again()

    yield build
    live.close()


def results(page):
    return [link.get_text() for link in page.html.select(".portal-documents h3 a")]


# --- the page


def test_the_page_says_how_many_there_are_and_marks_what_matches(app, index, notices):
    index()
    page = app.get("/tim-kiem", {"q": "ho kinh doanh"})

    assert "Tìm thấy 1 kết quả cho “ho kinh doanh”" in page.text
    assert results(page) == ["Về đăng ký hộ kinh doanh"]
    row = page.html.select_one(".portal-result")
    assert [mark.get_text() for mark in row.select("h3 mark")] != []
    for text in ("Nghị định", "82/2019/NĐ-CP", "Văn phòng Chính phủ", "12/11/2019"):
        assert text in row.get_text()


def test_a_hit_in_an_article_leads_to_that_article(app, index, decree):
    index()
    page = app.get("/tim-kiem", {"q": "thẩm quyền cấp giấy chứng nhận"})
    place = page.html.select_one(".portal-result__place a")

    assert place.get_text().startswith("Điều 2")
    path, anchor = place["href"].split("#")
    assert app.get(path).html.find(id=anchor) is not None


def test_each_facet_counts_truly_and_is_a_link_that_can_be_taken_back(app, index, notices):
    index()
    page = app.get("/tim-kiem", {"type": "thong-bao"})
    assert "Có 24 kết quả" in page.text
    decrees = next(link for link in page.html.select(".portal-facets__link") if "Nghị định" in link.get_text())
    assert re.search(r"\b1\s*kết quả", decrees.get_text())

    both = app.get(decrees["href"])
    assert parse_qs(urlsplit(both.request.url).query)["type"] == ["nghi-dinh", "thong-bao"]
    assert "Có 25 kết quả" in both.text
    chip = next(chip for chip in both.html.select(".portal-chosen__link") if "Thông báo" in chip.get_text())
    assert results(app.get(chip["href"])) == ["Về đăng ký hộ kinh doanh"]


def test_a_new_question_keeps_the_filters_and_the_box_keeps_the_question(app, index, notices):
    index()
    page = app.get("/tim-kiem", {"q": "cuộc họp", "type": "thong-bao", "sort": "date", "page": "2"})
    form = next(form for form in page.forms.values() if "portal-search__form" in form.text)

    assert form["q"].value == "cuộc họp"
    assert {"type": "thong-bao", "sort": "date"}.items() <= dict(form.submit_fields()).items()
    assert "page" not in dict(form.submit_fields())


def test_results_go_on_over_pages_and_none_comes_twice(app, index, notices):
    index()
    page, seen = app.get("/tim-kiem", {"q": "ket luan cuoc hop", "sort": "date"}), []
    while page is not None:
        seen += results(page)
        following = page.html.select_one(".govuk-pagination__next a")
        page = app.get(following["href"]) if following else None

    assert seen == [f"Kết luận cuộc họp lần {number}" for number in reversed(range(24))]


@pytest.mark.parametrize("query", ["la=1", "year=abc", "page=0", "page=99999999", "sort=x", "kind=x", "from=mai"])
def test_parameters_without_meaning_are_named_and_the_rest_is_offered(app, index, notices, query):
    index()
    page = app.get(f"/tim-kiem?q=cuoc+hop&{query}", status=422)

    assert page.html.select_one(".govuk-error-summary li").get_text()
    cleaned = page.html.select_one(".govuk-error-summary p a")["href"]
    assert urlsplit(cleaned).query == "q=cuoc+hop"
    assert "24 kết quả" in app.get(cleaned).text


def test_every_wrong_parameter_is_named_at_once(app, index):
    index()
    page = app.get("/tim-kiem?la=1&year=abc&sort=x", status=422)
    assert len(page.html.select(".govuk-error-summary li")) == 3


def test_nothing_found_helps_on(app, index, notices):
    index()
    page = app.get("/tim-kiem", {"q": "xyzzy", "type": "thong-bao"})

    assert "Không tìm thấy kết quả nào cho “xyzzy”" in page.text
    links = {link["href"] for link in page.html.select(".portal-search__nothing a")}
    assert {"/tim-kiem?q=xyzzy", "/van-ban"} <= links


def test_an_empty_question_shows_how_to_ask(app, index):
    index()
    page = app.get("/tim-kiem")
    assert "Cách tìm" in page.text
    assert page.html.select_one("meta[name=robots]") is None
    assert app.get("/tim-kiem?q=").html.select_one(".portal-documents") is None


def test_without_an_index_numbers_and_titles_are_found_and_the_page_says_so(app, index, notices):
    page = app.get("/tim-kiem", {"q": "82/2019/NĐ-CP"})

    assert "Tìm trong toàn văn đang tạm nghỉ." in page.text
    assert results(page) == ["Về đăng ký hộ kinh doanh"]
    assert "Tìm trong toàn văn" not in app.get("/tim-kiem").text


def test_what_an_editor_puts_first_stands_above_all_results(app, db, index, notices, at):
    db.add(
        BestBet(queries=["ho kinh doanh"], title="Mở hộ kinh doanh", url="/gioi-thieu", text="Từng bước", updated_at=at)
    )
    changed(db)
    index()
    page = app.get("/tim-kiem", {"q": "Hộ kinh doanh"})

    bet = page.html.select_one(".portal-bets")
    assert bet.a["href"] == "/gioi-thieu"
    assert "Từng bước" in bet.get_text()


@pytest.mark.parametrize(
    "words",
    ['"><script>alert(1)</script>', "'\"<b>", "{{ 7*7 }}", "a" * 1500, "%00", "\u202e", '"', "-", "so:", "nam:x"],
)
def test_any_string_is_a_safe_question(app, index, decree, words):
    index()
    page = app.get("/tim-kiem", {"q": words})

    assert page.html.find("input", id="search-q")["value"].strip() == words.strip()
    assert all(script.get("src") for script in page.html.find_all("script"))
    assert not page.html.find_all(style=True)


def test_what_is_no_longer_or_not_yet_public_is_nowhere(app, db, make, unit, index, decree, at):
    make.notice(unit, title="Bản nháp kín về hộ kinh doanh")
    publishing.withdraw(db, decree, version=decree.version, by=None, at=at, why="Ban hành nhầm")
    index()
    for address in ("/tim-kiem?q=ho+kinh+doanh", "/tim-kiem.atom?q=ho+kinh+doanh", "/tim-kiem/goi-y?q=ho+kinh"):
        text = app.get(address).text
        assert "hộ kinh doanh" not in text.lower()


def test_search_pages_are_not_for_robots_and_nobody_else_keeps_them(app, index, decree):
    index()
    page = app.get("/tim-kiem?q=kinh+doanh&page=1&sort=relevance")

    assert page.html.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.html.select_one("link[rel=canonical]")["href"] == "http://localhost/tim-kiem?q=kinh+doanh"
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in page.headers


def test_the_english_page_leads_to_english_pages(app, index, notices):
    index()
    page = app.get("/en/tim-kiem?q=kinh+doanh")
    links = page.html.select(".portal-result a, .portal-facets a, .portal-order a")

    assert links
    assert all(link["href"].startswith("/en/") for link in links)
    assert page.html.select_one(".portal-result h3 a")["lang"] == "vi"


@pytest.mark.parametrize("address", ["/", "/tim-kiem", "/van-ban"])
def test_every_page_has_the_find_box_and_names_the_description(app, address):
    page = app.get(address)
    assert page.html.select_one("form.portal-find")["action"] == "/tim-kiem"
    assert {form["data-portal-suggest"] for form in page.html.select("form[data-portal-suggest]")} == {
        "/tim-kiem/goi-y"
    }
    assert page.html.select_one("link[rel=search]")["href"] == "/opensearch.xml"


# --- the form with more conditions


def test_the_form_writes_the_question_and_reads_it_back(app, index, unit, notices):
    index()
    form = _conditions(app.get("/tim-kiem/nang-cao"))
    for name, text in {
        "words": "đăng ký",
        "phrase": "hộ kinh doanh",
        "without": 'lệ "phí xe"',
        "number": "82 / 2019",
        "from": "2019",
        "to": "31/12/2020",
    }.items():
        form[name] = text
    form["issuer"] = unit.key
    found = form.submit("sent", status=303).follow()

    asked = parse_qs(urlsplit(found.request.url).query)
    assert asked == {
        "q": ['đăng ký "hộ kinh doanh" -lệ -"phí xe" so:"82 / 2019"'],
        "issuer": [unit.key],
        "from": ["2019-01-01"],
        "to": ["2020-12-31"],
    }
    again = _conditions(app.get(found.html.select_one(".portal-search__more a")["href"]))
    assert [again[name].value for name in ("words", "phrase", "without", "number", "from", "to", "issuer")] == [
        "đăng ký",
        "hộ kinh doanh",
        'lệ "phí xe"',
        "82 / 2019",
        "1/1/2019",
        "31/12/2020",
        unit.key,
    ]


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(app, index):
    index()
    form = _conditions(app.get("/tim-kiem/nang-cao"))
    form["words"], form["from"] = "họp", "mai kia"
    page = form.submit("sent", status=422)

    assert _conditions(page)["from"].value == "mai kia"
    assert page.html.select_one(".govuk-error-summary a")["href"] == "#dk-from"
    assert page.html.find(id="dk-from")["aria-describedby"]
    empty = _conditions(app.get("/tim-kiem/nang-cao")).submit("sent", status=422)
    assert "Hãy nhập ít nhất một điều kiện." in empty.text


def _conditions(page):
    return next(form for form in page.forms.values() if "portal-search__conditions" in form.text)


# --- for programs


def test_any_result_is_a_feed_newest_first(app, index, notices):
    index()
    address = app.get("/tim-kiem?q=cuoc+hop&type=thong-bao").html.select_one("link[type='application/atom+xml']")[
        "href"
    ]
    answer = app.get(address)
    feed = feedparser.parse(answer.body)

    assert not feed.bozo
    assert feed.feed.id == f"http://localhost{address}"
    assert [entry.title.split(" – ")[1] for entry in feed.entries][:2] == [
        "Kết luận cuộc họp lần 23",
        "Kết luận cuộc họp lần 22",
    ]
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 24
    assert all(entry.id.startswith("urn:uuid:") for entry in feed.entries)
    assert feed.entries[0].updated == "2024-02-29T17:00:00+00:00"
    assert etree.fromstring(answer.body).findtext(f"{OS}totalResults") == "24"
    app.get(feed.entries[0].link.removeprefix("http://localhost"), status=200)
    app.get(address, headers={"If-None-Match": answer.headers["ETag"]}, status=304)


def test_a_feed_of_nothing_is_a_feed(app, index):
    index()
    feed = feedparser.parse(app.get("/tim-kiem.atom?q=xyzzy").body)
    assert not feed.bozo
    assert feed.entries == []


def test_a_feed_refuses_what_has_no_meaning(app, index):
    index()
    app.get("/tim-kiem.atom?la=1", status=422)


def test_the_description_leads_to_the_page_the_feed_and_the_suggestions(app, index, decree):
    index()
    root = etree.fromstring(app.get("/opensearch.xml").body)
    templates = {url.get("type"): url.get("template") for url in root.iter(f"{OS}Url")}

    assert 0 < len(root.findtext(f"{OS}ShortName")) <= 16
    for media_type in ("text/html", "application/atom+xml", "application/x-suggestions+json"):
        address = templates[media_type].replace("{searchTerms}", "kinh+doanh").replace("{startPage?}", "1")
        answer = app.get(address.removeprefix("http://localhost"), status=200)
        assert answer.content_type == media_type
    assert "/en/tim-kiem" in app.get("/en/opensearch.xml").text


def test_suggestions_come_for_the_box_and_for_browsers(app, index, decree):
    index()
    answer = app.get("/tim-kiem/goi-y?q=dang+ky+h")
    assert answer.json[0] == {
        "title": "Về đăng ký hộ kinh doanh",
        "number": "82/2019/NĐ-CP",
        "path": decree.item.path,
        "kind": "notice",
        "label": "Văn bản",
    }
    assert "max-age" in answer.headers["Cache-Control"]
    assert app.get("/en/tim-kiem/goi-y?q=dang+ky+h").json[0]["path"] == f"/en{decree.item.path}"

    typed, titles, _about, addresses = json.loads(app.get("/tim-kiem/goi-y?q=dang+ky+h&format=opensearch").body)
    assert (typed, titles) == ("dang ky h", ["Về đăng ký hộ kinh doanh"])
    assert addresses == [f"http://localhost{decree.item.path}"]


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=xyzzy", "q=" + "a" * 3000, "q=%22%3C&format=x"])
def test_suggestions_are_a_list_for_every_query(app, index, decree, query):
    index()
    assert app.get(f"/tim-kiem/goi-y?{query}").json == []


def test_suggestions_read_no_database(app, index, decree, count_queries):
    index()
    app.get("/tim-kiem/goi-y?q=dang")
    with count_queries() as seen:
        app.get("/tim-kiem/goi-y?q=dang+ky")
    assert seen == []


def test_suggestions_are_empty_without_an_index(app, index, decree):
    assert app.get("/tim-kiem/goi-y?q=dang+ky").json == []
