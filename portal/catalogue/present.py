"""A procedure as its page shows it: the answers at a glance, papers by case, local parts put in their places.

What the source says in words stays in its words, marked as Vietnamese (`Said`); numbers are written for the reader.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from translationstring import TranslationString

from portal.catalogue import fees, limits
from portal.catalogue.data import Channel, Data, Level, Service, Unit
from portal.request import Request, _

SHOWN = 3
LONGEST_NOTE = 80
"""Answers of one kind that stand at a glance; the page has all of them further down."""
SHORT_SERVICES = {
    Service.FULL: _("Nộp trực tuyến toàn trình"),
    Service.PARTIAL: _("Nộp trực tuyến một phần"),
    Service.INFORMATION: _("Chưa nộp trực tuyến được"),
}
ALSO_ONLINE = _("Có nhận hồ sơ trực tuyến")
PLACES = {
    Level.MINISTRY: _("Cơ quan cấp bộ"),
    Level.PROVINCE: _("Cơ quan cấp tỉnh"),
    Level.COMMUNE: _("Cơ quan cấp xã"),
}
_BARE = re.compile(r"[\d.,\s]+")
"""A number of nothing."""


@dataclass(frozen=True)
class Said:
    """Words for a reader and the language they are in."""

    text: str
    lang: str


@dataclass(frozen=True)
class Merged:
    """A procedure as one agency carries it out. `own`: the parts that are the agency's."""

    data: Data
    own: frozenset[str] = frozenset()
    """`channel:direct`, `channel:online`, `channel:post`, `reception`, `contact`, `online`, `decision`, `notes`."""
    agency: Any = None
    notes: str = ""
    """What the agency adds in its own words."""


def merged(national: Data, local: Data | None, agency: Any = None) -> Merged:
    """The national record with what an agency says put in: a part that it says nothing about stays national.

    A channel of the agency replaces the national one of the same kind; times or fees that it leaves out stay national.
    """
    if local is None:
        return Merged(national)
    data, own = dict(national), set[str]()
    theirs = {row["channel"]: row for row in local["channels"]}
    before = {row["channel"]: row for row in national["channels"]}
    data["channels"] = [
        _channel(before.get(channel), theirs.get(channel)) for channel in Channel if channel in before | theirs
    ]
    own |= {f"channel:{channel}" for channel in theirs}
    for name, says in (("reception", local["reception"]), ("contact", any(local["contact"].values()))):
        if says:
            data[name] = local[name]
            own.add(name)
    if local["online_url"] or local["eform"]:
        data["online_url"], data["eform"] = local["online_url"], local["eform"]
        own.add("online")
    if local["decision"]["number"]:
        data["decision"] = local["decision"]
        own.add("decision")
    if local["notes"]:
        own.add("notes")
    return Merged(data, frozenset(own), agency, local["notes"] or "")


def _channel(national: Data | None, own: Data | None) -> Data:
    if own is None or national is None:
        return own or national or {}
    return {name: own[name] or national[name] for name in ("channel", "description", "limits", "fees")}


def glance_time(request: Request, data: Data) -> list[Said]:
    """How long it takes: one limit, a range where channels or cases differ, else the words of the source."""
    rows = [row for channel in data["channels"] for row in channel["limits"]]
    told = [row for row in rows if row["unit"]]
    if told and len(told) == len(rows) and len({row["unit"] for row in told}) == 1:
        least, most = _ends(told, "amount")
        if least["amount"] == most["amount"] or most["unit"] == Unit.AT_ONCE:
            return [Said(limits.words(most, request.lang), request.lang)]
        return [_from_to(request, str(least["amount"]), limits.words(most, request.lang))]
    return _distinct(limit_words(request, row) for row in rows)


def glance_cost(request: Request, data: Data) -> list[Said]:
    """What it costs: nothing, one amount, a range, else the words of the source."""
    if fees.is_free(data):
        return [Said(request.translate(_("Miễn phí")), request.lang)]
    rows = [row for channel in data["channels"] for row in channel["fees"]]
    told = [row for row in rows if row["amount"] is not None]
    if told and len({row["currency"] for row in told}) == 1:
        least, most = _ends(told, "amount")
        if len(told) < len(rows):
            varies = _("Từ ${least}, tùy trường hợp", mapping={"least": amount_words(request, least)})
            return [Said(request.translate(varies), request.lang)]
        if least["amount"] == most["amount"]:
            same = {row["note"] for row in rows}
            return payment_words(most if len(same) == 1 else most | {"note": None}, request.lang)
        if not least["amount"]:
            some = _("Miễn phí, có trường hợp đến ${most}", mapping={"most": amount_words(request, most)})
            return [Said(request.translate(some), request.lang)]
        return [_from_to(request, amount_words(request, least), amount_words(request, most))]
    return _distinct(fee_words(request, row) for row in rows)


