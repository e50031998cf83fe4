"""Any string is a safe question, and says what a person means by it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.search.query import parse
from portal.search.query.parsing import LONGEST_TEXT, MOST_PHRASES, MOST_WORDS


class Register:
    """A vocabulary of one ministry, one type and two states."""

    KNOWN = {
        ("issuer", "bộ tài chính"): {"btc-1945", "btc-2025"},
        ("issuer", "btc"): {"btc-2025"},
        ("type", "nghị định"): {"nghi-dinh"},
        ("effect", "còn"): {"in_force"},
        ("field", "đất đai"): {"dat-dai"},
    }

    def values(self, facet, words):
        return frozenset(self.KNOWN.get((facet, " ".join(words).lower()), ()))


HOSTILE = st.text(max_size=300) | st.text(alphabet='"“”«»-: /\u0000\u202eaạ1số\ud800\U0001f600', max_size=400)


@given(HOSTILE)
@example('"')
@example("-")
@example("số:")
@example("-:" * 50)
@example("cơ quan:" * 50)
@example('-"-"-"')
@example("\u202eabc\u200b\u0301")
def test_any_text_is_a_question(text):
    asked = parse(text, Register())
    assert all(asked.words)
    assert len(asked.words) <= MOST_WORDS
    assert len(asked.phrases) <= MOST_PHRASES
    assert all(phrase in asked.runs for phrase in asked.phrases)


@given(st.sampled_from(['"', "a ", "-a ", "số:1 ", "cơ quan:bộ ", "1/a -", "é", "\U0001f600", "-“", "nam:2014 "]))
@settings(max_examples=30, deadline=1000)
def test_ten_thousand_characters_are_cut_and_said_to_be(piece):
    asked = parse(piece * 10_000, Register())
    assert asked.shortened
    assert len(asked.text) <= LONGEST_TEXT


def test_a_long_question_is_cut_at_its_syllables():
    asked = parse(" ".join(f"từ{n}" for n in range(MOST_WORDS + 1)))
    assert len(asked.words) == MOST_WORDS
    assert asked.shortened
    assert not parse("thủ tục cấp giấy phép xây dựng").shortened


@pytest.mark.parametrize(
    "text", ['"cấp phép" xây nhà', "“cấp phép” xây nhà", "«cấp phép» xây nhà", "„cấp phép“ xây nhà"]
)
def test_phrases_in_every_kind_of_quotation_marks(text):
    asked = parse(text)
    assert asked.phrases == (("cấp", "phép"),)
    assert asked.runs == (("cấp", "phép"), ("xây", "nhà"))


@pytest.mark.parametrize("text", ['"cấp phép', 'cấp" phép', 'cấp phép"', '""cấp phép'])
def test_a_lone_quotation_mark_is_nothing(text):
    asked = parse(text)
    assert asked.words == ("cấp", "phép")
    assert asked.phrases == ()


def test_exclusions_of_words_and_phrases():
    asked = parse('đất -thuế -"chuyển nhượng" nhà')
    assert asked.excluded == (("thuế",), ("chuyển", "nhượng"))
    assert asked.runs == (("đất",), ("nhà",))
    assert parse("-thuế").excluded == (("thuế",),)


@pytest.mark.parametrize(
    "text",
    ["nđ-cp", "Covid-19", "2010 - 2014", "a -", "- cấp phép", "82/2019/NĐ -CP", "82 / 2019 / NĐ -CP", "249/TB -VPCP"],
)
def test_a_dash_within_words_numbers_or_alone_excludes_nothing(text):
    assert parse(text).excluded == ()


def test_years_alone_and_from_to():
    assert parse("nam:2014").limits == {"year": {"2014"}}
    assert parse("năm:2014-2012 đất").limits == {"year": {"2012", "2013", "2014"}}
    assert parse("year:2014").limits == {"year": {"2014"}}
    assert parse("NĂM: 2014").limits == {"year": {"2014"}}
    assert parse("năm 2014").limits == {}


@pytest.mark.parametrize("text", ["so:249/TB-VPCP", "số:249/TB-VPCP", "Số:249/TB-VPCP", "số hiệu:249/TB-VPCP"])
def test_own_numbers(text):
    asked = parse(text)
    assert asked.numbers == ("249/TB-VPCP",)
    assert asked.words == ()


def test_a_spaced_number_belongs_together():
    assert parse("số:249 / TB - VPCP giải ngân").numbers == ("249 / TB - VPCP",)
    assert parse("số:249 / TB - VPCP giải ngân").words == ("giải", "ngân")


def test_a_heading_copied_from_paper_is_no_limit():
    asked = parse("Số: 249/TB-VPCP")
    assert asked.numbers == ()
    assert asked.words == ("số", "249", "tb", "vpcp")


@pytest.mark.parametrize(
    "text", ["coquan:bộ tài chính", "cơ quan:Bộ Tài chính", 'cq:"bộ tài chính"', "issuer: bộ tài chính"]
)
def test_an_agency_by_name(text):
    asked = parse(text, Register())
    assert asked.limits == {"issuer": {"btc-1945", "btc-2025"}}
    assert asked.words == ()


def test_the_longest_known_value_counts_and_the_rest_is_words():
    asked = parse("coquan:bộ tài chính thuế thu nhập loai:nghị định mới -cũ", Register())
    assert asked.limits == {"issuer": {"btc-1945", "btc-2025"}, "type": {"nghi-dinh"}}
    assert asked.runs == (("thuế", "thu", "nhập"), ("mới",))
    assert asked.excluded == (("cũ",),)


def test_the_same_limit_twice_means_either():
    assert parse("nam:2014 nam:2016").limits == {"year": {"2014", "2016"}}


def test_an_unknown_value_is_told_and_read_as_words():
    asked = parse("cq:sao hỏa đất", Register())
    assert asked.limits == {}
    assert asked.unknown == ("cq:sao",)
    assert asked.words == ("cq", "sao", "hỏa", "đất")


def test_a_limit_that_is_denied_is_told_and_left_out():
    asked = parse("đất -nam:2014", Register())
    assert asked.limits == {}
    assert asked.unknown == ("-nam:2014",)
    assert asked.words == ("đất",)


@pytest.mark.parametrize("text", ["abc:def", "https://vidu.gov.vn/x", "lúc 10:30", "kính gửi: bộ"])
def test_other_names_are_plain_words(text):
    asked = parse(text, Register())
    assert asked.limits == {}
    assert asked.unknown == ()
    assert asked.numbers == ()
    assert asked.words


def test_only_limits_or_exclusions_are_questions_too():
    assert parse("nam:2014").words == ()
    assert not parse("nam:2014").plain
    assert not parse("-thuế").plain
    assert parse("thuế").plain
