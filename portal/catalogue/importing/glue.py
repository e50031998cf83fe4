"""Words that a page's extraction stuck together, or cut a letter from: found by Vietnamese syllables, never guessed."""

import re

from portal.text.syllables import is_syllable

STARTS = {
    "ăn bản": "V",
    "iấy": "G",
    "uyết định": "Q",
    "hông báo": "T",
    "hông tư": "T",
    "ông văn": "C",
    "ông bố": "C",
    "ông nhận": "C",
    "hứng chỉ": "C",
    "hứng nhận": "C",
    "hứng thư": "C",
    "ờ trình": "T",
    "ờ khai": "T",
    "áo cáo": "B",
    "iên bản": "B",
    "ản ": "B",
    "ghị định": "N",
    "ghị quyết": "N",
    "uật": "L",
    "háp lệnh": "P",
    "ửa đổi": "S",
    "uy định": "Q",
    "uy chuẩn": "Q",
    "ập nhật": "C",
    "hẻ": "T",
    "ổ ": "S",
    "rích lục": "T",
    "ướng dẫn": "H",
    "an hành": "B",
    "iều lệ": "Đ",
    "hiếu": "P",
    "anh sách": "D",
    "ợp đồng": "H",
    "ết quả": "K",
    "rả lời": "T",
    "ề án": "Đ",
    "ề việc": "V",
    "ộ ": "B",
}
"""How a title begins without its first letter, and the one letter that it can have lost."""
_GLUED = re.compile(rf"(?<=[^\W\d_A-ZĐ])(?=(?:{'|'.join(map(re.escape, STARTS))}))|(?<=[.;)\d])(?={'|'.join(STARTS)})")
_MARKS = frozenset(".,;:)")


def parts_of(text: str) -> list[str]:
    """The titles that were written on end, with their first letters: `…mạiăn bản không…` is two. One stays one."""
    cuts = [found.start() for found in _GLUED.finditer(text) if not is_whole(text, found.start())]
    pieces = [text[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return [restored(piece) for piece in pieces if piece]


def restored(title: str) -> str:
    """The title with the first letter that it lost, if it is known which one that was."""
    start = next((start for start in STARTS if title.startswith(start)), None)
    return STARTS[start] + title if start else title


def joined(left: str, right: str) -> str:
    """Two halves of a text that was cut anywhere; a cut between words took the space with it."""
    before, after = re.search(r"\w*$", left), re.match(r"\w*", right)
    head, tail = before[0] if before else "", after[0] if after else ""
    if not left or not right or not head or not tail:
        spaced = left[-1:] in _MARKS and right[:1].isalpha()
        return f"{left} {right}" if spaced else left + right
    if head[-1:].isdigit() or tail[:1].isdigit():
        apart = is_syllable(tail) and len(tail) > 1 if head[-1:].isdigit() else is_syllable(head)
        return f"{left} {right}" if apart else left + right
    whole = is_syllable(head) and is_syllable(tail) and (len(tail) > 1 or not is_syllable(head + tail))
    return f"{left} {right}" if whole and not is_syllable(head + tail) else left + right


def is_whole(text: str, place: int) -> bool:
    """Whether the letters on both sides of the place make one word; else two texts touch there."""
    before, after = re.search(r"\w*$", text[:place]), re.match(r"\w*", text[place:])
    head, tail = before[0] if before else "", after[0] if after else ""
    return bool(head) and is_syllable(head + tail)
