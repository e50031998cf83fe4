"""A procedure in which every part of the record says something, with what it names."""

import pytest

from portal.catalogue.vocabularies.files import terms_in
from portal.catalogue.vocabularies.mapping import CONTENT
from portal.catalogue.vocabularies.service import bring_terms

RECORD = {
    "code": "1.001193",
    "name": 'Đổi "giấy phép" lái xe\\ <b>',
    "name_en": "Renew a driving licence",
    "summary": "Đổi giấy phép sắp hết hạn & bị hỏng.",
    "summary_en": "Renew a licence that expires or is damaged.",
    "also_called": ["Đổi bằng lái", "Gia hạn bằng"],
    "levels": ["tinh"],
    "fields": ["giao-thong-van-tai"],
    "audiences": ["cong-dan", "nguoi-nuoc-ngoai"],
    "events": ["phuong-tien", "van-tai"],
    "agencies": {
        "competent": [{"name": "Sở Xây dựng tỉnh Ví Dụ", "code": None}],
        "coordinating": [{"name": "Bộ Ví Dụ", "code": "Y90"}],
    },
    "cases": [
        {"name": "Đổi vì hết hạn", "steps": [{"name": "Bước 1", "text": "<p>Nộp hồ sơ.</p><p>Chụp ảnh.</p>"}]},
        {"name": None, "steps": [{"name": None, "text": "<p>Nhận kết quả.</p>"}]},
    ],
    "channels": [
        {
            "channel": "direct",
            "description": "Tại bộ phận một cửa",
            "limits": [{"amount": 5, "unit": "working_days", "text": "5 Ngày làm việc"}],
            "fees": [
                {"kind": "le_phi", "amount": 135000, "text": "135.000 đồng"},
                {"kind": "phi", "text": "Theo quy định"},
            ],
        },
        {
            "channel": "online",
            "limits": [{"amount": 3, "unit": "working_days", "text": "3 Ngày làm việc"}],
            "fees": [{"kind": "le_phi", "amount": 10, "currency": "USD", "text": "10 USD", "note": "người nước ngoài"}],
        },
        {"channel": "post", "limits": [{"text": "Không quy định"}]},
    ],
    "documents": [
        {"name": "Đơn đề nghị", "original": 1, "copies": 0},
        {"name": "Giấy khám sức khỏe", "case": "Đổi vì hết hạn", "original": 1, "copies": 2, "required": False},
    ],
    "results": [{"name": "Giấy phép lái xe", "code": "KQ.G01.000068"}],
    "legal_basis": [
        {"number": "12/2017/TT-BGTVT", "title": "Thông tư về sát hạch", "part": "Điều 37"},
        {"number": None, "title": "Luật Đường bộ"},
    ],
    "conditions": "<p>Còn <strong>hạn</strong>.</p>",
    "contact": {"phone": "1900 0000", "email": "hoi@vidu.vn", "website": "https://vidu.vn/hỏi đáp"},
    "reception": [{"name": "Một cửa", "address": "Số 1 phố Ví Dụ", "hours": "7:30–17:00"}],
    "online_url": "https://dichvucong.gov.vn/nop?ma=1.001193",
    "service": "toan-trinh",
    "effective_on": "2026-01-01",
    "decision": {"number": "1/QĐ-VD"},
}


@pytest.fixture
def words(db, at):
    bring_terms(db, terms_in(CONTENT), at=at)


@pytest.fixture
def full(db, make, words):
    """Its published edition, with a variant, a related procedure and one document of its basis that is here."""
    from portal.agencies.models import Field

    unit = make.agency("Y90", "Bộ Ví Dụ", english_name="Ministry of Examples")
    db.add(Field(slug="giao-thong-van-tai", name="Giao thông, vận tải", english_name="Transport"))
    make.notice(unit, published=True, type="thong-tu", number="12", notation="2017/TT-BGTVT")
    make.procedure(unit, published=True, code="1.000002", name="Cấp giấy phép lái xe")
    edition = make.procedure(unit, published=True, **RECORD, related=["1.000002", "9.999999"])
    province = make.agency("Y91", "Ủy ban nhân dân tỉnh Ví Dụ", kind="province")
    make.local_service(edition, province, published=True, code="1.001193.000.00.00.H17")
    return edition
