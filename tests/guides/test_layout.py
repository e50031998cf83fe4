"""The picture of a guide: nothing overlaps, every answer has its line, text stays in its box."""

import re
from itertools import combinations
from typing import Any

from guides.drawn import guides
from hypothesis import given
from hypothesis import strategies as st

from portal.guides.data import clean
from portal.guides.layout import PADDING, WIDTH, Picture, picture
from portal.guides.wrapping import width_of, wrapped

PAIR = re.compile(r"-?\d+(?:\.\d+)?")


def _drawn(data: dict[str, Any]) -> Picture:
    return picture(data, lambda node: node["title"])


@given(guides(most=14))
def test_boxes_never_overlap_and_lie_inside_the_picture(data: dict[str, Any]) -> None:
    drawn = _drawn(data)

    assert len(drawn.boxes) == len(data["nodes"])
    for box in drawn.boxes:
        assert 0 <= box.x <= drawn.width - WIDTH
        assert 0 <= box.y <= drawn.height - box.height
        assert all(0 < row.port < box.height for row in box.rows)
    for one, other in combinations(drawn.boxes, 2):
        assert one.x != other.x or one.y + one.height < other.y or other.y + other.height < one.y


@given(guides(most=14))
def test_every_answer_that_leads_somewhere_has_a_line_to_it(data: dict[str, Any]) -> None:
    drawn = _drawn(data)
    boxes = {box.node["id"]: box for box in drawn.boxes}
    ends = {
        (round(float(n[-2])), round(float(n[-1]), 1))
        for line in drawn.lines
        if (n := PAIR.findall(line.path)) and not line.back
    }

    leading = [
        (node["id"], choice["target"])
        for node in data["nodes"]
        for choice in node.get("choices", ())
        if choice["target"]
    ]
    assert len(drawn.lines) == len(leading)
    forward = {target for source, target in leading if boxes[target].x > boxes[source].x}
    assert {(round(boxes[t].x), round(boxes[t].entry, 1)) for t in forward} <= ends


@given(guides(most=14, forward=True))
def test_every_line_of_a_guide_without_circles_leads_to_the_right(data: dict[str, Any]) -> None:
    drawn = _drawn(data)
    boxes = {box.node["id"]: box for box in drawn.boxes}

    assert not any(line.back for line in drawn.lines)
    for node in data["nodes"]:
        for choice in node.get("choices", ()):
            assert boxes[choice["target"]].x > boxes[node["id"]].x


def test_a_long_line_keeps_clear_of_the_boxes_that_it_passes() -> None:
    drawn = _drawn(clean({"nodes": [
        {"id": "n1", "kind": "question", "title": "Một?", "choices": [
            {"label": "xa", "target": "n4"}, {"label": "gần", "target": "n2"}]},
        {"id": "n2", "kind": "question", "title": "Hai?", "choices": [{"label": "a", "target": "n3"}]},
        {"id": "n3", "kind": "question", "title": "Ba?", "choices": [{"label": "b", "target": "n4"}]},
        {"id": "n4", "kind": "outcome", "title": "Bốn"},
    ]}))  # fmt: skip
    boxes = {box.node["id"]: box for box in drawn.boxes}
    long = next(line for line in drawn.lines if line.path.count("H") == 2)

    levels = [float(level) for level in re.findall(r" (-?\d+\.\d)H", long.path)]
    for level, passed in zip(levels, ("n2", "n3"), strict=True):
        assert not boxes[passed].y <= level <= boxes[passed].y + boxes[passed].height


@given(st.text(alphabet="abc nghƯƠỂ đặng…", max_size=80), st.integers(60, 260), st.integers(1, 5))
def test_lines_keep_to_their_width_and_number(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width, most=most)

    assert 1 <= len(lines) <= most
    assert all(width_of(line) <= width or len(line) <= 2 for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_vietnamese_words_break_between_words() -> None:
    text = "Con bạn đã được đăng ký khai sinh ở cơ quan có thẩm quyền của nước ngoài hay chưa?"

    lines = wrapped(text, WIDTH - 2 * PADDING, bold=True)

    assert " ".join(lines) == text
    assert 2 <= len(lines) <= 4


def test_a_guide_of_nothing_is_an_empty_picture() -> None:
    assert _drawn(clean({})).boxes == []
