"""What waitress is told: whom it believes, and what it refuses."""

from collections.abc import Callable
from pathlib import Path

import pytest
from serve.serving import Served

from portal.serve.options import BadListen, adjustments, bind, url_of
from portal.settings import Settings

Serve = Callable[..., Served]
FORWARDED = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https"}


def test_a_visitor_cannot_claim_another_address(serve: Serve) -> None:
    served = serve("--single").until_serving()
    assert served.get(**FORWARDED)[2][2:] == ["127.0.0.1", "http"]


def test_a_trusted_proxy_is_believed(serve: Serve, ini: Path) -> None:
    ini.write_text(ini.read_text() + "portal.trusted_proxies = 1\n")
    served = serve("--single").until_serving()
    assert served.get(**FORWARDED)[2][2:] == ["203.0.113.9", "https"]


def test_only_as_many_proxies_are_believed_as_there_are(serve: Serve, ini: Path) -> None:
    ini.write_text(ini.read_text() + "portal.trusted_proxies = 1\n")
    served = serve("--single").until_serving()
    assert served.get(X_Forwarded_For="198.51.100.1, 203.0.113.9")[2][2] == "203.0.113.9"


def test_a_request_larger_than_an_upload_may_be_is_refused(serve: Serve, ini: Path) -> None:
    ini.write_text(ini.read_text() + "portal.max_upload = 1000\nportal.max_text = 1000\n")
    served = serve("--single").until_serving()
    connection = served.connect()
    connection.request("POST", "/", headers={"Content-Length": str(3 * 1024 * 1024)})
    assert connection.getresponse().status == 413
    connection.close()


def test_endless_headers_are_refused(serve: Serve) -> None:
    served = serve("--single").until_serving()
    assert served.get(X_Much="x" * 70_000)[0] == 431


def test_the_program_is_not_named_to_the_world(serve: Serve) -> None:
    assert "Server" not in serve("--single").until_serving().get()[1]


def test_an_https_address_makes_https_links_whatever_the_proxy_says() -> None:
    told = adjustments(Settings(address="https://chinhphu.vidu.vn"), threads=4)
    assert told["url_scheme"] == "https"


@pytest.mark.parametrize("listen", ["6543", "127.0.0.1", "127.0.0.1:x", "::1:6543", "127.0.0.1:99999", ""])
def test_an_address_that_is_none_is_refused(listen: str) -> None:
    with pytest.raises(BadListen):
        bind(listen)


@pytest.mark.parametrize("listen", ["127.0.0.1:0", "0.0.0.0:0", "localhost:0"])
def test_the_address_shown_is_one_that_a_browser_takes(listen: str) -> None:
    with bind(listen) as listener:
        assert url_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"
