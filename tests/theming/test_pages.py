"""The layouts and macros, as a visitor and a validator meet them."""

import gzip
import re

import pytest
from theming import sample
from webtest import TestApp

from portal.settings import Settings

PUBLIC = [route for route in sample.SHOWN if route != "desk"]


@pytest.fixture(scope="session", params=["base", "central"])
def themed(request: pytest.FixtureRequest) -> TestApp:
    return TestApp(sample.make_app(Settings(**(sample.SETTINGS | {"theme": request.param}))))


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("name", sample.SHOWN)
def test_every_page_keeps_the_content_policy_and_names_its_language(themed: TestApp, name: str, prefix: str) -> None:
    html = themed.get(prefix + sample.ROUTES[name]).html
    assert html.html["lang"] == ("en" if prefix else "vi")
    assert not html.select("[style], style")
    assert not [tag for tag in html.find_all(True) if any(attribute.startswith("on") for attribute in tag.attrs)]
    assert all(script.get("src") and not script.text for script in html.select("script"))
    assert len(html.select("h1")) == 1
    assert html.select_one("main#main-content")
    ids = [tag["id"] for tag in html.select("[id]")]
    assert len(ids) == len(set(ids))


def test_the_foot_of_a_page_says_who_answers_for_it(site: TestApp) -> None:
    foot = site.get("/").html.select_one("footer.portal-footer").text
    for key in ("instance_name", "contact_responsible", "contact_address", "contact_phone", "contact_email"):
        assert sample.SETTINGS[key] in foot


def test_the_other_language_is_this_same_page(site: TestApp) -> None:
    html = site.get("/van-ban?loai=tb").html
    assert html.select_one(".portal-strip a[lang=en]")["href"] == "/en/van-ban?loai=tb"
    back = site.get("/en/van-ban?loai=tb").html
    assert back.select_one(".portal-strip a[lang=vi]")["href"] == "/van-ban?loai=tb"
    assert {link["hreflang"] for link in back.select("link[rel=alternate][hreflang]")} == {"vi", "en"}


def test_keys_lead_home_to_the_content_and_to_the_find_box(site: TestApp) -> None:
    html = site.get("/").html
    assert html.select_one("[accesskey=s]")["href"] == "#main-content"
    assert html.select_one("[accesskey='1']")["href"] == "/"
    assert html.select_one("[accesskey='4']")["name"] == "q"


def test_the_menu_shows_where_one_is(site: TestApp) -> None:
    def current(path: str) -> list[tuple[str, str]]:
        links = site.get(path).html.select(".portal-nav a[aria-current]")
        return [(link.text, link["aria-current"]) for link in links]

    assert current("/") == [("Trang chủ", "page")]
    assert current("/van-ban") == [("Văn bản", "page")]
    assert current("/van-ban/249-tb-vpcp") == [("Văn bản", "true")]


def test_only_the_nearest_entry_of_a_menu_is_the_current_one(site: TestApp) -> None:
    links = site.get("/ban-lam-viec/van-ban").html.select(".portal-desk__menu a[aria-current]")
    assert [link.text for link in links] == ["Văn bản"]


def test_pages_of_a_list_keep_the_filter(site: TestApp) -> None:
    html = site.get("/van-ban?loai=tb&trang=2").html
    links = {link.text.strip(): link["href"] for link in html.select(".govuk-pagination a")}
    assert links["Trang sau"] == "/van-ban?loai=tb&trang=3"
    assert links["Trang trước"] == "/van-ban?loai=tb"
    assert html.select_one(".govuk-pagination [aria-current=page]").text.strip() == "2"


def test_a_document_has_the_components_of_the_decree_in_their_order(site: TestApp) -> None:
    document = site.get("/van-ban/249-tb-vpcp").html.select_one(".portal-doc")
    text = " ".join(document.text.split())
    order = [
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Độc lập - Tự do - Hạnh phúc",
        "Văn phòng Chính phủ",
        "Số: 249/TB-VPCP",
        "Hà Nội, ngày 01 tháng 7 năm 2014",
        "Thông báo",
        "Ý kiến kết luận",
        "Nơi nhận:",
        "Lưu: VT, TH (3).",
        "KT. Bộ trưởng, Chủ nhiệm",
        "Nguyễn Khắc Ẩn",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_what_a_document_does_not_say_is_left_out(site: TestApp) -> None:
    letter = site.get("/van-ban/7816-vpcp-ttdt").html.select_one(".portal-doc")
    assert not letter.select_one(".portal-doc__kind, .portal-doc__signed, .portal-doc__urgency")
    assert "Kính gửi:" in letter.text
    assert "None" not in letter.text


def test_facts_without_a_value_have_no_row(site: TestApp) -> None:
    labels = [dt.text for dt in site.get("/van-ban/249-tb-vpcp").html.select(".portal-facts dt")]
    assert "Số, ký hiệu" in labels
    assert "Nguồn" not in labels


@pytest.mark.parametrize("name", PUBLIC)
def test_a_first_visit_weighs_less_than_100_kb(site: TestApp, name: str) -> None:
    page = sample.over_the_wire(site, sample.ROUTES[name])
    html = gzip.decompress(page.body).decode()
    addresses = set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', html))
    sheets = [site.get(address).text for address in addresses if address.endswith(".css")]
    addresses |= {f"/assets/{found}" for css in sheets for found in re.findall(r'url\("?\.\./([^")]+)', css)}
    weights = {address: len(sample.over_the_wire(site, address).body) for address in addresses}
    assert len(page.body) + sum(weights.values()) <= 75_000, weights
    scripts = sum(weight for address, weight in weights.items() if address.endswith(".js"))
    assert scripts <= 10_000
