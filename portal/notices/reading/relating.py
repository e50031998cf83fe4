"""What the document does to others: amends, replaces, repeals, guides, corrects, is based on (A3-7)."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from portal.notices.reading.found import Found, Related
from portal.notices.reading.source import Source, one_line
from portal.notices.types import TYPES
from portal.request import _
from portal.text import LOWERCASE, UPPERCASE, find_numbers

_NAMES = "|".join(
    sorted((re.escape(type_.name) for type_ in TYPES if type_.slug not in ("thu-cong",)), key=len, reverse=True)
)
_TITLE_VERBS = (
    (re.compile(r"sửa\s+đổi|bổ\s+sung|điều\s+chỉnh(?=.{0,40}\bsố\s+\d)", re.IGNORECASE), "amends"),
    (re.compile(r"thay\s+thế", re.IGNORECASE), "replaces"),
    (re.compile(r"bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ|thu\s+hồi(?=.{0,40}\bsố\s+\d)", re.IGNORECASE), "repeals"),
    (re.compile(r"hướng\s+dẫn|quy\s+định\s+chi\s+tiết", re.IGNORECASE), "guides"),
    (re.compile(r"đính\s+chính", re.IGNORECASE), "corrects"),
)
_CLOSING_VERBS = re.compile(
    r"\b(?:(?P<replaces>thay\s+thế(?:\s+cho)?)|(?P<repeals>bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ)|(?P<corrects>đính\s+chính))\s+",
    re.IGNORECASE,
)
_LAPSES = re.compile(
    r"\b(?:hết\s+hiệu\s+lực|chấm\s+dứt\s+hiệu\s+lực)(?P<partly>(?:\s+thi\s+hành)?\s+một\s+phần)?\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^\n;]+")
_LONGEST_SENTENCE = 1500
_LONGEST_SCOPE = 220

# A document named by its number, or a law by its name and year: "Quyết định số 7/QĐ-BA", "Luật Thư viện năm 2019".
_TITLED = r"(?:\s+[^\W\d_][\w,’'\-]*){0,25}?"
_DOCUMENT = re.compile(
    rf"(?P<type>(?i:{_NAMES}))(?![{LOWERCASE}])(?:\s+liên\s+tịch)?(?:(?P<title>{_TITLED})\s+[Ss]ố\s*:?\s*(?=\d)|"
    rf"(?<=uật)(?P<law>(?:\s+[^\W\d_][\w,’'\-]*){{1,20}}?)\s+(?:năm\s+(?P<year>\d{{4}})|"
    rf"ngày\s+\d{{1,2}}[\s/]\D{{0,8}}\d{{1,2}}[\s/]\D{{0,6}}\d{{4}}))"
)
_ANY_LAW = re.compile(
    rf"(?P<type>(?i:Bộ\s+luật|Luật|Pháp\s+lệnh))\s+(?P<law>[{UPPERCASE}{LOWERCASE}][^\n;.“”\d]{{2,120}}?)(?=\s*(?:$|[;.\n“”]|ngày\s|số\s|năm\s))"
)
_PARTS = re.compile(
    r"(?:các\s+|toàn\s+bộ\s+|quy\s+định\s+tại\s+|nội\s+dung\s+|một\s+số\s+)*"
    r"(?:điểm|khoản|điều|mục|chương|phụ\s+lục|cụm\s+từ|phần|biểu|mẫu|một\s+phần)\b",
    re.IGNORECASE,
)
_SCOPE_END = re.compile(
    r"[\s,]*(?:ban\s+hành\s+kèm\s+theo|kèm\s+theo|của|tại|thuộc|trong)?\s*(?:các\s+)?\Z", re.IGNORECASE
)
_FILLER = re.compile(r"\s*(?:các\s+|toàn\s+bộ\s+|cho\s+|văn\s+bản\s+sau(?:\s+đây)?\s*:?\s*)*", re.IGNORECASE)
_LIST_ITEM = re.compile(r"\s*(?:[-–+•]|[a-zđ]\)|\d{1,2}[.)])\s*(?=\S)")


class _Named(NamedTuple):
    """A document named in a text, in offsets of that text."""

    start: int
    end: int
    number: str
    title: str


def relations(
    source: Source,
    *,
    title_at: tuple[int, int] | None,
    bases: Iterable[Found[str]],
    closing: tuple[int, int],
    own: str,
) -> Iterator[Found[Related]]:
    """Every relation once, in the order: title, closing articles, bases. `own` is the document's own number."""
    seen: set[tuple[str, str]] = set()
    found_all = [
        *(_from_title(source, *title_at) if title_at else ()),
        *_from_closing(source, *closing),
        *(_from_basis(source, basis) for basis in bases),
    ]
    changed: set[str] = set()
    for found in found_all:
        key = (found.value.relation, found.value.number or found.value.title.lower())
        is_again = found.value.number in changed and found.value.relation == "based_on"
        if key in seen or is_again or (found.value.number and found.value.number == own):
            continue
        seen.add(key)
        if found.value.number:
            changed.add(found.value.number)
        yield found


def _documents(text: str, start: int, end: int) -> Iterator[_Named]:
    """The documents that `text` names between the offsets."""
    for named in _DOCUMENT.finditer(text, start, end):
        if named["law"] is not None:
            title = one_line(named[0])
            yield _Named(named.start(), named.end(), "", title)
            continue
        number = next((n for n in find_numbers(text[named.end() : named.end() + 60]) if n.start == 0), None)
        if number is not None:
            name = one_line(named["type"])
            title = one_line(f"{name[:1].upper()}{name[1:].lower()}{named['title'] or ''} số {number.number.text}")
            yield _Named(named.start(), named.end() + number.end, number.number.text, title)


