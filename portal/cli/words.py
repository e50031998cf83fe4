"""What the command line says: Vietnamese, or English for an operator whose locale is English or who asks `--lang en`.

The language is chosen once, before any command module is loaded, so help texts may be translated where they stand.
"""

import gettext
import os
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from translationstring import TranslationString

from portal.settings import ROOT

LANGUAGES = ("vi", "en")
_chosen = ["vi"]


def choose(language: str) -> None:
    """Speak `vi` or `en` from now on."""
    _chosen[0] = language


def chosen() -> str:
    """`vi` or `en`."""
    return _chosen[0]


def choose_from_environment() -> None:
    """`--lang` among the arguments wins, then the locale of the environment; Vietnamese for any other locale."""
    choose(_asked(sys.argv[1:]) or _of_locale(os.environ))


def _asked(arguments: list[str]) -> str | None:
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        language = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and language in LANGUAGES:
            return language
    return None


def _of_locale(environment: Mapping[str, str]) -> str:
    names = (environment.get(key) for key in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "")
    return "en" if locale.lower().startswith("en") else "vi"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("portal", ROOT / "portal" / "locale", languages=[language], fallback=True)


def say(text: str) -> str:
    """A text in the chosen language; a `TranslationString` is filled in with its own mapping."""
    translated = text if chosen() == "vi" else _catalogue(chosen()).gettext(text)
    if isinstance(text, TranslationString):
        return str(text.interpolate(translated))
    return translated


def _(text: str, mapping: Mapping[str, Any] | None = None) -> str:
    """Translate at once; `${name}` is replaced from `mapping`. The name lets the extractor find the text."""
    return say(TranslationString(text, domain="portal", mapping=dict(mapping or {})))
