"""Dossiers of a pack: one TOML file a procedure, each dossier a life in a few words, told from the day of loading.

    procedure = "1.001193"    agency = "H17"    handler = "dinhkhoa@vidu.gov.vn"
    [answers]                                     # to its form; {name}, {day-30} … stand for what is invented
    ho_ten = "{name}"
    [[dossiers]]
    begun = 12                                    # working days before the load
    life = ["receive +1h", "assign +2h", "ask_supplement +1d: Ảnh chụp bị mờ.", "give_supplement +2d"]

A step is an act of `portal.dossiers.service`, how much working time after the one before (`+3h`, `+2d`), what it needs
(`decide +1d granted`, `ask_fee +1h 16000`) and the words for the applicant. Who acts is who may: the people of the
pack by their roles in the agency. The same pack gives the same people, whenever it is loaded.
"""

import hashlib
import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from portal import clock
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.catalogue import queries as catalogue
from portal.catalogue.data import Channel
from portal.catalogue.models import Procedure
from portal.clock import in_vietnam
from portal.dossiers import forms, service, worktime
from portal.dossiers.applications import Application, Receipt
from portal.dossiers.applying.offers import offer_for
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.officers import Officer
from portal.packs.errors import BadPack
from portal.packs.files import digest, read_text, read_toml
from portal.packs.inventing import Inventing, filled
from portal.packs.lives import Step, acted, step_of
from portal.packs.pack import Pack
from portal.packs.stage import Job, Stage, Verdict
from portal.rules import HANDLER, RECEPTIONIST

_KEYS = frozenset({"procedure", "agency", "handler", "answers", "dossiers"})
_ROW_KEYS = frozenset({"begun", "life", "channel", "show", "answers", "language"})
_DAY = (time(8, 10), time(14, 50))
"""Between these hours people submit."""


def jobs(pack: Pack, office: Office, receipts: list[Receipt]) -> list[Job]:
    """What brings the dossiers of each file in; the receipts of those marked `show` are added. Raises `BadPack`."""
    made = []
    for path, name in pack.files(pack.dossiers) if pack.dossiers else ():
        values = read_toml(path, name)
        _check(values, name)
        task = _File(pack, name, digest(read_text(path, name)), values, office, receipts)
        made.append(Job(name, partial(_bring, task=task)))
    return made


@dataclass(frozen=True)
class _File:
    pack: Pack
    name: str
    sha256: str
    values: dict[str, Any]
    office: Office
    receipts: list[Receipt]

    def bad(self, reason: str, number: int | None = None) -> BadPack:
        return BadPack(self.name, reason if number is None else f"hồ sơ thứ {number}: {reason}")


def _bring(stage: Stage, *, task: _File) -> Verdict:
    """Every dossier of the file once; one that is there is left as people have handled it since."""
    known = stage.is_known(task.name, task.sha256)
    procedure, agency = _procedure(stage, task), _agency(stage, task)
    inventing = Inventing(stage, task.pack, f"{task.pack.name}:{task.name}", task.office)
    added = 0
    for number, row in enumerate(task.values["dossiers"], 1):
        there = _there(stage, task, number)
        if there is None and not known:
            there = _make(stage, task, number, row, procedure, agency, inventing)
            added += 1
        if there is not None and row.get("show"):
            task.receipts.append(service.receipt_of(there, task.office))
    if known:
        return Verdict.UNCHANGED
    verdict = Verdict.UPDATED if stage.known(task.name) else Verdict.ADDED
    stage.remember(task.name, task.sha256)
    return verdict if added else Verdict.UNCHANGED


def _make(
    stage: Stage, task: _File, number: int, row: dict[str, Any], procedure: Procedure, agency: Agency, made: Inventing
) -> Dossier:
    """The dossier of a row, through all of its life; fees and time limit are those of the agency."""
    office = task.office
    chance = made.chance(number)
    begun = _begun(stage.at, row["begun"], chance, office)
    given = filled(task.values["answers"] | row.get("answers", {}), made.person(chance), begun, made.file)
    form = forms.pin(stage.db, procedure.edition, at=stage.at)
    definition = forms.definition_of(stage.db, form)
    wrong = forms.errors(definition, given, on=in_vietnam(begun).date(), lang="vi")
    if wrong:
        told = "; ".join(f"{one.path}: {one.message.interpolate()}" for rows in wrong.values() for one in rows)
        raise task.bad(told, number)
    answers = forms.settled(definition, given)
    channel = Channel(row.get("channel", Channel.ONLINE))
    who = forms.applicant(definition, answers, row.get("language", "vi"))
    application = Application(
        edition=procedure.edition, reception=agency, deciding=agency, channel=channel, applicant=who, form=form,
        answers=answers, files=forms.files_in(definition, answers), record=offer_for(stage.db, procedure, agency).data,
    )  # fmt: skip
    desk = _officer(stage, RECEPTIONIST, agency)
    by = service.APPLICANT if channel is Channel.ONLINE else service.by_officer(_present(task, desk, number))
    dossier = service.register(stage.db, application, _key(task, number), office, by=by, at=begun).dossier
    _live(stage, task, number, row, dossier, begun, made)
    return dossier


