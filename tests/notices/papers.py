"""Made-up papers in many layouts, and slips as scanning makes them.

`papers()` is the regression set: every paper once as typed and once in another layout with slips.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from notices.made_papers import MADE, Made


@dataclass(frozen=True)
class Case:
    """One text of the set and what is known of it."""

    name: str
    text: str
    made: Made
    noisy: bool


# Layouts: the ways in which the two columns of header and foot come into one text.


def _content(made: Made) -> list[str]:
    lines = [made.heading, made.title, made.by] if made.heading else []
    return [line for line in [*lines, made.addressee, made.body] if line]


def _subject(made: Made) -> list[str]:
    return [] if made.heading else [made.title]


def _list(made: Made) -> list[str]:
    if not made.recipients:
        return []
    *items, archive = made.recipients
    return ["Nơi nhận:", *(f"- {item};" for item in items), f"- {archive}."]


def by_rows(made: Made) -> str:
    """Agency, motto, number and date, row by row, with rules as some sites print them."""
    head = [*made.agency, "-------", *made.motto, "---------------", made.numbered, *_subject(made), made.day, ""]
    return "\n".join([*head, *_content(made), "", *_list(made), "", *made.signature, "(Đã ký)", made.name])


def by_columns(made: Made) -> str:
    """The whole left column, then the whole right one; the signature before the recipients."""
    head = [*made.agency, made.numbered, *_subject(made), *made.motto, made.day, ""]
    return "\n".join([*head, *_content(made), *made.signature, "", made.name, *_list(made)])


def right_first(made: Made) -> str:
    """Motto and date first, then agency and number; asterisks for rules."""
    head = [*made.motto, "********", made.day, *made.agency, "******", made.numbered, *_subject(made)]
    return "\n".join([*head, "", *_content(made), *_list(made), *made.signature, made.name])


def with_tabs(made: Made) -> str:
    """Both columns side by side, parted by tabs."""
    left = [*made.agency, "", made.numbered, *_subject(made)]
    right = [*made.motto, *[""] * max(0, len(made.agency) + 1 - len(made.motto)), made.day]
    foot = _beside(_list(made), [*made.signature, "", "", made.name], "\t")
    return "\n".join([*_beside(left, right, "\t"), "", *_content(made), "", *foot])


def with_wide_gaps(made: Made) -> str:
    """The same parted by blanks, as the text of a page keeps its look."""
    left = [*made.agency, "", made.numbered, *_subject(made)]
    right = [*made.motto, *[""] * max(0, len(made.agency) + 1 - len(made.motto)), made.day]
    foot = _beside(_list(made), [*made.signature, "", "", made.name], " " * 12)
    return "\n".join([*_beside(left, right, " " * 9), "", *_content(made), "", *foot])


def merged_rows(made: Made) -> str:
    """Each row of the header one line with single blanks: `BỘ A CỘNG HÒA …`, `Số: 1/QĐ-BA Hà Nội, ngày …`."""
    left, right = [*made.agency], [*made.motto]
    rows = [*_beside(left, right, " "), f"{made.numbered} {made.day}", *_subject(made)]
    foot = _beside(_list(made), [*made.signature, "", made.name], " ")
    return "\n".join([*rows, *_content(made), *foot])


def with_bars(made: Made) -> str:
    """Each row of the header and the foot a row of a table in text: `| BỘ A ------- | CỘNG HÒA … |`."""
    left = " ".join([*made.agency, "-------"])
    numbered = " ".join([made.numbered, *_subject(made)])
    head = [f"| {left} | {' '.join(made.motto)} ------- |", f"| {numbered} | {made.day} |"]
    foot = f"| {' '.join(_list(made))} | {' '.join([*made.signature, made.name])} |"
    return "\n".join([*head, *_content(made), foot])


def on_one_line(made: Made) -> str:
    """No line breaks at all."""
    return " ".join(by_rows(made).replace("(Đã ký)\n", "").split())


def _beside(left: list[str], right: list[str], gap: str) -> list[str]:
    longest = max(len(left), len(right))
    rows = zip([*left, *[""] * (longest - len(left))], [*right, *[""] * (longest - len(right))], strict=True)
    return [f"{one}{gap}{other}" for one, other in rows]


LAYOUTS: tuple[Callable[[Made], str], ...] = (
    by_rows,
    by_columns,
    right_first,
    with_tabs,
    with_wide_gaps,
    merged_rows,
    on_one_line,
    with_bars,
)


# Slips: what scanning does to letters, digits, accents and blanks.

_TONED = "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
_BARE = "aaaaaăăăăăâââââeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy"
_ACCENT = dict(zip(_TONED + _TONED.upper(), _BARE + _BARE.upper(), strict=True))
_FIXED = (
    ("Số: ", ("Sô: ", "Số : ", "Số:", "SỐ: ", "So: ", "Số. ")),
    ("VIỆT NAM", ("VlỆT NAM", "VIỆT NẠM", "VIÊT NAM")),
    ("HỘI CHỦ", ("HỘl CHỦ", "HÔI CHỦ", "HỘICHỦ")),
    ("CỘNG HÒA", ("CỘNG HOÀ", "CÔNG HÒA", "C0NG HOÀ")),
    ("Độc lập", ("Độc lâp", "Đôc lập", "Ðộc lập")),
    ("Nơi nhận:", ("Noi nhận:", "Nơi nhận :", "Nơi nhân:")),
    ("Kính gửi:", ("Kinh gửi:", "Kính gừi:", "Kính gửi :")),
    ("QUYẾT ĐỊNH", ("QUYÉT ĐỊNH", "QUYẾT ĐINH", "QUYẾT ÐỊNH")),
    ("THÔNG BÁO", ("THÔNG BÁ0", "THỒNG BÁO")),
    ("THÔNG TƯ", ("THÔNG TU", "THỒNG TƯ")),
    ("CHỦ TỊCH", ("CHỦ TICH", "CHỦ TỊCH")),
    ("GIÁM ĐỐC", ("GIÁM ĐÓC", "GlÁM ĐỐC")),
    ("BỘ TRƯỞNG", ("BÔ TRƯỞNG", "BỘ TRƯỜNG")),
    ("KT. ", ("KT.", "KT, ", "K.T ")),
    ("TM. ", ("TM.", "TM, ", "T.M ")),
    ("Căn cứ", ("Căn cử", "Can cứ", "Căn cứ")),
)


def with_slips(text: str, seed: int) -> str:
    """The text with slips, always the same for one seed: fixed phrases, Ð, blanks in dates and numbers, lost tones."""
    chance = random.Random(seed)
    for phrase, slips in _FIXED:
        if phrase in text and chance.random() < 0.6:
            text = text.replace(phrase, chance.choice(slips), 1)
    if chance.random() < 0.4:
        text = text.replace("Đ", "Ð")
    text = re.sub(r"ngày (\d\d) tháng (\d\d) năm (\d{4})", lambda found: _slipped_date(found, chance), text, count=1)
    text = re.sub(r"(?<=\d)/(?=[A-ZĐÐ])", lambda _found: chance.choice(("/", "/", " /", "/ ", " / ")), text, count=1)
    dashes = ("-", "-", " - ", "–", "- ")
    text = re.sub(r"(?<=[A-ZĐÐ])-(?=[A-ZĐÐ])", lambda _found: chance.choice(dashes), text, count=1)
    return "".join(_ACCENT.get(c, c) if chance.random() < 0.015 else c for c in text)


def _slipped_date(found: re.Match[str], chance: random.Random) -> str:
    day, month, year = found.groups()
    if chance.random() < 0.3:
        day = day.replace("1", "l", 1).replace("0", "O", 1)
    return chance.choice(
        (
            f"ngày {day} tháng {month} năm {year}",
            f"ngày{day} tháng {month}năm{year}",
            f"ngày {day} thảng {month} năm {year}",
            f"ngày  {day}  tháng  {month}  năm  {year}",
            f"ngay {day} tháng {month} nãm {year}",
        )
    )


def papers() -> Iterator[Case]:
    """Every made-up paper twice: as typed, and in another layout with slips."""
    for index, made in enumerate(MADE):
        clean, dirty = LAYOUTS[index % len(LAYOUTS)], LAYOUTS[(index * 3 + 2) % len(LAYOUTS)]
        yield Case(f"{index:02}-{clean.__name__}", clean(made), made, False)
        yield Case(f"{index:02}-{dirty.__name__}-slips", with_slips(dirty(made), index), made, True)


def every_layout() -> Iterator[Case]:
    """Every paper in every layout, without slips and with them: the wider measure."""
    for index, made in enumerate(MADE):
        for number, layout in enumerate(LAYOUTS):
            yield Case(f"{index:02}-{layout.__name__}", layout(made), made, False)
            yield Case(f"{index:02}-{layout.__name__}-slips", with_slips(layout(made), index * 10 + number), made, True)
