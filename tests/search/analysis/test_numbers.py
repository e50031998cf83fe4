"""Numbers of documents are found in every spelling (requirement C-6; the table of known items in the study)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.analysis import asked_numbers, fold, number_terms, tokens

SPELLINGS = (
    "{n}/{y}/{a}-{b}",
    "{n} {y} {a}-{b}",
    "{a}-{b} {n} {y}",
    "{n} {y} {a} {b}",
    "{n} / {y} / {a} – {b}",
    "{n}\u2215{y}\uff0f{a}\u2011{b}",
    "số {n}/{y}/{a}-{b}",
    "Số: {n}/{y}/{a}-{b}",
    "{n}/{y}/{a}{b}",
    "văn bản {n}/{y}/{a}-{b} quy định gì về đất đai",
    "0{n}/{y}/{a}-{b}",
    "{n} năm {y} {a}-{b}",
)
ISSUERS = ("CP", "VPCP", "UBND", "BGDĐT", "BTTTT", "TTg", "TTĐT", "HĐND", "QH13", "BKHĐT")


@given(
    spelling=st.sampled_from(SPELLINGS),
    number=st.integers(1, 99_999),
    year=st.none() | st.integers(1946, 2026),
    kind=st.sampled_from(["NĐ", "TB", "QĐ", "TT", "CT", "NQ"]),
    issuer=st.sampled_from(ISSUERS),
    change=st.sampled_from([str, str.lower, str.upper, lambda text: " ".join(map(fold, tokens(text)))]),
)
def test_every_spelling_of_a_number_asks_for_the_whole(
    spelling: str, number: int, year: int | None, kind: str, issuer: str, change: "type[str]"
) -> None:
    if year is None:
        spelling = spelling.replace(" năm {y}", "").replace("{y}", "").replace("//", "/").replace(" /  /", " /")
    own = f"{number:02}/{year}/{kind}-{issuer}" if year else f"{number:02}/{kind}-{issuer}"
    typed = change(spelling.format(n=number, y=year, a=kind, b=issuer))
    whole = number_terms(own)[0]
    assert (whole, 1.0) in asked_numbers(typed)[0], typed


@pytest.mark.parametrize(
    ("number", "terms"),
    [
        ("249/TB-VPCP", "249/tbvpcp 249/tb 249 tbvpcp tb vpcp"),
        ("01 /2018/TT-VPCP", "1/2018/ttvpcp 1/ttvpcp 1/2018/tt 1/tt 1/2018 1 ttvpcp tt vpcp"),
        ("57-NQ/TW", "57/nqtw 57/nq 57 nqtw nq tw"),
        ("7816/VPCP-TTĐT", "7816/vpcpttdt 7816/vpcp 7816 vpcpttdt vpcp ttdt"),
        ("1.001193.000.00.00.H35", "1.001193.000.00.00.h35 1.001193 1 001193 h35 1193"),
        ("000.00.00.H17-261121-0001", "000.00.00.h17.261121.0001 000.00 h17 261121 0001 1"),
        ("     /QĐ-UBND", "qdubnd qd ubnd"),
        ("02/2020/", "2/2020 2 2020"),
        ("Không số", "khong so"),
        ("", ""),
    ],
)
def test_terms_of_own_numbers(number: str, terms: str) -> None:
    assert number_terms(number) == terms.split()


@pytest.mark.parametrize("number", ["42/2022/NĐCP", "42 / 2022 / nd-cp", "042/2022/NĐ–CP", "Số 42/2022/NĐ-CP"])
def test_an_own_number_may_be_written_badly(number: str) -> None:
    assert number_terms(number)[0] == "42/2022/ndcp"


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("1.001193.000.00.00.H35", "1.001193.000.00.00.h35"),
        ("mã 1.001193.000.00.00.h35", "1.001193.000.00.00.h35"),
        ("1 001193 000 00 00 H35", "1.001193.000.00.00.h35"),
        ("1.001193", "1.001193"),
        ("000.00.00.h17–261121–0001", "000.00.00.h17.261121.0001"),
        ("thông tư 11/2021", "11/2021"),
        ("nghị định 100 năm 2019", "100/2019"),
        ("249/TB", "249/tb"),
        ("57-nq tw", "57/nqtw"),
    ],
)
def test_codes_and_parts_of_numbers(typed: str, term: str) -> None:
    assert (term, 1.0) in asked_numbers(typed)[0]


def test_lone_parts_count_less_and_only_in_short_questions() -> None:
    assert asked_numbers("249")[-1] == [("249", 0.3)]
    assert asked_numbers("tb-vpcp") == [[("tb", 0.1), ("tbvpcp", 0.1), ("vpcp", 0.1)]]
    assert asked_numbers("người lao động nghỉ việc riêng bao nhiêu ngày trong năm") == []
    long = asked_numbers("trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ hợp lệ")
    assert ("30", 0.3) not in [term for terms in long for term in terms]


@given(st.text(alphabet="0123456789 /-.abđĐ", max_size=400))
def test_any_text_has_few_number_terms(text: str) -> None:
    assert sum(map(len, asked_numbers(text))) < 800
    assert len(number_terms(text)) <= 220
