"""Judged sets as they lie in a folder, and further spellings of their questions."""

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from portal.errors import PortalError
from portal.errors import _ as N_
from portal.text import fold, parse_number

PLAIN = ""
"""Name of the variant in `queries.jsonl`."""
_WORDS = re.compile(r"\S+")


class BadJudgedSet(PortalError):
    """A file of a judged set is missing or says something else."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            N_("Bộ câu hỏi đánh giá không đọc được: ${path}: ${why}.", mapping={"path": str(path), "why": why})
        )


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what kind of question that is (`number`, `title_full`), when the set says so."""

    id: str
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Questions with the rows that answer them."""

    variants: Mapping[str, Sequence[Question]]
    """Name of the variant (`khong_dau`; the plain one is empty) → its questions."""
    relevant: Mapping[str, frozenset[str]]
    """Question → rows; every question has at least one."""


def read_set(folder: Path) -> Judged:
    """The questions of a folder, without those that nobody judged. Raises `BadJudgedSet`."""
    relevant: dict[str, set[str]] = {}
    path = folder / "qrels.tsv"
    for number, line in enumerate(_lines(path), 1):
        parts = line.rstrip("\r\n").split("\t")
        if len(parts) != 4 or not parts[3].strip().lstrip("-").isdigit():
            raise BadJudgedSet(path, f"{number}: {line.strip()[:60]}")
        if int(parts[3]) > 0:
            relevant.setdefault(parts[0], set()).add(parts[2])
    variants = {}
    for found in [folder / "queries.jsonl", *sorted(folder.glob("queries.*.jsonl"))]:
        name = found.name.removeprefix("queries").removesuffix(".jsonl").lstrip(".")
        rows = [_question(found, row) for row in read_rows(found)]
        variants[name] = [question for question in rows if question.id in relevant]
        if not variants[name]:
            raise BadJudgedSet(found, "qrels.tsv")
    return Judged(variants, {question: frozenset(rows) for question, rows in relevant.items()})


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a `.jsonl` or `.jsonl.gz`, one a line. Raises `BadJudgedSet`."""
    for number, line in enumerate(_lines(path), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadJudgedSet(path, f"{number}: {error}") from error
        if not isinstance(row, dict) or not row.get("id"):
            raise BadJudgedSet(path, f"{number}: id")
        yield row


def halved(question: Question) -> Question:
    """The question with every second of its syllables, by a fixed lot, typed without accents."""

    def typed(word: re.Match[str]) -> str:
        lot = crc32(f"{question.id} {word.start()}".encode())
        return fold(word[0]) if lot % 2 else word[0]

    return replace(question, text=_WORDS.sub(typed, question.text))


def spelled(question: Question) -> list[Question]:
    """Other spellings of a question that is a document's number; none when it is no whole number."""
    parsed = parse_number(question.text)
    if parsed is None or not parsed.number or not parsed.letters:
        return []
    number, letters = parsed.number, parsed.letters
    years = [str(parsed.year)] if parsed.year else []
    plain = fold(letters)
    spaced = " ".join([number, *years, letters])
    spellings = {
        "number_spaced": spaced,
        "number_letters_first": " ".join([letters.lower(), number, *years]),
        "number_words": " ".join([number, *years, re.sub(r"[-/&.]", " ", plain)]),
        "number_wide": " / ".join([number, *years, letters.replace("-", " – ")]),
        "number_joined": "/".join([number, *years, re.sub(r"[-/&.]", "", letters)]),
        "number_so": f"số {question.text}",
        "number_sentence": f"theo văn bản số {question.text} thì phải làm gì",
        "number_no_zero": "/".join([number.lstrip("0") or number, *years, letters]),
        "number_plain": "/".join([number, *years, plain]),
    }
    return [Question(f"{question.id}::{kind}", text, kind) for kind, text in spellings.items()]


def _question(path: Path, row: Mapping[str, Any]) -> Question:
    if not isinstance(row.get("text"), str):
        raise BadJudgedSet(path, f"{row['id']}: text")
    return Question(str(row["id"]), row["text"], str(row.get("kind") or ""))


def _lines(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from (line for line in lines if line.strip())
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadJudgedSet(path, str(error)) from error
