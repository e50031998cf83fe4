"""A small instance for the flows: two units, a person for every column of the matrix, an item in every state."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import quote

from flows import table
from makers import Makers
from sqlalchemy.orm import Session
from webtest import TestApp, TestResponse

from portal import files, mail
from portal.accounts import csrf
from portal.accounts import service as accounts
from portal.agencies.calendar import Calendar
from portal.agencies.models import Field
from portal.catalogue.data import Channel
from portal.catalogue.models import Term
from portal.dossiers import service as dossiers
from portal.dossiers.applications import Application, HandedIn, Receipt
from portal.dossiers.applications import Person as Applicant
from portal.dossiers.following import requests as following_requests
from portal.dossiers.following import seals
from portal.dossiers.following.models import DataRequest, Wish
from portal.dossiers.models import Dossier
from portal.dossiers.office import office_of
from portal.dossiers.officers import Officer
from portal.dossiers.service import drafts
from portal.dossiers.states import Outcome
from portal.eforms.starting import start_from
from portal.feedback import service as feedback
from portal.feedback.models import FeedbackWords, Rating
from portal.notices.intake import service as intake
from portal.notices.intake.models import IntakeFile
from portal.publishing import service as publishing
from portal.publishing.models import Edition
from portal.search import editing as search
from portal.settings import ROOT, Settings
from portal.site import service as site

SECRET = "Tuyệt mật"
"""Begins everything that only readers of the unit may see: titles, texts, file names, reasons."""
PERSONAL = "Riêng tư"
"""Begins everything that only those may see who handle a dossier: who applies, answers, words, notes."""
REFUSED = (401, 403)


@dataclass
class World:
    """Everything is made by the services, in the test's own transaction."""

    db: Session
    settings: Settings
    at: datetime
    home: Any = None
    elsewhere: Any = None
    people: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    pages: dict[str, Edition] = field(default_factory=dict)
    procedures: dict[str, Edition] = field(default_factory=dict)
    variant: Any = None
    guides: dict[str, Edition] = field(default_factory=dict)
    eform: Any = None
    colleague: Any = None
    batch: Any = None
    intake: Any = None
    synonym: Any = None
    best_bet: Any = None
    mail: Any = None
    reader_words: Any = None
    dossiers: dict[str, Receipt] = field(default_factory=dict)
    """`new`, `received`, `in_progress` (given to the handler), `supplement`, `payment`, `done` (with a result),
    `returned`, `refused`: each with code and secret."""
    draft_key: str = ""
    data_requests: dict[Wish, DataRequest] = field(default_factory=dict)
    seal: str = ""

    @property
    def dossier(self) -> Dossier:
        """The one in progress."""
        return self.dossiers["in_progress"].dossier

    def ask(self, app: TestApp, person: str, method: str, address: str, sent: Any = None, **more: Any) -> TestResponse:
        """One request by `person`, undone afterwards. `sent` gets the CSRF token of the person's own pages."""
        app.reset()
        headers = self.cookie(person) | dict(more.pop("headers", {}))
        address = quote(address, safe="/?&=%")
        own = self.csrf(app, person) if method == "POST" else {}
        savepoint = self.db.begin_nested()
        try:
            if method == "GET":
                return app.get(address, headers=headers, expect_errors=True, **more)
            return app.post(address, {**own, **(sent or {})}, headers=headers, expect_errors=True, **more)
        finally:
            savepoint.rollback()
            self.db.expire_all()

    def cookie(self, person: str) -> dict[str, str]:
        """The header that signs the person in."""
        token = self.tokens.get(person)
        return {"Cookie": f"portal_session={token}"} if token else {}

    def csrf(self, app: TestApp, person: str) -> dict[str, str]:
        """The token that this person's pages carry; nobody's is that of the sign-in page."""
        token = self.tokens.get(person)
        if token is None:
            return {"csrf_token": app.get("/dang-nhap").html.find("input", {"name": "csrf_token"})["value"]}
        return {"csrf_token": csrf.token_for(token, self.settings.secret)}

    def values(self, state: str) -> dict[str, str]:
        """What fills the addresses of the table."""
        edition = self.editions[state]
        data = edition.data
        return {
            "uid": str(edition.item.uid),
            "number": str(edition.number),
            "version": str(edition.version),
            "path": edition.item.path or f"/van-ban/{data['number']}-tb-mat-2026",
            "full_number": f"{data['number']}/{data['notation']}",
            "file": f"/tep/{data['attachments'][0]['sha256']}/{data['attachments'][0]['name']}",
            "unit": str(self.home.uid),
            "unit_key": self.home.key,
            "code": "1.007777",
            "form": "ttl",
            "vocabulary": "doi-song",
            "person": str(self.colleague.uid),
            "page": str(self.pages[table.DRAFT].item.uid),
            "eform": str(self.eform.item.uid),
            "guide": str(self.guides[table.DRAFT].item.uid),
            "procedure": str(self.procedures[table.DRAFT].item.uid),
            "public_procedure": str(self.procedures[table.PUBLISHED].item.uid),
            "variant": str(self.variant.item.uid),
            "batch": str(self.batch.uid),
            "intake": str(self.intake.uid),
            "synonym": str(self.synonym.id),
            "best_bet": str(self.best_bet.id),
            "mail": str(self.mail.uid),
            "reader_words": str(self.reader_words.id),
            "dossier_uid": str(self.dossier.uid),
            "dossier_code": self.dossier.code,
            "dossier_secret": self.dossiers["in_progress"].secret,
            "dossier_version": str(self.dossier.version),
            "draft_key": self.draft_key,
            "export_request": str(self.data_requests[Wish.EXPORT].uid),
            "erase_request": str(self.data_requests[Wish.ERASE].uid),
            "seal": self.seal,
            "seal_number": str(seals.of_dossier(self.db, self.dossiers["returned"].dossier)[-1].id),
            "handler": str(self.people[table.HANDLER].uid),
            **{f"{name}_uid": str(one.dossier.uid) for name, one in self.dossiers.items()},
            **{f"{name}_code": one.code for name, one in self.dossiers.items()},
            **{f"{name}_version": str(one.dossier.version) for name, one in self.dossiers.items()},
        }


