"""What of a document's references is stored: one row a target, and the anchors that others may lead to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from portal.notices.references.chains import find_cited
from portal.notices.references.flat import text_of
from portal.notices.references.keys import number_key_of
from portal.notices.references.settling import settled
from portal.notices.types import by_name

LONGEST_ARTICLES = 400
_ANCHORS = re.compile(r' id="(dieu-\d+[a-z]*|chuong-\d+[a-z]*|phu-luc(?:-\w+)?)(-lan-2)?"')
_ARTICLE = re.compile(r"dieu-\w+|chuong-\w+|phu-luc-\w+")


@dataclass(frozen=True, slots=True)
class Row:
    """A document that is cited: its key, type (slug) and day of issue as far as told, the parts cited as anchors."""

    key: str
    type: str | None
    issued_on: date | None
    articles: str


@lru_cache(maxsize=4)  # asked for the rows and for the page cache, one after the other
def rows_of(html: str, *, own_number: str | None = None) -> tuple[Row, ...]:
    """What a stored body cites, each target once, in the order of first mention; not the document itself."""
    own = number_key_of(own_number) if own_number else None
    parts: dict[tuple[str, str | None, date | None], dict[str, None]] = {}
    for reference, key in settled(find_cited(text_of(html))):
        if key is None or key == own:
            continue
        type_ = by_name(reference.type) if reference.type else None
        cited = parts.setdefault((key, type_.slug if type_ else None, reference.issued_on), {})
        for anchor in reference.articles:
            article = _ARTICLE.match(anchor)
            if article:
                cited[article[0]] = None
    return tuple(Row(*target, _joined(cited)) for target, cited in parts.items())


def anchors_of(html: str) -> str:
    """The anchors of articles, chapters and annexes that stand once in a stored body, parted by spaces."""
    found: dict[str, bool] = {}
    for anchor, again in _ANCHORS.findall(html):
        found[anchor] = not again and anchor not in found
    return " ".join(anchor for anchor, is_unique in found.items() if is_unique)


def _joined(anchors: Iterable[str]) -> str:
    """As many as the column holds."""
    text = " ".join(anchors)
    return text if len(text) <= LONGEST_ARTICLES else text[:LONGEST_ARTICLES].rsplit(" ", 1)[0]
