"""A process that serves an instance, for tests: `python server.py DATABASE_URL FOLDER PAGE_CACHE`; writes its port.

Every answer that is not from the page cache carries the number of its making in `X-Made`. Two more addresses write a
row, one of which then raises.
"""

import sys
from itertools import count
from pathlib import Path
from typing import Any

from waitress.server import create_server

import portal
from portal.agencies.models import Field
from portal.settings import Settings


def settings_of(url: str, folder: Path, page_cache: int) -> Settings:
    """What every process of the instance agrees on."""
    return Settings(
        database_url=url,
        files_dir=folder / "files",
        search_dir=folder / "search",
        secret_file=folder / "secret.key",
        address="http://localhost",
        theme="central",
        worker=False,
        page_cache=page_cache,
    )


made = count(1)


def made_tween(handler: Any, registry: Any) -> Any:
    """Below the page cache: runs only when a page is made."""

    def tween(request: Any) -> Any:
        response = handler(request)
        response.headers["X-Made"] = str(next(made))
        return response

    return tween


def write(request: Any) -> Any:
    """Add a field of law; break down afterwards when the address says so."""
    request.db.add(Field(slug=request.matchdict["slug"], name="Thử"))
    request.db.flush()
    request.response.status_int = int(request.matchdict["status"])
    if request.matchdict["status"] == "500":
        raise RuntimeError("a defect after writing")
    return request.response


def application(settings: Settings) -> Any:
    config = portal.configure(settings)
    config.add_route("test.write", "/thu/{status}/{slug}")
    config.add_view(write, route_name="test.write", permission="site.read", request_method="POST", require_csrf=False)
    config.add_tween("flows.server.made_tween", under="portal.publishing.cache.page_cache_tween")
    return config.make_wsgi_app()


def main(url: str, folder: str, page_cache: str) -> None:
    server = create_server(application(settings_of(url, Path(folder), int(page_cache))), host="127.0.0.1", port=0)
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
