import gzip
import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from portal.agencies.files import BadRegister
from portal.agencies.kinds import Evidence, Kind
from portal.agencies.register import Register

IN_2014, IN_2026 = date(2014, 7, 1), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Văn phòng Chính phủ", "van-phong-chinh-phu"),
        ("VĂN PHÒNG CHÍNH PHỦ", "van-phong-chinh-phu"),
        ("VPCP", "van-phong-chinh-phu"),
        ("000.00.00.g22", "van-phong-chinh-phu"),
        ("Bộ TT&TT", "bo-thong-tin-va-truyen-thong"),
        ("BTTTT", "bo-thong-tin-va-truyen-thong"),
        ("bo thong tin va truyen thong", "bo-thong-tin-va-truyen-thong"),
        ("ỦY BAN NHÂN DÂN\n  TỈNH HÀ TĨNH", "ubnd-tinh-ha-tinh"),
        ("Uỷ ban nhân dân tỉnh Hà Tĩnh", "ubnd-tinh-ha-tinh"),
        ("UBND tỉnh Hà Tĩnh", "ubnd-tinh-ha-tinh"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ ÐÀ NẴNG", "ubnd-thanh-pho-da-nang-2025"),
        ("UBND TP. Đà Nẵng", "ubnd-thanh-pho-da-nang-2025"),
        ("UBND TPHCM", "ubnd-thanh-pho-ho-chi-minh-2025"),
        ("HĐND TP Hà Nội", "hdnd-thanh-pho-ha-noi"),
        ("Bộ Lao động – Thương binh và Xã hội", "bo-lao-dong-thuong-binh-va-xa-hoi"),
        ("Bộ Giáo Dục và Ðào Tạo", "bo-giao-duc-va-dao-tao"),
        ("Bộ trưởng Bộ Tài chính", "bo-tai-chinh"),
        ("Chủ tịch nước", "chu-tich-nuoc"),
        ("QH13", "quoc-hoi"),
        ("Ministry of Justice", "bo-tu-phap"),
    ],
)
def test_a_unit_is_found_however_it_is_written(register: Register, text: str, key: str) -> None:
    for written in (text, unicodedata.normalize("NFD", text)):
        found = register.resolve(written)
        assert found is not None
        assert found.key == key


@pytest.mark.parametrize("text", ["UBND", "HĐND", "Sở Y tế", "", "G99", "Bộ", "Thông báo"])
def test_what_is_unknown_or_means_several_units_is_none(register: Register, text: str) -> None:
    assert register.resolve(text) is None


def test_one_name_in_two_periods_means_the_unit_of_the_day(register: Register) -> None:
    before, after = register.resolve("UBND tỉnh Gia Lai", IN_2014), register.resolve("UBND tỉnh Gia Lai", IN_2026)
    assert before is not None
    assert after is not None
    assert before.valid_to == date(2025, 6, 30)
    assert after.valid_from == date(2025, 7, 1)
    assert register.resolve("UBND tỉnh Gia Lai") == after


def test_a_unit_is_not_found_on_a_day_on_which_it_does_not_exist(register: Register) -> None:
    assert register.resolve("Bộ Nông nghiệp và Môi trường", IN_2014) is None
    assert register.resolve("Bộ Thông tin và Truyền thông", IN_2026) is None


def test_localities_expand_to_the_provinces_of_the_day(register: Register) -> None:
    """A4-5: "các địa phương" of 2014 are 63 provinces, those of today 34."""
    for day, number in ((IN_2014, 63), (date(2025, 6, 30), 63), (date(2025, 7, 1), 34), (IN_2026, 34)):
        assert len(register.in_force(day, Kind.PROVINCE)) == number
        assert len(register.in_force(day, Kind.ASSEMBLY)) == number


def test_ministries_before_and_after_the_reorganisation(register: Register) -> None:
    for day, ministries, level in ((IN_2014, 18, 4), (date(2025, 3, 1), 14, 3)):
        assert len(register.in_force(day, Kind.MINISTRY)) == ministries
        assert len(register.in_force(day, Kind.MINISTRY_LEVEL)) == level


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("G04", ["Bộ Xây dựng"]),
        ("G05", ["Bộ Tài chính"]),
        ("G07", ["Bộ Nội vụ"]),
        ("G10", ["Bộ Nông nghiệp và Môi trường"]),
        ("G13", ["Bộ Nông nghiệp và Môi trường"]),
        ("G14", ["Bộ Khoa học và Công nghệ"]),
        ("G21", ["Bộ Dân tộc và Tôn giáo"]),
        ("H10", ["Ủy ban nhân dân thành phố Đồng Nai"]),
        ("H06", ["Ủy ban nhân dân thành phố Hồ Chí Minh"]),
        ("G22", ["Văn phòng Chính phủ"]),
    ],
)
def test_an_old_code_leads_to_the_successor(register: Register, old: str, new: list[str]) -> None:
    """A8-5, E30."""
    unit = register.by_code(old, IN_2014)
    assert unit is not None
    assert [successor.name for successor in register.successors(unit, IN_2026)] == new
    assert register.successors(unit, IN_2014) == (unit,)


