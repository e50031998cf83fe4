"""The catalogue at its full size: bringing the national list in, and its pages with the parts of every province.

Prints figures, each beside a floor measured in the same run. `PORTAL_PROCEDURES` and `PORTAL_VARIANTS` say how many
(1416 and 34); `PORTAL_PROCEDURES_FILE` brings a real list in instead of an invented one; `PORTAL_SEARCH_ENGINE`.
"""

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from benchmarks.table import show
from benchmarks.test_search_http import answer, instance, row, run, serving, timed
from makers import Makers
from sqlalchemy import Engine, Text, column, insert, select, table
from sqlalchemy.orm import Session

from portal.agencies.models import Agency, Field
from portal.catalogue.data import clean_local
from portal.catalogue.importing import Import, Verdict, procedures_in
from portal.catalogue.local import NAME as LOCAL_NAME
from portal.catalogue.models import LocalService, Procedure, Term
from portal.db import engine_for, maker_for, new_uid
from portal.publishing.models import Edition, Item, ReservedPath, State

PROCEDURES = int(os.environ.get("PORTAL_PROCEDURES", "1416"))
VARIANTS = int(os.environ.get("PORTAL_VARIANTS", "34"))
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FIELDS, MINISTRIES, ASKED, BATCH = 40, 20, 60, 5_000
WORDS = ("cấp giấy phép", "đăng ký", "cấp lại chứng chỉ", "gia hạn", "công nhận", "chấp thuận", "thẩm định hồ sơ")
THINGS = ("khai sinh", "xây dựng nhà ở", "hành nghề khám bệnh", "khai thác nước", "kinh doanh vận tải", "dạy nghề")


def test_the_whole_catalogue(tmp_path: Path, config: object) -> None:  # `config`: the kinds of content are known
    ini = instance(tmp_path)
    run(ini, "migrate")
    engine = engine_for(f"sqlite:///{tmp_path}/bench.sqlite")
    provinces = register(engine)
    source = Path(os.environ.get("PORTAL_PROCEDURES_FILE") or written(tmp_path / "rows.jsonl"))
    brought, first, again = imported(engine, source)
    bare = floor_of_writing(tmp_path, source)
    show(
        f"Bringing {brought:,} procedures in",
        ("", "a second", "of the floor"),
        [
            ("read each row and write its text, nothing else", f"{bare:,.0f}", "1.00"),
            ("imported and published", f"{first:,.0f}", f"{first / bare:.3f}"),
            ("imported again, nothing changed", f"{again:,.0f}", f"{again / bare:.3f}"),
        ],
    )
    local = variants(engine, provinces)
    started = time.perf_counter()
    run(ini, "search", "rebuild")
    rows: list[Any] = [("index built", f"{time.perf_counter() - started:.1f} s", "", "", "", "")]
    with serving(ini, 1) as (port, _pid):
        floor = timed(port, ["/robots.txt"] * ASKED, connections=1)
        rows.append(row("empty page", floor, floor))
        for name, path in pages(engine, provinces).items():
            assert status_of(port, path) == 200, path
            rows.append(row(name, timed(port, [path] * ASKED, connections=1), floor))
    engine.dispose()
    columns = ("made anew for each request", "p50", "p95", "p99", "of the floor's p50", "a second")
    show(f"{brought:,} procedures, {local:,} local variants, one process", columns, rows)


def pages(engine: Engine, provinces: list[Agency]) -> dict[str, str]:
    """What is asked: name → address."""
    with Session(engine) as db:
        query = select(Procedure.code).join(Edition, Edition.id == Procedure.edition_id)
        code = db.scalars(query.where(Edition.state == State.PUBLISHED).order_by(Procedure.code).limit(1)).one()
        field = db.scalars(select(Field.slug).order_by(Field.slug).limit(1)).one()
    province = provinces[0]
    everything = "/dich-vu-cong/danh-sach"
    return {
        "front of the catalogue": "/dich-vu-cong",
        "every service": everything,
        "every service, page 40": f"{everything}?trang=40" if PROCEDURES >= 1000 else everything,
        "services of a field": f"/dich-vu-cong/linh-vuc/{field}",
        "services of a province": f"/dich-vu-cong/co-quan/{province.key}",
        "services by letter": "/dich-vu-cong/a-z/C",
        "services by field first": f"{everything}?xep=linh-vuc",
        "services by use": f"{everything}?xep=su-dung",
        "words in a name": f"{everything}?q=dang+ky+khai+sinh",
        "a service, with its variants": f"/thu-tuc/{code}",
        "a service of one province": f"/thu-tuc/{code}/{(province.code or '').lower()}",
        "all variants side by side": f"/thu-tuc/{code}/so-sanh",
        "search, page": "/tim-kiem?q=dang+ky+khai+sinh",
        "search, API": "/api/v1/search?q=dang+ky+khai+sinh&size=10",
    }


def status_of(port: int, path: str) -> int:
    import socket

    with socket.create_connection(("127.0.0.1", port)) as connection:
        return answer(connection, path)[0]


def register(engine: Engine) -> list[Agency]:
    """Ministries, provinces, fields and words; gives the provinces."""
    with maker_for(engine).begin() as db:
        make = Makers(db, AT)
        for n in range(MINISTRIES):
            make.agency(f"G{n + 1:02}", f"Bộ số {n + 1}")
        provinces = [
            make.agency(f"H{n + 1:02}", f"Ủy ban nhân dân tỉnh số {n + 1}", kind="province") for n in range(VARIANTS)
        ]
        db.add_all(Field(slug=f"linh-vuc-{n}", name=f"Lĩnh vực {n}") for n in range(FIELDS))
        db.add(Term(slug="cong-dan", vocabulary="audience", name="Công dân"))
        return provinces


