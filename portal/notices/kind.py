"""How notices take part in publishing: cleaned, titled, projected, compared, addressed."""

import re
from typing import Any
from urllib.parse import unquote

from sqlalchemy import delete
from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.agencies import queries as agencies
from portal.agencies import snapshot
from portal.notices.body import plain_text
from portal.notices.body.fromhtml import PICTURE
from portal.notices.data import FIRST_YEAR, LAST_YEAR, SCHEMA, Data, as_date, clean, full_number
from portal.notices.models import Notice, NoticeEffect, NoticeField, NoticeReference, NoticeRelation
from portal.notices.references import anchors_of, law_key, law_key_of, number_key_of, rows_of
from portal.notices.types import BY_SLUG
from portal.publishing.kinds import Kind, Owned
from portal.publishing.models import Edition, Item
from portal.request import _
from portal.text import fold, number_key, parse_number, slug

NAME = "notice"
LONGEST_NUMBER = 120
_ARTICLE = re.compile(r"#(\d+[a-zđ]?)\Z")


def title(data: Data) -> str:
    """What lists on the desk call it: number and trích yếu, as far as known."""
    return " · ".join(part for part in (full_number(data), data["title"]) if part)


def path(db: Session, item: Item, data: Data) -> str:
    """`/van-ban/42-2022-nd-cp`, `/van-ban/249-tb-vpcp-2014`: guessable from the number; by title when there is none."""
    number = full_number(data)
    if data["number"] and number:
        year = (data["issued_on"] or "")[:4]
        words = number if not year or year in number else f"{number} {year}"
    else:
        name = BY_SLUG[data["type"]].name if data["type"] else ""
        words = f"{name} {data['title']}"
    article = article_of(item.source_id)
    if article and not words.endswith(f"Điều {article}"):
        words = f"{words} Điều {article}"
    return f"/van-ban/{slug(words)}"


def article_of(source_id: str | None) -> str | None:
    """The number of an article that came as a document of its own (`82-2019-nd-cp#32` → "32"), else None."""
    found = _ARTICLE.search(source_id or "")
    return found[1] if found else None


def problems(db: Session, edition: Edition) -> list[TranslationString]:
    """A document may be published with unknown number or date (A3-5), but not without type, title, issuer or text."""
    data = edition.data
    found: list[TranslationString] = []
    if not data["type"]:
        found.append(_("Chưa chọn loại văn bản."))
    if not data["title"]:
        found.append(_("Chưa có trích yếu."))
    if not data["issuer"]["name"]:
        found.append(_("Chưa ghi cơ quan ban hành."))
    if not data["body"] and not data["attachments"]:
        found.append(_("Chưa có nội dung: hãy nhập toàn văn hoặc đính kèm tệp."))
    if data["doubts"]:
        found.append(
            _(
                "Còn ${n} trường đọc từ văn bản giấy cần kiểm tra: hãy xác nhận từng trường.",
                mapping={"n": len(data["doubts"])},
            )
        )
    if data["effective_on"] and data["expires_on"] and data["expires_on"] < data["effective_on"]:
        found.append(_("Ngày hết hiệu lực đứng trước ngày có hiệu lực."))
    return found


def project(db: Session, edition: Edition, *, fresh: bool = False) -> None:
    """Rewrite the typed rows of this edition. A fresh one is only added: its first flush writes it."""
    values, fields = _values(db, edition), [NoticeField(field=field) for field in edition.data["fields"]]
    notice = None if fresh else db.get(Notice, edition.id)
    if notice is None:
        db.add(Notice(edition_id=edition.id, fields=fields, **_lists(edition), **values))
        return
    for table in (NoticeField, NoticeRelation, NoticeReference, NoticeEffect):
        db.execute(delete(table).where(table.edition_id == edition.id))
    db.expire(notice, ["fields", "relations", "references", "effects", "issuer"])
    for name, value in values.items():
        setattr(notice, name, value)
    notice.fields.extend(fields)
    for name, rows in _lists(edition).items():
        getattr(notice, name).extend(rows)
    db.flush()


def _lists(edition: Edition) -> dict[str, list[Any]]:
    return {"relations": _relations(edition), "references": _references(edition), "effects": _effects(edition)}


def _values(db: Session, edition: Edition) -> dict[str, Any]:
    data, number = edition.data, full_number(edition.data)
    return {
        "item_id": edition.item_id,
        "type": data["type"],
        "number": _fitting(data["number"], 40),
        "notation": _fitting(data["notation"], 80),
        "full_number": _fitting(number, LONGEST_NUMBER),
        "number_key": _fitting(number and number_key(number), LONGEST_NUMBER),
        "law_key": _law_key(data),
        "issuer_id": _issuer_id(db, data),
        "issuer_name": data["issuer"]["name"],
        "issued_on": as_date(data["issued_on"]),
        "year": _year(data),
        "title": data["title"],
        "title_folded": fold(data["title"]),
        "signer": data["signer"]["name"],
        "effective_on": as_date(data["effective_on"]),
        "expires_on": as_date(data["expires_on"]),
        "effect": data["effect"],
        "doubts": len(data["doubts"]),
        "anchors": anchors_of(data["body"]),
    }


def _law_key(data: Data) -> str | None:
    return law_key(data["type"], data["title"], _year(data))


def _year(data: Data) -> int | None:
    """The year of issue; where the day is unknown the one in the number (31/2024/QH15), which is the same."""
    if data["issued_on"]:
        return int(data["issued_on"][:4])
    number = parse_number(full_number(data) or "")
    return number.year if number and number.year and FIRST_YEAR <= number.year <= LAST_YEAR else None


