"""What a citizen's first visit weighs over the wire: at most 100 KB (invariant 24). Prints figures."""

import re
from typing import Any
from urllib.parse import urljoin

from benchmarks.table import show
from webob import Request
from webtest import TestApp

LIMIT = 100 * 1024
FONT = re.compile(r"url\(([^)]+\.woff2)\)")


def fetched(app: TestApp, address: str) -> Any:
    """The answer as it goes over the wire: WebTest's own would be unpacked."""
    return Request.blank(address, {**app.extra_environ, "HTTP_ACCEPT_ENCODING": "gzip"}).get_response(app.app)


def test_first_visit(app: TestApp, make: Any) -> None:
    body = "".join(f"<p>{n}. Giao các bộ, ngành, địa phương thực hiện nhiệm vụ được phân công.</p>" for n in range(40))
    path = make.notice(make.agency(), published=True, body=body).item.path
    page = app.get(path)
    parts = {path: len(fetched(app, path).body)}
    addresses = [tag["src"] for tag in page.html.find_all(["script", "img"]) if tag.get("src")]
    addresses += [
        tag["href"] for tag in page.html.find_all("link") if {"stylesheet", "icon", "preload"} & set(tag["rel"])
    ]
    for address in dict.fromkeys(addresses):
        answer = fetched(app, address)
        parts[address] = len(answer.body)
        if answer.content_type == "text/css":
            style = app.get(address).text
            fonts = {urljoin(address, font) for font in FONT.findall(style.replace('"', ""))}
            parts |= {font: len(fetched(app, font).body) for font in fonts}
    total = sum(parts.values())
    rows = [(address, f"{size / 1024:.1f} KB") for address, size in parts.items()]
    rows.append(("all", f"{total / 1024:.1f} KB of {LIMIT // 1024}"))
    show("The first visit of a document", ("part", "over the wire"), rows)
    assert total <= LIMIT
