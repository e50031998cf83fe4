"""Whether the national procedure has changed under a local variant since somebody last compared the two.

A variant remembers a fingerprint of every national part that an agency may replace; only those that it does replace
count. Asked when a variant is saved and when a new edition of the national procedure is published.
"""

import hashlib
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.data import Channel, Data
from portal.catalogue.models import LocalService
from portal.publishing.models import LIVE, WORKING, Edition, Item, State

_LENGTH = 16


def fingerprint(national: Data) -> str:
    """`direct.fees:77ab… reception:1f0c…` of a national record: one word for each part that may be replaced."""
    return " ".join(f"{name}:{_digest(part)}" for name, part in sorted(_parts(national).items()))


def is_behind(national: Data, local: Data) -> bool:
    """Whether a part that the variant replaces says something else than when the variant was last checked."""
    saw, now = _words(local["saw"] or ""), _words(fingerprint(national))
    return any(saw.get(name) != now.get(name) for name in _replaced(local))


def kept_apart(before: Data, seen: str | None) -> str:
    """What a variant has seen after a save that says nothing of comparing: `seen` now, but the parts that it replaced
    before as they were when somebody last compared them."""
    old, words = _words(before["saw"] or ""), _words(seen or "")
    words |= {name: old.get(name, "-") for name in _replaced(before)}
    return " ".join(f"{name}:{digest}" for name, digest in sorted(words.items()))


def national_edition(db: Session, uid: str | None) -> Edition | None:
    """The published edition of the procedure, else the one being written; None when there is none."""
    if uid is None:
        return None
    query = select(Edition).join(Item, Item.id == Edition.item_id).where(Item.uid == UUID(uid))
    found = db.scalars(query.where(Edition.state.in_((State.PUBLISHED, *WORKING)))).all()
    return min(found, key=lambda edition: edition.state is not State.PUBLISHED, default=None)


def went_live(db: Session, edition: Edition, at: datetime) -> None:
    """A national procedure has a new public edition: mark the variants that it leaves behind."""
    query = select(LocalService).join(Edition, Edition.id == LocalService.edition_id)
    query = query.where(LocalService.procedure_uid == str(edition.item.uid), Edition.state.in_((*WORKING, *LIVE)))
    for row in db.scalars(query):
        row.behind = is_behind(edition.data, row.edition.data)


def _parts(data: Data) -> dict[str, object]:
    """By name: every part that an agency may replace. Times and payments of a channel are parts of their own."""
    channels = {row["channel"]: row for row in data["channels"]}
    parts: dict[str, object] = {}
    for channel in Channel:
        row = channels.get(channel) or {}
        parts |= {f"{channel}.{name}": row.get(name) or None for name in ("description", "limits", "fees")}
    online = [data["online_url"], data["eform"]]
    return parts | {"reception": data["reception"], "contact": list(data["contact"].values()), "online": online}


def _replaced(local: Data) -> list[str]:
    return [name for name, part in _parts(local).items() if (any(part) if isinstance(part, list) else part)]


def _digest(part: object) -> str:
    return hashlib.sha256(orjson.dumps(part, option=orjson.OPT_SORT_KEYS)).hexdigest()[:_LENGTH]


def _words(text: str) -> dict[str, str]:
    return {name: digest for name, _colon, digest in (word.partition(":") for word in text.split())}
