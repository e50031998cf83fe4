"""Where a person may be sent after signing in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts import destinations

HOSTILE = [
    "https://xau.example/",
    "//xau.example/",
    "///xau.example",
    "/\\xau.example",
    "\\\\xau.example",
    "/\t/xau.example",
    "/\n/xau.example",
    " //xau.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "van-ban",
    "?den=x",
    "",
    "/van-ban\r\nSet-Cookie: a=b",
    "/van ban",
    "/\x00",
    "/" + "a" * 2001,
    "http:/xau.example",
]


@pytest.mark.parametrize("target", HOSTILE)
def test_no_other_site_and_no_broken_header_is_a_destination(target):
    assert destinations.local(target) is None


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/", "/"),
        ("/van-ban/tb-249?trang=2&q=a%20b", "/van-ban/tb-249?trang=2&q=a%20b"),
        ("/en/ban-lam-viec", "/en/ban-lam-viec"),
        ("/x?den=https://xau.example", "/x?den=https://xau.example"),
        ("/văn-bản", "/v%C4%83n-b%E1%BA%A3n"),
        ("/a//b", "/a//b"),
    ],
)
def test_a_page_of_ours_is_kept_as_it_is(target, expected):
    assert destinations.local(target) == expected


@given(st.text(alphabet="/\\:.@ ?#ab\t\r\n%25", max_size=20))
def test_whatever_is_accepted_starts_with_exactly_one_slash_and_fits_in_a_header(target):
    found = destinations.local(target)
    if found is not None:
        assert found.startswith("/")
        assert not found.startswith(("//", "/\\"))
        assert found.isascii()
        assert found.isprintable()
        assert " " not in found


@pytest.mark.parametrize(
    ("referrer", "expected"),
    [
        ("http://localhost/a?b=c", "/a?b=c"),
        ("http://localhost", "/"),
        ("http://xau.example/a", None),
        ("http://localhost:81/a", None),
        ("http://localhost@xau.example/a", None),
        ("ftp://localhost/a", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_only_a_referrer_of_this_host_names_a_page(referrer, expected):
    assert destinations.page_of(referrer, "localhost") == expected
