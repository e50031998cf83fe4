"""How good search is: judged questions asked of a scratch index, through the same code as a visitor's question.

A judged set is a folder: `corpus.jsonl[.gz]`, `queries.jsonl` with variants `queries.<name>.jsonl`, and `qrels.tsv`
(question, 0, row of the corpus, relevance).
"""

from portal.search.judging.asking import Asking, asked, timed
from portal.search.judging.building import Built, build
from portal.search.judging.measures import Measures, measured, percentiles
from portal.search.judging.rows import Split, documents_of
from portal.search.judging.sets import BadJudgedSet, Judged, Question, halved, read_rows, read_set, spelled

__all__ = [
    "Asking",
    "BadJudgedSet",
    "Built",
    "Judged",
    "Measures",
    "Question",
    "Split",
    "asked",
    "build",
    "documents_of",
    "halved",
    "measured",
    "percentiles",
    "read_rows",
    "read_set",
    "spelled",
    "timed",
]
