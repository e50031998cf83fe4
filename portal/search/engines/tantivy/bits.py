"""Sets of slots as bitmaps: 64 slots a word, the lowest bit first."""

from collections.abc import Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint64]
Slots = npt.NDArray[np.int64]

WORD = 64


def words_for(slots: int) -> int:
    """How many words hold so many slots."""
    return -(-slots // WORD)


def packed(marks: npt.NDArray[np.bool_]) -> Bits:
    """The bitmap of an array with one truth value a slot."""
    short = -len(marks) % WORD
    if short:
        marks = np.concatenate([marks, np.zeros(short, dtype=np.bool_)])
    return np.packbits(marks, bitorder="little").view(np.uint64)


def marks_of(bits: Bits) -> npt.NDArray[np.bool_]:
    """One truth value a slot, to the end of the last word."""
    marks: npt.NDArray[np.bool_] = np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_)
    return marks


def of_slots(slots: Slots, words: int) -> Bits:
    """The bitmap in which these slots are set; those past its end are left out."""
    marks = np.zeros(words * WORD, dtype=np.bool_)
    marks[slots[slots < words * WORD]] = True
    return packed(marks)


def slots_of(bits: Bits) -> Slots:
    """The slots that are set, ascending."""
    return np.flatnonzero(marks_of(bits))


def has(bits: Bits, slots: Slots) -> npt.NDArray[np.bool_]:
    """For each slot whether it is set."""
    found = (bits[slots >> 6] >> (slots & 63).astype(np.uint64)) & np.uint64(1)
    marks: npt.NDArray[np.bool_] = found.astype(np.bool_)
    return marks


def count(bits: Bits) -> int:
    """How many are set."""
    return int(np.bitwise_count(bits).sum())


def nothing(words: int) -> Bits:
    return np.zeros(words, dtype=np.uint64)


def everything(words: int) -> Bits:
    return np.full(words, np.iinfo(np.uint64).max, dtype=np.uint64)


def common(sets: Sequence[Bits]) -> Bits:
    """What stands in all of one set or more."""
    return reduce(np.bitwise_and, sets)


def united(sets: Sequence[Bits]) -> Bits:
    """What stands in any of one set or more."""
    return reduce(np.bitwise_or, sets)


def at_least(sets: Sequence[Bits], minimum: int, words: int) -> Bits:
    """Slots that stand in `minimum` of the sets or more.

    Counts all slots at once: bit i of every count lies in one bitmap, and adding a set is a chain of half adders.
    """
    if minimum <= 0:
        return everything(words)
    if minimum > len(sets):
        return nothing(words)
    if minimum == len(sets):
        return common(sets)
    if minimum == 1:
        return united(sets)
    return _not_less(_counts(sets), minimum, words)


def _counts(sets: Sequence[Bits]) -> list[Bits]:
    planes: list[Bits] = []
    for number, one in enumerate(sets, start=1):
        carry = one
        for place, plane in enumerate(planes):
            planes[place], carry = plane ^ carry, plane & carry
        if number.bit_length() > len(planes):
            planes.append(carry)
    return planes


def _not_less(planes: Sequence[Bits], minimum: int, words: int) -> Bits:
    more, equal = nothing(words), everything(words)
    for place in reversed(range(len(planes))):
        if minimum >> place & 1:
            equal = equal & planes[place]
        else:
            more |= equal & planes[place]
            equal = equal & ~planes[place]
    return more | equal
