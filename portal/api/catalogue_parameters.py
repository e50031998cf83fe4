"""Parameters of the list of procedures, read and checked; every one that is wrong is told, with what is allowed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.agencies import queries as agencies
from portal.catalogue import queries
from portal.catalogue.data import Level, Service
from portal.catalogue.queries import Filter
from portal.request import _
from portal.search.parameters import BadSearch, Problem

NAMES = ("q", "field", "agency", "audience", "event", "level", "service", "free", "page", "size", "sort")
SORTS = ("name", "field", "level")
SIZE, LARGEST, DEEPEST = 20, 100, 10_000
LONGEST = 200
MOST_UNKNOWN = 20
VOCABULARIES = {"audiences": "audience", "life-events": "life_event", "business-events": "business_event"}
"""Names of vocabularies in addresses."""
FIELDS = "fields"


@dataclass(frozen=True)
class Wanted:
    """A page of the list. `given`: the parameters as they were read, without page."""

    filter: Filter
    given: tuple[tuple[str, str], ...]
    sort: str = SORTS[0]
    page: int = 1
    size: int = SIZE


def read(given: Iterable[tuple[str, str]], db: Session) -> Wanted:
    """The page that these parameters ask for. Raises `BadSearch`."""
    return _Reading(db, list(given)).wanted()


class _Reading:
    def __init__(self, db: Session, given: list[tuple[str, str]]) -> None:
        self.db, self.problems = db, list[Problem]()
        self.values: dict[str, str] = {}
        for name, value in given:
            self._take(name, value.strip())

    def wanted(self) -> Wanted:
        terms = queries.terms(self.db) if {"audience", "event"} & self.values.keys() else {}
        audiences = [slug for slug, term in terms.items() if term.vocabulary == "audience"]
        events = [slug for slug, term in terms.items() if term.vocabulary != "audience"]
        fields = queries.fields(self.db) if "field" in self.values else {}
        wanted = Filter(
            field=self._choice("field", fields),
            audience=self._choice("audience", audiences),
            event=self._choice("event", events),
            level=self._choice("level", [level.value for level in Level]),
            service=self._choice("service", [service.value for service in Service]),
            free=self._choice("free", ["true"]) is not None,
            words=self.values.get("q", ""),
        )
        agency = self._agency()
        if agency is not None:
            units = frozenset({agency.id})
            wanted = replace(wanted, agencies=units, items=queries.with_local(self.db, units))
        sort = self._choice("sort", SORTS) or SORTS[0]
        size, page = self._number("size", SIZE, LARGEST), self._number("page", 1, DEEPEST)
        if self.problems:
            raise BadSearch(self.problems)
        kept = tuple((name, value) for name, value in self.values.items() if name != "page")
        return Wanted(wanted, kept, sort, page, size)

    def _take(self, name: str, value: str) -> None:
        if name not in NAMES:
            if len(self.problems) < MOST_UNKNOWN:
                self._refuse(name[:80], _("Không có tham số “${name}”.", mapping={"name": name[:80]}), NAMES)
        elif len(value) > LONGEST:
            self._refuse(name, _("Giá trị của “${name}” quá dài.", mapping={"name": name}))
        elif value and self.values.setdefault(name, value) != value:
            self._refuse(name, _("Tham số “${name}” chỉ được có một giá trị.", mapping={"name": name}))

    def _agency(self) -> Any:
        key = self.values.get("agency")
        if key is None:
            return None
        agency = agencies.by_key(self.db, key) or agencies.by_code(self.db, key)
        if agency is None:
            self._refuse("agency", _("Không có cơ quan mang khóa hoặc mã “${value}”.", mapping={"value": key}))
        return agency

    def _choice(self, name: str, known: Collection[str]) -> str | None:
        value = self.values.get(name)
        if value is None or value in known:
            return value
        said = _("“${value}” không phải giá trị của “${name}”.", mapping={"value": value, "name": name})
        self._refuse(name, said, tuple(known))
        return None

    def _number(self, name: str, usual: int, most: int) -> int:
        value = self.values.get(name)
        if value is None:
            return usual
        if value.isascii() and value.isdecimal() and len(value) < 10 and 1 <= int(value) <= most:
            return int(value)
        self._refuse(name, _("“${name}” phải là số từ 1 đến ${most}.", mapping={"name": name, "most": most}))
        return usual

    def _refuse(self, name: str, detail: TranslationString, allowed: tuple[str, ...] = ()) -> None:
        self.problems.append(Problem(name, detail, allowed))
