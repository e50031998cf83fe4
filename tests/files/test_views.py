"""Who gets a file, and with which headers: over HTTP, through the real view, rules and database."""

import hashlib
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from files.samples import PDF, SAMPLES
from pyramid.config import Configurator
from sqlalchemy.orm import Session
from webtest import TestApp

from portal import files, rules
from portal.files.views import PRIVATE, PUBLIC
from portal.request import Request
from portal.settings import Settings

SHA = hashlib.sha256(PDF).hexdigest()
NAME = "Thông báo.pdf"
PUBLIC_OWNER, OFFICERS_OWNER, HIDDEN_OWNER = 1, 2, 3


class Policy:
    """Whoever sends the header `Officer` is signed in."""

    def identity(self, request: Request) -> Any:
        return request.headers.get("Officer")

    def permits(self, request: Request, context: Any, permission: str) -> bool:
        return rules.allowed(request.registry["portal.rules"], permission, request.identity, context)


def address(sha256: str = SHA, name: str = NAME) -> str:
    return f"/tep/{sha256}/{quote(name)}"


@pytest.fixture
def visible() -> set[int]:
    """The owners that everybody sees."""
    return {PUBLIC_OWNER}


@pytest.fixture
def app(own: Session, folder: Path, own_database: str, at: Any, visible: set[int]) -> TestApp:
    config = Configurator(request_factory=Request)
    config.registry["portal.settings"] = Settings(files_dir=folder, database_url=own_database)
    for package in ("portal.rules", "portal.db", "portal.files"):
        config.include(package)
    config.set_security_policy(Policy())
    config.add_file_owner(
        "notice",
        lambda request, owner_id: owner_id in visible or (owner_id == OFFICERS_OWNER and request.identity is not None),
    )
    return TestApp(config.make_wsgi_app(), extra_environ={"portal.db": own, "portal.at": at, "tm.active": "1"})


@pytest.fixture
def owned(own: Session, keep: Any) -> Any:
    def make(owner: int, sample: str = "pdf", name: str | None = None, kind: str = "notice") -> files.FileUse:
        usual, content = SAMPLES[sample]
        return files.use(own, keep(usual, content), kind, owner, name or usual)

    return make


def test_a_file_of_a_visible_owner_is_given_out(app: TestApp, owned: Any) -> None:
    owned(PUBLIC_OWNER)
    answer = app.get(address())
    assert answer.body == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(len(PDF))
    assert answer.headers["ETag"] == f'"{SHA}"'
    assert answer.headers["Cache-Control"] == PUBLIC
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == (
        f"inline; filename=\"Thong_bao.pdf\"; filename*=UTF-8''{quote(NAME)}"
    )
    assert app.head(address()).headers["Content-Length"] == str(len(PDF))


def test_a_file_without_a_visible_owner_is_as_if_it_were_not_there(app: TestApp, owned: Any, own: Session) -> None:
    missing = app.get(address(), status=404)
    owned(HIDDEN_OWNER)
    own.flush()
    hidden = app.get(address(), status=404)
    assert hidden.body.replace(b"\n", b"") == missing.body.replace(b"\n", b"")
    assert hidden.headers["Cache-Control"] == PRIVATE


def test_one_visible_owner_is_enough_and_each_request_asks_again(app: TestApp, owned: Any, visible: set[int]) -> None:
    owned(HIDDEN_OWNER)
    app.get(address(), status=404)
    owned(PUBLIC_OWNER)
    app.get(address(), status=200)
    visible.clear()
    app.get(address(), status=404)
    app.get(address(), headers={"If-None-Match": f'"{SHA}"'}, status=404)
    app.get(address(), headers={"Range": "bytes=0-3"}, status=404)
    visible.add(HIDDEN_OWNER)
    app.get(address(), status=200)


def test_a_released_file_is_gone_at_once(app: TestApp, owned: Any, own: Session) -> None:
    owned(PUBLIC_OWNER)
    app.get(address(), status=200)
    files.release(own, "notice", PUBLIC_OWNER)
    app.get(address(), status=404)


def test_an_owner_of_a_kind_that_nobody_registered_shows_nothing(app: TestApp, owned: Any) -> None:
    owned(PUBLIC_OWNER, kind="from a removed package")
    app.get(address(), status=404)


def test_a_file_for_officers_is_never_kept_by_a_cache(app: TestApp, owned: Any) -> None:
    owned(OFFICERS_OWNER)
    app.get(address(), status=404)
    answer = app.get(address(), headers={"Officer": "yes"})
    assert answer.body == PDF
    assert answer.headers["Cache-Control"] == PRIVATE


def test_another_name_leads_to_the_real_one_and_cannot_be_invented(app: TestApp, owned: Any) -> None:
    owned(PUBLIC_OWNER, name="Mới.pdf")
    answer = app.get(address(name="Bịa đặt.pdf"), status=301)
    assert answer.headers["Location"].endswith(address(name="Mới.pdf"))
    assert answer.follow().body == PDF


def test_the_english_side_gives_the_same_file(app: TestApp, owned: Any) -> None:
    owned(PUBLIC_OWNER)
    assert app.get(f"/en{address()}").body == PDF


