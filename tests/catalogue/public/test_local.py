"""What an agency adds to a service: merged into its page, chosen without a script, compared with the others."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.catalogue.data import Channel, clean, clean_local
from portal.catalogue.present import merged
from portal.publishing import service as publishing


@pytest.fixture
def national(make: Any) -> Any:
    return make.procedure(make.agency("G15", "Bộ Tư pháp"), published=True, code="1.001193", name="Đăng ký khai sinh")


@pytest.fixture
def province(make: Any) -> Any:
    return make.agency("H17", "Thành phố Đà Nẵng", kind="province")


@pytest.fixture
def local(make: Any, national: Any, province: Any) -> Any:
    channels = [{"channel": "direct", "fees": [{"amount": 8000, "text": "8.000 đồng"}]}]
    return make.local_service(national, province, published=True, channels=channels, notes="Nhận cả sáng thứ Bảy.")


def test_the_agencys_parts_stand_in_the_page_and_say_so(local: Any, app: TestApp) -> None:
    page = app.get("/thu-tuc/1.001193/h17")
    assert page.html.h1.get_text(strip=True) == "Đăng ký khai sinh"
    page.mustcontain("Thành phố Đà Nẵng", "8.000 đồng", "5 ngày làm việc", "Bộ phận Một cửa", "Nhận cả sáng thứ Bảy.")
    assert "50.000 đồng" not in page
    own = [tag.parent.get_text(" ", strip=True) for tag in page.html.select(".portal-own")]
    assert any(text.startswith("Nơi tiếp nhận") for text in own)
    assert any(text.startswith("Trực tiếp") for text in own)


def test_the_national_page_stays_national_and_offers_the_choice(local: Any, app: TestApp) -> None:
    page = app.get("/thu-tuc/1.001193")
    page.mustcontain("50.000 đồng")
    assert "8.000 đồng" not in page
    form = page.forms[next(n for n, f in page.forms.items() if "co-quan" in f.fields)]
    form["co-quan"] = "h17"
    assert form.submit(status=303).location == "http://localhost/thu-tuc/1.001193/h17"
    form["co-quan"] = ""
    assert form.submit(status=200).html.h1.get_text(strip=True) == "Đăng ký khai sinh"


@pytest.mark.parametrize("typed", ["H17", "000.00.00.H17", "thanh-pho-da-nang", "%20h17"])
def test_an_agency_named_otherwise_leads_to_its_page(local: Any, app: TestApp, typed: str) -> None:
    assert app.get(f"/thu-tuc/1.001193/{typed}", status=301).location == "http://localhost/thu-tuc/1.001193/h17"


def test_an_agency_that_adds_nothing_leads_to_the_national_page(local: Any, make: Any, app: TestApp) -> None:
    make.agency("H26", "Thành phố Hà Nội", kind="province")
    assert app.get("/thu-tuc/1.001193/h26", status=302).location == "http://localhost/thu-tuc/1.001193"
    app.get("/thu-tuc/1.001193/khong-co", status=404)


def test_a_choice_that_leads_nowhere_harms_nothing(local: Any, app: TestApp) -> None:
    app.get("/thu-tuc/1.001193?co-quan=//vidu.example/x", status=422)
    app.get("/thu-tuc/1.001193?co-quan=%0d%0aSet-Cookie:a=b", status=422)


def test_the_comparison_marks_what_differs(local: Any, make: Any, national: Any, app: TestApp) -> None:
    make.local_service(national, make.agency("H26", "Thành phố Hà Nội", kind="province"), published=True)
    table = app.get("/thu-tuc/1.001193/so-sanh").html.select_one("table.portal-compare")
    rows = {row.th.get_text(strip=True): row for row in table.select("tbody tr")}
    assert list(rows) == ["Mức chung cả nước", "Thành phố Đà Nẵng", "Thành phố Hà Nội"]
    fee = "td[data-label='Phí, lệ phí']"
    assert "khác mức chung" in rows["Thành phố Đà Nẵng"].select_one(fee).get_text()
    assert "khác mức chung" not in rows["Thành phố Hà Nội"].select_one(fee).get_text()
    assert rows["Mức chung cả nước"].select_one(fee).get_text(strip=True) == "50.000 đồng"


def test_a_withdrawn_variant_says_so_and_leaves_the_choice(local: Any, app: TestApp, db: Session, at: Any) -> None:
    publishing.withdraw(db, local, version=local.version, by=None, at=at, why="Theo mức chung từ nay")
    app.get("/thu-tuc/1.001193/h17", status=410).mustcontain("Theo mức chung từ nay")
    assert "chon-dia-phuong" not in app.get("/thu-tuc/1.001193")


def test_a_variant_of_a_withdrawn_service_is_not_shown(
    local: Any, national: Any, app: TestApp, db: Session, at: Any
) -> None:
    publishing.withdraw(db, national, version=national.version, by=None, at=at, why="Đã bãi bỏ")
    app.get("/thu-tuc/1.001193/h17", status=404)


CHANNELS = st.lists(
    st.fixed_dictionaries(
        {
            "channel": st.sampled_from([channel.value for channel in Channel]),
            "description": st.sampled_from([None, "Cách nộp"]),
            "limits": st.lists(st.just({"amount": 3, "unit": "days"}), max_size=1),
            "fees": st.lists(st.just({"amount": 1000}), max_size=1),
        }
    ),
    max_size=3,
)
PLACES = st.lists(st.just({"name": "Nơi nộp"}), max_size=1)


@given(CHANNELS, CHANNELS, PLACES, PLACES)
def test_merging_loses_nothing_and_names_what_is_own(ours: Any, theirs: Any, places: Any, own_places: Any) -> None:
    national = clean({"channels": ours, "reception": places})
    local = clean_local({"channels": theirs, "reception": own_places})
    result = merged(national, local)
    of = {row["channel"]: row for row in result.data["channels"]}
    before = {row["channel"]: row for row in national["channels"]}
    after = {row["channel"]: row for row in local["channels"]}
    assert set(of) == set(before) | set(after)
    for channel, row in of.items():
        for name in ("limits", "fees", "description"):
            said = [side[channel][name] for side in (after, before) if channel in side]
            assert row[name] == next((words for words in said if words), said[-1])
    assert {part for part in result.own if part.startswith("channel:")} == {f"channel:{name}" for name in after}
    assert result.data["reception"] == (local["reception"] or national["reception"])
    assert clean(result.data) == result.data
    assert merged(national, None).data == national
