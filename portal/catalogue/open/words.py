"""Words of the records' own values in both languages, and what is written of times, payments and papers."""

from portal.catalogue import fees, limits
from portal.catalogue.data import Channel, Data, Level, Service, Unit
from portal.notices.body import plain_text

CHANNELS = {
    Channel.DIRECT: ("Trực tiếp", "In person"),
    Channel.ONLINE: ("Trực tuyến", "Online"),
    Channel.POST: ("Dịch vụ bưu chính", "By post"),
}
SERVICES = {
    Service.FULL: ("Dịch vụ công trực tuyến toàn trình", "Wholly online service"),
    Service.PARTIAL: ("Dịch vụ công trực tuyến một phần", "Partly online service"),
    Service.INFORMATION: ("Cung cấp thông tin", "Information only"),
}
LEVELS = {
    Level.MINISTRY: ("Cấp bộ", "Ministries"),
    Level.PROVINCE: ("Cấp tỉnh", "Provinces"),
    Level.COMMUNE: ("Cấp xã", "Communes"),
    Level.OTHER: ("Cơ quan khác", "Other authorities"),
}
ROLES = {
    "announcing": ("Cơ quan công bố", "Announcing authority"),
    "implementing": ("Cơ quan thực hiện", "Implementing authority"),
    "competent": ("Cơ quan có thẩm quyền quyết định", "Competent authority"),
    "delegated": ("Cơ quan được ủy quyền", "Delegated authority"),
    "coordinating": ("Cơ quan phối hợp", "Coordinating authority"),
}
CURRENCIES = {"VND": ("đồng Việt Nam", "Vietnamese dong"), "USD": ("đô la Mỹ", "US dollar")}
LANGUAGES = {"vi": ("tiếng Việt", "Vietnamese"), "en": ("tiếng Anh", "English")}
_DURATIONS = {
    Unit.WORKING_DAYS: "P{}D",
    Unit.DAYS: "P{}D",
    Unit.WORKING_HOURS: "PT{}H",
    Unit.HOURS: "PT{}H",
    Unit.MONTHS: "P{}M",
    Unit.YEARS: "P{}Y",
}
_HOURS = {
    Unit.HOURS: 1,
    Unit.WORKING_HOURS: 1,
    Unit.DAYS: 24,
    Unit.WORKING_DAYS: 24,
    Unit.MONTHS: 730,
    Unit.YEARS: 8766,
}


def duration(rows: list[Data]) -> str | None:
    """The longest of these limits as an xsd:duration; None where one of them is no number.

    Working days are counted as days, as xsd:duration knows no others; the words beside it say which they are.
    """
    if not rows or any(row["unit"] is None for row in rows):
        return None
    longest = max(rows, key=_length)
    if longest["unit"] == Unit.AT_ONCE:
        return "P1D"
    return _DURATIONS[Unit(longest["unit"])].format(longest["amount"])


def _length(row: Data) -> int:
    return 24 if row["unit"] == Unit.AT_ONCE else row["amount"] * _HOURS[Unit(row["unit"])]


def limit(row: Data, lang: str) -> str:
    """A time limit in words, with its note."""
    return _with_note(limits.words(row, lang), row["note"])


def fee(row: Data, lang: str) -> str:
    """A payment in words, with its note."""
    return _with_note(fees.words(row, lang), row["note"])


def channel(row: Data) -> str:
    """How an application is handed in, and how long that takes, in words."""
    times = "; ".join(limit(one, "vi") for one in row["limits"])
    parts = (row["description"], f"Thời hạn giải quyết: {times}" if times else None)
    return "\n".join(part for part in parts if part)


def paper(row: Data) -> str:
    """How many are needed, for which case, and what else is said of a paper."""
    counts = [f"{row[name]} {said}" for name, said in (("original", "bản chính"), ("copies", "bản sao")) if row[name]]
    parts = [", ".join(counts), f"Trường hợp: {row['case']}" if row["case"] else "", row["note"] or ""]
    parts += [] if row["required"] else ["Không bắt buộc"]
    return ". ".join(part for part in parts if part)


def steps(case: Data) -> str:
    """The steps of a case, a paragraph each."""
    lines = [
        ": ".join(part for part in (step["name"], plain_text(step["text"] or "")) if part) for step in case["steps"]
    ]
    return "\n".join(line for line in lines if line)


def description(data: Data) -> str:
    """What a procedure is, in its own summary or else in what is known of it."""
    if data["summary"]:
        return str(data["summary"])
    results = "; ".join(row["name"] for row in data["results"] if row["name"])
    parts = [data["name"], f"Cơ quan công bố: {data['authority']['name']}" if data["authority"]["name"] else ""]
    return ". ".join(part.rstrip(". ") for part in [*parts, f"Kết quả: {results}" if results else ""] if part) + "."


def _with_note(words: str, note: str | None) -> str:
    return f"{words} ({note})" if note and words and note != words else words
