"""Loading a pack: register, people, pages, sections, documents; each part commits as it goes, so a load can go on."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import orjson
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.calendar import Calendar
from portal.agencies.register import Register
from portal.agencies.service import load_register
from portal.catalogue.vocabularies.files import terms_in
from portal.catalogue.vocabularies.service import bring_terms
from portal.clock import today
from portal.db import Sessions
from portal.dossiers.applications import Receipt
from portal.dossiers.office import Office
from portal.errors import PortalError
from portal.packs import dossiers, eforms, guides, notices, pages, people, procedures, sections, synonyms
from portal.packs.errors import BadPack, OwnAgencyUnknown
from portal.packs.files import digest
from portal.packs.pack import DESCRIPTION, Pack
from portal.packs.stage import Job, NobodyFits, Stage, Verdict
from portal.publishing.errors import Incomplete
from portal.publishing.models import Item
from portal.search.editing import bring_synonyms
from portal.search.files import groups_in
from portal.settings import Settings

BATCH = 10


@dataclass(frozen=True)
class Progress:
    """Where a load stands: `done` of `total` files of the part; `file` was the last one."""

    part: str
    done: int
    total: int
    file: str


@dataclass
class Loaded:
    """What a load did. `kept`: files that bring news of what people have changed since; theirs stayed."""

    accounts: list[people.Account] = field(default_factory=list)
    counts: dict[str, Counter[Verdict]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    """Of a few dossiers of the pack: code and secret to follow them with."""

    @property
    def changed(self) -> int:
        """How many files were added or updated."""
        return sum(count[Verdict.ADDED] + count[Verdict.UPDATED] for count in self.counts.values())


Tell = Callable[[Progress], None]


def load(
    sessions: Sessions,
    pack: Pack,
    *,
    settings: Settings,
    at: datetime,
    progress: Tell = lambda _: None,
    loaded: Loaded | None = None,
) -> Loaded:
    """Bring the pack in. What was loaded before and has not changed is not written again.

    Commits after the register, the people, and every few files; a load that was stopped goes on when it is called
    again. `loaded` is filled as it goes, so that a caller has the new passwords even when a later file is refused.
    Raises `BadPack`, which names file and line, and what the register raises.
    """
    return _Load(sessions, pack, settings, at, progress, loaded or Loaded()).run()


def has_other_content(db: Session, pack: Pack) -> bool:
    """Whether there is anything here, published or not, that this pack did not bring."""
    foreign = Item.source_id.is_(None) | ~Item.source_id.startswith(f"{pack.name}:", autoescape=True)
    return bool(db.scalar(select(exists().where(foreign))))


@dataclass
class _Load:
    sessions: Sessions
    pack: Pack
    settings: Settings
    at: datetime
    progress: Tell
    loaded: Loaded

    def run(self) -> Loaded:
        content = self.settings.content_dir
        register = Register.load(content / "register")
        calendar = Calendar.load(content / "calendar" / "vn.toml")
        with self.sessions.begin() as db:
            load_register(db, register, self.at)
            bring_synonyms(db, groups_in(content), source="content", at=self.at)
            bring_terms(db, terms_in(content), at=self.at)
        for part in self.pack.order:
            if part == "people":
                self._people()
            elif part == "pages":
                self._jobs(part, pages.jobs(self.pack))
            elif part == "sections":
                self._jobs(part, sections.jobs(self.pack))
            elif part == "synonyms":
                self._jobs(part, synonyms.jobs(self.pack))
            elif part == "eforms":
                self._jobs(part, eforms.jobs(self.pack))
            elif part == "procedures":
                self._jobs(part, procedures.jobs(self.pack))
            elif part == "guides":
                self._jobs(part, guides.jobs(self.pack))
            elif part == "dossiers":
                office = Office(self.settings, calendar)
                self._jobs(part, dossiers.jobs(self.pack, office, self.loaded.receipts))
            else:
                self._jobs(part, notices.jobs(self.pack, calendar=calendar, resolve=register.resolve))
        return self.loaded

    def _people(self) -> None:
        sha256 = digest(orjson.dumps(self.pack.people, option=orjson.OPT_SORT_KEYS).decode())
        with self.sessions.begin() as db:
            stage = self._stage(db)
            if stage.is_known(DESCRIPTION, sha256):
                accounts = people.accounts_of(db, self.pack)
            else:
                accounts = people.load_people(db, self.pack, at=self.at)
                stage.remember(DESCRIPTION, sha256)
        self.loaded.accounts[:] = accounts
        done = [(a.email, Verdict.ADDED if a.password else Verdict.UNCHANGED) for a in accounts]
        self._told("people", done, 1, len(done))

    def _jobs(self, part: str, jobs: list[Job]) -> None:
        for place in range(0, len(jobs), BATCH):
            with self.sessions.begin() as db:
                stage = self._stage(db)
                done = [(job.file, _run(job, stage)) for job in jobs[place : place + BATCH]]
            self._told(part, done, place + 1, len(jobs))

    def _told(self, part: str, done: list[tuple[str, Verdict]], first: int, total: int) -> None:
        for number, (file, verdict) in enumerate(done, first):
            self.loaded.counts.setdefault(part, Counter())[verdict] += 1
            if verdict is Verdict.KEPT:
                self.loaded.kept.append(file)
            self.progress(Progress(part, number, total, file))

    def _stage(self, db: Session) -> Stage:
        code, day = self.settings.agency_code, today(self.at)
        own = agencies.by_code(db, code, day) or agencies.by_code(db, code)
        if own is None:
            raise OwnAgencyUnknown(code)
        return Stage(db, self.pack.name, self.settings.origin, self.at, own, people.Cast(db, self.pack))


def _run(job: Job, stage: Stage) -> Verdict:
    """One file; whatever is refused names it."""
    try:
        return job.run(stage)
    except BadPack:
        raise
    except NobodyFits as missing:
        reason = f"trong gói không có người giữ vai trò {missing.role} ở {missing.unit.name} cho trạng thái này"
        raise BadPack(job.file, reason) from None
    except PortalError as refused:
        problems = refused.problems if isinstance(refused, Incomplete) else []
        raise BadPack(job.file, " ".join(text.interpolate() for text in (refused.message, *problems))) from refused
