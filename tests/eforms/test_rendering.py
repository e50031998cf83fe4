"""A submitted form reads for ever as it was submitted (invariant 18): golden texts."""

from pathlib import Path
from typing import Any

import pytest

from portal.eforms.answers import settle
from portal.eforms.definition import clean, sha256_of
from portal.eforms.rendering import Row, render

GOLDEN = Path(__file__).parent / "golden"


def written(rows: list[Row], indent: str = "") -> list[str]:
    lines: list[str] = []
    for row in rows:
        if row.is_rows:
            lines.append(f"{indent}{row.label} [{row.path}]")
            for title, inner in row.value:
                lines += [f"{indent}  {title}", *written(inner, indent + "    ")]
        elif row.is_files:
            lines.append(f"{indent}{row.label} [{row.path}]: {', '.join(file['name'] for file in row.value)}")
        else:
            lines.append(f"{indent}{row.label} [{row.path}]: {row.value!r}")
    return lines


def told(definition: Any, answers: Any, lang: str) -> str:
    lines: list[str] = []
    for section in render(definition, answers, lang):
        lines += [f"## {section.title} [{section.id}]", *written(section.rows)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_submitted_form_reads_as_it_did_when_this_release_was_made(everything: Any, filled: Any, lang: str) -> None:
    expected = (GOLDEN / f"everything.{lang}.txt").read_text(encoding="utf-8")
    assert told(everything, settle(everything, filled), lang) == expected


def test_the_bytes_of_a_definition_are_those_of_this_release(everything: Any) -> None:
    assert sha256_of(everything) == (GOLDEN / "everything.sha256").read_text().strip()


def test_a_computed_value_is_read_as_it_was_kept(everything: Any, filled: Any) -> None:
    settled = settle(everything, filled)
    settled["tong_tien"] = "123456"
    settled["hang"][0]["thanh_tien"] = "7"
    text = told(everything, settled, "vi")
    assert "'123.456 đồng'" in text
    assert "'7 đồng'" in text


def test_an_option_that_the_definition_does_not_know_is_no_answer(everything: Any, filled: Any) -> None:
    assert "Gioi tinh [gioi_tinh]: ''" in told(everything, filled | {"gioi_tinh": "khac"}, "vi")


def test_a_definition_with_less_in_it_than_today_still_reads() -> None:
    old = clean({"sections": [{"id": "a", "fields": [{"type": "text", "id": "x", "label": "X"}]}]})
    assert told(old, {"x": "một"}, "en") == "##  [a]\nX [x]: 'một'\n"
