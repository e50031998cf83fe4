"""What the document does to others: amends, replaces, repeals, guides, corrects, is based on (A3-7)."""

import re
from collections.abc import Iterable, Iterator

from portal.notices.reading.found import Found, Related
from portal.notices.reading.source import Source, one_line
from portal.notices.types import TYPES
from portal.request import _
from portal.text import find_numbers

_NAMES = "|".join(
    sorted((re.escape(type_.name) for type_ in TYPES if type_.slug not in ("thu-cong",)), key=len, reverse=True)
)
_OTHER = re.compile(rf"(?:các\s+)?(?P<type>{_NAMES})\b", re.IGNORECASE)
_TITLE_VERBS = (
    (re.compile(r"sửa\s+đổi|bổ\s+sung", re.IGNORECASE), "amends"),
    (re.compile(r"thay\s+thế", re.IGNORECASE), "replaces"),
    (re.compile(r"bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ", re.IGNORECASE), "repeals"),
    (re.compile(r"hướng\s+dẫn|quy\s+định\s+chi\s+tiết", re.IGNORECASE), "guides"),
    (re.compile(r"đính\s+chính", re.IGNORECASE), "corrects"),
)
_CLOSING_VERBS = (
    (re.compile(r"\bthay\s+thế(?:\s+cho)?\s+(?:các\s+|toàn\s+bộ\s+)?", re.IGNORECASE), "replaces"),
    (re.compile(r"\b(?:bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ)\s+(?:các\s+|toàn\s+bộ\s+)?(?=\S)", re.IGNORECASE), "repeals"),
)
_LAPSES = re.compile(r"\b(?:hết\s+hiệu\s+lực|chấm\s+dứt\s+hiệu\s+lực)\b", re.IGNORECASE)
_NUMBERED = re.compile(rf"(?P<type>{_NAMES})\s+(?:liên\s+tịch\s+)?số\s*:?\s*(?=\d)", re.IGNORECASE)
_SENTENCE = re.compile(r"[^\n;]+")


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


def _from_title(source: Source, start: int, end: int) -> Iterator[Found[Related]]:
    title = source.plain[start:end]
    verbs = sorted((m.start(), relation) for verb, relation in _TITLE_VERBS for m in [verb.search(title)] if m)
    if not verbs:
        return
    at, relation = verbs[0]
    numbers = [n for n in find_numbers(title) if n.start > at]
    for n in numbers[:1]:
        name = _type_before(title, n.start)
        yield source.found(
            Related(relation, n.number.text, one_line(f"{name} {n.number.text}")), start + at, start + n.end
        )


def _type_before(text: str, place: int) -> str:
    names = list(_OTHER.finditer(text, max(0, place - 60), place))
    return names[-1]["type"].capitalize() if names else ""


def _from_closing(source: Source, start: int, end: int) -> Iterator[Found[Related]]:
    plain = source.plain
    for sentence in _SENTENCE.finditer(plain, start, end):
        text = sentence[0]
        if len(text) > 1500 or text.count("“") != text.count("”"):
            continue
        for verb, relation in _CLOSING_VERBS:
            for acts in verb.finditer(text):
                number = _NUMBERED.match(text, acts.end())
                if number:
                    yield from _numbered(source, relation, sentence.start(), text, acts.start(), number)
        lapse = _LAPSES.search(text)
        number = _NUMBERED.search(text, 0, lapse.start()) if lapse else None
        if number and lapse and not re.match(r"\s*một phần", text[lapse.end() :]):
            yield from _numbered(source, "repeals", sentence.start(), text, number.start(), number)


def _numbered(
    source: Source, relation: str, offset: int, text: str, begin: int, named: re.Match[str]
) -> Iterator[Found[Related]]:
    found = next((n for n in find_numbers(text[named.end() : named.end() + 60]) if n.start == 0), None)
    if found is None:
        return
    title = one_line(f"{named['type']} số {found.number.text}")
    finish = offset + named.end() + found.end
    yield source.found(Related(relation, found.number.text, title), offset + begin, finish)


def _from_basis(source: Source, basis: Found[str]) -> Found[Related]:
    text = basis.value.removeprefix("Căn cứ").strip()
    first = next(iter(find_numbers(text)), None)
    unsure = _("Căn cứ không nêu số; cần chọn văn bản.")
    is_named = first is not None and first.start < 90
    value = Related("based_on", first.number.text if first and is_named else "", text)
    return Found(value, basis.start, basis.end, basis.passage, bool(is_named), "" if is_named else unsure)
