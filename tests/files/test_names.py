import unicodedata
from email.message import Message
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files import NameRefused, clean_name
from portal.files.names import LONGEST, disposition


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Công văn số 12.docx", "Công văn số 12.docx"),
        (unicodedata.normalize("NFD", "Đề án.pdf"), "Đề án.pdf"),
        ("../../etc/Thông báo.pdf", "Thông báo.pdf"),
        ("C:\\Users\\Nguyễn\\Thông báo.PDF", "Thông báo.PDF"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
        ("thu\u202efdp.exe.pdf", "thufdp.exe.pdf"),
        ("a\0\x07\u200b.pdf", "a.pdf"),
        ("  a   b . pdf ", None),
        ("  nhiều   khoảng\ttrắng.pdf ", "nhiều khoảng trắng.pdf"),
        ('a"<b>|c?.pdf', "a__b__c_.pdf"),
        ("con.pdf", "_con.pdf"),
        ("...pdf", None),
        (".htaccess", None),
        ("không đuôi", None),
        ("a.", None),
        ("", None),
        ("/", None),
        ("a.văn", None),
        ("a.tar.gz", "a.tar.gz"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_everything_dangerous(given: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(NameRefused):
            clean_name(given)
    else:
        assert clean_name(given) == kept


def test_a_long_name_keeps_its_extension() -> None:
    name = clean_name("Đ" * 500 + ".docx")
    assert len(name) == LONGEST
    assert name.endswith("Đ.docx")


@given(st.text(max_size=300))
def test_any_name_is_refused_or_safe_and_stays_as_it_is(text: str) -> None:
    try:
        name = clean_name(f"{text}.pdf")
    except NameRefused:
        return
    assert clean_name(name) == name
    assert len(name) <= LONGEST
    assert not set('/\\\r\n\0"<>:|?*') & set(name)
    assert unicodedata.is_normalized("NFC", name)


@given(st.text(max_size=100))
def test_the_header_holds_one_name_and_nothing_else(text: str) -> None:
    try:
        name = clean_name(f"{text}.pdf")
    except NameRefused:
        return
    value = disposition(name, inline=False)
    assert value.isascii()
    assert "\r" not in value
    assert "\n" not in value
    assert value.count('"') == 2
    assert unquote(value.split("filename*=UTF-8''")[1]) == name


def test_old_programs_get_the_name_without_accents() -> None:
    value = disposition("Đề án số 5.pdf", inline=True)
    assert value.startswith("inline; ")
    message = Message()
    message["Content-Disposition"] = value.split("; filename*")[0]
    assert message.get_filename() == "De_an_so_5.pdf"
