"""Other spellings of the same Vietnamese words, for property tests."""

import unicodedata

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from portal.text import with_new_tone_place, with_old_tone_place

patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
"""On a busy machine the making of many spellings takes its time."""

_SYLLABLES = """hòa hóa tòa họa đòa khỏe tóe xòe thủy ủy lũy quý quỹ quỳ kỹ ký kỷ lý mỹ sỹ tỷ hy tý my
 tiếng Việt đường Đà Nẵng nghị định quyết thông tư hướng dẫn thuế giá trị giết gìn giữ của nước quốc khuỷu
 huỳnh nguyễn thuở huế
 chuyển  hoàn hoạch xoáy ngoài ngoằn yếu kiều ưu đãi ấy ẩm ở ợ đ ệch nghiêng trưởng phường xã bưu điện hữu nghĩa
"""
WORDS = _SYLLABLES.split()
_Y = {
    "kỹ": "kĩ",
    "ký": "kí",
    "kỷ": "kỉ",
    "lý": "lí",
    "mỹ": "mĩ",
    "sỹ": "sĩ",
    "tỷ": "tỉ",
    "hy": "hi",
    "tý": "tí",
    "my": "mi",
}
_Y |= {"quý": "quí", "quỹ": "quĩ", "quỳ": "quì"}
_INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u00ad", "\u2060", "\ufeff")
_QUALITIES = "\u0302\u0306"
_BETWEEN = (" ", "  ", "\u00a0", "\u202f", "\n", " - ", "\u2011", "/", ", ", "_", "\u2013")


@st.composite
def spelled(draw: st.DrawFn, word: str) -> str:
    """The word in another spelling that means the same (C-1, C-2, C-4, C-5, zero-width characters, case)."""
    if draw(st.booleans()):
        word = _Y.get(word, word)
    word = draw(st.sampled_from([with_old_tone_place, with_new_tone_place, str]))(word)
    word = draw(st.sampled_from([str.lower, str.upper, str.capitalize, str]))(word)
    if draw(st.booleans()):
        lookalike = draw(st.sampled_from([("Ð", "ð"), ("Ɖ", "ɖ")]))
        word = word.replace("Đ", lookalike[0]).replace("đ", lookalike[1])
    word = "".join(draw(_composed(letter)) for letter in word)
    if draw(st.booleans()):
        place = draw(st.integers(1, len(word)))
        word = word[:place] + draw(st.sampled_from(_INVISIBLE)) + word[place:]
    return word


@st.composite
def _composed(draw: st.DrawFn, letter: str) -> str:
    """Composed, decomposed, tone alone decomposed, or with the marks in the order of bad keyboards."""
    bare = unicodedata.normalize("NFD", letter)
    forms = [letter, bare]
    if len(bare) == 3:
        base, first, second = bare
        forms.append(unicodedata.normalize("NFC", base + first) + second)
        if first in _QUALITIES:
            forms.append(base + second + first)
        if second in _QUALITIES:
            forms.append(unicodedata.normalize("NFC", base + second) + first)
    return draw(st.sampled_from(forms))


@st.composite
def pairs_of_texts(draw: st.DrawFn) -> tuple[str, str]:
    """The same words twice, each time spelled and separated in its own way."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
    return draw(_text(words)), draw(_text(words))


@st.composite
def _text(draw: st.DrawFn, words: list[str]) -> str:
    text = draw(spelled(words[0]))
    for word in words[1:]:
        text += draw(st.sampled_from(_BETWEEN)) + draw(spelled(word))
    return text
