"""From the tree back to the text that officers read and edit; `parse(written(tree)) == tree`."""

from portal.eforms.expressions.trees import Tree

NAMES = {
    "sum": "tổng",
    "count": "đếm",
    "min": "nhỏ_nhất",
    "max": "lớn_nhất",
    "days": "số_ngày",
    "years": "số_năm",
    "round": "làm_tròn",
    "if": "nếu",
    "empty": "trống",
}
SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "+": "+", "-": "−", "*": "×", "/": "÷"}
_STRENGTH = {"or": 1, "and": 2, "not": 3, "in": 4, "+": 5, "-": 5, "*": 6, "/": 6, "neg": 7}
_STRENGTH |= dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), 4)
_COMPARING, _ALONE = 4, 9
_WORDS = {"or": " hoặc ", "and": " và "}
_PREFIXES = {"not": "không ", "neg": "−"}


def written(tree: Tree) -> str:
    """The expression as text, with as few brackets as its meaning needs."""
    if "op" not in tree:
        return _leaf(tree)
    op, args = tree["op"], tree["args"]
    if op in NAMES:
        return f"{NAMES[op]}({', '.join(written(one) for one in args)})"
    own = _STRENGTH[op]
    if op in ("or", "and"):
        return _WORDS[op].join(_bracketed(one, own + 1) for one in args)
    if op in ("not", "neg"):
        return _PREFIXES[op] + _bracketed(args[0], own)
    left = own if own > _COMPARING else own + 1  # comparisons do not chain
    first = _bracketed(args[0], left)
    if op == "in":
        return f"{first} thuộc ({', '.join(written(one) for one in args[1:])})"
    return f"{first} {SIGNS[op]} {_bracketed(args[1], own + 1)}"


def _bracketed(tree: Tree, needed: int) -> str:
    text = written(tree)
    return text if _STRENGTH.get(tree.get("op", ""), _ALONE) >= needed else f"({text})"


def _leaf(tree: Tree) -> str:
    if "text" in tree:
        quoted = tree["text"].replace('"', '""')
        return f'"{quoted}"'
    if "bool" in tree:
        return "đúng" if tree["bool"] else "sai"
    [value] = tree.values()
    return str(value)
