"""Plain lines with dashes as bullets → paragraphs and lists."""

import re
from collections.abc import Iterable
from html import escape

_BULLET = re.compile(r"\s*(?P<mark>[-–—•*]+|\++\)?)\s*(?=\S)")
_BLANKS = re.compile(r"[ \t\u00a0]+")


def lines_of(text: str) -> list[str]:
    """The lines that say something, spaces tidied."""
    return [line for line in (_BLANKS.sub(" ", line).strip() for line in text.splitlines()) if _says(line)]


def to_html(lines: Iterable[str]) -> str:
    """Paragraphs, and nested lists of the lines that begin with a dash, plus or star. Letters and numbers stay."""
    html: list[str] = []
    marks: list[str] = []
    for line in lines:
        bullet = _BULLET.match(line)
        if bullet is None:
            html += ["</li></ul>"] * len(marks)
            marks.clear()
            html.append(f"<p>{escape(line)}</p>")
            continue
        mark = bullet["mark"].replace("–", "-").replace("—", "-")
        while marks and mark in marks and marks[-1] != mark:
            marks.pop()
            html.append("</li></ul>")
        if mark in marks:
            html.append("</li>")
        else:
            marks.append(mark)
            html.append("<ul>")
        html.append(f"<li>{escape(line[bullet.end() :])}")
    return "".join([*html, *["</li></ul>"] * len(marks)])


def without_bullet(line: str) -> str:
    """The line without the dashes, pluses and stars before it."""
    found = _BULLET.match(line)
    return line[found.end() :].strip() if found else line.strip()


def _says(line: str) -> bool:
    return any(character.isalnum() for character in line)
