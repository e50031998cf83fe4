"""Named patterns of texts: officers choose one by its name, nobody types a regular expression."""

import re
from dataclasses import dataclass

from translationstring import TranslationString

from portal.request import _


@dataclass(frozen=True)
class Pattern:
    """`wrong`: what is said of a text that does not fit; it names an example."""

    label: TranslationString
    fits: re.Pattern[str]
    wrong: TranslationString


PATTERNS: dict[str, Pattern] = {
    "digits": Pattern(_("Chỉ chữ số"), re.compile(r"[0-9]+"), _("Chỉ được viết chữ số, ví dụ 0123.")),
    "letters": Pattern(
        _("Chỉ chữ cái (họ tên)"),
        re.compile(r"[^\W\d_]+(?:[ '.\-][^\W\d_]+)*\.?"),
        _("Chỉ được viết chữ cái và dấu cách, ví dụ Nguyễn Văn An."),
    ),
    "tax_code": Pattern(
        _("Mã số thuế"),
        re.compile(r"[0-9]{10}(?:-[0-9]{3})?|[0-9]{12}"),
        _("Mã số thuế có 10 chữ số, thêm gạch nối và 3 chữ số nếu là đơn vị phụ thuộc, ví dụ 0100000000-001."),
    ),
    "plate": Pattern(
        _("Biển số xe"),
        re.compile(r"[0-9]{2}[A-ZĐ]{1,2}[0-9]?[- ]?[0-9]{3}\.?[0-9]{1,2}"),
        _("Biển số xe viết hoa, ví dụ 30A-123.45."),
    ),
    "passport": Pattern(
        _("Số hộ chiếu"), re.compile(r"[A-Z][0-9]{7,8}"), _("Số hộ chiếu có một chữ hoa và 7 chữ số, ví dụ C1234567.")
    ),
    "document_number": Pattern(
        _("Số, ký hiệu văn bản"),
        re.compile(r"[0-9]+(?:/[0-9]{4})?/[A-ZĐ0-9]+(?:-[A-ZĐ0-9]+)*"),
        _("Số, ký hiệu có dạng 12/QĐ-UBND hoặc 12/2026/NĐ-CP."),
    ),
    "web": Pattern(
        _("Địa chỉ mạng"),
        re.compile(r"https?://[^\s/$.?#][^\s]{0,1900}"),
        _("Địa chỉ mạng bắt đầu bằng https:// hoặc http://."),
    ),
}