def build(db: Session, settings: Settings, at: datetime) -> World:
    """The whole instance."""
    world, make = World(db, settings, at), Makers(db, at)
    keeper, above = make.agency(code="G22", name="Cơ quan giữ danh bạ"), make.agency(name="Bộ Thử nghiệm")
    world.home = make.agency(name="Cục Thử nghiệm", parent_id=above.id)
    world.elsewhere = make.agency(name="Cục Khác")
    for role in table.ROLES:
        _join(world, make, role, role, world.home)
        _join(world, make, f"{role} elsewhere", role, world.elsewhere)
    _join(world, make, table.EDITOR_ABOVE, table.EDITOR, above)
    _join(world, make, table.KEEPER, table.ADMINISTRATOR, keeper)
    world.colleague = _person(world, make, "author", table.EDITOR, world.home)
    db.add(Field(slug="thu-nghiem", name="Thử nghiệm"))
    db.add(Term(slug="thu-nghiem", vocabulary="life_event", name="Thử nghiệm", position=10, retired=False))
    site.set_sections(db, [{"slug": "thu-nghiem", "title": "Thử nghiệm", "lists": {}, "front": True}], at=at)
    for number, state in enumerate(table.STATES, 1):
        world.editions[state] = _notice(world, make, state, number)
    given = [(BytesIO(f"{SECRET} trong lô".encode()), f"{SECRET} lô.txt")]
    world.batch = intake.open_batch(db, given, unit=world.home, by=world.colleague, at=at, settings=settings)
    world.intake = db.query(IntakeFile).filter_by(batch_id=world.batch.id).one()
    for state, title in ((table.DRAFT, f"{SECRET} trang"), (table.PUBLISHED, "Giới thiệu thử")):
        world.pages[state] = _page(world, state, title)
    secret = make.procedure(world.home, by=world.colleague, name=f"{SECRET} thủ tục")
    public = make.procedure(world.home, by=world.colleague, published=True, name="Thủ tục công khai", code="1.007777")
    world.procedures = {table.DRAFT: secret, table.PUBLISHED: public}
    world.variant = make.local_service(public, world.home, by=world.colleague, notes=f"{SECRET} phần riêng")
    told = {"address": "203.0.113.7", "secret": settings.secret, "at": at}
    feedback.tell(db, public.item, Rating.SATISFIED, f"{SECRET} lời bạn đọc", **told)
    world.reader_words = db.query(FeedbackWords).one()
    for state, title in ((table.DRAFT, f"{SECRET} hướng dẫn"), (table.PUBLISHED, "Hướng dẫn thử")):
        world.guides[state] = make.guide(world.home, world.colleague, title=title, published=state == table.PUBLISHED)
    world.eform = make.eform(world.home, world.colleague, definition=start_from("ca-nhan", f"{SECRET} biểu mẫu"))
    make.eform(world.home, published=True, definition=start_from("ca-nhan", "Biểu mẫu thử"))
    world.synonym = search.add_synonyms(db, ["TTHC", "thủ tục hành chính"], by=None, at=at)
    bet = {"queries": ["giới thiệu"], "title": "Giới thiệu", "url": "/gioi-thieu-thu", "text": None}
    world.best_bet = search.add_best_bet(db, **bet, starts_on=None, ends_on=None, by=None, at=at)
    letter = {"to": "an@vidu.vn", "subject": "Thư báo", "text": f"{SECRET} thư", "key": "thu-1", "about": None}
    world.mail = mail.send(db, **letter, language="vi", at=at)
    _dossiers(world, public)
    _asked_and_sealed(world)
    return world


