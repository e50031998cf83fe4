"""Slips of scanning and typing in the fixed phrases of a paper: found by their bare letters, written as they must be.

Only what can be nothing else is mended: the motto, names of types, words like "Số:" and "Nơi nhận:", digits of the day,
the letters of a number's notation. What is more than an accent or a blank makes the value that rests on it doubtful.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from portal.notices.reading.numbering import mended_number
from portal.notices.reading.people import SURNAMES
from portal.notices.reading.phrases import AGENCY_WORDS, HEADINGS, POSITIONS
from portal.notices.reading.spelling import names_put_right
from portal.text import LOWERCASE, UPPERCASE, with_old_tone_place

HEAD = 4000
_FOOT_BEFORE, _FOOT_AFTER, _LAST, _MOST_FEET = 900, 3000, 5000, 30


@dataclass(frozen=True, slots=True)
class Mend:
    """`text` instead of what stands from `start` to `end`; `doubtful`: letters or digits were guessed."""

    start: int
    end: int
    text: str
    doubtful: bool = False


def _bare_table() -> dict[int, str]:
    table = {}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        if base.isascii() and base.isalpha():
            table[code] = base
    return table | {ord("Đ"): "D", ord("đ"): "d", ord("’"): "'", **dict.fromkeys(map(ord, "–—‐‑−"), "-")}


_BARE = _bare_table()


def bare(text: str) -> str:
    """Without accents, Đ as D, case kept; the length stays."""
    return text.translate(_BARE)


def mends(plain: str) -> list[Mend]:
    """What to write otherwise in the header and in the foot, in order, not overlapping."""
    if not plain.strip():
        return []
    letters = bare(plain)
    found = [*_head_mends(plain, letters), *_foot_mends(plain, letters)]
    found.sort(key=lambda mend: (mend.start, -mend.end))
    kept: list[Mend] = []
    for mend in found:
        if plain[mend.start : mend.end] != mend.text and (not kept or mend.start >= kept[-1].end):
            kept.append(mend)
    return kept


def _phrase(words: str) -> str:
    """A phrase as a pattern over bare letters: blanks may be missing or doubled, also within a word; O and 0, I, l, !
    and 1 are one."""
    like = {"O": "[O0Q]", "o": "[o0]", "I": "[Il1|!]", "i": "[il1I|!]", "l": "[l1I!]", "L": "[LI1!]", "M": "(?:M|RN)"}
    return r"[ \t\u00a0]*\n?[ \t]*".join(
        r"[ \u00a0]?\n?".join(like.get(c, re.escape(c)) for c in word) for word in words.split()
    )


_MOTTO = re.compile(_phrase("CONG HOA XA HOI CHU NGHIA VIET NAM"))
_PARTY = re.compile(_phrase("DANG CONG SAN VIET NAM"))
_SLOGAN = re.compile(
    r"D[o0]c\s*[l1I!]ap\s*[-_.~=*•,]?\s*T\s?u\s*d\s?[o0]\s*[-_.~=*•,]?\s*[HK]anh\s*ph[uùi][ce](?![a-z])", re.IGNORECASE
)
_DAY = r"[\dlIOo|!SBZ]\s?[\dlIOo|!SBZ]?"
_DATE = re.compile(
    rf"(?<![a-zA-Z])[NnUu]\s?g\s?[ao]\s?[yv]\s*(?P<d>{_DAY})\s*t\s?[hb]\s?[ao]\s?[nu]\s?g\s*(?P<m>{_DAY})\s*"
    r"[nu]\s?[ao]\s?(?:m|n|rn)\s*(?P<y>[12lIZz!]\s?[\dlIOo|SB!]\s?[\dlIOo|SB!]\s?[\dlIOo|SBZ!])(?![\dA-Za-z])"
)
_BLANK_DATE = re.compile(r"(?<![a-zA-Z])ng[ao][yv](?P<a>[\s.…_]{1,20})thang(?P<b>[\s.…_\d]{1,20})n[ao]m(?=[\s.…_\d])")
_NUMBER_WORD = re.compile(
    r"(?<![\w/.-])(?P<law>(?:LUAT|Luat|Phap [l1I]enh|Nghi quyet|B[oộ] [l1I]uat)\s+)?(?P<word>S[o0O6]|s[o0])"
    r"\s{0,3}(?P<sign>[:.;,]?)[ \t\u00a0]{0,6}(?=[\dlIOoSBZ!.…_ ]{0,12}\s?[/\-–][ \t]?[A-Z\d]|"
    r"\d{1,5} [A-Z]{2,4}\s?[/\-–])"
)
_CONFUSED = str.maketrans({"0": "O", "1": "I", "l": "I", "|": "I", "Q": "O"})
_CAPS_WITH_SLIP = re.compile(
    rf"(?<![\w/.\-])(?=[{UPPERCASE}0158l|]*[{UPPERCASE}])[{UPPERCASE}]*[0158l|][{UPPERCASE}0158l|]*(?![\w/])"
)
_SLIP = str.maketrans({"0": "O", "1": "I", "l": "I", "|": "I", "5": "S", "8": "B"})
_ACCENTED = re.compile(rf"(?![A-Z])[{UPPERCASE}]")


def _head_mends(plain: str, letters: str) -> Iterator[Mend]:
    limit = min(len(plain), HEAD)
    for pattern, words in ((_MOTTO, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (_PARTY, "ĐẢNG CỘNG SẢN VIỆT NAM")):
        for found in pattern.finditer(letters, 0, limit):
            if found[0].count("\n") < 2:
                yield Mend(*found.span(), words)
    for found in _SLOGAN.finditer(letters, 0, limit):
        yield Mend(*found.span(), "Độc lập - Tự do - Hạnh phúc")
    yield from _dates(plain, letters, limit)
    yield from _numbers(plain, letters, limit)
    yield from _lines(plain, letters, limit)
    yield from _inline_headings(plain, letters, limit)
    yield from _agencies(plain, letters, min(limit, 1500))
    for found in _CAPS_WITH_SLIP.finditer(plain, 0, limit):
        if _is_slip(found[0]):
            yield Mend(*found.span(), found[0].translate(_SLIP), doubtful=True)


def _is_slip(word: str) -> bool:
    """A word of capitals with a digit or a small l within; not `QH15`, `PX01`, `CKI1`."""
    slips = sum(c in "0158l|" for c in word)
    if slips > 2 or len(word) < 2 or slips >= len(word):
        return False
    if _ACCENTED.search(word):
        return True
    return len(word) > 2 and not word[-1].isdigit()


_DIGITS = str.maketrans(dict(zip("lI|!OoZzSB", "1111002258", strict=True)))


def _dates(plain: str, letters: str, limit: int) -> Iterator[Mend]:
    for found in _DATE.finditer(letters, 0, limit):
        written = [plain[slice(*found.span(name))] for name in "dmy"]
        day, month, year = (re.sub(r"\s", "", part).translate(_DIGITS) for part in written)
        first = "N" if found[0][0].isupper() else "n"
        text = f"{first}gày {day} tháng {month} năm {year}"
        yield Mend(*found.span(), text, doubtful=[part.strip() for part in written] != [day, month, year])
    for found in _BLANK_DATE.finditer(letters, 0, limit):
        yield Mend(found.start(), found.start() + 4, "ngày")


def _numbers(plain: str, letters: str, limit: int) -> Iterator[Mend]:
    for found in _NUMBER_WORD.finditer(letters, 0, limit):
        if found["word"][0] == "s" and not found["sign"]:
            continue
        before = plain[plain.rfind("\n", 0, found.start()) + 1 : found.start()].rstrip()
        if plain[slice(*found.span("word"))] == "SỐ" and before[-1:].isalpha() and before[-1:].isupper():
            continue
        yield Mend(*found.span("word"), "Số")
        line_end = plain.find("\n", found.end())
        rest = plain[found.end() : min(found.end() + 70, len(plain) if line_end < 0 else line_end)]
        mended = mended_number(rest)
        if mended is not None:
            yield Mend(found.end("word"), found.end(), ": ")
            yield Mend(found.end(), found.end() + mended.length, mended.text, mended.doubtful)


@cache
def _headings() -> dict[str, str]:
    return {_squeezed(heading): heading for heading in reversed(HEADINGS)}


def _squeezed(text: str) -> str:
    return re.sub(r"[^A-Z]", "", bare(text).translate(_CONFUSED)).replace("Q", "O")


_INLINE_HEADING = re.compile(
    r"(?<![A-Za-z])(?:"
    + "|".join(
        sorted({bare(name).replace(" ", r"[ \t\u00a0]+") for name in HEADINGS if " " in name}, key=len, reverse=True)
    )
    + r")(?![A-Za-z])"
)
_MARKS = {
    "MAT": "MẬT",
    "TOIMAT": "TỐI MẬT",
    "TUYETMAT": "TUYỆT MẬT",
    "HOATOC": "HỎA TỐC",
    "KHAN": "KHẨN",
    "THUONGKHAN": "THƯỢNG KHẨN",
}
_LINE = re.compile(r"[^\n\t]+")
_CAPITALS = re.compile(rf"^[ \u00a0]*(?P<words>[{UPPERCASE}01l| .]{{3,70}}?)[ \u00a0:.\-–_*]*$")
_MOTTO_KEY, _SLOGAN_KEY, _PARTY_KEY = "CONGHOAXAHOICHUNGHIAVIETNAM", "DOCLAPTUDOHANHPHUC", "DANGCONGSANVIETNAM"


def _inline_headings(plain: str, letters: str, limit: int) -> Iterator[Mend]:
    """Names of types within a line, right but for accents."""
    known = _headings()
    for found in _INLINE_HEADING.finditer(letters, 0, limit):
        heading = known.get(_squeezed(found[0]))
        written = " ".join(plain[slice(*found.span())].split())
        if heading and written == written.upper() and with_old_tone_place(written) != with_old_tone_place(heading):
            yield Mend(*found.span(), heading)


_AGENCY_WORDS = re.compile(
    r"(?<![A-Za-z])(?:"
    + "|".join(sorted({bare(name).replace(" ", r"[ \t\u00a0]+") for name in AGENCY_WORDS}, key=len, reverse=True))
    + r")(?![A-Za-z])"
)


@cache
def _agency_words() -> dict[str, str]:
    return {bare(name): name for name in AGENCY_WORDS}


def _agencies(plain: str, letters: str, limit: int) -> Iterator[Mend]:
    """The words with which names of agencies begin, right but for accents."""
    for found in _AGENCY_WORDS.finditer(letters, 0, limit):
        name = _agency_words()[" ".join(found[0].split())]
        written = " ".join(plain[slice(*found.span())].split())
        if written == written.upper() and with_old_tone_place(written) != with_old_tone_place(name):
            yield Mend(*found.span(), name)


def _lines(plain: str, letters: str, limit: int) -> Iterator[Mend]:
    """Whole lines (or cells) that are a heading, the motto or the slogan but for a few letters."""
    for line in _LINE.finditer(plain, 0, limit):
        if len(line[0]) > 90:
            continue
        key = _squeezed(line[0].upper())
        if 15 <= len(key) <= 30:
            for known, text in (
                (_MOTTO_KEY, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                (_SLOGAN_KEY.replace("Q", "O"), "Độc lập - Tự do - Hạnh phúc"),
                (_PARTY_KEY, "ĐẢNG CỘNG SẢN VIỆT NAM"),
            ):
                if line[0].strip() != text and distance(key, known, 4) <= 4:
                    yield Mend(*line.span(), text)
        capitals = _CAPITALS.match(line[0])
        if capitals is None:
            continue
        start = line.start() + capitals.start("words")
        end = line.start() + capitals.end("words")
        mark = _MARKS.get(_squeezed(capitals["words"]))
        if mark is not None:
            if with_old_tone_place(plain[start:end].strip()) != mark:
                yield Mend(start, end, mark)
            continue
        heading, doubtful = _heading_like(_squeezed(capitals["words"]))
        if heading and with_old_tone_place(" ".join(plain[start:end].split())) != with_old_tone_place(heading):
            yield Mend(start, end, heading, doubtful)


def _heading_like(key: str) -> tuple[str | None, bool]:
    known = _headings()
    if key in known:
        return known[key], False
    if len(key) < 7:
        return None, False
    near = [heading for other, heading in known.items() if len(other) >= 7 and distance(key, other, 1) <= 1]
    return (near[0], True) if len(near) == 1 else (None, False)


def distance(one: str, other: str, most: int) -> int:
    """How many letters must change, come or go; anything above `most` is told as `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != wanted))
        if min(row) > most:
            return most + 1
    return row[-1]


_RECIPIENTS = re.compile(r"(?<![\w])N\s?[oơ0]\s?[il1!]\s*[nu]\s?[hb]\s?[ao]\s?[nu](?P<sign>\s*[:;.]|(?=\s*\n\s*[-–]))")
_ADDRESS = re.compile(r"(?<![\w])K\s?[il1!]\s?[nu]\s?[hb]\s*g\s?[ui]\s?[il1!]\s*(?P<sign>[:;.]|(?=\s*[A-Z\-–\n]))")
_BASIS = re.compile(r"(?:(?<=\n)|(?<= ))([ \t\-–+]*)C\s?[ao]\s?n\s*c\s?[u](?=\s+[A-Z])")
_ABOUT = re.compile(
    r"(?<=\n)([ \t]*)(?:V\s?e(?P<matter>\s+v\s?i\s?e\s?c)?(?=[ \u00a0]+[a-z])|"
    r"(?P<capitals>V\s?E\s+V\s?I\s?E\s?C)(?= [A-Z]))"
)
_ARTICLE_1 = re.compile(r"(?<=\n)([ \t]*)D[il1]eu\s*[1lI](?=\s*[.:,])")
_ARCHIVE = re.compile(r"(?<=[-–+*•\n])[ \t]*[LI1]uu\s*[:;.,]?(?=\s*(?:V[TPIĐ]|HC|HS|TH\b))")
_FORMS = re.compile(
    r"(?<![A-Za-z])(?P<form>K\s?[./]?\s?T|T\s?[./]?\s?M|T\s?[./]?\s?[LI]|T\s?[./]?\s?U\s?[./]?\s?Q|"
    r"Q)(?P<sign>\s{0,2}[.,:;]|(?<=[./]\w)\s|(?=\s[A-Z]))"
    r"\s{0,3}(?=[A-Z01l]{2,}(?![a-z]))"
)
_FORM_NAMES = {"KT": "KT.", "TM": "TM.", "TL": "TL.", "TI": "TL.", "TUQ": "TUQ.", "Q": "Q."}
_CAPITAL_WORDS = re.compile(
    rf"(?<![\w])[{UPPERCASE}01l|]{{2,}}(?:[ \u00a0]{{1,2}}[{UPPERCASE}01l|]{{2,}}){{1,5}}(?![{LOWERCASE}])"
)


def _foot_mends(plain: str, letters: str) -> Iterator[Mend]:
    feet = []
    for found in _RECIPIENTS.finditer(letters):
        yield Mend(*found.span(), "Nơi nhận" + (":" if found["sign"] else ""))
        feet.append(found.start())
    for found in _ADDRESS.finditer(letters, 0, min(len(plain), 2 * HEAD)):
        yield Mend(*found.span(), "Kính gửi" + (":" if found["sign"] else ""))
    for found in _BASIS.finditer(letters, 0, min(len(plain), 5 * HEAD)):
        yield Mend(found.end(1), found.end(), "Căn cứ")
    for found in _ABOUT.finditer(letters, 0, HEAD):
        words = "VỀ VIỆC" if found["capitals"] else "Về việc" if found["matter"] else "Về"
        yield Mend(found.end(1), found.end(), words)
    for found in _ARTICLE_1.finditer(letters, 0, min(len(plain), 5 * HEAD)):
        yield Mend(found.end(1), found.end(), "Điều 1")
    for start, end in _windows(feet, len(plain)):
        for found in _ARCHIVE.finditer(letters, start, end):
            written = plain[found.start() : found.end()]
            if written.strip() == "Lưu":
                continue
            yield Mend(found.start(), found.end(), " Lưu:" if written[:1].isspace() else "Lưu:")
        yield from _forms(plain, letters, start, end)
        for first, last, name in names_put_right(plain, start, end, SURNAMES):
            yield Mend(first, last, name, doubtful=True)
        yield from _positions(plain, start, end)


def _windows(feet: Iterable[int], length: int) -> Iterator[tuple[int, int]]:
    """Where signatures may stand: about each "Nơi nhận", and at the very end; not overlapping."""
    feet = list(feet)
    chosen = [*feet[:_MOST_FEET], *feet[-1:]]
    spans = sorted(
        {(max(0, at - _FOOT_BEFORE), min(length, at + _FOOT_AFTER)) for at in chosen}
        | {(max(0, length - _LAST), length)}
    )
    reached = 0
    for start, end in spans:
        if end > max(start, reached):
            yield max(start, reached), end
        reached = max(reached, end)


def _forms(plain: str, letters: str, start: int, end: int) -> Iterator[Mend]:
    for found in _FORMS.finditer(letters, start, end):
        name = re.sub(r"[\s./]", "", found["form"])
        line_start = plain.rfind("\n", 0, found.start()) + 1
        if not found["sign"] and (name == "Q" or plain[line_start : found.start()].strip()):
            continue
        following = _squeezed(plain[found.end() : found.end() + 60].split("\n", maxsplit=1)[0])
        if any(following.startswith(body) for body in _bodies()):
            yield Mend(*found.span(), _FORM_NAMES[name] + " ")


@cache
def _bodies() -> tuple[str, ...]:
    """How what stands after KT., TM. … begins, without accents."""
    more = "UY BAN|HOI DONG|CHINH PHU|QUOC HOI|BAN|BO CHINH TRI|DOAN|DANG UY|THUONG TRUC|TRUONG|LIEN|TAP THE|CONG DOAN"
    short = ("NGUOI", "UBND", "HDND", "PHU TRACH", "PHO")
    return tuple({_squeezed(name) for name in (*POSITIONS, *more.split("|"), *short)})


@cache
def _positions_by_key() -> dict[str, str]:
    return {_squeezed(name): name for name in POSITIONS}


def _positions(plain: str, start: int, end: int) -> Iterator[Mend]:
    """Positions in capitals whose letters are right and accents wrong (`CHỦ TICH`, `GIÁM ĐÓC`)."""
    known = _positions_by_key()
    for run in _CAPITAL_WORDS.finditer(plain, start, end):
        words = list(re.finditer(r"\S+", run[0]))
        place = 0
        while place < len(words):
            for count in range(min(5, len(words) - place), 1, -1):
                first, last = words[place].start(), words[place + count - 1].end()
                name = known.get(_squeezed(run[0][first:last]))
                if name is not None:
                    if with_old_tone_place(run[0][first:last]) != with_old_tone_place(name):
                        yield Mend(run.start() + first, run.start() + last, name)
                    place += count - 1
                    break
            place += 1


def applied(plain: str, found: list[Mend]) -> tuple[str, list[int], list[tuple[int, int]]]:
    """The mended text, the place of each of its characters in `plain` (and of its end), and its doubtful stretches."""
    out: list[str] = []
    places: list[int] = []
    doubtful: list[tuple[int, int]] = []
    done = 0
    for mend in found:
        out.append(plain[done : mend.start])
        places += range(done, mend.start)
        if mend.doubtful:
            doubtful.append((len(places), len(places) + len(mend.text)))
        width = mend.end - mend.start
        out.append(mend.text)
        places += [
            mend.start + min(i * width // max(len(mend.text), 1), max(width - 1, 0)) for i in range(len(mend.text))
        ]
        done = mend.end
    out.append(plain[done:])
    places += range(done, len(plain) + 1)
    return "".join(out), places, doubtful


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the ordered spans touches the stretch."""
    place = bisect_right(spans, (end, -1)) - 1
    return any(first < end and last > start for first, last in spans[max(0, place - 3) : place + 1])
