"""All answers of one form: which questions are asked, what is missing, what is submitted. Pure functions.

Answers are `{field id: answer}` (`values` gives the shape of each). A draft keeps everything that was typed; `settle`
makes of it what is submitted. Questions are decided from the first to the last in one pass: a condition or a formula
sees the answers above it that are asked, and nothing else; so no order of editing gives two results.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from translationstring import TranslationString

from portal.eforms import checking
from portal.eforms.definition import Data, said, section_of
from portal.eforms.expressions import Failure, Series, Value, evaluate, holds
from portal.eforms.expressions.trees import written_number
from portal.eforms.kinds import TYPES, Type
from portal.eforms.values import as_day, as_decimal, clean_row, clean_value

Answers = dict[str, Any]


@dataclass(frozen=True)
class Wrong:
    """`path`: `ten`, or `hang.0.so_tien` in row 0 of the group `hang`."""

    path: str
    message: TranslationString


@dataclass(frozen=True)
class Asked:
    """What is asked of this applicant: `sections` with their fields asked, and the `answers` to them alone.

    `failures`: why a computed value has no result, by path.
    """

    sections: list[Data]
    answers: Answers
    failures: dict[str, TranslationString]

    def section(self, section_id: str) -> Data | None:
        """The section, with those of its fields that are asked."""
        return next((one for one in self.sections if one["id"] == section_id), None)


def ask(definition: Data, answers: Mapping[str, Any]) -> Asked:
    """What the answers so far lead to. `answers` may hold anything; what fits no question counts as not given."""
    scope = _Scope()
    sections: list[Data] = []
    for section in definition["sections"]:
        if not holds(section["when"], scope.look):
            continue
        shown = []
        for field in section["fields"]:
            if field["id"] not in scope.kept and holds(field["when"], scope.look):
                scope.take(field, answers.get(field["id"]))
                shown.append(field)
        sections.append({**section, "fields": shown})
    given = {key: value for key, value in scope.kept.items() if value is not None}
    return Asked(sections, given, scope.failures)


def settle(definition: Data, answers: Mapping[str, Any]) -> Answers:
    """The answers that are submitted: only to questions that are asked, computed values filled in."""
    return ask(definition, answers).answers


def merge(answers: Mapping[str, Any], typed: Mapping[str, Any]) -> Answers:
    """A draft after one page was typed: what other pages and hidden questions hold stays."""
    return {**answers, **typed}


def visible_sections(definition: Data, answers: Mapping[str, Any]) -> list[Data]:
    """The sections that are asked and have something to show, in their order."""
    return [section for section in ask(definition, answers).sections if section["fields"]]


def next_section(definition: Data, answers: Mapping[str, Any], section_id: str | None) -> str | None:
    """The section after this one (after none: the first); None when the answers are to be checked."""
    return _beside(definition, answers, section_id, 1)


def previous_section(definition: Data, answers: Mapping[str, Any], section_id: str | None) -> str | None:
    """The section before this one (before none: the last)."""
    return _beside(definition, answers, section_id, -1)


def missing(definition: Data, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(section id, path) of every required question that is asked and has no answer."""
    asked = ask(definition, answers)
    return [
        (section["id"], path)
        for section in asked.sections
        for field in section["fields"]
        for path, one, value in _places(field, asked.answers)
        if one["required"] and checking.is_missing(one, value)
    ]


def check_section(section: Data, answers: Mapping[str, Any], *, on: date, lang: str = "vi") -> list[Wrong]:
    """What is missing or wrong on one page, in its order. `section` is one of `Asked.sections`."""
    return [wrong for field in section["fields"] for wrong in _check(field, answers, on, lang)]


def check_all(definition: Data, answers: Mapping[str, Any], *, on: date, lang: str = "vi") -> dict[str, list[Wrong]]:
    """Section id → what is missing or wrong there; empty when the form can be submitted on that day."""
    asked = ask(definition, answers)
    found = {s["id"]: check_section(s, asked.answers, on=on, lang=lang) for s in asked.sections}
    return {section_id: wrongs for section_id, wrongs in found.items() if wrongs}


def _beside(definition: Data, answers: Mapping[str, Any], section_id: str | None, step: int) -> str | None:
    shown = [section["id"] for section in visible_sections(definition, answers)]
    if section_id is None:
        return (shown[0] if step > 0 else shown[-1]) if shown else None
    known = section_of(definition, section_id)
    order = [section["id"] for section in definition["sections"]]
    here = order.index(section_id) if known else -1
    after = [one for one in shown if (order.index(one) - here) * step > 0]
    return (after[0] if step > 0 else after[-1]) if after else None


