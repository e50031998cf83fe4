"""The record of a guide (hướng dẫn từng bước) as plain values: what `Edition.data` of one holds, schema 1.

A guide is a set of nodes: questions, whose answers (`choices`) each lead to another node, and outcomes. Answers are
known by an id that is unique within its question and never changes: addresses of citizens are made of them.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from portal.notices.body import clean_html, plain_text
from portal.notices.body.fromhtml import only_pictures
from portal.text import free_slug, nfc, without_controls, without_invisible

SCHEMA = 1

Data = dict[str, Any]

QUESTION, OUTCOME = KINDS = ("question", "outcome")
LARGEST = 10**12
"""No number that a person is asked for is above this."""
LONGEST_ID = 40
_NODE_ID = re.compile(r"n([1-9]\d{0,5})")
_CHOICE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ADDRESS = re.compile(r"(?:https?://|/(?!/))[^\s\"<>\\]{1,500}", re.IGNORECASE)
_LINES = ("title", "title_en")
_TEXTS = ("summary", "summary_en")


class Answer(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"


class Span(StrEnum):
    """What is counted from the day that was answered until today."""

    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"


def clean(given: Data) -> Data:
    """Every key present, text NFC, HTML cleaned, ids unique. What leads to a node that is not there leads nowhere."""
    data: Data = {name: _line(given.get(name)) for name in _LINES}
    data["title"] = data["title"] or ""
    data |= {name: _text(given.get(name)) for name in _TEXTS}
    rows = [row for row in _list(given.get("nodes")) if isinstance(row, dict) and row.get("kind") in KINDS]
    data["last"], ids = _ids(rows, given.get("last"))
    data["nodes"] = [_node(row, id_) for row, id_ in zip(rows, ids, strict=True)]
    known = set(ids)
    for choice in (choice for node in data["nodes"] for choice in node.get("choices", ())):
        if choice["target"] not in known:
            choice["target"] = None
    start = given.get("start")
    data["start"] = start if start in ids else next(iter(ids), None)
    data["tests"] = _tests(given.get("tests"))
    return data


def node_of(data: Data, id_: str | None) -> Data | None:
    """The node of this id."""
    return next((node for node in data["nodes"] if node["id"] == id_), None)


def nodes_of(data: Data, kind: str) -> list[Data]:
    """Its questions, or its outcomes, in the order in which they were written."""
    return [node for node in data["nodes"] if node["kind"] == kind]


def say(row: Data, name: str, lang: str) -> str | None:
    """A text in the language of the page, in Vietnamese where there is no other."""
    text: str | None = (row.get(f"{name}_en") if lang == "en" else None) or row[name]
    return text


def spoken_in(row: Data, name: str, lang: str) -> str:
    """The language in which `say` answers."""
    return "en" if lang == "en" and row.get(f"{name}_en") else "vi"


def references(data: Data) -> list[str]:
    """Codes and uids of the procedures that its outcomes name, each once."""
    found = (row["procedure"] for node in nodes_of(data, OUTCOME) for row in node["procedures"])
    return list(dict.fromkeys(found))


def documents(data: Data) -> list[str]:
    """Numbers of the documents that its outcomes name, each once."""
    found = (row["number"] for node in nodes_of(data, OUTCOME) for row in node["documents"])
    return list(dict.fromkeys(found))


def words(data: Data) -> Iterator[str]:
    """Everything it says, as plain text, in the order in which it was written."""
    for node in data["nodes"]:
        yield from filter(None, (node["title"], node["title_en"]))
        if node["kind"] == QUESTION:
            yield from filter(None, (node["help"], node["help_en"]))
            for choice in node["choices"]:
                yield from filter(None, (choice[name] for name in ("label", "label_en", "hint", "hint_en")))
        else:
            yield from filter(None, (plain_text(node["text"]), plain_text(node["text_en"])))
            for row in node["procedures"]:
                yield from filter(None, (row["procedure"], row["why"], row["why_en"]))


def _ids(rows: list[Data], last: Any) -> tuple[int, list[str]]:
    """The ids of the nodes, new ones for those without; numbers that were ever given are not given again."""
    kept: list[str | None] = []
    for row in rows:
        id_ = row.get("id")
        fits = isinstance(id_, str) and _NODE_ID.fullmatch(id_) and id_ not in kept
        kept.append(id_ if fits else None)
    highest = max([int(id_[1:]) for id_ in kept if id_] + [last if _is_count(last) else 0])
    ids: list[str] = []
    for id_ in kept:
        if id_ is None:
            highest += 1
        ids.append(id_ or f"n{highest}")
    return highest, ids


def _node(given: Data, id_: str) -> Data:
    node: Data = {"id": id_, "kind": given["kind"], "title": _line(given.get("title")) or ""}
    node["title_en"] = _line(given.get("title_en"))
    return node | (_question(given) if node["kind"] == QUESTION else _outcome(given))


def _question(given: Data) -> Data:
    answer = _one_of(given.get("answer"), tuple(Answer)) or Answer.CHOICE.value
    return {
        **{name: _text(given.get(name)) for name in ("help", "help_en")},
        "answer": answer,
        "span": (_one_of(given.get("span"), tuple(Span)) or Span.YEARS.value) if answer == Answer.DATE else None,
        "suffix": _line(given.get("suffix")) if answer == Answer.NUMBER else None,
        "suffix_en": _line(given.get("suffix_en")) if answer == Answer.NUMBER else None,
        "choices": _choices(given.get("choices"), answer),
    }


def _choices(given: Any, answer: str) -> list[Data]:
    """Each with a stable id: made of its label when it is new; its own ever after."""
    rows = [row for row in _list(given) if isinstance(row, dict)]
    taken: set[str] = set()
    made: list[Data] = []
    for row in rows:
        choice: Data = {name: _line(row.get(name)) for name in ("label", "label_en", "hint", "hint_en")}
        choice["label"] = choice["label"] or ""
        id_ = row.get("id")
        choice["id"] = id_ if isinstance(id_, str) and _CHOICE_ID.fullmatch(id_) and id_ not in taken else None
        choice["below"] = None if answer == Answer.CHOICE else _count(row.get("below"))
        target = row.get("target")
        choice["target"] = target if isinstance(target, str) else None
        taken |= {choice["id"]} - {None}
        made.append(choice)
    for choice in made:
        if choice["id"] is None:
            new = free_slug(choice["label"], taken.__contains__, longest=LONGEST_ID, empty="tra-loi")
            choice["id"] = new
            taken.add(new)
    return made


def _outcome(given: Data) -> Data:
    contact, link = given.get("contact"), given.get("link")
    return {
        **{name: _html(given.get(name)) for name in ("text", "text_en")},
        "procedures": [row for row in map(_procedure, _list(given.get("procedures"))) if row],
        "contact": {
            name: _line((contact if isinstance(contact, dict) else {}).get(name))
            for name in ("name", "phone", "email", "address")
        },
        "documents": [row for row in map(_document, _list(given.get("documents"))) if row],
        "link": _link(link if isinstance(link, dict) else {}),
    }


def _procedure(given: Any) -> Data | None:
    """A procedure by its code (capitals) or the uid of its item (small letters)."""
    row = given if isinstance(given, dict) else {}
    named = _line(row.get("procedure")) or ""
    if not named:
        return None
    reference = named.lower() if len(named) == 36 else named.upper()
    return {"procedure": reference[:80], **{name: _text(row.get(name)) for name in ("why", "why_en")}}


def _document(given: Any) -> Data | None:
    row = given if isinstance(given, dict) else {}
    number = _line(row.get("number"))
    return {"number": number[:120], "note": _line(row.get("note"))} if number else None


def _link(given: Data) -> Data:
    address = _line(given.get("address"))
    fits = address is not None and _ADDRESS.fullmatch(address)
    return {
        "address": address if fits else None,
        **{name: _line(given.get(name)) if fits else None for name in ("text", "text_en")},
    }


def _tests(given: Any) -> list[Data]:
    """Expected paths: `answers` (ids of choices in order) lead to `outcome` (id of a node); `words` for people."""
    made: dict[tuple[str, ...], Data] = {}
    for row in _list(given):
        answers = row.get("answers") if isinstance(row, dict) else None
        if not isinstance(answers, list) or not all(_is_choice(answer) for answer in answers):
            continue
        if isinstance(row.get("outcome"), str) and _NODE_ID.fullmatch(row["outcome"]):
            test = {"answers": answers, "outcome": row["outcome"], "words": _line(row.get("words")) or ""}
            made[tuple(answers)] = test
    return list(made.values())


def _is_choice(value: Any) -> bool:
    return isinstance(value, str) and _CHOICE_ID.fullmatch(value) is not None


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _one_of(value: Any, known: tuple[str, ...]) -> str | None:
    return str(value) if isinstance(value, str) and value in known else None


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST else None


def _html(value: Any) -> str:
    """Cleaned; a guide shows no pictures of other documents."""
    return only_pictures(clean_html(value), lambda sha256, name: False) if isinstance(value, str) else ""


def _text(value: Any) -> str | None:
    text = without_controls(without_invisible(nfc(str(value)))).strip() if value is not None else ""
    return text or None


def _line(value: Any) -> str | None:
    text = _text(value)
    return " ".join(text.split()) if text else None
