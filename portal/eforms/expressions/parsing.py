"""From the text that an officer types to the tree. Vietnamese words, with or without accents, and the usual signs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from translationstring import TranslationString

from portal.eforms.expressions.trees import (
    DEEPEST,
    FIELD,
    OPERATORS,
    Tree,
    clean_tree,
    date_tree,
    number_tree,
    text_tree,
)
from portal.errors import PortalError
from portal.request import _
from portal.text import fold, nfc

LONGEST = 2000
WORDS = {"and": "and", "và": "and", "or": "or", "hoặc": "or", "not": "not", "không": "not", "in": "in", "thuộc": "in"}
TRUTH = {"true": True, "đúng": True, "false": False, "sai": False}
RESERVED = frozenset(word for word in (*WORDS, *TRUTH) if word.isascii())
"""No field may be called so."""
FUNCTIONS = {
    "tong": "sum",
    "dem": "count",
    "nho_nhat": "min",
    "lon_nhat": "max",
    "so_ngay": "days",
    "so_nam": "years",
    "lam_tron": "round",
    "neu": "if",
    "trong": "empty",
} | {name: name for name in ("sum", "count", "min", "max", "days", "years", "round", "if", "empty")}
COMPARISONS = {
    "=": "=", "==": "=", "≠": "!=", "!=": "!=", "<>": "!=",
    "<": "<", ">": ">", "≤": "<=", "<=": "<=", "≥": ">=", ">=": ">=",
}  # fmt: skip
SUMS = {"+": "+", "-": "-", "−": "-", "–": "-"}
PRODUCTS = {"*": "*", "×": "*", "/": "/", "÷": "/", ":": "/"}
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<date>\d{4}-\d{2}-\d{2})(?!\d)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<text>"(?:[^"]|"")*"|“[^”]*”)
    | (?P<word>[^\W\d]\w*(?:\.[^\W\d]\w*)?)
    | (?P<sign><=|>=|!=|<>|==|[-+−–*×/÷:=≠<>≤≥(),;])
    )""",
    re.VERBOSE,
)


class NotAnExpression(PortalError):
    """The text cannot be read; `at` is the place of the first character that does not fit, from 0."""

    status = 422

    def __init__(self, message: TranslationString, at: int) -> None:
        self.at = at
        super().__init__(message)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def parse(text: str) -> Tree:
    """The tree of an expression. Raises `NotAnExpression`, which says what does not fit and where."""
    if len(text) > LONGEST:
        raise NotAnExpression(_("Công thức dài quá ${n} ký tự. Hãy tách thành nhiều mục.", mapping={"n": LONGEST}), 0)
    tree = _Parser(list(_tokens(nfc(text)))).whole()
    cleaned = clean_tree(tree)
    if cleaned is None:
        raise NotAnExpression(_("Công thức quá dài hoặc lồng quá sâu. Hãy tách thành nhiều mục."), 0)
    return cleaned


def _tokens(text: str) -> Iterator[_Token]:
    place, end = 0, len(text.rstrip())
    while place < end:
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            rest = text[place:].lstrip()
            at = len(text) - len(rest)
            raise NotAnExpression(_("Không hiểu “${what}”.", mapping={"what": rest[:20]}), at)
        yield _Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup))
        place = found.end()
    yield _Token("end", "", end)


