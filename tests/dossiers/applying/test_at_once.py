"""Several processes on one database that really commits: one dossier of many clicks, no lost text of two windows."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flows.instance import Instance, Served
from flows.test_transactions import at_once
from sqlalchemy import func, select

from portal import clock
from portal.dossiers.models import Dossier, Draft
from portal.dossiers.service import drafts

ANSWERS = {
    "ho_ten": "Nguyễn Thị Hoa",
    "so_dinh_danh": "001190000001",
    "dien_thoai": "0912345678",
    "noi_o": {"province": "Hà Nội", "commune": "Phường Ví Dụ", "street": None},
    "de_nghi": "Đề nghị cấp giấy",
    "cam_doan": True,
}


@pytest.fixture
def instance(own_database: str, tmp_path: Path) -> Iterator[Instance]:
    running = Instance(own_database, tmp_path)
    yield running
    running.close()


@pytest.fixture
def address(instance: Instance) -> str:
    """The address of a draft with every answer."""
    now = clock.now()
    office = instance.registry["portal.dossiers"]
    here = replace(office, settings=replace(office.settings, national_portal=""))
    with instance.writing(now) as (db, make):
        unit = make.agency("H17", "Tỉnh thử nghiệm")
        edition = make.procedure(unit, published=True, service="toan-trinh")
        draft, key = drafts.start(db, edition, here, reception=unit, at=now)
        drafts.save(db, draft, ANSWERS, section="giay_to", seen=draft.version, at=now)
    return f"/ho-so-nhap/{key}"


def opened(served: Served, address: str) -> tuple[dict[str, str], dict[str, str]]:
    """Cookie of a browser that opened the page, and the hidden fields of its forms."""
    page = served.ask(address)
    assert page.status == 200
    hidden = {}
    for tag in re.findall(r"<input type=\"hidden\"[^>]*>", page.text):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and not name[1].startswith("__"):
            hidden[name[1]] = value[1]
    return {"Cookie": page.headers["Set-Cookie"].split(";")[0]}, hidden


def test_many_clicks_in_two_processes_make_one_dossier(instance: Instance, address: str) -> None:
    processes = [instance.serve(), instance.serve()]
    browsers = [(one, *opened(one, f"{address}/kiem-tra")) for one in processes]

    def click(number: int) -> Any:
        served, cookie, hidden = browsers[number % 2]
        return served.ask(f"{address}/kiem-tra", hidden, **cookie)

    answers = at_once(*[lambda number=number: click(number) for number in range(6)])
    assert {answer.status for answer in answers} == {303}
    receipts = [processes[0].ask(f"{address}/da-nop") for _turn in range(2)]
    codes = {re.search(r'id="ma-bi-mat">([^<]+)<', receipt.text)[1] for receipt in receipts}  # type: ignore[index]
    assert len(codes) == 1
    with instance.registry["portal.sessions"]() as db:
        assert db.scalar(select(func.count()).select_from(Dossier)) == 1


def test_of_two_windows_that_save_at_once_one_is_kept_and_the_other_shown(instance: Instance, address: str) -> None:
    processes = [instance.serve(), instance.serve()]
    browsers = [(one, *opened(one, f"{address}/noi_dung")) for one in processes]
    words = ["Cửa sổ thứ nhất", "Cửa sổ thứ hai"]

    def save(number: int) -> Any:
        served, cookie, hidden = browsers[number]
        return served.ask(f"{address}/noi_dung", hidden | {"de_nghi": words[number], "tiep_tuc": "1"}, **cookie)

    answers = at_once(lambda: save(0), lambda: save(1))
    assert sorted(answer.status for answer in answers) == [303, 409]
    winner = next(number for number, answer in enumerate(answers) if answer.status == 303)
    lost = answers[1 - winner].text
    assert words[0] in lost
    assert words[1] in lost
    with instance.registry["portal.sessions"]() as db:
        kept = db.scalars(select(Draft)).one().answers
    assert kept == ANSWERS | {"de_nghi": words[winner]}
