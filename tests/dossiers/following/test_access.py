"""Code and secret open a dossier to one browser for an hour; everybody else gets one and the same answer (E14)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from dossiers.conftest import Counter
from dossiers.following.conftest import Browser
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.dossiers import tracking
from portal.dossiers.following.access import COOKIE, LIFETIME, MOST
from portal.dossiers.models import Lookup

UNKNOWN = "H17.13-20260302-0009999"


def test_the_pair_leads_to_the_page_and_stays_for_an_hour(browser_of: Browser, counter: Counter, at: datetime) -> None:
    receipt = counter.receipt()
    assert receipt.code in browser_of.open(receipt).text
    browser_of.at(at + LIFETIME - timedelta(seconds=1))
    assert browser_of.app.get(f"/ho-so/{receipt.code}").status_int == 200
    browser_of.at(at + LIFETIME)
    assert browser_of.app.get(f"/ho-so/{receipt.code}").status_int == 303


def test_the_cookie_is_for_the_server_alone_and_holds_no_code(browser_of: Browser, counter: Counter) -> None:
    receipt = counter.receipt()
    set_cookie = browser_of.lookup(receipt.code, receipt.secret).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=3600"} <= {part.strip() for part in set_cookie.split(";")}
    assert receipt.code not in set_cookie
    assert receipt.secret not in set_cookie


def test_the_address_of_the_page_is_that_of_the_code_and_never_holds_the_secret(
    browser_of: Browser, counter: Counter
) -> None:
    receipt = counter.receipt()
    answer = browser_of.lookup(receipt.code.lower(), f" {receipt.secret.lower()} ")
    assert answer.location == f"http://localhost/ho-so/{receipt.code}"


def test_an_unknown_code_and_a_wrong_secret_give_the_same_answer(browser_of: Browser, counter: Counter) -> None:
    receipt = counter.receipt()
    answers = [browser_of.lookup(code, "AAAA-BBBB-CCCC") for code in (receipt.code, UNKNOWN)]
    assert [answer.status_int for answer in answers] == [422, 422]
    typed = zip(answers, (receipt.code, UNKNOWN), strict=True)
    one, other = (answer.text.replace(f'value="{code}"', "") for answer, code in typed)
    assert one == other
    assert COOKIE not in answers[0].headers.get("Set-Cookie", "")


def test_what_was_typed_stays_when_it_was_wrong(browser_of: Browser) -> None:
    form = browser_of.lookup(UNKNOWN, "aaaa").forms["tra-cuu"]
    assert (form["code"].value, form["secret"].value) == (UNKNOWN, "aaaa")


def test_a_wrong_pair_is_counted(browser_of: Browser, db: Session) -> None:
    browser_of.lookup(UNKNOWN, "aaaa")
    assert set(db.scalars(select(Lookup.failures))) == {1}


def test_guessing_is_stopped_with_a_clear_answer(browser_of: Browser, counter: Counter, db: Session) -> None:
    receipt = counter.receipt()
    for _number in range(tracking.BY_CODE):
        browser_of.lookup(receipt.code, "AAAA-BBBB-CCCC")
    answer = browser_of.lookup(receipt.code, receipt.secret)
    assert answer.status_int == 429
    assert "quá nhiều lần" in answer.text
    assert answer.forms["tra-cuu"]["code"].value == receipt.code


@pytest.mark.parametrize("page", ["", "/lich.ics", "/giay-tiep-nhan", "/giay-tiep-nhan.pdf", "/du-lieu", "/tep/x"])
def test_without_a_proof_every_code_leads_to_the_lookup(app: TestApp, counter: Counter, page: str) -> None:
    receipt = counter.receipt()
    answers = [app.get(f"/ho-so/{code}{page}") for code in (receipt.code, UNKNOWN)]
    assert [answer.status_int for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location.replace(UNKNOWN, receipt.code)
    assert "/tra-cuu-ho-so?ma=" in answers[0].location


def test_without_a_proof_a_known_code_costs_what_an_unknown_one_costs(
    app: TestApp, counter: Counter, count_queries: Any
) -> None:
    receipt = counter.receipt()
    seen = []
    for code in (receipt.code, UNKNOWN):
        with count_queries() as queries:
            app.get(f"/ho-so/{code}")
        seen.append(queries)
    assert seen[0] == seen[1]


def test_the_proof_of_one_dossier_opens_no_other(browser_of: Browser, counter: Counter) -> None:
    mine, theirs = counter.receipt(), counter.receipt()
    browser_of.open(mine)
    assert browser_of.app.get(f"/ho-so/{theirs.code}").status_int == 303


def test_one_browser_holds_several_dossiers_but_not_endlessly(browser_of: Browser, counter: Counter) -> None:
    receipts = [counter.receipt() for _number in range(MOST + 1)]
    for receipt in receipts:
        browser_of.open(receipt)
    held = [browser_of.app.get(f"/ho-so/{receipt.code}").status_int for receipt in receipts]
    assert held == [303] + [200] * MOST


def test_a_new_secret_closes_what_the_old_one_opened(browser_of: Browser, counter: Counter) -> None:
    receipt = counter.receipt()
    browser_of.open(receipt)
    counter.do("renew_secret", receipt.dossier)
    assert browser_of.app.get(f"/ho-so/{receipt.code}").status_int == 303


def test_a_cookie_that_was_changed_opens_nothing(browser_of: Browser, counter: Counter) -> None:
    mine, theirs = counter.receipt(), counter.receipt()
    browser_of.open(mine)
    cookie = browser_of.app.cookies[COOKIE]
    uid, turn, until, seal = cookie.split("-")
    for forged in (
        f"{theirs.dossier.uid.hex}-{turn}-{until}-{seal}",
        f"{uid}-{turn}-{int(until) + 9999}-{seal}",
        f"{uid}-{turn}-{until}-{'0' * 64}",
        "x",
        "-",
        "." * 50,
        f"{uid}-{turn}-{until}-\xe9",
    ):
        browser_of.app.reset()
        for receipt in (mine, theirs):
            asked = browser_of.app.get(f"/ho-so/{receipt.code}", headers={"Cookie": f"{COOKIE}={forged}"})
            assert asked.status_int == 303


def test_somebody_who_leaves_closes_the_dossier(browser_of: Browser, counter: Counter) -> None:
    mine, other = counter.receipt(), counter.receipt()
    browser_of.open(other)
    page = browser_of.open(mine)
    closed = next(form for form in page.forms.values() if form.action.endswith("/dong")).submit().follow()
    assert "Đã đóng hồ sơ" in closed.text
    assert browser_of.app.get(f"/ho-so/{mine.code}").status_int == 303
    assert browser_of.app.get(f"/ho-so/{other.code}").status_int == 200


def test_whoever_was_sent_to_prove_it_comes_back_to_the_page(browser_of: Browser, counter: Counter) -> None:
    receipt = counter.receipt()
    there = browser_of.app.get(f"/ho-so/{receipt.code}/du-lieu").location.replace("http://localhost/tra-cuu-ho-so", "")
    assert browser_of.lookup(receipt.code, receipt.secret, query=there).location.endswith(f"{receipt.code}/du-lieu")


def test_nobody_is_sent_anywhere_else(browser_of: Browser, counter: Counter) -> None:
    receipt = counter.receipt()
    answer = browser_of.lookup(receipt.code, receipt.secret, query="?ve=//evil.example")
    assert answer.location == f"http://localhost/ho-so/{receipt.code}"


def test_no_copy_of_a_dossier_s_page_is_kept_or_found(browser_of: Browser, counter: Counter) -> None:
    page = browser_of.open(counter.receipt())
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Robots-Tag"] == "noindex"
