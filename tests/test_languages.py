"""Vietnamese and English: the catalogue is complete, and no page mixes its language with the other."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import spoken
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from flows.table import PEOPLE, VIEWS, WHO, View, asked_states
from flows.world import World, build
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from portal.accounts.models import Person
from portal.agencies.models import Agency, Field
from portal.catalogue.models import Term
from portal.publishing.models import Edition, Item
from portal.settings import ROOT, Settings
from portal.site.models import Section

pytestmark = [pytest.mark.any_database, pytest.mark.unmeasured]  # every page again, for its words only
LOCALE = ROOT / "portal" / "locale"
PLACEHOLDER = re.compile(r"[$%]?\{[^{}]+\}")
HOW = "run: make i18n, and translate what portal.po then lacks"


# --- the catalogue ---


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every text of the program and of its templates, as `make messages` finds them."""
    pot = tmp_path_factory.mktemp("texts") / "portal.pot"
    options = ["--mapping-file", str(ROOT / "pyproject.toml"), "--output-file", str(pot)]
    folders = [str(ROOT / "portal"), str(ROOT / "themes")]
    CommandLineInterface().run(["pybabel", "--quiet", "extract", *options, *folders])
    with pot.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def english() -> Catalog:
    return spoken.english()


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def texts(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {forms(one.id): forms(one.string) for one in catalogue if one.id}


def test_every_text_is_translated_and_nothing_else(said: Catalog, english: Catalog) -> None:
    wanted, found = set(texts(said)), texts(english)
    assert len(wanted) > 900
    assert sorted(wanted - {text for text, translated in found.items() if all(translated)}) == [], HOW
    assert sorted(set(found) - wanted) == [], HOW
    assert not english.obsolete, HOW


def test_no_translation_is_a_guess(english: Catalog) -> None:
    assert [one.id for one in english if one.id and one.fuzzy] == []


def test_both_sides_have_the_same_placeholders(english: Catalog) -> None:
    wrong = {
        text: translated
        for text, translated in texts(english).items()
        for form in translated
        if set(PLACEHOLDER.findall(form)) != set(PLACEHOLDER.findall(text[-1]))
    }
    assert wrong == {}


def test_a_count_has_both_of_its_english_forms(english: Catalog) -> None:
    counted = {one.id: one.string for one in english if isinstance(one.id, tuple)}
    assert counted
    assert [strings for strings in counted.values() if len(strings) != 2 or strings[0] == strings[1]] == []


def test_sentences_stay_sentences_and_labels_stay_labels(english: Catalog) -> None:
    def end(text: str) -> str:
        return text[-1] if text[-1] in ".:…?" else ""

    assert {t: e for t, e in texts(english).items() if end(t[0]) != end(e[0])} == {}
    assert {t: e for t, e in texts(english).items() if t[0][:1].isupper() and e[0][:1].islower()} == {}


def test_the_english_is_english(english: Catalog) -> None:
    """What English texts quote in Vietnamese (examples, names of papers) is quoted from the Vietnamese text."""
    foreign = {
        word
        for text, translated in texts(english).items()
        for word in re.findall(r"[\w/&-]+", translated[0])
        if spoken.LETTERS.search(word) and word not in text[0]
    }
    assert foreign == set()


@pytest.mark.parametrize("po", sorted(LOCALE.rglob("*.po")), ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_says_what_its_source_says(po: Path) -> None:
    compiled = po.with_suffix(".mo")
    assert compiled.exists(), HOW
    with compiled.open("rb") as mo, po.open("rb") as source:
        catalogue, written = GNUTranslations(mo), read_po(source, locale=po.parts[-3])
    stale = [
        text
        for text, translated in texts(written).items()
        if (catalogue.ngettext(*text, 1) if len(text) > 1 else catalogue.gettext(*text)) != translated[0]
    ]
    assert stale == [], HOW


def templates() -> list[Path]:
    return sorted([*ROOT.glob("portal/*/templates/**/*.jinja2"), *ROOT.glob("themes/*/templates/**/*.jinja2")])


def test_no_template_says_anything_past_the_catalogue(config: Any) -> None:
    """Only an official document speaks Vietnamese by itself (Decree 30/2020)."""
    lexer = config.get_jinja2_environment()
    loose = {
        (path.name, line)
        for path in templates()
        for line, kind, text in lexer.lex(path.read_text(encoding="utf-8"))
        if kind == "data" and spoken.LETTERS.search(text) and path.name != "document.jinja2"
    }
    assert loose == set()


def test_every_command_explains_itself_in_english(english: Catalog) -> None:
    program = (
        "import click\n"
        "from portal.cli import words\nwords.choose('en')\n"
        "from portal.cli.root import portal\n"
        "def walk(command, path):\n"
        "    context = click.Context(command, info_name=path)\n"
        "    print(command.get_help(context))\n"
        "    for name in getattr(command, 'list_commands', lambda context: [])(context):\n"
        "        walk(command.get_command(context, name), f'{path} {name}')\n"
        "walk(portal, 'portal')\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert told.stdout.count("Usage:") > 10
    assert [line for line in told.stdout.splitlines() if spoken.LETTERS.search(line)] == []


# --- pages ---

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def world(engine: Engine, settings: Settings) -> Iterator[World]:
    """The instance of the flows, with an English name for everything that can have one."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            made = build(session, settings, AT)
            _name_in_english(session)
            yield made
        outer.rollback()


def _name_in_english(db: Session) -> None:
    for number, agency in enumerate(db.scalars(select(Agency))):
        agency.english_name = f"Agency {number}"
    for field in db.scalars(select(Field)):
        field.english_name = "Testing"
    for section in db.scalars(select(Section)):
        section.title_en = "Testing"
    for term in db.scalars(select(Term)):
        term.english_name = "Testing"
    db.flush()


@pytest.fixture(scope="module")
def asked(wsgi: Any, world: World) -> TestApp:
    return TestApp(wsgi, extra_environ={"portal.db": world.db, "portal.at": AT, "tm.active": "1"})


@pytest.fixture(scope="module")
def known(world: World) -> frozenset[str]:
    """Vietnamese words that may stand in an English page: names of people and files, and what English texts quote."""
    people = {person.name for person in world.db.scalars(select(Person))}
    files = {file["name"] for edition in world.editions.values() for file in edition.data["attachments"]}
    forms = world.db.scalars(select(Edition).join(Edition.item).where(Item.kind == "eform"))
    named = [part for form in forms for part in form.data["definition"]["sections"]]
    titles = {part.get("title") or part["label"] for one in named for part in (one, *one["fields"])}
    return frozenset(people | files | titles | {"“Mới”"}) | spoken.quoting()


def askers(view: View, state: str) -> set[str]:
    """Some who may, one who may not."""
    may = [person for person in PEOPLE if (person, state) in WHO[view.permission]]
    may_not = [person for person in PEOPLE if person not in may]
    return {*may[:1], *may[-1:], *may_not[-1:]}


def answers(world: World, app: TestApp, config: Any, view: View, prefix: str) -> Iterator[tuple[str, TestResponse]]:
    for state in asked_states(view):
        values = world.values(state) | {"asset": config.registry["portal.assets"]["public.css"].path}
        address = prefix + view.address.format(**values)
        sent = None if view.sent is None else {key: text.format(**values) for key, text in view.sent.items()}
        for person in sorted(askers(view, state)):
            answer = world.ask(app, person, "GET" if sent is None else "POST", address, sent)
            yield f"{address} ({person}, {state}, {answer.status_int})", answer


def passages(answer: TestResponse) -> list[spoken.Passage]:
    if not answer.body or "attachment" in answer.headers.get("Content-Disposition", ""):
        return []
    if answer.content_type == "text/html":
        return spoken.of_page(answer.text)
    if answer.content_type == "application/atom+xml":
        return spoken.of_feed(answer.body)
    return spoken.of_data(answer.text) if "json" in answer.content_type else []


def mixed(answer: TestResponse, known: frozenset[str]) -> list[str]:
    """What is said in Vietnamese without saying so. The title of a desk page cannot mark its parts."""
    desk = "/ban-lam-viec" in answer.request.path
    found = spoken.vietnamese(passages(answer), known)
    return [f"{one.text[:120]}  {one.where}" for one in found if not (desk and one.where.startswith("<title"))]


PAGES = [name for name in VIEWS if not name.startswith(("theming.", "files."))]


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_says_nothing_in_vietnamese(name, asked, world, config, known) -> None:
    wrong: dict[str, str] = {}
    for told, answer in answers(world, asked, config, VIEWS[name], "/en"):
        wrong |= dict.fromkeys(mixed(answer, known), told)
    assert not wrong, "\n".join(f"{one}  at {told}" for one, told in wrong.items())


ENGLISH_WORDS = re.compile(
    r"\b(the|and|with|this|your|there|error|next|previous|show|hide|warning|important|required)\b", re.I
)


@pytest.mark.parametrize("name", PAGES)
def test_a_vietnamese_page_says_nothing_in_english(name, asked, world, config) -> None:
    wrong: dict[str, str] = {}
    for told, answer in answers(world, asked, config, VIEWS[name], ""):
        found = [one for one in passages(answer) if one.language != "en" and ENGLISH_WORDS.search(one.text)]
        wrong |= {f"{one.text[:120]}  {one.where}": told for one in found}
    assert not wrong, "\n".join(f"{one}  at {told}" for one, told in wrong.items())


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_marks_nothing_english_as_vietnamese_and_leads_to_english_pages(
    name, asked, world, config, english
) -> None:
    interface = {form for translated in texts(english).values() for form in translated} - {
        form for text in texts(english) for form in text
    }
    for told, answer in answers(world, asked, config, VIEWS[name], "/en"):
        if answer.content_type != "text/html":
            continue
        if not answer.body:
            continue
        page = lxml.html.document_fromstring(answer.text)
        assert page.get("lang") == "en", told
        marked = [one.text for one in passages(answer) if one.language == "vi" and one.text in interface]
        assert marked == [], told
        links = [link for link in page.iter("a", "form") if link.get("hreflang") != "vi"]
        addresses = [link.get("href") or link.get("action") or "" for link in links]
        assert [to for to in addresses if to.startswith("/") and not to.startswith(("/en/", "/assets/"))] == [], told


@pytest.mark.parametrize(
    "address", ["/", "/van-ban?q=b%E1%BB%99&trang=1", "/van-ban/loai/thong-bao?nam=2026", "/dang-nhap?den=%2Ftai-khoan"]
)
def test_the_switch_keeps_the_page_and_what_was_asked(address: str, asked: TestApp) -> None:
    asked.reset()
    english = asked.get("/en" + address)
    assert english.html.html["lang"] == "en"
    to_vietnamese = english.html.select_one(".portal-strip a[hreflang=vi]")
    assert to_vietnamese["href"] == address
    vietnamese = asked.get(to_vietnamese["href"])
    assert vietnamese.html.html["lang"] == "vi"
    assert vietnamese.html.select_one(".portal-strip a[hreflang=en]")["href"] == "/en" + address
    alternates = {link["hreflang"]: link["href"] for link in english.html.select("link[rel=alternate][hreflang]")}
    assert alternates == {"vi": f"http://localhost{address}", "en": f"http://localhost/en{address}"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/khong-co", 404),
        ("/van-ban/khong-co", 404),
        ("/van-ban?khong-co=1", 422),
        ("/van-ban?trang=999", 404),
        ("/co-quan/khong-co", 404),
        ("/dat-mat-khau/khong-co", None),
        ("/van-ban?q=" + "a" * 9000, None),
    ],
)
def test_an_error_is_told_in_english(address, status, asked, known) -> None:
    asked.reset()
    answer = asked.get("/en" + address, expect_errors=True)
    assert status is None or answer.status_int == status
    assert mixed(answer, known) == []


def test_an_error_for_machines_is_told_in_english(asked, known) -> None:
    asked.reset()
    answer = asked.get("/en/khong-co", headers={"Accept": "application/json"}, status=404)
    assert "problem+json" in answer.content_type
    assert mixed(answer, known) == []
