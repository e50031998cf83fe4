"""A guide as its pages show it: each text with the language that it is in, procedures and documents looked up."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from translationstring import TranslationString

from portal.catalogue.models import Procedure
from portal.catalogue.present import glance_cost, glance_place, glance_time
from portal.guides import queries
from portal.guides.data import Data, documents, references, say, spoken_in
from portal.guides.kind import shown_keys
from portal.guides.walking import Step
from portal.request import Request, _


@dataclass(frozen=True)
class Said:
    """A text and the language it is in; `text` is Markup where it is HTML, empty where there is none."""

    text: str
    lang: str

    def __bool__(self) -> bool:
        return bool(self.text)


def said(request: Request, row: Data, name: str) -> Said:
    """A text of the record in the language of the page, else in Vietnamese."""
    return Said(say(row, name, request.lang) or "", spoken_in(row, name, request.lang))


def html_of(request: Request, row: Data, name: str) -> Said:
    """The same for a text with marks."""
    found = said(request, row, name)
    return Said(Markup(found.text), found.lang)  # noqa: S704 -- cleaned with nh3 when it was stored


def question(request: Request, node: Data) -> dict[str, Any]:
    """A question with its answers."""
    choices = [
        {"id": c["id"], "label": said(request, c, "label"), "hint": said(request, c, "hint")} for c in node["choices"]
    ]
    shown = {name: said(request, node, name) for name in ("title", "help")}
    suffix = said(request, node, "suffix") if node["suffix"] else None
    return {**shown, "answer": node["answer"], "suffix": suffix, "choices": choices}


def given(request: Request, step: Step) -> dict[str, Any]:
    """A question that was answered, with the answer."""
    return {
        "question": said(request, step.node, "title"),
        "answer": said(request, step.choice, "label"),
        "chosen": step.choice["id"],
        "answers": step.answers,
    }


def outcome(request: Request, node: Data) -> dict[str, Any]:
    """An outcome with the procedures and documents that it names, as far as they are public."""
    whole = {"nodes": [node]}
    return {
        "title": said(request, node, "title"),
        "text": html_of(request, node, "text"),
        "procedures": procedures(request, node["procedures"], references(whole)),
        "documents": _documents(request, node["documents"], whole),
        "contact": node["contact"],
        "link": _link(request, node["link"]),
    }


def procedures(request: Request, rows: list[Data], named: list[str]) -> list[dict[str, Any]]:
    """Cards of procedures; one that is not public is left out, and the page waits for it."""
    found = queries.procedures(request.db, named)
    request.depends_on(*(f"item:{row.edition.item.uid}" for row in found.values()))
    if len(found) < len(set(named)):
        request.depends_on("list:procedure")
    cards = []
    for row in rows:
        procedure = found.get(row["procedure"])
        if procedure is None:
            continue
        cards.append(
            {
                "name": Said(procedure.label(request.lang), "en" if _is_english(request, procedure.name_en) else "vi"),
                "href": request.script_name + (procedure.edition.item.path or ""),
                "code": procedure.code,
                "why": said(request, row, "why"),
                "facts": _glance(request, procedure),
            }
        )
    return cards


def _glance(request: Request, procedure: Procedure) -> list[tuple[TranslationString, list[Any]]]:
    """How long it takes, what it costs and where, as far as they are known."""
    data = procedure.edition.data
    told = [
        (_("Thời hạn"), glance_time(request, data)),
        (_("Chi phí"), glance_cost(request, data)),
        (_("Nơi nộp"), glance_place(request, data)),
    ]
    return [(label, words) for label, words in told if words]


def _documents(request: Request, rows: list[Data], whole: Data) -> list[dict[str, Any]]:
    found = queries.documents(request.db, documents(whole))
    request.depends_on(*shown_keys(whole))
    return [
        {
            "title": Said(notice.title or notice.edition.title, "vi"),
            "number": notice.full_number,
            "href": request.script_name + (notice.edition.item.path or ""),
            "note": row["note"],
        }
        for row in rows
        if (notice := found.get(row["number"])) is not None
    ]


def _link(request: Request, link: Data) -> dict[str, Any] | None:
    address: str | None = link["address"]
    if address is None:
        return None
    text = said(request, link, "text")
    href = request.script_name + address if address.startswith("/") else address
    return {"href": href, "text": text if text else Said(address, request.lang)}


def _is_english(request: Request, english: str | None) -> bool:
    return request.lang == "en" and bool(english)