def test_every_unit_that_ended_has_somebody_in_force_who_followed(register: Register) -> None:
    ended = [entry for entry in register.entries if entry.valid_to]
    assert [entry.name for entry in ended if not register.successors(entry, IN_2026)] == []


def test_joint_issuers_are_taken_apart(register: Register) -> None:
    text = "Bộ Công an, Bộ Quốc phòng, Viện kiểm sát nhân dân tối cao và Toà án nhân dân tối cao"
    assert [entry.code or entry.abbreviation for entry in register.resolve_all(text)] == [
        "G01",
        "G11",
        "VKSNDTC",
        "TANDTC",
    ]
    assert [e.code for e in register.resolve_all("Bộ Tài nguyên và Môi trường và Bộ Nội vụ", IN_2014)] == ["G13", "G09"]
    assert register.resolve_all("Bộ Công an và ai đó") == ()


def test_no_unverified_code_passes_as_certain(register: Register) -> None:
    by_code = {entry.key: entry.evidence for entry in register.entries if entry.code}
    assert by_code["van-phong-chinh-phu"] is Evidence.ATTESTED
    assert by_code["bo-tai-nguyen-va-moi-truong"] is Evidence.RECONSTRUCTED
    since_2025 = [e for e in register.entries if e.code and e.valid_from and e.valid_from >= date(2025, 1, 1)]
    assert {entry.evidence for entry in since_2025} == {Evidence.RECONSTRUCTED}


def test_all_63_province_codes_are_there_once(register: Register) -> None:
    codes = [entry.code for entry in register.in_force(IN_2014, Kind.PROVINCE)]
    assert sorted(filter(None, codes)) == [f"H{number:02}" for number in range(1, 64)]


def test_fields_of_law_have_both_languages(register: Register) -> None:
    assert [field.number for field in register.fields] == list(range(1, 46))
    assert all(field.slug and field.name and field.english_name for field in register.fields)


def _write(folder: Path) -> Path:
    texts = {
        "agencies": "key,code,evidence,name,short_name,english_name,abbreviation,"
        "kind,parent,valid_from,valid_to,website,note\n"
        "a,H01,attested,Cơ quan A,,,,province,,,,,\nb,,none,Cơ quan B,,,,other,,,,,\n",
        "aliases": "agency,name\na,Tên khác\n",
        "successions": "predecessor,successor,on,instrument,note\n",
        "fields": "slug,number,name,english_name\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        ("agencies", "c,H01,attested,C,,,,province,,,,,", "bear H01 at the same time"),
        ("agencies", "c,x,attested,C,,,,province,,,,,", "no code"),
        ("agencies", "c,,none,C,,,,castle,,,,,", "castle"),
        ("agencies", "c,,none,C,,,,other,,2020-01-02,2020-01-01,,", "before"),
        ("agencies", "c,H02,none,C,,,,other,,,,,", "evidence"),
        ("agencies", "c,,none,C,,,,other,nobody,,,,", "nobody"),
        ("agencies", "c,,none,C,,,,other,,1/7/2014,,,", "no date"),
        ("agencies", "c,,none", "cells"),
        ("agencies", "a,,none,C,,,,other,,,,,", "twice"),
        ("aliases", "nobody,Tên", "nobody"),
        ("successions", "a,nobody,2025-03-01,,", "nobody"),
    ],
)
def test_a_mistake_in_the_files_is_named(tmp_path: Path, file: str, line: str, reason: str) -> None:
    folder = _write(tmp_path)
    with (folder / f"{file}.csv").open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    with pytest.raises(BadRegister) as raised:
        Register.load(folder)
    assert reason in raised.value.reason


def test_issuers_of_real_papers_are_found(register: Register, shared: Path) -> None:
    """Wherever the issuer is one unit (not two, not a listing's debris) it is known."""
    asked = found = 0
    for name in ("legal", "administrative-2025"):
        with gzip.open(shared / "data" / "documents" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                issuer = json.loads(line).get("issuer")
                if issuer and len(issuer) < 60:
                    asked += 1
                    found += bool(register.resolve(issuer) or register.resolve_all(issuer))
    assert found / asked > 0.995
