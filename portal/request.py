"""The request as every view sees it: typed attributes; English stands under `/en`, moved into SCRIPT_NAME."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyramid.request
from pyramid.decorator import reify
from pyramid.i18n import get_localizer
from translationstring import TranslationString, TranslationStringFactory

from portal import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.rules import Identity
    from portal.settings import Settings

_ = TranslationStringFactory("portal")

PATH_SAFE = "/~!$&'()*+,;=:@"
"""Characters that stand in a path as they are (RFC 3986)."""

PREFIXES = {"/en": "en"}

UNSAID = frozenset({"draft_key", "token"})
"""Parts of addresses that are keys: whoever has one is let in, so no log has it."""


class Request(pyramid.request.Request):
    """A Pyramid request with the portal's own attributes.

    `db` is the transaction's session (added by `portal.db`), `identity` the signed-in person (Pyramid's own, typed).
    """

    db: "Session"
    identity: "Identity | None"

    def __init__(self, environ: dict[str, Any], **kw: Any) -> None:
        path = environ.get("PATH_INFO", "")
        for prefix, language in PREFIXES.items():
            if path == prefix or path.startswith(prefix + "/"):
                environ["PATH_INFO"] = path[len(prefix) :] or "/"
                environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
                environ["portal.lang"] = language
        super().__init__(environ, **kw)

    @property
    def lang(self) -> str:
        """`vi` or `en`: the language of this page, from its address."""
        return str(self.environ.get("portal.lang", "vi"))

    @reify
    def at(self) -> datetime:
        """The moment of this request (UTC); every function that needs a time is handed this one."""
        moment = self.environ.get("portal.at")
        return moment if isinstance(moment, datetime) else clock.now()

    @property
    def portal(self) -> "Settings":
        """The settings of this instance."""
        settings: Settings = self.registry["portal.settings"]
        return settings

    def translate(self, text: str) -> str:
        """A translation string in the language of this page."""
        localizer = get_localizer(self)
        inner = getattr(text, "mapping", None) or {}
        nested = {name: localizer.translate(v) for name, v in inner.items() if isinstance(v, TranslationString)}
        return str(localizer.translate(text % nested if nested else text))

    def path_in(self, language: str) -> str:
        """The address of this same page in another language, query string included."""
        base = "".join(p for p, lang in PREFIXES.items() if lang == language)
        query = f"?{self.query_string}" if self.query_string else ""
        return f"{base}{quote(self.path_info, safe=PATH_SAFE)}{query}"

    @property
    def path_for_logs(self) -> str:
        """The path of this page without the keys that stand in it."""
        path = str(self.path)
        for name, value in (getattr(self, "matchdict", None) or {}).items():
            if name in UNSAID and isinstance(value, str) and value:
                path = path.replace(quote(value, safe=PATH_SAFE), "…")
        return path

    @reify
    def dependencies(self) -> set[str]:
        """The keys of what this page shows; publishing one of them drops the page from the cache."""
        return set()

    def depends_on(self, *keys: str) -> None:
        """State what a public page shows (`item:<uid>`, `list:notice`, `agencies`)."""
        self.dependencies.update(keys)


def locale_of(request: Request) -> str:
    """Pyramid's locale negotiator: the language stands in the address and nowhere else."""
    return request.lang
