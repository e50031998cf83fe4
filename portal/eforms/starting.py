"""Forms to start from: what nearly every application asks."""

from collections.abc import Callable
from typing import Any

from translationstring import TranslationString

from portal.eforms.definition import Data, clean, empty
from portal.request import _

_AGREE = {
    "type": "statement",
    "id": "cam_doan",
    "label": "Tôi cam đoan những điều khai trên là đúng và chịu trách nhiệm về nội dung đã khai.",
    "label_en": "I declare that the above is true and that I am responsible for it.",
    "required": True,
}
_CONTACT: list[Data] = [
    {"type": "phone", "id": "dien_thoai", "label": "Số điện thoại", "label_en": "Telephone", "required": True,
     "personal": True, "prefill": "person.phone"},
    {"type": "email", "id": "thu_dien_tu", "label": "Thư điện tử", "label_en": "E-mail", "personal": True,
     "prefill": "person.email", "help": "Cổng gửi thông báo về hồ sơ tới địa chỉ này.",
     "help_en": "The portal sends notices about the application to this address."},
]  # fmt: skip
_AUTHORISED = {"op": "=", "args": [{"field": "nop_thay"}, {"bool": True}]}
_PERSON: list[Data] = [
    {"type": "text", "id": "ho_ten", "label": "Họ và tên", "label_en": "Full name", "required": True, "personal": True,
     "prefill": "person.name", "pattern": "letters", "max_length": 100},
    {"type": "citizen_id", "id": "so_dinh_danh", "label": "Số định danh cá nhân",
     "label_en": "Personal identity number", "required": True, "personal": True, "prefill": "person.id_number"},
    {"type": "date", "id": "ngay_sinh", "label": "Ngày sinh", "label_en": "Date of birth", "required": True,
     "personal": True, "prefill": "person.born_on", "latest": "today"},
    {"type": "address", "id": "noi_o", "label": "Nơi ở hiện nay", "label_en": "Current address", "required": True,
     "personal": True, "prefill": "person.address"},
    *_CONTACT,
]  # fmt: skip


def _files(label: str, label_en: str) -> Data:
    return {
        "id": "giay_to",
        "title": "Giấy tờ kèm theo",
        "title_en": "Documents",
        "fields": [
            {"type": "files", "id": "ban_chup", "label": label, "label_en": label_en, "required": True,
             "accept": ["pdf", "jpeg", "png"], "largest": 10, "most": 5},
            _AGREE,
        ],
    }  # fmt: skip


def _person() -> Data:
    behalf: list[Data] = [
        {"type": "yes_no", "id": "nop_thay", "label": "Bạn nộp thay cho người khác?", "required": True,
         "label_en": "Do you apply on behalf of somebody else?"},
        {"type": "text", "id": "nguoi_duoc_nop_thay", "label": "Họ và tên người được nộp thay", "required": True,
         "label_en": "Full name of that person", "personal": True, "pattern": "letters", "when": _AUTHORISED},
        {"type": "files", "id": "giay_uy_quyen", "label": "Giấy ủy quyền", "label_en": "Letter of authorisation",
         "required": True, "accept": ["pdf", "jpeg", "png"], "largest": 10, "most": 2, "when": _AUTHORISED},
    ]  # fmt: skip
    return {
        "title": "Đơn đề nghị của cá nhân",
        "title_en": "Application by a person",
        "intro": "Chuẩn bị số định danh cá nhân và bản chụp giấy tờ. Điền khoảng 5 phút.",
        "intro_en": "Have your personal identity number and copies of your documents ready. It takes about 5 minutes.",
        "sections": [
            {"id": "nguoi_nop", "title": "Người nộp", "title_en": "Applicant", "fields": _PERSON},
            {"id": "uy_quyen", "title": "Nộp thay", "title_en": "On behalf", "fields": behalf},
            {"id": "noi_dung", "title": "Nội dung đề nghị", "title_en": "Request", "fields": [
                {"type": "long_text", "id": "de_nghi", "label": "Bạn đề nghị điều gì?", "required": True,
                 "label_en": "What do you ask for?", "max_length": 2000}]},
            _files("Bản chụp giấy tờ", "Copies of documents"),
        ],
    }  # fmt: skip


