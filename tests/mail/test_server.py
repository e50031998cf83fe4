"""What may stand in the settings, and what stops the start."""

from pathlib import Path

import pytest

from portal.errors import ConfigurationError
from portal.mail.errors import BadMailServer
from portal.mail.server import server_of
from portal.settings import Settings, read

FROM = "khong-tra-loi@vidu.gov.vn"


def test_without_a_server_there_is_none() -> None:
    assert server_of(Settings()) is None


@pytest.mark.parametrize(
    ("url", "security", "port"),
    [
        ("smtp://thu.vidu.gov.vn", "smtp", 25),
        ("smtps://thu.vidu.gov.vn", "smtps", 465),
        ("smtp+starttls://thu.vidu.gov.vn", "smtp+starttls", 587),
        ("smtp://thu.vidu.gov.vn:2525/", "smtp", 2525),
    ],
)
def test_a_server_is_named_by_an_address(url: str, security: str, port: int) -> None:
    server = server_of(Settings(mail_server=url, mail_from=FROM))
    assert server is not None
    assert (server.security, server.host, server.port) == (security, "thu.vidu.gov.vn", port)


def test_the_keys_of_the_ini_are_read(tmp_path: Path) -> None:
    secret = tmp_path / "mat-khau"
    secret.write_text("bí mật\n")
    settings = read(
        {
            "portal.mail_server": "smtp+starttls://cong%40vidu@thu.vidu.gov.vn",
            "portal.mail_password_file": str(secret),
            "portal.mail_from": f"Cổng Hà Nội <{FROM}>",
            "portal.mail_ca_file": str(tmp_path / "ca.pem"),
            "portal.mail_limit": "7",
            "portal.mail_keep_days": "90",
            "portal.address": "https://cong.vidu.gov.vn:8443",
        }
    )
    server = server_of(settings)
    assert server is not None
    assert (server.user, server.password) == ("cong@vidu", "bí mật")
    assert (server.sender_name, server.sender, server.domain) == ("Cổng Hà Nội", FROM, "vidu.gov.vn")
    assert (server.greeting, server.ca_file) == ("cong.vidu.gov.vn", tmp_path / "ca.pem")
    assert (settings.mail_limit, settings.mail_keep_days) == (7, 90)


@pytest.mark.parametrize(
    ("address", "greeting"),
    [
        ("http://127.0.0.1:6543", "[127.0.0.1]"),
        ("http://[::1]:6543", "[IPv6:::1]"),
        ("https://cong.vn", "cong.vn"),
    ],
)
def test_the_portal_introduces_itself_by_its_public_name(address: str, greeting: str) -> None:
    server = server_of(Settings(mail_server="smtp://thu.vidu.vn", mail_from=FROM, address=address))
    assert server is not None
    assert server.greeting == greeting


@pytest.mark.parametrize(
    "url",
    [
        "thu.vidu.gov.vn",
        "http://thu.vidu.gov.vn",
        "smtp://",
        "smtp://thu.vidu.gov.vn:0",
        "smtp://thu.vidu.gov.vn:mail",
        "smtp://thu.vidu.gov.vn/hop-thu",
        "smtp://thu vidu",
        "smtp://an@thu.vidu.gov.vn",
        "smtps://an@thu.vidu.gov.vn",
    ],
)
def test_a_server_that_cannot_work_stops_the_start(url: str) -> None:
    with pytest.raises(BadMailServer, match=r"portal\.mail_server"):
        server_of(Settings(mail_server=url, mail_from=FROM))


def test_a_password_in_the_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    settings = Settings(
        mail_server="smtps://an:bi-mat@thu.vidu.vn", mail_from=FROM, mail_password_file=tmp_path / "mat-khau"
    )
    with pytest.raises(BadMailServer) as refused:
        server_of(settings)
    assert "bi-mat" not in str(refused.value)


@pytest.mark.parametrize("sender", ["", "Cổng", "Cổng <cong@vidu>", "a@b.vn, c@d.vn"])
def test_a_sender_without_an_address_stops_the_start(sender: str) -> None:
    with pytest.raises(BadMailServer, match=r"portal\.mail_from"):
        server_of(Settings(mail_server="smtp://thu.vidu.vn", mail_from=sender))


@pytest.mark.parametrize("key", ["mail_limit", "mail_keep_days"])
def test_a_number_below_one_stops_the_start_even_without_a_server(key: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"portal\.{key}"):
        server_of(Settings(**{key: 0}))
