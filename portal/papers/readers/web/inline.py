"""The inside of one paragraph: words with their emphasis, links, line breaks, references to notes, pictures."""

import re
from html import escape

from lxml.html import HtmlElement

from portal.papers.errors import TooLong
from portal.papers.readers.web.notes import number_of
from portal.papers.readers.web.pictures import Pictures
from portal.text import without_controls

KEPT = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em", "var": "em",
    "sup": "sup", "sub": "sub", "s": "del", "strike": "del", "del": "del", "ins": "ins",
}  # fmt: skip
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique)", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?://|mailto:)[^\s\"<>]{1,2000}\Z", re.IGNORECASE)
_EMPTY = re.compile(r"<(strong|em|sup|sub|del|ins|a)(?: [^<>]*)?>(\s*)</\1>")
_SPACE_AT_BREAK = re.compile(r"\s*<br>\s*")
DEEPEST = 150


class Inline:
    """Collects the html and the text of one paragraph."""

    def __init__(self, pictures: Pictures, budget: int) -> None:
        self._html: list[str] = []
        self._text: list[str] = []
        self._pictures = pictures
        self._left = budget
        self._preformatted = 0
        self._budget = budget

    def say(self, text: str | None) -> None:
        """Words as they stand in the page; white space is one space unless preformatted."""
        if not text:
            return
        text = without_controls(text)  # an entity may name one
        self._left -= len(text)
        if self._left < 0:
            raise TooLong(characters=self._budget)
        if self._preformatted:
            lines = text.split("\n")
            self._text.append("\n".join(lines))
            self._html.append("<br>".join(escape(line, quote=False) for line in lines))
            return
        plain = re.sub(r"[ \t\r\n\f]+", " ", text)
        self._text.append(plain)
        self._html.append(escape(plain, quote=False))

    def over(self, element: HtmlElement, depth: int = 0) -> None:
        """An inline element with all that is in it; the words after it are not its own."""
        tag = element.tag
        if depth > DEEPEST:
            self.say(element.text_content())
        elif tag == "br":
            self._text.append("\n")
            self._html.append("<br>")
        elif tag == "img":
            self._picture(element)
        elif tag == "a" and (number := number_of(element)) is not None:
            self._html.append(f'<sup><a href="#chu-thich-{number}">{number}</a></sup>')
        else:
            opened, closed = _marks(element)
            self._html.append(opened)
            self._preformatted += tag == "pre"
            self.say(element.text)
            for child in element:
                if isinstance(child.tag, str):
                    self.over(child, depth + 1)
                self.say(child.tail)
            self._preformatted -= tag == "pre"
            self._html.append(closed)

    def break_line(self) -> None:
        """A new line within the paragraph, unless it has only begun."""
        if "".join(self._text[-3:]).strip():
            self._text.append("\n")
            self._html.append("<br>")

    def taken(self) -> tuple[str, str]:
        """The text and the html of the paragraph, which begins anew."""
        text = "\n".join(" ".join(line.split(" ")) for line in _lines("".join(self._text)))
        html = _tidy("".join(self._html))
        self._text, self._html = [], []
        return text, html

    def _picture(self, element: HtmlElement) -> None:
        alt = " ".join((element.get("alt") or "").split())[:500]
        name = self._pictures.take(element.get("src") or "", alt)
        if name is not None:
            self._html.append(f'<img src="hinh:{name}" alt="{escape(alt)}">')


def _marks(element: HtmlElement) -> tuple[str, str]:
    if element.tag == "a" and _ADDRESS.match(address := (element.get("href") or "").strip()):
        return f'<a href="{escape(address)}">', "</a>"
    kept = KEPT.get(element.tag)
    if kept:
        return f"<{kept}>", f"</{kept}>"
    style = element.get("style") or ""
    names = [name for name, where in (("strong", _BOLD), ("em", _ITALIC)) if style and where.search(style)]
    return "".join(f"<{name}>" for name in names), "".join(f"</{name}>" for name in reversed(names))


def _lines(text: str) -> list[str]:
    lines = [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return [line for place, line in enumerate(lines) if line or lines[place - 1]]


def _tidy(html: str) -> str:
    html = html.replace("<sup><sup>", "<sup>").replace("</sup></sup>", "</sup>")
    html = re.sub(r"[ \u00a0]+", " ", html)  # first of all: what follows looks again at each of many spaces
    before = ""
    while before != html:
        before, html = html, _EMPTY.sub(r"\2", html)
    html = _SPACE_AT_BREAK.sub("<br>", html)
    html = re.sub(r"(?:<br>){3,}", "<br><br>", re.sub(r" {2,}", " ", html))
    return re.sub(r"\A(?:<br>|\s)+|(?:<br>|\s)+\Z", "", html)
