"""Reading the register's CSV files: UTF-8, a head line, empty cells mean unknown."""

import csv
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from portal.agencies.errors import AgencyError
from portal.errors import _

E = TypeVar("E", bound=StrEnum)


class BadRegister(AgencyError):
    """A register file that cannot be used; the message names the file, the line and the reason."""

    status = 500

    def __init__(self, where: Path, reason: str, line: int | None = None) -> None:
        self.where, self.reason, self.line = where, reason, line
        place = f"{where.name}, dòng {line}" if line else where.name
        super().__init__(
            _(
                "Dữ liệu danh bạ cơ quan không dùng được (${place}): ${reason}",
                mapping={"place": place, "reason": reason},
            )
        )


class Row(dict[str, str]):
    """One line of a file; it knows where it stands, so that a mistake can be found."""

    def __init__(self, values: dict[str, str], where: Path, line: int) -> None:
        super().__init__(values)
        self.where, self.line = where, line

    def bad(self, reason: str) -> BadRegister:
        """The error that names this line."""
        return BadRegister(self.where, reason, self.line)

    def text(self, column: str) -> str | None:
        """The cell, None when empty."""
        return self[column] or None

    def day(self, column: str) -> date | None:
        """The cell as an ISO date, None when empty."""
        try:
            return date.fromisoformat(self[column]) if self[column] else None
        except ValueError:
            raise self.bad(f"{column}: {self[column]!r} is no date (YYYY-MM-DD)") from None

    def number(self, column: str) -> int:
        """The cell as a whole number."""
        if not self[column].isdigit():
            raise self.bad(f"{column}: {self[column]!r} is no number")
        return int(self[column])

    def choice(self, column: str, options: type[E]) -> E:
        """The cell as a member of the enumeration."""
        try:
            return options(self[column])
        except ValueError:
            raise self.bad(f"{column}: {self[column]!r} is none of {', '.join(options)}") from None


def read_rows(path: Path) -> Iterator[Row]:
    """The lines of a file; raises `BadRegister` when the file is missing or a line has too few or too many cells."""
    try:
        handle = path.open(encoding="utf-8", newline="")
    except FileNotFoundError:
        raise BadRegister(path, "the file is missing") from None
    with handle:
        reader = csv.DictReader(handle)
        for values in reader:
            if None in values or None in values.values():
                raise BadRegister(path, "a different number of cells than the head line", reader.line_num)
            yield Row({name: cell.strip() for name, cell in values.items()}, path, reader.line_num)
