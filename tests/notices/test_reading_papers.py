"""The project's own papers, of many agencies, times and layouts, half of them with slips of scanning."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from notices.papers import Case, every_layout, papers

from portal.agencies.register import Register
from portal.notices.reading import Found, Reading, read
from portal.settings import ROOT
from portal.text import fold, join_number, number_key, with_old_tone_place

RIGHT, FLAGGED, WRONG_SURE, WRONG_FLAGGED, MISSED = "right", "right, flagged", "wrong, sure", "wrong, flagged", "missed"
FIELDS = ("number", "type", "issued_on", "issuer", "place", "title", "signer", "recipients", "archive_line")


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load(ROOT / "content" / "register")


def plain(text: str) -> str:
    return fold(with_old_tone_place(text))


def names_of(reading: Reading) -> set[str]:
    """The issuer by itself and with the place of the agency above it."""
    if reading.issuer is None:
        return set()
    name, above = reading.issuer.value.name, reading.issuer.value.above or ""
    place = re.search(r"\b(?:tỉnh|thành phố)\s.+", above)
    return {plain(one) for one in (name, f"{name} {above}", f"{name} {place[0]}" if place else name)}


def answers(case: Case, reading: Reading, register: Register) -> dict[str, tuple[Found[Any] | None, bool]]:
    """For each field what was found and whether it is right."""
    made = case.made
    notation = reading.notation.value if reading.notation else None
    number = join_number(reading.number.value if reading.number else None, notation)
    unit = register.resolve(made.issuer)
    issuers = {plain(made.issuer), plain(unit.name) if unit else ""}
    expected = [plain(re.sub(r"\s*\(.*", "", item)) for item in made.recipients[:-1]]
    texts = {
        "place": made.place,
        "title": made.title,
        "archive_line": made.recipients[-1] if made.recipients else "",
    }
    told: dict[str, tuple[Found[Any] | None, bool]] = {
        "number": (reading.number, number_key(number) == number_key(made.number)),
        "type": (reading.type, reading.type is not None and reading.type.value == made.type),
        "issued_on": (reading.issued_on, reading.issued_on is not None and reading.issued_on.value == made.on),
        "issuer": (reading.issuer, bool(issuers & names_of(reading))),
        "signer": (
            reading.signer,
            reading.signer is not None and plain(reading.signer.value.name) == plain(made.signer or made.name),
        ),
    }
    for name, text in texts.items():
        found = getattr(reading, name)
        got = plain(found.value).replace(" ", "") if found else None
        told[name] = (found, got == plain(text).replace(" ", "") if text else got is None)
    got_names = [plain(found.value.name) for found in reading.recipients]
    told["recipients"] = (reading.recipients[0] if reading.recipients else None, got_names == expected)
    return told


def verdict(case: Case, name: str, found: Found[Any] | None, right: bool) -> str:
    if found is None:
        return RIGHT if not case.made.recipients and name in ("recipients", "archive_line") else MISSED
    if right:
        return RIGHT if found.sure else FLAGGED
    return WRONG_SURE if found.sure else WRONG_FLAGGED


def scores(cases: Iterable[Case], register: Register) -> dict[str, Counter[str]]:
    counted: dict[str, Counter[str]] = {name: Counter() for name in FIELDS}
    for case in cases:
        reading = read(case.text, resolve=register.resolve)
        for name, (found, right) in answers(case, reading, register).items():
            counted[name][verdict(case, name, found, right)] += 1
    return counted


@pytest.mark.parametrize("case", list(papers()), ids=lambda case: case.name)
def test_number_type_day_issuer_and_signer_are_read_whatever_the_layout(case: Case, register: Register) -> None:
    told = answers(case, read(case.text, resolve=register.resolve), register)
    wrong = {name for name in ("number", "type", "issued_on", "issuer", "signer") if not told[name][1]}
    assert not wrong, case.text


def test_every_paper_in_every_layout_is_read_and_hardly_ever_wrong_though_sure(register: Register) -> None:
    counted = scores(every_layout(), register)
    for name, counts in counted.items():
        n = counts.total()
        assert n > 400
        assert counts[RIGHT] + counts[FLAGGED] >= 0.97 * n, (name, counts)
        assert counts[WRONG_SURE] <= 0.01 * n, (name, counts)


def test_what_scanning_leaves_of_digits_is_flagged(register: Register) -> None:
    case = next(case for case in papers() if "ngày 09 tháng 04 năm 2024" in case.text)
    slipped = case.text.replace("ngày 09 tháng 04", "ngày O9 tháng 04")
    found = read(slipped, resolve=register.resolve).issued_on
    assert found is not None
    assert found.value == case.made.on
    assert not found.sure
    assert found.passage == "ngày O9 tháng 04 năm 2024"
