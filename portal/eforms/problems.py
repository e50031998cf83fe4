"""What is wrong with a definition itself: what would leave a citizen before a question that cannot be answered."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from translationstring import TranslationString

from portal.eforms.definition import TODAY, Data, paths
from portal.eforms.expressions import NotAnExpression, Tree, fields_of, parse
from portal.eforms.expressions.trees import nodes
from portal.eforms.kinds import PREFILL_TYPES, TYPES, Type
from portal.request import _


@dataclass(frozen=True)
class Problem:
    """`place`: the id of a section or the path of a field; empty for the whole form."""

    place: str
    message: TranslationString
    is_section: bool = False


def problems_of(definition: Data) -> list[Problem]:
    """Everything that publication must not let through, in the order of the form."""
    return [*_of_whole(definition), *_of_ids(definition), *_of_parts(definition)]


def _of_whole(definition: Data) -> Iterator[Problem]:
    if not definition["title"]:
        yield Problem("", _("Biểu mẫu chưa có tên."))
    if not definition["sections"]:
        yield Problem("", _("Biểu mẫu chưa có phần nào."))
    elif not any(field["type"] != Type.PARAGRAPH for _path, field, _group in paths(definition)):
        yield Problem("", _("Biểu mẫu chưa hỏi gì: hãy thêm ít nhất một mục."))


def _of_ids(definition: Data) -> Iterator[Problem]:
    seen: set[str] = set()
    for section in definition["sections"]:
        if section["id"] in seen:
            told = _("Có hai phần cùng mã “${id}”.", mapping={"id": section["id"]})
            yield Problem(section["id"], told, is_section=True)
        seen.add(section["id"])
    names: set[str] = set()
    for path, field, _group in paths(definition):
        if field["id"] in names:
            yield Problem(path, _("Có hai mục cùng mã “${id}”. Hãy đổi một mã.", mapping={"id": field["id"]}))
        names.add(field["id"])


def _of_parts(definition: Data) -> Iterator[Problem]:
    every = {path: field for path, field, _group in paths(definition)}
    known: dict[str, Data] = {}
    for section in definition["sections"]:
        where = _named(section["title"] or section["id"])
        for problem in _of_condition(section["when"], known, every, where):
            yield replace(problem, place=section["id"], is_section=True)
        if not section["title"]:
            yield Problem(section["id"], _("Có phần chưa có tên."), is_section=True)
        if not section["fields"]:
            yield Problem(section["id"], _("Phần “${title}” chưa có mục nào.", mapping={"title": where}), True)
        elif _never(section["when"]):
            yield Problem(section["id"], _("Phần “${title}” không bao giờ hiện.", mapping={"title": where}), True)
        for field in section["fields"]:
            yield from _of_field(field, field["id"], known, every)
            known[field["id"]] = field
            for inner in field.get("fields", ()):
                known[f"{field['id']}.{inner['id']}"] = inner


def _of_field(field: Data, path: str, known: dict[str, Data], every: dict[str, Data]) -> Iterator[Problem]:
    title = _named(field["label"] or path)
    yield from (replace(one, place=path) for one in _of_condition(field["when"], known, every, title))
    if not field["label"] and not (field["type"] == Type.PARAGRAPH and field["help"]):
        yield Problem(path, _("Mục “${id}” chưa có câu hỏi.", mapping={"id": path}))
    if _never(field["when"]):
        yield Problem(path, _("Mục “${title}” không bao giờ hiện.", mapping={"title": title}))
    yield from (Problem(path, message) for message in _of_settings(field, title))
    if field["type"] == Type.COMPUTED:
        yield from (Problem(path, message) for message in formula_problems(field, path, known, every))
    inside = dict(known)
    for inner in field.get("fields", ()):
        yield from _of_field(inner, f"{path}.{inner['id']}", inside, every)
        inside[inner["id"]] = inside[f"{path}.{inner['id']}"] = inner


def _of_condition(tree: Tree | None, known: dict[str, Data], every: dict[str, Data], title: str) -> Iterator[Problem]:
    for name in fields_of(tree):
        said = {"title": title, "id": name}
        if name in known:
            if known[name]["type"] == Type.PARAGRAPH:
                yield Problem("", _("Điều kiện của “${title}” dùng đoạn hướng dẫn “${id}”.", mapping=said))
        elif _stands(name, every):
            yield Problem("", _("Điều kiện của “${title}” dùng mục “${id}” đứng sau nó.", mapping=said))
        else:
            yield Problem("", _("Điều kiện của “${title}” dùng mục “${id}” không có.", mapping=said))
    for field, value in _compared(tree):
        options = known.get(field, {}).get("options")
        if options is not None and value not in {option["value"] for option in options}:
            told = {"title": title, "value": value, "id": field}
            yield Problem(
                "", _("Điều kiện của “${title}” dùng lựa chọn “${value}” mà mục “${id}” không có.", mapping=told)
            )


def formula_problems(field: Data, path: str, known: dict[str, Data], every: dict[str, Data]) -> list[TranslationString]:
    """What is wrong with the formula of a computed field. `known`: the fields before it, `every`: all, by path."""
    try:
        tree = parse(field["formula"])
    except NotAnExpression as refused:
        told = {"title": field["label"] or path, "why": refused.message, "n": refused.at + 1}
        return [_("Công thức của “${title}” chưa đọc được (ký tự thứ ${n}): ${why}", mapping=told)]
    found = []
    for name in fields_of(tree):
        told = {"title": field["label"] or path, "id": name}
        if name in known:
            continue
        if name in (path, field["id"]) or path in _reached(name, every):
            found.append(_("Công thức của “${title}” quay vòng về chính nó qua “${id}”.", mapping=told))
        elif _stands(name, every):
            found.append(_("Công thức của “${title}” dùng mục “${id}” đứng sau nó.", mapping=told))
        else:
            found.append(_("Công thức của “${title}” dùng mục “${id}” không có.", mapping=told))
    return found


def _reached(name: str, every: dict[str, Data]) -> set[str]:
    """Every field that the value of this one rests on, at any distance."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for one in fields_of(every.get(waiting.pop(), {}).get("tree")):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def _stands(name: str, every: dict[str, Data]) -> bool:
    return name in every or any(path.endswith(f".{name}") for path in every)


