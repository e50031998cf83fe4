"""A condition as rows of a form, "field – comparison – value", and back to its tree."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from translationstring import TranslationString

from portal.eforms.checking import number_text
from portal.eforms.definition import Data, paths
from portal.eforms.expressions import Tree
from portal.eforms.expressions.trees import date_tree, number_tree, text_tree
from portal.eforms.kinds import Type
from portal.eforms.widgets import read_number
from portal.forms.dates import NotADate, parse_date, shown
from portal.request import _

Row = dict[str, str | None]

EMPTY, FILLED, AMONG, NOT_AMONG = "empty", "filled", "in", "not_in"
COMPARISONS: dict[str, TranslationString] = {
    "=": _("bằng, là"),
    "!=": _("khác, không phải là"),
    "<": _("nhỏ hơn, trước"),
    "<=": _("nhỏ hơn hoặc bằng"),
    ">": _("lớn hơn, sau"),
    ">=": _("lớn hơn hoặc bằng"),
    AMONG: _("là một trong, có chọn"),
    NOT_AMONG: _("không là một trong, không chọn"),
    EMPTY: _("chưa được trả lời"),
    FILLED: _("đã được trả lời"),
}
JOINED: dict[str, TranslationString] = {"and": _("Đúng tất cả các dòng"), "or": _("Đúng ít nhất một dòng")}
_YES, _NO = ("có", "đúng", "yes", "true"), ("không", "sai", "no", "false")


def rows_of(tree: Tree | None, definition: Data) -> tuple[str, list[Row]] | None:
    """How the rows are joined and the rows; None for a condition that rows cannot say."""
    if tree is None:
        return "and", []
    joined = tree["op"] if tree.get("op") in JOINED else "and"
    parts = tree["args"] if tree.get("op") in JOINED else [tree]
    fields = _fields(definition)
    rows = [_row(part, fields) for part in parts]
    return (joined, [row for row in rows if row]) if all(rows) else None


def tree_of(joined: str, rows: list[Row], definition: Data) -> Tree | None:
    """The tree of the rows; a value that does not fit its field is kept as text."""
    fields = _fields(definition)
    parts = [_part(row, fields) for row in rows if row.get("field")]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {"op": joined if joined in JOINED else "and", "args": parts}


def choices_before(definition: Data, place: str) -> list[tuple[str, str]]:
    """(path, words) of the fields that a condition at `place` (section id or field path) may speak of."""
    found: list[tuple[str, str]] = []
    for section in definition["sections"]:
        if section["id"] == place:
            break
        for field in section["fields"]:
            if field["id"] == place:
                return found
            for inner in field.get("fields", ()):
                if f"{field['id']}.{inner['id']}" == place:
                    return found
                if place.startswith(f"{field['id']}."):
                    found.append((inner["id"], inner["label"] or inner["id"]))
            if field["type"] not in (Type.PARAGRAPH, Type.GROUP):
                found.append((field["id"], field["label"] or field["id"]))
    return found


def values_known(definition: Data) -> list[str]:
    """What may be typed as a value: the options of the choices."""
    labels = (option["label"] for _p, field, _g in paths(definition) for option in field.get("options", ()))
    return list(dict.fromkeys(["Có", "Không", *labels]))


def _fields(definition: Data) -> dict[str, Data]:
    """Fields by path, and by their id alone, as the rows of a group speak of each other."""
    found: dict[str, Data] = {}
    for path, field, _group in paths(definition):
        found.setdefault(field["id"], field)
        found[path] = field
    return found


def _row(part: Tree, fields: dict[str, Data]) -> Row | None:
    op, args = part.get("op"), part.get("args", [])
    if op == "not" and args[0].get("op") in (EMPTY, AMONG):
        inner = _row(args[0], fields)
        turned = {EMPTY: FILLED, AMONG: NOT_AMONG}[args[0]["op"]]
        return inner and {**inner, "op": turned}
    if op not in COMPARISONS or "field" not in args[0] or any("op" in one and one["op"] != "neg" for one in args[1:]):
        return None
    if any("field" in one for one in args[1:]):
        return None
    field = fields.get(args[0]["field"])
    return {"field": args[0]["field"], "op": op, "value": ", ".join(_shown(one, field) for one in args[1:]) or None}


def _shown(leaf: Tree, field: Data | None) -> str:
    if leaf.get("op") == "neg":
        return f"-{_shown(leaf['args'][0], field)}"
    [(kind, value)] = leaf.items()
    if kind == "bool":
        return "Có" if value else "Không"
    if kind == "date":
        return shown(value)
    if kind == "number":
        return number_text(Decimal(value))
    options = {option["value"]: option["label"] for option in (field or {}).get("options", ())}
    return str(options.get(value, value))


def _part(row: Row, fields: dict[str, Data]) -> Tree:
    name, op = str(row["field"]), str(row.get("op") or "=")
    field = fields.get(name)
    subject: Any = {"field": name}
    if op in (EMPTY, FILLED):
        empty = {"op": EMPTY, "args": [subject]}
        return empty if op == EMPTY else {"op": "not", "args": [empty]}
    typed = (row.get("value") or "").strip()
    if op in (AMONG, NOT_AMONG):
        among = {"op": AMONG, "args": [subject, *(_value(one, field) for one in _listed(typed, field))]}
        return among if op == AMONG else {"op": "not", "args": [among]}
    return {"op": op, "args": [subject, _value(typed, field)]}


def _listed(typed: str, field: Data | None) -> Iterator[str]:
    """The values of a list with commas; a label that itself has a comma counts as one."""
    rest = typed
    labels = sorted((option["label"] for option in (field or {}).get("options", ())), key=len, reverse=True)
    if not typed:
        yield ""
    while rest:
        known = next((one for one in labels if rest.casefold().startswith(one.casefold())), None)
        one = rest[: len(known)] if known else rest.partition(",")[0]
        yield one.strip()
        rest = rest[len(one) :].lstrip(" ").removeprefix(",").lstrip(" ")


def _value(typed: str, field: Data | None) -> Tree:
    kind = Type(field["type"]) if field else Type.TEXT
    found: Tree | None = None
    if kind in (Type.NUMBER, Type.MONEY, Type.COMPUTED):
        found = number_tree(read_number(typed) or "")
    elif kind in (Type.YES_NO, Type.STATEMENT) and typed.casefold() in (*_YES, *_NO):
        found = {"bool": typed.casefold() in _YES}
    elif kind is Type.DATE:
        found = _date(typed)
    elif kind in (Type.CHOICE, Type.CHOICES) and field:
        names = {option["label"].casefold(): option["value"] for option in field["options"]}
        typed = names.get(typed.casefold(), typed)
    return found or text_tree(typed[:300]) or {"text": ""}


def _date(typed: str) -> Tree | None:
    try:
        return date_tree(parse_date(typed).isoformat())
    except NotADate:
        return None