def _dossiers(world: World, procedure: Edition) -> None:
    """One in every state that pages tell apart, of the unit that both receives and decides, and a draft."""
    db, at = world.db, world.at
    office = office_of(world.settings, Calendar.load(ROOT / "content" / "calendar" / "vn.toml"))
    counter, handler, leader = (
        Officer(db, world.people[role]) for role in (table.RECEPTIONIST, table.HANDLER, table.APPROVER)
    )
    submitted = at - timedelta(days=4)
    applicant = Applicant(f"{PERSONAL} Trần Văn Hai", "001090000001", "0912345678", "hai@vidu.vn", f"{PERSONAL} ngõ 1")
    file = _attachment(world, f"{PERSONAL} tờ khai.txt")
    unit = {"reception": world.home, "deciding": world.home}
    states = ("new", "received", "in_progress", "supplement", "payment", "done", "returned", "refused")
    for name in states:
        application = Application(
            edition=procedure,
            applicant=applicant,
            answers={"content": f"{PERSONAL} nội dung"},
            files=(HandedIn(file["sha256"], file["name"]),),
            **unit,
        )
        receipt = dossiers.register(db, application, f"world {name}", office, by=dossiers.APPLICANT, at=submitted)
        world.dossiers[name], dossier = receipt, receipt.dossier

        def act(do: Any, by: Any, dossier: Dossier = dossier, **more: Any) -> None:
            do(db, dossier, office, seen=dossier.version, by=by, at=submitted, **more)

        if name == "refused":
            act(dossiers.refuse, counter, why=f"{PERSONAL} lý do")
        if name in ("new", "refused"):
            continue
        act(dossiers.receive, counter)
        if name == "received":
            continue
        act(dossiers.assign, leader, to=world.people[table.HANDLER])
        act(dossiers.note, handler, words=f"{PERSONAL} ghi chú")
        if name == "supplement":
            act(dossiers.ask_supplement, handler, what=f"{PERSONAL} giấy tờ")
        if name == "payment":
            act(dossiers.ask_fee, handler, amount=50000)
        if name in ("done", "returned"):
            act(dossiers.decide, leader, outcome=Outcome.GRANTED, number="1/GP", signed_on=at.date())
        if name == "returned":
            act(dossiers.announce_result, handler)
            act(dossiers.return_result, counter, channel=Channel.DIRECT)
    own = replace(office, settings=replace(world.settings, national_portal=""))
    _draft, world.draft_key = drafts.start(db, procedure, own, reception=world.home, at=at)


