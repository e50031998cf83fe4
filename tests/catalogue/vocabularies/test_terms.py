"""The words of the vocabularies: brought from a file, changed by people, retired and merged."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal import audit
from portal.catalogue.models import Term
from portal.catalogue.vocabularies import queries, service
from portal.catalogue.vocabularies.errors import (
    AddressTaken,
    ChangedMeanwhile,
    NameTaken,
    NotASuccessor,
    StillUsed,
)
from portal.catalogue.vocabularies.files import BadVocabularies, TermRow, read_terms, terms_in
from portal.catalogue.vocabularies.mapping import CONTENT
from portal.publishing.models import PageChange

BIRTH = TermRow("life_event", "sinh-con", "Sinh con", "Having a child", "Khai sinh.", "Births.", 10)
WORK = TermRow("life_event", "viec-lam", "Việc làm", position=20)


@pytest.fixture
def clerk(make):
    return make.person("Chị Quản Trị", unit=make.agency())


def bring(db, at, *rows):
    return service.bring_terms(db, rows, at=at)


def test_the_words_that_come_with_the_program_are_whole(db, at):
    rows = terms_in(CONTENT)
    assert bring(db, at, *rows) == len(rows) > 30
    for vocabulary, least in (("audience", 7), ("life_event", 14), ("business_event", 10)):
        words = queries.terms(db, vocabulary)
        assert len(words) >= least
        assert all(word.english_name and word.text("vi") and word.text("en") for word in words)
        assert all(word.text("vi").endswith(".") and word.text("en").endswith(".") for word in words)
    needed = ["cong-dan", "doanh-nghiep", "to-chuc", "nguoi-nuoc-ngoai", "ho-kinh-doanh", "can-bo", "hop-tac-xa"]
    assert set(needed) <= {word.slug for word in queries.terms(db, "audience")}


def test_bringing_again_changes_nothing(db, at):
    assert bring(db, at, BIRTH, WORK) == 2
    before = len(audit.history(db, service.subject_of("").uid))
    assert bring(db, at, BIRTH, WORK) == 0
    assert len(audit.history(db, service.subject_of("").uid)) == before == 1


def test_a_newer_file_changes_what_nobody_has_changed(db, at, clerk):
    bring(db, at, BIRTH, WORK)
    term = queries.by_slug(db, "viec-lam")
    service.change(db, term, version=term.version, by=clerk, at=at, name="Làm việc")
    newer = (replace(BIRTH, name="Sinh con, nuôi con"), replace(WORK, name="Lao động"))
    assert bring(db, at, *newer) == 1
    assert [word.name for word in queries.terms(db, "life_event")] == ["Sinh con, nuôi con", "Làm việc"]


def test_a_retired_word_is_not_brought_back(db, at, clerk):
    bring(db, at, BIRTH, WORK)
    service.retire(db, queries.by_slug(db, "viec-lam"), version=None, by=clerk, at=at)
    assert bring(db, at, BIRTH, replace(WORK, name="Lao động")) == 0
    assert [word.slug for word in queries.terms(db)] == ["sinh-con"]
    assert [word.slug for word in queries.terms(db, retired=True)] == ["sinh-con", "viec-lam"]


def test_what_people_do_is_recorded_and_renews_pages(db, at, clerk):
    bring(db, at, BIRTH)
    db.query(PageChange).delete()
    term = queries.by_slug(db, "sinh-con")
    service.change(db, term, version=term.version, by=clerk, at=at, name="Có con", position=5)
    line = audit.history(db, service.subject_of("sinh-con").uid)[0]
    assert (line.action, line.actor_name) == ("changed", "Chị Quản Trị")
    assert line.details["before"] == {"name": "Sinh con", "position": 10}
    assert set(db.scalars(select(PageChange.key))) == {service.KEY}
    service.change(db, term, version=term.version, by=clerk, at=at, name="Có con")
    assert len(audit.history(db, service.subject_of("sinh-con").uid)) == 1, "nothing changed, nothing is recorded"


def test_a_new_word_gets_an_address_and_the_last_place(db, at, clerk):
    bring(db, at, BIRTH, WORK)
    term = service.add(db, "life_event", name="Chuyển nhà", by=clerk, at=at)
    assert (term.slug, term.position, term.retired) == ("chuyen-nha", 30, False)
    other = service.add(db, "business_event", name="Chuyển nhà", by=clerk, at=at)
    assert other.slug != "chuyen-nha"
    with pytest.raises(AddressTaken):
        service.add(db, "audience", name="Khác", slug="chuyen-nha", by=clerk, at=at)


def test_names_are_once_in_a_vocabulary(db, at, clerk):
    bring(db, at, BIRTH, WORK)
    with pytest.raises(NameTaken):
        service.add(db, "life_event", name="sinh CON", by=clerk, at=at)
    with pytest.raises(NameTaken):
        service.change(db, queries.by_slug(db, "viec-lam"), name="Sinh con", version=None, by=clerk, at=at)


def test_a_stale_change_is_refused(db, at, clerk):
    bring(db, at, BIRTH)
    term = queries.by_slug(db, "sinh-con")
    seen = term.version
    service.change(db, term, version=seen, by=clerk, at=at, name="Có con")
    for stale in (service.change, service.retire, service.offer_again):
        with pytest.raises(ChangedMeanwhile):
            stale(db, term, version=seen, by=clerk, at=at)
    assert (term.name, term.retired) == ("Có con", False)


def test_a_word_in_use_is_not_retired(db, at, make, clerk):
    bring(db, at, BIRTH, WORK)
    edition = make.procedure(make.agency(), events=["sinh-con"])
    with pytest.raises(StillUsed) as refused:
        service.retire(db, queries.by_slug(db, "sinh-con"), into="viec-lam", version=None, by=clerk, at=at)
    assert "1 thủ tục" in refused.value.message.interpolate()
    assert queries.used(db, "life_event") == {"sinh-con": 1}
    assert queries.users(db, queries.by_slug(db, "sinh-con")) == [edition]
    service.retire(db, queries.by_slug(db, "viec-lam"), into="sinh-con", version=None, by=clerk, at=at)


def test_the_page_of_a_merged_word_leads_to_the_last_one(db, at, clerk):
    bring(db, at, BIRTH, WORK, TermRow("life_event", "huu-tri", "Nghỉ hưu"))
    birth, work, rest = (queries.by_slug(db, slug) for slug in ("sinh-con", "viec-lam", "huu-tri"))
    assert queries.successor(db, birth) is None
    service.retire(db, birth, into="viec-lam", version=None, by=clerk, at=at)
    service.retire(db, work, into="huu-tri", version=None, by=clerk, at=at)
    assert queries.successor(db, birth) is rest
    service.retire(db, rest, version=None, by=clerk, at=at)
    assert queries.successor(db, birth) is None
    service.offer_again(db, rest, version=None, by=clerk, at=at)
    assert queries.successor(db, work) is rest


@pytest.mark.parametrize("into", ["viec-lam", "cong-dan", "khong-co"])
def test_a_word_goes_only_into_another_one_of_its_vocabulary(db, at, clerk, into):
    bring(db, at, WORK, TermRow("audience", "cong-dan", "Công dân"))
    with pytest.raises(NotASuccessor):
        service.retire(db, queries.by_slug(db, "viec-lam"), into=into, version=None, by=clerk, at=at)


def test_names_by_slug_come_in_the_order_of_the_vocabulary(db, at):
    bring(db, at, WORK, BIRTH)
    assert queries.labels(db, ["viec-lam", "la", "sinh-con"], "en") == {
        "sinh-con": "Having a child",
        "viec-lam": "Việc làm",
    }
    assert list(queries.labels(db, ["viec-lam", "sinh-con"], "vi")) == ["sinh-con", "viec-lam"]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ('vocabulary = "audience"\nslug = "a"', "terms[1].name"),
        ('vocabulary = "audience"\nslug = "A b"\nname = "A"', "terms[1].slug"),
        ('vocabulary = "colour"\nslug = "a"\nname = "A"', "terms[1].vocabulary"),
        ('vocabulary = "audience"\nslug = "a"\nname = "A"\ndescription = 3', "terms[1].description"),
        (
            'vocabulary = "audience"\nslug = "a"\nname = "A"\n[[terms]]\nvocabulary = "audience"\nslug="a"\nname="B"',
            "a",
        ),
    ],
)
def test_a_file_with_a_mistake_says_where(tmp_path, row, place):
    path = tmp_path / "vocabularies.toml"
    path.write_text(f"[[terms]]\n{row}\n", encoding="utf-8")
    with pytest.raises(BadVocabularies) as refused:
        read_terms(path)
    assert place in refused.value.message.interpolate()


def test_without_a_file_there_are_no_words(tmp_path, db):
    assert terms_in(tmp_path) == ()
    assert list(db.scalars(select(Term))) == []
