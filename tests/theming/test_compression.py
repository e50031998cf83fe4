import gzip

import pytest
from pyramid.request import Request
from pyramid.response import Response

from portal.theming.compression import compression_tween


def answer_to(accept: str, response: Response) -> Response:
    request = Request.blank("/", headers={"Accept-Encoding": accept})
    return compression_tween(lambda _request: response, None)(request)


def test_a_page_is_compressed_and_caches_are_told() -> None:
    body = "<p>Cộng hòa xã hội chủ nghĩa Việt Nam</p>" * 200
    response = answer_to("br, gzip", Response(body, etag="abc", vary=("Cookie",)))
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.body).decode() == body
    assert int(response.headers["Content-Length"]) == len(response.body)
    assert set(response.vary) == {"Cookie", "Accept-Encoding"}
    assert response.headers["ETag"] == 'W/"abc"'


@pytest.mark.parametrize(
    "response",
    [
        Response("short"),
        Response(b"\x89PNG" * 1000, content_type="image/png"),
        Response(b"x" * 5000, content_type="text/html", headers={"Content-Encoding": "br"}),
        Response(app_iter=iter([b"x" * 5000]), content_type="text/html"),
    ],
    ids=["small", "picture", "encoded", "streamed"],
)
def test_what_gains_nothing_is_left_alone(response: Response) -> None:
    before = response.content_encoding
    assert answer_to("gzip", response).content_encoding == before


def test_a_client_that_does_not_accept_it_gets_plain_text_marked_for_caches() -> None:
    response = answer_to("identity", Response("x" * 5000))
    assert response.content_encoding is None
    assert response.vary == ("Accept-Encoding",)


def test_the_length_does_not_tell_the_length() -> None:
    lengths = {len(answer_to("gzip", Response("x" * 5000)).body) for _ in range(40)}
    assert len(lengths) > 5
