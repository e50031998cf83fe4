"""Guides of any shape, for property tests."""

from typing import Any

from hypothesis import strategies as st

from portal.guides.data import clean


@st.composite
def guides(draw: st.DrawFn, *, most: int = 9, forward: bool = False) -> dict[str, Any]:
    """A cleaned record; with `forward`, without circles and without answers that lead nowhere."""
    size = draw(st.integers(1, most))
    nodes: list[dict[str, Any]] = []
    for number in range(1, size + 1):
        is_last = number == size
        if is_last or draw(st.integers(0, 3)) == 0:
            nodes.append({"id": f"n{number}", "kind": "outcome", "title": f"Kết quả {number}", "text": "<p>Xong.</p>"})
            continue
        ids = st.integers(number + 1, size) if forward else st.integers(0, size)
        targets = draw(st.lists(ids, min_size=1 if forward else 0, max_size=4))
        choices = [{"label": f"Đáp {place}", "target": f"n{target}"} for place, target in enumerate(targets)]
        nodes.append({"id": f"n{number}", "kind": "question", "title": f"Hỏi {number}?", "choices": choices})
    return clean({"title": "Thử", "nodes": nodes})