def _of_settings(field: Data, title: str) -> Iterator[TranslationString]:
    kind, told = Type(field["type"]), {"title": title}
    if kind in (Type.CHOICE, Type.CHOICES) and len(field["options"]) < (2 if kind is Type.CHOICE else 1):
        yield _("Mục “${title}” cần có các lựa chọn (ít nhất hai để chọn một).", mapping=told)
    if kind is Type.GROUP and not any(TYPES[Type(one["type"])].asks for one in field["fields"]):
        yield _("Nhóm “${title}” chưa có mục nào trong một dòng.", mapping=told)
    if kind is Type.GROUP and field["required"] and field["fewest"] == 0:
        yield _("Nhóm “${title}” là bắt buộc nhưng số dòng ít nhất là 0.", mapping=told)
    for low, high in (("min_length", "max_length"), ("lowest", "highest"), ("fewest", "most"), ("earliest", "latest")):
        lower, higher = field.get(low), field.get(high)
        if lower is not None and higher is not None and not _in_order(lower, higher):
            yield _("Mục “${title}” có mức thấp nhất lớn hơn mức cao nhất.", mapping=told)
    if kind is Type.CHOICES and (field["fewest"] or 0) > len(field["options"]) > 0:
        yield _("Mục “${title}” đòi chọn nhiều hơn số lựa chọn có.", mapping=told)
    wanted = PREFILL_TYPES.get((field["prefill"] or "").rpartition(".")[2])
    if wanted and kind not in wanted:
        yield _("Mục “${title}” không cùng loại với thông tin được điền sẵn.", mapping=told)


def _in_order(lower: object, higher: object) -> bool:
    if isinstance(lower, int) and isinstance(higher, int):
        return lower <= higher
    if TODAY in (lower, higher):
        return True
    if "-" in str(lower)[1:] or "-" in str(higher)[1:]:  # days
        return str(lower) <= str(higher)
    return Decimal(str(lower)) <= Decimal(str(higher))


def _never(tree: Tree | None) -> bool:
    """Whether a condition can plainly not be met: one of its required comparisons excludes another."""
    if tree is None:
        return False
    parts = tree["args"] if tree.get("op") == "and" else [tree]
    if {"bool": False} in parts:
        return True
    fixed: dict[str, Tree] = {}
    for part in parts:
        if part.get("op") == "=" and "field" in part["args"][0] and "op" not in part["args"][1]:
            name, value = part["args"][0]["field"], part["args"][1]
            if fixed.setdefault(name, value) != value:
                return True
    return any(part.get("op") == "empty" and part["args"][0].get("field") in fixed for part in parts)


def _compared(tree: Tree | None) -> Iterator[tuple[str, str]]:
    """(field, text) of every comparison of a field with a text."""
    for node in nodes(tree) if tree else ():
        if node.get("op") in ("=", "!=", "in") and "field" in node["args"][0]:
            yield from ((node["args"][0]["field"], one["text"]) for one in node["args"][1:] if "text" in one)


def _named(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
