"""Trình tự thực hiện as one text → cases with their steps. Conservative: a text without visible steps is one step."""

import re
from dataclasses import dataclass, field

from portal.catalogue.data import Data
from portal.catalogue.importing.prose import lines_of, to_html, without_bullet

_MARK = r"(?:[-–+*•]+\s*)?(?:\(?(?:\d+(?:\.\d+)*|[a-zđ]|[ivx]+)\s*[.)]\s*)?"
STEP = re.compile(rf"{_MARK}(?:Bước|BƯỚC)\s*(?P<number>\d+)(?![.,]?\d)\s*[:.)\-–]*\s*(?P<rest>.*)")
_INLINE = re.compile(rf"(?<=[.;:)])\s+(?={_MARK}(?:Bước|BƯỚC)\s*\d+\s*[:.])")
_LETTER = re.compile(r"(?P<mark>[a-zđ])\)\s*(?P<rest>.+)")
_NUMBER = re.compile(r"(?P<mark>\d+)[.)]\s*(?P<rest>.+)")
_CASE = re.compile(rf"{_MARK}(?:Trường hợp|TRƯỜNG HỢP|Đối với|ĐỐI VỚI|Quy trình|Thủ tục)\b.*")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LABEL = re.compile(r"(?:[-–+*]\s*)?trình tự thực hiện\s*:?", re.IGNORECASE)
LONGEST_NAME, LONGEST_CASE = 120, 300

GAPS = "Số thứ tự các bước không liền nhau."
UNNAMED = "Có nhiều chuỗi bước nhưng chưa rõ từng chuỗi áp dụng cho trường hợp nào."


@dataclass
class _Step:
    number: int
    first: str
    lines: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)

    def row(self) -> Data:
        """Its first line is a name when it reads like one."""
        short = len(self.first) <= LONGEST_NAME and not self.first.endswith((".", ";", ","))
        named = bool(self.first) and (short or (self.first.endswith(":") and len(self.first) <= LONGEST_NAME))
        rest = self.lines if named else [line for line in (self.first, *self.lines) if line]
        return {"name": self.first.rstrip(" :") if named else None, "text": to_html([*self.before, *rest])}


@dataclass
class _Case:
    name: str | None = None
    steps: list[_Step] = field(default_factory=list)

    def row(self) -> Data:
        return {"name": self.name, "steps": [step.row() for step in self.steps]}


def cases_of(text: str, doubts: dict[str, str]) -> list[Data]:
    """Rows for `cases` of the record; the numbers of the steps become their order."""
    lines = [line for line in lines_of(_INLINE.sub("\n", text)) if not _LABEL.fullmatch(line)]
    if not lines:
        return []
    if any(STEP.fullmatch(line) for line in lines):
        cases = _numbered(lines)
    else:
        cases = _listed(lines) or [_Case(steps=[_Step(1, "", lines)])]
    if any([step.number for step in case.steps] != list(range(1, len(case.steps) + 1)) for case in cases):
        doubts["cases"] = GAPS
    elif len(cases) > 1 and not all(case.name for case in cases):
        doubts["cases"] = UNNAMED
    return [case.row() for case in cases]


def _numbered(lines: list[str]) -> list[_Case]:
    """Each `Bước 1` begins a case; the heading before it is the case's name."""
    cases: list[_Case] = []
    before: list[str] = []
    for line in lines:
        found = STEP.fullmatch(line)
        if found is None:
            (cases[-1].steps[-1].lines if cases else before).append(line)
            continue
        step = _Step(int(found["number"]), found["rest"].strip())
        if not cases or step.number == 1:
            above = cases[-1].steps[-1].lines if cases else before
            cases.append(_Case(_heading(above)))
            if len(cases) == 1:
                step.before = before
        cases[-1].steps.append(step)
    return cases


def _heading(above: list[str]) -> str | None:
    """The last line above a first step, taken from there, when it is the name of a case."""
    last = above[-1] if above else ""
    if not last or len(last) > LONGEST_CASE or not (last.endswith(":") or _is_case(last)):
        return None
    return without_bullet(above.pop()).rstrip(" :")


def _is_case(line: str) -> bool:
    return bool(_CASE.fullmatch(line)) and not line.endswith((".", ";", ","))


def _listed(lines: list[str]) -> list[_Case] | None:
    """Steps a), b) … or 1., 2. … that begin with the first line and go on in order; cases where they are named so."""
    for pattern, marks in ((_LETTER, list(_LETTERS)), (_NUMBER, list(map(str, range(1, 60))))):
        found: list[_Step] = []
        for line in lines:
            mark = pattern.fullmatch(line)
            if mark and len(found) < len(marks) and mark["mark"] == marks[len(found)]:
                found.append(_Step(len(found) + 1, mark["rest"].strip()))
            elif not found:
                break
            else:
                found[-1].lines.append(line)
        if len(found) > 1:
            return _as_cases(found)
    return None


def _as_cases(steps: list[_Step]) -> list[_Case]:
    if not all(_CASE.fullmatch(step.first) and step.first.endswith(":") and step.lines for step in steps):
        return [_Case(steps=steps)]
    return [_Case(step.first.rstrip(" :"), [_Step(1, "", step.lines)]) for step in steps]
