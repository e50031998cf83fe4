"""Whatever can be stored goes out as valid Akoma Ntoso and comes back equal (B3-1)."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from portal.notices import data as record
from portal.notices.akn import AknError, Passive, Source, from_akn, to_akn
from portal.notices.akn.names import AKN, OWN
from portal.notices.data import Effect, Relation
from portal.notices.types import TYPES

SCHEMA = "standards/akomantoso30.xsd"
SHA = "ab" * 32

word = st.sampled_from(
    [
        "cơ quan",
        "Điều 3",
        "số 12/2020/NĐ-CP",
        "“",
        "”",
        "quy định:",
        "&",
        "<",
        '"',
        "5.",
        "249/TB-VPCP",
        "đ",
        "A.",
        "1/2",
    ]
)
text = st.lists(word, min_size=1, max_size=3).map(" ".join).map(lambda t: t.replace("&", "&amp;").replace("<", "&lt;"))
note = st.integers(1, 3).map(lambda n: f'<sup><a href="#chu-thich-{n}">{n}</a></sup>')
address = st.sampled_from(
    [
        "https://vi-du.vn/a?b=c&amp;d=é",
        "/van-ban/1",
        "#dieu-1-khoan-1",
        "mailto:a@b.vn",
        "a b",
        "//x:y",
        "http://[",
        "%zz",
        "a:b",
    ]
)
picture = st.sampled_from(
    [f'<img src="/tep/{SHA}/ảnh%20%.png" alt="Hình &quot;1&quot;">', '<img src="hinh:a.png" alt="">']
)
MARKERS = """
Điều 1.|Điều 2|1.|2)|a)|đ)|Chương I|Mục 1.|Tiểu mục 2.|Phần thứ nhất|I.|1.2.|10/|
Phụ lục I|PHỤ LỤC|Căn cứ|NGHỊ ĐỊNH:|Sửa đổi như sau:|“Điều 1.|
"""
marker = st.sampled_from(MARKERS.replace("\n", "").split("|"))
MARKS = ("strong", "em", "sup", "sub", "del", "ins", "u", "span")


def marked(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.builds(lambda mark, line: f"<{mark}>{line}</{mark}>", st.sampled_from(MARKS), inner)
    link = st.builds(lambda href, line: f'<a href="{href}">{line}</a>', address, inner)
    return st.lists(one | link | inner, min_size=1, max_size=3).map("".join)


inline = st.recursive(text | note | picture | st.just("<br>"), marked, max_leaves=5)
line = st.builds(lambda sign, gap, rest: f"{sign}{gap}{rest}", marker, st.sampled_from([" ", "", "<br>"]), inline)
split = st.builds(
    lambda mark, sign, rest: f"<{mark}>{sign} {rest}</{mark}> đuôi", st.sampled_from(MARKS), marker, inline
)


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    content = st.lists(inner | inline, max_size=2).map("".join)
    items = st.lists(content.map(lambda c: f"<li>{c}</li>"), min_size=1, max_size=3).map("".join)
    ordered = st.builds(lambda start, i: f'<ol start="{start}">{i}</ol>', st.integers(0, 1100), items)
    cell = st.builds(
        lambda tag, more, c: f"<{tag}{more}>{c}</{tag}>",
        st.sampled_from(["td", "th"]),
        st.sampled_from(["", ' colspan="2"', ' rowspan="3"', ' scope="col"']),
        content,
    )
    row = st.lists(cell, min_size=1, max_size=3).map(lambda cells: f"<tr>{''.join(cells)}</tr>")
    group = st.builds(
        lambda tag, rows: f"<{tag}>{''.join(rows)}</{tag}>",
        st.sampled_from(["thead", "tbody", "tfoot"]),
        st.lists(row, min_size=1, max_size=2),
    )
    caption = st.just("") | inline.map(lambda c: f"<caption>{c}</caption>")
    table = st.builds(
        lambda c, groups: f"<table>{c}{''.join(groups)}</table>", caption, st.lists(group, min_size=1, max_size=3)
    )
    quote = content.map(lambda c: f"<blockquote>{c}</blockquote>")
    return items.map(lambda i: f"<ul>{i}</ul>") | ordered | table | quote


def tagged(tag: str) -> st.SearchStrategy[str]:
    return (line | split | inline).map(lambda content: f"<{tag}>{content}</{tag}>")


paragraph = tagged("p") | tagged("h2") | tagged("h3") | tagged("h4")
block = paragraph | paragraph | st.recursive(paragraph, blocks, max_leaves=4)
FOOTNOTES = (
    '<aside class="portal-doc-notes"><ol><li id="chu-thich-1">Chú <em>một</em></li><li id="chu-thich-2"><p>Hai</p>'
    '<p>dòng<sup><a href="#chu-thich-1">1</a></sup></p></li></ol></aside>'
)
body = st.builds(
    lambda found, notes: "".join(found) + notes, st.lists(block, max_size=8), st.sampled_from(["", FOOTNOTES])
)

free = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    ['"&<>\n\t\r]]>', "Hà Nội", "12", "2020/NĐ-CP"]
)
day = st.sampled_from([None, "2024-02-29", "1999-12-31"])
agency = st.fixed_dictionaries({"name": free, "code": st.none() | free})
relation = st.fixed_dictionaries(
    {"relation": st.sampled_from(tuple(Relation)), "number": st.none() | free, "title": free, "scope": st.none() | free}
)
fields = st.fixed_dictionaries(
    {
        "type": st.sampled_from([None, *(type_.slug for type_ in TYPES)]),
        "number": st.none() | free,
        "notation": st.none() | free,
        "place": st.none() | free,
        "title": free,
        "summary": st.none() | free,
        "archive_line": st.none() | free,
        "issuer": agency,
        "joint_issuers": st.lists(agency, max_size=2),
        "signer": st.fixed_dictionaries(
            {"name": free, "position": free, "on_behalf": st.sampled_from([None, "TM.", "KT."]), "authority": free}
        ),
        "recipients": st.lists(st.fixed_dictionaries({"name": free, "purpose": st.none() | free}), max_size=3),
        "issued_on": day,
        "meeting_on": day,
        "effective_on": day,
        "expires_on": day,
        "urgency": st.sampled_from([None, "khan", "hoa-toc"]),
        "effect": st.sampled_from([None, *Effect]),
        "effects": st.lists(
            st.fixed_dictionaries({"on": day, "effect": st.sampled_from(tuple(Effect)), "until": day, "by": free}),
            max_size=2,
        ),
        "fields": st.lists(st.sampled_from(["dat-dai", "giao-duc"]), max_size=2),
        "relations": st.lists(relation, max_size=3),
        "language": st.sampled_from(["vi", "en", "mnw"]),
    }
)
SOURCE = Source(
    uid="018f0000-0000-7000-8000-000000000001",
    origin="vi-du.gov.vn",
    address="https://vi-du.gov.vn/van-ban/1",
    passive=[Passive(Relation.REPEALS, "/akn/vn/act/luat/2020/1-2020-qh14", "1/2020/QH14")],
)


@pytest.fixture(scope="module")
def schema(shared: Path) -> Any:
    return etree.XMLSchema(etree.parse(shared / SCHEMA))


def assert_equal_record(came: record.Data, went: record.Data) -> None:
    assert str(came["body"]) == str(went["body"])
    assert came == went


@settings(max_examples=150, deadline=None)
@given(body=body, kind=st.sampled_from(["nghi-dinh", "thong-bao", None]))
def test_every_body_comes_back_letter_by_letter(body: str, kind: str | None) -> None:
    data = record.clean({"type": kind, "body": body})
    assert_equal_record(from_akn(to_akn(data, SOURCE)), data)


@settings(max_examples=100, deadline=None)
@given(fields=fields)
def test_every_field_comes_back(fields: record.Data) -> None:
    data = record.clean(fields)
    assert_equal_record(from_akn(to_akn(data, SOURCE)), data)


@settings(max_examples=100, deadline=None)
@given(body=body, fields=fields)
def test_every_document_is_valid(schema: Any, body: str, fields: record.Data) -> None:
    written = to_akn(record.clean(fields | {"body": body}), SOURCE)
    schema.assertValid(etree.fromstring(written))


SAMPLE = to_akn(
    record.clean(
        {
            "type": "nghi-dinh",
            "number": "1",
            "notation": "2020/NĐ-CP",
            "body": "<h3>Điều 1. Một</h3><ol><li>Khoản</li></ol><p>a) Điểm<sup><a href='#chu-thich-1'>1</a></sup></p>"
            + FOOTNOTES,
            "recipients": [{"name": "Như trên", "purpose": "để b/c"}],
            "relations": [{"relation": "repeals", "number": "2/2019/NĐ-CP"}],
        }
    ),
    SOURCE,
)


@settings(max_examples=300, deadline=None)
@given(edits=st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 8), st.binary(max_size=4)), max_size=4))
def test_a_damaged_file_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    content = SAMPLE
    for place, gone, new in edits:
        content = content[:place] + new + content[place + gone :]
    try:
        data = from_akn(content)
    except AknError:
        return
    assert record.clean(dict(data)) == data


LISTED = """
    p b a ref eol img authorialNote noteRef num heading content intro wrapUp article paragraph point section hcontainer
    ol ul li table tr td th caption block subFlow embeddedStructure quotedStructure mod citations citation formula
    attachment attachments doc mainBody body preamble preface meta note foreign speech from x
    docNumber docDate docTitle signature person role inline recipients keyword FRBRWork FRBRuri p:record p:effect
