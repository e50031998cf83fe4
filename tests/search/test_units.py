"""A document becomes a head and its passages, with weighted terms."""

import json
from datetime import date

from portal.search.documents import Document, Passage
from portal.search.engine import EXACT, FOLDED, NUMBER, PAIRS
from portal.search.units import units_of
from portal.search.weights import CONTEXT, TITLE

ARTICLES = (
    Passage("dieu-1", "Điều 1. Phạm vi", "Nghị định này quy định về đất đai.", "82-2019-nd-cp#1"),
    Passage("dieu-2", "Điều 2. Hiệu lực", "Có hiệu lực từ ngày ký.", "82-2019-nd-cp#2"),
)
DECREE = Document(
    uid="u1",
    kind="notices",
    title="Quản lý đất đai",
    path="/van-ban/quan-ly-dat-dai",
    text="\n".join(f"{article.title}\n{article.text}" for article in ARTICLES),
    passages=ARTICLES,
    context="Nghị định Chính phủ",
    number="82/2019/NĐ-CP",
    type="nghi-dinh",
    issuer="cp",
    issuer_name="Chính phủ",
    fields=("dat-dai", "moi-truong"),
    issued_on=date(2019, 11, 12),
    effect="con",
    source_id="82-2019-nd-cp",
)


def test_a_document_is_a_head_and_its_passages_of_one_version() -> None:
    units = units_of(DECREE, 7)
    assert [(unit.head, unit.anchor, unit.version) for unit in units] == [
        (True, "", 7),
        (False, "dieu-1", 7),
        (False, "dieu-2", 7),
    ]
    assert {unit.uid for unit in units} == {"u1"}
    assert {unit.day for unit in units} == {date(2019, 11, 12).toordinal()}
    assert units[0].facets == {
        "kind": ("notices",),
        "type": ("nghi-dinh",),
        "issuer": ("cp",),
        "field": ("dat-dai", "moi-truong"),
        "year": ("2019",),
        "effect": ("con",),
    }
    assert units[1].facets == units[0].facets


def test_words_count_by_where_they_stand() -> None:
    head, first, second = units_of(DECREE, 1)
    assert head.terms[EXACT]["quản"] == TITLE
    assert head.terms[EXACT]["đất"] == TITLE + 1
    assert head.terms[EXACT]["chính"] == CONTEXT
    assert head.terms[FOLDED]["dinh"] == CONTEXT + 2
    assert head.terms[FOLDED]["hieu"] == 2
    assert first.terms[EXACT]["phạm"] == TITLE
    assert first.terms[EXACT]["quản"] == CONTEXT
    assert first.terms[EXACT]["đất"] == CONTEXT + 1
    assert first.terms[FOLDED]["82"] == CONTEXT
    assert second.terms[PAIRS]["hieu_luc"] == TITLE + 1
    assert "dat_dai" in second.terms[PAIRS]


def test_pairs_never_cross_from_one_field_into_another() -> None:
    document = Document("u", "site", "một hai", "/x", text="năm sáu", context="ba bốn", number="7/QĐ")
    (head,) = units_of(document, 1)
    assert set(head.terms[PAIRS]) == {"mot_hai", "ba_bon", "nam_sau", "7_qd"}


def test_the_own_number_belongs_to_the_head() -> None:
    head, first, _ = units_of(DECREE, 1)
    assert head.terms[NUMBER]["82/2019/ndcp"] == 1
    assert not first.terms.get(NUMBER)


def test_the_head_counts_the_whole_text_however_it_lies_around_its_passages() -> None:
    apart = "Lời đầu. Điều 1. Phạm vi Nghị định này quy định về đất đai. Điều 2. Có hiệu lực từ ngày ký. Lời cuối."
    torn = apart.replace("từ ngày", "kể từ ngày")
    for text in (apart, torn):
        document = Document("u", "notices", "T", "/x", text=text, passages=ARTICLES)
        plain = Document("u", "notices", "T", "/x", text=text)
        counted, expected = units_of(document, 1)[0].terms, units_of(plain, 1)[0].terms
        assert counted[EXACT] == expected[EXACT]
        assert counted[FOLDED] == expected[FOLDED]
        assert set(counted[PAIRS]) <= set(expected[PAIRS])


def test_a_passage_within_a_word_is_not_cut_out() -> None:
    document = Document("u", "notices", "T", "/x", text="ban hành", passages=(Passage("a", "A", "an"),))
    assert "ban" in units_of(document, 1)[0].terms[FOLDED]


def test_what_a_result_shows() -> None:
    head, first, _ = units_of(DECREE, 1)
    assert json.loads(json.dumps(head.brief)) == {
        "uid": "u1",
        "kind": "notices",
        "head": True,
        "anchor": "",
        "title": "Quản lý đất đai",
        "heading": None,
        "number": "82/2019/NĐ-CP",
        "type": "nghi-dinh",
        "issuer": "cp",
        "issuer_name": "Chính phủ",
        "issued_on": "2019-11-12",
        "year": "2019",
        "effect": "con",
        "fields": ["dat-dai", "moi-truong"],
        "path": "/van-ban/quan-ly-dat-dai",
        "source_id": "82-2019-nd-cp",
        "passage_source_id": None,
        "language": "vi",
    }
    of_passage = {
        "head": False,
        "anchor": "dieu-1",
        "heading": "Điều 1. Phạm vi",
        "passage_source_id": "82-2019-nd-cp#1",
    }
    assert first.brief == {**head.brief, **of_passage}
    assert first.text == ARTICLES[0].text


def test_stored_texts_are_bounded() -> None:
    long = "đất đai " * 20_000
    (plain,) = units_of(Document("u", "notices", "T", "/x", text=long), 1)
    head, passage = units_of(Document("u", "notices", "T", "/x", text=long, passages=(Passage("a", "A", long),)), 1)
    assert (len(plain.text), len(head.text), len(passage.text)) == (40_000, 2_000, 40_000)
    assert plain.terms[FOLDED]["dat"] == 20_000
    assert head.terms[FOLDED]["dat"] == 142  # √20,000, rounded up: its passage says how often


def test_an_empty_document_is_one_unit() -> None:
    (head,) = units_of(Document("u", "site", "", "/x"), 1)
    assert not any(head.terms.values())
    assert head.facets == {"kind": ("site",)}
    assert head.day == 0
