"""From what was typed to what is asked. Every string is a question; none is an error."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portal.search.analysis import tokens
from portal.search.query.asked import MOST_WORDS, Asked, Words
from portal.search.query.fields import NUMBER, YEAR, Vocabulary, facet_named, longest_known, years
from portal.text import nfc, without_controls

LONGEST_TEXT = 2_000
"""Characters that are read."""
MOST_PHRASES = 8
"""Phrases that count, and as many exclusions."""
_LONGEST_VALUE = 12

_OPENING, _CLOSING = '"“„«', '"”»“'
_ANY = _OPENING + _CLOSING
_PART = re.compile(
    rf"(?P<no>(?<!\S)[-−](?=[\w{_OPENING}]))?"
    rf"(?:[{_OPENING}](?P<phrase>[^{_ANY}]*)[{_CLOSING}]|(?P<word>[^\s{_ANY}]+)|[{_ANY}])"
)
_NUMBER_BEFORE = re.compile(r"\d\s*[/／]\s*(?:\d{4}\s*[/／]\s*)?[^\W\d_]+\s*\Z")
_SPACES = re.compile(r"[\t\n\r\f\v]")
_SIGNS = ("/", "-", "–", "—", "−", "‑", "／")


@dataclass(frozen=True, slots=True)
class _Part:
    """A chunk between spaces, or a phrase between quotation marks."""

    text: str
    phrase: bool = False
    negative: bool = False


@dataclass
class _Reading:
    """What was read so far."""

    vocabulary: Vocabulary | None
    runs: list[list[str]] = field(default_factory=lambda: [[]])
    phrases: list[Words] = field(default_factory=list)
    excluded: list[Words] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    limits: dict[str, frozenset[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    count: int = 0
    shortened: bool = False

    def add(self, text: str) -> None:
        """Words that are looked for."""
        found = tokens(text)
        room = MOST_WORDS - self.count
        self.shortened = self.shortened or len(found) > room
        self.runs[-1].extend(found[:room])
        self.count += min(len(found), room)

    def add_phrase(self, text: str) -> None:
        self.cut()
        before = self.count
        self.add(text)
        if self.count > before and len(self.phrases) < MOST_PHRASES:
            self.phrases.append(tuple(self.runs[-1]))
        self.cut()

    def exclude(self, text: str) -> None:
        found = tuple(tokens(text))[:MOST_WORDS]
        if found and len(self.excluded) < MOST_PHRASES:
            self.excluded.append(found)
        self.cut()

    def limit(self, facet: str, values: frozenset[str]) -> None:
        """Said twice of one facet: either."""
        self.limits[facet] = self.limits.get(facet, frozenset()) | values
        self.cut()

    def add_number(self, number: str) -> None:
        if len(self.numbers) < MOST_PHRASES:
            self.numbers.append(number)
        self.cut()

    def cut(self) -> None:
        """What follows is no neighbour of what was before."""
        if self.runs[-1]:
            self.runs.append([])


def parse(text: str, vocabulary: Vocabulary | None = None) -> Asked:
    """Take a question apart: words, "phrases", -exclusions, limits (`so:`, `nam:` …).

    A limit counts when `vocabulary` knows a value by the words that follow it; without one only numbers and years do.
    A name that is no field leaves plain words. Time is linear in at most `LONGEST_TEXT` characters.
    """
    clean = without_controls(_SPACES.sub(" ", text[: LONGEST_TEXT * 2])).replace("：", ":")
    cut = nfc(clean)[:LONGEST_TEXT]
    reading = _Reading(vocabulary, shortened=len(text) > LONGEST_TEXT)
    parts = list(_parts(cut))
    place = 0
    while place < len(parts):
        place = _read(reading, parts, place)
    return Asked(
        text=cut.strip(),
        runs=tuple(tuple(run) for run in reading.runs if run),
        phrases=tuple(reading.phrases),
        excluded=tuple(reading.excluded),
        numbers=tuple(reading.numbers),
        limits=reading.limits,
        unknown=tuple(reading.unknown[:MOST_PHRASES]),
        shortened=reading.shortened,
    )


def _parts(text: str) -> Iterator[_Part]:
    for found in _PART.finditer(text):
        negative = bool(found["no"]) and not _NUMBER_BEFORE.search(text, max(0, found.start() - 40), found.start())
        if found["phrase"] is not None:
            yield _Part(found["phrase"], phrase=True, negative=negative)
        elif found["word"]:
            yield _Part(found["word"], negative=negative)


def _read(reading: _Reading, parts: Sequence[_Part], place: int) -> int:
    """Read the part at this place, and those that belong to it; the place after them."""
    part = parts[place]
    if part.phrase:
        (reading.exclude if part.negative else reading.add_phrase)(part.text)
        return place + 1
    named = _field_at(parts, place)
    if named is not None:
        return _read_limit(reading, parts, place, *named)
    if part.negative:
        reading.exclude(part.text)
    else:
        reading.add(part.text)
    return place + 1


def _field_at(parts: Sequence[_Part], place: int) -> tuple[str, str, int] | None:
    """Facet, the beginning of its value, and how many parts its name is long: `cơ quan:bộ` has two."""
    joined = ""
    for length in range(1, 4):
        if place + length > len(parts) or parts[place + length - 1].phrase:
            return None
        name, colon, value = parts[place + length - 1].text.partition(":")
        joined += name
        if colon:
            facet = facet_named(joined)
            return (facet, value, length) if facet else None
        if len(joined) > 20 or not joined.isalpha():
            return None
    return None


def _read_limit(reading: _Reading, parts: Sequence[_Part], place: int, facet: str, value: str, length: int) -> int:
    negative, after = parts[place].negative, place + length
    chunks = [value] if value else []
    if not chunks and after < len(parts) and parts[after].phrase:
        chunks, after = parts[after].text.split()[:_LONGEST_VALUE], after + 1
    elif facet == NUMBER:
        if value:
            after = _to_the_end_of_a_number(parts, after, chunks)
    else:
        for part in parts[after : after + _LONGEST_VALUE]:
            if part.phrase or part.negative or ":" in part.text:
                break
            chunks.append(part.text)
            after += 1
    values, used = _meaning(reading.vocabulary, facet, chunks)
    typed = " ".join(part.text for part in parts[place : place + length])
    if negative:
        reading.unknown.append(f"-{typed}")
        used = max(used, 1)
    elif not used:
        if value:
            reading.unknown.append(typed)
        reading.add(typed)
        used = 1 if value else 0
    elif facet == NUMBER:
        reading.add_number(" ".join(chunks))
    else:
        reading.limit(facet, values)
    reading.add(" ".join(chunks[used:]))
    return after


def _to_the_end_of_a_number(parts: Sequence[_Part], after: int, chunks: list[str]) -> int:
    """`so:249 / TB - VPCP`: signs hold the parts of a number together."""
    while after < len(parts) and not parts[after].phrase:
        text = parts[after].text
        if not (chunks[-1].endswith(_SIGNS) or text.startswith(_SIGNS)):
            break
        chunks.append(text)
        after += 1
    return after


def _meaning(vocabulary: Vocabulary | None, facet: str, chunks: Sequence[str]) -> tuple[frozenset[str], int]:
    """The values that the beginning of the chunks means, and how many chunks that is; 0 when it means nothing."""
    if not chunks:
        return frozenset(), 0
    if facet == NUMBER:
        return frozenset(), len(chunks) if tokens(" ".join(chunks)) else 0
    if facet == YEAR:
        found = years(chunks[0])
        return found, 1 if found else 0
    return longest_known(vocabulary, facet, chunks) if vocabulary else (frozenset(), 0)
