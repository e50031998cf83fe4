"""Conditions and computed values of a form: a small language of our own, never `eval`.

A text (`tổng(hàng.số_tiền) × 0.1`, `tuổi ≥ 18 và nơi_ở thuộc ("A", "B")`) is parsed into a JSON tree:

    {"number": "12.5"} | {"text": "A"} | {"date": "2026-01-01"} | {"bool": true}
    {"field": "tuoi"} | {"field": "hang.so_tien"}           a field; a field in the rows of a repeat group
    {"op": ">=", "args": [tree, …]}                          see `OPERATORS`

Everything here is total: no text, tree or answer makes it raise anything but `NotAnExpression` (from `parse` alone),
and its cost is bounded by `MOST_NODES`, `DEEPEST` and the number of rows. Numbers are exact decimals, rounded half up
to 12 places after each step; what goes beyond 10^18 is a `Failure` told in words.
"""

from portal.eforms.expressions.evaluating import Failure, Look, Series, Value, evaluate, holds
from portal.eforms.expressions.parsing import NotAnExpression, parse
from portal.eforms.expressions.trees import DEEPEST, MOST_NODES, OPERATORS, Tree, clean_tree, fields_of, renamed
from portal.eforms.expressions.writing import written

__all__ = [
    "DEEPEST",
    "MOST_NODES",
    "OPERATORS",
    "Failure",
    "Look",
    "NotAnExpression",
    "Series",
    "Tree",
    "Value",
    "clean_tree",
    "evaluate",
    "fields_of",
    "holds",
    "parse",
    "renamed",
    "written",
]
