"""Synonyms and best bets as every process sees them, and the groups that come from files and the register."""

import pytest
from sqlalchemy import select

from portal.search import editing, maintaining
from portal.search.cautions import cautions
from portal.search.files import BadSynonyms, groups_in, read_groups
from portal.search.models import SearchSetting, Synonym
from portal.settings import ROOT

GROUPS = [(["UBND", "Ủy ban nhân dân"], None), (["sổ đỏ", "giấy chứng nhận quyền sử dụng đất"], "thường gọi")]


def test_a_change_by_another_process_is_heard_of(db, at, monkeypatch):
    editing.add_synonyms(db, ["UBND", "Ủy ban nhân dân"], by=None, at=at)
    assert maintaining.synonym_groups(db) == [["UBND", "Ủy ban nhân dân"]]
    db.add(Synonym(terms=["HĐND", "Hội đồng nhân dân"], updated_at=at))
    db.get_one(SearchSetting, maintaining.STAMP).value = {"stamp": "of another process"}
    db.flush()
    monkeypatch.setattr(maintaining, "EVERY", 0.0)
    assert ["HĐND", "Hội đồng nhân dân"] in maintaining.synonym_groups(db)


def test_while_nothing_changes_nothing_is_asked(db, at, count_queries):
    editing.add_synonyms(db, ["UBND", "Ủy ban nhân dân"], by=None, at=at)
    maintaining.synonyms(db)
    with count_queries() as seen:
        maintaining.synonyms(db)
        maintaining.best_bets(db, "ubnd", at.date())
    assert seen == []


def test_the_register_gives_abbreviations_that_mean_one_agency(db, make):
    make.agency(name="Bộ Tài chính", short_name="Bộ TC", abbreviation="BTC")
    make.agency(name="Bộ Chính trị", abbreviation="BCT")
    make.agency(name="Bộ Công Thương", abbreviation="BCT")
    make.agency(name="Quốc hội", abbreviation="QH")
    make.agency(name="Ủy ban nhân dân tỉnh Cà Mau", short_name="UBND tỉnh Cà Mau")
    assert maintaining.synonym_groups(db) == [["Bộ Tài chính", "Bộ TC", "BTC"]]


def test_groups_of_a_file_come_once_and_what_people_did_stays(db, at):
    assert editing.bring_synonyms(db, GROUPS, source="content", at=at) == 2
    first, second = db.scalars(select(Synonym).order_by(Synonym.id)).all()
    editing.remove(db, first, version=None, by=None, at=at)
    editing.change_synonyms(db, second, active=False, version=None, by=None, at=at)
    assert editing.bring_synonyms(db, [*GROUPS, (["CSDL", "cơ sở dữ liệu"], None)], source="content", at=at) == 1
    assert {(row.terms[0], row.active) for row in db.scalars(select(Synonym))} == {("sổ đỏ", False), ("CSDL", True)}


def test_a_group_that_people_have_already_is_not_brought_again(db, at):
    editing.add_synonyms(db, ["ubnd", "ủy ban nhân dân", "ủy ban"], by=None, at=at)
    assert editing.bring_synonyms(db, GROUPS, source="content", at=at) == 1


def test_the_ready_groups_are_sound(db):
    groups = groups_in(ROOT / "content")
    assert len(groups) > 100
    assert [(terms, cautions(db, terms).refused) for terms, _note in groups if cautions(db, terms).refused] == []
    spellings = [maintaining.key_of(term) for terms, _note in groups for term in terms]
    assert {"ubnd", "hdnd", "tthc", "cntt", "bhxh", "bhyt", "tt tt", "kh dt", "csdl", "dvc"} <= set(spellings)
    assert {"vpcp", "ttg", "cp", "tw", "qppl", "gcnqsdd", "tp", "q", "p"} <= set(spellings)
    assert not {"tt", "tc"} & set(spellings)


@pytest.mark.parametrize("text", ["groups = 1", "[[groups]]\nterms = ['a']", "[[groups]]\nterms = 'a b'", "[["])
def test_a_broken_file_is_refused_with_its_name(tmp_path, text):
    path = tmp_path / "synonyms.toml"
    path.write_text(text)
    with pytest.raises(BadSynonyms, match=r"synonyms\.toml"):
        read_groups(path)
