"""A dictionary that computes what it does not hold, and never grows beyond a bound."""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Computed(dict[str, Value], Generic[Value]):
    """`computed[word]` is `compute(word)`; a look-up of a known word costs no Python call.

    Full, it begins anew: text made of ever new words costs time, not memory. Words of more than 64 characters are
    not kept.
    """

    def __init__(self, compute: Callable[[str], Value], most: int) -> None:
        super().__init__()
        self._compute = compute
        self._most = most

    def __missing__(self, word: str) -> Value:
        value = self._compute(word)
        if len(word) <= 64:
            if len(self) >= self._most:
                self.clear()
            self[word] = value
        return value
