"""Every address of the program, from its own introspection, with its placeholders filled as the caller wishes."""

import re
from collections.abc import Iterator
from typing import Any

PLACEHOLDER = re.compile(r"{(\w+)(?::[^{}]*(?:{[^{}]*}[^{}]*)*)?}")
SHA256 = "0" * 64
PARAMETERS: dict[str, tuple[str, ...]] = {
    "notices.list.all": ("q", "loai", "co-quan", "linh-vuc", "nam", "trang"),
    "notices.feed.all": ("q", "loai", "co-quan", "linh-vuc", "nam", "trang"),
    "notices.list.type": ("q", "trang", "loai"),
    "notices.find": ("q",),
    "notices.one": ("ngay",),
    "notices.citing": ("trang",),
    "notices.desk": ("q", "loai", "trang-thai", "nam", "xep", "trang", "can-kiem-tra"),
    "notices.edit": ("tiep", "giu"),
    "site.section": ("trang",),
    "agencies.list": ("tinh-trang", "loai", "q"),
    "agencies.desk": ("q", "loai", "trang"),
    "accounts.people": ("q", "vai-tro", "trang-thai", "trang"),
    "accounts.sign_in": ("den", "giu", "ly-do"),
    "accounts.own": ("giu",),
    "publishing.compare": ("a", "b"),
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
