"""Documents as Akoma Ntoso 3.0: what other systems get, and what comes back (B3)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from portal.notices import data as record
from portal.notices.akn import Passive, Source, from_akn, to_akn
from portal.notices.akn.checking import NoSchema, Schema
from portal.notices.akn.iri import UNKNOWN_DATE
from portal.notices.akn.names import AKN, OWN
from portal.notices.data import Relation

UID = "018f0000-0000-7000-8000-000000000001"
SOURCE = Source(uid=UID, origin="vi-du.gov.vn", address="https://vi-du.gov.vn/van-ban/42-2022-nd-cp", issuer_code="G00")
BODY = (
    "<p>Căn cứ Luật Tổ chức thử nghiệm số 1/2015/QH13;</p><p>Theo đề nghị của Bộ trưởng Bộ Thử nghiệm;</p>"
    "<p>Chính phủ ban hành Nghị định.</p><h2>Chương I<br>QUY ĐỊNH CHUNG</h2><h3>Điều 5. Hồ sơ <em>thử</em></h3>"
    "<p>Mở đầu.</p><p>2. <strong>Gồm</strong> có:</p><p>a) Đơn theo Nghị định số 30/2020/NĐ-CP;</p><p>đ) Ảnh.</p>"
    "<h2>Phụ lục I<br>BIỂU MẪU</h2><p>1. Mẫu.</p>"
)
DECREE: dict[str, Any] = {
    "type": "nghi-dinh",
    "number": "42",
    "notation": "2022/NĐ-CP",
    "issuer": {"name": "Chính phủ", "code": None},
    "place": "Hà Nội",
    "issued_on": "2022-06-24",
    "effective_on": "2022-08-15",
    "title": "Quy định việc thử",
    "signer": {"name": "Nguyễn Văn Thử", "position": "Thủ tướng", "on_behalf": "TM.", "authority": "Chính phủ"},
    "recipients": [{"name": "Các bộ", "purpose": None}, {"name": "Văn phòng", "purpose": "để b/c"}],
    "archive_line": "Lưu: VT",
    "relations": [
        {"relation": "replaces", "number": "43/2011/NĐ-CP", "title": "Nghị định cũ"},
        {"relation": "amends", "title": "Quy chế chưa rõ số"},
    ],
    "fields": ["dat-dai"],
    "body": BODY,
}


def tree(data: dict[str, Any], source: Source = SOURCE) -> Any:
    return etree.fromstring(to_akn(record.clean(data), source))


def found(root: Any, path: str) -> list[Any]:
    return list(root.xpath(path, namespaces={"a": AKN, "p": OWN}))


def test_every_part_has_the_identifier_of_the_standard_and_its_anchor_here() -> None:
    ids = {each.get("eId"): each.get("wId") for each in found(tree(DECREE), "//a:act//*[@wId]")}
    assert ids == {
        "chp_1": "chuong-1",
        "art_5": "dieu-5",
        "art_5__para_2": "dieu-5-khoan-2",
        "art_5__para_2__point_a": "dieu-5-khoan-2-diem-a",
        "art_5__para_2__point_dd": "dieu-5-khoan-2-diem-dd",
        "att_1": "phu-luc-1",
        "att_1__para_1": "phu-luc-1-ket-luan-1",
    }


def test_articles_clauses_and_points_nest_with_number_heading_and_content() -> None:
    root = tree(DECREE)
    (article,) = found(root, "//a:chapter/a:article")
    assert [each.tag.rpartition("}")[2] for each in article] == ["num", "heading", "intro", "paragraph"]
    assert article[0].text == "Điều 5."
    assert "".join(article[1].itertext()) == "Hồ sơ thử"
    (clause,) = found(article, "a:paragraph")
    assert found(clause, "a:num/text()") == ["2."]
    assert found(clause, "a:intro/a:p/a:b/text()") == ["Gồm"]
    assert found(clause, "a:point/a:num/text()") == ["a)", "đ)"]


def test_legal_bases_are_citations_and_annexes_attachments() -> None:
    root = tree(DECREE)
    assert len(found(root, "//a:preamble/a:citations/a:citation")) == 2
    assert found(root, "//a:attachments/a:attachment/a:heading/text()") == ["BIỂU MẪU"]
    assert found(root, "//a:attachment/a:doc//a:paragraph/a:num/text()") == ["1."]


def test_numbers_in_the_text_refer_to_works() -> None:
    references = {each.text: each.get("href") for each in found(tree(DECREE), "//a:ref")}
    assert references == {
        "30/2020/NĐ-CP": "/akn/vn/act/nghi-dinh/2020/30-2020-nd-cp",
        "1/2015/QH13": "/akn/vn/act/2015/1-2015-qh13",
    }


def test_the_metadata_name_work_expression_and_manifestation() -> None:
    published = datetime(2022, 6, 25, 1, tzinfo=UTC)
    root = tree(DECREE, replace(SOURCE, published_at=published))
    work = "/akn/vn/act/nghi-dinh/g00/2022-06-24/42-2022-nd-cp"
    assert found(root, "/a:akomaNtoso/a:act/a:meta//a:FRBRuri/@value") == [
        work,
        f"{work}/vie@2022-06-24",
        f"{work}/vie@2022-06-24.xml",
    ]
    main = "/a:akomaNtoso/a:act/a:meta"
    assert found(root, f"{main}//a:FRBRWork/a:FRBRnumber/@value") == ["42/2022/NĐ-CP"]
    assert found(root, f"{main}//a:FRBRWork/a:FRBRcountry/@value") == ["vn"]
    assert found(root, f"{main}//a:FRBRManifestation/a:FRBRdate/@date") == ["2022-06-25"]
    assert found(root, f"{main}/a:publication/@date") == ["2022-06-25"]
    assert found(root, f"{main}//a:TLCOrganization[@eId='issuer']/@shortForm") == ["G00"]
    assert found(root, f"{main}//a:TLCPerson/@showAs") == ["Nguyễn Văn Thử"]


def test_relations_are_modifications_of_works_both_ways() -> None:
    passive = [Passive(Relation.AMENDS, "/akn/vn/act/nghi-dinh/2024/1-2024-nd-cp", "1/2024/NĐ-CP", date(2024, 3, 1))]
    known = "/akn/vn/act/nghi-dinh/g00/2011-06-13/43-2011-nd-cp"
    root = tree(DECREE, replace(SOURCE, passive=passive, targets={0: known}))
    active = found(root, "//a:activeModifications/a:textualMod")
    assert [(each.get("type"), each.get("refersTo")) for each in active] == [
        ("replacement", "#relation_replaces"),
        ("substitution", "#relation_amends"),
    ]
    assert found(root, "//a:activeModifications//a:destination/@href")[0] == known
    assert found(root, "//a:passiveModifications//a:source/@href") == [passive[0].iri]
    events = {each.get("date"): each.get("type") for each in found(root, "//a:lifecycle/a:eventRef")}
    assert events == {"2022-06-24": "generation", "2022-08-15": "generation", "2024-03-01": "amendment"}


def test_what_is_unknown_is_left_out_and_a_demanded_date_says_so() -> None:
    root = tree({"type": "thong-bao", "title": "Kết luận", "body": "<p>1. Một.</p>"}, replace(SOURCE, issuer_code=None))
    assert set(found(root, "//a:FRBRdate/@date")) == {UNKNOWN_DATE}
    assert set(found(root, "//a:FRBRdate/@name")) == {"unknown"}
    for name in (
        "publication",
        "lifecycle",
        "analysis",
        "docNumber",
        "docDate",
        "FRBRnumber",
        "TLCPerson",
        "conclusions",
    ):
        assert found(root, f"//a:{name}") == [], name
    assert found(root, "//a:FRBRWork/a:FRBRuri/@value") == ["/akn/vn/doc/thong-bao/ket-luan"]
    assert from_akn(etree.tostring(root))["issued_on"] is None


@pytest.mark.parametrize(
    ("type_", "notation", "root"),
    [
        ("nghi-dinh", "2022/NĐ-CP", "act"),
        ("quyet-dinh", "2022/QĐ-UBND", "act"),
        ("quyet-dinh", "QĐ-UBND", "doc"),
        ("thong-bao", "TB-VPCP", "doc"),
        (None, None, "doc"),
    ],
)
def test_normative_documents_are_acts_and_the_others_docs(type_: str | None, notation: str | None, root: str) -> None:
    given = {"type": type_, "number": "1", "notation": notation, "title": "Thử", "body": "<p>Lời.</p>"}
    document = tree(given)[0]
    assert document.tag == f"{{{AKN}}}{root}"
    assert document.get("name") == (type_ or "van-ban")


def test_a_document_comes_back_equal() -> None:
    data = record.clean(DECREE)
    assert from_akn(to_akn(data, SOURCE)) == data


def test_what_officials_noted_stays_here() -> None:
    private = {"doubts": {"title": "kín-1"}, "sources": {"title": "kín-2"}, "paper": "kín-3"}
    private |= {"original": {"sha256": "ab" * 32, "name": "kín-4.pdf", "size": 1, "media_type": "application/pdf"}}
    relation = {"relation": "repeals", "number": "1/2020/NĐ-CP", "passage": "kín-5"}
    assert "kín" not in to_akn(record.clean({**DECREE, **private, "relations": [relation]}), SOURCE).decode()


def test_the_text_that_an_amending_clause_quotes_is_marked_as_quoted() -> None:
    body = (
        "<h3>Điều 1. Sửa đổi</h3><p>1. Sửa đổi Điều 3 như sau:</p><p>“Điều 3. Mới</p><p>1. Lời mới.”</p><p>Sau đó.</p>"
        "<p>2. Bỏ.</p><p>“Không phải trích.”</p>"
    )
    data = record.clean({**DECREE, "body": body})
    root = etree.fromstring(to_akn(data, SOURCE))
    (quoted,) = found(root, "//a:mod/a:quotedStructure")
    assert found(quoted, "a:p/text()") == ["“Điều 3. Mới", "1. Lời mới.”"]
    assert found(root, "//a:article//*[@wId]/@eId") == ["art_1__para_1", "art_1__para_2"]
    assert from_akn(etree.tostring(root)) == data


def test_links_to_parts_lead_to_their_identifiers() -> None:
    data = record.clean({**DECREE, "body": '<p>1. Xem <a href="#ket-luan-2">điểm 2</a>.</p><p>2. Hai.</p>'})
    root = etree.fromstring(to_akn(data, SOURCE))
    assert found(root, "//a:a/@href") == ["#para_2"]
    assert from_akn(etree.tostring(root)) == data


def test_the_words_of_the_body_stand_in_their_order() -> None:
    root = tree(DECREE)
    for each in found(root, "//a:meta | //a:preface | //a:conclusions"):
        each.clear(keep_tail=True)
    plain = "".join("".join(etree.fromstring(f"<div>{BODY}</div>".replace("<br>", "<br/>")).itertext()).split())
    assert "".join("".join(root.itertext()).split()) == plain


def test_it_is_valid(shared: Path) -> None:
    schema = Schema(shared / "standards" / "akomantoso30.xsd")
    assert schema.problems(to_akn(record.clean(DECREE), SOURCE)) == []
    broken = to_akn(record.clean(DECREE), SOURCE).replace(b'name="nghi-dinh"', b"", 1)
    assert any("name" in line for line in schema.problems(broken))


def test_a_file_that_is_no_schema_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.xsd").write_text("<a/>")
    with pytest.raises(NoSchema, match=r"akomantoso30\.xsd"):
        Schema(tmp_path / "x.xsd")
