"""Records of procedures that say something in every part."""

FORM = "0191f0aa-0000-7000-8000-00000000000a"

RICH = {
    "code": "1.001193",
    "name": "Đăng ký khai sinh",
    "name_en": "Birth registration",
    "form_kind": "TTHC được luật giao quy định chi tiết",
    "also_called": ["Làm giấy khai sinh", "Khai sinh cho con"],
    "summary": "Ghi nhận việc một em bé ra đời.\n\nLàm trong 60 ngày.",
    "summary_en": "Records that a child was born.",
    "authority": {"name": "Bộ Tư pháp", "code": "G15"},
    "levels": ["tinh", "xa"],
    "fields": ["ho-tich", "tu-phap"],
    "audiences": ["cong-dan", "nguoi-nuoc-ngoai"],
    "events": ["sinh-con"],
    "agencies": {
        "implementing": [{"name": "Ủy ban nhân dân cấp xã", "code": None}, {"name": "Bộ Tư pháp", "code": "G15"}],
        "competent": [{"name": "Ủy ban nhân dân cấp xã", "code": None}],
        "delegated": [],
        "coordinating": [{"name": "Công an xã", "code": None}],
    },
    "cases": [
        {
            "name": "Cha mẹ có đăng ký kết hôn",
            "steps": [
                {"name": "Bước 1", "text": "<p>Nộp hồ sơ.</p><ul><li>Bản giấy</li><li>Bản số</li></ul>"},
                {"name": None, "text": "<p>Nhận kết quả.</p>"},
            ],
        },
        {"name": "Trường hợp khác", "steps": [{"name": "Làm như trên", "text": ""}]},
    ],
    "channels": [
        {
            "channel": "direct",
            "description": "Nộp tại bộ phận một cửa.\nGiờ hành chính.",
            "limits": [
                {"amount": 1, "unit": "working_days", "text": "01 ngày làm việc", "note": None},
                {"amount": None, "unit": "at_once", "text": None, "note": "Khi đủ hồ sơ"},
                {"amount": None, "unit": None, "text": "Theo thỏa thuận", "note": "Trường hợp đặc biệt"},
            ],
            "fees": [
                {"kind": "le_phi", "amount": 0, "currency": "VND", "text": "Miễn phí", "note": "Đúng hạn"},
                {"kind": "phi", "amount": 1250000, "currency": "VND", "text": None, "note": None},
                {"kind": "khac", "amount": None, "currency": "VND", "text": "50% mức trên", "note": None},
            ],
        },
        {"channel": "post", "description": None, "limits": [], "fees": []},
    ],
    "documents": [
        {
            "name": "Tờ khai đăng ký khai sinh", "case": None, "note": "Theo mẫu", "original": 1, "copies": 0,
            "form": {"sha256": "a" * 64, "name": "to-khai.docx", "size": 1234,
                     "media_type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
            "form_name": "Mẫu số 01", "required": True,
        },
        {
            "name": "Giấy chứng sinh", "case": "Trường hợp khác", "note": None, "original": None, "copies": 2,
            "form": None, "form_name": None, "required": False,
        },
    ],
    "sets": 1,
    "results": [{"name": "Giấy khai sinh", "code": "KQ.G15.000123"}, {"name": None, "code": "KQ.2"}],
    "legal_basis": [
        {"number": "60/2014/QH13", "title": "Luật Hộ tịch", "part": "Điều 16"},
        {"number": None, "title": "Nghị định về hộ tịch", "part": None},
    ],
    "conditions": "<p>Trẻ chưa được đăng ký.</p>",
    "notes": "<h2>Lưu ý</h2><p>Không phải đi lại.</p>",
    "service": "mot-phan",
    "partial_reason": "Phải đối chiếu bản chính.",
    "partial_basis": "Điều 14 Nghị định thử",
    "online_url": "https://dichvucong.vidu.gov.vn/khai-sinh",
    "eform": FORM,
    "old_level": 3,
    "proactive": 2,
    "decision": {"number": "12/QĐ-BTP", "title": "Công bố thủ tục", "issued_on": "2026-01-05"},
    "effective_on": "2026-01-15",
    "expires_on": "2028-01-15",
    "reviewed_on": "2026-01-01",
    "review_by": "2027-01-01",
    "reception": [
        {"name": "Bộ phận Một cửa", "address": "Số 1 phố Ví Dụ\nHà Nội", "hours": "7:30–17:00", "phone": "024 0000"}
    ],
    "contact": {
        "name": "Phòng Hộ tịch", "phone": "024 1", "email": "hotich@vidu.gov.vn", "website": "https://vidu.gov.vn",
    },
    "related": ["2.000635", "1.001193.000.00.00.H17"],
    "related_note": "Làm cùng lúc với cấp thẻ bảo hiểm",
    "original": {"cases": "Bước 1: Nộp hồ sơ\nBước 2", "channels.0.fees": "Miễn phí; 50%"},
    "doubts": {
        "cases": "Không rõ các bước.", "channels.0.fees": "Nhiều mức phí.", "results": "Thiếu tên.", "results.1": "Mã.",
    },
}  # fmt: skip

POOR = {"name": "Thủ tục mới chỉ có tên"}

PLAIN = {
    "code": "2.000635.000.00.00.G15.02",
    "name": "Cấp bản sao trích lục hộ tịch",
    "cases": [{"name": None, "steps": [{"name": None, "text": "<p>Nộp hồ sơ.</p>"}]}],
    "channels": [
        {"channel": "online", "limits": [{"amount": 30, "unit": "days"}], "fees": [{"amount": 8000, "kind": "phi"}]}
    ],
    "results": [],
    "no_result": True,
    "service": "toan-trinh",
}  # fmt: skip
