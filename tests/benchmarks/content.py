"""Content to measure with: some real documents by the services, and very many by bulk SQL."""

from datetime import date, datetime, timedelta
from typing import Any

from makers import Makers
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.notices.data import empty
from portal.notices.models import Notice, NoticeField
from portal.publishing.models import Edition, EditionWriter, Item, ReservedPath, State
from portal.text import fold, number_key

PARAGRAPHS = 40
BATCH = 5_000
STATES = (State.PUBLISHED,) * 8 + (State.DRAFT, State.IN_REVIEW)
"""Eight in ten documents are public."""


def a_typical_instance(db: Session, at: datetime) -> str:
    """Two hundred published documents of usual length; returns the address of one."""
    make = Makers(db, at)
    units = [make.agency(name=f"Cơ quan số {n}") for n in range(10)]
    sentence = (
        "Giao các bộ, ngành, địa phương phối hợp thực hiện nhiệm vụ theo chức năng được phân công, báo cáo kết quả."
    )
    body = "".join(f"<p>{n}. {sentence}</p>" for n in range(1, PARAGRAPHS + 1))
    for n in range(200):
        edition = make.notice(
            units[n % len(units)],
            published=True,
            number=str(n + 1),
            place="Hà Nội",
            title=f"Về việc thực hiện nhiệm vụ được giao số {n}",
            body=body,
            signer={"name": "Nguyễn Văn Mẫu", "position": "Bộ trưởng"},
            recipients=[{"name": f"Đơn vị {m}", "purpose": None} for m in range(10)],
        )
    assert edition.item.path
    return str(edition.item.path)


def very_many(db: Session, at: datetime, *, count: int, units: int) -> list[Agency]:
    """`count` notices over so many units, in bulk; each unit has `count / units` of them."""
    make = Makers(db, at)
    agencies = [make.agency(name=f"Đơn vị số {n}") for n in range(units)]
    author = make.person(editor=agencies[0])
    data = empty() | {"type": "thong-bao", "body": "<p>Nội dung.</p>"}
    for start in range(0, count, BATCH):
        _batch(db, at, range(start, min(start + BATCH, count)), agencies, author, data)
    db.flush()
    return agencies


def _batch(db: Session, at: datetime, numbers: range, agencies: list[Agency], author: Any, data: Any) -> None:
    items = [
        {
            "kind": "notice",
            "origin": "localhost",
            "source_id": f"bench-{n}",
            "unit_id": agencies[n % len(agencies)].id,
            "path": f"/van-ban/bench-{n}",
            "created_at": at,
        }
        for n in numbers
    ]
    db.execute(insert(Item), items)
    ids = dict(
        db.execute(select(Item.source_id, Item.id).where(Item.source_id.in_([i["source_id"] for i in items]))).all()
    )  # type: ignore[arg-type]
    db.execute(
        insert(ReservedPath), [{"path": i["path"], "item_id": ids[i["source_id"]], "reserved_at": at} for i in items]
    )
    db.execute(insert(Edition), [_edition(n, ids[f"bench-{n}"], at, author.id, data) for n in numbers])
    found = select(Edition.id, Edition.item_id).where(Edition.item_id.in_(list(ids.values())))
    editions = {item_id: id_ for id_, item_id in db.execute(found)}
    db.execute(insert(Notice), [_notice(n, ids[f"bench-{n}"], editions, agencies) for n in numbers])
    db.execute(
        insert(NoticeField),
        [{"edition_id": editions[ids[f"bench-{n}"]], "field": f"linh-vuc-{n % 40}"} for n in numbers],
    )
    db.execute(
        insert(EditionWriter),
        [{"edition_id": editions[ids[f"bench-{n}"]], "person_id": author.id} for n in numbers],
    )


def _edition(n: int, item_id: int, at: datetime, author_id: int, data: Any) -> dict[str, Any]:
    state = STATES[n % len(STATES)]
    moment = at - timedelta(minutes=n)
    title = f"Về việc thực hiện nhiệm vụ số {n}"
    return {
        "item_id": item_id,
        "number": 1,
        "state": state,
        "version": 1,
        "title": f"{n}/TB-THU · {title}",
        "created_by": author_id,
        "created_at": moment,
        "updated_at": moment,
        "submitted_at": moment if state is State.IN_REVIEW else None,
        "published_at": moment if state is State.PUBLISHED else None,
        "data_schema": 1,
        "data": data | {"title": title, "number": str(n), "notation": "TB-THU"},
    }


def _notice(n: int, item_id: int, editions: dict[int, int], agencies: list[Agency]) -> dict[str, Any]:
    issued, title = date(2005, 1, 1) + timedelta(days=n % 7_600), f"Về việc thực hiện nhiệm vụ số {n}"
    unit = agencies[n % len(agencies)]
    return {
        "edition_id": editions[item_id],
        "item_id": item_id,
        "type": ("thong-bao", "quyet-dinh", "cong-van", "nghi-dinh")[n % 4],
        "number": str(n),
        "notation": "TB-THU",
        "full_number": f"{n}/TB-THU",
        "number_key": number_key(f"{n}/TB-THU"),
        "issuer_id": unit.id,
        "issuer_name": unit.name,
        "issued_on": issued,
        "year": issued.year,
        "title": title,
        "title_folded": fold(title),
        "doubts": 1 if n % 10 == 8 else 0,
    }
