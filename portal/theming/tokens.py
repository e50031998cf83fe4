"""Design tokens: the few values a theme sets, checked, and written as CSS custom properties `--portal-…`."""

import difflib
import re
from collections.abc import Mapping
from typing import NamedTuple

from portal.theming.colour import contrast, is_colour

TEXT, GRAPHIC = 4.5, 3.0
"""Least contrast of text (WCAG 1.4.3) and of what bounds a control (WCAG 1.4.11)."""

GROUPS = ("colours", "fonts", "shape")
_LENGTH = re.compile(r"0|\d+(?:\.\d+)?(?:px|rem)")
_FONTS = re.compile(r"""(?:[\w -]+|"[\w .-]+")(?:\s*,\s*(?:[\w -]+|"[\w .-]+"))*""")

Tokens = dict[str, str]


class Pair(NamedTuple):
    """Two colours that meet on a page."""

    front: str
    back: str
    least: float


def _pairs(least: float, **fronts: str) -> list[Pair]:
    return [Pair(front.replace("_", "-"), back, least) for front, backs in fronts.items() for back in backs.split()]


PAIRS = [
    *_pairs(TEXT, text="background surface surface-strong brand-tint", text_muted="background surface"),
    *_pairs(TEXT, link="background surface brand-tint", link_hover="background surface"),
    *_pairs(TEXT, link_visited="background surface", brand="background surface brand-tint"),
    *_pairs(TEXT, action_text="action action-dark", action="background surface", accent_text="accent"),
    *_pairs(TEXT, strip_text="strip", header_text="header header-end", header_muted="header header-end"),
    *_pairs(TEXT, nav_text="nav nav-active", footer_text="footer", footer_link="footer"),
    *_pairs(TEXT, focus_text="focus", error="background error-tint", success="background success-tint"),
    *_pairs(TEXT, warning="background warning-tint", info="info-tint", neutral="neutral-tint"),
    *_pairs(GRAPHIC, input_border="background surface", accent="header footer", rule="background"),
]
"""Every pair the style sheets rely on. A new use of two tokens belongs in this list."""


def problems(group: str, values: Mapping[str, object], known: Tokens | None) -> list[str]:
    """What is wrong with one group of a `theme.toml`; `known` are the parent's tokens, None for the root theme."""
    found = []
    for name, value in values.items():
        if known is not None and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            found.append(f"[{group}] {name}?" + (f" → {near[0]}" if near else ""))
        elif not isinstance(value, str) or not _fits(group, value):
            found.append(f"[{group}] {name} = {value!r}")
    return found


def low_contrasts(tokens: Tokens) -> list[str]:
    """Each declared pair that is too close, as `front #111111 / back #222222 = 1.2 < 4.5`."""
    found = []
    for front, back, least in PAIRS:
        ratio = contrast(tokens[front], tokens[back])
        if ratio < least:
            found.append(f"{front} {tokens[front]} / {back} {tokens[back]} = {ratio:.2f} < {least}")
    return found


def missing(tokens: Tokens) -> list[str]:
    """Colour tokens that a declared pair needs and the lineage does not set."""
    needed = {name for pair in PAIRS for name in (pair.front, pair.back)}
    return sorted(needed - tokens.keys())


def to_css(tokens: Tokens) -> str:
    """The tokens as one rule on `:root`."""
    return ":root{" + ";".join(f"--portal-{name}:{value}" for name, value in sorted(tokens.items())) + "}\n"


def _fits(group: str, value: str) -> bool:
    if group == "colours":
        return is_colour(value)
    return (_LENGTH if group == "shape" else _FONTS).fullmatch(value) is not None
