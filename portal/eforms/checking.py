"""Whether an answer is one that the form takes; each message says what to do. Pure: `on` is the day of checking."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from translationstring import TranslationString

from portal.eforms.definition import MOST_ROWS, TODAY
from portal.eforms.expressions.trees import written_number
from portal.eforms.kinds import Type
from portal.eforms.patterns import PATTERNS
from portal.eforms.values import as_day, as_decimal, is_citizen_id, is_email, is_phone
from portal.files import KINDS, media_type_of
from portal.forms.dates import shown
from portal.request import _

Field = Mapping[str, Any]
MEGABYTE = 1024 * 1024
DEFAULT_MEGABYTES = 20
LONGEST = {Type.TEXT: 500, Type.LONG_TEXT: 5000}
EARLIEST_YEAR, LATEST_YEAR = 1800, 2200
_VIETNAMESE = str.maketrans(",.", ".,")

ASKED = {
    "type": _("Hãy nhập “${title}”."),
    "choose": _("Hãy chọn “${title}”."),
    "upload": _("Hãy chọn tệp cho “${title}”."),
    "tick": _("Hãy đọc và đánh dấu đồng ý: “${title}”."),
    "add": _("Hãy thêm ít nhất một dòng vào “${title}”."),
}
_ASKS = {
    Type.YES_NO: "choose",
    Type.CHOICE: "choose",
    Type.CHOICES: "choose",
    Type.AGENCY: "choose",
    Type.FILES: "upload",
    Type.STATEMENT: "tick",
    Type.GROUP: "add",
}


def wrong(field: Field, value: Any, on: date) -> TranslationString | None:
    """What is wrong with a clean answer that was given; None when nothing is. Rows are checked one by one elsewhere."""
    if value is None:
        return None
    check = _CHECKS.get(Type(field["type"]))
    return check(field, value, on) if check else None


def asks_for(field: Field, label: str) -> TranslationString:
    """How a missing answer is asked for."""
    return _(ASKED[_ASKS.get(Type(field["type"]), "type")], mapping={"title": label})


def is_missing(field: Field, value: Any) -> bool:
    """Whether a required answer is not there; a statement counts only when ticked."""
    if field["type"] == Type.STATEMENT:
        return value is not True
    if field["type"] == Type.ADDRESS and value is not None:
        return not (value["province"] and value["commune"])
    return value is None or value == []


def _text(field: Field, value: Any, on: date) -> TranslationString | None:
    kind = Type(field["type"])
    fewest, most = field.get("min_length"), field.get("max_length") or LONGEST[kind]
    if len(value) > most:
        return _("Đang dài ${n} ký tự; hãy rút còn nhiều nhất ${most}.", mapping={"n": len(value), "most": most})
    if fewest and len(value) < fewest:
        return _("Đang có ${n} ký tự; cần ít nhất ${fewest}.", mapping={"n": len(value), "fewest": fewest})
    pattern = PATTERNS.get(field.get("pattern") or "")
    return pattern.wrong if pattern and not pattern.fits.fullmatch(value) else None


def _number(field: Field, value: Any, on: date) -> TranslationString | None:
    number = as_decimal(value)
    if number is None:
        return _("Hãy viết bằng chữ số, ví dụ 1250,5.")
    places = field.get("decimals", 0)
    if number != round(number, places):
        if not places:
            return _("Hãy viết số nguyên, không có phần lẻ.")
        return _("Hãy viết nhiều nhất ${n} chữ số sau dấu phẩy.", mapping={"n": places})
    lowest, highest = field.get("lowest"), field.get("highest")
    if lowest is not None and number < Decimal(lowest):
        return _("Không được nhỏ hơn ${n}.", mapping={"n": number_text(Decimal(lowest))})
    if highest is not None and number > Decimal(highest):
        return _("Không được lớn hơn ${n}.", mapping={"n": number_text(Decimal(highest))})
    return None


def number_text(number: Decimal, lang: str = "vi") -> str:
    """A number as people write it: 1.250.000,5; in English 1,250,000.5."""
    sign, plain = ("-", written_number(-number)) if number < 0 else ("", written_number(number))
    whole, _point, rest = plain.partition(".")
    text = f"{sign}{int(whole):,}" + (f".{rest}" if rest else "")
    return text if lang == "en" else text.translate(_VIETNAMESE)


def _day(field: Field, value: Any, on: date) -> TranslationString | None:
    day = as_day(value)
    if day is None or not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return _("Hãy xem lại năm của ngày này.")
    earliest, latest = (_limit(field.get(name), on) for name in ("earliest", "latest"))
    if earliest and day < earliest:
        return _("Ngày phải từ ${day} trở đi.", mapping={"day": shown(earliest.isoformat())})
    if latest and day > latest:
        return _("Ngày không được sau ${day}.", mapping={"day": shown(latest.isoformat())})
    return None


def _limit(bound: str | None, on: date) -> date | None:
    return on if bound == TODAY else as_day(bound)


def _choices(field: Field, value: Any, on: date) -> TranslationString | None:
    fewest, most = field.get("fewest"), field.get("most")
    if fewest and len(value) < fewest:
        return _("Hãy chọn ít nhất ${n} mục.", mapping={"n": fewest})
    if most and len(value) > most:
        return _("Chỉ được chọn nhiều nhất ${n} mục.", mapping={"n": most})
    return None


def _citizen_id(field: Field, value: Any, on: date) -> TranslationString | None:
    return None if is_citizen_id(value) else _("Số định danh cá nhân có đúng 12 chữ số, ví dụ 001085000123.")


def _phone(field: Field, value: Any, on: date) -> TranslationString | None:
    return None if is_phone(value) else _("Số điện thoại có 10 chữ số bắt đầu bằng 0, ví dụ 0912345678.")


def _email(field: Field, value: Any, on: date) -> TranslationString | None:
    return None if is_email(value) else _("Địa chỉ thư điện tử có dạng ten@vidu.vn.")


def _address(field: Field, value: Any, on: date) -> TranslationString | None:
    if field.get("required") and not value["province"]:
        return _("Hãy chọn tỉnh, thành phố của địa chỉ.")
    if field.get("required") and not value["commune"]:
        return _("Hãy nhập xã, phường, đặc khu của địa chỉ.")
    return None


def most_files(field: Field) -> int:
    """How many files the field takes."""
    return field.get("most") or 1


def largest_file(field: Field) -> int:
    """The most bytes of one file."""
    return (field.get("largest") or DEFAULT_MEGABYTES) * MEGABYTE


def _files(field: Field, value: Any, on: date) -> TranslationString | None:
    if len(value) > most_files(field):
        return _("Chỉ được nộp nhiều nhất ${n} tệp. Hãy gỡ bớt.", mapping={"n": most_files(field)})
    allowed = {KINDS[kind].media_type for kind in field.get("accept", ())}
    for file in value:
        if file["size"] > largest_file(field):
            megabytes = largest_file(field) // MEGABYTE
            return _("Tệp “${name}” lớn quá ${n} MB.", mapping={"name": file["name"], "n": megabytes})
        if allowed and media_type_of(file["media_type"], file["name"]) not in allowed:
            return _("Tệp “${name}” không thuộc loại tệp được nhận.", mapping={"name": file["name"]})
    return None


def _group(field: Field, value: Any, on: date) -> TranslationString | None:
    fewest, most = field.get("fewest"), field.get("most") or MOST_ROWS
    if fewest and len(value) < fewest:
        return _("Cần ít nhất ${n} dòng.", mapping={"n": fewest})
    if len(value) > most:
        return _("Chỉ được nhiều nhất ${n} dòng.", mapping={"n": most})
    return None


_CHECKS: dict[Type, Callable[[Field, Any, date], TranslationString | None]] = {
    Type.TEXT: _text,
    Type.LONG_TEXT: _text,
    Type.NUMBER: _number,
    Type.MONEY: _number,
    Type.DATE: _day,
    Type.CHOICES: _choices,
    Type.CITIZEN_ID: _citizen_id,
    Type.PHONE: _phone,
    Type.EMAIL: _email,
    Type.ADDRESS: _address,
    Type.FILES: _files,
    Type.GROUP: _group,
}
