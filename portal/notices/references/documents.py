"""Mentions of other documents: by number, or by the name and year of a law."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.notices.types import TYPES, by_name, by_notation
from portal.text import LOWERCASE, UPPERCASE, FoundNumber, find_numbers

_NAMES = sorted((type_.name for type_ in TYPES), key=len, reverse=True)
_NAME = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in _NAMES)
_LETTERS = UPPERCASE + LOWERCASE
_TYPED = re.compile(rf"(?<![{_LETTERS}])(?P<type>{_NAME})\s+(?:số\s*:?\s*)?\Z", re.IGNORECASE)
_TITLED = re.compile(
    rf"(?<![{_LETTERS}])(?P<type>Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị\s+quyết)(?P<title>\s[^\d;:.()“”\"\n]{{2,150}})\s+"
    r"số\s*:?\s*\Z",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"(?<!\w)số\s*:?\s*\Z", re.IGNORECASE)
_NEAR = re.compile(r"/\s?(?:(?:19|20)\d\d\s?[/⁄／]|[A-ZĐ])")
"""Every number has such a slash; to search for one sign is quick."""
_LONGEST, _LONGEST_BEFORE = 60, 40
_LOOK_BACK, _LOOK_FURTHER = 40, 170
_OTHER = re.compile(rf"(?<![{_LETTERS}])(?:{_NAME})\s", re.IGNORECASE)
_DATED = re.compile(
    r"[\s,]*(?:\(?ban hành\s+)?ngày\s+(?P<d>\d{1,2})(?:\s+tháng\s+|\s*[/.-]\s*)(?P<m>\d{1,2})"
    r"(?:\s+năm\s+|\s*[/.-]\s*)(?P<y>\d{4})(?!\d)",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\s*(?:,|;|và|hoặc|,\s*và)\s*(?:số\s*:?\s*)?\Z")
_LAW = re.compile(r"(?:Bộ\s+[Ll]uật|Luật|Pháp\s+lệnh|Hiến\s+pháp)(?=\s)")
_YEAR = r"(?:19[4-9]|20\d)\d"
_NAMED = re.compile(
    rf"(?P<type>Bộ\s+[Ll]uật|Luật|Pháp\s+lệnh|Hiến\s+pháp)(?P<title>\s+[^\d;:.()“”\"\n/]{{2,150}}?)?\s+"
    rf"(?:(?:năm\s+)?(?P<year>{_YEAR})"
    r"|ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4}))"
    r"(?![\w/])"
)
_AMENDING = re.compile(r"\s+sửa\s+đổi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a text: type as the register of types writes it, number, title of a law, date of issue."""

    start: int
    end: int
    type: str = ""
    number: str = ""
    year: int | None = None
    title: str = ""
    issued_on: date | None = None


def find_documents(text: str) -> list[Mention]:
    """Every document that is certainly named, in order, none inside another."""
    numbered = list(_numbered(text))
    named = list(_named(text))
    found = sorted([*numbered, *named], key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _numbered(text: str) -> Iterator[Mention]:
    before: Mention | None = None
    for found in _find_numbers(text):
        number = found.number
        intro = _introduced(text, found, before)
        if intro is None:
            continue
        start, written, title = intro
        type_ = by_name(written) if written else by_notation(number)
        issued_on = _date(_DATED.match(text, found.end))
        year = number.year or (issued_on.year if issued_on else None)
        before = Mention(start, found.end, type_.name if type_ else "", number.text, year, title, issued_on)
        yield before


def _find_numbers(text: str) -> Iterator[FoundNumber]:
    """As `find_numbers`, which is thorough and slow, but only near what looks like one."""
    done = 0
    for near in _NEAR.finditer(text):
        if near.start() < done:
            continue
        start = _word_start(text, near.start(), done)
        if start is None:
            continue
        for found in find_numbers(text[start : near.end() + _LONGEST]):
            if found.start + start > near.start():
                break
            yield FoundNumber(found.start + start, found.end + start, found.number)
            done = found.end + start


def _word_start(text: str, place: int, least: int) -> int | None:
    """Where the word before the slash begins; None when it is too long for a number."""
    place -= text[place - 1 : place].isspace()
    for start in range(place, max(least, place - _LONGEST_BEFORE) - 1, -1):
        if start in (0, least) or text[start - 1].isspace():
            return start
    return None


def _introduced(text: str, found: FoundNumber, before: Mention | None) -> tuple[int, str, str] | None:
    """Where the mention begins, its type as written, a law's title; None when nothing makes it a document's number."""
    after = before.end if before is not None else 0
    typed = _TYPED.search(text, max(after, found.start - _LOOK_BACK), found.start)
    if typed is not None:
        return typed.start(), " ".join(typed["type"].split()), ""
    if "QH" in found.number.letters:
        titled = _TITLED.search(text, max(after, found.start - _LOOK_FURTHER), found.start)
        if titled is not None and _is_one_law(text, titled):
            return titled.start(), " ".join(titled["type"].split()), " ".join(titled["title"].split())
    if before is not None and before.type and _ALSO.match(text, before.end, found.start):
        return found.start, before.type, ""
    if found.number.year is None:
        return None
    plain = _PLAIN.search(text, max(after, found.start - 8), found.start)
    return (plain.start() if plain is not None else found.start), "", ""


def _is_one_law(text: str, titled: re.Match[str]) -> bool:
    """Whether no other document begins between the type and the number, unless the law amends that one."""
    amends = _AMENDING.match(text, titled.end("type"))
    return bool(amends) or _OTHER.search(text, titled.end("type"), titled.end()) is None


LAWS = frozenset({"luat", "bo-luat", "phap-lenh", "hien-phap"})
"""Types that are also known by name and year."""


def _named(text: str) -> Iterator[Mention]:
    starts = [found.start() for found in _LAW.finditer(text) if not text[found.start() - 1 : found.start()].isalpha()]
    done = 0
    for place, start in enumerate(starts):
        if start < done:
            continue
        following = starts[place + 1] if place + 1 < len(starts) else len(text)
        limit = following
        if _AMENDING.match(text, start + 4) or _is_doubled(text, start, following):
            limit = min(len(text), start + 220)
        found = _NAMED.match(text, start, min(limit, start + 240))
        if found is None:
            continue
        type_ = by_name(" ".join(found["type"].split()))
        title = " ".join((found["title"] or "").split()).removesuffix("năm").strip()
        if type_ is None or (not title and type_.slug != "hien-phap"):
            continue
        issued_on = _date(found) if found["d"] else None
        year = int(found["year"]) if found["year"] else int(found["y"])
        done = found.end()
        yield Mention(start, found.end(), type_.name, "", year, title, issued_on)


def _is_doubled(text: str, start: int, following: int) -> bool:
    """Luật Luật sư: the law about lawyers has its type twice."""
    return text[start:following].strip() == "Luật" and text.startswith("Luật sư", following)


def _date(found: re.Match[str] | None) -> date | None:
    if found is None:
        return None
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None
