"""Akoma Ntoso of other writers: laws, bills, judgments and debates of any country, as far as a record can hold them."""

from collections.abc import Iterator

from lxml import etree

from portal.notices.akn.iri import UNKNOWN_DATE
from portal.notices.akn.markup import Flow
from portal.notices.akn.names import LANGUAGES
from portal.notices.akn.parsing import child, first, local, words
from portal.notices.data import Data
from portal.notices.types import BY_SLUG, by_name
from portal.text import parse_number, slug

_TWO_LETTERS = {three: two for two, three in LANGUAGES.items()}
_TITLED = frozenset({"num", "heading", "subheading"})
_LONGEST_NUMBER = 40


class ForeignBody(Flow):
    """Numbers stand before the text they number; what has a heading is one."""

    def __init__(self, root: etree._Element) -> None:
        super().__init__(root, is_own=False)
        self._root, self._depth = root, 0
        self.markup.kept = {
            each.get("eId") or each.get("id") or "": each for each in root.iter() if local(each) == "note"
        }

    def html(self) -> str:
        """All that stands in the document outside of its metadata."""
        blocks = self.blocks(self._root)
        return "\n".join([*blocks, self.markup.footnotes()])

    def block(self, element: etree._Element) -> Iterator[str]:
        if local(element) == "foreign":
            yield from self._plain(words(element))
        elif any(local(each) in _TITLED for each in element):
            yield from self._titled(element)
        elif local(element) in _TITLED or local(element) == "crossHeading":
            yield from self._plain_line(element)
        else:
            yield from super().block(element)

    def _titled(self, element: etree._Element) -> Iterator[str]:
        title = [self.markup.line(each) for each in element if local(each) in _TITLED]
        has_heading = any(local(each) != "num" for each in element if local(each) in _TITLED)
        line = " ".join(part for part in (" ".join(part.split()) for part in title) if part)
        self._depth += has_heading
        inside = self.blocks(element, without=_TITLED)
        self._depth -= has_heading
        if has_heading and line:
            level = min(2 + self._depth, 4)
            yield f"<h{level}>{line}</h{level}>"
        elif line and inside and inside[0].startswith("<p>"):
            inside[0] = f"<p>{line} {inside[0][3:]}"
        elif line:
            yield f"<p>{line}</p>"
        yield from inside

    def _plain_line(self, element: etree._Element) -> Iterator[str]:
        line = self.markup.line(element).strip()
        if line:
            yield f"<p>{line}</p>"

    def _plain(self, text: str) -> Iterator[str]:
        holder = etree.Element("p")
        holder.text = text
        yield from self._plain_line(holder)


def fields_of(document: etree._Element) -> Data:
    """What the metadata and the preface say of type, number, date, title and author; nothing is guessed beyond that."""
    work = first(child(document, "meta"), "FRBRWork")
    expression = first(child(document, "meta"), "FRBRExpression")
    preface = child(document, "preface")
    titles = (words(first(preface, name)) for name in ("docTitle", "shortTitle", "longTitle"))
    return {
        "type": _type(document, work, preface),
        "title": next(filter(None, titles), "") or _alias(work),
        "issued_on": _date(work),
        "issuer": {"name": _author(document, work), "code": None},
        "language": _language(expression),
        **_number(words(first(preface, "docNumber")) or _value(work, "FRBRnumber")),
    }


def _type(document: etree._Element, work: etree._Element | None, preface: etree._Element | None) -> str | None:
    named = (_value(work, "FRBRsubtype"), document.get("name") or "", words(first(preface, "docType")))
    for name in named:
        if slug(name) in BY_SLUG:
            return slug(name)
        found = by_name(name)
        if found is not None:
            return found.slug
    return None


def _number(written: str) -> Data:
    parsed = parse_number(written)
    if parsed is not None:
        return {"number": parsed.number, "notation": parsed.notation}
    return {"number": written if len(written) <= _LONGEST_NUMBER else None, "notation": None}


def _alias(work: etree._Element | None) -> str:
    for name in ("FRBRalias", "FRBRname"):
        for each in work if work is not None else ():
            if local(each) == name and each.get("name") != "address":
                return " ".join((each.get("showAs") or each.get("value") or "").split())
    return ""


def _date(work: etree._Element | None) -> str | None:
    found = first(work, "FRBRdate")
    on = "" if found is None else found.get("date") or ""
    return None if on.startswith(UNKNOWN_DATE) else on[:10]


def _author(document: etree._Element, work: etree._Element | None) -> str | None:
    found = first(work, "FRBRauthor")
    href = "" if found is None else (found.get("href") or "").removeprefix("#")
    for each in document.iter():
        if href and local(each).startswith("TLC") and href in (each.get("eId"), each.get("id"), each.get("href")):
            return str(each.get("showAs") or "")
    return None


def _language(expression: etree._Element | None) -> str:
    found = first(expression, "FRBRlanguage")
    written = "" if found is None else found.get("language") or ""
    return _TWO_LETTERS.get(written, written) or "vi"


def _value(work: etree._Element | None, name: str) -> str:
    found = first(work, name)
    return "" if found is None else found.get("value") or found.get("showAs") or ""
