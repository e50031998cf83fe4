from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.dossiers.codes import DossierCode, parse
from portal.dossiers.profiles import CodeFormat

AGENCIES = st.sampled_from(["H17", "G09.20", "H17.13.05", "H17.13.05.101", "G22"])
DAYS = st.dates(date(2018, 1, 1), date(2099, 12, 31))


@settings(deadline=None)
@given(AGENCIES, DAYS, st.integers(1, 9_999_999), st.sampled_from(CodeFormat))
def test_a_written_code_is_read_back(agency: str, day: date, number: int, form: CodeFormat) -> None:
    code = DossierCode(agency, day, number)
    written = code.written(form)
    assert written is not None
    assert parse(written) == code
    assert parse(f" {written.lower()} ") == code


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_code_or_none(text: str) -> None:
    code = parse(text)
    assert code is None or code.number > 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("000.00.00.H17-261121-0001", DossierCode("H17", date(2026, 11, 21), 1)),
        ("G09.20-20260609-0092637", DossierCode("G09.20", date(2026, 6, 9), 92637)),
        ("000.05.13.H17-260102-12345", DossierCode("H17.13.05", date(2026, 1, 2), 12345)),
    ],
)
def test_both_forms_are_understood(text: str, code: DossierCode) -> None:
    assert parse(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "000.00.00.H17-261121",
        "000.00.00.H17-261121-001",
        "000.00.00.H17-261331-0001",
        "000.00.00.H17-261121-0000",
        "G09.20-20260609-92637",
        "000.00.00.H17-261121-0001; DROP",
        "%",
    ],
)
def test_what_is_no_whole_code_is_none(text: str) -> None:
    assert parse(text) is None


def test_a_code_that_the_older_form_cannot_write_has_none() -> None:
    assert DossierCode("Z01.ABC", date(2026, 1, 2), 1).written(CodeFormat.OLD) is None
    assert DossierCode("Z01.ABC", date(2026, 1, 2), 1).written(CodeFormat.NEW) == "Z01.ABC-20260102-0000001"
