"""Files of an application over a bad line: by their gate, for the holder of the draft, each once."""

from base64 import b64encode
from typing import Any

from dossiers.applying.conftest import PDF
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.dossiers.models import DossierFile, Draft
from portal.eforms.models import PartialUpload


def said(page: Any) -> str:
    return " ".join(page.html.main.get_text(" ").split())


def meta(**about: str) -> str:
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in about.items())


def upload(one: Any, name: str = "qua-mang.pdf", field: str = "ban_chup", *, status: int = 201, **more: str) -> Any:
    """A file as the script of the page sends it."""
    form = one.page.forms["bieu-mau"]
    owner = more.get("owner", f"draft:{one.key}")
    headers = {"Tus-Resumable": "1.0.0", "X-Upload-Owner": owner, "X-CSRF-Token": form["csrf_token"].value}
    about = headers | {"Upload-Length": str(len(PDF)), "Upload-Metadata": meta(owner=owner, field=field, filename=name)}
    made = one.app.post("/tep-tai-len", b"", headers=about, status=status)
    if status != 201:
        return made
    for start, end in ((0, 10), (10, len(PDF))):
        piece = headers | {"Upload-Offset": str(start), "Content-Type": "application/offset+octet-stream"}
        one.app.request(
            made.location,
            method="PATCH",
            headers=piece,
            body=PDF[start:end],
            status=204,
            content_type=piece["Content-Type"],
        )
    return made


def test_a_file_that_came_in_pieces_counts_as_answer(db: Session, walk: Any) -> None:
    one = walk().who().fill(co_con="false")
    upload(one)
    one.fill(cam_doan=True)
    assert one.page.request.path.endswith("/kiem-tra")
    assert "qua-mang.pdf" in said(one.page)
    assert db.scalars(select(PartialUpload)).all() == []
    one.submit()
    assert [file.name for file in db.scalars(select(DossierFile))] == ["qua-mang.pdf"]


def test_it_stands_on_the_page_that_is_opened_again_and_is_taken_once(db: Session, walk: Any) -> None:
    one = walk().who().fill(co_con="false")
    upload(one)
    one.open("phan-bo")
    assert "qua-mang.pdf" in said(one.page)
    one.fill(cam_doan=True)
    assert len(db.scalars(select(Draft)).one().answers["ban_chup"]) == 1
    one.open("phan-bo").fill(cam_doan=True)
    assert len(db.scalars(select(Draft)).one().answers["ban_chup"]) == 1


def test_a_file_that_was_taken_off_the_page_does_not_come_back(db: Session, walk: Any) -> None:
    one = walk().who().fill(co_con="false")
    upload(one)
    one.open("phan-bo").fill(status=422, remove=True, cam_doan=True)
    assert "qua-mang.pdf" not in said(one.page)
    assert not db.scalars(select(Draft)).one().answers.get("ban_chup")


def test_only_the_holder_of_the_key_uploads_and_only_for_fields_that_take_files(walk: Any) -> None:
    one = walk().who().fill(co_con="false")
    upload(one, owner="draft:khong-co-khoa-nay", status=403)
    upload(one, field="ho_ten", status=403)
    upload(one, field="khong_co", status=403)


def test_after_submission_nothing_can_be_uploaded(walk: Any) -> None:
    one = walk().who().fill(co_con="false")
    page = one.page
    upload(one)
    one.fill(cam_doan=True).submit()
    one.page = page
    one.app.get(one.address + "/da-nop")
    upload(one, status=403)
