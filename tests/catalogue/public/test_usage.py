"""How much services are used: told on lists and pages, and an order of lists (A5-8)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.catalogue.usage import Used


@pytest.fixture
def services(make: Any) -> dict[str, Any]:
    unit = make.agency("G15", "Bộ Tư pháp")
    return {name: make.procedure(unit, published=True, name=name) for name in ("Ăn ở", "Buôn bán", "Cưới hỏi")}


@pytest.fixture
def asked(config: Any, services: dict[str, Any]) -> Iterator[list[tuple[date, date]]]:
    """Figures of a counter; the days that it was asked for."""
    days: list[tuple[date, date]] = []

    def counter(db: Session, first: date, last: date) -> dict[int, Used]:
        days.append((first, last))
        used = {"Ăn ở": Used(4, 3), "Buôn bán": Used(7, 6), "Cưới hỏi": Used(1200, 1100)}
        return {services[name].item_id: one for name, one in used.items()}

    before = config.registry.get("portal.usage")
    config.registry["portal.usage"] = [counter]
    yield days
    config.registry["portal.usage"] = before


def names(page: Any) -> list[str]:
    return [row.get_text(strip=True) for row in page.html.select(".portal-document-row__title")]


def test_a_list_tells_how_many_came_in_and_were_solved_this_year(asked: Any, app: TestApp, at: Any) -> None:
    page = app.get("/dich-vu-cong/danh-sach")

    rows = {row.select_one("h2").get_text(strip=True): row.get_text(" ", strip=True) for row in
            page.html.select(".portal-document-row")}  # fmt: skip
    year = asked[0][1].year
    assert f"Năm {year}: tiếp nhận 1.200, giải quyết xong 1.100 hồ sơ" in rows["Cưới hỏi"]
    assert "tiếp nhận 7, giải quyết xong 6" in rows["Buôn bán"]
    assert "tiếp nhận" not in rows["Ăn ở"], "fewer than five are not told"
    assert asked[0][0] == date(year, 1, 1)


def test_the_most_used_come_first_when_asked_for_and_the_others_keep_their_order(asked: Any, app: TestApp) -> None:
    page = app.get("/dich-vu-cong/danh-sach?xep=su-dung")

    assert names(page) == ["Cưới hỏi", "Buôn bán", "Ăn ở"]
    page.mustcontain("Số hồ sơ tiếp nhận trong năm")


def test_the_page_of_a_service_tells_it_too(asked: Any, services: dict[str, Any], app: TestApp) -> None:
    app.get(services["Cưới hỏi"].item.path).mustcontain("tiếp nhận 1.200, giải quyết xong 1.100 hồ sơ")
    assert "so-ho-so" not in app.get(services["Ăn ở"].item.path)


def test_figures_end_yesterday_so_that_a_page_of_a_day_stays_as_it_is(asked: Any, app: TestApp) -> None:
    from portal import clock

    app.get("/dich-vu-cong/danh-sach")

    assert asked[0][1] < clock.today(clock.now())
