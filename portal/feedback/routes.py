"""Addresses, and the row each leads to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from sqlalchemy import select

from portal.feedback.models import FeedbackWords
from portal.publishing.models import Edition, Item, State
from portal.publishing.routes import small_number

if TYPE_CHECKING:
    from portal.request import Request

DESK = "/ban-lam-viec/y-kien"


@dataclass(frozen=True)
class PublicItem:
    """A published item that a reader tells about."""

    item: Item
    title: str


@dataclass(frozen=True)
class Words:
    """Words of a reader; the rules of the unit of their page hold."""

    row: FeedbackWords
    unit_id: int


def public_item(request: "Request") -> PublicItem:
    """The item of the identity in the address while it is public; 404 for anything else."""
    try:
        uid = UUID(request.matchdict["uid"])
    except ValueError:
        raise HTTPNotFound from None
    query = select(Item, Edition.title).join(Edition, Edition.item_id == Item.id)
    row = request.db.execute(query.where(Item.uid == uid, Edition.state == State.PUBLISHED)).one_or_none()
    if row is None or not row[0].path:
        raise HTTPNotFound
    return PublicItem(row[0], row[1])


def words(request: "Request") -> Words:
    """The words of the number in the address; 404 when there are none."""
    number = small_number(request.matchdict["number"])
    row = request.db.get(FeedbackWords, number) if number is not None else None
    if row is None:
        raise HTTPNotFound
    return Words(row, row.item.unit_id)


def includeme(config: Configurator) -> None:
    config.add_route("feedback.thanks", "/y-kien/{uid}/cam-on", factory=public_item)
    config.add_route("feedback.tell", "/y-kien/{uid}", factory=public_item)
    config.add_route("feedback.desk", DESK)
    config.add_route("feedback.export", f"{DESK}/bang.csv")
    config.add_route("feedback.remove", f"{DESK}/{{number}}/xoa", factory=words)
