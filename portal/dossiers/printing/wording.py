"""The words of the forms: text templates that are never changed, only followed by a next version.

A line of a template is one block; its first word says which: `title`, `note`, `to`, `field LABEL :: VALUE`, `head`,
`para`, `words` (what an officer wrote, a paragraph a line), `items NAME`, `table NAME HEAD | HEAD …`,
`sign LEFT :: RIGHT`, `signed LEFT :: RIGHT`. Facts stand in single lines, so that nothing
that an officer or applicant wrote begins a block.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from portal.catalogue.limits import words as limit_words
from portal.clock import in_vietnam
from portal.dossiers.profiles import Paper
from portal.text import write_date

FOLDER = "templates/dossiers/printing"
SETS: dict[str, dict[Paper, str]] = {
    "vn-2018": {
        Paper.RECEIPT: "receipt-2",
        Paper.SUPPLEMENT: "supplement-1",
        Paper.REFUSAL: "refusal-1",
        Paper.APOLOGY: "apology-1",
        Paper.CONTROL: "control-1",
        Paper.REGISTER: "register-1",
    },
    "vn-2025": {
        Paper.RECEIPT: "receipt-2",
        Paper.SUPPLEMENT: "supplement-1",
        Paper.REFUSAL: "refusal-1",
        Paper.APOLOGY: "apology-2",
        Paper.STOP: "stop-1",
        Paper.CONTROL: "control-1",
        Paper.REGISTER: "register-1",
    },
}
"""Which template a state of the law uses now. A paper that was issued keeps the one it was issued by."""

TOGETHER = (
    *("TIẾP NHẬN", "GIA HẠN", "GIẢI QUYẾT", "KẾT QUẢ", "HỒ SƠ", "HOÀN THIỆN", "BỔ SUNG", "TỪ CHỐI", "YÊU CẦU"),
    *("ĐỀ NGHỊ", "XIN LỖI", "HẸN LẠI", "HẸN TRẢ", "KIỂM SOÁT", "THEO DÕI", "THÔNG BÁO", "QUÁ TRÌNH", "THỜI GIAN"),
)
"""Words of titles that no line break parts."""
Block = dict[str, Any]
VIETNAMESE, END = "\ue000", "\ue001"
"""Around what stays Vietnamese in the English translation of a paper; facts are free of both (`facts.plain`)."""
_BREAK = "\u2028"
_DOTS = "………………"
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def blocks(template: str, facts: Mapping[str, Any], lang: str) -> list[Block]:
    """The blocks of a paper in the language, filled with its facts."""
    written = _environment(lang).get_template(f"{template}.txt").render(facts)
    return [_block(line, facts) for line in written.split("\n") if line.strip()]


def _block(line: str, facts: Mapping[str, Any]) -> Block:
    mark, _space, text = line.strip().partition(" ")
    match mark:
        case "field" | "sign" | "signed":
            left, _colons, right = _parted(text)
            return {"k": mark, "left": left, "right": right}
        case "words":
            return {"k": mark, "lines": [part.strip() for part in text.split(_BREAK) if part.strip()]}
        case "items":
            return {"k": mark, "items": [_flat(one) for one in facts[text]]}
        case "table":
            name, _space, heads = text.partition(" ")
            rows = [[_flat(cell) for cell in row] for row in facts[name]]
            return {"k": mark, "heads": [head.strip() for head in heads.split("|")], "rows": rows}
    return {"k": mark, "text": _flat(text)}


def _parted(text: str) -> tuple[str, str, str]:
    """Left and right of the first `::`, each of which may be empty."""
    left, colons, right = text.partition("::")
    return _flat(left), colons, _flat(right)


def _flat(text: Any) -> str:
    return " ".join(str(text).replace(_BREAK, " ").split())


@cache
def _environment(lang: str) -> Environment:
    made = Environment(
        loader=PackageLoader("portal.dossiers", f"{FOLDER}/{lang}"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain values, never HTML: page and press escape them
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_one_line,
    )
    made.filters |= {
        "vi": lambda value: marked(value, lang),
        "moment": lambda value: moment(value, lang),
        "day": lambda value: day(value, lang),
        "limit": lambda value: _limit(value, lang),
        "dots": lambda value: value or _DOTS,
        "after": lambda value, before: f"{before}{value}" if value else "",
        "inside": lambda value, before: f" ({before}{value})" if value else "",
        "first": lambda text: text[:1].upper() + text[1:],
    }
    return made


def marked(value: str | None, lang: str) -> str | None:
    """The text as Vietnamese in a paper of that language."""
    return f"{VIETNAMESE}{value}{END}" if value and lang != "vi" else value


def without_marks(value: Any) -> Any:
    """Plain values for the press."""
    if isinstance(value, str):
        return value.replace(VIETNAMESE, "").replace(END, "")
    if isinstance(value, Mapping):
        return {key: without_marks(one) for key, one in value.items()}
    return [without_marks(one) for one in value] if isinstance(value, list) else value


def together(title: str) -> str:
    """The title with spaces that do not break inside its compound words."""
    for word in TOGETHER:
        title = title.replace(word, word.replace(" ", "\xa0"))
    return title


def _one_line(value: Any) -> Any:
    """Lines of a fact stay in the line of the template."""
    if value is None:
        return ""
    return _BREAK.join(value.splitlines()) if isinstance(value, str) else value


def moment(value: str | datetime | None, lang: str) -> str:
    """`08 giờ 30 phút, ngày 02 tháng 3 năm 2026`, `08:30, 2 March 2026`: what a Vietnamese clock says."""
    if value is None:
        return _DOTS
    local = in_vietnam(datetime.fromisoformat(value) if isinstance(value, str) else value)
    if lang == "en":
        return f"{local:%H:%M}, {day(local.date(), lang)}"
    return f"{local:%H} giờ {local:%M} phút, {day(local.date(), lang)}"


def day(value: str | date, lang: str) -> str:
    """`ngày 02 tháng 3 năm 2026`, `2 March 2026`."""
    on = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}" if lang == "en" else write_date(on)


def _limit(value: Mapping[str, Any] | None, lang: str) -> str:
    return limit_words({"text": None, **value}, lang) if value else _DOTS
