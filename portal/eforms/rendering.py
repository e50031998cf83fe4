"""A form as it was filled in, for reading: a pure function of the definition and the answers, for ever (invariant 18).

Nothing here asks the database, the clock or the current edition. A change of what this module gives for stored answers
is a change of what people submitted: the golden tests say what it gave when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.eforms.answers import ask, settle
from portal.eforms.checking import number_text
from portal.eforms.definition import Data, said
from portal.eforms.kinds import Type
from portal.eforms.values import as_day, as_decimal, clean_value
from portal.forms.dates import shown

_TRUTH = {"vi": {True: "Có", False: "Không"}, "en": {True: "Yes", False: "No"}}
_AGREED = {"vi": {True: "Đồng ý", False: "Chưa đồng ý"}, "en": {True: "Agreed", False: "Not agreed"}}
_ROW = {"vi": "Dòng", "en": "Row"}
_DONG = {"vi": "đồng", "en": "VND"}

Text = str
Files = list[dict[str, Any]]
Rows = list[tuple[str, list["Row"]]]


@dataclass(frozen=True)
class Row:
    """One question with its answer: `value` is a text (several lines with `\\n`), a list of files, or titled rows.

    `field` is the definition's field, `path` as in `answers.Wrong`; an empty text says that nothing was answered.
    """

    label: str
    value: "Text | Files | Rows"
    path: str
    field: Mapping[str, Any]

    @property
    def is_files(self) -> bool:
        return self.field["type"] == Type.FILES and isinstance(self.value, list)

    @property
    def is_rows(self) -> bool:
        return self.field["type"] == Type.GROUP and isinstance(self.value, list)


@dataclass(frozen=True)
class Rendered:
    """One section of the form."""

    id: str
    title: str
    rows: list[Row]


def render(definition: Data, answers: Mapping[str, Any], lang: str = "vi") -> list[Rendered]:
    """Every section that was asked, with every question and its answer, in the order of the form.

    `answers` are those that were submitted (`answers.settle`): a computed value among them counts as it was kept.
    """
    asked = ask(definition, answers)
    found = []
    for section in asked.sections:
        kept = {
            one["id"]: _kept(one, asked.answers.get(one["id"]), answers.get(one["id"])) for one in section["fields"]
        }
        rows = _inner(section, kept, lang, "")
        if rows:
            found.append(Rendered(section["id"], said(section, "title", lang), rows))
    return found


def rows_to_check(definition: Data, answers: Mapping[str, Any], lang: str = "vi") -> list[Rendered]:
    """What the check-your-answers page shows of a draft: as it would be submitted now."""
    return render(definition, settle(definition, answers), lang)


def _kept(field: Data, answer: Any, given: Any) -> Any:
    """The answer; a computed one as it was kept when there is one, not as a later release would compute it."""
    if field["type"] == Type.COMPUTED:
        found = clean_value(field, given)
        return answer if found is None else found
    if field["type"] != Type.GROUP or not answer or not isinstance(given, list | tuple):
        return answer
    inner = {one["id"]: one for one in field["fields"]}
    rows = (row for row in given if isinstance(row, dict))
    return [
        {name: _kept(inner[name], value, before.get(name)) for name, value in row.items()}
        for row, before in zip(answer, rows, strict=False)
    ]


def _row(field: Data, answer: Any, lang: str, path: str) -> Row:
    label = said(field, "label", lang)
    if field["type"] == Type.GROUP:
        rows: Rows = [
            (_row_title(field, number, lang), _inner(field, row, lang, f"{path}.{number - 1}."))
            for number, row in enumerate(answer or [], 1)
        ]
        return Row(label, rows or "", path, field)
    if field["type"] == Type.FILES:
        return Row(label, list(answer) if answer else "", path, field)
    return Row(label, text_of_answer(field, answer, lang), path, field)


def _inner(place: Data, answers: Mapping[str, Any], lang: str, path: str) -> list[Row]:
    """What is read of a section, or of one row of a group: the fields that were asked."""
    asked = [one for one in place["fields"] if one["id"] in answers and one["type"] != Type.PARAGRAPH]
    return [_row(one, answers[one["id"]], lang, path + one["id"]) for one in asked]


def _row_title(group: Data, number: int, lang: str) -> str:
    return f"{said(group, 'row_label', lang) or _ROW[lang]} {number}"


def text_of_answer(field: Data, answer: Any, lang: str = "vi") -> str:
    """One answer as people read it; empty when there is none."""
    if answer is None:
        return ""
    kind = Type(field["type"])
    if isinstance(answer, bool):
        return (_AGREED if kind is Type.STATEMENT else _TRUTH)[lang][answer]
    if kind in (Type.CHOICE, Type.CHOICES):
        names = {option["value"]: said(option, "label", lang) for option in field["options"]}
        chosen = answer if isinstance(answer, list) else [answer]
        return "\n".join(names.get(one, str(one)) for one in chosen)
    if kind is Type.ADDRESS:
        return ", ".join(answer[part] for part in ("street", "commune", "province") if answer.get(part))
    return str(answer["name"]) if kind is Type.AGENCY else _number_or_text(field, answer, lang)


def _number_or_text(field: Data, answer: Any, lang: str) -> str:
    kind = Type(field["type"])
    if kind not in (Type.NUMBER, Type.MONEY, Type.COMPUTED):
        return shown(str(answer)) if kind is Type.DATE else str(answer)
    number = as_decimal(answer)
    if number is None:
        return shown(str(answer)) if as_day(answer) else str(answer)
    unit = _DONG[lang] if kind is Type.MONEY else said(field, "unit", lang)
    return f"{number_text(number, lang)} {unit}".strip()
