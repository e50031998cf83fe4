"""The Markdown of pages: headings, paragraphs, lists, tables, links. No HTML.

Two ways in which it is simpler than CommonMark: two spaces indent a list by one level, whatever its marker, and a
table needs no line of dashes under its header.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.token import Token

LINK = "page:"
_LIST_ITEM = re.compile(r"( +)(?=(?:[-*+]|\d+[.)]) )")
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*")

Address = Callable[[str], str]


class UnknownPage(Exception):
    """A link to a page that the pack does not have; `line` from 1, within the text."""

    def __init__(self, slug: str, line: int) -> None:
        self.slug, self.line = slug, line


def to_html(text: str, address: Address) -> str:
    """The page as HTML, everything escaped. `address` gives the path of a page by its slug, for links `page:slug`.

    Raises `UnknownPage` for what `address` refuses with a KeyError.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("code")
    lines, origins = _prepared(text.splitlines())
    tokens = markdown.parse("\n".join(lines))
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        _link(token, address, origins)
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _prepared(lines: list[str]) -> tuple[list[str], list[int]]:
    """In CommonMark's own way, and for each line the number of the line it comes from."""
    prepared: list[str] = []
    origins: list[int] = []
    for number, line in enumerate(lines, 1):
        after_header = number >= 2 and _is_row(lines[number - 2]) and not (number >= 3 and _is_row(lines[number - 3]))
        if _is_row(line) and after_header and not _RULE.fullmatch(line):
            prepared.append("|" + " --- |" * (lines[number - 2].strip().count("|") - 1))
            origins.append(number)
        prepared.append(_LIST_ITEM.sub(lambda found: found[1] * 2, line, count=1) if _LIST_ITEM.match(line) else line)
        origins.append(number)
    return prepared, origins


def _is_row(line: str) -> bool:
    row = line.strip()
    return len(row) > 2 and row.startswith("|") and row.endswith("|")


def _link(token: Token, address: Address, origins: list[int]) -> None:
    for child in token.children or ():
        target = str(child.attrGet("href") or "") if child.type == "link_open" else ""
        if target.startswith(LINK):
            slug, _hash, anchor = target.removeprefix(LINK).partition("#")
            try:
                child.attrSet("href", address(slug) + (f"#{anchor}" if anchor else ""))
            except KeyError:
                raise UnknownPage(slug, origins[token.map[0]] if token.map else 1) from None
