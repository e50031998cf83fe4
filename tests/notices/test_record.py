"""The document record: cleaned, never invented; its number, address and effect."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.notices import queries
from portal.notices.data import Effect, clean, empty, full_number
from portal.notices.effect import effect_on
from portal.notices.kind import path, problems
from portal.notices.timelines import timeline
from portal.publishing.models import Item

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
PLAIN = st.none() | st.text(max_size=30)


@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("number", "notation", "place", "title", "type", "issued_on", "body"), PLAIN)
    )
)
def test_cleaning_is_idempotent(given_):
    once = clean(given_)
    assert clean(once) == once


def test_an_empty_record_knows_nothing():
    data = empty()
    assert [value for key, value in data.items() if key not in ("issuer", "signer", "language") and value] == []
    assert (data["issuer"], data["signer"]["name"]) == ({"name": None, "code": None}, None)


def test_what_cannot_be_is_unknown_and_not_guessed():
    data = clean(
        {
            "type": "khong-co",
            "issued_on": "31/02/2026",
            "urgency": "rất",
            "effect": "x",
            "relations": [{"relation": "likes", "number": "1"}],
        }
    )
    assert (data["type"], data["issued_on"], data["urgency"], data["effect"], data["relations"]) == (
        None,
        None,
        None,
        None,
        [],
    )


def test_scripts_never_get_into_a_body():
    body = clean({"body": '<p onclick="x()">a</p><script>alert(1)</script><a href="javascript:x">b</a>'})["body"]
    assert "script" not in body
    assert "onclick" not in body


@pytest.mark.parametrize(
    ("number", "notation", "issued_on", "wanted"),
    [
        ("249", "TB-VPCP", "2014-07-01", "/van-ban/249-tb-vpcp-2014"),
        ("42", "2022/NĐ-CP", "2022-06-24", "/van-ban/42-2022-nd-cp"),
        ("249", "TB-VPCP", None, "/van-ban/249-tb-vpcp"),
        (None, None, None, "/van-ban/thong-bao-ve-truc-tet"),
    ],
)
def test_addresses_can_be_guessed_from_the_number(number, notation, issued_on, wanted):
    data = clean(
        {"number": number, "notation": notation, "issued_on": issued_on, "type": "thong-bao", "title": "Về trực Tết"}
    )
    assert path(None, Item(kind="notice"), data) == wanted


def test_the_full_number_is_written_as_on_paper():
    assert full_number(clean({"number": "42", "notation": "2022/NĐ-CP"})) == "42/2022/NĐ-CP"
    assert full_number(empty()) is None


@pytest.mark.parametrize(
    ("facts", "day", "wanted"),
    [
        ({}, date(2026, 1, 1), None),
        ({"effective_on": "2026-02-01"}, date(2026, 1, 31), Effect.NOT_YET),
        ({"effective_on": "2026-02-01"}, date(2026, 2, 1), Effect.IN_FORCE),
        ({"effective_on": "2026-02-01", "expires_on": "2026-03-01"}, date(2026, 3, 1), Effect.EXPIRED),
        ({"effective_on": "2026-02-01", "effect": "mot-phan"}, date(2026, 3, 1), Effect.PARTLY_EXPIRED),
        ({"effect": "ngung"}, date(2026, 3, 1), Effect.SUSPENDED),
        ({"effective_on": "2026-02-01", "effect": "chua"}, date(2026, 3, 1), Effect.IN_FORCE),
    ],
)
def test_the_effect_follows_from_dates_and_what_was_stated(db, make, facts, day, wanted):
    edition = make.notice(make.agency(), **facts)
    assert effect_on(timeline(db, queries.of_edition(db, edition)), day) is wanted


def test_a_document_without_number_or_date_may_be_published_but_not_without_an_issuer(db, make):
    unit = make.agency()
    assert problems(db, make.notice(unit, number=None, notation=None, issued_on=None)) == []
    assert len(problems(db, make.notice(unit, issuer={"name": None}))) == 1


def test_the_issuer_is_found_in_the_register_of_its_period(db, make):
    old = make.agency(code="G14", name="Bộ Thông tin và Truyền thông", valid_to=date(2025, 2, 28))
    unit = make.agency()
    notice = queries.of_edition(db, make.notice(unit, issuer={"name": old.name}, issued_on="2019-12-18"))
    assert notice.issuer_id == old.id
    late = queries.of_edition(db, make.notice(unit, issuer={"name": old.name}, issued_on="2025-06-01"))
    assert late.issuer_id is None
    assert late.issuer_name == old.name


@pytest.mark.parametrize("seed", ["000_1cfab22e1e5fbadb.txt", "004_cbd7e00a5b7f47fa.txt"])
def test_the_founding_notices_become_records(db, make, shared, seed):
    from portal.agencies import queries as agencies
    from portal.notices.paper import from_paper

    make.agency(code="G22", name="Văn phòng Chính phủ", abbreviation="VPCP")
    text = (shared / "data" / "seeds" / seed).read_text(encoding="utf-8")
    data = from_paper(text, resolve=lambda name, on=None: agencies.resolver(db, name, on))
    assert data["type"] == "thong-bao"
    assert data["paper"] == text
    if seed.startswith("000"):
        assert (data["number"], data["notation"], data["place"], data["issued_on"], data["meeting_on"]) == (
            "249", "TB-VPCP", "Hà Nội", "2014-07-01", "2014-06-26",
        )  # fmt: skip
        assert (data["issuer"]["name"], len(data["recipients"]), data["archive_line"]) == (
            "Văn phòng Chính phủ", 10, "Lưu: VT, KGVX(3)",
        )  # fmt: skip
    else:
        assert (data["number"], data["issued_on"], data["meeting_on"]) == (None, None, "2014-08-04")
        assert {"number", "issued_on"} <= set(data["doubts"])
        assert [r["purpose"] for r in data["recipients"]] == ["để b/c", "để b/c", None, None, None]
        assert data["archive_line"] == "Lưu: VT, KGVX(3).HMT.31"


@pytest.mark.parametrize("given", [None, "", "x", 'vi" onclick="', 7, "en" * 40])
def test_what_is_no_language_tag_is_vietnamese(given):
    assert clean({"language": given})["language"] == "vi"
    assert clean({"language": "en-GB"})["language"] == "en-GB"
