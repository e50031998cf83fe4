"""What a citizen typed or chose as the answer to a question, and which of its answers that is."""

import re
from collections.abc import Mapping
from datetime import date

from translationstring import TranslationString

from portal.errors import PortalError
from portal.forms.dates import NotADate, parse_date
from portal.guides.data import LARGEST, Answer, Data
from portal.guides.walking import choice_for, choice_of, elapsed
from portal.request import _
from portal.text import normal

CHOSEN, TYPED = "chon", "nhap"
"""Parameters of an answer: the id of a choice, or what was typed."""
_GROUPED = re.compile(r"\d{1,3}(?:[., ]\d{3})+")
_PLAIN = re.compile(r"(\d{1,13})(?:[.,]\d{1,2})?")
_SEPARATORS = re.compile(r"[., ]")
FIRST_YEAR = 1900


class NoAnswer(PortalError):
    """What was sent is no answer to the question; the message says what to do."""

    status = 422
    message = _("Hãy chọn một câu trả lời.")


def answer_of(node: Data, sent: Mapping[str, str], today: date) -> Data:
    """The choice that was meant. A typed number or day is not kept: only the answer that it falls under goes on.

    Raises `NoAnswer`.
    """
    if node["answer"] == Answer.CHOICE:
        chosen = choice_of(node, sent.get(CHOSEN, ""))
    elif node["answer"] == Answer.NUMBER:
        chosen = choice_for(node, _number(sent.get(TYPED, "")))
    else:
        chosen = choice_for(node, elapsed(_day(sent.get(TYPED, ""), today), today, node["span"]))
    if chosen is None:
        raise NoAnswer
    return chosen


def _number(typed: str) -> int:
    """A whole number, thousands parted or not; decimals are cut off: bounds are whole."""
    text = " ".join(normal(typed).split())
    if _GROUPED.fullmatch(text):
        text = _SEPARATORS.sub("", text)
    found = _PLAIN.fullmatch(text)
    if found is None:
        raise NoAnswer(_refused(text, _("Hãy nhập một số, ví dụ 16."), _("“${typed}” không phải là số. Ví dụ: 16.")))
    if int(found[1]) > LARGEST:
        raise NoAnswer(_("Số này quá lớn. Hãy kiểm tra lại."))
    return int(found[1])


def _day(typed: str, today: date) -> date:
    if not typed.strip():
        raise NoAnswer(_("Hãy nhập ngày, ví dụ 01/7/2014."))
    try:
        day = parse_date(typed[:60])
    except NotADate as refused:
        raise NoAnswer(refused.message) from None
    if day > today:
        raise NoAnswer(_("Ngày này chưa tới. Hãy nhập một ngày đã qua hoặc hôm nay."))
    if day.year < FIRST_YEAR:
        raise NoAnswer(_("Hãy kiểm tra lại năm."))
    return day


def _refused(text: str, empty: TranslationString, other: TranslationString) -> TranslationString:
    return empty if not text else TranslationString(other, domain=other.domain, mapping={"typed": text[:40]})
