"""From answers to the node they lead to. Pure: the same answers always lead to the same place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.guides.data import OUTCOME, Answer, Data, Span


@dataclass(frozen=True)
class Step:
    """A question with the answer that was given to it; `answers`: those given before it."""

    node: Data
    choice: Data
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Walk:
    """Where answers lead. `node` is the question to ask next, or the outcome; None in a guide without a start.

    `refused`: an answer that this guide does not know, or that leads nowhere; `node` is then the last sure place.
    """

    steps: tuple[Step, ...]
    node: Data | None
    refused: str | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that were understood."""
        return tuple(step.choice["id"] for step in self.steps)

    @property
    def is_over(self) -> bool:
        """Whether an outcome was reached."""
        return self.node is not None and self.node["kind"] == OUTCOME


def walk(data: Data, answers: Sequence[str]) -> Walk:
    """Follow the answers (ids of choices) from the start. Never raises; a circle ends with the answers."""
    nodes = {node["id"]: node for node in data["nodes"]}
    node, steps = nodes.get(data["start"]), list[Step]()
    for answer in answers:
        chosen = choice_of(node, answer)
        target = nodes.get(chosen["target"]) if chosen else None
        if node is None or chosen is None or target is None:
            return Walk(tuple(steps), node, refused=answer)
        steps.append(Step(node, chosen, tuple(step.choice["id"] for step in steps)))
        node = target
    return Walk(tuple(steps), node)


def choice_of(node: Data | None, id_: str) -> Data | None:
    """The answer with this id."""
    choices = node.get("choices", ()) if node else ()
    return next((choice for choice in choices if choice["id"] == id_), None)


def choice_for(node: Data, value: int) -> Data | None:
    """The answer that a number or a span of time falls under: the first whose bound it is below."""
    fits = (choice for choice in node["choices"] if choice["below"] is None or value < choice["below"])
    return next(fits, None)


def elapsed(since: date, today: date, span: str) -> int:
    """Whole years (an age), months or days from a day until today; below 0 for a day that is still to come.

    A month or a year is full on the same day of the month; on the last day of a shorter month.
    """
    if span == Span.DAYS:
        return (today - since).days
    if since > today:
        return -1
    months = (today.year - since.year) * 12 + today.month - since.month
    last_day = (date(today.year + today.month // 12, today.month % 12 + 1, 1) - date.resolution).day
    if today.day < min(since.day, last_day):
        months -= 1
    return months // 12 if span == Span.YEARS else months


def words_of(data: Data, answers: Sequence[str]) -> str:
    """The answers as people read them: "Có → Dưới 16 tuổi"."""
    return " → ".join(step.choice["label"] for step in walk(data, answers).steps)


def bounds_are_sound(node: Data) -> bool:
    """Whether the bounds of a question of number or date grow, and the last answer takes all the rest."""
    if node["answer"] == Answer.CHOICE:
        return True
    bounds = [choice["below"] for choice in node["choices"]]
    known = [bound for bound in bounds[:-1] if bound is not None]
    return bool(bounds) and bounds[-1] is None and len(known) == len(bounds) - 1 and known == sorted(set(known))


def changed_between(before: Data, after: Data, answers: Sequence[str]) -> bool:
    """Whether somebody who gave these answers would read something else now than before."""
    old, new = walk(before, answers), walk(after, answers)
    if old.refused or new.refused:
        return old.refused is None
    passed = [(step.node, step.choice) for step in old.steps] + [(old.node, old.node)]
    now = [(step.node, step.choice) for step in new.steps] + [(new.node, new.node)]
    return any(_said(*one) != _said(*other) for one, other in zip(passed, now, strict=True))


def _said(node: Data | None, part: Data | None) -> object:
    """What stood there to be read; where an answer leads shows in the next node."""
    if node is None or part is None:
        return None
    if node is part:
        return {key: value for key, value in node.items() if key not in ("choices", "id")}, _labels(node)
    return node["title"], part["label"], part["hint"], part["below"]


def _labels(node: Data) -> list[tuple[str, str]]:
    return [(choice["id"], choice["label"]) for choice in node.get("choices", ())]