def _asked_and_sealed(world: World) -> None:
    """A finished dossier with a result that can be verified, whose applicant asks for a copy and for erasure."""
    db, at, dossier = world.db, world.at, world.dossiers["returned"].dossier
    office = office_of(world.settings, Calendar.load(ROOT / "content" / "calendar" / "vn.toml"))
    for wish in Wish:
        world.data_requests[wish] = following_requests.ask(db, dossier, wish, at=at)
    world.seal = seals.issue(db, office, dossier, "result", number="1/GP", sha256="0" * 64, at=at)


def _join(world: World, make: Makers, who: str, role: str, unit: Any) -> None:
    world.people[who] = _person(world, make, who, role, unit)
    world.tokens[who] = accounts.open_session(world.db, world.people[who], at=world.at, ip="127.0.0.1", agent="thử")


def _person(world: World, make: Makers, who: str, role: str, unit: Any) -> Any:
    email = f"{who.replace(' ', '-')}@vidu.gov.vn"
    person = accounts.add_person(world.db, email=email, name=f"Người thử {who}", unit=unit, by=None, at=world.at)
    accounts.grant(world.db, person, role, unit, by=None, at=world.at)
    return person


def _attachment(world: World, name: str) -> dict[str, Any]:
    kept = files.store(
        world.db,
        BytesIO(f"Nội dung của {name}\n".encode()),
        name=name,
        at=world.at,
        limits=files.Limits(),
        directory=world.settings.files_dir,
    )
    return {"sha256": kept.sha256, "name": name, "size": kept.size, "media_type": kept.media_type}


def _notice(world: World, make: Makers, state: str, number: int) -> Edition:
    db, at, author = world.db, world.at, world.colleague
    public = state in (table.PUBLISHED, table.WITHDRAWN)
    said = f"Công khai {state}" if public else f"{SECRET} {state}"
    edition = make.notice(
        world.home,
        by=author,
        number=str(700 + number),
        notation="TB-MAT",
        title=said,
        body=f"<p>Toàn văn: {said if state == table.PUBLISHED else SECRET} {state}.</p>",
        fields=["thu-nghiem"],
        attachments=[_attachment(world, f"{said}.txt")],
    )
    approver = world.people[table.APPROVER]
    seen: dict[str, Any] = {"by": approver, "at": at}
    if state in (table.IN_REVIEW, table.SCHEDULED):
        publishing.submit(db, edition, version=edition.version, by=author, at=at)
    if state == table.SCHEDULED:
        soon = at + timedelta(days=1)
        publishing.schedule(db, edition, version=edition.version, publish_at=soon, **seen)
    if state in (table.PUBLISHED, table.SUPERSEDED, table.WITHDRAWN):
        publishing.publish(db, edition, version=edition.version, **seen)
    if state == table.SUPERSEDED:
        following = publishing.working_copy(db, edition.item, by=author, at=at)
        data = following.data | {"title": "Công khai kế tiếp", "body": "<p>Bản mới.</p>", "attachments": []}
        publishing.save(db, following, data, version=following.version, by=author, at=at)
        publishing.publish(db, following, version=following.version, minor=True, **seen)
    if state == table.WITHDRAWN:
        publishing.withdraw(db, edition, version=edition.version, why="Ban hành nhầm", **seen)
    return edition


def _page(world: World, state: str, title: str) -> Edition:
    edition = publishing.create(
        world.db,
        kind="page",
        data={"title": title, "body": f"<p>{title}</p>"},
        unit=world.home,
        origin="localhost",
        by=world.colleague,
        at=world.at,
    )
    if state == table.PUBLISHED:
        publishing.publish_imported(world.db, edition, at=world.at)
    return edition
