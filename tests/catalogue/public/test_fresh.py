"""Publishing a service refreshes exactly the pages that show it (invariant 15)."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.agencies.models import Field
from portal.catalogue.models import Term
from portal.publishing import service as publishing
from portal.publishing.models import PageChange
from portal.request import Request

Stale = Callable[[str], bool]


@pytest.fixture
def shown(app: TestApp, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], set[str]]:
    """The keys that a page depends on."""

    def keys(path: str) -> set[str]:
        seen: set[str] = set()
        with monkeypatch.context() as patch:
            patch.setattr(Request, "depends_on", lambda request, *more: seen.update(more))
            app.get(path)
        return seen

    return keys


@pytest.fixture
def changed(db: Session) -> Callable[[], set[str]]:
    """The keys announced since the last look."""
    last = 0

    def keys() -> set[str]:
        nonlocal last
        rows = db.execute(select(PageChange.id, PageChange.key).where(PageChange.id > last)).all()
        last = max([last, *(row.id for row in rows)])
        return {row.key for row in rows}

    return keys


@pytest.fixture
def pages(db: Session, make: Any) -> dict[str, str]:
    """One page of each sort, before anything is published among them."""
    db.add(Field(slug="ho-tich", name="Hộ tịch"))
    db.add(Field(slug="dat-dai", name="Đất đai"))
    db.add(Term(slug="sinh-con", vocabulary="life_event", name="Sinh con"))
    db.add(Term(slug="nha-dat", vocabulary="life_event", name="Nhà, đất"))
    db.add(Term(slug="cong-dan", vocabulary="audience", name="Công dân"))
    unit = make.agency("G15", "Bộ Tư pháp")
    law = make.notice(unit, published=True, type="luat", number="60", notation="2014/QH13")
    other = make.procedure(unit, published=True, code="2.000001", related=["1.001193"], fields=["dat-dai"])
    third = make.procedure(unit, published=True, code="2.000002", fields=["dat-dai"])
    return {
        "front": "/",
        "catalogue": "/dich-vu-cong",
        "list": "/dich-vu-cong/danh-sach",
        "field": "/dich-vu-cong/linh-vuc/ho-tich",
        "event": "/dich-vu-cong/su-kien/sinh-con",
        "audience": "/dich-vu-cong/doi-tuong/cong-dan",
        "agency": f"/dich-vu-cong/co-quan/{unit.key}",
        "agency page": f"/co-quan/{unit.key}",
        "law": law.item.path,
        "related": other.item.path,
        "another field": "/dich-vu-cong/linh-vuc/dat-dai",
        "another event": "/dich-vu-cong/su-kien/nha-dat",
        "another service": third.item.path,
    }


def test_a_new_service_refreshes_the_pages_that_show_it_and_no_other(
    pages: dict[str, str], make: Any, shown: Any, changed: Any
) -> None:
    keys = {name: shown(path) for name, path in pages.items()}
    changed()
    unit = make.agency("G16")
    make.procedure(
        unit, published=True, code="1.001193", fields=["ho-tich"], events=["sinh-con"],
        legal_basis=[{"number": "60/2014/QH13", "title": "Luật Hộ tịch"}],
    )  # fmt: skip
    # the register of agencies got a unit; that is not what is asked here
    now = changed() - {"agencies"}
    stale = {name for name, own in keys.items() if own & now}
    assert stale == set(pages) - {"another field", "another event", "another service"}


def test_a_variant_refreshes_its_service_the_comparison_and_its_agency(
    pages: dict[str, str], make: Any, shown: Any, changed: Any
) -> None:
    province = make.agency("H17", "Thành phố Đà Nẵng", kind="province")
    national = make.procedure(make.agency("G16"), published=True, code="1.001193")
    pages |= {
        "service": national.item.path,
        "comparison": f"{national.item.path}/so-sanh",
        "province": f"/co-quan/{province.key}",
    }
    keys = {name: shown(path) for name, path in pages.items()}
    changed()
    make.local_service(national, province, published=True)
    now = changed() - {"agencies"}
    stale = {name for name, own in keys.items() if own & now}
    assert {"service", "comparison", "province"} <= stale
    assert not stale & {"front", "catalogue", "field", "event", "law", "another service", "related"}


def test_what_a_variant_shows_of_the_service_is_fresh_too(
    make: Any, shown: Any, changed: Any, db: Session, at: Any
) -> None:
    national = make.procedure(make.agency("G16"), published=True, code="1.001193")
    local = make.local_service(national, make.agency("H17", kind="province"), published=True)
    keys = shown(local.item.path)
    changed()
    publishing.withdraw(db, national, version=national.version, by=None, at=at, why="Đã bãi bỏ")
    assert keys & changed()
