"""What must hold between processes on a database that really commits."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flows.instance import Answer, Instance, Served
from jobs.databases import own_database
from sqlalchemy import select

from portal import clock, jobs
from portal.agencies.models import Agency, Field
from portal.publishing import queries, service
from portal.publishing.models import Edition, State

__all__ = ["own_database"]


@pytest.fixture
def instance(own_database: str, tmp_path: Path) -> Iterator[Instance]:
    running = Instance(own_database, tmp_path)
    yield running
    running.close()


@pytest.fixture
def served(instance: Instance) -> Served:
    return instance.serve()


def at_once(*asked: Any) -> list[Answer]:
    """All of these at the same moment; their answers in order."""
    barrier = threading.Barrier(len(asked))
    answers: list[Answer | None] = [None] * len(asked)

    def go(place: int) -> None:
        barrier.wait()
        answers[place] = asked[place]()

    threads = [threading.Thread(target=go, args=(place,)) for place in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for answer in answers if answer is not None]


@pytest.mark.parametrize(("status", "kept"), [("200", True), ("409", True), ("422", True), ("500", False)])
def test_returning_commits_and_raising_rolls_back(instance, served, status, kept):
    assert served.ask(f"/thu/{status}/dau-vet", {}).status == int(status)
    with instance.registry["portal.sessions"]() as db:
        assert (db.scalar(select(Field).where(Field.slug == "dau-vet")) is not None) is kept


def test_of_two_saves_at_once_exactly_one_wins(instance):
    with instance.writing() as (db, make):
        unit = make.agency()
        people = [make.person(editor=unit) for _ in range(2)]
        draft = make.notice(unit, by=people[0])
        browsers = [instance.signed_in(db, person) for person in people]
        address = f"/ban-lam-viec/van-ban/{draft.item.uid}/sua"
        version, number = draft.version, draft.number
    processes = [instance.serve(), instance.serve()]
    for turn in range(4):
        titles = [f"Lượt {turn} của người {n}" for n in (1, 2)]

        def save(n: int, titles: list[str] = titles, version: int = version) -> Answer:
            headers, token = browsers[n]
            sent = {"csrf_token": token, "version": version, "edition": number, "title": titles[n], "save": ""}
            return processes[n].ask(address, sent, **headers)

        answers = at_once(lambda save=save: save(0), lambda save=save: save(1))
        assert sorted(answer.status for answer in answers) == [303, 409]
        winner = next(n for n, answer in enumerate(answers) if answer.status == 303)
        with instance.registry["portal.sessions"]() as db:
            stored = db.scalars(select(Edition)).one()
            assert stored.title.endswith(titles[winner])
            version = stored.version
        lost = answers[1 - winner]
        assert titles[1 - winner] in lost.text


def test_of_two_approvals_at_once_one_publishes(instance):
    with instance.writing() as (db, make):
        unit = make.agency()
        editor, first, second = make.person(editor=unit), make.person(approver=unit), make.person(approver=unit)
        draft = make.notice(unit, by=editor)
        service.submit(db, draft, version=draft.version, by=editor, at=clock.now())
        browsers = [instance.signed_in(db, person) for person in (first, second)]
        address, version = f"/ban-lam-viec/muc/{draft.item.uid}/ban/1/", draft.version
    processes = [instance.serve(), instance.serve()]

    def act(n: int, action: str) -> Answer:
        headers, token = browsers[n]
        sent = {"csrf_token": token, "version": version, "why": "Thiếu nơi nhận"}
        return processes[n].ask(address + action, sent, **headers)

    answers = at_once(lambda: act(0, "cong-bo"), lambda: act(1, "tra-lai"))
    assert sum(answer.status == 303 for answer in answers) == 1
    assert all(answer.status in (303, 403, 409) for answer in answers)
    with instance.registry["portal.sessions"]() as db:
        state = db.scalars(select(Edition)).one().state
    assert state == (State.PUBLISHED if answers[0].status == 303 else State.DRAFT)


def test_what_fell_due_during_an_outage_is_published_by_the_next_worker(instance, served):
    now = clock.now()
    yesterday = now - timedelta(days=1)
    with instance.writing(yesterday) as (db, make):
        unit = make.agency()
        editor, approver = make.person(editor=unit), make.person(approver=unit)
        draft = make.notice(unit, by=editor, number="5", notation="TB-BTN")
        due = now - timedelta(hours=3)
        service.schedule(db, draft, version=draft.version, by=approver, at=yesterday, publish_at=due)
    path = "/van-ban/5-tb-btn-2026"
    assert served.ask(path).status == 404
    assert '"late"' in served.ask("/suc-khoe/san-sang").text
    before = served.ask("/van-ban")
    worker = jobs.Worker(instance.registry["portal.sessions"], instance.registry)
    assert worker.run_once(now) >= 1
    assert served.ask(path).status == 200
    assert "Về việc thử nghiệm" in served.ask("/van-ban").text
    assert "Về việc thử nghiệm" not in before.text
    assert '"ok"' in served.ask("/suc-khoe/san-sang").text


# -- the page cache


@pytest.fixture
def two(instance: Instance) -> dict[str, Any]:
    """Two published documents of two units, a draft, and somebody who may publish."""
    with instance.writing() as (db, make):
        units = [make.agency(code="Y91", name="Bộ Một"), make.agency(code="Y92", name="Bộ Hai")]
        editor, approver = make.person(editor=units), make.person(approver=units)
        first, second = (make.notice(unit, by=editor, title=f"Văn bản của {unit.name}") for unit in units)
        for edition in (first, second):
            service.publish(db, edition, version=edition.version, by=approver, at=clock.now())
        return {"first": first, "second": second, "approver": approver, "editor": editor, "units": units}


def change(instance: Instance, uid: Any, what: Any) -> None:
    with instance.writing() as (db, _make):
        item = queries.item_by_uid(db, uid)
        assert item is not None
        what(db, item)


def publish_anew(editor: Any, approver: Any) -> Any:
    def go(db: Any, item: Any) -> None:
        now = clock.now()
        copy = service.working_copy(db, item, by=db.merge(editor), at=now)
        data = copy.data | {"title": "Trích yếu mới"}
        service.save(db, copy, data, version=copy.version, by=db.merge(editor), at=now)
        service.publish(db, copy, version=copy.version, by=db.merge(approver), at=now, change_note="Sửa")

    return go


def withdraw(db: Any, item: Any) -> None:
    service.withdraw(db, item.live, version=item.live.version, by=None, at=clock.now(), why="Ban hành nhầm")


STATIC = ("/robots.txt",)


def test_a_visitor_gets_the_same_bytes_until_something_changes(instance, served, two):
    for address in (two["first"].item.path, "/van-ban", "/", "/van-ban.atom", "/sitemap-1.xml", "/co-quan", *STATIC):
        first, again = served.ask(address), served.ask(address)
        assert again.made == first.made, address
        assert again.text == first.text


def test_publishing_makes_anew_what_shows_it_and_nothing_else(instance, two):
    processes = [instance.serve(), instance.serve()]
    showing = [two["first"].item.path, "/en" + two["first"].item.path, "/van-ban", "/", "/van-ban.atom"]
    others = ["/co-quan", *STATIC]
    before = [{address: each.ask(address) for address in showing + others} for each in processes]
    change(instance, two["first"].item.uid, publish_anew(two["editor"], two["approver"]))
    for each, seen in zip(processes, before, strict=True):
        for address in showing:
            now = each.ask(address)
            assert "Trích yếu mới" in now.text, address
            assert now.made != seen[address].made
            assert each.ask(address).made == now.made
        for address in others:
            assert each.ask(address).made == seen[address].made, address


def test_publishing_one_document_leaves_the_page_of_another(instance, served, two):
    path = two["second"].item.path
    seen = served.ask(path)
    change(instance, two["first"].item.uid, publish_anew(two["editor"], two["approver"]))
    assert served.ask(path).made == seen.made


def test_what_a_document_does_to_another_shows_there_at_once_and_goes_with_it(instance, served, two):
    old, other = two["first"].item.path, two["second"].item.path
    before = {path: served.ask(path) for path in (old, other)}
    number = two["first"].data["number"]
    with instance.writing() as (db, make):
        relation = {"relation": "replaces", "number": f"{number}/TB-THU"}
        new = make.notice(
            db.get_one(Agency, two["units"][0].id), number="77", title="Văn bản thay thế", relations=[relation]
        )
        service.publish_imported(db, new, at=clock.now())
    assert "Văn bản thay thế" in served.ask(old).text
    assert "Văn bản thay thế" not in before[old].text
    assert served.ask(other).made == before[other].made
    change(instance, new.item.uid, withdraw)
    assert "Văn bản thay thế" not in served.ask(old).text


def test_a_document_that_is_cited_before_it_is_there_is_linked_when_it_comes(instance, served, two):
    with instance.writing() as (db, make):
        relation = {"relation": "based_on", "number": "88/TB-THU"}
        citing = make.notice(db.get_one(Agency, two["units"][0].id), number="77", published=True, relations=[relation])
        path = citing.item.path
    assert not re.search(r'href="[^"]*"[^>]*>88/TB-THU', served.ask(path).text)
    with instance.writing() as (db, make):
        make.notice(db.get_one(Agency, two["units"][1].id), number="88", published=True)
    assert re.search(r'href="/van-ban/88-tb-thu-2026"', served.ask(path).text)


UNREADABLE = ("/%ff", "/%00", "//evil.example", "/?q=%ff", "/van-ban?q=%ed%a0%80", "/" + "a" * 3_000)


@pytest.mark.parametrize("address", UNREADABLE)
def test_an_unreadable_address_is_refused_in_front_of_the_page_cache(served, address):
    front = served.ask("/")
    refused = served.ask(address)
    assert refused.status in (400, 404, 414)  # waitress itself makes one slash of two
    assert '"//' not in refused.text
    assert served.ask("/").made == front.made


def test_saving_a_draft_leaves_every_page(instance, served, two):
    addresses = [two["first"].item.path, "/van-ban", "/"]
    before = [served.ask(address).made for address in addresses]

    def save(db: Any, item: Any) -> None:
        editor = db.merge(two["editor"])
        copy = service.working_copy(db, item, by=editor, at=clock.now())
        service.save(db, copy, copy.data | {"title": "Nháp"}, version=copy.version, by=editor, at=clock.now())

    change(instance, two["first"].item.uid, save)
    assert [served.ask(address).made for address in addresses] == before


def test_a_withdrawn_document_is_served_by_no_process(instance, two):
    processes = [instance.serve(), instance.serve()]
    path = two["first"].item.path
    for each in processes:
        assert each.ask(path).status == 200
        assert each.ask(path, Accept_Encoding="gzip;q=0").status == 200
    change(instance, two["first"].item.uid, withdraw)
    for each in processes:
        for prefix in ("", "/en"):
            gone = each.ask(prefix + path)
            assert gone.status == 410
            assert "Ban hành nhầm" in gone.text
            for address in ("/van-ban", "/", "/sitemap-1.xml"):
                assert "Văn bản của Bộ Một" not in each.ask(prefix + address).text
                assert f"{path}<" not in each.ask(prefix + address).text


def test_a_signed_in_visitor_and_a_stranger_do_not_share_pages(instance, served, two):
    with instance.writing() as (db, _make):
        headers, _token = instance.signed_in(db, db.merge(two["approver"]))
    mine = served.ask("/", **headers)
    plain = served.ask("/")
    assert mine.made != plain.made
    assert served.ask("/").made == plain.made
    assert served.ask("/", **headers).made != mine.made


def test_what_was_rolled_back_drops_no_page(instance, served, two):
    before = served.ask("/van-ban").made
    with instance.registry["portal.sessions"]() as db:
        service.changed(db, "list:notice", at=clock.now())
        db.rollback()
    assert served.ask("/van-ban").made == before