def _business() -> Data:
    company: list[Data] = [
        {"type": "text", "id": "ten_to_chuc", "label": "Tên tổ chức, doanh nghiệp", "required": True,
         "label_en": "Name of the organisation", "prefill": "organisation.name"},
        {"type": "text", "id": "ma_so_thue", "label": "Mã số thuế", "label_en": "Tax code", "required": True,
         "pattern": "tax_code", "prefill": "organisation.tax_code"},
        {"type": "address", "id": "tru_so", "label": "Trụ sở chính", "label_en": "Head office", "required": True,
         "prefill": "organisation.address"},
        {"type": "text", "id": "dai_dien", "label": "Người đại diện theo pháp luật", "required": True,
         "label_en": "Legal representative", "personal": True, "pattern": "letters"},
        {"type": "phone", "id": "dien_thoai", "label": "Số điện thoại liên hệ", "label_en": "Telephone",
         "required": True, "prefill": "organisation.phone"},
        {"type": "email", "id": "thu_dien_tu", "label": "Thư điện tử", "label_en": "E-mail", "required": True,
         "prefill": "organisation.email"},
    ]  # fmt: skip
    lines: list[Data] = [
        {"type": "text", "id": "ten_muc", "label": "Tên hàng hóa, dịch vụ", "required": True,
         "label_en": "Goods or service"},
        {"type": "number", "id": "so_luong", "label": "Số lượng", "label_en": "Quantity", "required": True,
         "lowest": "1"},
        {"type": "money", "id": "don_gia", "label": "Đơn giá", "label_en": "Unit price", "required": True,
         "lowest": "0"},
        {"type": "computed", "id": "thanh_tien", "label": "Thành tiền", "label_en": "Amount",
         "formula": "so_luong × don_gia", "unit": "đồng", "unit_en": "VND"},
    ]  # fmt: skip
    return {
        "title": "Đơn đề nghị của tổ chức, doanh nghiệp",
        "title_en": "Application by an organisation",
        "intro": "Chuẩn bị mã số thuế và bản chụp giấy tờ. Điền khoảng 10 phút.",
        "intro_en": "Have the tax code and copies of the documents ready. It takes about 10 minutes.",
        "sections": [
            {"id": "to_chuc", "title": "Tổ chức, doanh nghiệp", "title_en": "Organisation", "fields": company},
            {"id": "ke_khai", "title": "Kê khai", "title_en": "Items", "fields": [
                {"type": "group", "id": "danh_muc", "label": "Hàng hóa, dịch vụ", "label_en": "Goods and services",
                 "required": True, "fewest": 1, "most": 30, "row_label": "Mặt hàng", "row_label_en": "Item",
                 "fields": lines},
                {"type": "computed", "id": "tong_gia_tri", "label": "Tổng giá trị", "label_en": "Total",
                 "formula": "tổng(danh_muc.thanh_tien)", "unit": "đồng", "unit_en": "VND"}]},
            _files("Bản chụp giấy tờ của tổ chức", "Copies of the organisation's documents"),
        ],
    }  # fmt: skip


def _declaration() -> Data:
    kinds = [{"label": "Đề nghị lần đầu", "label_en": "First application"},
             {"label": "Đề nghị cấp lại", "label_en": "Replacement"},
             {"label": "Đề nghị thay đổi nội dung", "label_en": "Change"}]  # fmt: skip
    content: list[Data] = [
        {"type": "choice", "id": "loai_de_nghi", "label": "Loại đề nghị", "label_en": "Kind of request",
         "required": True, "options": kinds},
        {"type": "text", "id": "so_da_cap", "label": "Số giấy tờ đã được cấp",
         "label_en": "Number of the earlier paper", "required": True, "when": {"op": "not", "args": [
             {"op": "=", "args": [{"field": "loai_de_nghi"}, {"text": "de_nghi_lan_dau"}]}]}},
        {"type": "agency", "id": "noi_cap", "label": "Cơ quan giải quyết", "label_en": "Deciding agency"},
        {"type": "long_text", "id": "trinh_bay", "label": "Nội dung kê khai", "label_en": "Declaration",
         "required": True, "max_length": 3000},
    ]  # fmt: skip
    return {
        "title": "Tờ khai chung",
        "title_en": "General declaration",
        "sections": [
            {"id": "nguoi_khai", "title": "Người khai", "title_en": "Declarant", "fields": _PERSON},
            {"id": "noi_dung", "title": "Nội dung", "title_en": "Content", "fields": content},
            _files("Giấy tờ chứng minh", "Evidence"),
        ],
    }


STARTS: dict[str, tuple[TranslationString, Callable[[], Data]]] = {
    "ca-nhan": (_("Người nộp là cá nhân"), _person),
    "doanh-nghiep": (_("Người nộp là tổ chức, doanh nghiệp"), _business),
    "to-khai": (_("Tờ khai chung"), _declaration),
    "trong": (_("Biểu mẫu trống"), empty),
}
"""What a new form may start from, by its value in the form."""


def start_from(name: str, title: str | None = None) -> Data:
    """A definition to start from, under a title of its own. An unknown name is the empty one."""
    made: Any = STARTS.get(name, STARTS["trong"])[1]()
    return clean(made | ({"title": title, "title_en": None} if title else {}))
