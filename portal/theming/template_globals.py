"""What every template and macro can call. All of it speaks about the request being answered."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape
from pyramid.i18n import get_localizer
from pyramid.threadlocal import get_current_request
from translationstring import TranslationString

from portal.request import PREFIXES, Request
from portal.theming import formats, menus
from portal.theming.assets import Assets


class Current:
    """Stands for the current request inside macros, where Jinja hands over no variables."""

    def __getattr__(self, name: str) -> Any:
        return getattr(_request(), name)


class Language:
    """The language of the page, usable like the string itself."""

    def __str__(self) -> str:
        request: Request | None = get_current_request()
        return request.lang if request is not None else "vi"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    __html__ = __str__


class Instance:
    """The settings of this instance as pages show them: `name` and `slogan` in the language of the page."""

    @property
    def name(self) -> str:
        return str(_request().portal.name_in(str(LANG)))

    @property
    def slogan(self) -> str:
        settings = _request().portal
        return settings.slogan_en if LANG == "en" else settings.slogan

    @property
    def logo(self) -> str:
        """File name of the theme's emblem, for `asset()`."""
        return str(_request().registry["portal.theme"].logo)

    @property
    def languages(self) -> tuple[str, ...]:
        """The instance's languages that its theme was made for."""
        made_for = _request().registry["portal.theme"].languages
        wanted = _request().portal.languages
        return tuple(lang for lang in wanted if made_for is None or lang in made_for)

    def __getattr__(self, name: str) -> Any:
        return getattr(_request().portal, name)


LANG = Language()


def translate(text: str, mapping: Mapping[str, Any] | None = None) -> str:
    """`_("Có ${n} văn bản", mapping={"n": n})`. A Markup value makes the whole sentence Markup, the rest escaped.

    A value that is a text to be translated is put into the sentence in the language of the page.
    """
    rich = any(isinstance(value, Markup) for value in (mapping or {}).values())
    said = {name: _in_language(value) for name, value in (mapping or {}).items()}
    values = {name: str(escape(value)) if rich else str(value) for name, value in said.items()}
    plain = _in_language(TranslationString(text, domain="portal"))
    sentence = TranslationString(str(escape(plain)) if rich else plain, mapping=values or None).interpolate()
    return Markup(sentence) if rich else str(sentence)  # noqa: S704 - text and values were escaped above


def plural(one: str, many: str, n: int, mapping: Mapping[str, Any] | None = None) -> str:
    """`ngettext("${n} tệp", "${n} tệp", n)`: `n` is always in the mapping. Vietnamese has one form, English two."""
    request: Request | None = get_current_request()
    said = {name: _in_language(value) for name, value in (mapping or {}).items()}
    values = {"n": formats.number(n, str(LANG)), **said}
    if request is None:
        return str(TranslationString(one, mapping=values).interpolate())
    return str(get_localizer(request).pluralize(one, many, n, domain="portal", mapping=values))


def asset(name: str) -> str:
    """Address of a file of the theme. Raises `AssetUnknown`."""
    request = _request()
    assets: Assets = request.registry["portal.assets"]
    return _mount(request) + assets[name].path


def route(name: str, **values: Any) -> str:
    """Path of a route in the language of the page."""
    return str(_request().route_path(name, **values))


def url(path: str) -> str:
    """An address of this instance (`/van-ban`) in the language of the page."""
    return str(_request().script_name) + path


def with_query(**changes: Any) -> str:
    """This page with some parameters changed; None removes one, a list gives it several values."""
    request = _request()
    kept = [(name, value) for name, value in request.GET.items() if name not in changes]
    for name, value in changes.items():
        values = value if isinstance(value, list | tuple) else [value]
        kept.extend((name, item) for item in values if item is not None)
    return str(request.path) + (f"?{urlencode(kept)}" if kept else "")


def in_language(language: str) -> str:
    """This same page in another language."""
    request = _request()
    return _mount(request) + str(request.path_in(language))


def can(permission: str, context: Any = None) -> bool:
    """Whether this visitor may do it, to `context` or else to what the page is about."""
    return bool(_request().has_permission(permission, context))


def show_date(value: date | datetime | str | None, *, long: bool = False) -> str:
    return formats.date(value, str(LANG), long=long)


def show_datetime(value: datetime | str | None) -> str:
    return formats.datetime(value, str(LANG))


def show_number(value: float, *, places: int = 0) -> str:
    return formats.number(value, str(LANG), places=places)


def show_filesize(size: int) -> str:
    return formats.filesize(size, str(LANG))


GLOBALS: dict[str, Any] = {
    "_": translate,
    "gettext": translate,
    "ngettext": plural,
    "request": Current(),
    "lang": LANG,
    "instance": Instance(),
    "asset": asset,
    "route": route,
    "url": url,
    "with_query": with_query,
    "in_language": in_language,
    "can": can,
    "date": show_date,
    "datetime": show_datetime,
    "iso": formats.iso,
    "number": show_number,
    "filesize": show_filesize,
    "menu": lambda place: menus.links(_request(), place),
    "menu_groups": lambda place: menus.groups(_request(), place),
    "find_box": lambda: menus.find_box(_request()),
}


def _in_language(value: Any) -> Any:
    """A translation string in the language of the page; anything else as it is."""
    if not isinstance(value, TranslationString):
        return value
    request: Request | None = get_current_request()
    return request.translate(value) if request is not None else str(value)


def _mount(request: Request) -> str:
    """What stands before every address when the portal is not at the root of its host, without the language."""
    mount = str(request.script_name)
    for prefix, language in PREFIXES.items():
        if request.lang == language:
            mount = mount.removesuffix(prefix)
    return mount


def _request() -> Request:
    request: Request | None = get_current_request()
    if request is None:
        raise RuntimeError("A template that speaks about its request was rendered outside of one.")
    return request
