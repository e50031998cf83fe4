"""Time limits: what is said is read, what is read is said, and nothing is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue import limits
from portal.catalogue.data import LARGEST, Unit, clean

AMOUNTS = st.integers(1, LARGEST)
COUNTED = st.sampled_from([unit for unit in Unit if unit is not Unit.AT_ONCE])


def row(amount: int | None, unit: Unit | None, text: str | None = None) -> dict[str, object]:
    return {"amount": amount, "unit": unit and unit.value, "text": text, "note": None}


@given(AMOUNTS, COUNTED)
def test_what_is_said_is_read_again(amount: int, unit: Unit) -> None:
    (read,) = limits.read(limits.words(row(amount, unit), "vi"))
    assert (read["amount"], read["unit"]) == (amount, unit)


@given(st.text(max_size=80))
def test_any_text_is_kept_and_no_number_comes_from_nowhere(text: str) -> None:
    reading = limits.examine(text)
    said = " ".join(row["text"] for row in reading.rows)
    assert all(row["amount"] is None or str(row["amount"]) in said for row in reading.rows)
    assert not text.strip() or reading.rows or not any(map(str.isalnum, text))
    assert len(clean({"channels": [{"channel": "direct", "limits": reading.rows}]})["channels"][0]["limits"]) <= len(
        reading.rows
    )


@pytest.mark.parametrize(
    ("text", "amount", "unit", "note"),
    [
        ("5 ngày làm việc", 5, "working_days", None),
        ("07 Ngày làm việc", 7, "working_days", None),
        ("01 Giờ", 1, "hours", None),
        ("4 giờ làm việc", 4, "working_hours", None),
        ("3 tháng", 3, "months", None),
        ("Không quá 05 (năm) ngày làm việc, kể từ ngày nhận đủ hồ sơ", 5, "working_days", "kể từ ngày nhận đủ hồ sơ"),
        ("Ngay trong ngày làm việc", None, "at_once", None),
        ("trong ngày tiếp nhận", None, "at_once", None),
        ("15 ngày (hồ sơ phức tạp)", 15, "days", "hồ sơ phức tạp"),
    ],
)
def test_a_limit_is_read_with_its_note(text: str, amount: int | None, unit: str, note: str | None) -> None:
    reading = limits.examine(text)
    assert reading.rows == [{"amount": amount, "unit": unit, "text": text, "note": note}]
    assert reading.doubts == []


def test_two_limits_with_their_cases_are_two_rows() -> None:
    reading = limits.examine("07 ngày làm việc (cấp mới), 02 ngày làm việc (cấp lại)")
    assert [(row["amount"], row["note"]) for row in reading.rows] == [(7, "cấp mới"), (2, "cấp lại")]
    assert reading.doubts == []


def test_two_limits_without_their_cases_are_a_doubt() -> None:
    assert limits.examine("5 ngày; 10 ngày").doubts == [limits.SEVERAL]


@pytest.mark.parametrize("text", ["1", "120", "0", "0 Giờ", "1.5 ngày làm việc", "15 phút", "05 đến 07 ngày làm việc"])
def test_an_unsure_number_keeps_its_text_and_is_a_doubt(text: str) -> None:
    reading = limits.examine(text)
    assert [(row["unit"], row["amount"], row["text"]) for row in reading.rows] == [(None, None, text)]
    assert len(reading.doubts) == 1


@pytest.mark.parametrize("text", ["Không quy định", "Chậm nhất là ngay trước khi tàu rời cảng."])
def test_plain_words_are_no_doubt(text: str) -> None:
    reading = limits.examine(text)
    assert ([limits.words(row, "en") for row in reading.rows], reading.doubts) == ([text], [])


def test_both_languages() -> None:
    assert limits.words(row(1, Unit.WORKING_DAYS), "en") == "1 working day"
    assert limits.words(row(24, Unit.HOURS), "en") == "24 hours"
    assert limits.words(row(3, Unit.DAYS), "vi") == "3 ngày"
    assert limits.words(row(None, Unit.AT_ONCE), "en") == "The same working day"
