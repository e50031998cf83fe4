"""Payments: what is said is read, what is read is said, and what is unsure stays as it was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue import fees
from portal.catalogue.data import clean

WHOLE = st.one_of(st.just(0), st.integers(1, 10**9).map(lambda thousands: thousands * 1000))


def amounts(text: str) -> list[tuple[int | None, str]]:
    return [(row["amount"], row["currency"]) for row in fees.read(text)]


def channel(*texts: str) -> dict[str, object]:
    return {"channel": "direct", "fees": [row for text in texts for row in fees.read(text)]}


@given(WHOLE)
def test_what_is_said_is_read_again(amount: int) -> None:
    fee = {"kind": "phi", "amount": amount, "currency": "VND", "text": None, "note": None}
    assert amounts(fees.words(fee, "vi")) == [(amount, "VND")]


@given(st.integers(1, 10**9))
def test_dollars_are_read_again(amount: int) -> None:
    fee = {"kind": "phi", "amount": amount, "currency": "USD", "text": None, "note": None}
    assert amounts(fees.words(fee, "en")) == [(amount, "USD")]


@given(st.text(alphabet="0123456789.,; ()\nphílệđồngVNĐUSDMiễ", max_size=60))
def test_any_text_is_read_without_a_fall(text: str) -> None:
    reading = fees.examine(text)
    assert all(row["amount"] is None or row["amount"] >= 0 for row in reading.rows)
    assert not text.strip(" ;\n") or reading.rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Miễn phí", [(0, "VND")]),
        ("Phí : 0 Đồng", [(0, "VND")]),
        ("Phí : Không Đồng", [(0, "VND")]),
        ("Lệ phí: Miễn phí (đúng hạn)", [(0, "VND")]),
        ("100,000 VNĐ; 100.000 đồng", [(100_000, "VND")]),
        ("900 VNĐ; 900.000 đồng", [(900_000, "VND")]),
        ("1.025.000 đồng", [(1_025_000, "VND")]),
        ("10 USD; 10USD", [(10, "USD")]),
        ("Miễn phí; Không quy định", [(0, "VND")]),
        ("Không quy định", [(None, "VND")]),
    ],
)
def test_what_is_certain(text: str, expected: list[tuple[int | None, str]]) -> None:
    assert amounts(text) == expected
    assert fees.examine(text).doubts == []


@pytest.mark.parametrize(
    "text",
    [
        "50 VNĐ",
        "1100 VNĐ",
        "Phí,",
        "Phí : o Đồng",
        ",000 VNĐ",
        "Lệ phí: 1,500,000",
        "15.000.0000 đồng",
    ],
)
def test_what_is_unsure_keeps_its_text(text: str) -> None:
    reading = fees.examine(text)
    assert [(row["amount"], row["text"]) for row in reading.rows] == [(None, text)]
    assert len(reading.doubts) == 1


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Miễn phí; 600.000 đồng; 400.000 đồng", fees.FREE_AND_NOT),
        ("50.000 đồng; 25.000 đồng", fees.SEVERAL),
        ("155 VNĐ; 155 USD", fees.TWO_CURRENCIES.format(text="155 VNĐ; 155 USD")),
    ],
)
def test_what_contradicts_itself_is_a_doubt(text: str, doubt: str) -> None:
    assert doubt in fees.examine(text).doubts


def test_amounts_with_their_cases_are_no_doubt() -> None:
    reading = fees.examine(
        "Phí : 2.000.000 Đồng (trên đất liền)\nPhí : 5.000.000 Đồng (trên biển)\nFile đính kèm: a.pdf"
    )
    assert [(row["kind"], row["amount"], row["note"]) for row in reading.rows] == [
        ("phi", 2_000_000, "trên đất liền"),
        ("phi", 5_000_000, "trên biển File đính kèm: a.pdf"),
    ]
    assert reading.doubts == []


@pytest.mark.parametrize(
    ("channels", "free"),
    [
        ([channel("Miễn phí")], True),
        ([channel("Miễn phí"), channel("70.000 đồng")], False),
        ([channel("Miễn phí"), channel()], None),
        ([channel("Không quy định")], None),
        ([], None),
    ],
)
def test_free_only_when_every_channel_says_so(channels: list[dict[str, object]], free: bool | None) -> None:
    assert fees.is_free({"channels": channels}) is free


def test_both_languages() -> None:
    (row,) = clean({"channels": [channel("1.250.000 đồng")]})["channels"][0]["fees"]
    assert (fees.words(row, "vi"), fees.words(row, "en")) == ("1.250.000 đồng", "1,250,000 VND")
    assert fees.words(fees.read("Miễn phí")[0], "en") == "Free"
