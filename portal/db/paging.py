"""A page of rows."""

from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """`rows` of page number `page` (from 1) with `size` rows a page, out of `total` rows."""

    rows: list[T]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one, even when it is empty."""
        return max(1, ceil(self.total / self.size))

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1; 0 when there is none."""
        return (self.page - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0


def page_of(db: Session, query: Select[Any], *, page: int, size: int, total: int | None = None) -> Page[Any]:
    """One page of an ordered query. `total` saves the count where the caller knows it.

    Rows of several columns come as row tuples, rows of one entity as the entity.
    """
    if total is None:
        total = db.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    found = db.execute(query.limit(size).offset((page - 1) * size))
    rows: list[Any] = list(found.scalars() if len(query.column_descriptions) == 1 else found)
    return Page(rows=rows, total=total, page=page, size=size)
