"""Comparing editions word by word."""

from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.compare import Op, compare, words
from portal.publishing.kinds import kind_named

TEXT = st.text(alphabet="abcđế .,;\n", max_size=80)


@given(TEXT, TEXT)
def test_the_runs_lead_from_one_text_to_the_other(before, after):
    runs = list(words(before, after))
    assert "".join(r.text for r in runs if r.op is not Op.ADDED) == before
    assert "".join(r.text for r in runs if r.op is not Op.REMOVED) == after


def test_only_the_changed_words_are_marked():
    runs = [(r.op.value, r.text) for r in words("nộp hồ sơ tại xã", "nộp hồ sơ tại phường")]
    assert runs == [("same", "nộp hồ sơ tại "), ("removed", "xã"), ("added", "phường")]


def test_equal_editions_have_no_changes(make, db):
    edition = make.notice(make.agency())
    assert compare(kind_named("notice"), edition, edition) == []


def test_unchanged_paragraphs_far_from_a_change_are_left_out(make, db):
    unit = make.agency()
    same = "".join(f"<p>{n}. Đoạn giữ nguyên.</p>" for n in range(1, 30))
    one, other = make.notice(unit, body=same + "<p>cũ</p>"), make.notice(unit, body=same + "<p>mới</p>")
    change = next(c for c in compare(kind_named("notice"), one, other) if c.label == "Nội dung")
    assert change.hidden == 27
    assert {run.text for paragraph in change.paragraphs for run in paragraph} >= {"cũ", "mới"}


def test_a_very_long_changed_passage_is_shown_as_replaced_whole():
    before, after = "a " * 5000, "b " * 5000
    assert [(r.op, r.text) for r in words(before, after)] == [(Op.REMOVED, before), (Op.ADDED, after)]
