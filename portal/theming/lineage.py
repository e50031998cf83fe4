"""A theme and the themes it extends, read from their folders and checked before anything is shown."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.theming import tokens as token_rules
from portal.theming.errors import ContrastTooLow, ThemeCircle, ThemeFileInvalid, ThemeMissing

KEYS = frozenset({"title", "extends", "languages", "logo", "tokens"})


@dataclass(frozen=True)
class Theme:
    """One folder. `title` is for people; `logo` names a file in `static/`, or None to take the parent's."""

    name: str
    folder: Path
    title: str
    extends: str | None
    languages: tuple[str, ...] | None
    logo: str | None
    values: dict[str, dict[str, Any]]

    @property
    def templates(self) -> Path:
        return self.folder / "templates"

    @property
    def static(self) -> Path:
        return self.folder / "static"


@dataclass(frozen=True)
class Lineage:
    """The active theme first, its root last. `tokens` are merged: the nearest theme wins, token by token."""

    themes: tuple[Theme, ...]
    tokens: token_rules.Tokens

    @property
    def logo(self) -> str | None:
        """File name of the nearest theme's logo."""
        return next((theme.logo for theme in self.themes if theme.logo), None)

    @property
    def languages(self) -> tuple[str, ...] | None:
        """Languages the nearest theme was made for; None when no theme says."""
        return next((theme.languages for theme in self.themes if theme.languages), None)

    def from_theme(self, name: str) -> tuple[Theme, ...]:
        """That theme and what it extends; empty when it is not in this lineage."""
        names = [theme.name for theme in self.themes]
        return self.themes[names.index(name) :] if name in names else ()


def load(themes_dir: Path, name: str) -> Lineage:
    """Read the lineage of a theme.

    Raises `ThemeMissing`, `ThemeCircle`, `ThemeFileInvalid` or `ContrastTooLow`, each with the reason.
    """
    themes = tuple(_walk(themes_dir, name))
    merged = _merge(themes)
    if absent := token_rules.missing(merged):
        raise ThemeFileInvalid(themes[-1].name, "[tokens.colours] " + ", ".join(absent))
    if low := token_rules.low_contrasts(merged):
        raise ContrastTooLow(name, low)
    return Lineage(themes, merged)


def _walk(themes_dir: Path, name: str) -> Iterator[Theme]:
    seen: list[str] = []
    following: str | None = name
    while following is not None:
        if following in seen:
            raise ThemeCircle([*seen, following])
        theme = _read(themes_dir, following, seen[-1] if seen else None)
        seen.append(following)
        yield theme
        following = theme.extends


def _read(themes_dir: Path, name: str, wanted_by: str | None) -> Theme:
    folder = themes_dir / name
    file = folder / "theme.toml"
    if Path(name).name != name or not file.is_file():
        raise ThemeMissing(name, wanted_by)
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise ThemeFileInvalid(name, str(broken)) from broken
    if unknown := raw.keys() - KEYS:
        raise ThemeFileInvalid(name, ", ".join(sorted(unknown)))
    groups = raw.get("tokens", {})
    if strange := groups.keys() - set(token_rules.GROUPS):
        raise ThemeFileInvalid(name, ", ".join(f"[tokens.{group}]" for group in sorted(strange)))
    theme = Theme(
        name=name,
        folder=folder,
        title=str(raw.get("title", name)),
        extends=raw.get("extends"),
        languages=tuple(raw["languages"]) if "languages" in raw else None,
        logo=raw.get("logo"),
        values=groups,
    )
    if theme.logo and not (theme.static / theme.logo).is_file():
        raise ThemeFileInvalid(name, f"logo = {theme.logo!r}")
    return theme


def _merge(themes: tuple[Theme, ...]) -> token_rules.Tokens:
    merged: token_rules.Tokens = {}
    for theme in reversed(themes):
        known = merged or None
        found = [
            problem for group, values in theme.values.items() for problem in token_rules.problems(group, values, known)
        ]
        if found:
            raise ThemeFileInvalid(theme.name, "; ".join(found))
        merged = merged | {name: value for values in theme.values.values() for name, value in values.items()}
    return merged
