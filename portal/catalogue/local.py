"""Local variants: what an agency adds to a national procedure, and nothing else, as a kind of content of its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.catalogue.behind import fingerprint, is_behind, national_edition
from portal.catalogue.data import SCHEMA, Data, clean_local
from portal.catalogue.describing import describe_local
from portal.catalogue.kind import NAME as PROCEDURE_NAME
from portal.catalogue.models import LocalService
from portal.catalogue.projecting import agency_id_of
from portal.publishing import service as publishing
from portal.publishing.kinds import Kind
from portal.publishing.models import Edition, Item, State
from portal.request import _
from portal.text import slug

NAME = "local_service"
_OWN = ("reception", "channels", "online_url", "eform", "notes")


def create(
    db: Session,
    data: Data,
    *,
    unit: Agency,
    origin: str,
    by: Person | None,
    at: datetime,
    source_id: str | None = None,
) -> Edition:
    """A new variant as a draft of `unit`, checked against the national procedure as it is now.

    `data["procedure"]`: uid of the national item; `data["agency"]`: whose variant it is, `unit` when it does not say.
    """
    given = {"agency": {"name": unit.name, "code": unit.code}} | checked(db, data)
    return publishing.create(db, kind=NAME, data=given, unit=unit, origin=origin, by=by, at=at, source_id=source_id)


def checked(db: Session, data: Data) -> Data:
    """The same data, marked as compared with the national procedure as it is now."""
    national = national_edition(db, data.get("procedure"))
    if national is None:
        return data
    return data | {"saw": fingerprint(national.data), "name": national.data["name"]}


def title(data: Data) -> str:
    """What lists on the desk call it: code, name and agency."""
    return " · ".join(part for part in (data["code"], data["name"], data["agency"]["name"]) if part)


def path(db: Session, item: Item, data: Data) -> str:
    """`/thu-tuc/1.001193/h17`: below the national procedure, by the code of the agency."""
    national = national_edition(db, data["procedure"])
    code = (national.data["code"] or slug(national.data["name"])) if national else data["code"]
    agency = data["agency"]
    return f"/thu-tuc/{code or 'khac'}/{(agency['code'] or slug(agency['name'] or '')).lower()}"


def problems(db: Session, edition: Edition) -> list[TranslationString]:
    """A variant belongs to a published procedure, says something of its own, and is the only one of its agency."""
    data = edition.data
    found: list[TranslationString] = []
    if _published(db, data) is None:
        found.append(_("Thủ tục gốc chưa được công bố."))
    national = national_edition(db, data["procedure"])
    if national is not None and is_behind(national.data, data):
        found.append(_("Thủ tục gốc đã thay đổi: hãy đối chiếu lại phần riêng trước khi công bố."))
    agency_id = agency_id_of(db, data["agency"])
    if agency_id is None:
        found.append(_("Chưa chọn cơ quan có trong danh bạ."))
    if not any(data[name] for name in _OWN) and not any(data["contact"].values()):
        found.append(_("Chưa có nội dung riêng của địa phương."))
    if data["effective_on"] and data["expires_on"] and data["expires_on"] < data["effective_on"]:
        found.append(_("Ngày hết hiệu lực đứng trước ngày có hiệu lực."))
    if agency_id is not None and _other(db, edition, agency_id) is not None:
        found.append(_("Cơ quan này đã công bố phần riêng của thủ tục. Hãy sửa bản đó thay vì công bố bản thứ hai."))
    return found


def project(db: Session, edition: Edition, *, fresh: bool = False) -> None:
    """Rewrite the typed row of an edition of a variant."""
    data = edition.data
    national = national_edition(db, data["procedure"])
    values: dict[str, Any] = {
        "item_id": edition.item_id,
        "procedure_uid": data["procedure"],
        "agency_id": agency_id_of(db, data["agency"]),
        "code": data["code"],
        "behind": national is not None and is_behind(national.data, data),
    }
    row = (None if fresh else db.get(LocalService, edition.id)) or LocalService(edition_id=edition.id)
    for name, value in values.items():
        setattr(row, name, value)
    db.add(row)
    db.flush()


def touches(data: Data) -> frozenset[str]:
    """The page of the national procedure and the agency's own list show it."""
    agency = data["agency"]["code"]
    keys = {f"procedure:{data['procedure']}"} if data["procedure"] else set()
    return frozenset(keys | {f"catalogue:agency:{agency.lower()}"} if agency else keys)


def _published(db: Session, data: Data) -> Item | None:
    """The national procedure while it is public, held until the end of the transaction: variants come one by one."""
    if data["procedure"] is None:
        return None
    query = select(Item).where(Item.uid == UUID(data["procedure"]), Item.kind == PROCEDURE_NAME)
    item = db.scalar(query.with_for_update(of=Item, key_share=True))
    return item if item is not None and item.live is not None and item.live.state is State.PUBLISHED else None


def _other(db: Session, edition: Edition, agency_id: int) -> Edition | None:
    """Another item's variant of the same procedure and agency that is public, or will be."""
    query = select(Edition).join(LocalService, LocalService.edition_id == Edition.id)
    same = (LocalService.procedure_uid == edition.data["procedure"], LocalService.agency_id == agency_id)
    public = Edition.state.in_((State.PUBLISHED, State.SCHEDULED))
    return db.scalars(query.where(*same, public, Edition.item_id != edition.item_id)).first()


LOCAL = Kind(
    name=NAME,
    label=_("Phần riêng của địa phương"),
    schema=SCHEMA,
    clean=clean_local,
    title=title,
    problems=problems,
    path=path,
    project=project,
    describe=describe_local,
    files=lambda data: [],
    edit_route="catalogue.local.edit",
    preview="catalogue.local.preview",
    touches=touches,
)
