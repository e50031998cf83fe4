"""The body of a document as blocks that a page is set from: plain lists and dictionaries, fit for JSON.

A block has its kind under `k`: `p` (with `look`: see `_look`), `h` (heading, `level` from 1), `list`, `quote`, `table`,
`picture`. A run of words has its text under `t`, and what it looks like (`b`, `i`, `u`, `s`, `sup`, `sub`), where it
leads (`url`), or the footnote whose sign stands there (`note`).
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from portal.notices.body import Kind, parts, read_marker
from portal.notices.printing.tables import table_of

Block = dict[str, Any]
Run = dict[str, Any]

LONGEST_ADDRESS = 2000
DEEPEST = 40
"""Lists in lists in quotations: below that only the words are kept."""
_MARKS = {"strong": "b", "em": "i", "ins": "u", "del": "s", "sup": "sup", "sub": "sub"}
_HEADINGS = ("h2", "h3", "h4")
_CENTRED = re.compile(r"(?:Phần|Chương|Mục|Tiểu mục|Phụ lục)\b", re.IGNORECASE)
_BASIS = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Thực hiện)\s")
_ENCLOSED = re.compile(r"\((?:Kèm theo|Ban hành kèm theo|Kèm)\b.*\)\Z", re.IGNORECASE | re.DOTALL)
_NOTE = re.compile(r"#chu-thich-(\d{1,4})\Z")
_PICTURE = re.compile(r"/tep/([0-9a-f]{64})/")
_ANNEX_CLASS = f"portal-doc-{Kind.ANNEX}"
_LONGEST_TITLE = 240


@dataclass
class Body:
    """A body ready to be set. `main` stands before the signature, each annex begins on a new page after it.

    `notes`: footnotes by number. `pictures`: SHA-256 of every picture that is shown.
    """

    main: list[Block] = field(default_factory=list)
    annexes: list[list[Block]] = field(default_factory=list)
    notes: dict[str, list[Run]] = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)


def body_of(html: str, address: str = "") -> Body:
    """The stored HTML of a body. `address`: of this instance, to make addresses on it complete."""
    body = Body()
    marked, _found = parts(html)
    if not marked.strip():
        return body
    root = etree.fromstring(f"<div>{marked}</div>", etree.HTMLParser(huge_tree=True))[0][0]
    writer = _Writer(body, address)
    for element in root:
        if element.tag == "aside":
            writer.notes(element)
        else:
            writer.add(element)
    _level(body)
    return body


class _Writer:
    def __init__(self, body: Body, address: str) -> None:
        self.body, self.address = body, address
        self.into = body.main
        self.opening = True
        """Whether no part has begun yet: there stand the legal bases."""
        self.after_annex = False
        """Whether the lines after the head of an annex, its title and what it belongs to, still go on."""
        self.before = ""

    def add(self, element: etree._Element) -> None:
        """One element of the outermost level."""
        heading = element.tag in _HEADINGS
        if heading and _ANNEX_CLASS in (element.get("class") or ""):
            self.into = []
            self.body.annexes.append(self.into)
            self.after_annex, self.opening = True, False
        elif heading:
            self.opening = self.after_annex = False
        for block in self.blocks(element, 0):
            self._place(block)
            self.before = block.get("look", "")

    def _place(self, block: Block) -> None:
        if block["k"] == "p":
            block["look"] = self._look(words_of(block["runs"]))
        if block["k"] != "h" and block.get("look") in (None, "plain"):
            self.after_annex = False
        self.into.append(block)

    def _look(self, words: str) -> str:
        """`centred` for a line that law sets so (QUYẾT ĐỊNH:), `enclosed` for the line under the title of an annex,
        `basis` for a legal basis, `plain` for everything else."""
        if len(words) <= _LONGEST_TITLE and words.upper() == words and sum(map(str.isalpha, words)) > 3:
            return "centred"
        if self.after_annex and _ENCLOSED.match(words):
            return "enclosed"
        is_basis = _BASIS.match(words) and words.endswith((";", "," if self.before == "basis" else ";"))
        last = self.before == "basis" and _BASIS.match(words) and words.endswith(".")
        return "basis" if self.opening and (is_basis or last) else "plain"

    def blocks(self, element: etree._Element, depth: int) -> Iterator[Block]:
        """What an element becomes: one block, or for a paragraph with pictures several."""
        if depth > DEEPEST:
            yield from self._paragraph(element)
            return
        tag = element.tag
        if tag in _HEADINGS and depth:  # in a quotation, an item or a cell: no heading of this document
            yield {"k": "p", "look": "plain", "runs": [run | {"b": 1} for run in self.runs(element)]}
        elif tag in _HEADINGS:
            runs = [run for run in self.runs(element) if "picture" not in run]
            if words_of(runs).strip():
                centred = bool(_CENTRED.match(words_of(runs)))
                if centred:
                    _part_title(runs)
                yield {"k": "h", "level": int(tag[1]), "centred": centred, "runs": runs}
        elif tag in ("ul", "ol"):
            yield self._list(element, depth)
        elif tag == "table":
            table = table_of(element, lambda cell: self.content(cell, depth + 1), self.runs)
            if table is not None:
                yield table
        elif tag == "blockquote":
            yield {"k": "quote", "blocks": self.content(element, depth + 1)}
        else:
            yield from self._paragraph(element)

    def content(self, element: etree._Element, depth: int) -> list[Block]:
        """The blocks in a cell, item or quotation; words that stand there bare are a paragraph."""
        found: list[Block] = []
        bare = etree.Element("p")
        bare.text = element.text
        for child in element:
            if child.tag in _BLOCKS:
                found += self._paragraph(bare)
                found += self.blocks(child, depth)
                bare = etree.Element("p")
                bare.text = child.tail
            else:
                bare.append(deepcopy(child))  # with its tail, which is what follows it
        found += self._paragraph(bare)
        return found

    def _list(self, element: etree._Element, depth: int) -> Block:
        start = int(element.get("start") or 1) if element.tag == "ol" else 0
        items = []
        for place, item in enumerate(element.iterchildren("li")):
            items.append(
                {"number": start + place if element.tag == "ol" else None, "blocks": self.content(item, depth + 1)}
            )
        return {"k": "list", "items": items}

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        runs: list[Run] = []
        for run in self.runs(element):
            if "picture" not in run:
                runs.append(run)
                continue
            if runs:
                yield {"k": "p", "look": "plain", "runs": runs}
                runs = []
            yield {"k": "picture", "name": run["picture"], "alt": run["t"]}
        if words_of(runs).strip() or any("note" in run for run in runs):
            yield {"k": "p", "look": "plain", "runs": runs}

    def runs(self, element: etree._Element) -> list[Run]:
        """The words of an element with their looks, neighbours that look the same as one."""
        joined: list[Run] = []
        for run in self._walk(element, {}):
            before = joined[-1] if joined else None
            if before is not None and _same_look(before, run):
                before["t"] += run["t"]
            elif run["t"] or "note" in run or "picture" in run:
                joined.append(run)
        return joined

    def _walk(self, element: etree._Element, look: Run) -> Iterator[Run]:
        if element.text:
            yield {**look, "t": element.text}
        for child in element:
            yield from self._mark(child, look)
            if child.tail:
                yield {**look, "t": child.tail}

    def _mark(self, child: etree._Element, look: Run) -> Iterator[Run]:
        if child.tag == "br":
            yield {**look, "t": "\n"}
        elif child.tag == "img":
            yield from self._picture(child)
        elif child.tag == "a":
            href = child.get("href") or ""
            note = _NOTE.search(href)
            if note:
                yield {"t": "", "note": note[1]}
            elif not href.startswith("#goi-chu-thich-"):
                yield from self._walk(child, look | self._address(href))
        elif child.tag in _MARKS:
            if child.tag == "sup" and child.find("a") is not None and _NOTE.search(child.find("a").get("href") or ""):
                look = {key: value for key, value in look.items() if key != "sup"}
                yield from self._walk(child, look)
            else:
                yield from self._walk(child, look | {_MARKS[child.tag]: 1})
        else:
            yield from self._walk(child, look)

    def _picture(self, element: etree._Element) -> Iterator[Run]:
        found = _PICTURE.search(element.get("src") or "")
        if found:
            self.body.pictures.add(found[1])
            yield {"t": element.get("alt") or "", "picture": found[1]}

    def _address(self, href: str) -> Run:
        if len(href) > LONGEST_ADDRESS:
            return {}
        if href.startswith("/"):
            return {"url": self.address + href}
        return {"url": href} if href.startswith(("http://", "https://", "mailto:")) else {}

    def notes(self, aside: etree._Element) -> None:
        """The contents of the footnotes, from the end of the body."""
        for item in aside.iter("li"):
            number = (item.get("id") or "").removeprefix("chu-thich-")
            if number.isdigit():
                runs = [run for run in self.runs(item) if "note" not in run and "picture" not in run]
                self.body.notes[number] = runs


_BLOCKS = frozenset({*_HEADINGS, "p", "ul", "ol", "table", "blockquote", "div"})


def words_of(runs: list[Run]) -> str:
    """The plain words of runs."""
    return "".join(run["t"] for run in runs if "picture" not in run)


def _part_title(runs: list[Run]) -> None:
    """The title of a chapter stands on a line of its own, below its number."""
    first = runs[0]["t"]
    marker = read_marker(first[:300])
    if marker is not None and marker.end < len(first) and "\n" not in first[: marker.end + 1]:
        runs[0]["t"] = f"{first[: marker.end].rstrip()}\n{first[marker.end :]}"


def _same_look(one: Run, other: Run) -> bool:
    if "note" in one or "note" in other or "picture" in one or "picture" in other:
        return False
    return {**one, "t": ""} == {**other, "t": ""}


def _level(body: Body) -> None:
    """Headings counted from 1 without a gap, as readers for the blind need them (PDF/UA)."""
    for blocks in (body.main, *body.annexes):
        open_levels: list[int] = []
        for block in blocks:
            if block["k"] != "h":
                continue
            while open_levels and open_levels[-1] >= block["level"]:
                open_levels.pop()
            open_levels.append(block["level"])
            block["level"] = len(open_levels)