def _from_title(source: Source, start: int, end: int) -> Iterator[Found[Related]]:
    title = source.plain[start:end]
    verbs = sorted((m.start(), m.end(), relation) for verb, relation in _TITLE_VERBS for m in [verb.search(title)] if m)
    if not verbs:
        return
    at, after, relation = verbs[0]
    named = next(_documents(title, after, len(title)), None)
    if named is None:
        numbers = [n for n in find_numbers(title) if n.start > at]
        if numbers:
            text = numbers[0].number.text
            kind = list(re.finditer(rf"\b(?:{_NAMES})\b", title[: numbers[0].start], re.IGNORECASE))
            name = kind[-1][0].capitalize() if kind else ""
            named = _Named(
                kind[-1].start() if kind else numbers[0].start, numbers[0].end, text, f"{name} số {text}".strip()
            )
    if named is None and relation in ("guides", "amends"):
        law = _ANY_LAW.search(title, after)
        named = _Named(law.start(), law.end(), "", one_line(law[0])) if law else None
    if named is not None:
        doubt = "" if named.number else _("Không nêu số; cần chọn văn bản.")
        scope = _scope(title[after : named.start])
        yield source.found(Related(relation, named.number, named.title, scope), start + at, start + named.end, doubt)


def _scope(between: str) -> str | None:
    """Which parts are meant, from the words between the verb and the document."""
    if len(between) > _LONGEST_SCOPE:
        return None
    parts = _PARTS.search(between)
    if parts is None:
        return None
    return one_line(_SCOPE_END.sub("", between[parts.start() :])) or None


def _from_closing(source: Source, start: int, end: int) -> Iterator[Found[Related]]:
    plain = source.plain
    listing: str | None = None
    for sentence in _SENTENCE.finditer(plain, start, end):
        text = sentence[0]
        if len(text) > _LONGEST_SENTENCE:
            text = text[:_LONGEST_SENTENCE] if plain.count("\n", start, end) < 5 else ""
        if not text.strip():
            continue
        if text.count("“") != text.count("”"):
            listing = None
            continue
        item = _LIST_ITEM.match(text)
        if listing and (named := next(_documents(text, item.end() if item else 0, len(text)), None)):
            before = text[item.end() if item else 0 : named.start]
            if len(before) < _LONGEST_SCOPE and not _CLOSING_VERBS.search(text):
                yield _related(source, listing, sentence.start(), named.start - len(before), named, _scope(before))
                continue
        listing = None
        for acts in _CLOSING_VERBS.finditer(text):
            relation = acts.lastgroup or ""
            yield from _acted_on(source, relation, sentence.start(), text, acts)
            if (
                re.search(r"(?:sau|sau đây|sau này)\s*:\s*\Z", text)
                or not text[acts.end() :].strip(" :")
                or (plain[sentence.end() : sentence.end() + 1] == ";" and _numbered_after(text, acts.end()))
            ):
                listing = relation
        yield from _lapsing(source, sentence.start(), text)


def _numbered_after(text: str, place: int) -> bool:
    return next(_documents(text, place, len(text)), None) is not None


def _acted_on(source: Source, relation: str, offset: int, text: str, acts: re.Match[str]) -> Iterator[Found[Related]]:
    """The documents behind a verb: the first must follow at once (or after the parts that are meant), others "
    "by commas."""
    place = acts.end()
    stop = text.find(". ", place)
    limit = len(text) if stop < 0 else stop
    first = True
    while named := next(_documents(text, place, limit), None):
        before = text[place : named.start]
        filler = _FILLER.match(before)
        rest = before[filler.end() :] if filler else before
        scope = _scope(before)
        if first and rest.strip() and scope is None:
            return
        if not first and not re.fullmatch(r"[^.“”]{0,200}?(?:,|và|;)\s*(?:các\s+)?[^.,;“”]{0,120}", before):
            return
        if not first and scope is None and not re.search(r"(?:,|và|;)\s*\Z", before):
            return
        yield _related(source, relation, offset, acts.start() if first else named.start, named, scope)
        first, place = False, named.end


def _related(
    source: Source, relation: str, offset: int, begin: int, named: _Named, scope: str | None
) -> Found[Related]:
    doubt = "" if named.number else _("Không nêu số; cần chọn văn bản.")
    return source.found(Related(relation, named.number, named.title, scope), offset + begin, offset + named.end, doubt)


def _lapsing(source: Source, offset: int, text: str) -> Iterator[Found[Related]]:
    lapse = _LAPSES.search(text)
    if lapse is None:
        return
    named = next(_documents(text, 0, lapse.start()), None)
    if named is None or re.search(r"\bnày\s*\Z", text[: lapse.start()].rstrip()):
        return
    scope = _scope(text[max(0, named.start - 120) : named.start])
    if lapse["partly"]:
        scope = scope or "một phần"
    yield _related(source, "repeals", offset, named.start, named, scope)


def _from_basis(source: Source, basis: Found[str]) -> Found[Related]:
    text = basis.value.removeprefix("Căn cứ").strip()
    first = next(iter(find_numbers(text)), None)
    unsure = _("Căn cứ không nêu số; cần chọn văn bản.")
    is_named = first is not None and first.start < 90
    value = Related("based_on", first.number.text if first and is_named else "", text)
    return Found(value, basis.start, basis.end, basis.passage, bool(is_named), "" if is_named else unsure)
