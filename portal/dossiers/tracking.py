"""Following a dossier without an account: code and secret, or nothing (A6-5, A6-6, invariant 19, E14).

An unknown code and a wrong secret do the same work and give the same answer. Wrong pairs are counted by network and by
code; keys are salted hashes, so that no address is stored.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.accounts.queries import person_by_uid
from portal.accounts.throttle import address_key
from portal.db import insert_into
from portal.dossiers import clock, codes, tracking_secret
from portal.dossiers.errors import TooManyLookups
from portal.dossiers.events import Event, Kind
from portal.dossiers.models import Applicant, Dossier, Lookup
from portal.dossiers.office import Office
from portal.dossiers.service import log
from portal.dossiers.states import Delivery, Finance, State
from portal.text import nfc

WINDOW = timedelta(hours=1)
BY_NETWORK, BY_CODE = 30, 10
"""Wrong pairs in the window: an office shares an address; a code has one owner who types."""
_NOBODY = ("0" * 32, "0" * 64)
"""What an unknown code is compared with."""
ORGANISATIONS = frozenset({"ho-kinh-doanh", "doanh-nghiep", "hop-tac-xa", "to-chuc", "to-chuc-nuoc-ngoai"})
"""Words of the vocabulary of audiences that name no single person."""
_PLACE = r"(?:(?:chi nhánh|văn phòng đại diện|địa điểm kinh doanh)(?: của)? )?"
_OWNED = re.compile(
    _PLACE + r"(?:hộ kinh doanh(?: cá thể)?|hộ gia đình|hộ cá thể|doanh nghiệp tư nhân|DNTN|HKD|tổ hợp tác|trang trại"
    r"|cơ sở(?: (?:kinh doanh|sản xuất|dịch vụ))?|cửa hàng|đại lý|quầy thuốc|nhà thuốc|phòng khám"
    r"|văn phòng luật sư)(?!\w)",
    re.IGNORECASE,
)
_LEGAL_ENTITY = re.compile(
    r"(?:(?:chi nhánh|văn phòng đại diện|địa điểm kinh doanh|liên danh)\b.*\b)?"
    r"(?:(?:tổng )?công ty|cty|tập đoàn|(?:liên hiệp )?hợp tác xã|HTX|ngân hàng|quỹ|(?:hiệp |giáo )?hội|liên hiệp"
    r"|liên đoàn|công đoàn|đoàn thanh niên|trường|đại học|học viện|viện|(?:bệnh |thư )viện|trung tâm|trạm y tế"
    r"|[uủ][ỷy] ban|UBND|ban quản lý|sở|(?:chi |tổng )?cục|bộ|nhà xuất bản|tạp chí|báo|đài|xí nghiệp|nhà máy"
    r"|bảo tàng|nhà văn hóa|nhà văn hoá|mặt trận|đảng ủy)(?!\w)",
    re.IGNORECASE,
)
PUBLIC = frozenset(Kind) - {Kind.NOTED, Kind.CORRECTED, Kind.ANONYMISED}


@dataclass(frozen=True)
class Step:
    """A step as the applicant sees it; `words`: what the agency wrote to them; `officer`: who acted (A6-5)."""

    kind: Kind
    at: datetime
    officer: str | None
    words: str | None


@dataclass(frozen=True)
class View:
    """What code and secret open: states, times, agencies, who handles it; of the applicant only a masked name."""

    dossier: Dossier
    code: str
    title: str
    state: State
    finance: Finance
    delivery: Delivery
    reception: str
    deciding: str
    handler: str | None
    applicant: str | None
    due: clock.Due
    remaining: timedelta | None
    """Working time left; negative when overdue."""
    steps: list[Step]


def look(
    db: Session, code: str, secret: str, *, network: str, office: Office, lang: str = "vi", at: datetime
) -> View | None:
    """What the pair opens; None when it opens nothing, which is counted: call it in a transaction that writes.

    `network` is the asking address. Raises `TooManyLookups` once too many pairs were wrong from there or for the code.
    """
    asked = codes.normal(code)[:200]
    keys = {"network": _key(office, "network", address_key(network)), "code": _key(office, "code", asked)}
    _admit(db, keys, at)
    known = select(Dossier.id, Dossier.secret_salt, Dossier.secret_sha256).where(Dossier.code == asked)
    found = db.execute(known).one_or_none()  # the dossier itself takes time to read, which would tell that it is there
    right = tracking_secret.matches(*(found[1:] if found else _NOBODY), secret)
    if not right or found is None:
        _count(db, keys, at)
        return None
    return view_of(db, db.get_one(Dossier, found.id), office, lang=lang, at=at)


def view_of(db: Session, dossier: Dossier, office: Office, *, lang: str = "vi", at: datetime) -> View:
    """The same for somebody whose right to see it was proved otherwise."""
    events = log.events_of(db, dossier)
    due = clock.reckon(events, office.calendar, dossier.law)
    handler = db.get(Person, dossier.handler_id) if dossier.handler_id else None
    applicant = db.get_one(Applicant, dossier.id)
    return View(
        dossier=dossier,
        code=dossier.code,
        title=dossier.title,
        state=dossier.state,
        finance=dossier.finance,
        delivery=dossier.delivery,
        reception=dossier.reception.label(lang),
        deciding=dossier.deciding.label(lang),
        handler=handler.name if handler else None,
        applicant=masked(applicant.name, applicant.audience),
        due=due,
        remaining=clock.remaining(due, at, office.calendar, dossier.law),
        steps=[_step(db, event) for event in events if event.kind in PUBLIC],
    )


def masked(name: str | None, audience: str = "cong-dan") -> str | None:
    """The last word of a person's name, the others as initials: `Nguyễn Thị Hoa` → `N. T. Hoa`.

    Of a business or organisation (`audience`) a legal entity's name is shown whole: it is nobody's personal data. A
    household business and a private enterprise have no legal personality (Civil Code 2015, Art 101; Law on Enterprises
    2020, Art 188) and often bear their owner's name: only the words that say what they are stay. Any other is masked.
    """
    words = " ".join(nfc(name or "").split())
    if audience not in ORGANISATIONS:
        return _initials(words)
    kind = _OWNED.match(words)
    if kind:
        rest = _initials(words[kind.end() :].strip())
        return f"{kind[0]} {rest}" if rest else kind[0]
    return words if _LEGAL_ENTITY.match(words) else _initials(words)


def _initials(name: str) -> str | None:
    words = name.split()
    return " ".join([*(f"{word[0]}." for word in words[:-1]), words[-1]]) if words else None


def sweep(db: Session, at: datetime) -> int:
    """Forget counts whose window is over. A periodic job."""
    old = delete(Lookup).where(Lookup.since_at < at - WINDOW)
    return int(db.execute(old.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]


def _step(db: Session, event: Event) -> Step:
    officer = person_by_uid(db, event.person) if event.person else None
    return Step(event.kind, event.at, officer.name if officer else None, event.words)


def _admit(db: Session, keys: dict[str, str], at: datetime) -> None:
    live = select(Lookup.bucket, Lookup.failures).where(
        Lookup.key_sha256.in_(keys.values()), Lookup.since_at > at - WINDOW
    )
    found = {row.bucket: row.failures for row in db.execute(live)}
    if found.get("network", 0) >= BY_NETWORK or found.get("code", 0) >= BY_CODE:
        raise TooManyLookups()


def _count(db: Session, keys: dict[str, str], at: datetime) -> None:
    """One statement a bucket, so that parallel guesses all count."""
    for bucket, key in keys.items():
        first = insert_into(db, Lookup).values(bucket=bucket, key_sha256=key, failures=1, since_at=at)
        over = Lookup.since_at <= at - WINDOW
        again = first.on_conflict_do_update(
            index_elements=[Lookup.bucket, Lookup.key_sha256],
            set_={
                "failures": case((over, 1), else_=Lookup.failures + 1),
                "since_at": case((over, at), else_=Lookup.since_at),
            },
        )
        db.execute(again)


def _key(office: Office, bucket: str, text: str) -> str:
    return office.mac(f"lookup {bucket}", text).hex()