def written(path: Path) -> Path:
    """A list as large as the national one, in its shape."""
    channels = [
        {"channel": kind, "time_limit": f"{days} ngày làm việc", "fee": "Phí: 50.000 đồng", "description": "Nộp hồ sơ."}
        for kind, days in (("Trực tiếp", 10), ("Trực tuyến", 7), ("Dịch vụ bưu chính", 10))
    ]
    steps = "".join(f"Bước {n}: Tổ chức, cá nhân nộp hồ sơ theo quy định và nhận kết quả. \n" for n in range(1, 6))
    with path.open("w", encoding="utf-8") as lines:
        for n in range(PROCEDURES):
            name = f"{WORDS[n % len(WORDS)]} {THINGS[n % len(THINGS)]} số {n}"
            given = {
                "code": f"1.{n + 1:06}",
                "name": name[0].upper() + name[1:],
                "ministry": f"Bộ số {n % MINISTRIES + 1}",
                "field": f"Lĩnh vực {n % FIELDS}",
                "level": ("Cấp Bộ", "Cấp tỉnh", "Cấp xã")[n % 3],
                "applicants": ["Công dân Việt Nam"],
                "steps": steps,
                "channels": channels,
                "result": "Giấy phép",
            }
            lines.write(json.dumps(given, ensure_ascii=False) + "\n")
    return path


def imported(engine: Engine, source: Path) -> tuple[int, float, float]:
    """How many came in, and rows a second: at first, and once more."""
    with Session(engine) as db:
        unit_id = db.scalars(select(Agency.id).where(Agency.code == "G01")).one()
    rates, added = [], 0
    for _turn in range(2):
        importing = Import(maker_for(engine), unit_id=unit_id, origin="localhost", now=lambda: AT, publish=True)
        started = time.perf_counter()
        number = sum(1 for _outcome in importing.run(procedures_in([source])))
        rates.append(number / (time.perf_counter() - started))
        added = added or importing.counts[Verdict.ADDED]
    return added, rates[0], rates[1]


def floor_of_writing(folder: Path, source: Path) -> float:
    """Rows a second when each is only read and its text written, a row at a time, in one transaction a hundred."""
    engine = engine_for(f"sqlite:///{folder}/floor.sqlite")
    texts = table("texts", column("body", Text))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE texts (body TEXT)")
    lines = [one.row for one in procedures_in([source])]
    started = time.perf_counter()
    for place in range(0, len(lines), 100):
        with engine.begin() as connection:
            for line in lines[place : place + 100]:
                connection.execute(insert(texts).values(body=orjson.dumps(line).decode()))
    rate = len(lines) / (time.perf_counter() - started)
    engine.dispose()
    return rate


def variants(engine: Engine, provinces: list[Agency]) -> int:
    """A part of every province for every procedure, in bulk; how many."""
    with maker_for(engine).begin() as db:
        query = select(Item.uid, Procedure.code, Procedure.name).join(Edition, Edition.item_id == Item.id)
        query = query.join(Procedure, Procedure.edition_id == Edition.id).where(Edition.state == State.PUBLISHED)
        national = [(uid, code, name) for uid, code, name in db.execute(query)]
        pairs = [(row, province) for row in national for province in provinces]
        for start in range(0, len(pairs), BATCH):
            _batch(db, pairs[start : start + BATCH])
        return len(pairs)


def _batch(db: Session, pairs: list[tuple[tuple[UUID, str, str], Agency]]) -> None:
    made = [(new_uid(), *pair) for pair in pairs]
    items = [
        {
            "uid": uid,
            "kind": LOCAL_NAME,
            "origin": "localhost",
            "unit_id": province.id,
            "path": f"/thu-tuc/{row[1]}/{(province.code or '').lower()}",
            "created_at": AT,
        }
        for uid, row, province in made
    ]
    db.execute(insert(Item), items)
    ids = {item.uid: item.id for item in db.execute(select(Item.uid, Item.id).where(Item.kind == LOCAL_NAME))}
    paths = [{"path": item["path"], "item_id": ids[item["uid"]], "reserved_at": AT} for item in items]
    db.execute(insert(ReservedPath), paths)
    db.execute(insert(Edition), [_edition(ids[uid], row, province) for uid, row, province in made])
    wanted = [ids[uid] for uid, _row, _province in made]
    found = select(Edition.item_id, Edition.id).where(Edition.item_id.between(min(wanted), max(wanted)))
    editions: dict[int, int] = dict(db.execute(found).all())  # type: ignore[arg-type]
    local = [
        {
            "edition_id": editions[ids[uid]],
            "item_id": ids[uid],
            "procedure_uid": str(row[0]),
            "agency_id": province.id,
            "code": None,
            "behind": False,
        }
        for uid, row, province in made
    ]
    db.execute(insert(LocalService), local)


def _edition(item_id: int, national: tuple[UUID, str, str], province: Agency) -> dict[str, Any]:
    data = clean_local(
        {
            "procedure": str(national[0]),
            "name": national[2],
            "agency": {"name": province.name, "code": province.code},
            "reception": [{"name": "Trung tâm Phục vụ hành chính công", "address": "Số 1 phố Ví Dụ"}],
            "channels": [{"channel": "direct", "limits": [{"amount": 4, "unit": "working_days", "text": "4 ngày"}]}],
        }
    )
    return {
        "item_id": item_id,
        "number": 1,
        "state": State.PUBLISHED,
        "version": 1,
        "title": f"{national[1]} · {national[2]} · {province.name}",
        "created_at": AT,
        "updated_at": AT,
        "published_at": AT,
        "data_schema": 1,
        "data": data,
    }
