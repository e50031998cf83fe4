"""From the address of a list to what it is narrowed to. Unknown or impossible parameters are refused, never ignored."""

from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.catalogue import queries
from portal.catalogue.data import Level, Service
from portal.catalogue.queries import Filter
from portal.errors import BadParameter, NotFound
from portal.notices.views.filters import MOST, number
from portal.request import Request

SIZE = 25
LONGEST = 200
PARAMETERS = (
    "q",
    "linh-vuc",
    "doi-tuong",
    "su-kien",
    "co-quan",
    "cap",
    "muc-do",
    "mien-phi",
    "chu-cai",
    "xep",
    "trang",
)
PATHS = {
    "field": "linh-vuc",
    "agency": "co-quan",
    "audience": "doi-tuong",
    "event": "su-kien",
    "letter": "chu-cai",
}
SORTS = {"ten": "name", "linh-vuc": "field", "cap": "level", "su-dung": "usage"}


@dataclass(frozen=True)
class Wanted:
    """A list as asked for: the filter, the page, and the things it names."""

    filter: Filter
    page: int = 1
    sort: str = "ten"
    field: Any = None
    audience: Any = None
    event: Any = None
    agency: Agency | None = None
    words: str = ""
    fixed: str = "all"
    """Which part stands in the path."""
    given: dict[str, str] = made(default_factory=dict)
    """Every parameter with its value, those of the path included."""

    @property
    def narrows(self) -> bool:
        """Whether anything was chosen."""
        return any(value for name, value in self.given.items() if name not in ("trang", "xep"))

    def without(self, *names: str) -> dict[str, str]:
        """The other parameters, for the address of the list without these; always from the first page."""
        return {name: value for name, value in self.given.items() if value and name not in (*names, "trang")}


def wanted(request: Request, fixed: str = "all") -> Wanted:
    """Read path and query. Raises `BadParameter` (422), and `NotFound` for a path that names nothing."""
    for name in request.GET:
        if name not in PARAMETERS:
            raise BadParameter(name)
    given = {name: value.strip()[:LONGEST] for name, value in request.GET.items()}
    path = {PATHS[str(name)]: str(value) for name, value in (request.matchdict or {}).items()}
    try:
        fixed_part = _read(request, path, fixed)
    except BadParameter:
        raise NotFound from None
    return _read(request, given | path, fixed) if given else fixed_part


def _read(request: Request, given: dict[str, str], fixed: str) -> Wanted:
    terms = queries.terms(request.db) if given.get("doi-tuong") or given.get("su-kien") else {}
    audiences = {slug: term for slug, term in terms.items() if term.vocabulary == "audience"}
    events = {slug: term for slug, term in terms.items() if term.vocabulary != "audience"}
    field = _one_of(queries.fields(request.db), "linh-vuc", given) if given.get("linh-vuc") else None
    audience, event = _one_of(audiences, "doi-tuong", given), _one_of(events, "su-kien", given)
    agency = _agency(request, given.get("co-quan"))
    level, service = _one_of(Level, "cap", given), _one_of(Service, "muc-do", given)
    if given.get("mien-phi") not in (None, "", "1"):
        raise BadParameter("mien-phi")
    sort = given.get("xep") or "ten"
    if sort not in SORTS:
        raise BadParameter("xep")
    units = frozenset({agency.id}) if agency else None
    return Wanted(
        filter=Filter(
            field=field.slug if field else None,
            audience=audience.slug if audience else None,
            event=event.slug if event else None,
            level=level,
            agencies=units,
            items=queries.with_local(request.db, units) if units else frozenset(),
            service=service,
            free=given.get("mien-phi") == "1",
            letter=_letter(given.get("chu-cai")),
            words=given.get("q", ""),
        ),
        page=number("trang", given.get("trang"), 1, MOST) or 1,
        sort=sort,
        field=field,
        audience=audience,
        event=event,
        agency=agency,
        words=given.get("q", ""),
        fixed=fixed,
        given=given,
    )


def _agency(request: Request, key: str | None) -> Agency | None:
    if not key:
        return None
    agency = agencies.by_key(request.db, key) or agencies.by_code(request.db, key)
    if agency is None:
        raise BadParameter("co-quan")
    return agency


def _letter(value: str | None) -> str | None:
    if not value:
        return None
    if len(value) > 1 or not (value.isalpha() or value == "#"):
        raise BadParameter("chu-cai")
    return value.upper()


def _one_of(known: Any, name: str, given: dict[str, str]) -> Any:
    value = given.get(name)
    if not value:
        return None
    if isinstance(known, dict):
        if value not in known:
            raise BadParameter(name)
        return known[value]
    try:
        return known(value).value
    except ValueError:
        raise BadParameter(name) from None
