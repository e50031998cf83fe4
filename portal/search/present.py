"""Results as the page shows them: addresses of every narrower, wider and differently ordered search."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from translationstring import TranslationString

from portal.request import Request, _
from portal.search.documents import FACETS
from portal.search.parameters import MOST_RESULTS, SIZE
from portal.search.results import Results, Sort, Wanted
from portal.theming.formats import date as written

TITLES = {
    "kind": _("Loại nội dung"),
    "type": _("Loại văn bản"),
    "issuer": _("Cơ quan ban hành"),
    "field": _("Lĩnh vực"),
    "year": _("Năm ban hành"),
    "effect": _("Hiệu lực"),
}
ORDERS: dict[Sort, TranslationString] = {"relevance": _("Liên quan nhất"), "date": _("Mới nhất")}
FIRST, MOST = 6, 30
"""Values of a facet that are seen at once, and those that can be."""
FROM, TO = _("Ban hành từ"), _("Ban hành đến")


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows, widens or orders."""

    label: str
    href: str
    chosen: bool = False
    count: int = 0
    language: str | None = None
    """Of the label, when it is not that of the page."""


@dataclass(frozen=True, slots=True)
class Chip:
    """What narrows this search, and the address of the search without it."""

    title: str
    label: str
    href: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """What results can be narrowed by. `more`: the values behind "Xem thêm"."""

    name: str
    title: str
    first: Sequence[Choice]
    more: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Pages:
    """For the macro `pagination`."""

    page: int
    pages: int


def parameters_of(wanted: Wanted) -> list[tuple[str, str]]:
    """The parameters that ask this again, in one order; what goes without saying is left out."""
    pairs = [("q", wanted.q)] if wanted.q else []
    pairs += [(facet, value) for facet in FACETS for value in sorted(wanted.limits.get(facet, ()))]
    pairs += [(name, day.isoformat()) for name, day in (("from", wanted.first), ("to", wanted.last)) if day]
    if wanted.sort != "relevance":
        pairs.append(("sort", wanted.sort))
    if wanted.group != "document":
        pairs.append(("group", wanted.group))
    if wanted.size != SIZE:
        pairs.append(("size", str(wanted.size)))
    if wanted.page != 1:
        pairs.append(("page", str(wanted.page)))
    return pairs


def address(request: Request, wanted: Wanted, route: str = "search.page") -> str:
    """Path and query of this question."""
    return _with(request.route_path(route), wanted)


def _with(path: str, wanted: Wanted) -> str:
    query = urlencode(parameters_of(wanted))
    return f"{path}?{query}" if query else path


def is_empty(wanted: Wanted) -> bool:
    """Whether nothing was asked at all."""
    return not (wanted.q.strip() or any(wanted.limits.values()) or wanted.first or wanted.last)


def facets(request: Request, wanted: Wanted, results: Results) -> list[Facet]:
    """Every facet that narrows: one value that all results share, and was not chosen, is no choice."""
    shown, path = [], request.route_path("search.page")
    for name, values in results.facets.items():
        if any(value.chosen or 0 < value.count < results.total for value in values):
            seen = [value for place, value in enumerate(values) if place < MOST or value.chosen]
            choices = [
                Choice(
                    request.translate(value.label),
                    _with(path, _toggled(wanted, name, value.value)),
                    value.chosen,
                    value.count,
                    _language(request, value.label),
                )
                for value in seen
            ]
            shown.append(_facet(request, name, choices))
    return shown


def _facet(request: Request, name: str, choices: list[Choice]) -> Facet:
    first, more = choices[:FIRST], choices[FIRST:]
    if len(more) == 1:
        first, more = choices, []
    kept = [choice for choice in more if choice.chosen]
    rest = [choice for choice in more if not choice.chosen]
    return Facet(name, request.translate(TITLES[name]), first + kept, rest)


def _toggled(wanted: Wanted, facet: str, value: str) -> Wanted:
    values = wanted.limits.get(facet, frozenset()) ^ {value}
    limits = {**wanted.limits, facet: values}
    return replace(wanted, limits={name: kept for name, kept in limits.items() if kept}, page=1)


def chips(request: Request, wanted: Wanted, results: Results) -> list[Chip]:
    """What narrows this search."""
    found = []
    for facet in FACETS:
        words = {one.value: request.translate(one.label) for one in results.facets.get(facet, ())}
        for value in sorted(wanted.limits.get(facet, ())):
            label, href = words.get(value, value), address(request, _toggled(wanted, facet, value))
            found.append(Chip(request.translate(TITLES[facet]), label, href, _language(request, label)))
    for title, day, without in (
        (FROM, wanted.first, replace(wanted, first=None, page=1)),
        (TO, wanted.last, replace(wanted, last=None, page=1)),
    ):
        if day:
            found.append(Chip(request.translate(title), written(day, request.lang), address(request, without)))
    return found


def _language(request: Request, label: str) -> str | None:
    """Names without an English form stand in Vietnamese on an English page."""
    return "vi" if request.lang != "vi" and not label.isascii() else None


def unlimited(wanted: Wanted) -> Wanted:
    """The same words without any filter."""
    return replace(wanted, limits={}, first=None, last=None, page=1)


def again(wanted: Wanted, words: str) -> Wanted:
    """Other words under the same conditions, from the first page."""
    return replace(wanted, q=words, page=1)


def orders(request: Request, wanted: Wanted) -> list[Choice]:
    """By relevance or by date; a search without words has no relevance."""
    if not wanted.q.strip():
        return []
    return [
        Choice(request.translate(text), address(request, replace(wanted, sort=name, page=1)), name == wanted.sort)
        for name, text in ORDERS.items()
    ]


def pages(results: Results) -> Pages:
    """Those that can be asked for."""
    return Pages(results.wanted.page, min(results.pages, max(1, MOST_RESULTS // results.wanted.size)))


def options(results: Results, facet: str, chosen: Collection[str]) -> list[tuple[str, str, int]]:
    """The values of a facet for a form: (value, words, how many); what is chosen and stands nowhere goes first."""
    known = [(one.value, one.label, one.count) for one in results.facets.get(facet, ())]
    values = {value for value, _label, _count in known}
    return [(value, value, 0) for value in chosen if value not in values] + known
