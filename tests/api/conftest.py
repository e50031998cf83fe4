"""A portal with published documents and a real index over them, asked over HTTP."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from portal.search.host import Live, place_of
from portal.search.reading import Source
from portal.search.rebuilding import rebuild

ARTICLES = (
    "<h3>Chương I. Quy định chung</h3><p><strong>Điều 1. Phạm vi điều chỉnh</strong></p><p>Nghị định này quy định về "
    "việc đăng ký hộ kinh doanh.</p><p><strong>Điều 2. Thẩm quyền cấp giấy chứng nhận</strong></p><p>Cơ quan đăng ký "
    "cấp giấy chứng nhận đăng ký hộ kinh doanh trong 3 &lt; 5 ngày làm việc.</p>"
)


@pytest.fixture
def unit(make: Any) -> Any:
    from portal.agencies.aliases import set_aliases

    agency = make.agency(code="G22", name="Văn phòng Chính phủ", abbreviation="VPCP", english_name="Government Office")
    set_aliases(make.db, agency, [])
    return agency


@pytest.fixture
def published(make: Any, unit: Any) -> list[Any]:
    """A decree with two articles, and 24 notices of as many years."""
    decree = make.notice(
        unit,
        published=True,
        type="nghi-dinh",
        number="82",
        notation="2019/NĐ-CP",
        issued_on="2019-11-12",
        effective_on="2020-01-01",
        title="Về đăng ký hộ kinh doanh",
        body=ARTICLES,
    )
    notices = [
        make.notice(unit, published=True, issued_on=f"{2001 + number}-03-01", title=f"Kết luận cuộc họp lần {number}")
        for number in range(24)
    ]
    return [decree, *notices]


@pytest.fixture
def index(
    db: Any, at: Any, config: Any, settings: Any, tmp_path: Any, monkeypatch: Any
) -> Iterator[Callable[[], None]]:
    """`index()`: have everything that is public now in this host's index."""
    place = place_of(settings)
    place = type(place)(type(place.folder)(tmp_path / "search"), place.engine, place.memory)
    live = Live(place, Source.within(db, at))
    monkeypatch.setitem(config.registry, "portal.search", live)

    def build() -> None:
        rebuild(place, Source.within(db, at))
        live.look_again()

    yield build
    live.close()


@pytest.fixture
def ask(app: Any, published: Any, index: Any) -> Callable[..., Any]:
    """`ask(q="…", …)`: the answer of the API, everything published being in the index."""
    index()
    return lambda status=200, **parameters: app.get("/api/v1/search", parameters, status=status)
