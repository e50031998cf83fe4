"""Numbers of documents as terms: `42/2022/nđ-cp` whole and in parts, and what a query may mean by its numbers (C-6).

Terms of `n/[year/]letters`: `n/year/LETTERS`, `n/LETTERS`, both also with only the first part of the letters, `n/year`,
`n`, `LETTERS` and each part of them, where n has no leading zeros and LETTERS are folded, without signs. Codes of
procedures and dossiers are their parts joined by dots.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from portal.search.analysis.words import fold, tokens
from portal.text import number_key, parse_number

_NUMBER = re.compile("[0-9]{1,8}[a-z]?")
_YEAR = re.compile("19[4-9][0-9]|20[0-9][0-9]")
_LETTERS = re.compile("[a-z][a-z0-9]{0,14}")
_CODE_PART = re.compile("[0-9]+|[a-z][0-9]{1,2}")

_LONGEST_NUMBER = 200
_MOST_TOKENS = 48
_MOST_NUMBERS = 6
_NEAR = 3
_LONGEST_RUN = 6
_SHORT_QUERY = 4
_QUERY_OF_NUMBERS = 8


def number_terms(number: str) -> list[str]:
    """The terms of a document's own number; of one that is no number its folded words. Each once, the whole first."""
    return list(_number_terms(number[:_LONGEST_NUMBER]))


@lru_cache(maxsize=1024)
def _number_terms(number: str) -> list[str]:
    parts = _parts(number)
    if _is_code(parts):
        return _code_terms(parts)
    parsed = parse_number(number)
    if parsed is None:
        bare = [_without_zeros(part) for part in parts]
        of_year = "/".join(bare) if len(bare) == 2 and _YEAR.fullmatch(bare[1]) else ""
        return _distinct([of_year, *bare])[:16]
    letters = _parts(number_key(parsed.letters))
    joined = "".join(letters)
    if not parsed.number:
        return _distinct([joined, *letters])
    own = _without_zeros("".join(_parts(parsed.number)))
    with_year = [own, str(parsed.year)] if parsed.year else [own]
    spelled = ["/".join([*before, after]) for after in (joined, letters[0]) for before in (with_year, [own])]
    return _distinct([*spelled, "/".join(with_year), own, joined, *letters])


def asked_numbers(text: str) -> list[list[tuple[str, float]]]:
    """What a query may mean by its numbers: (term, weight) by certainty, whole numbers first, then lone parts.

    Of the terms of the first list that exist in the index all count; the second list is for when none of these does.
    A list is left away when it is empty.
    """
    words = [fold(token) for token in tokens(text)[:_MOST_TOKENS]]
    places = [place for place, word in enumerate(words) if _NUMBER.fullmatch(word)][:_MOST_NUMBERS]
    codes = _distinct(_codes(words))
    whole = codes or _distinct(term for place in places for term in _around(words, place))
    lone: list[tuple[str, float]] = []
    if len(words) <= _QUERY_OF_NUMBERS:
        lone += [(number, 0.3) for number in _distinct(_without_zeros(words[place]) for place in places)]
    if len(words) <= _SHORT_QUERY:
        lone += [(run, 0.1) for run in _distinct(run for start in range(len(words)) for run in _runs(words[start:]))]
    return [found for found in ([(term, 1.0) for term in whole], lone) if found]


def _around(words: Sequence[str], place: int) -> Iterator[str]:
    """Whole numbers that the number at this place may be the beginning of, with the years and letters beside it."""
    number = _without_zeros(words[place])
    near = range(max(0, place - _NEAR), min(len(words), place + _NEAR + 1))
    years = [other for other in near if other != place and _YEAR.fullmatch(words[other])]
    runs = _distinct(run for beside in (place, *years) for run in _runs_beside(words, beside))
    for year in _distinct(words[other] for other in years):
        yield from (f"{number}/{year}/{run}" for run in runs)
        yield f"{number}/{year}"
    yield from (f"{number}/{run}" for run in runs)


def _runs_beside(words: Sequence[str], place: int) -> Iterator[str]:
    yield from _runs(words[place + 1 :])
    for start in range(max(0, place - _LONGEST_RUN), place):
        if all(map(_LETTERS.fullmatch, words[start:place])):
            yield "".join(words[start:place])


def _runs(words: Sequence[str]) -> Iterator[str]:
    """The first word, the first two joined … that could be the letters of a number."""
    run = ""
    for word in words[:_LONGEST_RUN]:
        if not _LETTERS.fullmatch(word):
            return
        run += word
        yield run


def _parts(number: str) -> list[str]:
    return [fold(token) for token in tokens(number)]


def _without_zeros(part: str) -> str:
    """`01` → `1`, `007b` → `7b`; other words as they are."""
    return (part.lstrip("0") or "0") if _NUMBER.fullmatch(part) else part


def _is_code(parts: Sequence[str]) -> bool:
    return len(parts) >= 4 and all(map(_CODE_PART.fullmatch, parts)) and sum(map(str.isdigit, parts)) >= 3


def _code_terms(parts: Sequence[str]) -> list[str]:
    """`1.001193.000.00.00.h35` whole, `1.001193`, `001193` and the parts that are not all zeros."""
    telling = [part for part in parts if part.strip("0")]
    return _distinct([".".join(parts), ".".join(parts[:2]), *telling, *map(_without_zeros, telling)])


def _codes(words: Sequence[str]) -> Iterator[str]:
    """Runs of parts that could be a code, or the beginning of one (`1.001193`)."""
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and _CODE_PART.fullmatch(words[end]):
            end += 1
        if end - start >= 4:
            yield ".".join(words[start:end])
        elif end - start >= 2 and len(words[start + 1]) >= 5:
            yield ".".join(words[start : start + 2])
        start = max(end, start + 1)


def _distinct(terms: Iterator[str] | Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, terms)))
