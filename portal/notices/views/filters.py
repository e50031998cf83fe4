"""From the address of a list to what it is narrowed to. Unknown or impossible parameters are refused, never ignored."""

from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.errors import BadParameter, NotFound
from portal.notices.queries import Filter
from portal.notices.types import BY_SLUG, NoticeType
from portal.publishing.routes import small_number
from portal.request import Request

SIZE = 20
MOST = 1_000_000
"""The highest page number that can be asked for."""
PARAMETERS = frozenset({"loai", "co-quan", "linh-vuc", "nam", "q", "trang"})


@dataclass(frozen=True)
class Wanted:
    """A list as asked for: the filter, the page, and the things it names."""

    filter: Filter
    page: int = 1
    type: NoticeType | None = None
    issuer: Agency | None = None
    field: Any = None
    year: int | None = None
    words: str = ""
    fixed: str = "all"
    """Which part stands in the path."""
    values: dict[str, str] = made(default_factory=dict)
    """What fills the path."""


def wanted(request: Request, fixed: str = "all") -> Wanted:
    """Read path and query. Raises `BadParameter` (422), and `NotFound` for a path that names nothing."""
    for name in request.GET:
        if name not in PARAMETERS:
            raise BadParameter(name)
    given = {name: value.strip() for name, value in request.GET.items()}
    path = {str(name): str(value) for name, value in (request.matchdict or {}).items()}
    try:
        return _read(request, given | _as_query(path), fixed, path)
    except BadParameter:
        if path and not request.GET:
            raise NotFound from None
        raise


def _as_query(path: dict[str, str]) -> dict[str, str]:
    names = {"type": "loai", "issuer": "co-quan", "field": "linh-vuc", "year": "nam"}
    return {names[name]: value for name, value in path.items()}


def _read(request: Request, given: dict[str, str], fixed: str, path: dict[str, str]) -> Wanted:
    type_ = _one_of(BY_SLUG, "loai", given.get("loai"))
    fields = {row.slug: row for row in agencies.fields(request.db)} if given.get("linh-vuc") else {}
    law_field = _one_of(fields, "linh-vuc", given.get("linh-vuc"))
    issuer = _issuer(request, given.get("co-quan"))
    year = number("nam", given.get("nam"), 1900, 2200)
    words = given.get("q", "")[:200]
    return Wanted(
        filter=Filter(
            type=type_.slug if type_ else None,
            issuers=frozenset({issuer.id}) if issuer else None,
            field=law_field.slug if law_field else None,
            year=year,
            words=words,
        ),
        page=number("trang", given.get("trang"), 1, MOST) or 1,
        type=type_,
        issuer=issuer,
        field=law_field,
        year=year,
        words=words,
        fixed=fixed,
        values=path,
    )


def _issuer(request: Request, code: str | None) -> Agency | None:
    if not code:
        return None
    agency = agencies.by_key(request.db, code) or agencies.by_code(request.db, code)
    if agency is None:
        raise BadParameter("co-quan")
    return agency


def _one_of(known: Any, name: str, value: str | None) -> Any:
    if not value:
        return None
    if value not in known:
        raise BadParameter(name)
    return known[value]


def number(name: str, value: str | None, least: int, most: int) -> int | None:
    """A parameter that is a number, None when it is not given. Raises `BadParameter`."""
    if not value:
        return None
    found = small_number(value)
    if found is None or not least <= found <= most:
        raise BadParameter(name)
    return found
