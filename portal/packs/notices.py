"""Documents of a pack: a paper, and before it what a person who reads the paper would enter."""

import zlib
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from portal.agencies import queries as agencies
from portal.agencies.calendar import Calendar
from portal.agencies.models import Agency, Field
from portal.clock import VIETNAM, today
from portal.notices import data as record
from portal.notices.kind import NAME
from portal.notices.paper import from_paper
from portal.notices.reading import Resolver
from portal.packs.files import Matter, read_matter
from portal.packs.pack import Pack
from portal.packs.stage import STATES, Job, Stage, Verdict, Wanted
from portal.publishing.models import State

LIFE = ("state", "change_note", "publish_at", "withdrawn_why", "unit")
UNUSED = ("summary_en",)
"""Written for readers of another language; the record of a document has one summary."""
FIELDS = tuple(
    name for name in record.empty() if name not in ("body", "paper", "doubts", "sources", "attachments", "language")
)
_REQUIRED = ("type", "title", "issuer")


def jobs(pack: Pack, *, calendar: Calendar, resolve: Resolver) -> list[Job]:
    """What brings each document in, in order of file names. Raises `BadPack`."""
    found = []
    for path, name in pack.files(pack.notices or ""):
        matter = read_matter(path, name)
        _check(matter)
        found.append(Job(name, partial(_bring, matter=matter, calendar=calendar, resolve=resolve)))
    return found


def _bring(stage: Stage, *, matter: Matter, calendar: Calendar, resolve: Resolver) -> Verdict:
    if stage.is_known(matter.file, matter.sha256):
        return Verdict.UNCHANGED
    data = _data(stage, matter, resolve)
    return stage.bring(
        matter.file,
        matter.sha256,
        kind=NAME,
        data=data,
        unit=_unit(stage, matter, data),
        wanted=_wanted(stage, matter, calendar, data),
    )


def _data(stage: Stage, matter: Matter, resolve: Resolver) -> record.Data:
    """The paper as it is read, under what the front matter states. Unsure readings do not count."""
    read = from_paper(matter.text.strip("\n") + "\n", resolve=resolve)
    unsure = record.empty()
    sure = read | {name: unsure[name] for name in read["doubts"] if name in unsure}
    stated = {name: value for name, value in matter.values.items() if name in FIELDS}
    data = record.clean(sure | stated | {"doubts": {}})
    for name, value in stated.items():
        if _lost(value, data[name]):
            raise matter.bad(f"giá trị không dùng được: {name} = {value}", name)
    data["sources"] = {name: passage for name, passage in read["sources"].items() if _same(data, read, name)}
    for agency in (data["issuer"], *data["joint_issuers"]):
        _complete(stage, matter, agency, record.as_date(data["issued_on"]))
    known = set(stage.db.scalars(select(Field.slug).where(Field.slug.in_(data["fields"]))))
    for field in data["fields"]:
        if field not in known:
            raise matter.bad(f"lĩnh vực không có trong danh bạ: {field}", "fields")
    return data


def _same(data: record.Data, read: record.Data, name: str) -> bool:
    """Whether what was read at `title` or `recipients.0` still stands."""
    field = name.partition(".")[0]
    return bool(data[field] == read[field])


def _lost(given: Any, kept: Any) -> bool:
    """Whether something that was stated has no place in the record."""
    if isinstance(given, dict):
        return isinstance(kept, dict) and any(_lost(value, kept.get(name)) for name, value in given.items())
    if isinstance(given, list):
        return len(given) != len(kept) or any(_lost(*pair) for pair in zip(given, kept, strict=True))
    return given not in (None, "") and kept in (None, "")


def _complete(stage: Stage, matter: Matter, agency: dict[str, str | None], on: date | None) -> None:
    """Give an agency that stands without code the code of its name; a stated code must be one of the register."""
    name, code = agency["name"], agency["code"]
    if code and agencies.by_code(stage.db, code, on) is None:
        raise matter.bad(f"danh bạ không có cơ quan mang mã {code} vào ngày ban hành", "issuer")
    if name and not code:
        found = agencies.by_name(stage.db, name, on)
        agency["code"] = found.code if found else None


def _unit(stage: Stage, matter: Matter, data: record.Data) -> Agency:
    """Who looks after the document: as stated, else its issuer, else the agency whose portal this is."""
    stated = stage.unit(matter.values.get("unit"))
    if stated is None:
        raise matter.bad(f"danh bạ không có cơ quan mang mã {matter.values['unit']}", "unit")
    if "unit" in matter.values:
        return stated
    issuer, on = data["issuer"], record.as_date(data["issued_on"])
    found = agencies.by_code(stage.db, issuer["code"], on) if issuer["code"] else None
    return found or agencies.by_name(stage.db, issuer["name"] or "", on) or stage.own_unit


def _wanted(stage: Stage, matter: Matter, calendar: Calendar, data: record.Data) -> Wanted:
    values = matter.values
    issued_on = record.as_date(data["issued_on"])
    return Wanted(
        state=State(values.get("state", State.PUBLISHED)),
        change_note=values.get("change_note", ""),
        published_at=_published_at(matter.file, issued_on, calendar, stage.at) if issued_on else None,
        publish_at=_publish_at(values["publish_at"], calendar, stage.at) if "publish_at" in values else None,
        withdrawn_why=values.get("withdrawn_why", ""),
    )


def _published_at(file: str, issued_on: date, calendar: Calendar, at: datetime) -> datetime:
    """In the office hours of the working day after the issue, always the same minute for a file; never ahead of now."""
    minutes = zlib.crc32(file.encode()) % (8 * 60)
    opening = datetime.combine(calendar.add_working_days(issued_on, 1), time(8, 30), VIETNAM)
    return min(opening + timedelta(minutes=minutes), at)


def _publish_at(stated: datetime, calendar: Calendar, at: datetime) -> datetime:
    """As stated; a moment that has passed becomes the same time of the next working day: it stays something to come."""
    if stated > at:
        return stated
    local = stated.astimezone(VIETNAM)
    return datetime.combine(calendar.next_working_day(today(at)), local.time(), VIETNAM)


def _check(matter: Matter) -> None:
    values = matter.values
    for name in values:
        if name not in (*FIELDS, *LIFE, *UNUSED):
            raise matter.bad(f"khóa không rõ: {name}", name)
    for name in _REQUIRED:
        if name in values and not values[name]:
            raise matter.bad(f"{name} trống", name)
    state = values.get("state", State.PUBLISHED)
    if state not in STATES:
        raise matter.bad(f"state phải là một trong: {', '.join(STATES)}", "state")
    moment = values.get("publish_at")
    if state == State.SCHEDULED and not (isinstance(moment, datetime) and moment.tzinfo):
        raise matter.bad(
            "state = scheduled cần publish_at là thời điểm có múi giờ, ví dụ 2027-01-11T08:00:00+07:00", "state"
        )
    if state == State.WITHDRAWN and not values.get("withdrawn_why", "").strip():
        raise matter.bad("state = withdrawn cần withdrawn_why", "state")
    if not matter.text.strip():
        raise matter.bad("thiếu toàn văn sau phần mô tả")
