"""What a page says to people, and in which language it claims to say it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from lxml import etree, html

from portal.settings import ROOT

ENGLISH = ROOT / "portal" / "locale" / "en" / "LC_MESSAGES" / "portal.po"

LETTERS = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
"""Letters that Vietnamese has and English has not."""
NOT_SAID = {"script", "style", "textarea", "template"}
TOLD_BY = ("title", "alt", "aria-label", "placeholder", "aria-description", "aria-roledescription")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Passage:
    """A piece of text, the language that its element declares, and where it stands."""

    text: str
    language: str
    where: str


def english() -> Catalog:
    """The English catalogue."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def quoting() -> frozenset[str]:
    """English texts that quote Vietnamese words: examples, names of papers."""
    strings = [one.string for one in english() if one.id]
    forms = [form for string in strings for form in ([string] if isinstance(string, str) else string)]
    return frozenset(form for form in forms if LETTERS.search(form)) | {"Tiếng Việt", "Communiqué"}


def of_page(text: str) -> list[Passage]:
    """Everything that a page shows or reads out, except what a person typed into its fields."""
    return list(_of(html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8")), ""))


def of_feed(body: bytes) -> list[Passage]:
    """The same for an XML document."""
    return list(_of(etree.fromstring(body), ""))


_SAID = re.compile(r"(label|detail|description|summary|title|\w+_name)\Z")
_DATA = ("results", "best_bets", "example", "examples", "const", "enum")
"""What stands under these comes from documents, or shows what does."""


def of_data(text: str) -> list[Passage]:
    """What a JSON answer says to people by itself: its labels and explanations, not what it brings from documents."""
    return list(_of_data(json.loads(text), ""))


def _of_data(value: Any, name: str) -> Iterator[Passage]:
    if isinstance(value, dict):
        for key, inner in value.items():
            of_document = key == "title" and not {"status", "version"} & set(value)
            if key not in _DATA and not of_document:
                yield from _of_data(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _of_data(inner, name)
    elif isinstance(value, str) and _SAID.match(name):
        yield Passage(value, "", f"json {name}")


def vietnamese(passages: list[Passage], known: frozenset[str]) -> list[Passage]:
    """Passages with Vietnamese letters that do not say that they are Vietnamese; `known` may stand anywhere."""
    return [one for one in passages if one.language != "vi" and LETTERS.search(_without(one.text, known))]


def _without(text: str, known: frozenset[str]) -> str:
    for one in sorted(known, key=len, reverse=True):
        text = text.replace(one, "")
    return text


def _of(element: Any, language: str) -> Iterator[Passage]:
    if not isinstance(element.tag, str):
        return
    language = element.get("lang") or element.get(XML_LANG) or language
    where = f"<{element.tag} class={element.get('class', '')!r}>"
    for name, value in element.attrib.items():
        if value.strip() and _tells(element, name):
            yield Passage(" ".join(value.split()), language, f"{where} {name}")
    if element.tag in NOT_SAID:
        return
    if element.text and element.text.strip():
        yield Passage(" ".join(element.text.split()), language, where)
    for child in element:
        yield from _of(child, language)
        if child.tail and child.tail.strip():
            yield Passage(" ".join(child.tail.split()), language, where)


def _tells(element: Any, name: str) -> bool:
    if name in TOLD_BY or (name.startswith("data-") and name != "data-module"):
        return True
    if element.tag == "meta":
        return name == "content" and element.get("name") == "description"
    return name == "value" and element.tag == "input" and element.get("type") in ("submit", "button", "reset")
