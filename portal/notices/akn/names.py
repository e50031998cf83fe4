"""Names of Akoma Ntoso 3.0 (OASIS LegalDocML, requirements B3) and of our own attributes in it."""

import re

from portal.notices.body import Kind

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:portal:akn:1"
"""Our foreign attributes, which the standard allows on every element: what HTML says and Akoma Ntoso cannot.

`line`: the HTML element of the line that a part begins with (default p), or what a paragraph holds (`quoted`,
`notes`); `join`: what stands between number and text
(a space; `br`, `none`, or `alone` when there is no text); `marks`: how many marks (bold …) go on from number to text;
`own`: how many blocks a list item has (default 1); `first`: a list begins here; `more`: the list before goes on here.
"""
DRAFTS = re.compile(
    r"http://docs\.oasis-open\.org/legaldocml/ns/akn/3\.0/[A-Za-z0-9]+|http://www\.akomantoso\.org/[123]\.0"
)
"""Namespaces of drafts and earlier versions, which published samples still use."""
MEDIA_TYPE = "application/akn+xml"

TAGS = {
    Kind.ANNEX: "attachment",
    Kind.PART: "part",
    Kind.CHAPTER: "chapter",
    Kind.SECTION: "section",
    Kind.SUBSECTION: "subsection",
    Kind.ARTICLE: "article",
    Kind.CLAUSE: "paragraph",
    Kind.CONCLUSION: "paragraph",
    Kind.POINT: "point",
}
SHORT = {
    Kind.ANNEX: "att",
    Kind.PART: "part",
    Kind.CHAPTER: "chp",
    Kind.SECTION: "sec",
    Kind.SUBSECTION: "subsec",
    Kind.ARTICLE: "art",
    Kind.CLAUSE: "para",
    Kind.CONCLUSION: "para",
    Kind.POINT: "point",
}
"""Abbreviations of the naming convention, from which `eId` is made: `art_5__para_2__point_a`."""
WHOLE = frozenset({Kind.PART, Kind.CHAPTER, Kind.ARTICLE})
"""Parts numbered through the whole document: their `eId` does not name what they stand in."""
MARKS = {"strong": "b", "em": "i", "sup": "sup", "sub": "sub", "del": "del", "ins": "ins"}
LANGUAGES = {"vi": "vie", "en": "eng", "fr": "fra", "zh": "zho", "ja": "jpn", "ko": "kor", "ru": "rus", "lo": "lao"}
"""Of the record to ISO 639-2; others are written as they are."""
