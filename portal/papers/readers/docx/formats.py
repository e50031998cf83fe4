"""Numbers as Word writes them before paragraphs (ISO/IEC 29500-1, 17.18.59 ST_NumberFormat)."""

from collections.abc import Callable

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LARGEST_ROMAN = 3999
_LONGEST_LETTERS = 30


def roman(number: int) -> str:
    """14 → xiv; what has no numeral in digits."""
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def letters(number: int) -> str:
    """1 → a, 26 → z, 27 → aa, 53 → aaa: the Latin row without đ, which is what Word prints."""
    if number < 1:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1) if times < _LONGEST_LETTERS else str(number)


def vietnamese(number: int) -> str:
    """Counting in words up to 99: 5 → năm, 21 → hai mươi mốt (`vietnameseCounting`)."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if ones == 0:
        return head
    last = "mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 else _DIGITS[ones]
    return f"{head} {last}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": lambda number: roman(number).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerLetter": letters,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalEnclosedCircle": lambda number: chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number),
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "numberInDash": lambda number: f"- {number} -",
    "vietnameseCounting": vietnamese,
    "none": lambda number: "",
}


def written(number: int, kind: str) -> str:
    """The number in a format of the standard; in digits when the format is for another language."""
    if kind.startswith("0"):  # a format of one's own: "01, 02, 03, …" says how many digits
        return str(number).zfill(len(kind.split(",", maxsplit=1)[0]))
    return _FORMATS.get(kind, str)(number)