def _references(edition: Edition) -> list[NoticeReference]:
    rows = rows_of(edition.data["body"], own_number=full_number(edition.data))
    return [
        NoticeReference(position=n, key=row.key, type=row.type, issued_on=row.issued_on, articles=row.articles)
        for n, row in enumerate(rows)
    ]


def _effects(edition: Edition) -> list[NoticeEffect]:
    return [
        NoticeEffect(
            position=n, starts_on=as_date(e["on"]), effect=e["effect"], ends_on=as_date(e["until"]), act=e["by"]
        )
        for n, e in enumerate(edition.data.get("effects") or [])
    ]


def _relations(edition: Edition) -> list[NoticeRelation]:
    return [
        NoticeRelation(
            position=position,
            relation=row["relation"],
            number=_fitting(row["number"], LONGEST_NUMBER),
            number_key=_fitting(row["number"] and number_key(row["number"]), LONGEST_NUMBER),
            title=row["title"],
            target_uid=row["uid"],
            scope=row.get("scope"),
        )
        for position, row in enumerate(edition.data["relations"])
    ]


def _fitting(text: str | None, longest: int) -> str | None:
    """As much of it as the column holds: what somebody put into the wrong place must not stop a save."""
    return text[:longest] if text else None


def _issuer_id(db: Session, data: Data) -> int | None:
    issuer, on = data["issuer"], as_date(data["issued_on"])
    lent = snapshot.lent(db)
    if lent is not None:
        return lent.id_of(issuer["code"], issuer["name"], on)
    found = agencies.by_code(db, issuer["code"], on) if issuer["code"] else None
    if found is None and issuer["name"]:
        found = agencies.by_name(db, issuer["name"], on)
    return found.id if found else None


def describe(data: Data) -> list[tuple[TranslationString, str]]:
    """Every field as plain text, in the order of reading."""
    signer = data["signer"]
    return [
        (_("Loại văn bản"), BY_SLUG[data["type"]].name if data["type"] else ""),
        (_("Số, ký hiệu"), full_number(data) or ""),
        (_("Cơ quan ban hành"), "; ".join(a["name"] or "" for a in [data["issuer"], *data["joint_issuers"]])),
        (_("Địa danh"), data["place"] or ""),
        (_("Ngày ban hành"), data["issued_on"] or ""),
        (_("Trích yếu"), data["title"]),
        (_("Tóm tắt"), data["summary"] or ""),
        (_("Nội dung"), plain_text(data["body"])),
        (_("Nơi nhận"), "\n".join(" ".join(v for v in (r["name"], r["purpose"]) if v) for r in data["recipients"])),
        (_("Dòng lưu"), data["archive_line"] or ""),
        (_("Người ký"), "\n".join(signer[k] or "" for k in ("on_behalf", "authority", "position", "name")).strip()),
        (_("Ngày có hiệu lực"), data["effective_on"] or ""),
        (_("Ngày hết hiệu lực"), data["expires_on"] or ""),
        (_("Tình trạng hiệu lực"), data["effect"] or ""),
        (_("Lĩnh vực"), ", ".join(data["fields"])),
        (
            _("Quan hệ với văn bản khác"),
            "\n".join(" ".join(filter(None, _told(row))) for row in data["relations"]),
        ),
        (
            _("Thay đổi hiệu lực"),
            "\n".join(
                " ".join(filter(None, (e["on"], e["effect"], e["until"], e["by"]))) for e in data.get("effects") or []
            ),
        ),
        (_("Tệp đính kèm"), "\n".join(f"{a['name']} {a['sha256']}" for a in data["attachments"])),
    ]


def _told(row: Data) -> tuple[str | None, ...]:
    return row["relation"], row["number"] or row["title"], row.get("scope")


def files(data: Data) -> list[Owned]:
    """The attachments in their order and the pictures of the body; the original is kept, never shown."""
    owned = [Owned(a["sha256"], a["name"]) for a in data["attachments"]]
    owned += [Owned(sha256, unquote(name), sure=False) for sha256, name in PICTURE.findall(data["body"])]
    original = data.get("original")  # editions of the first release have none
    return [*owned, Owned(original["sha256"], original["name"], public=False)] if original else owned


def touches(data: Data) -> frozenset[str]:
    """Keys of the other pages that publishing this one changes: those that link to it by its number or name, and those
    of the documents that it acts on or cites, which tell so (`about:`)."""
    related = [f"about:{key}" for key in _related(data)]
    cited = [f"about:{row.key}" for row in rows_of(data["body"], own_number=full_number(data))]
    return frozenset([*own_keys(data), *related, *cited])


def shown_keys(uid: str, data: Data) -> frozenset[str]:
    """Keys of what the page of this document shows of others, its references apart: who bears its number, who acts on
    it or cites it, and the documents that it acts on."""
    own = own_keys(data)
    return frozenset([*own, *_related(data), f"about:item:{uid}", *(f"about:{key}" for key in own)])


def own_keys(data: Data) -> frozenset[str]:
    """What others call it by: number, name and year of a law."""
    number, law = full_number(data), _law_key(data)
    return frozenset(filter(None, (number and number_key_of(number), law and law_key_of(law))))


def _related(data: Data) -> set[str]:
    rows = data["relations"]
    chosen = {f"item:{row['uid']}" for row in rows if row["uid"]}
    return chosen | {number_key_of(row["number"]) for row in rows if row["number"]}


NOTICE = Kind(
    name=NAME,
    label=_("Văn bản"),
    schema=SCHEMA,
    clean=clean,
    title=title,
    problems=problems,
    path=path,
    project=project,
    describe=describe,
    files=files,
    edit_route="notices.edit",
    preview="notices.preview",
    touches=touches,
)
