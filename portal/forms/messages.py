"""colander's and deform's own messages in Vietnamese. Ours name the field, so the error summary makes sense alone."""

from typing import TYPE_CHECKING, Any

from translationstring import TranslationString

from portal.request import _

if TYPE_CHECKING:
    from portal.request import Request

FOREIGN = ("colander", "deform")

VIETNAMESE: dict[str, TranslationString] = {
    "Invalid value": _("Giá trị không hợp lệ."),
    "String does not match expected pattern": _("Chưa đúng dạng yêu cầu."),
    "Invalid email address": _("Địa chỉ thư điện tử chưa đúng dạng, ví dụ ten@coquan.gov.vn."),
    "Not a data URL": _("Không phải là địa chỉ dữ liệu."),
    "Invalid MIME type": _("Kiểu dữ liệu không hợp lệ."),
    "Invalid Base64 encoded data": _("Dữ liệu Base64 không hợp lệ."),
    "${val} is less than minimum value ${min}": _("${val} nhỏ hơn mức thấp nhất là ${min}."),
    "${val} is greater than maximum value ${max}": _("${val} lớn hơn mức cao nhất là ${max}."),
    "Shorter than minimum length ${min}": _("Quá ngắn: cần ít nhất ${min} ký tự hoặc mục."),
    "Longer than maximum length ${max}": _("Quá dài: chỉ được nhiều nhất ${max} ký tự hoặc mục."),
    '"${val}" is not one of ${choices}': _("“${val}” không có trong danh sách: ${choices}."),
    '"${val}" must not be one of ${choices}': _("Không được là một trong: ${choices}."),
    "One or more of the choices you made was not acceptable": _("Có mục đã chọn không nằm trong danh sách."),
    '"${val}" is not a valid credit card number': _("“${val}” không phải là số thẻ hợp lệ."),
    "Must be a URL": _("Phải là một địa chỉ mạng, ví dụ https://coquan.gov.vn."),
    "Must be a file:// URI scheme": _("Phải là địa chỉ tệp bắt đầu bằng file://."),
    "Invalid UUID string": _("Mã định danh (UUID) không hợp lệ."),
    '"${val}" is not a mapping type: ${err}': _("Dữ liệu gửi lên không đúng cấu trúc. Hãy tải lại trang."),
    'Unrecognized keys in mapping: "${val}"': _("Dữ liệu gửi lên có ô lạ: “${val}”."),
    '"${val}" is not iterable': _("Dữ liệu gửi lên không phải là danh sách. Hãy tải lại trang."),
    "${cstruct} is not iterable": _("Dữ liệu gửi lên không phải là danh sách. Hãy tải lại trang."),
    '"${val}" has an incorrect number of elements (expected ${exp}, was ${was})': _(
        "Số phần tử không đúng: cần ${exp}, đã gửi ${was}."
    ),
    "${val} cannot be serialized: ${err}": _("Không hiển thị được giá trị “${val}”."),
    "${val} is not a string: ${err}": _("Giá trị phải là văn bản."),
    "${val} is not a string": _("Giá trị phải là văn bản."),
    '"${val}" is not a string': _("Giá trị phải là văn bản."),
    '"${val}" is not a number': _("“${val}” không phải là số."),
    '"${val}" is neither in (${false_choices}) nor in (${true_choices})': _("“${val}” không phải là có hoặc không."),
    "Invalid date": _("Ngày không hợp lệ. Ví dụ: 01/7/2014."),
    '"${val}" is not a datetime object': _("“${val}” không phải là ngày giờ."),
    '"${val}" is not a date object': _("“${val}” không phải là ngày."),
    "Invalid time": _("Giờ không hợp lệ. Ví dụ: 14:05."),
    '"${val}" is not a time object': _("“${val}” không phải là giờ."),
    '"${val}" is not a valid "${cls}"': _("“${val}” không có trong danh sách."),
    "Required": _("Bắt buộc phải có."),
    "Incomplete date": _("Ngày chưa đủ."),
    "Incomplete time": _("Giờ chưa đủ."),
    "Pstruct is not a string": _("Dữ liệu gửi lên không đúng cấu trúc. Hãy tải lại trang."),
    "Pstruct is not a dict": _("Dữ liệu gửi lên không đúng cấu trúc. Hãy tải lại trang."),
    "Pstruct is not a list": _("Dữ liệu gửi lên không đúng cấu trúc. Hãy tải lại trang."),
}

REQUIRED: dict[str, TranslationString] = {
    "type": _("Hãy nhập “${title}”."),
    "choose": _("Hãy chọn “${title}”."),
    "upload": _("Hãy chọn tệp cho “${title}”."),
}
"""How a missing answer is asked for; the key is the widget's `asks`."""


def say(message: Any, field: Any, request: "Request") -> str:
    """One error message in the language of the page.

    A message of ours is translated as it is; one of colander's or deform's is said in our words, or, where an
    English page has no translation of ours, in the library's own English.
    """
    known = _ours(message, field, request)
    if known is None:
        return request.translate(message)
    text = request.translate(known)
    untranslated = request.lang != "vi" and text == known.interpolate()
    return request.translate(message) if untranslated else text


def _ours(message: Any, field: Any, request: "Request") -> TranslationString | None:
    msgid = str(message)
    if isinstance(message, TranslationString) and message.domain not in FOREIGN:
        return None
    asks = getattr(field.widget, "asks", None)
    if msgid == "Required" and asks in REQUIRED and field.title:
        return _(REQUIRED[asks], mapping={"title": request.translate(field.title)})
    known = VIETNAMESE.get(msgid)
    if known is None:
        return None
    return _(known, mapping=getattr(message, "mapping", None) or {})
