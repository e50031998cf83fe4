"""The table of document types (A3-2, A3-3)."""

import pytest

from portal.notices.types import TYPES, Group, Numbering, by_abbreviation, by_name, by_notation, by_slug, group_of
from portal.text import parse_number


def test_the_regulation_has_29_administrative_types() -> None:
    administrative = [type_ for type_ in TYPES if Group.ADMINISTRATIVE in type_.groups]
    assert len(administrative) == 29
    assert [type_.name for type_ in administrative if type_.abbreviation is None] == ["Công văn", "Thư công"]


def test_slugs_names_and_abbreviations_are_unique() -> None:
    for values in (
        [type_.slug for type_ in TYPES],
        [type_.name for type_ in TYPES],
        [type_.english for type_ in TYPES],
        [type_.abbreviation for type_ in TYPES if type_.abbreviation],
    ):
        assert len(values) == len(set(values))


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.slug)
def test_every_type_is_found_by_its_slug_name_and_abbreviation(type_: object) -> None:
    assert by_slug(type_.slug) == by_name(type_.name.upper()) == type_  # type: ignore[attr-defined]
    if type_.abbreviation:  # type: ignore[attr-defined]
        assert by_abbreviation(type_.abbreviation) == type_  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("notation", "slug"),
    [
        ("249/TB-VPCP", "thong-bao"),
        ("TB-VPCP", "thong-bao"),
        ("42/2022/NĐ-CP", "nghi-dinh"),
        ("2022/NĐ-CP", "nghi-dinh"),
        ("1/TTr-BTC", "to-trinh"),
        ("01/2012/TTLT-BYT-BTC", "thong-tu-lien-tich"),
        ("7816/VPCP-TTĐT", None),
        ("64/2025/QH15", None),
        (None, None),
    ],
)
def test_a_notation_tells_its_type(notation: str | None, slug: str | None) -> None:
    found = by_notation(notation)
    assert (found.slug if found else None) == slug


def test_unknown_words_are_no_type() -> None:
    assert by_name("Truyện ngắn") is None
    assert by_abbreviation("XYZ") is None
    assert by_slug(None) is None


def test_a_decision_is_normative_when_its_number_carries_the_year() -> None:
    decision = by_slug("quyet-dinh")
    assert decision is not None
    assert group_of(decision, parse_number("15/2024/QĐ-UBND")) is Group.NORMATIVE
    assert group_of(decision, parse_number("15/QĐ-UBND")) is Group.ADMINISTRATIVE
    assert decision.numbering is Numbering.ABBREVIATED