"""
NAMES = LISTED.split()
VALUES = ["", "1", "x", "h3", "li", "alone", "br", "notes", "blockquote", "#fn_1", "recipient", "purpose", "issuer"]
attributes = st.dictionaries(
    st.sampled_from(
        ["eId", "href", "src", "value", "marker", "name", "date", "refersTo", "colspan"]
        + [f"p:{name}" for name in ("line", "join", "marks", "own", "first", "more", "group", "begins", "scope", "src")]
    ),
    st.sampled_from(VALUES),
    max_size=3,
)


WITHOUT_TEXT = {"eol", "img", "noteRef"}
ONLY_ELEMENTS = {"ol", "ul", "table", "tr"}


def element(name: str, named: dict[str, str], inner: list[str]) -> str:
    if name in WITHOUT_TEXT:
        inner = []
    if name in ONLY_ELEMENTS:
        inner = [piece for piece in inner if piece.startswith("<")]
    written = "".join(f' {key}="{value}"' for key, value in named.items())
    return f"<{name}{written}>{''.join(inner)}</{name}>"


tree = st.recursive(
    st.sampled_from(["lời", " ", "1.", "&amp;"]),
    lambda inner: st.builds(element, st.sampled_from(NAMES), attributes, st.lists(inner, max_size=4)),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(["act", "doc", "judgment", "debate"]), inner=st.lists(tree, max_size=5), own=st.booleans())
def test_elements_in_any_order_are_read_and_no_word_is_lost(kind: str, inner: list[str], own: bool) -> None:
    record_ = "<p:record/>" if own else ""
    head = f'<akomaNtoso xmlns="{AKN}" xmlns:p="{OWN}"><{kind}>{record_}'
    content = f"{head}{''.join(inner)}</{kind}></akomaNtoso>".encode()
    data = from_akn(content)
    assert record.clean(dict(data)) == data
    if "p:record" not in "".join(inner) and not own:
        texts = etree.fromstring(content).xpath("//text()[not(ancestor::a:meta)]", namespaces={"a": AKN})
        assert data["body"].count("lời") >= sum(str(each).count("lời") for each in texts)
