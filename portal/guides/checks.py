"""What a guide still needs before it may go out; each finding names the question or outcome that it is about."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.guides import queries
from portal.guides.data import OUTCOME, QUESTION, Answer, Data, documents, node_of, references
from portal.guides.graph import Graph
from portal.guides.walking import bounds_are_sound, walk
from portal.request import _

LONGEST_NAME = 70


@dataclass(frozen=True)
class Finding:
    """Something to mend; `node` is where, None for the guide as a whole or for an expected path."""

    node: str | None
    message: TranslationString


def findings(db: Session, data: Data) -> list[Finding]:
    """Everything to mend, in the order of the guide; empty when it may go out."""
    procedures, numbers = queries.procedures(db, references(data)), queries.documents(db, documents(data))
    return [*of_record(data), *_not_public(data, procedures, numbers), *of_tests(data)]


def of_record(data: Data) -> list[Finding]:
    """What the record alone shows."""
    found: list[Finding] = []
    if not data["title"]:
        found.append(Finding(None, _("Chưa có tên hướng dẫn.")))
    start = node_of(data, data["start"])
    if start is None or start["kind"] != QUESTION:
        found.append(Finding(None, _("Chưa có câu hỏi đầu tiên: hãy thêm một câu hỏi và chọn làm câu bắt đầu.")))
    for node in data["nodes"]:
        found += [Finding(node["id"], message) for message in _of_node(node)]
    return found + list(_of_graph(data))


def of_tests(data: Data) -> list[Finding]:
    """Expected paths that lead elsewhere now."""
    return [Finding(None, message) for message in (test_failure(data, test) for test in data["tests"]) if message]


def test_failure(data: Data, test: Data) -> TranslationString | None:
    """Why an expected path no longer holds; None when it does."""
    reached, path = walk(data, test["answers"]), test["words"] or " → ".join(test["answers"])
    if reached.refused is not None:
        return _("Đường đã đánh dấu đúng “${path}” nay không đi được đến cuối.", mapping={"path": path})
    node = reached.node
    if node is not None and node["id"] == test["outcome"]:
        return None
    expected, now = node_of(data, test["outcome"]), name(node) if node else ""
    return _(
        "Đường đã đánh dấu đúng “${path}” nay dẫn tới “${now}” thay vì “${expected}”.",
        mapping={"path": path, "now": now, "expected": name(expected) if expected else _("một kết quả đã xóa")},
    )


def name(node: Data) -> str | TranslationString:
    """What people know a node by: its words, or its number while it has none."""
    title: str = node["title"]
    if title:
        return title if len(title) <= LONGEST_NAME else title[: LONGEST_NAME - 1].rstrip() + "…"
    number = node["id"][1:]
    if node["kind"] == QUESTION:
        return _("Câu hỏi số ${n} chưa có nội dung", mapping={"n": number})
    return _("Kết quả số ${n} chưa có tên", mapping={"n": number})


def _of_node(node: Data) -> list[TranslationString]:
    named = {"name": name(node)}
    if node["kind"] == QUESTION:
        return list(_of_question(node, named))
    found = [] if node["title"] else [_("“${name}”: hãy đặt tên cho kết quả này.", mapping=named)]
    if not says_something(node):
        needs = _(
            "“${name}”: kết quả này chưa cho biết gì. Hãy viết nội dung, hoặc thêm thủ tục, văn bản, nơi liên hệ.",
            mapping=named,
        )
        found.append(needs)
    return found


def says_something(outcome: Data) -> bool:
    """Whether an outcome holds anything besides its name."""
    parts = (outcome["text"], outcome["procedures"], outcome["documents"], outcome["link"]["address"])
    return any(parts) or any(outcome["contact"].values())


def _of_question(node: Data, named: dict[str, str | TranslationString]) -> Iterator[TranslationString]:
    choices = node["choices"]
    if not node["title"]:
        yield _("“${name}”: hãy viết câu hỏi.", mapping=named)
    if len(choices) < 2:
        yield _("“${name}”: cần ít nhất hai câu trả lời.", mapping=named)
    if any(not choice["label"] for choice in choices):
        yield _("“${name}”: có câu trả lời chưa viết nội dung.", mapping=named)
    for label in _twice(choice["label"] for choice in choices):
        yield _("“${name}”: có hai câu trả lời cùng là “${label}”.", mapping={**named, "label": label})
    for choice in choices:
        if choice["target"] is None and choice["label"]:
            told = {**named, "label": choice["label"]}
            yield _("“${name}”: câu trả lời “${label}” chưa dẫn tới đâu.", mapping=told)
    if node["answer"] != Answer.CHOICE and not bounds_are_sound(node):
        yield _(
            "“${name}”: mốc “nhỏ hơn” của các câu trả lời phải tăng dần, và chỉ câu cuối cùng để trống mốc (mọi trường "
            "hợp còn lại).",
            mapping=named,
        )


def _of_graph(data: Data) -> Iterator[Finding]:
    graph = Graph.of(data)
    for node in data["nodes"]:
        if node["id"] not in graph.reachable:
            message = _("“${name}”: không có câu trả lời nào dẫn tới đây.", mapping={"name": name(node)})
            yield Finding(node["id"], message)
    for circle in graph.circles:
        first, last = node_of(data, circle[0]), node_of(data, circle[-1])
        assert first is not None
        assert last is not None
        told = {"name": name(last), "first": name(first)}
        yield Finding(
            last["id"], _("“${name}”: có câu trả lời dẫn ngược về “${first}”, thành đường vòng.", mapping=told)
        )


def _not_public(data: Data, procedures: Collection[str], numbers: Collection[str]) -> Iterator[Finding]:
    for node in data["nodes"]:
        if node["kind"] != OUTCOME:
            continue
        for row in node["procedures"]:
            if row["procedure"] not in procedures:
                told = {"name": name(node), "code": row["procedure"]}
                message = _("“${name}”: thủ tục ${code} chưa được công bố trên cổng.", mapping=told)
                yield Finding(node["id"], message)
        for row in node["documents"]:
            if row["number"] not in numbers:
                told = {"name": name(node), "number": row["number"]}
                message = _("“${name}”: văn bản ${number} chưa được công bố trên cổng.", mapping=told)
                yield Finding(node["id"], message)


def _twice(labels: Iterator[str]) -> list[str]:
    kept = [label for label in labels if label]
    counted = Counter(" ".join(label.casefold().split()) for label in kept)
    seen: dict[str, str] = {}
    for label in kept:
        key = " ".join(label.casefold().split())
        if counted[key] > 1:
            seen.setdefault(key, label)
    return list(seen.values())
