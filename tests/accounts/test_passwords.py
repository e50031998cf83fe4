"""Which passwords are accepted, and how they are kept."""

import unicodedata

import argon2
import pytest

from portal.accounts import passwords
from portal.accounts.errors import WeakPassword


@pytest.mark.parametrize(
    "password",
    [
        "con mèo trèo cây cau",
        "ladder octopus velvet thunder",
        "lờ đờ gió chướng tháng chín",
        "x7 rTq!mZ04vBn",
        "🍜🚲🌧️🏮🎋📚🧵🪁🥢🐃🌾⛵",
    ],
)
def test_a_long_phrase_is_accepted_whatever_characters_it_has(password):
    passwords.require_strong(password, personal=("an.nguyen@vidu.gov.vn", "Nguyễn Văn An"))


@pytest.mark.parametrize(
    "password",
    [
        "ngắn",
        "mười một kt",
        "password123456",
        "P@ssw0rd2026!",
        "matkhau123456",
        "Mật khẩu 2026",
        "MẬT KHẨU mới 1",
        "anhyeuem123456",
        "qwertyuiop1234",
        "1qaz2wsx3edc4rfv",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "0123456789012",
        "Vietnam vô địch 2026",
        "hanoi-02091945",
        "không biết không biết",
        "................",
        "correct horse battery staple",
    ],
)
def test_what_attackers_try_first_is_refused_with_a_reason(password):
    with pytest.raises(WeakPassword) as refused:
        passwords.require_strong(password)
    assert "." in refused.value.message.interpolate()


@pytest.mark.parametrize("password", ["phamthanhtung1", "Thanh Tùng Phạm 99", "tung.phamthanh@vidu"])
def test_a_password_made_of_ones_own_name_or_address_is_refused(password):
    with pytest.raises(WeakPassword):
        passwords.require_strong(password, personal=("tung.phamthanh@vidu.gov.vn", "Phạm Thanh Tùng"))


def test_no_rule_asks_for_capitals_digits_or_signs():
    passwords.require_strong("bèo dạt mây trôi lững lờ")


def test_a_very_long_password_is_refused_before_it_is_hashed():
    with pytest.raises(WeakPassword):
        passwords.require_strong("ruộng bậc thang " * 20)
    assert not passwords.verify(passwords.hashed("bèo dạt mây trôi"), "x" * 100_000)


def test_the_same_text_from_another_vietnamese_keyboard_is_the_same_password():
    stored = passwords.hashed(unicodedata.normalize("NFC", "bèo dạt mây trôi"))
    assert passwords.verify(stored, unicodedata.normalize("NFD", "bèo dạt mây trôi"))
    assert not passwords.verify(stored, "beo dat may troi")


def test_hashes_are_argon2id_and_salted():
    one, other = passwords.hashed("bèo dạt mây trôi"), passwords.hashed("bèo dạt mây trôi")
    assert one.startswith("$argon2id$")
    assert one != other


def test_an_old_hash_is_known_as_outdated():
    old = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("bèo dạt mây trôi")
    assert passwords.outdated(old)
    assert passwords.verify(old, "bèo dạt mây trôi")
    assert not passwords.outdated(passwords.hashed("bèo dạt mây trôi"))


def test_the_list_has_vietnamese_words_folded_and_long_enough():
    words = passwords.common()
    assert {"matkhau", "anhyeuem", "password", "hanoi"} <= words
    assert all(word.isascii() and word == word.lower() and len(word) >= 4 for word in words)
