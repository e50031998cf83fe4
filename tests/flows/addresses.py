"""Every address of the program, from its own introspection, with its placeholders filled as the caller wishes."""

import re
from collections.abc import Iterator
from typing import Any

PLACEHOLDER = re.compile(r"{(\w+)(?::[^{}]*(?:{[^{}]*}[^{}]*)*)?}")
SHA256 = "0" * 64
FILTERS = ("q", "linh-vuc", "doi-tuong", "su-kien", "co-quan", "cap", "muc-do", "mien-phi", "chu-cai", "xep", "trang")
PARAMETERS: dict[str, tuple[str, ...]] = {
    "notices.list.all": ("q", "loai", "co-quan", "linh-vuc", "nam", "trang"),
    "notices.feed.all": ("q", "loai", "co-quan", "linh-vuc", "nam", "trang"),
    "notices.list.type": ("q", "trang", "loai"),
    "notices.find": ("q",),
    "search.page": (
        "q",
        "kind",
        "type",
        "issuer",
        "field",
        "year",
        "effect",
        "from",
        "to",
        "sort",
        "page",
        "size",
        "group",
    ),
    "search.feed": ("q", "kind", "issuer", "year", "from", "size", "page"),
    "search.advanced": ("q", "sent", "words", "phrase", "without", "number", "issuer", "type", "effect", "from", "to"),
    "search.suggestions": ("q", "format"),
    "api.procedures": (
        "q",
        "field",
        "agency",
        "audience",
        "event",
        "level",
        "service",
        "free",
        "page",
        "size",
        "sort",
    ),
    "notices.one": ("ngay",),
    "notices.citing": ("trang",),
    "catalogue.list.all": FILTERS,
    "catalogue.list.field": FILTERS,
    "catalogue.list.agency": FILTERS,
    "catalogue.list.letter": FILTERS,
    "catalogue.one": ("ngay", "co-quan"),
    "feedback.tell": ("muc",),
    "applying.start": ("co-quan",),
    "applying.draft": ("da",),
    "applying.section": ("ve",),
    "guides.first": ("gui", "chon", "nhap", "ban", "mat"),
    "guides.answers": ("gui", "chon", "nhap", "ban", "mat"),
    "guides.edit": ("tiep", "giu"),
    "guides.edit_node": ("tiep", "giu"),
    "feedback.desk": ("ngay", "trang"),
    "feedback.export": ("ngay",),
    "notices.desk": ("q", "loai", "trang-thai", "nam", "xep", "trang", "can-kiem-tra"),
    "notices.edit": ("tiep", "giu"),
    "search.desk": ("ngay",),
    "search.report": ("ngay",),
    "search.synonyms": ("thu",),
    "search.add_synonym": ("tu",),
    "search.add_best_bet": ("cau",),
    "site.section": ("trang",),
    "agencies.list": ("tinh-trang", "loai", "q"),
    "agencies.desk": ("q", "loai", "trang"),
    "accounts.people": ("q", "vai-tro", "trang-thai", "trang"),
    "accounts.sign_in": ("den", "giu", "ly-do"),
    "accounts.own": ("giu",),
    "publishing.compare": ("a", "b"),
    "dossiers.inbox": ("muc", "q", "xep", "trang"),
    "dossiers.counter": ("q", "thu-tuc"),
    "dossiers.figures": ("tu", "den", "cach"),
    "printing.register": ("tu", "den"),
    "api.dossier_statistics": ("year", "agency"),
    "following.lookup": ("ma", "ve"),
    "following.verify_form": ("ma",),
    "following.figures": ("nam", "co-quan"),
    "following.figures_csv": ("nam", "co-quan"),
    "following.requests": ("tinh-trang", "trang"),
    "following.readings": ("ma", "nguoi", "trang"),
    "following.readings_of": ("trang",),
}
"""Which parameters the pages read from their query."""


def patterns(config: Any) -> dict[str, str]:
    """Route → pattern."""
    entries = (entry["introspectable"] for entry in config.introspector.get_category("routes"))
    return {entry["name"]: entry["pattern"] for entry in entries}


def placeholders(pattern: str) -> list[str]:
    return PLACEHOLDER.findall(pattern)


def filled(pattern: str, values: dict[str, str]) -> str:
    """The pattern with `values` as they are; `{hash}` and the like must be among them."""
    return PLACEHOLDER.sub(lambda found: values[found[1]], pattern)


def one_by_one(pattern: str, values: dict[str, str], hostile: str) -> Iterator[str]:
    """The address with each of its placeholders in turn replaced by something hostile."""
    for name in placeholders(pattern):
        yield filled(pattern, values | {name: hostile})
