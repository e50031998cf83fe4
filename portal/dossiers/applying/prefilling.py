"""Once only (A5-7): what the same person gave before, on this form or with an earlier dossier. Pure.

Nothing that was typed is overwritten: only questions without an answer are filled, and the person sees and can change
what stands there before it is sent.
"""

from collections.abc import Mapping
from typing import Any

from portal.eforms.definition import Data, fields
from portal.eforms.kinds import Type
from portal.eforms.values import clean_value

_COPIED = frozenset(Type) - {Type.FILES, Type.GROUP, Type.COMPUTED, Type.STATEMENT, Type.PARAGRAPH}


def within(definition: Data, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers for open questions that another question of the same form has answered: by field id."""
    return _filled(definition, answers, known(definition, answers))


def from_earlier(
    definition: Data, answers: Mapping[str, Any], before: Data, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Answers for open questions from those that were `given` to an earlier form (`before`): by field id."""
    return _filled(definition, answers, known(before, given))


def known(definition: Data, answers: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
    """What the form says of the person: prefill key → (type, answer); the first answer of a key counts."""
    found: dict[str, tuple[str, Any]] = {}
    for _section, field in fields(definition):
        answer = clean_value(field, answers.get(field["id"])) if _is_copied(field) else None
        if answer is not None:
            found.setdefault(field["prefill"], (field["type"], answer))
    return found


def _filled(definition: Data, answers: Mapping[str, Any], known: Mapping[str, tuple[str, Any]]) -> dict[str, Any]:
    found = {}
    for _section, field in fields(definition):
        if not _is_copied(field) or answers.get(field["id"]) is not None or field["prefill"] not in known:
            continue
        kind, answer = known[field["prefill"]]
        value = clean_value(field, answer) if kind == field["type"] else None
        if value is not None:
            found[field["id"]] = value
    return found


def _is_copied(field: Data) -> bool:
    return bool(field["prefill"]) and field["type"] in _COPIED
