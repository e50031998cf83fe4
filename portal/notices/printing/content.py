"""An edition as the plain values that `document.typ` sets on paper. What is unknown stays empty, as on its page."""

import re
from typing import Any

from portal.notices.data import Data
from portal.notices.printing.blocks import Block, Body, Run, body_of, words_of
from portal.notices.views.present import name_of, shown
from portal.publishing.models import Edition, State

WORDS = {
    "vi": {"to": "Kính gửi:", "recipients": "Nơi nhận:"},
    "en": {"to": "To:", "recipients": "Recipients:"},
}
"""A document speaks its own language, whatever that of the page."""
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ENDLESS, _PIECE = re.compile(r"\S{40,}"), re.compile(r"\S{16}(?=\S)")
MAY_BREAK = "\u200b"
"""Without width: an address or a row of signs goes on in the next line instead of leaving the sheet."""
ROOM = "\u00a0" * 8
MARKS = {State.DRAFT: "DỰ THẢO", State.SUPERSEDED: "BẢN CŨ", State.WITHDRAWN: "ĐÃ THU HỒI"}
"""What is not public is marked so on every sheet; what waits for its publication is a draft too."""


def content_of(
    edition: Edition, *, address: str, source: str | None, mark: str | None
) -> tuple[dict[str, Any], set[str]]:
    """The values, and the SHA-256 of the pictures they show. `address`: of this instance; `source`: the line that says
    where this copy is from; `mark`: what lies under the words of a document that is not public."""
    data, layout = edition.data, shown(edition).layout
    body = body_of(data["body"], address)
    words = WORDS.get(str(data["language"]), WORDS["vi"])
    addressees = list(layout.get("addressees") or [])
    if not addressees and layout["kind"] is None:
        addressees, body.main = _addressees(body.main)
    _prepare(body)
    content = {
        "name": _name(data),
        "author": [name for name in layout["issuers"] if name],
        "keywords": [word for word in (name_of(data),) if word],
        "lang": layout["lang"] if _LANGUAGE.fullmatch(str(layout["lang"])) else "vi",
        "national": layout.get("national", True),
        "superior": layout.get("superior"),
        "number": _with_room(layout["number"], data),
        **{key: layout[key] for key in ("issuers", "subject", "place_and_date", "kind", "title", "urgency")},
        "addressees": addressees,
        "to": words["to"],
        "main": body.main,
        "annexes": body.annexes,
        "notes": body.notes,
        "foot": _foot(layout, words["recipients"]),
        "mark": mark,
        "source": source,
    }
    _hold_the_last(body, content)
    return content, body.pictures


def _with_room(number: str | None, data: Data) -> str | None:
    """A number that was never written leaves the room that paper leaves for it."""
    return number.replace(": /", f":{ROOM}/", 1) if number and not data["number"] else number


def _name(data: Data) -> str:
    """What readers and lists of files show as the title."""
    return " – ".join(part for part in (name_of(data), data["title"]) if part)


def _foot(layout: dict[str, Any], title: str) -> dict[str, Any] | None:
    foot = {
        "title": title,
        "recipients": [*layout["recipients"], *([layout["archive_line"]] if layout["archive_line"] else [])],
        "authority": list(layout["authority"]),
        "position": layout["position"],
        "signer": layout["signer"],
        "signed": layout.get("signed"),
    }
    return foot if any(value for key, value in foot.items() if key != "title") else None


def _addressees(blocks: list[Block]) -> tuple[list[str], list[Block]]:
    """Whom an official letter addresses, where its text begins so: `Kính gửi: …`, or a list after these words."""
    first = blocks[0] if blocks else None
    if first is None or first["k"] != "p":
        return [], blocks
    said = words_of(first["runs"]).strip()
    if not said.lower().startswith("kính gửi"):
        return [], blocks
    named = said[len("Kính gửi") :].lstrip(" :").strip()
    if named:
        return [" ".join(named.split())], blocks[1:]
    if len(blocks) > 1 and blocks[1]["k"] == "list":
        items = [_item(item) for item in blocks[1]["items"]]
        return (items, blocks[2:]) if all(items) else ([], blocks)
    return [], blocks


def _item(item: dict[str, Any]) -> str:
    one = item["blocks"][0] if len(item["blocks"]) == 1 else None
    return " ".join(words_of(one["runs"]).split()) if one and one["k"] == "p" else ""


def _prepare(body: Body) -> None:
    """Mark the first sign of each footnote, where its text is set; let words end that are longer than a line."""
    seen: set[str] = set()
    for run in _runs([*body.main, *(block for annex in body.annexes for block in annex)]):
        run["t"] = _ENDLESS.sub(lambda word: _PIECE.sub(lambda piece: f"{piece[0]}{MAY_BREAK}", word[0]), run["t"])
        if "note" in run:
            run["first"] = run["note"] not in seen
            seen.add(run["note"])


def _runs(blocks: list[Block]) -> list[Run]:
    found: list[Run] = []
    for block in blocks:
        found += block.get("runs", [])
        found += block.get("caption", [])
        inner = [block, *block.get("items", []), *block.get("head", []), *block.get("rows", [])]
        for part in inner:
            found += _runs(part.get("blocks", []))
    return found


def _hold_the_last(body: Body, content: dict[str, Any]) -> None:
    """The signature never stands alone on a sheet: the last paragraph goes with it."""
    last = body.main[-1] if body.main else None
    if content["foot"] and last and last["k"] == "p" and last["look"] == "plain" and len(words_of(last["runs"])) < 900:
        last["look"] = "last"