def _live(
    stage: Stage, task: _File, number: int, row: dict[str, Any], dossier: Dossier, begun: datetime, made: Inventing
) -> None:
    at = begun
    for text in row["life"]:
        step = _step(task, text, number)
        at = min(_after(at, step, task.office), stage.at)
        agency = agencies.by_code(stage.db, task.values["agency"], clock.today(stage.at)) or dossier.deciding
        role = step.role(dossier)
        by = _officer(stage, role, agency, first=task.values.get("handler")) if role else None
        if role and by is None:
            raise task.bad(f"trong gói không có người giữ vai trò {role} ở {agency.name}", number)
        acted(stage.db, dossier, task.office, step, by=by, handler=_handler(stage, task, agency), file=made.file, at=at)


def _step(task: _File, text: str, number: int) -> Step:
    step = step_of(text)
    if step is None:
        raise task.bad(f"không hiểu bước “{text}”", number)
    return step


def _procedure(stage: Stage, task: _File) -> Procedure:
    code = str(task.values["procedure"])
    found = catalogue.by_code(stage.db, code)
    if found is None:
        raise task.bad(f"không có thủ tục mang mã {code}")
    return found


def _agency(stage: Stage, task: _File) -> Agency:
    code = str(task.values["agency"])
    found = agencies.by_code(stage.db, code, clock.today(stage.at))
    if found is None:
        raise task.bad(f"danh bạ không có cơ quan mang mã {code}")
    return found


def _officer(stage: Stage, role: str, unit: Agency, first: str | None = None) -> Officer | None:
    person = stage.cast.holder(role, unit, first=first)
    return Officer(stage.db, person) if person else None


def _handler(stage: Stage, task: _File, unit: Agency) -> Officer | None:
    return _officer(stage, HANDLER, unit, first=task.values.get("handler"))


def _present(task: _File, officer: Officer | None, number: int) -> Officer:
    if officer is None:
        raise task.bad(f"trong gói không có người giữ vai trò {RECEPTIONIST} cho hồ sơ nộp tại quầy", number)
    return officer


def _key(task: _File, number: int) -> str:
    return f"pack {task.pack.name} {task.name} {number}"


def _there(stage: Stage, task: _File, number: int) -> Dossier | None:
    """The dossier that an earlier load made of the row."""
    once = hashlib.sha256(_key(task, number).encode()).hexdigest()
    return stage.db.scalars(select(Dossier).where(Dossier.submission_key == once)).one_or_none()


def _begun(at: datetime, days: int, chance: random.Random, office: Office) -> datetime:
    """A moment of the day that lies so many working days before."""
    day = office.calendar.add_working_days(clock.today(at), -days)
    first, last = (moment.hour * 60 + moment.minute for moment in _DAY)
    minute = chance.randint(first, last)
    return min(worktime.moment(day, time(minute // 60, minute % 60)), at)


def _after(at: datetime, step: Step, office: Office) -> datetime:
    """`step` after `at`, in working time."""
    calendar, profile = office.calendar, office.profile
    if step.unit == "h":
        return worktime.add(at, timedelta(hours=step.wait), calendar, profile)
    local = in_vietnam(at)
    day = calendar.add_working_days(local.date(), step.wait) if step.wait else local.date()
    return worktime.moment(day, local.time().replace(second=0, microsecond=0, tzinfo=None))


def _check(values: dict[str, Any], file: str) -> None:
    for key in sorted(values.keys() - _KEYS):
        raise BadPack(file, f"khóa không rõ: {key}")
    for key in ("procedure", "agency", "answers", "dossiers"):
        if not values.get(key):
            raise BadPack(file, f"thiếu {key}")
    for number, row in enumerate(values["dossiers"], 1):
        for key in sorted(row.keys() - _ROW_KEYS):
            raise BadPack(file, f"hồ sơ thứ {number}: khóa không rõ: {key}")
        if not isinstance(row.get("begun"), int) or row["begun"] < 1 or not isinstance(row.get("life"), list):
            raise BadPack(file, f"hồ sơ thứ {number}: cần begun (số ngày làm việc, từ 1) và life")
