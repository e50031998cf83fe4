"""What a person gets for a question: the right page of results, with true counts, words marked and help."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search.memory_index import MemoryLive

from portal.search.documents import Document, Passage
from portal.search.engine import Damaged
from portal.search.finding import find
from portal.search.results import Wanted


def document(own: int, title: str, text: str = "", **values) -> Document:
    passages = tuple(
        Passage(f"dieu-{n}", heading, body, f"s{own}#{n}")
        for n, (heading, body) in enumerate(values.pop("passages", ()), 1)
    )
    whole = "\n".join([text, *(f"{one.title}\n{one.text}" for one in passages)])
    plain = {
        "kind": "notice",
        "path": f"/van-ban/{own}",
        "issued_on": date(2020, 1, 1),
        "source_id": f"s{own}",
        "type": "nghi-dinh",
    }
    return Document(**{**plain, "uid": f"u{own:05}", "title": title, "text": whole, "passages": passages, **values})


@pytest.fixture
def ask(db, at):
    """`ask(documents, "câu hỏi", …)`: the answer over these documents; further values go into `Wanted`."""

    def go(documents, text="", *, suggestion=None, **values):
        live = documents if isinstance(documents, MemoryLive) else MemoryLive(documents, suggestion)
        return find(live, db, Wanted(text, **values), at=at)

    return go


def titles(results):
    return [hit.title for hit in results.hits]


def marked(pieces):
    return [piece.text for piece in pieces if piece.marked]


def test_a_result_says_where_and_why(ask):
    decree = document(
        1,
        "Nghị định về nhà ở",
        "Lời đầu.",
        number="12/2020/NĐ-CP",
        passages=[
            ("Điều 1. Phạm vi", "Văn bản này nói về nhà."),
            ("Điều 2. Giấy phép", "Hồ sơ xin cấp giấy phép xây dựng."),
        ],
    )
    results = ask([decree, document(2, "Việc khác", "không có gì")], "cap giay phep xay dung")
    assert results.total == 1
    (hit,) = results.hits
    assert hit.url == "/van-ban/1#dieu-2"
    assert hit.path == "/van-ban/1"
    assert hit.source_id == "s1"
    assert hit.passage is not None
    assert hit.passage.source_id == "s1#2"
    assert hit.passage in hit.passages
    assert "".join(marked(hit.snippet_pieces)).replace(" ", "") == "cấpgiấyphépxâydựng"
    assert marked(hit.passage.title_pieces)


def test_each_document_once_or_each_passage_by_itself(ask):
    law = document(1, "Luật", passages=[(f"Điều {n}", "đất đai và nhà ở") for n in range(1, 6)])
    other = document(2, "Đất đai", "đất đai")
    assert sorted(titles(ask([law, other], "đất đai"))) == ["Luật", "Đất đai"]
    units = ask([law, other], "đất đai", group="passage")
    assert "Đất đai" in titles(units)
    assert units.total == 2
    assert sorted(hit.url for hit in units.hits if hit.passage) == [f"/van-ban/1#dieu-{n}" for n in range(1, 6)]


def test_pages_show_everything_once(ask):
    many = [document(n, f"đất đai số {n}", "đất " * (n % 7)) for n in range(1, 252)]
    live = MemoryLive(many)
    seen = [hit.uid for page in range(1, 27) for hit in ask(live, "đất", page=page).hits]
    assert len(seen) == len(set(seen)) == 251
    assert ask(live, "đất").total == 251
    assert ask(live, "đất").pages == 26
    assert ask(live, "đất", page=27).hits == ()
    assert [hit.uid for hit in ask(live, "đất", size=50).hits] == seen[:50]


def test_pages_show_everything_once_when_documents_have_many_passages(ask):
    laws = [document(n, f"Luật {n}", passages=[(f"Điều {m}", "đất đai") for m in range(8)]) for n in range(60)]
    live = MemoryLive(laws)
    seen = [hit.uid for page in range(1, 7) for hit in ask(live, "đất", page=page).hits]
    assert len(seen) == len(set(seen)) == 60


def test_by_date_the_latest_first(ask):
    found = ask([document(n, f"đất {n}", issued_on=date(2000 + n, 1, 1)) for n in (3, 1, 2)], "đất", sort="date")
    assert titles(found) == ["đất 3", "đất 2", "đất 1"]
    assert found.total == 3


def test_nothing_asked_shows_the_latest(ask):
    found = ask([document(n, f"đất {n}", issued_on=date(2000 + n, 1, 1)) for n in (3, 1, 2)])
    assert titles(found) == ["đất 3", "đất 2", "đất 1"]


FACETED = [
    document(n, f"đất {n}", type=type_, fields=fields, issued_on=date(year, 1, 1), effect=effect)
    for n, (type_, fields, year, effect) in enumerate(
        [
            ("luat", ("dat-dai",), 2013, "in_force"),
            ("luat", ("dat-dai", "nha-o"), 2014, "expired"),
            ("nghi-dinh", ("nha-o",), 2014, "in_force"),
            ("nghi-dinh", (), 2015, "in_force"),
            ("thong-tu", ("dat-dai",), 2015, None),
        ]
    )
]
QUESTIONS = st.sampled_from(["", "đất", "dat", '"đất 1"', "đất -1", "nam:2014-2015", "đất nam:2014"])
LIMITS = st.dictionaries(
    st.sampled_from(["type", "field", "year", "effect", "kind"]),
    st.frozensets(
        st.sampled_from(["luat", "nghi-dinh", "dat-dai", "nha-o", "2013", "2014", "2015", "in_force", "notice"]),
        min_size=1,
        max_size=2,
    ),
    max_size=3,
)


def test_a_facet_counts_what_clicking_it_gives(ask):
    live = MemoryLive(FACETED)

    @given(QUESTIONS, LIMITS)
    @settings(max_examples=100, deadline=None)
    def counted(question, limits):
        for facet, values in ask(live, question, limits=limits).facets.items():
            for value in values:
                clicked = ask(live, question, limits={**limits, facet: frozenset({value.value})})
                assert clicked.total == value.count, (facet, value)
                assert len(clicked.hits) == value.count

    counted()


def test_what_is_chosen_stays_visible(ask):
    results = ask(FACETED, "đất 0", limits={"type": frozenset({"thong-tu"}), "year": frozenset({"1999"})})
    assert [value.value for value in results.facets["type"] if value.chosen] == ["thong-tu"]
    assert [(value.value, value.count) for value in results.facets["year"] if value.chosen] == [("1999", 0)]


def test_years_are_listed_latest_first(ask):
    years = [value.value for value in ask(FACETED, "đất").facets["year"]]
    assert years == ["2015", "2014", "2013"]


def test_days_of_issue_from_and_to(ask):
    found = ask(FACETED, "đất", first=date(2014, 1, 1), last=date(2014, 12, 31))
    assert found.total == 2
    assert ask(FACETED, "đất", first=date(2015, 1, 1)).total == 2
    assert ask(FACETED, "đất", last=date(2013, 12, 31)).total == 1


def test_a_phrase_is_read_in_the_text(ask):
    found = ask(
        [
            document(1, "Một", "cấp giấy phép xây dựng"),
            document(2, "Hai", "cấp giấy tờ, giấy phép xây, và xây dựng"),
            document(3, "Ba", "cập giấy phép xây dựng; cấp", type="luat"),
        ],
        '"cấp giấy phép xây dựng"',
    )
    assert titles(found) == ["Một"]
    assert found.total == 1
    assert {value.value: value.count for value in found.facets["type"]} == {"nghi-dinh": 1}


def test_a_phrase_typed_without_accents_may_have_any(ask):
    found = ask(
        [document(1, "Một", "cấp giấy phép"), document(2, "Hai", "cap giay phep"), document(3, "Ba", "giấy phép cấp")],
        '"cap giay phep"',
    )
    assert sorted(titles(found)) == ["Hai", "Một"]


def test_a_phrase_in_a_passage_of_a_long_document(ask):
    law = document(1, "Luật", "x" * 3000, passages=[("Điều 1", "abc"), ("Điều 2", "đăng ký quyền sử dụng đất tại xã")])
    assert ask([law], '"quyền sử dụng đất"').hits[0].url == "/van-ban/1#dieu-2"


def test_of_very_many_with_the_pairs_those_with_the_phrase_come_first(ask):
    loose = [document(n, f"loose {n}", "một hai và hai ba " * 3) for n in range(250)]
    whole = [document(1000, "whole", "một hai ba " + "khác " * 60)]
    found = ask([*loose, *whole], '"một hai ba"')
    assert found.total == 251
    assert len(found.hits) == 10


def test_a_passage_without_the_excluded_word_does_not_bring_its_document_back(ask):
    law = document(1, "Luật", passages=[("Điều 1", "đất ở"), ("Điều 2", "thuế")])
    found = ask([law, document(2, "Đất", "đất ở")], "đất -thuế")
    assert titles(found) == ["Đất"]
    assert found.total == 1


def test_another_spelling_is_suggested_when_little_is_found(ask):
    some = [document(n, "giấy phép xây dựng") for n in range(5)]
    assert ask(some, "giấy phếp", suggestion="giấy phép").did_you_mean == "giấy phép"
    assert ask(some, "giay phep", suggestion="khác").did_you_mean is None
    assert ask(some, "giay phepp xay dung", suggestion="giấy phép").did_you_mean == "giấy phép"
    assert ask(some, '"không có" -gì', suggestion="khác").did_you_mean is None


def test_a_damaged_index_is_told_and_the_database_answers(ask):
    live = MemoryLive(FACETED)

    def broken(*_any):
        raise Damaged("half a file")

    live.searcher().top = broken
    results = ask(live, "đất")
    assert not results.from_index
    assert len(live.complaints) == 1


def test_without_an_index_the_database_answers(ask, db, at):
    results = find(None, db, Wanted("đất"), at=at)
    assert not results.from_index
    assert results.total == 0


def test_an_excessive_question_is_answered_and_said_to_be_cut(ask):
    assert ask(FACETED, "đất " * 5000).shortened
    assert not ask(FACETED, "đất").shortened


def test_any_text_has_an_answer(ask):
    live = MemoryLive(FACETED)

    @given(st.text(max_size=200))
    @settings(max_examples=60, deadline=None)
    def answered(text):
        ask(live, text)

    answered()
