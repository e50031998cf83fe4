"""Records as labelled plain text, in the order of reading: what two editions are compared by."""

from translationstring import TranslationString

from portal.catalogue import fees as fees_of
from portal.catalogue import limits as limits_of
from portal.catalogue.data import Data
from portal.catalogue.labels import CHANNELS, FEE_KINDS, ROLES, SERVICES
from portal.notices.body import plain_text
from portal.request import _

Described = list[tuple[TranslationString, str]]


def describe(data: Data) -> Described:
    """Every field of a procedure as plain text."""
    return [
        (_("Mã thủ tục"), data["code"] or ""),
        (_("Tên thủ tục"), data["name"]),
        (_("Tên tiếng Anh"), data["name_en"] or ""),
        (_("Tên gọi thường ngày"), "\n".join(data["also_called"])),
        (_("Tóm tắt"), data["summary"] or ""),
        (_("Tóm tắt tiếng Anh"), data["summary_en"] or ""),
        (_("Cơ quan công bố"), data["authority"]["name"] or ""),
        (_("Cấp thực hiện"), ", ".join(data["levels"])),
        (_("Lĩnh vực"), ", ".join(data["fields"])),
        (_("Đối tượng thực hiện"), ", ".join(data["audiences"])),
        (_("Sự kiện"), ", ".join(data["events"])),
        *((label, _agencies(data["agencies"][role])) for role, label in ROLES.items()),
        (_("Trình tự thực hiện"), "\n".join(_case(case) for case in data["cases"])),
        (_("Cách thức thực hiện"), _channels(data)),
        (_("Thành phần hồ sơ"), "\n".join(_document(row) for row in data["documents"])),
        (_("Số lượng hồ sơ"), _number(data["sets"])),
        (_("Kết quả thực hiện"), "\n".join(_joined(row["name"], row["code"]) for row in data["results"])),
        (_("Căn cứ pháp lý"), "\n".join(_joined(r["number"], r["title"], r["part"]) for r in data["legal_basis"])),
        (_("Yêu cầu, điều kiện"), plain_text(data["conditions"])),
        (_("Ghi chú"), plain_text(data["notes"])),
        (_("Mức độ cung cấp dịch vụ"), SERVICES[data["service"]].default or ""),
        (_("Lý do chưa toàn trình"), _joined(data["partial_reason"], data["partial_basis"])),
        (_("Mức độ cũ"), _number(data["old_level"])),
        (_("Mức chủ động"), _number(data["proactive"])),
        (_("Nơi nộp trực tuyến"), _joined(data["online_url"], data["eform"])),
        *_common(data),
        (_("Thủ tục liên quan"), _joined(data["related_note"], *data["related"])),
        (_("Ngày rà soát"), data["reviewed_on"] or ""),
        (_("Rà soát lại trước ngày"), data["review_by"] or ""),
    ]


def describe_local(data: Data) -> Described:
    """Every field of a local variant as plain text."""
    return [
        (_("Thủ tục"), _joined(data["code"], data["name"])),
        (_("Cơ quan"), data["agency"]["name"] or ""),
        (_("Cách thức thực hiện"), _channels(data)),
        (_("Nơi nộp trực tuyến"), _joined(data["online_url"], data["eform"])),
        *_common(data),
        (_("Ghi chú"), data["notes"] or ""),
    ]


def _common(data: Data) -> Described:
    contact, decision = data["contact"], data["decision"]
    return [
        (_("Nơi tiếp nhận"), "\n".join(_joined(*row.values()) for row in data["reception"])),
        (_("Liên hệ"), _joined(*contact.values())),
        (_("Quyết định công bố"), _joined(decision["number"], decision["title"], decision["issued_on"])),
        (_("Ngày có hiệu lực"), data["effective_on"] or ""),
        (_("Ngày hết hiệu lực"), data["expires_on"] or ""),
    ]


def _agencies(rows: list[Data]) -> str:
    return "\n".join(row["name"] for row in rows)


def _case(case: Data) -> str:
    steps = [_joined(step["name"], plain_text(step["text"])) for step in case["steps"]]
    return "\n".join(filter(None, [case["name"], *steps]))


def _channels(data: Data) -> str:
    return "\n".join(line for row in data["channels"] for line in _channel(row))


def _channel(row: Data) -> list[str]:
    name = CHANNELS[row["channel"]].default
    limits = [_joined(limits_of.words(limit, "vi"), limit["text"], limit["note"]) for limit in row["limits"]]
    fees = [
        _joined(FEE_KINDS[fee["kind"]].default, fees_of.words(fee, "vi"), fee["text"], fee["note"])
        for fee in row["fees"]
    ]
    return [_joined(name, row["description"]), *limits, *fees]


def _document(row: Data) -> str:
    numbers = "/".join(filter(None, (_number(row["original"]), _number(row["copies"]))))
    form = row["form"]
    file = f"{form['name']} {form['sha256']}" if form else None
    required = None if row["required"] else "(nếu có)"
    return _joined(row["case"], row["name"], numbers, row["form_name"], file, row["note"], required)


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
