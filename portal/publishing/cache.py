"""Ready bytes of anonymous public pages, dropped exactly when something that they show has changed (invariant 15).

A page states what it shows with `request.depends_on(...)`; publishing writes the changed keys to `page_changes` in
its own transaction. Each process keeps its own pages and, at every request, reads on from the last change it saw.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from pyramid.config import Configurator
from pyramid.tweens import EXCVIEW
from sqlalchemy import Connection, bindparam, func, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.publishing.models import PageChange
from portal.request import Request
from portal.theming.compression import accepts_gzip

log = logging.getLogger(__name__)

Handler = Callable[[Request], Any]
LONGEST_TRANSACTION = timedelta(minutes=15)
"""How long a change is waited for whose number was taken but whose transaction has not committed."""

_CHANGES = PageChange.__table__.c
_NEWS = (  # asked at every request, so it is built once and goes around the ORM, which would cost as much as the rest
    select(_CHANGES.id, _CHANGES.key)
    .where(or_(_CHANGES.id > bindparam("last"), _CHANGES.id.in_(bindparam("missing", expanding=True))))
    .order_by(_CHANGES.id)
)


@dataclass(frozen=True)
class Stored:
    """One ready answer and what it shows."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    keys: frozenset[str]
    day: str
    """The Vietnamese calendar day it was made: effect states change with the date."""


class PageCache:
    """Pages by address, the least used dropped first when `limit` bytes are exceeded. Safe for threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._pages: OrderedDict[str, Stored] = OrderedDict()
        self._lock = Lock()
        self._last: int | None = None
        self._missing: dict[int, datetime] = {}
        """Numbers below the last one that no row had yet: transactions that may still commit, since when."""
        self._looks = 0

    def catch_up(self, db: Session | Connection, at: datetime) -> int:
        """Drop every page that shows something changed since the last look; returns the number of that look."""
        with self._lock:
            if self._last is None:
                self._last = db.scalar(select(func.max(PageChange.id))) or 0
            asked = {"last": self._last, "missing": list(self._missing)}
        # Without the lock: threads ask side by side, and dropping the same page twice does no harm.
        rows = db.execute(_NEWS, asked).all()
        with self._lock:
            if rows:
                self._note([id_ for id_, _key in rows], at)
                self._drop_what_shows({key for _id, key in rows})
                self._looks += 1
            return self._looks

    def _note(self, ids: list[int], at: datetime) -> None:
        last = self._last or 0
        self._missing |= dict.fromkeys(set(range(last + 1, ids[-1])) - set(ids), at)
        self._missing = {
            id_: since for id_, since in self._missing.items() if id_ not in ids and at - since < LONGEST_TRANSACTION
        }
        self._last = max(last, ids[-1])

    def _drop_what_shows(self, changed: set[str]) -> None:
        for address in [address for address, page in self._pages.items() if page.keys & changed]:
            self._drop(address)

    def get(self, address: str, day: str) -> Stored | None:
        """The ready page, unless it was made on another day."""
        with self._lock:
            page = self._pages.get(address)
            if page is None:
                return None
            if page.day != day:
                self._drop(address)
                return None
            self._pages.move_to_end(address)
            return page

    def put(self, address: str, page: Stored, look: int) -> None:
        """Keep a page made after `look`; not when something changed meanwhile."""
        with self._lock:
            if look != self._looks or len(page.body) > self.limit // 8:
                return
            if address in self._pages:
                self._drop(address)
            self._pages[address] = page
            self.size += len(page.body)
            while self.size > self.limit:
                self._drop(next(iter(self._pages)))

    def _drop(self, address: str) -> None:
        self.size -= len(self._pages.pop(address).body)


def page_cache_tween(handler: Handler, registry: Any) -> Handler:
    """Answer anonymous GETs from the cache. Off when `portal.page_cache` is 0."""
    limit: int = registry["portal.settings"].page_cache
    if not limit:
        return handler
    cache = registry["portal.page_cache"] = PageCache(limit)
    engine = registry["portal.engine"].execution_options(portal_reads_only=True, portal_single_statements=True)

    def tween(request: Request) -> Any:
        if not _cacheable(request):
            return handler(request)
        with engine.connect() as connection:
            look = cache.catch_up(connection, request.at)
        address = _address(request)
        page = cache.get(address, _day(request.at))
        if page is None:
            response = handler(request)
            _keep(cache, address, request, response, look)
            return response
        return _answer(request, page)

    return tween


def validator_tween(handler: Handler, registry: Any) -> Handler:
    """Let browsers and proxies keep public pages, but ask each time whether they are still the same (a 304)."""

    def tween(request: Request) -> Any:
        response = handler(request)
        if request.method in ("GET", "HEAD") and response.status_int == 200 and request.dependencies:
            if "Cache-Control" not in response.headers:
                ours = "Cookie" in request.headers or "Set-Cookie" in response.headers
                response.headers["Cache-Control"] = "private, no-cache" if ours else "public, no-cache"
            response.md5_etag()
            response.conditional_response = True
        return response

    return tween


def _cacheable(request: Request) -> bool:
    return request.method in ("GET", "HEAD") and "Cookie" not in request.headers and "Range" not in request.headers


def _address(request: Request) -> str:
    encoding = "gzip" if accepts_gzip(request) else "identity"
    return f"{encoding} {request.host} {request.script_name}{request.path_info}?{request.query_string}"


def _day(at: datetime) -> str:
    return clock.today(at).isoformat()


def _keep(cache: PageCache, address: str, request: Request, response: Any, look: int) -> None:
    if (
        request.method == "GET"
        and response.status_int in (200, 301, 410)
        and request.dependencies
        and "Set-Cookie" not in response.headers
    ):
        page = Stored(
            response.status, list(response.headerlist), response.body, frozenset(request.dependencies), _day(request.at)
        )
        cache.put(address, page, look)


def _answer(request: Request, page: Stored) -> Any:
    response = request.response
    response.status = page.status
    response.headerlist = list(page.headers)
    response.body = page.body
    response.conditional_response = True
    return response


def includeme(config: Configurator) -> None:
    config.add_tween(
        "portal.publishing.cache.validator_tween",
        under="portal.theming.compression.compression_tween",
        over=("pyramid_tm.tm_tween_factory", EXCVIEW),
    )
    config.add_tween(
        "portal.publishing.cache.page_cache_tween",
        over=("portal.theming.compression.compression_tween", "pyramid_tm.tm_tween_factory", EXCVIEW),
    )
