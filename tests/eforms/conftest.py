"""A form of every type, filled in; and strategies that make hostile definitions and answers."""

from typing import Any

import pytest

from portal.eforms.definition import clean


def field(kind: str, name: str, **more: Any) -> dict[str, Any]:
    """A field with a label like its id."""
    return {"type": kind, "id": name, "label": more.pop("label", name.replace("_", " ").capitalize()), **more}


def when(name: str, op: str, value: Any) -> dict[str, Any]:
    """A condition `name op value`; `value` is a leaf of the tree."""
    return {"op": op, "args": [{"field": name}, value]}


def form(*sections: tuple[str, list[dict[str, Any]]], **more: Any) -> dict[str, Any]:
    """A definition of (section id, fields)."""
    made = [{"id": name, "title": name.capitalize(), "fields": fields} for name, fields in sections]
    return clean({"title": "Tờ khai thử", "sections": made, **more})


@pytest.fixture
def everything() -> dict[str, Any]:
    """Every type of field, with conditions, rows and computed values."""
    yes_no = {"bool": True}
    return form(
        (
            "nguoi_nop",
            [
                field("text", "ho_ten", required=True, pattern="letters", label_en="Full name", prefill="person.name"),
                field("citizen_id", "so_dinh_danh", required=True, personal=True),
                field("date", "ngay_sinh", required=True, latest="today"),
                field("computed", "tuoi", formula="số_năm(ngay_sinh, 2026-03-02)", unit="tuổi", unit_en="years old"),
                field("choice", "gioi_tinh", options=[{"label": "Nam"}, {"label": "Nữ", "label_en": "Female"}]),
                field("phone", "dien_thoai", required=True),
                field("email", "thu"),
                field("address", "noi_o", required=True),
                field("yes_no", "co_uy_quyen", required=True),
                field("text", "nguoi_uy_quyen", required=True, when=when("co_uy_quyen", "=", yes_no)),
            ],
        ),
        (
            "hang_hoa",
            [
                field("paragraph", "dan", help="Kê khai từng mặt hàng."),
                field(
                    "group",
                    "hang",
                    required=True,
                    fewest=1,
                    most=3,
                    row_label="Mặt hàng",
                    row_label_en="Item",
                    fields=[
                        field("text", "ten_hang", required=True),
                        field("number", "so_luong", required=True, lowest="1", decimals=2, unit="kg"),
                        field("money", "don_gia", required=True, lowest="0"),
                        field("yes_no", "giam_gia"),
                        field("money", "gia_giam", required=True, when=when("giam_gia", "=", yes_no)),
                        field("computed", "thanh_tien", formula="so_luong × don_gia", unit="đồng"),
                    ],
                ),
                field("computed", "tong_tien", formula="tổng(hang.thanh_tien)", unit="đồng", unit_en="VND"),
                field("choices", "kem_theo", fewest=1, options=[{"label": "Hóa đơn"}, {"label": "Tờ khai"}]),
                field("agency", "noi_nhan"),
            ],
        ),
        (
            "giay_to",
            [
                field("files", "ban_chup", required=True, accept=["pdf", "jpeg"], largest=5, most=2, paper="Bản sao"),
                field("long_text", "ly_do", max_length=200),
                field("number", "he_so", decimals=1),
                field("statement", "cam_doan", required=True, label="Tôi cam đoan nội dung trên là đúng."),
            ],
        ),
    )


@pytest.fixture
def filled() -> dict[str, Any]:
    """Answers that `everything` accepts."""
    return {
        "ho_ten": "Nguyễn Văn An",
        "so_dinh_danh": "001085000123",
        "ngay_sinh": "1985-03-03",
        "gioi_tinh": "nu",
        "dien_thoai": "+84 912 345 678",
        "noi_o": {"province": "Hà Nội", "commune": "Phường Ví Dụ", "street": "Số 1"},
        "co_uy_quyen": False,
        "nguoi_uy_quyen": "Trần Thị Bình",
        "hang": [
            {"ten_hang": "Gạo", "so_luong": "2.5", "don_gia": 20000, "giam_gia": False, "gia_giam": 1},
            {"ten_hang": "Muối", "so_luong": "10", "don_gia": 5000, "giam_gia": True, "gia_giam": 500},
        ],
        "kem_theo": ["to_khai", "hoa_don"],
        "noi_nhan": {"code": "H17", "name": "Ủy ban nhân dân thành phố Đà Nẵng"},
        "ban_chup": [{"sha256": "a" * 64, "name": "ban-chup.pdf", "size": 1200, "media_type": "application/pdf"}],
        "cam_doan": True,
    }
