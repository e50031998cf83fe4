"""A document as its page shows it: plain values for the official layout of Decree 30/2020 (A3-4)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from portal.notices.body import Part, framed, parts
from portal.notices.data import Data, as_date, full_number
from portal.notices.types import BY_SLUG
from portal.publishing.models import Edition
from portal.request import Request, _
from portal.text import write_date, write_place_and_date
from portal.theming.formats import date

LONG, LONG_TEXT = 3, 5000
"""From so many headings and characters of HTML on, a document has a table of contents."""
LETTER = "cong-van"


@dataclass(frozen=True)
class Shown:
    """`layout`: arguments of the macro `document`. `contents`: [{id, text, below: [{id, text}]}], [] for short ones."""

    name: str
    """What it is called in one line: type and number."""
    layout: dict[str, Any]
    body: Markup
    contents: list[dict[str, Any]]
    citation: str
    issuers: list[str]
    """Names of all agencies that issued it, as written in it."""


def shown(edition: Edition, *, link: Callable[[str], str] | None = None) -> Shown:
    """Everything the page of an edition needs beside its facts. `link` makes links of the references in the body."""
    data = edition.data
    html, found = parts(data["body"])
    contents = _contents(found) if len(html) >= LONG_TEXT else []
    html = framed(link(html) if link is not None else html, word="Table" if data["language"] == "en" else "Bảng")
    return Shown(
        name=name_of(data),
        layout=_layout(data),
        body=Markup(html),  # noqa: S704 -- cleaned with nh3 when it was stored
        contents=contents,
        citation=citation(data),
        issuers=_issuers(data),
    )


def name_of(data: Data) -> str:
    """`Thông báo số 249/TB-VPCP`, as far as known."""
    type_ = BY_SLUG[data["type"]].name if data["type"] else "Văn bản"
    number = full_number(data)
    return f"{type_} số {number}" if number else type_


def citation(data: Data) -> str:
    """How other documents refer to it (Decree 30/2020): type, number, date, issuer, trích yếu, as far as known."""
    words = [name_of(data)]
    issued_on, issuer = as_date(data["issued_on"]), data["issuer"]["name"]
    if issued_on:
        words.append(write_date(issued_on))
    if issuer:
        words.append(f"của {issuer}")
    title = data["title"]
    if title:
        about = title.lower().startswith("về ")
        words.append(title[0].lower() + title[1:] if about else title if _is_about(title) else f"– {title}")
    return " ".join(words)


def facts(request: Request, data: Data, notice: Any) -> list[tuple[str, Any, str]]:
    """Label, value and language of the document's attributes (A3-1), for the list beside it."""
    page, own = request.lang, str(data["language"])
    rows = [
        (_("Loại văn bản"), BY_SLUG[data["type"]].label(page) if data["type"] else None, page),
        (_("Số, ký hiệu"), full_number(data), page),
        (_("Cơ quan ban hành"), _issuers(data), own),
        (_("Người ký"), data["signer"]["name"], own),
        (_("Chức vụ"), data["signer"]["position"], own),
        (_("Ngày ban hành"), date(as_date(data["issued_on"]), page), page),
        (_("Ngày có hiệu lực"), date(as_date(data["effective_on"]), page), page),
        (_("Ngày hết hiệu lực"), date(as_date(data["expires_on"]), page), page),
    ]
    return [(request.translate(label), value, language) for label, value, language in rows]


def _issuers(data: Data) -> list[str]:
    return [agency["name"] for agency in [data["issuer"], *data["joint_issuers"]] if agency["name"]]


def _is_about(title: str) -> bool:
    return title.lower().startswith("v/v")


def _subject(title: str) -> str:
    """The subject line of an official letter; many titles have its `V/v` already."""
    return title if _is_about(title) else f"V/v {title}"


def _layout(data: Data) -> dict[str, Any]:
    number, letter = full_number(data), data["type"] == LETTER
    day, signer = as_date(data["issued_on"]), data["signer"]
    place_and_date = write_place_and_date(data["place"], day) if day and data["place"] else None
    behalf = " ".join(part for part in (signer["on_behalf"], signer["authority"]) if part)
    return {
        "issuers": [name.upper() for name in _issuers(data)],
        "number": f"Số: {number}" if number else None,
        "subject": _subject(data["title"]) if letter and data["title"] else None,
        "place_and_date": place_and_date or (write_date(day) if day else None),
        "kind": None if letter or not data["type"] else BY_SLUG[data["type"]].name.upper(),
        "title": None if letter else data["title"] or None,
        "authority": [behalf.upper()] if behalf else [],
        "position": signer["position"].upper() if signer["position"] else None,
        "signer": signer["name"],
        "recipients": [_recipient(row) for row in data["recipients"]],
        "archive_line": data["archive_line"],
        "urgency": {"khan": "KHẨN", "thuong-khan": "THƯỢNG KHẨN", "hoa-toc": "HỎA TỐC"}.get(data["urgency"] or ""),
        "lang": data["language"],
    }


def _recipient(row: dict[str, str | None]) -> str:
    purpose = f" ({row['purpose']})" if row["purpose"] else ""
    return f"{row['name']}{purpose};"


def _contents(found: list[Part]) -> list[dict[str, Any]]:
    headings = [part for part in found if part.is_heading]
    if len(headings) < LONG:
        return []
    top = min(part.level for part in headings)
    rows: list[dict[str, Any]] = []
    for part in headings:
        entry = {"id": part.anchor, "text": _heading(part)}
        if part.level == top or not rows:
            rows.append(entry | {"below": []})
        else:
            rows[-1]["below"].append(entry)
    return rows


def _heading(part: Part) -> str:
    return f"{part.label}. {part.heading}" if part.heading else part.label
