"""From a row of the national list to the record of a procedure, with what is doubtful about it.

No word of the source is lost: a field whose words do not all stand in the record is kept as it was under `original`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from typing import Any, Protocol

from portal.catalogue.data import Channel, Data, Level, Service
from portal.catalogue.importing import page
from portal.catalogue.importing.basis import basis_of
from portal.catalogue.importing.channels import channels_of
from portal.catalogue.importing.documents import documents_of
from portal.catalogue.importing.prose import lines_of, to_html
from portal.catalogue.importing.results import results_of
from portal.catalogue.importing.steps import cases_of
from portal.catalogue.vocabularies import mapping
from portal.text import fold, nfc, parse_number, without_invisible

LONGEST_SUMMARY = 1000
_LEVELS = {"cấp bộ": Level.MINISTRY, "cấp tỉnh": Level.PROVINCE, "cấp xã": Level.COMMUNE, "cơ quan khác": Level.OTHER}
_ROLES = {
    "implementing_agency": "implementing",
    "competent_agency": "competent",
    "delegated_agency": "delegated",
    "coordinating_agency": "coordinating",
}
_DECISION = re.compile(r"\s*(?:quyết định\s*)?(?:số\s*)?[:.]?\s*(?P<number>.*?)[\s.]*", re.IGNORECASE | re.DOTALL)
_AGENCIES = re.compile(r",\s+(?=[A-ZĐÀ-ỸƠƯ])")
_FULL = re.compile(r"\btoàn trình\b", re.IGNORECASE)
_PARTIAL = re.compile(r"\bmột phần\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]{2,}")
_TAG = re.compile(r"</?(?:p|ul|ol|li|strong|em|br)\b[^<>]*>")
_STEP_NUMBER = re.compile(r"\bbước\s*\d+", re.IGNORECASE)

PARTS = {
    "name": ("name",),
    "ministry": ("authority",),
    "decision_number": ("decision",),
    "implementing_agency": ("agencies",),
    "competent_agency": ("agencies",),
    "delegated_agency": ("agencies",),
    "coordinating_agency": ("agencies",),
    "reception_address": ("reception",),
    "steps": ("cases",),
    "channels": ("channels",),
    "documents": ("documents", "sets"),
    "legal_basis": ("legal_basis",),
    "conditions": ("conditions", "also_called", "summary", "notes"),
    "result": ("results", "also_called", "summary", "notes"),
    "result_codes": ("results",),
    "related": ("related_note",),
}
"""Which parts of the record hold a field of the source."""
ALWAYS = ("applicants", "kind", "url")
"""Fields that the record can only hold in its own terms, so their words are always kept."""

NO_NUMBER = "Số quyết định công bố “{number}” không theo mẫu số, ký hiệu."
PARTIAL_WHY = "Tên thủ tục nói dịch vụ công một phần: chưa có lý do và căn cứ pháp lý."
NO_AUDIENCE = "Không nhận ra đối tượng thực hiện: {names}."


class Entry(Protocol):
    """A unit of the register."""

    @property
    def code(self) -> str | None: ...


Resolve = Callable[[str, date | None], Entry | None]


def record_of(row: Data, *, resolve: Resolve, field: str | None, on: date) -> Data:
    """The record of a row as `data.clean` takes it. `field`: slug of its field of law in the register.

    `doubts` are keyed by part: `channels.online.fees`, `legal_basis.3`, `documents`; `original` by field of the source.
    """
    doubts: dict[str, str] = {}
    given: Data = {"code": row.get("code"), "name": str(row.get("name") or "").strip(" ."), "doubts": doubts}
    given["authority"] = _agency(row.get("ministry"), resolve, on)
    given["decision"] = {"number": _decision(row.get("decision_number"), doubts)}
    given["levels"] = [_LEVELS[name] for name in _names(row.get("level")) if name in _LEVELS]
    given["fields"] = [field] if field else []
    given["agencies"] = {
        role: [_agency(name, resolve, on) for name in _AGENCIES.split(row[source])]
        for source, role in _ROLES.items()
        if row.get(source)
    }
    given["audiences"] = mapping.audiences_for(row.get("applicants"))
    if not given["audiences"]:
        doubts["audiences"] = NO_AUDIENCE.format(names="; ".join(row.get("applicants") or ()) or "(trống)")
    given["events"] = mapping.events_for(row.get("field"), given["name"], given["audiences"])
    given["cases"] = cases_of(row.get("steps") or "", doubts)
    given["channels"] = channels_of(row.get("channels") or [], doubts)
    given["documents"], given["sets"] = documents_of(row.get("documents") or [], doubts)
    given["legal_basis"] = basis_of(row.get("legal_basis") or [], doubts)
    given["reception"] = (
        [{"address": " ".join(row["reception_address"].split())}] if row.get("reception_address") else []
    )
    given["related_note"] = "; ".join(page.names_in(row.get("related"))) or None
    given |= _pages(row, given, doubts)
    given |= _level(given, doubts)
    given["original"] = _original(row, given)
    return given


def words_of(value: Any) -> Counter[str]:
    """The words of every text in a value, folded in case; numbers count, single letters (bullets) do not."""
    return Counter(_WORD.findall(without_invisible(nfc("\n".join(_texts(value)))).lower()))


def source_words(row: Data, field: str) -> Counter[str]:
    """The words of a field of the source; the numbers of steps became their order.

    Of channels each word once: their fees and limits are said again in their descriptions.
    """
    if field == "channels":
        said = [{key: text for key, text in one.items() if key != "channel"} for one in row.get(field) or ()]
        return Counter(set(words_of(said)))
    return words_of(_STEP_NUMBER.sub(" ", row.get(field) or "") if field == "steps" else row.get(field))


def _pages(row: Data, given: Data, doubts: dict[str, str]) -> Data:
    """Results and conditions, without the page around them, and what the page said beside them."""
    result, conditions = page.taken_apart(row.get("result")), page.taken_apart(row.get("conditions"))
    codes = [code for code in row.get("result_codes") or () if code]
    keywords = [words for one in (result, conditions) if (words := one.keywords)]
    described = [text for one in (result, conditions) if (text := one.description)]
    short = "\n".join(described) if sum(map(len, described)) <= LONGEST_SUMMARY else None
    return {
        "results": results_of(result.text, codes, doubts),
        "conditions": to_html(lines_of(conditions.text)),
        "also_called": [words for words in keywords if fold(words) != fold(given["name"])],
        "summary": short or None,
        "notes": "" if short else to_html(line for text in described for line in lines_of(text)),
    }


def _level(given: Data, doubts: dict[str, str]) -> Data:
    """The list has no field for the level of the online service; only a name that states one counts."""
    full, partial = bool(_FULL.search(given["name"])), bool(_PARTIAL.search(given["name"]))
    online = any(row["channel"] == Channel.ONLINE for row in given["channels"])
    if full == partial or not online:
        return {}
    if partial:
        doubts["partial_reason"] = PARTIAL_WHY
    return {"service": Service.FULL if full else Service.PARTIAL}


def _agency(name: Any, resolve: Resolve, on: date) -> Data:
    text = " ".join(str(name or "").split()).strip(" .")
    found = resolve(text, on) if text else None
    return {"name": text or None, "code": found.code if found else None}


def _decision(written: Any, doubts: dict[str, str]) -> str | None:
    found = _DECISION.fullmatch(str(written or ""))
    number = re.sub(r"[\s.]*/\s*", "/", found["number"]) if found else ""
    if number and parse_number(number) is None:
        doubts["decision"] = NO_NUMBER.format(number=written)
    return number or None


def _names(value: Any) -> list[str]:
    return [name.strip().lower() for name in str(value or "").split(",")]


def _original(row: Data, data: Data) -> dict[str, str]:
    """The fields of which a word is missing in the parts that hold them, as they were."""
    kept = {}
    held = {part: words_of(data.get(part)) for parts in PARTS.values() for part in parts}
    for field, parts in PARTS.items():
        words = source_words(row, field)
        for part in parts:
            words -= held[part]
        if words:
            kept[field] = _as_text(row[field])
    return kept | {field: _as_text(row[field]) for field in ALWAYS if row.get(field)}


def _as_text(value: Any) -> str:
    if isinstance(value, dict):
        return " | ".join(f"{key}: {_as_text(part)}" for key, part in value.items() if part not in (None, ""))
    return "\n".join(map(_as_text, value)) if isinstance(value, list) else str(value)


def _texts(value: Any) -> Iterator[str]:
    """Every text and number within a value; of HTML what it says."""
    if isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield unescape(_TAG.sub(" ", value)) if value.startswith(("<p>", "<ul>")) else value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
