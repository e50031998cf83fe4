"""Cách thức thực hiện: one row a channel with its limits and fees, also those that stand only in its description.

A description of the national portal reads `<fee>(<about the fee>)<about the limit and the channel>` without spaces.
"""

import re
from typing import Any

from portal.catalogue import fees, limits
from portal.catalogue.data import Channel, Data
from portal.catalogue.importing.prose import lines_of

_CHANNELS = {"trực tiếp": Channel.DIRECT, "trực tuyến": Channel.ONLINE, "dịch vụ bưu chính": Channel.POST}
_HEAD = re.compile(r"\s*(?P<fee>Miễn phí|,?[\d.,]*\s*(?:Việt Nam Đồng|VNĐ(?![\w])|VNĐ(?=\())|[\d.,]+\s*USD)")
_NOTHING = re.compile(
    r"[-–+\s(]*(?:không(?: có| quy định| thu(?: phí| lệ phí)?)?|chưa quy định|miễn (?:phí|lệ phí))[).;,\s]*", re.I
)
_NO_FEE = re.compile(r"[-–+\s(]*(?:không (?:thu|được quy định)|miễn (?:phí|lệ phí|thu))", re.IGNORECASE)
_FEE_WORDS = re.compile(
    r"phí|giá|biểu|thông tư|theo quy định|hội đồng nhân dân|ủy ban nhân dân|mức thu|quy định tại|đồng", re.IGNORECASE
)
_FIRST = re.compile(r"(?P<first>[^;\n]*?[^\d;\n])(?:\.\s|\.?\Z|;|\n)", re.DOTALL)

UNKNOWN = "Không rõ cách thức “{channel}”."
FREE_BUT = "Ghi miễn phí, nhưng phần ghi chú nói có mức thu: “{note}”."
MIXED_UP = "Số của thời hạn và của mức thu có thể dính nhau: “{limit}” và “{fee}”."
DIFFERS = "Thời hạn ghi “{limit}” nhưng mô tả ghi “{described}”."
FEE_CUT = "Mức thu trong mô tả bị mất số: “{fee}”."


def channels_of(rows: list[dict[str, Any]], doubts: dict[str, str]) -> list[Data]:
    """Rows for `channels`, several source rows of one channel merged. Doubts are keyed `channels.<channel>.limits` …"""
    merged: dict[Channel, Data] = {}
    for row in rows:
        channel = _CHANNELS.get(str(row.get("channel") or "").strip().lower())
        if channel is None:
            doubts["channels"] = UNKNOWN.format(channel=row.get("channel"))
            continue
        made, why = _channel(row)
        for part, reasons in why.items():
            if reasons:
                key = f"channels.{channel.value}.{part}"
                known = doubts[key].split("\n") if key in doubts else []
                doubts[key] = "\n".join(dict.fromkeys([*known, *reasons]))
        _merge(merged.setdefault(channel, _empty(channel)), made)
    for channel, made in merged.items():
        if len(made["limits"]) > 1 and not all(row["note"] for row in made["limits"]):
            doubts.setdefault(f"channels.{channel.value}.limits", limits.SEVERAL)
        if len({row["amount"] for row in made["fees"]}) > 1 and not all(row["note"] for row in made["fees"]):
            doubts.setdefault(f"channels.{channel.value}.fees", fees.SEVERAL)
    return list(merged.values())


def _empty(channel: Channel) -> Data:
    return {"channel": channel.value, "description": None, "limits": [], "fees": []}


def _channel(row: dict[str, Any]) -> tuple[Data, dict[str, list[str]]]:
    limit, fee = str(row.get("time_limit") or ""), str(row.get("fee") or "")
    head, note, rest = _taken_apart(str(row.get("description") or ""))
    described = _limit_in(rest)
    limit_reading = limits.examine(limit) if limit else described
    if limit and _units(described) - _units(limit_reading) and not limit_reading.doubts:
        limit_reading.doubts.append(DIFFERS.format(limit=limit, described=described.rows[0]["text"][:120]))
    fee_reading = _fees(fee, head, note)
    lost = re.fullmatch(r",?(?:000)?\s*VNĐ", head or "")
    if lost:
        fee_reading.doubts = [FEE_CUT.format(fee=f"{head}({note})" if note else head)]
        if limit.isdigit():
            limit_reading.doubts = [MIXED_UP.format(limit=limit, fee=head)]
    made = {"description": rest or None, "limits": limit_reading.rows, "fees": fee_reading.rows}
    return made, {"limits": limit_reading.doubts, "fees": fee_reading.doubts}


def _taken_apart(description: str) -> tuple[str | None, str | None, str]:
    """Fee, note of the fee, and the rest of a description."""
    text = "\n".join(lines_of(description))
    found = _HEAD.match(text)
    if found is None:
        return None, None, text
    place, note = found.end(), None
    if text[place : place + 1] == "(":
        end = _closing(text, place)
        note = text[place + 1 : end].strip() or None
        place = end + 1
    return found["fee"].strip(), note, text[place:].strip()


def _closing(text: str, start: int) -> int:
    """Where the bracket that opens at `start` closes; the end of the text when it never does."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return place
    return len(text)


def _units(reading: limits.Reading) -> set[tuple[int | None, str | None]]:
    return {(row["amount"], row["unit"]) for row in reading.rows}


def _limit_in(rest: str) -> limits.Reading:
    """A limit that a description begins with; only one that is read without doubt."""
    found = _FIRST.match(rest)
    if found is None or not re.match(r"\s*[-+*]?\s*\d", found["first"]):
        return limits.Reading()
    reading = limits.examine(found["first"])
    sure = reading.rows and not reading.doubts and all(row["unit"] for row in reading.rows)
    return reading if sure else limits.Reading()


def _fees(fee: str, head: str | None, note: str | None) -> fees.Reading:
    stated = head if head and not re.fullmatch(r",?(?:000)?\s*VNĐ", head) else None
    if stated and fee and stated != fee.partition(";")[0].strip():
        fee = f"{stated}; {fee}"
    reading = fees.examine(fee or stated)
    tidy = " ".join((note or "").split())
    if not tidy or (_NOTHING.fullmatch(tidy) and not reading.rows):
        return reading
    if not reading.rows:
        reading.rows = fees.read(tidy) if _NOTHING.fullmatch(tidy) else [_unsaid(tidy)]
        return reading
    first = reading.rows[0]
    first["note"] = first["note"] or tidy
    if all(row["amount"] == 0 for row in reading.rows) and _is_paid_after_all(tidy):
        for row in reading.rows:
            row["amount"] = None
        reading.doubts.append(FREE_BUT.format(note=tidy[:160]))
    elif fees.SEVERAL in reading.doubts and fees.mentions_payment(tidy):
        first["note"] = tidy
    return reading


def _is_paid_after_all(note: str) -> bool:
    """Whether a note beside “Miễn phí” speaks of payments."""
    if _NOTHING.fullmatch(note) or (_NO_FEE.match(note) and not fees.mentions_payment(note)):
        return False
    return fees.mentions_payment(note) or bool(_FEE_WORDS.search(note))


def _unsaid(note: str) -> Data:
    return {"kind": "khac", "amount": None, "currency": "VND", "text": None, "note": note}


def _merge(into: Data, made: Data) -> None:
    """One more source row of the channel. Where rows differ in their description, it tells their limits apart."""
    known = into["description"]
    if made["description"] and made["description"] != known:
        into["description"] = f"{known}\n{made['description']}" if known else made["description"]
    for part in ("limits", "fees"):
        into[part] += [row for row in made[part] if row not in into[part]]