def limit_words(request: Request, row: Data) -> Said:
    """A time limit: written for the reader where it is a number, else as the source says it."""
    if row["unit"] is None and _BARE.fullmatch(row["text"] or ""):
        return _unclear(request, _("Nguồn ghi “${text}”, chưa rõ đơn vị thời gian", mapping={"text": row["text"]}))
    told = row["unit"] is not None
    return Said(limits.words(row, request.lang) or row["note"] or "", request.lang if told else "vi")


def fee_words(request: Request, row: Data) -> Said:
    """A payment, as `limit_words`."""
    if row["amount"] is None and _BARE.fullmatch(row["text"] or ""):
        return _unclear(request, _("Nguồn ghi “${text}”, chưa rõ số tiền", mapping={"text": row["text"]}))
    told = row["amount"] is not None
    return Said(fees.words(row, request.lang) or row["note"] or "", request.lang if told else "vi")


def payment_words(row: Data, lang: str) -> list[Said]:
    """An amount with what it is for: `8.000 đồng (mỗi bản sao)`; the source's words after it are Vietnamese."""
    amount, note = fees.words(row, lang), row["note"]
    if row["amount"] is None or not note or len(note) > LONGEST_NOTE:
        return [Said(amount, "vi" if row["amount"] is None else lang)] if amount else []
    return [Said(f"{amount} ({note})", lang)] if lang == "vi" else [Said(amount, lang), Said(note, "vi")]


def amount_words(request: Request, row: Data) -> str:
    """The amount alone: `50.000 đồng`."""
    return fees.words(row | {"note": None, "kind": "khac"}, request.lang)


def glance_place(request: Request, data: Data) -> list[Said]:
    """Where it is handed in: places of reception, else the agencies that carry it out, else their level."""
    places = [row["name"] or row["address"] for row in data["reception"] if row["name"] or row["address"]]
    agencies = [row["name"] for role in ("implementing", "competent") for row in data["agencies"][role]]
    levels = [Said(request.translate(PLACES[level]), request.lang) for level in data["levels"] if level in PLACES]
    return _distinct(Said(name, "vi") for name in places or agencies) or levels


def online_words(data: Data) -> TranslationString:
    """Whether and how far it can be done online (A5-5)."""
    service = Service(data["service"])
    return ALSO_ONLINE if service is Service.INFORMATION and takes_online(data) else SHORT_SERVICES[service]


def takes_online(data: Data) -> bool:
    """Whether applications are taken online, by its level or by its channels."""
    by_channel = any(row["channel"] == Channel.ONLINE for row in data["channels"])
    return by_channel or data["service"] != Service.INFORMATION


def papers(data: Data) -> list[tuple[str | None, list[Data]]]:
    """The papers to bring, by the case that they belong to; those of every case first."""
    by_case: dict[str | None, list[Data]] = {}
    for row in data["documents"]:
        by_case.setdefault(row["case"], []).append(row)
    return sorted(by_case.items(), key=lambda one: one[0] is not None)


def forms(data: Data) -> list[Data]:
    """The blanks that can be downloaded, each once."""
    found = {row["form"]["sha256"]: row for row in data["documents"] if row["form"]}
    return list(found.values())


def source_words(data: Data) -> list[tuple[str, str]]:
    """What is doubtful: the field and how the source has it, so that a reader can judge."""
    original: Mapping[str, str] = data["original"]
    return [(name, original[name]) for name in data["doubts"] if original.get(name)]


def _ends(rows: list[Data], name: str) -> tuple[Data, Data]:
    ordered = sorted(rows, key=lambda row: row[name] or 0)
    return ordered[0], ordered[-1]


def _unclear(request: Request, words: TranslationString) -> Said:
    return Said(request.translate(words), request.lang)


def _from_to(request: Request, least: str, most: str) -> Said:
    words = _("Từ ${least} đến ${most}", mapping={"least": least, "most": most})
    return Said(request.translate(words), request.lang)


def _distinct(words: Iterable[Said]) -> list[Said]:
    return [said for said in dict.fromkeys(words) if said.text]