def _check(field: Data, answers: Mapping[str, Any], on: date, lang: str) -> list[Wrong]:
    found: list[Wrong] = []
    for path, one, value in _places(field, answers):
        if one["required"] and checking.is_missing(one, value):
            partly = checking.wrong(one, value, on)
            found.append(Wrong(path, partly or checking.asks_for(one, said(one, "label", lang))))
        elif (message := checking.wrong(one, value, on)) is not None:
            found.append(Wrong(path, message))
    return found


def _places(field: Data, answers: Mapping[str, Any]) -> list[tuple[str, Data, Any]]:
    """(path, field, answer) of a field and, for a group, of everything asked in each of its rows."""
    value = answers.get(field["id"])
    found = [(field["id"], field, value)]
    if field["type"] != Type.GROUP or not isinstance(value, list):
        return found
    for number, row in enumerate(value):
        for inner in field["fields"]:
            if inner["id"] in row:
                found.append((f"{field['id']}.{number}.{inner['id']}", inner, row[inner["id"]]))
    return found


class _Scope:
    """The answers seen so far, as values of the language."""

    def __init__(self) -> None:
        self.kept: Answers = {}
        self.known: dict[str, Value] = {}
        self.failures: dict[str, TranslationString] = {}

    def look(self, name: str) -> Value:
        return self.known.get(name)

    def take(self, field: Data, given: Any) -> None:
        if field["type"] == Type.GROUP:
            self._take_rows(field, given)
            return
        answer, value = self._answer(field, given, self.look, field["id"])
        self.kept[field["id"]], self.known[field["id"]] = answer, value

    def _take_rows(self, field: Data, given: Any) -> None:
        cleaned = clean_value(field, given) or []
        rows, values = [], []
        for number, row in enumerate(cleaned):
            kept, known = self._row(field, row, f"{field['id']}.{number}")
            rows.append(kept)
            values.append(known)
        self.kept[field["id"]] = rows or None
        self.known[field["id"]] = Series((True,) * len(rows))
        for inner in field["fields"]:
            name = f"{field['id']}.{inner['id']}"
            self.known[name] = Series(tuple(known.get(inner["id"]) for known in values))

    def _row(self, group: Data, row: Data, path: str) -> tuple[Answers, dict[str, Value]]:
        kept: Answers = {}
        known: dict[str, Value] = {}

        def look(name: str) -> Value:
            inside = name.removeprefix(f"{group['id']}.")
            return known[inside] if inside in known else self.look(name)

        given = clean_row(group, row)
        for inner in group["fields"]:
            if inner["id"] not in kept and holds(inner["when"], look):
                answer, value = self._answer(inner, given.get(inner["id"]), look, f"{path}.{inner['id']}")
                kept[inner["id"]], known[inner["id"]] = answer, value
        return kept, known

    def _answer(self, field: Data, given: Any, look: Any, path: str) -> tuple[Any, Value]:
        if field["type"] == Type.COMPUTED:
            value = evaluate(field["tree"], look) if field["tree"] else None
            if isinstance(value, Failure):
                self.failures[path] = value.message
            return computed_answer(field, value), value
        if not TYPES[Type(field["type"])].asks:
            return None, None
        answer = clean_value(field, given)
        return answer, value_of(field, answer)


def value_of(field: Data, answer: Any) -> Value:
    """A clean answer as the expressions see it: an address by its province, an agency and files by their names."""
    read = _VALUES.get(Type(field["type"]))
    value: Value = answer if read is None or answer is None else read(answer)
    return value


_VALUES: dict[Type, Callable[[Any], Value]] = {
    Type.NUMBER: as_decimal,
    Type.MONEY: as_decimal,
    Type.DATE: as_day,
    Type.CHOICES: tuple,
    Type.FILES: lambda answer: tuple(file["name"] for file in answer),
    Type.ADDRESS: lambda answer: answer["province"],
    Type.AGENCY: lambda answer: answer["name"],
}


def computed_answer(field: Data, value: Value) -> Any:
    """A computed value as it is kept with the answers: rounded half up to the field's places, or as it is."""
    if isinstance(value, Decimal):
        places = {"number": str(field["decimals"])}
        rounded = evaluate({"op": "round", "args": [{"field": "x"}, places]}, lambda _name: value)
        return written_number(rounded) if isinstance(rounded, Decimal) else None
    if isinstance(value, bool | str):
        return value
    return value.isoformat() if isinstance(value, date) else None