class _Parser:
    """Recursive descent; every level of brackets, negation or function costs one of `DEEPEST`."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.place, self.depth = tokens or [_Token("end", "", 0)], 0, 0

    def whole(self) -> Tree:
        if self.now.kind == "end":
            raise NotAnExpression(_("Công thức còn trống."), 0)
        tree = self.either()
        if self.now.kind != "end":
            raise self.unfit()
        return tree

    @property
    def now(self) -> _Token:
        return self.tokens[self.place]

    def next(self) -> _Token:
        token = self.now
        self.place = min(self.place + 1, len(self.tokens) - 1)
        return token

    def word(self) -> str | None:
        return WORDS.get(self.now.text.lower()) if self.now.kind == "word" else None

    def unfit(self) -> NotAnExpression:
        if self.now.kind == "end":
            return NotAnExpression(_("Công thức chưa hết: còn thiếu một phần ở cuối."), self.now.at)
        return NotAnExpression(_("“${what}” không đứng được ở đây.", mapping={"what": self.now.text}), self.now.at)

    def sign(self, wanted: str) -> None:
        if self.now.text != wanted or self.now.kind != "sign":
            raise NotAnExpression(_("Ở đây cần dấu “${sign}”.", mapping={"sign": wanted}), self.now.at)
        self.next()

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotAnExpression(_("Công thức lồng quá nhiều dấu ngoặc."), self.now.at)

    def either(self) -> Tree:
        return self.joined("or", self.both)

    def both(self) -> Tree:
        return self.joined("and", self.negation)

    def joined(self, op: str, part: "object") -> Tree:
        assert callable(part)
        parts = [part()]
        while self.word() == op:
            self.next()
            parts.append(part())
        return parts[0] if len(parts) == 1 else {"op": op, "args": parts}

    def negation(self) -> Tree:
        if self.word() != "not":
            return self.comparison()
        self.next()
        self.deeper()
        tree = {"op": "not", "args": [self.negation()]}
        self.depth -= 1
        return tree

    def comparison(self) -> Tree:
        left = self.addition()
        if self.word() == "in":
            self.next()
            self.sign("(")
            return {"op": "in", "args": [left, *self.arguments()]}
        op = COMPARISONS.get(self.now.text) if self.now.kind == "sign" else None
        if op is None:
            return left
        self.next()
        return {"op": op, "args": [left, self.addition()]}

    def addition(self) -> Tree:
        tree = self.product()
        while self.now.kind == "sign" and (op := SUMS.get(self.now.text)):
            self.next()
            tree = {"op": op, "args": [tree, self.product()]}
        return tree

    def product(self) -> Tree:
        tree = self.signed()
        while self.now.kind == "sign" and (op := PRODUCTS.get(self.now.text)):
            self.next()
            tree = {"op": op, "args": [tree, self.signed()]}
        return tree

    def signed(self) -> Tree:
        if self.now.kind != "sign" or self.now.text not in SUMS or self.now.text == "+":
            return self.single()
        self.next()
        self.deeper()
        tree = {"op": "neg", "args": [self.signed()]}
        self.depth -= 1
        return tree

    def single(self) -> Tree:
        token = self.now
        if token.kind == "sign" and token.text == "(":
            self.next()
            self.deeper()
            tree = self.either()
            self.sign(")")
            self.depth -= 1
            return tree
        if token.kind == "word" and self.word() is None:
            return self.named()
        made = _literal(token)
        if made is None:
            raise self.unfit()
        self.next()
        return made

    def named(self) -> Tree:
        token = self.next()
        if self.now.kind == "sign" and self.now.text == "(":
            return self.call(token)
        if token.text.lower() in TRUTH:
            return {"bool": TRUTH[token.text.lower()]}
        name = fold(token.text).lower()
        if not FIELD.fullmatch(name):
            raise NotAnExpression(_("Mã mục “${what}” không dùng được.", mapping={"what": token.text}), token.at)
        return {"field": name}

    def call(self, token: _Token) -> Tree:
        op = FUNCTIONS.get(fold(token.text).lower())
        if op is None:
            raise NotAnExpression(_("Không có hàm “${what}”.", mapping={"what": token.text}), token.at)
        self.next()
        args = self.arguments()
        fewest, most = OPERATORS[op]
        if not fewest <= len(args) <= most:
            raise NotAnExpression(_("Hàm “${what}” có số giá trị không đúng.", mapping={"what": token.text}), token.at)
        return {"op": op, "args": args}

    def arguments(self) -> list[Tree]:
        self.deeper()
        found = [self.either()]
        while self.now.kind == "sign" and self.now.text in (",", ";"):
            self.next()
            found.append(self.either())
        self.sign(")")
        self.depth -= 1
        return found


def _literal(token: _Token) -> Tree | None:
    if token.kind == "date":
        return date_tree(token.text)
    if token.kind == "number":
        return number_tree(token.text)
    if token.kind != "text":
        return None
    inner = token.text[1:-1]
    return text_tree(inner.replace('""', '"') if token.text[0] == '"' else inner)
