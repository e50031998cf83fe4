"""Parameters of a search, read and checked: the same for the page, the feed and the API.

Unknown and impossible ones are refused by name, with what is allowed; nothing is guessed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.errors import BadParameter
from portal.request import _
from portal.search.documents import FACETS, searchables
from portal.search.finding import DEEPEST
from portal.search.results import Group, Sort, Wanted
from portal.search.vocabulary import issuers_meant, known
from portal.text import parse_date

NAMES = ("q", *FACETS, "from", "to", "sort", "page", "size", "group")
SORTS = ("relevance", "date")
GROUPS = ("document", "passage")
MOST_VALUES = 50
"""Values of one facet that can be chosen at once."""
LONGEST_VALUE = 300
MOST_UNKNOWN = 20
"""Unknown parameters that are named in a refusal."""
SIZE = 10
LARGEST = 100
MOST_RESULTS = DEEPEST
"""The last result that can be asked for."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one parameter."""

    parameter: str
    detail: TranslationString
    allowed: tuple[str, ...] = ()
    """What it may be, when that can be listed."""


class BadSearch(BadParameter):
    """Parameters that are unknown or have no possible meaning: all of them, and the first as `name` and `message`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems[0].parameter, problems[0].detail)


def read(given: Iterable[tuple[str, str]], db: Session, *, size: int = SIZE, names: Collection[str] = NAMES) -> Wanted:
    """The question that these parameters ask. `names`: those that count here. Raises `BadSearch`.

    Facets may be given several times; empty values are as good as none, since a form sends them. An issuer may be
    given by key, code, name or abbreviation.
    """
    reading = _Reading(db, size, names)
    for name, value in given:
        reading.add(name, value)
    return reading.wanted()


class _Reading:
    def __init__(self, db: Session, size: int, names: Collection[str]) -> None:
        self._db = db
        self._size = size
        self._names = names
        self._values: dict[str, list[str]] = {}
        self.problems: list[Problem] = []

    def add(self, name: str, value: str) -> None:
        if name not in self._names:
            if len(self.problems) < MOST_UNKNOWN:
                self._refuse(
                    name[:80],
                    _("Không có tham số “${name}”.", mapping={"name": name[:80]}),
                    tuple(self._names),
                )
        elif name == "q" or value.strip():
            self._values.setdefault(name, []).append(value)

    def wanted(self) -> Wanted:
        one = {name: self._one(name) for name in ("q", "from", "to", "sort", "page", "size", "group")}
        limits = {facet: values for facet in FACETS if (values := self._facet(facet))}
        first, last = self._day("from", one["from"]), self._day("to", one["to"])
        if first and last and first > last:
            self._refuse("from", _("Ngày bắt đầu phải trước hoặc trùng ngày kết thúc."))
        size = self._number("size", one["size"], self._size, LARGEST)
        page = self._number("page", one["page"], 1, DEEPEST)
        if page * size > DEEPEST:
            most = max(1, DEEPEST // size)
            self._refuse("page", _("Chỉ xem được đến trang ${n}. Hãy thu hẹp tìm kiếm.", mapping={"n": most}))
        sort = cast(Sort, self._choice("sort", one["sort"], SORTS))
        group = cast(Group, self._choice("group", one["group"], GROUPS))
        if group == "passage" and sort == "date":
            self._refuse("group", _("Sắp xếp theo ngày chỉ dùng cho cả văn bản."), GROUPS[:1])
        if self.problems:
            raise BadSearch(self.problems)
        return Wanted(one["q"], limits, first, last, sort, page, size, group)

    def _refuse(self, name: str, detail: TranslationString, allowed: tuple[str, ...] = ()) -> None:
        self.problems.append(Problem(name, detail, allowed))

    def _one(self, name: str) -> str:
        values = self._values.get(name, [])
        if len(set(values)) > 1:
            self._refuse(name, _("Tham số “${name}” chỉ được có một giá trị.", mapping={"name": name}))
        return values[0] if values else ""

    def _facet(self, facet: str) -> frozenset[str]:
        values = [value.strip() for value in self._values.get(facet, [])]
        if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
            detail = _("Tham số “${name}” có quá nhiều giá trị hoặc giá trị quá dài.", mapping={"name": facet})
            self._refuse(facet, detail)
            return frozenset()
        found: set[str] = set()
        for value in values:
            found.update(self._meant(facet, value))
        return frozenset(found)

    def _meant(self, facet: str, value: str) -> Collection[str]:
        if facet == "kind" and value not in searchables():
            detail = _("Không có nhóm nội dung “${value}”.", mapping={"value": value})
            self._refuse(facet, detail, tuple(sorted(searchables())))
        elif facet == "year" and not (
            len(value) == 4 and value.isascii() and value.isdigit() and "1800" <= value <= "2200"
        ):
            self._refuse(facet, _("Năm phải là số có bốn chữ số, như 2014."))
        elif facet in ("type", "field", "effect") and not known(self._db, facet, [value]):
            self._refuse(facet, _("Không có giá trị “${value}” để lọc.", mapping={"value": value}))
        elif facet == "issuer":
            meant = issuers_meant(self._db, value)
            if not meant:
                self._refuse(facet, _("Không có cơ quan “${value}”.", mapping={"value": value}))
            return meant
        return (value,)

    def _day(self, name: str, value: str) -> date | None:
        if not value:
            return None
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            day = parse_date(value)
        if day is None:
            self._refuse(name, _("Ngày phải viết dạng ngày/tháng/năm, như 01/7/2014, hoặc 2014-07-01."))
        return day

    def _number(self, name: str, value: str, default: int, most: int) -> int:
        plain = value.strip()
        if not plain:
            return default
        if plain.isascii() and plain.isdigit() and len(plain) <= 9 and 1 <= int(plain) <= most:
            return int(plain)
        mapping: Mapping[str, object] = {"name": name, "most": most}
        self._refuse(name, _("Tham số “${name}” phải là số từ 1 đến ${most}.", mapping=mapping))
        return default

    def _choice(self, name: str, value: str, allowed: tuple[str, ...]) -> str:
        plain = value.strip()
        if plain and plain not in allowed:
            self._refuse(name, _("Tham số “${name}” chỉ nhận các giá trị đã nêu.", mapping={"name": name}), allowed)
        return plain if plain in allowed else allowed[0]
