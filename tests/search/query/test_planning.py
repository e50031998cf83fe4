"""From questions to what must hold: alike for every spelling, never polluted, never too strict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.engine import Plan, Term
from portal.search.query import Synonyms, is_relaxed, parse, plan_of
from portal.search.query.planning import ENOUGH
from portal.search.results import Wanted


def found(searcher, text, synonyms=None, wanted=None):
    """Titles of the documents that match, and the plan."""
    plan = plan_of(parse(text), wanted or Wanted(text), searcher, synonyms or Synonyms())
    heads = [one for one in searcher.top(plan, 1000) if one.head]
    return {brief["title"] for brief in searcher.briefs([one.ref for one in heads])}, plan


@pytest.fixture
def official(document, searching):
    """Notices whose numbers have much in common."""
    return searching(
        document("Thông báo kết luận", "về đất đai", number="249/TB-VPCP"),
        document("Thông báo khác", "về nhà ở", number="250/TB-VPCP"),
        document("Quyết định", "theo Thông báo số 249/TB-VPCP", number="249/QĐ-BTC"),
        document("Nghị định phá dỡ tàu", "tàu cũ", number="82/2019/NĐ-CP"),
        document("Nghị định năm 2019", "việc khác", number="83/2019/NĐ-CP"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "249/TB-VPCP",
        "249/tb-vpcp",
        "249 / TB - VPCP",
        "số 249/TB-VPCP",
        "so 249 tb vpcp",
        "249/TBVPCP",
        "249／TB–VPCP",
        "249 TB‑VPCP",
        "0249/TB-VPCP",
        "tb vpcp 249",
        "TB-VPCP số 249",
    ],
)
def test_every_spelling_of_a_number_finds_the_same(official, text):
    titles, plan = found(official, text)
    assert titles == {"Thông báo kết luận", "Quyết định"}
    assert not is_relaxed(plan)


def test_a_number_among_words_is_demanded_and_the_words_rank(official):
    assert found(official, "nghị định 82/2019/NĐ-CP")[0] == {"Nghị định phá dỡ tàu"}
    assert found(official, "nghi dinh so 82 2019 nd cp ve tau")[0] == {"Nghị định phá dỡ tàu"}


def test_own_numbers_by_their_parts(official):
    assert found(official, "so:249")[0] == {"Thông báo kết luận", "Quyết định"}
    assert found(official, "so:TB-VPCP")[0] == {"Thông báo kết luận", "Thông báo khác"}
    assert found(official, "so:249/TB-VPCP")[0] == {"Thông báo kết luận"}
    assert found(official, "so:999/TB-VPCP")[0] == set()


def test_an_unknown_number_is_words(official):
    titles, plan = found(official, "777/TB-VPCP")
    assert titles == {"Thông báo kết luận", "Thông báo khác", "Quyết định"}
    assert is_relaxed(plan)


def test_the_word_before_a_number_changes_nothing(official):
    assert found(official, "số 777/TB-VPCP")[0] == found(official, "777/TB-VPCP")[0]


def test_accents_that_were_typed_count_and_others_may_be_any(document, searching):
    searcher = searching(document("bán hàng"), document("bàn hàng"), document("bạn hàng"))
    assert found(searcher, "bán")[0] == {"bán hàng"}
    assert found(searcher, "ban")[0] == {"bán hàng", "bàn hàng", "bạn hàng"}
    assert found(searcher, "bẩn")[0] == {"bán hàng", "bàn hàng", "bạn hàng"}, "accents that stand nowhere"


def test_phrases_are_neighbours_in_order(document, searching):
    searcher = searching(document("thủ tục hành chính"), document("chính hành tục thủ"), document("thu tuc"))
    assert found(searcher, '"hành chính"')[0] == {"thủ tục hành chính"}
    assert found(searcher, '"thu tuc"')[0] == {"thủ tục hành chính", "thu tuc"}
    assert found(searcher, '"thủ tục"')[0] == {"thủ tục hành chính"}


def test_what_is_excluded_is_not_there(document, searching):
    searcher = searching(document("đất ở"), document("đất ở", "chuyển nhượng đất"), document("đất nhượng chuyển"))
    assert len(found(searcher, "đất")[0]) == 2
    assert found(searcher, "đất -nhượng")[0] == {"đất ở"}
    assert found(searcher, '-"chuyển nhượng" -ở')[0] == {"đất nhượng chuyển"}
    assert found(searcher, "-khôngcó")[0] == {"đất ở", "đất nhượng chuyển"}


def test_synonyms_both_ways(document, searching):
    searcher = searching(document("UBND tỉnh"), document("Ủy ban nhân dân huyện"), document("nhân dân, ban ủy"))
    synonyms = Synonyms.of([["UBND", "Ủy ban nhân dân"]])
    assert found(searcher, "UBND", synonyms)[0] == {"UBND tỉnh", "Ủy ban nhân dân huyện"}
    assert found(searcher, "ubnd", synonyms)[0] == {"UBND tỉnh", "Ủy ban nhân dân huyện"}
    assert "UBND tỉnh" in found(searcher, "ủy ban nhân dân", synonyms)[0]
    assert "UBND tỉnh" in found(searcher, "uy ban nhan dan", synonyms)[0]
    assert found(searcher, "UBND")[0] == {"UBND tỉnh"}


def test_an_ambiguous_abbreviation_means_each(document, searching):
    searcher = searching(document("thông tư mới"), document("trung tâm mới"), document("tư thông tâm trung"))
    synonyms = Synonyms.of([["TT", "thông tư"], ["TT", "trung tâm"]])
    assert found(searcher, "TT", synonyms)[0] == {"thông tư mới", "trung tâm mới"}


def test_few_documents_with_every_word_let_others_in(document, searching):
    few = searching(*(document(f"đất nhà {n}") for n in range(30)), document("đất nhà vườn ao"))
    titles, plan = found(few, "đất nhà vườn")
    assert len(titles) == 31
    assert is_relaxed(plan)
    many = searching(
        *(document(f"đất nhà {n}") for n in range(30)), *(document(f"đất nhà ao {n}") for n in range(ENOUGH))
    )
    titles, plan = found(many, "đất nhà ao")
    assert len(titles) == ENOUGH
    assert not is_relaxed(plan)


def test_a_visitors_limits_do_not_change_what_matches(document, searching):
    searcher = searching(
        *(document(f"đất nhà {n}", type="luat") for n in range(30)),
        *(document(f"đất nhà ao {n}", type="nghi-dinh") for n in range(ENOUGH)),
        document("đất nhà vườn", type="luat"),
    )
    assert found(searcher, "đất nhà ao", wanted=Wanted(limits={"type": frozenset({"luat"})}))[0] == set()


def test_a_limit_in_the_question_and_one_beside_it_both_hold(document, searching):
    searcher = searching(document("đất", issued_on=None))
    wanted = Wanted(limits={"year": frozenset({"2016"})})
    plan = plan_of(parse("nam:2014-2015"), wanted, searcher)
    assert searcher.total(plan) == 0
    assert searcher.total(plan_of(parse("nam:2014-2016"), wanted, searcher)) == 0
    assert plan_of(parse("nam:2014-2016"), wanted, searcher).limits == {"year": {"2016"}}


TEXTS = st.text(max_size=120) | st.lists(
    st.sampled_from(
        ["đất", "nhà", "82/2019/NĐ-CP", '"', "-", "số:", "năm:", "2019", "UBND", "82", "nđ", "cp", "/", " "]
    ),
    max_size=25,
).map("".join)


def test_any_question_has_a_plan_that_engines_take(official):
    synonyms = Synonyms.of([["UBND", "Ủy ban nhân dân"], ["đất", "nhà"]])

    @given(TEXTS)
    def planned(text):
        plan = plan_of(parse(text), Wanted(text), official, synonyms)
        terms = [term for term, _weight in plan.scored]
        assert len(terms) == len(set(terms))
        assert 0 <= plan.minimum <= len(plan.concepts)
        for concept in (*plan.concepts, *plan.required, *plan.excluded):
            assert concept
            assert all(concept)
            assert all(isinstance(term, Term) and term.text for alternative in concept for term in alternative)
        assert isinstance(official.total(plan), int)

    planned()


def test_nothing_asked_is_everything(official):
    assert official.total(plan_of(parse(""), Wanted(), official)) == official.total(Plan()) == 5
