"""The language of conditions and formulas: what it means, and that nothing makes it fail or run long."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.eforms.expressions import (
    MOST_NODES,
    OPERATORS,
    Failure,
    NotAnExpression,
    Series,
    clean_tree,
    evaluate,
    fields_of,
    holds,
    parse,
    renamed,
    written,
)
from portal.eforms.expressions.trees import nodes

ANSWERS: dict[str, Any] = {
    "tuoi": Decimal(20),
    "ten": "An",
    "sinh": date(2006, 3, 2),
    "chon": ("a", "b"),
    "co": True,
    "hang": Series((True, True)),
    "hang.gia": Series((Decimal("1.1"), Decimal("2.2"))),
    "hang.chu": Series(("x", None)),
}
leaves = st.one_of(
    st.builds(lambda n: {"number": str(n)}, st.decimals(0, 10**17, places=3, allow_nan=False)),
    st.builds(lambda t: {"text": t}, st.text(max_size=12)),
    st.builds(lambda d: {"date": d.isoformat()}, st.dates()),
    st.builds(lambda b: {"bool": b}, st.booleans()),
    st.builds(lambda f: {"field": f}, st.sampled_from([*ANSWERS, "khong_co"])),
)


def _operation(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def of(op: str) -> st.SearchStrategy[Any]:
        fewest, most = OPERATORS[op]
        args = st.lists(inner, min_size=fewest, max_size=min(most, 3))
        return args.map(lambda chosen: {"op": op, "args": chosen})

    return st.sampled_from(sorted(OPERATORS)).flatmap(of)


trees = st.recursive(leaves, _operation, max_leaves=12).map(clean_tree).filter(lambda tree: tree is not None)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["op", "args", "field", "number", "text", "date", "bool", "x"]), inner, max_size=3
        )
    ),
    max_leaves=10,
)
values = st.one_of(
    st.none(), st.booleans(), st.decimals(allow_nan=True, allow_infinity=True), st.text(max_size=5), st.dates(),
    st.tuples(st.text(max_size=3)), st.builds(Series, st.tuples(st.none() | st.decimals(-9, 9, places=1))),
)  # fmt: skip


@given(trees)
def test_a_written_expression_is_read_back_as_it_was(tree: Any) -> None:
    assert parse(written(tree)) == tree


@given(anything)
def test_any_json_is_a_tree_or_is_not(given_: Any) -> None:
    tree = clean_tree(given_)
    if tree is not None:
        assert clean_tree(tree) == tree
        evaluate(tree, lambda _name: None)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    found: Any = None
    try:
        found = parse(text)
    except NotAnExpression as refused:
        place, words = refused.at, refused.message.interpolate()
    if found is None:
        assert 0 <= place <= len(text) + 1
        assert words
    else:
        assert clean_tree(found) == found


@given(trees, st.dictionaries(st.sampled_from([*ANSWERS]), values))
def test_every_expression_comes_to_something_and_always_to_the_same(tree: Any, answers: dict[str, Any]) -> None:
    first = evaluate(tree, answers.get)
    assert repr(evaluate(tree, answers.get)) == repr(first)
    assert isinstance(holds(tree, answers.get), bool)
    if isinstance(first, Decimal) and "op" in tree and tree["op"] not in ("if", "min", "max", "round"):
        assert abs(first) <= Decimal(10) ** 18


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 + 2 × 3", Decimal(7)),
        ("(1 + 2) * 3", Decimal(9)),
        ("0.1 + 0.2", Decimal("0.3")),
        ("10 : 4", Decimal("2.5")),
        ("−2 − −5", Decimal(3)),
        ("tổng(hang.gia)", Decimal("3.3")),
        ("tong(hang.gia) + đếm(hang)", Decimal("5.3")),
        ("đếm(hang.chu)", Decimal(1)),
        ("đếm(chon)", Decimal(2)),
        ("lớn_nhất(hang.gia; 9)", Decimal(9)),
        ("nhỏ_nhất(sinh, 2000-01-01)", date(2000, 1, 1)),
        ("số_ngày(2024-02-28, 2024-03-01)", Decimal(2)),
        ("số_năm(sinh, 2026-03-01)", Decimal(19)),
        ("số_năm(sinh, 2026-03-02)", Decimal(20)),
        ("làm_tròn(2.5)", Decimal(3)),
        ("làm_tròn(10 / 3, 2)", Decimal("3.33")),
        ('nếu(tuoi ≥ 18, "lớn", "nhỏ")', "lớn"),
        ("khong_co + 1", None),
        ("tuổi >= 18 và không trống(tên)", True),
        ('chọn thuộc ("b", "c")', True),
        ('ten thuộc ("Bình") hoặc co = đúng', True),
        ("sinh < 2006-03-03", True),
        ("ten > 3", False),
        ("không (co = đúng)", False),
    ],
)
def test_what_expressions_mean(text: str, result: Any) -> None:
    assert evaluate(parse(text), ANSWERS.get) == result


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 / 0", "chia"),
        ("tuoi / (tuoi - 20)", "chia"),
        ("ten + 1", "cần số"),
        ("số_ngày(ten, sinh)", "cần ngày"),
        ("hang.gia + 1", "tổng"),
        ("999999999999999999 × 999999999999999999", "quá lớn"),
        ("tổng(hang.gia) / (tuoi - 20)", "chia"),
    ],
)
def test_an_impossible_computation_is_told_in_words(text: str, words: str) -> None:
    result = evaluate(parse(text), ANSWERS.get)
    assert isinstance(result, Failure)
    assert words in result.message.interpolate()


@pytest.mark.parametrize(
    "text", ["", "1 +", "(1", "1)", "tổng()", "lạ(1)", "1 2", "a ≥ 1 ≥ 2", "@", '"hở', "và", "2026-13-01"]
)
def test_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(NotAnExpression):
        parse(text)


@pytest.mark.parametrize(
    "text", ["(" * 5000 + "1" + ")" * 5000, "−" * 1900 + "1", "không " * 300 + "co", "+".join("1" * 900)]
)
def test_depth_and_length_are_bounded(text: str) -> None:
    with pytest.raises(NotAnExpression):
        parse(text)


def test_a_deep_tree_costs_no_more_than_its_nodes() -> None:
    """`and` in `and` 24 deep: evaluating an argument twice a level would be sixteen million steps."""
    tree: Any = {"field": "co"}
    for _level in range(23):
        tree = {"op": "and", "args": [tree, {"bool": True}]}
    looked: list[str] = []
    assert holds(clean_tree(tree), lambda name: looked.append(name) or True)
    assert looked == ["co"]
    assert sum(1 for _node in nodes(tree)) < MOST_NODES


def test_a_field_is_renamed_everywhere_and_nowhere_else() -> None:
    tree = renamed(parse('tổng(hang.gia) + hang_hai × hang.hang và trống(hang) và x = "hang"'), "hang", "mat_hang")
    assert fields_of(tree) == ["mat_hang.gia", "hang_hai", "mat_hang.mat_hang", "mat_hang", "x"]
    assert '"hang"' in written(tree)
