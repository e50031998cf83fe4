"""What hostile questions and unlucky moments must not do: break an answer, cost much, or show what is not public."""

from dataclasses import replace

import feedparser
import pytest

from portal.publishing import service as publishing
from portal.search import service
from portal.search.folders import ABANDONED, Folder
from portal.search.following import catch_up
from portal.search.host import Live, place_of
from portal.search.maintaining import best_bets, changed
from portal.search.models import BestBet
from portal.search.reading import Source
from portal.search.rebuilding import rebuild
from portal.search.vocabulary import MOST_LOOKUPS

API, PAGE = "/api/v1/search", "/tim-kiem"


@pytest.fixture
def unit(make):
    return make.agency(code="G22", name="Văn phòng Chính phủ")


@pytest.fixture
def index(db, at, config, settings, tmp_path, monkeypatch):
    """`index()`: have everything that is public now in this host's index; it stays behind until it is asked again."""
    place = place_of(settings)
    place = replace(place, folder=Folder(tmp_path / "search"))
    live = Live(place, Source.within(db, at))
    monkeypatch.setitem(config.registry, "portal.search", live)

    def build():
        service.settle(db)
        rebuild(place, live.source)
        live.look_again()

    yield build
    live.close()


@pytest.mark.parametrize("sign", ["\x01", "\x1b", "\ufffe", "\uffff"])
def test_signs_that_xml_cannot_hold_do_not_break_a_feed(app, make, unit, index, sign):
    make.notice(unit, published=True, title="Về hộ kinh doanh")
    index()
    feed = feedparser.parse(app.get(f"{PAGE}.atom", {"q": f"hộ {sign}kinh doanh"}).body)
    assert not feed.bozo
    assert [entry.title.partition(" – ")[2] for entry in feed.entries] == ["Về hộ kinh doanh"]


def test_many_names_of_agencies_in_a_question_are_not_all_looked_up(app, make, unit, index, count_queries):
    make.notice(unit, published=True)
    index()
    named = "cq:a{} b c d e f g h i j k l "
    with count_queries() as few:
        app.get(API, {"q": named.format(1) * 2 + named.format(2)})
    with count_queries() as many:
        app.get(API, {"q": "".join(map(named.format, range(60)))})
    assert len(many) < len(few) + MOST_LOOKUPS


def test_a_refusal_is_not_much_longer_than_what_was_asked(app):
    asked = "&".join(f"a{number}=1" for number in range(400))
    assert len(app.get(f"{API}?{asked}", status=422).json["errors"]) == 20
    assert app.get(f"{PAGE}?{asked}", status=422).text.count("<li>Không có tham số") == 20
    chosen = "&".join(f"type=a{number}" for number in range(400))
    form = app.get(f"{PAGE}/nang-cao?sent=1&{chosen}", status=422)
    assert len(form.html.select("input[name=type]")) == 51


@pytest.mark.parametrize("year", ["02014", "2014" + "0" * 40, "20140"])
def test_a_year_has_four_digits(app, year):
    assert app.get(API, {"year": year}, status=422).json["errors"][0]["parameter"] == "year"


@pytest.mark.parametrize("number", ["0" * 11 + "9" * 30, "9" * 40, "9" * 10])
def test_no_number_in_an_address_of_the_desk_is_too_large(app, number):
    for what in ("tu-dong-nghia", "dua-len-dau"):
        app.get(f"/ban-lam-viec/tim-kiem/{what}/{number}", status=404)


def test_the_language_of_a_document_is_no_markup(app, make, unit, index):
    make.notice(unit, published=True, title="Về hộ kinh doanh", language='en" data-x="')
    index()
    page = app.get(PAGE, {"q": "hộ kinh doanh"})
    link = page.html.select_one(".portal-documents h3 a")
    assert not link.has_attr("lang")
    assert not link.has_attr("data-x")


def test_the_folder_of_an_index_is_for_its_user_alone(make, unit, index, tmp_path):
    index()
    assert (tmp_path / "search").stat().st_mode & 0o077 == 0


def test_instances_with_the_same_folder_have_indexes_of_their_own(settings):
    other = replace(settings, database_url="postgresql://portal:one@localhost/other")
    assert place_of(settings).folder.root != place_of(other).folder.root
    assert place_of(settings).folder.root.parent == place_of(other).folder.root.parent
    changed_password = replace(other, database_url="postgresql://portal:two@localhost/other")
    assert place_of(changed_password).folder == place_of(other).folder


def test_only_folders_of_indexes_are_ever_abandoned(tmp_path):
    for name in ("some-app", "whoosh-1", "tantivy-2-0123abcd"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "current").write_text("1.4.2\n")
    later = (tmp_path / "some-app").stat().st_mtime + 2 * ABANDONED
    Folder(tmp_path / "whoosh-2").forget_abandoned(later)
    assert [path.name for path in tmp_path.iterdir()] == ["some-app"]


@pytest.mark.parametrize("form", ["{}", "{}/a/b", "{}?x=1", "{}#dieu-2", "{}.pdf", "{}.akn.xml", "/en{}", "/%76{}"])
def test_no_form_of_the_address_of_a_withdrawn_item_is_a_best_bet(db, make, unit, at, form):
    edition = make.notice(unit, published=True)
    path = edition.item.path
    address = form.format(path.removeprefix("/v") if "%76" in form else path)
    db.add(BestBet(queries=["phiên họp"], title="Nên xem", url=address, updated_at=at))
    changed(db)
    assert [bet.url for bet in best_bets(db, "phiên họp", at.date())] == [address]
    publishing.withdraw(db, edition, version=edition.version, by=None, at=at, why="Ban hành nhầm")
    assert best_bets(db, "phiên họp", at.date()) == []


# --- an index that is late


def shown(app):
    """Everything that search says to who asks for it, one text."""
    asked = {"q": "hộ kinh doanh"}
    answers = [app.get(path, asked) for path in (PAGE, f"{PAGE}.atom", API, f"{PAGE}/goi-y")]
    return "\n".join(answer.text.replace("<mark>", "").replace("</mark>", "") for answer in answers)


@pytest.fixture
def late(app, db, make, unit, index, at):
    """A document that the index still holds, withdrawn; the tag of the API's answer before."""
    decree = make.notice(unit, published=True, title="Bí danh của hộ kinh doanh")
    make.notice(unit, published=True, title="Thuế của hộ kinh doanh")
    index()
    assert shown(app).count("Bí danh") >= 4
    tag = app.get(API, {"q": "hộ kinh doanh"}).headers["ETag"]
    publishing.withdraw(db, decree, version=decree.version, by=None, at=at, why="Ban hành nhầm")
    service.settle(db)
    return tag


def test_what_was_withdrawn_is_not_shown_while_the_index_is_behind(app, config, late):
    config.registry["portal.search"].look_again()
    text = shown(app)
    assert "Bí danh" not in text
    assert text.count("Thuế của") >= 4
    answer = app.get(API, {"q": "hộ kinh doanh"}, headers={"If-None-Match": late})
    assert answer.status_int == 200
    assert answer.json["total"] == 1
    assert "ETag" not in answer.headers


def test_an_index_that_has_caught_up_is_trusted_again(app, config, db, at, late):
    catch_up(config.registry, source=Source.within(db, at))
    assert config.registry["portal.search"].behind() is None
    assert "Bí danh" not in shown(app)
    assert app.get(API, {"q": "hộ kinh doanh"}).headers["ETag"] != late
