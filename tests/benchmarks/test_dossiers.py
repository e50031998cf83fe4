"""Many people who apply at once over real HTTP, on a loaded line of two web processes. Prints figures.

Nobody's draft is lost, also of those who leave and come back by their link; a double click makes one dossier; no code
is given twice and none is left out. `PORTAL_APPLICANTS=200` is how many; `PORTAL_TEST_DATABASE` another database.
"""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from benchmarks.applicants import Answer, Browser, Times, at_once, form_of
from benchmarks.table import show
from benchmarks.test_search_http import announced
from makers import Makers
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from portal.db import engine_for, maker_for
from portal.dossiers.models import AnswerSet, Applicant, CodeSequence, Dossier, DossierEvent, Draft
from portal.eforms import service as eforms
from portal.publishing import service as publishing

PEOPLE = int(os.environ.get("PORTAL_APPLICANTS", "200"))
PROCESSES = 2
LATER = 3
"""One in so many leaves after the first page and comes back by the link."""
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PORTAL = Path(sys.executable).with_name("portal")
CODE, SECRET = (re.compile(rf'id="{name}"[^>]*>([^<]+)<') for name in ("ma-ho-so", "ma-bi-mat"))
FORM = {
    "title": "Tờ khai thử tải",
    "sections": [
        {
            "id": "nguoi_nop",
            "title": "Người nộp",
            "fields": [
                {"id": "ho_ten", "type": "text", "label": "Họ tên", "required": True, "prefill": "person.name"},
                {"id": "dien_thoai", "type": "phone", "label": "Điện thoại", "required": True},
            ],
        },
        {
            "id": "noi_dung",
            "title": "Nội dung",
            "fields": [
                {"id": "viec", "type": "text", "label": "Việc cần làm", "required": True},
                {"id": "so_ban", "type": "number", "label": "Số bản", "required": True},
                {"id": "phi", "type": "computed", "label": "Phí", "formula": "so_ban × 8000"},
            ],
        },
    ],
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of its own."""
    server = os.environ.get("PORTAL_TEST_DATABASE")
    if not server:
        yield f"sqlite:///{tmp_path}/bench.sqlite"
        return
    schema, engine = f"portal_applicants_{os.getpid()}", engine_for(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{server}?options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


def test_many_people_apply_at_once(tmp_path: Path, database: str, config: object) -> None:
    ini = instance(tmp_path, database)
    subprocess.run([str(PORTAL), "-c", str(ini), "migrate"], check=True, stdout=subprocess.DEVNULL)
    engine = engine_for(database)
    begin = procedure(engine)
    times, floor = Times(), Times()
    told: dict[int, tuple[str, str]] = {}
    command = [str(PORTAL), "-c", str(ini), "serve", "--processes", str(PROCESSES), "--listen", "127.0.0.1:0"]
    process = subprocess.Popen([*command, "--no-indexer"], stderr=subprocess.PIPE, text=True)
    try:
        port = announced(process)
        for browser in (Browser(port, floor), Browser(port, Times())):
            for _turn in range(50):
                assert browser.get("floor", "/robots.txt").status == 200
            browser.close()
        for _turn in range(4 * PROCESSES):  # templates are compiled before anybody is measured
            Browser(port, Times()).get("warm", begin)

        def person(place: int) -> None:
            told[place] = applied(Browser(port, times), begin, place)

        started = time.perf_counter()
        wrong = at_once(PEOPLE, person)
        taken = time.perf_counter() - started
    finally:
        process.terminate()
        process.wait()
    assert wrong == [], f"{len(wrong)} of {PEOPLE} did not get through: {wrong[0]!r}"
    nothing_lost(engine, told)
    engine.dispose()
    tell(times, floor, taken, database.partition(":")[0])


def applied(browser: Browser, begin: str, place: int) -> tuple[str, str]:
    """One person from the page of the service to the receipt: code and secret."""
    page = answered(browser.get("start page", begin))
    draft = moved(browser.post("begin a draft", begin, form_of(page.body, "csrf_token", {})))
    key = draft.rstrip("/")
    who = {"ho_ten": name(place), "dien_thoai": f"09{place:08}"}
    save(browser, f"{key}/nguoi_nop", who)
    if place % LATER == 0:  # another day, another machine, only the link
        browser.close()
        browser = Browser(browser.port, browser.times)
        assert name(place) in answered(browser.get("come back by the link", f"{key}/nguoi_nop")).body
    save(browser, f"{key}/noi_dung", {"viec": f"Việc số {place}", "so_ban": str(place % 9 + 1)})
    check = answered(browser.get("check the answers", f"{key}/kiem-tra"))
    sent, twin, places = form_of(check.body, 'name="khoa"', {}), browser.twin(), list[str]()

    def click(window: Browser) -> None:
        places.append(moved(window.post("submit", f"{key}/kiem-tra", sent)))

    second = threading.Thread(target=click, args=(twin,))
    second.start()
    click(browser)
    second.join()
    assert [len(places), len(set(places))] == [2, 1], places
    receipt = answered(browser.get("receipt", places[0])).body
    code, secret = CODE.search(receipt), SECRET.search(receipt)
    assert code
    assert secret
    browser.close()
    twin.close()
    return code[1], secret[1]


def save(browser: Browser, address: str, given: dict[str, str]) -> None:
    page = answered(browser.get("a page of the form", address))
    moved(browser.post("save a page", address, form_of(page.body, 'id="bieu-mau"', given)))


def answered(answer: Answer) -> Answer:
    assert answer.status == 200, answer.status
    return answer


def moved(answer: Answer) -> str:
    said = re.search(r"<main.*?</main>", answer.body, re.S)
    assert answer.status == 303, f"{answer.status}: {' '.join(re.sub('<[^>]+>', ' ', said[0] if said else '').split())}"
    return answer.location


def name(place: int) -> str:
    return f"Người nộp {place:04}"


def nothing_lost(engine: Engine, told: dict[int, tuple[str, str]]) -> None:
    """What everybody was told stands in the database, each once."""
    with Session(engine) as db:
        assert db.scalar(select(func.count()).select_from(Dossier)) == PEOPLE
        codes = set(db.scalars(select(Dossier.code)))
        assert codes == {code for code, _secret in told.values()}
        assert len(codes) == len({secret for _code, secret in told.values()}) == PEOPLE
        assert [row.last_number for row in db.scalars(select(CodeSequence))] == [PEOPLE], "no number is left out"
        assert sorted(int(code[-4:]) for code in codes) == list(range(1, PEOPLE + 1))
        assert db.scalar(select(func.count()).select_from(DossierEvent)) == PEOPLE
        assert db.scalar(select(func.count()).select_from(Draft).where(Draft.dossier_id.is_(None))) == 0
        query = select(Dossier.code, Applicant.name, AnswerSet.answers).join(Applicant).join(AnswerSet)
        by_code = {code: (who, answers) for code, who, answers in db.execute(query)}
        for place, (code, _secret) in told.items():
            who, answers = by_code[code]
            assert who == name(place)
            assert answers["viec"] == f"Việc số {place}"
            assert answers["phi"] == str((place % 9 + 1) * 8000)


def tell(times: Times, floor: Times, taken: float, dialect: str) -> None:
    base = floor.every()[len(floor.every()) // 2]
    rows = [row("empty page, one connection", floor.every(), base)]
    rows += [row(what, sorted(found), base) for what, found in times.taken.items()]
    rows.append(row("every request", times.every(), base))
    asked = len(times.every())
    title = f"{PEOPLE} people at once, {PROCESSES} processes, {dialect}: {taken:.1f} s, {asked / taken:,.0f} requests/s"
    show(title, ("", "number", "p50", "p95", "p99", "most", "p50 of the floor's"), rows)


def row(what: str, found: list[float], base: float) -> tuple[str, ...]:
    parts = [found[min(len(found) - 1, int(share * len(found)))] for share in (0.5, 0.95, 0.99)]
    shown = [f"{part:,.0f} ms" for part in (*parts, found[-1])]
    return (what, f"{len(found):,}", *shown, f"{parts[0] / base:,.0f} ×")


def procedure(engine: Engine) -> str:
    """The address at which one applies for a published procedure with a form."""
    with maker_for(engine).begin() as db:
        make = Makers(db, AT)
        unit: Any = make.agency("H17", "Ủy ban nhân dân thử tải", kind="province")
        form = eforms.create(db, FORM, unit=unit, origin="localhost", by=None, at=AT)
        publishing.publish_imported(db, form, at=AT)
        channels = [{"channel": "online", "limits": [{"amount": 5, "unit": "working_days", "text": "5 ngày làm việc"}]}]
        made = make.procedure(unit, published=True, service="toan-trinh", channels=channels, eform=str(form.item.uid))
        return f"/nop-ho-so/{made.data['code']}"


def instance(folder: Path, database: str) -> Path:
    path, address = folder / "bench.ini", database.replace("%", "%%")
    path.write_text(
        f"""[app:main]
use = egg:portal
portal.database_url = {address}
portal.files_dir = {folder}/files
portal.secret_file = {folder}/secret.key
portal.search_dir = {folder}/search
portal.address = http://localhost
portal.theme = central
portal.national_portal =
""",
        encoding="utf-8",
    )
    return path
