"""What a check answers."""

from dataclasses import dataclass
from enum import StrEnum

from portal.cli.words import say
from portal.errors import PortalError


class Level(StrEnum):
    """`wrong` makes the doctor exit with 1; `warning` is worth a look."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


MARKS = {Level.OK: "✓", Level.WARNING: "!", Level.WRONG: "✗"}


@dataclass(frozen=True)
class Finding:
    """One line of the report. `name` is stable, for monitoring; `text` and `remedy` are for people."""

    name: str
    level: Level
    text: str
    remedy: str | None = None

    def line(self) -> str:
        """For a terminal."""
        told = f"{MARKS[self.level]} {self.name}: {self.text}"
        return " ".join(f"{told} → {self.remedy}".split()) if self.remedy else told

    def plain(self) -> dict[str, str | None]:
        """For JSON."""
        return {"name": self.name, "level": self.level.value, "text": self.text, "remedy": self.remedy}


def ok(name: str, text: str) -> Finding:
    return Finding(name, Level.OK, text)


def warning(name: str, text: str, remedy: str) -> Finding:
    return Finding(name, Level.WARNING, text, remedy)


def wrong(name: str, text: str, remedy: str | None = None) -> Finding:
    return Finding(name, Level.WRONG, text, remedy)


def told_by(name: str, error: PortalError) -> Finding:
    """An error of the program, which says itself what to do."""
    return wrong(name, say(error.message))
