"""The types of fields (loại mục) that a form is made of, and which settings each has."""

from dataclasses import dataclass
from enum import StrEnum

from translationstring import TranslationString

from portal.request import _


class Type(StrEnum):
    """What a field asks for."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    CITIZEN_ID = "citizen_id"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    AGENCY = "agency"
    FILES = "files"
    GROUP = "group"
    COMPUTED = "computed"
    STATEMENT = "statement"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True)
class FieldType:
    """`settings`: what a field of this type has beside the common keys; `asks`: whether a person answers it."""

    label: TranslationString
    help: TranslationString
    settings: tuple[str, ...] = ()
    asks: bool = True


TYPES: dict[Type, FieldType] = {
    Type.TEXT: FieldType(
        _("Chữ, một dòng"), _("Họ tên, số giấy tờ, nghề nghiệp …"), ("min_length", "max_length", "pattern")
    ),
    Type.LONG_TEXT: FieldType(_("Chữ, nhiều dòng"), _("Lý do, trình bày …"), ("min_length", "max_length")),
    Type.NUMBER: FieldType(_("Số"), _("Số lượng, diện tích …"), ("decimals", "lowest", "highest", "unit", "unit_en")),
    Type.MONEY: FieldType(_("Số tiền (đồng)"), _("Số nguyên, tính bằng đồng"), ("lowest", "highest")),
    Type.DATE: FieldType(_("Ngày"), _("Ngày sinh, ngày cấp …"), ("earliest", "latest")),
    Type.YES_NO: FieldType(_("Có hoặc không"), _("Một câu hỏi, hai câu trả lời")),
    Type.CHOICE: FieldType(_("Chọn một"), _("Danh sách, chọn đúng một"), ("options",)),
    Type.CHOICES: FieldType(_("Chọn nhiều"), _("Danh sách, chọn không, một hoặc nhiều"), ("options", "fewest", "most")),
    Type.CITIZEN_ID: FieldType(_("Số định danh cá nhân"), _("Căn cước, đúng 12 chữ số")),
    Type.PHONE: FieldType(_("Số điện thoại"), _("Số ở Việt Nam")),
    Type.EMAIL: FieldType(_("Thư điện tử"), _("Địa chỉ để gửi thông báo")),
    Type.ADDRESS: FieldType(_("Địa chỉ"), _("Tỉnh, xã, số nhà và đường")),
    Type.AGENCY: FieldType(_("Cơ quan"), _("Chọn trong danh bạ cơ quan"), ("agency_kinds",)),
    Type.FILES: FieldType(_("Tệp tải lên"), _("Bản chụp, bản điện tử của giấy tờ"), ("accept", "largest", "most")),
    Type.GROUP: FieldType(
        _("Nhóm lặp lại"),
        _("Nhiều dòng giống nhau: thành viên, hàng hóa …"),
        ("fewest", "most", "row_label", "row_label_en", "fields"),
    ),
    Type.COMPUTED: FieldType(
        _("Giá trị tự tính"),
        _("Tính từ các mục trước, người nộp không phải nhập"),
        ("formula", "tree", "decimals", "unit", "unit_en"),
        asks=False,
    ),
    Type.STATEMENT: FieldType(_("Lời cam đoan"), _("Người nộp đánh dấu để đồng ý")),
    Type.PARAGRAPH: FieldType(_("Đoạn hướng dẫn"), _("Chữ để đọc, không có câu trả lời"), asks=False),
}

IN_ROWS = tuple(kind for kind in Type if kind is not Type.GROUP)
"""What may stand in the rows of a repeat group."""

PREFILL: dict[str, TranslationString] = {
    "person.name": _("Họ và tên người nộp"),
    "person.id_number": _("Số định danh cá nhân của người nộp"),
    "person.born_on": _("Ngày sinh của người nộp"),
    "person.address": _("Địa chỉ của người nộp"),
    "person.phone": _("Số điện thoại của người nộp"),
    "person.email": _("Thư điện tử của người nộp"),
    "organisation.name": _("Tên tổ chức, doanh nghiệp"),
    "organisation.tax_code": _("Mã số thuế của tổ chức, doanh nghiệp"),
    "organisation.address": _("Địa chỉ của tổ chức, doanh nghiệp"),
    "organisation.phone": _("Số điện thoại của tổ chức, doanh nghiệp"),
    "organisation.email": _("Thư điện tử của tổ chức, doanh nghiệp"),
}
"""What the same applicant may have given before (once only, A5-7), by the key that dossiers keep it under."""

PREFILL_TYPES: dict[str, tuple[Type, ...]] = {
    "id_number": (Type.CITIZEN_ID,),
    "born_on": (Type.DATE,),
    "address": (Type.ADDRESS,),
    "phone": (Type.PHONE,),
    "email": (Type.EMAIL,),
    "name": (Type.TEXT,),
    "tax_code": (Type.TEXT,),
}
"""The last part of a prefill key → types of field that it fits."""
