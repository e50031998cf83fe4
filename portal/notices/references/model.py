"""What a reference says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Own(StrEnum):
    """What of the document itself is meant: a part of it, of the article or of the clause in which the words stand."""

    DOCUMENT = "document"
    ARTICLE = "article"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention, from `start` to `end` (offsets in the text). What the words do not say is empty.

    `type`: the name of the type as in the register of types ("Nghị định"), or as written before "này" ("Quy chế");
    `number`: the whole number, `42/2022/NĐ-CP`; `year`: of issue, as far as number, name or date tell it;
    `title`: of a law known by its name, without the type ("Đất đai");
    `articles`: anchors of the parts that are meant, as `body.parts` makes them (`dieu-5-khoan-2`), relative to the
    article or clause when `own` says so; `own`: None for other documents.
    """

    start: int
    end: int
    type: str = ""
    number: str = ""
    year: int | None = None
    title: str = ""
    articles: tuple[str, ...] = ()
    own: Own | None = None
    issued_on: date | None = None
