"""Procedures of a pack, one TOML file each, and what agencies add to them; limits and fees in words."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import select

from portal.agencies import queries as agencies
from portal.agencies.models import Agency, Field
from portal.catalogue import fees, limits, local
from portal.catalogue.data import Data, clean, clean_local
from portal.catalogue.importing.prose import lines_of, to_html
from portal.catalogue.kind import EFORM, NAME
from portal.catalogue.models import Procedure, Term
from portal.clock import today
from portal.packs.errors import BadPack
from portal.packs.files import Matter, read_text, read_toml
from portal.packs.pack import Pack
from portal.packs.stage import STATES, Job, Stage, Verdict, Wanted
from portal.publishing.models import Item, State

LIFE = ("state", "change_note", "withdrawn_why", "unit")
PROSE = ("conditions", "notes")
_OWN = frozenset(clean({})) - {"original", "doubts"}
_OWN_LOCAL = frozenset(clean_local({})) - {"saw", "name"}


def jobs(pack: Pack) -> list[Job]:
    """What brings each procedure in, then each local part, in order of file names. Raises `BadPack`."""
    if pack.procedures is None:
        return []
    matters = [
        _matter(read_text(path, name), read_toml(path, name), name) for path, name in pack.files(pack.procedures)
    ]
    for matter in matters:
        _check(matter)
    matters.sort(key=_is_local)
    return [Job(matter.file, partial(_bring, matter=matter)) for matter in matters]


def _matter(source: str, values: dict[str, Any], name: str) -> Matter:
    return Matter(name, source, values, "", source.count("\n") + 2)


def _is_local(matter: Matter) -> bool:
    return "procedure" in matter.values


def _bring(stage: Stage, *, matter: Matter) -> Verdict:
    if stage.is_known(matter.file, matter.sha256):
        return Verdict.UNCHANGED
    read = _local if _is_local(matter) else _national
    kind = local.NAME if _is_local(matter) else NAME
    data, unit = read(stage, matter)
    values = matter.values
    wanted = Wanted(
        state=State(values.get("state", State.PUBLISHED)),
        change_note=values.get("change_note", ""),
        withdrawn_why=values.get("withdrawn_why", ""),
    )
    return stage.bring(matter.file, matter.sha256, kind=kind, data=data, unit=unit, wanted=wanted)


def _national(stage: Stage, matter: Matter) -> tuple[Data, Agency]:
    given = _expanded(matter)
    authority = _agency(stage, matter, "authority")
    given["authority"] = {"name": authority.name, "code": authority.code}
    for rows in given.get("agencies", {}).values():
        for row in rows:
            found = agencies.by_name(stage.db, row["name"], today(stage.at))
            row["code"] = found.code if found else None
    given |= _eform(stage, matter)
    data = _kept(matter, given, clean)
    _require(stage, matter, "fields", Field.slug, data["fields"])
    _require(stage, matter, "audiences", Term.slug, data["audiences"])
    _require(stage, matter, "events", Term.slug, data["events"])
    return data, _agency(stage, matter, "unit") if "unit" in matter.values else authority


def _local(stage: Stage, matter: Matter) -> tuple[Data, Agency]:
    given, code = _expanded(matter), matter.values["procedure"]
    agency = _agency(stage, matter, "agency")
    query = select(Item.uid).join(Procedure, Procedure.item_id == Item.id).where(Procedure.code == code)
    uid = stage.db.scalar(query.order_by(Item.id))
    if uid is None:
        raise matter.bad(f"không có thủ tục mang mã {code}", "procedure")
    given |= {"procedure": str(uid), "agency": {"name": agency.name, "code": agency.code}} | _eform(stage, matter)
    data = local.checked(stage.db, _kept(matter, given, clean_local))
    return data, _agency(stage, matter, "unit") if "unit" in matter.values else agency


def _eform(stage: Stage, matter: Matter) -> Data:
    """The interactive form of the slug at `eform`."""
    if "eform" not in matter.values:
        return {}
    path = f"/bieu-mau/{matter.values['eform']}"
    uid = stage.db.scalar(select(Item.uid).where(Item.kind == EFORM, Item.path == path))
    if uid is None:
        raise matter.bad(f"không có biểu mẫu điện tử mang tên {matter.values['eform']}", "eform")
    return {"eform": str(uid)}


def _agency(stage: Stage, matter: Matter, key: str) -> Agency:
    """The unit of the code at a key, as it is now."""
    code = str(matter.values[key])
    found = agencies.by_code(stage.db, code, today(stage.at))
    if found is None:
        raise matter.bad(f"danh bạ không có cơ quan mang mã {code}", key)
    return found


def _require(stage: Stage, matter: Matter, key: str, column: Any, slugs: list[str]) -> None:
    """Every word must be one of its list."""
    known = set(stage.db.scalars(select(column).where(column.in_(slugs))))
    for slug in slugs:
        if slug not in known:
            raise matter.bad(f"giá trị không có trong danh mục: {slug}", key)


def _expanded(matter: Matter) -> Data:
    """The record as the file means it: prose as HTML, limits and fees read, agencies and results as rows."""
    given = {name: value for name, value in matter.values.items() if name not in LIFE}
    given |= {name: to_html(lines_of(given[name])) for name in PROSE if name in given}
    given |= {"results": [_named(one) for one in given["results"]]} if "results" in given else {}
    if "agencies" in given:
        given["agencies"] = {role: [_named(one) for one in rows] for role, rows in given["agencies"].items()}
    if "cases" in given:
        given["cases"] = [_case(case) for case in given["cases"]]
    if "channels" in given:
        given["channels"] = [_channel(matter, channel) for channel in given["channels"]]
    return given


def _named(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else {"name": value}


def _case(case: Data) -> Data:
    steps = [step | {"text": to_html(lines_of(step.get("text", "")))} for step in case.get("steps", ())]
    return case | {"steps": steps}


def _channel(matter: Matter, channel: Data) -> Data:
    readings: dict[str, Callable[[str], limits.Reading | fees.Reading]] = {
        "limits": limits.examine,
        "fees": fees.examine,
    }
    rows: dict[str, list[Data]] = {}
    for key, examine in readings.items():
        rows[key] = []
        for text in channel.get(key, ()):
            reading = examine(text)
            if reading.doubts:
                raise matter.bad(" ".join(reading.doubts), key)
            rows[key] += reading.rows
    return channel | rows


def _kept(matter: Matter, given: Data, cleaning: Callable[[Data], Data]) -> Data:
    """The cleaned record. Raises `BadPack` for a value that has no place in it."""
    data = cleaning(given)
    for name, value in given.items():
        if _lost(value, data[name]):
            raise matter.bad(f"giá trị không dùng được: {name} = {value}", name)
    return data


def _lost(given: Any, kept: Any) -> bool:
    if isinstance(given, dict):
        return not isinstance(kept, dict) or any(_lost(value, kept.get(name)) for name, value in given.items())
    if isinstance(given, list):
        return not isinstance(kept, list) or len(given) != len(kept)
    return given not in (None, "") and kept in (None, "")


def _check(matter: Matter) -> None:
    values = matter.values
    known, needed = (_OWN_LOCAL, ("procedure", "agency")) if _is_local(matter) else (_OWN, ("name", "authority"))
    for name in values:
        if name not in known and name not in LIFE:
            raise matter.bad(f"khóa không rõ: {name}", name)
    for name in needed:
        if not values.get(name):
            raise BadPack(matter.file, f"thiếu {name}")
    state = values.get("state", State.PUBLISHED)
    if state not in STATES or state == State.SCHEDULED:
        raise matter.bad(f"state không dùng được: {state}", "state")
    if state == State.WITHDRAWN and not values.get("withdrawn_why", "").strip():
        raise matter.bad("state = withdrawn cần withdrawn_why", "state")