def test_parts_can_be_asked_for(app: TestApp, owned: Any) -> None:
    owned(PUBLIC_OWNER)
    part = app.get(address(), headers={"Range": "bytes=2-5"}, status=206)
    assert part.body == PDF[2:6]
    assert part.headers["Content-Range"] == f"bytes 2-5/{len(PDF)}"
    assert app.get(address(), headers={"Range": "bytes=-4"}, status=206).body == PDF[-4:]
    app.get(address(), headers={"Range": "bytes=9999-"}, status=416)
    whole = app.get(address(), headers={"Range": "bytes=2-5", "If-Range": '"another"'}, status=200)
    assert whole.body == PDF
    again = app.get(address(), headers={"Range": "bytes=2-5", "If-Range": f'"{SHA}"'}, status=206)
    assert again.body == PDF[2:6]
    assert app.get(address()).headers["Accept-Ranges"] == "bytes"


def test_an_unchanged_file_is_not_sent_again(app: TestApp, owned: Any) -> None:
    owned(PUBLIC_OWNER)
    answer = app.get(address(), headers={"If-None-Match": f'"{SHA}"'}, status=304)
    assert answer.body == b""


@pytest.mark.parametrize(
    ("sample", "shown", "content_type"),
    [
        ("pdf", "inline", "application/pdf"),
        ("png", "inline", "image/png"),
        ("text", "inline", "text/plain; charset=utf-8"),
        ("csv", "attachment", "text/csv; charset=utf-8"),
        ("html", "attachment", "text/html; charset=utf-8"),
        ("zip", "attachment", "application/zip"),
        ("doc", "attachment", "application/msword"),
    ],
)
def test_browsers_show_what_is_harmless_and_save_the_rest(
    app: TestApp, owned: Any, sample: str, shown: str, content_type: str
) -> None:
    use = owned(PUBLIC_OWNER, sample)
    answer = app.get(address(use.sha256, use.name))
    assert answer.headers["Content-Disposition"].startswith(f"{shown}; ")
    assert answer.headers["Content-Type"] == content_type
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert ("sandbox" in policy) == (sample != "pdf")


@pytest.mark.parametrize(
    "path",
    [
        "/tep/../../etc/passwd",
        f"/tep/{'A' * 64}/a.pdf",
        f"/tep/{SHA}/../../a.pdf",
        f"/tep/{SHA}/..%2f..%2fa.pdf",
        f"/tep/{SHA[:63]}/a.pdf",
        "/tep/..%2f..%2f..%2fetc%2fpasswd/a.pdf",
        f"/tep/{SHA}%00/a.pdf",
        f"/tep/{SHA}/",
    ],
)
def test_no_path_leads_out_of_the_folder(app: TestApp, owned: Any, path: str) -> None:
    owned(HIDDEN_OWNER)
    app.get(path, status=404)


def test_a_name_cannot_add_a_header(app: TestApp, owned: Any) -> None:
    use = owned(PUBLIC_OWNER, name='a"\r\nSet-Cookie: b=c\r\n\r\n<script>.pdf')
    answer = app.get(address(name=use.name))
    assert "Set-Cookie" not in answer.headers
    assert answer.body == PDF
    redirected = app.get(f"/tep/{SHA}/a%0d%0aSet-Cookie:%20b=c.pdf", status=301)
    assert "Set-Cookie" not in redirected.headers


def test_a_content_lost_from_the_folder_is_said_and_not_hidden(app: TestApp, owned: Any, folder: Path) -> None:
    owned(PUBLIC_OWNER)
    files.blob_path(folder, SHA).unlink()
    with pytest.raises(files.FileError, match="không còn trong kho"):
        app.get(address())


def test_two_packages_cannot_speak_for_one_kind_of_owner() -> None:
    config = Configurator()
    config.add_directive("add_file_owner", files.owners.add_file_owner)
    config.add_file_owner("notice", lambda request, owner_id: True)
    with pytest.raises(Exception, match="notice"):
        config.add_file_owner("notice", lambda request, owner_id: True)


def test_the_folder_is_swept_by_itself_and_wholly_within_a_day(
    app: TestApp, keep: Any, own: Session, folder: Path
) -> None:
    period = app.app.registry["portal.jobs"].periods["files.sweep"]
    assert period.every.total_seconds() * 256 / 16 < 24 * 60 * 60
    keep("a.pdf", PDF)
    own.rollback()  # only the content stays
    now = datetime.now(UTC)
    for path in folder.rglob(SHA):
        os.utime(path, (0, 0))
    for hour in range(16):
        period.handler(own, now + timedelta(hours=hour))
    assert not list(folder.rglob(SHA))


def test_a_form_stores_what_it_was_sent(own: Session, folder: Path, at: Any) -> None:
    request = Request.blank("/", environ={"portal.db": own, "portal.at": at})
    request.registry = Configurator().registry
    request.registry["portal.settings"] = Settings(files_dir=folder, max_upload=100)
    request.db = own
    store = files.upload_store(request)
    assert store(io.BytesIO(PDF), f"C:\\{NAME}") == {
        "sha256": SHA,
        "name": NAME,
        "size": len(PDF),
        "media_type": "application/pdf",
    }
    with pytest.raises(files.TooLarge):
        store(io.BytesIO(PDF * 9), NAME)
    with pytest.raises(files.KindNotAllowed):
        files.upload_store(request, frozenset({"png"}))(io.BytesIO(PDF), NAME)
