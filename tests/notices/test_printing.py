"""A document as PDF: the official layout, its words and nothing else, and where it can be had."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pypdfium2 as pdfium
import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader

from portal import files
from portal.notices import data as record
from portal.notices.body import plain_text
from portal.notices.printing import keeping, press
from portal.notices.printing.content import content_of
from portal.notices.printing.errors import PressBusy, PressTooSlow
from portal.publishing import service as publishing
from portal.publishing.models import State

MADE_AT = datetime(2026, 3, 2, tzinfo=UTC)
FULL = {
    "type": "quyet-dinh",
    "number": "31",
    "notation": "QĐ-THU",
    "issuer": "Bộ Thử nghiệm",
    "place": "Hà Nội",
    "issued_on": "2026-02-24",
    "title": "Về việc ban hành danh mục thử",
    "urgency": "hoa-toc",
    "signer": {"name": "Nguyễn Văn Thử", "position": "Thứ trưởng", "on_behalf": "KT.", "authority": "Bộ trưởng"},
    "recipients": [{"name": "Như Điều 2", "purpose": None}, {"name": "Cục Mẫu", "purpose": "để b/c"}],
    "archive_line": "Lưu: VT, TN (2)",
    "body": (
        "<p>Căn cứ Luật Thử nghiệm;</p><p>QUYẾT ĐỊNH:</p><h2>Điều 1. Ban hành</h2><p>Ban hành danh mục kèm theo"
        '<sup><a href="#chu-thich-1" id="goi-chu-thich-1">1</a></sup>.</p><h2>Điều 2. Hiệu lực</h2>'
        "<ul><li>Có hiệu lực ngay;</li></ul><p>Chánh Văn phòng thi hành./.</p>"
        "<h2>Phụ lục</h2><p>DANH MỤC THỬ</p><p>(Kèm theo Quyết định số 31/QĐ-THU)</p>"
        '<table><thead><tr><th scope="col">Cột A</th><th scope="col">Cột B</th></tr></thead>'
        "<tbody><tr><td>một</td><td>hai</td></tr></tbody></table>"
        '<aside class="portal-doc-notes"><ol><li id="chu-thich-1">Lời chú thử.</li></ol></aside>'
    ),
}
NASTY = (
    '#read("/etc/passwd") $x^2$ @nguon \\alpha `mã` *sao* _gạch_ // lời /* chú */ = đầu #import "a": * <nhan> ~ -- \''
)


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory, config) -> Path:
    assets = config.registry["portal.assets"]
    return keeping.fonts_in(tmp_path_factory.mktemp("print"), ((name, assets[name].body) for name in press.FONTS))


@pytest.fixture
def printed(fonts):
    """`printed(data)`: the PDF of a record."""

    def print_it(data: dict, mark: str | None = None, pictures: dict | None = None, source: str | None = None) -> bytes:
        edition = SimpleNamespace(data=record.clean(data))
        content, _wanted = content_of(edition, address="http://localhost", source=source, mark=mark)
        return press.print_pdf(content, pictures=pictures or {}, fonts=fonts, made_at=MADE_AT)

    return print_it


def words(content: bytes) -> str:
    """All words of a PDF on one line."""
    document = pdfium.PdfDocument(content)
    return tidy("\n".join(page.get_textpage().get_text_range() for page in document))


def tidy(text: str) -> str:
    return " ".join(text.replace("\ufffe", "").replace("\u00a0", " ").split())


def test_the_parts_of_a_paper_stand_in_their_order(printed):
    text = words(printed(FULL))
    order = [
        "BỘ THỬ NGHIỆM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 31/QĐ-THU",
        "HỎA TỐC",
        "Hà Nội, ngày 24 tháng 02 năm 2026",
        "QUYẾT ĐỊNH Về việc ban hành danh mục thử",
        "Căn cứ Luật Thử nghiệm;",
        "Điều 1. Ban hành",
        "Chánh Văn phòng thi hành./.",
        "Nơi nhận:",
        "Cục Mẫu (để b/c);",
        "Lưu: VT, TN (2)",
        "KT. BỘ TRƯỞNG",
        "THỨ TRƯỞNG",
        "Nguyễn Văn Thử",
        "Phụ lục DANH MỤC THỬ (Kèm theo Quyết định số 31/QĐ-THU)",
        "Cột A Cột B một hai",
    ]
    places = [text.find(one) for one in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert "1Lời chú thử." in text.replace(" ", "").replace("Lờichúthử.", "Lời chú thử.")


def test_what_is_unknown_is_not_made_up(printed):
    text = words(printed({"type": "thong-bao", "title": "Về việc thử", "issuer": "Cục Mẫu", "body": "<p>Một.</p>"}))
    assert text == "CỤC MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc THÔNG BÁO Về việc thử Một."


def test_a_number_that_was_not_written_leaves_its_room(printed):
    content = printed(FULL | {"number": None})
    assert "Số: /QĐ-THU" in words(content)
    assert "Số: 31" not in words(content)


def test_the_words_of_a_document_are_never_code(printed):
    plain = NASTY.replace("<", "&lt;").replace(">", "&gt;")
    content = printed(FULL | {"title": NASTY, "body": f"<p>{plain}</p><h2>{plain}</h2><ul><li>{plain}</li></ul>"})
    assert words(content).count(tidy(NASTY)) == 4


def test_the_text_of_the_pdf_is_the_text_of_the_body(printed):
    paragraphs = [f"Đoạn số {n} nói về việc thử nghiệm trình bày, gồm cả chữ ươ ử ỡ ặ." for n in range(1, 200)]
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    text = re.sub(r"(?<=\.) \d{1,2} (?=Đoạn)", " ", words(printed({"title": "Thử", "body": body})))  # sheet numbers
    assert tidy(plain_text(body)) in text


def test_it_can_be_read_by_the_blind_and_kept_for_long(printed):
    content = printed(FULL)
    root = PdfFileReader(io.BytesIO(content)).root
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert "/StructTreeRoot" in root
    description = root["/Metadata"].data.decode()
    assert re.search(r"pdfuaid:part\W+1\b", description)
    assert re.search(r"pdfaid:part\W+2\b", description)
    document = pdfium.PdfDocument(content)
    assert document.get_metadata_dict()["Title"] == "Quyết định số 31/QĐ-THU – Về việc ban hành danh mục thử"
    outline = [(entry.level, entry.get_title()) for entry in document.get_toc()]
    assert [title for level, title in outline if level] == ["Điều 1. Ban hành", "Điều 2. Hiệu lực", "Phụ lục"]


def test_each_annex_has_sheets_of_its_own(printed):
    annexes = "".join(f"<h2>Phụ lục {n}</h2><p>Nội dung {n}.</p>" for n in ("I", "II"))
    document = pdfium.PdfDocument(printed(FULL | {"body": "<p>Chính văn.</p>" * 60 + annexes}))
    sheets = [tidy(page.get_textpage().get_text_range()) for page in document]
    assert sheets[1].startswith("2 Chính văn.")
    assert "Nguyễn Văn Thử" in sheets[-3]
    assert sheets[-2:] == ["Phụ lục I Nội dung I.", "Phụ lục II Nội dung II."]


def test_the_title_of_a_chapter_stands_below_its_number(printed):
    body = "<h2>Chương II NHỮNG ĐIỀU THỬ</h2><h3>Điều 3. Một điều</h3><p>Nội dung.</p>"
    page = pdfium.PdfDocument(printed(FULL | {"body": body}))[0].get_textpage().get_text_range()
    assert "Chương II\r\nNHỮNG ĐIỀU THỬ\r\nĐiều 3. Một điều\r\n" in re.sub(r" +(?=\r)", "", page)


def test_a_letter_is_addressed(printed):
    letter = FULL | {"type": "cong-van", "title": "việc góp ý", "body": "<p>Kính gửi: Bộ Mẫu</p><p>Xin góp ý./.</p>"}
    text = words(printed(letter))
    assert "V/v việc góp ý" in text
    assert "Kính gửi: Bộ Mẫu Xin góp ý./." in text
    several = letter | {"body": "<p>Kính gửi:</p><ul><li>Bộ Mẫu;</li><li>Cục Thử.</li></ul><p>Xin góp ý./.</p>"}
    assert re.search(r"Kính gửi: [-‐] ?Bộ Mẫu; [-‐] ?Cục Thử\. Xin góp ý", words(printed(several)))


def test_pictures_are_shown_and_a_missing_one_leaves_its_words(printed, tmp_path):
    picture = tmp_path / "anh"
    Image.new("RGB", (300, 200), "red").save(picture, "PNG")
    broken = tmp_path / "hong"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nhong")
    names = ["a" * 64, "b" * 64, "c" * 64]
    edition = SimpleNamespace(data=record.clean(FULL))
    body = "".join(f'<p>Trước<img src="/tep/{name}/anh.png" alt="Ảnh {name[0]}"></p>' for name in names)
    edition.data["body"] = record.Body(body)
    content, wanted = content_of(edition, address="http://localhost", source=None, mark=None)
    assert wanted == set(names)
    found = press._with_pictures(content["main"], {names[0]: {"file": "x.png", "width": 1.0}})
    assert [block["k"] for block in found] == ["p", "picture", "p", "p", "p", "p"]
    made = printed(FULL | {"body": body}, pictures={names[0]: picture, names[1]: broken})
    assert "Nguyễn Văn Thử" in words(made)


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td colspan='9'>rộng</td></tr><tr><td>a</td><td>b</td></tr></table>",
        "<table><tr><td rowspan='9'>cao</td><td>b</td></tr><tr><td>c</td></tr></table>",
        "<table><tr><td rowspan='2'>a</td><td>b</td><td rowspan='2'>c</td></tr><tr><td colspan='2'>đè</td></tr>"
        "</table>",
        "<table><thead><tr><th rowspan='3'>chỉ đầu</th></tr></thead></table>",
        "<table><tr></tr></table>",
        f"<table><tr>{'<td>ô</td>' * 80}</tr></table>",
        "<table><tr><td><table><tr><td>trong</td></tr></table></td></tr></table>",
    ],
    ids=["wide", "high", "crossing", "head only", "empty", "too many", "nested"],
)
def test_whatever_a_table_claims_it_is_set(printed, table):
    assert "Nguyễn Văn Thử" in words(printed(FULL | {"body": f"<p>Trước.</p>{table}<p>Sau.</p>"}))


def test_a_word_longer_than_a_line_stays_on_the_sheet(printed):
    document = pdfium.PdfDocument(printed(FULL | {"body": f"<p>https://vidu.gov.vn/{'a1' * 300}het</p>"}))
    found = document[0].get_textpage().search("het").get_next()
    assert found is not None
    left, _bottom, right, _top = document[0].get_textpage().get_charbox(found[0])
    assert 0 < left < right < 595


def test_signs_that_no_font_has_do_not_stop_the_paper(printed):
    assert "Nguyễn Văn Thử" in words(printed(FULL | {"body": "<p>漢字 𓀀 ☐ ∑ đủ</p>"}))


def test_the_same_document_makes_the_same_bytes(printed):
    assert printed(FULL) == printed(FULL)


def test_the_study_papers_can_be_set(printed, shared):
    from portal.notices.paper import from_paper

    for seed in sorted((shared / "data/seeds").glob("*.txt")):
        data = from_paper(seed.read_text(encoding="utf-8"), resolve=None)
        assert tidy(plain_text(data["body"]))[:400] in words(printed(data))


# ----- one at a time


def test_who_would_wait_too_long_is_told_at_once(fonts, monkeypatch):
    running, go_on = Event(), Event()
    monkeypatch.setattr(press, "_run", lambda folder: (running.set(), go_on.wait(20), _write_nothing(folder)))
    first = Thread(target=press.print_pdf, args=({},), kwargs=_job(fonts))
    first.start()
    assert running.wait(20)
    with pytest.raises(PressBusy):
        press.print_pdf({}, **_job(fonts) | {"patience": 0})
    go_on.set()
    first.join(20)
    assert press.print_pdf({}, **_job(fonts)) == b""


def test_a_document_that_never_ends_is_stopped(fonts, monkeypatch):
    monkeypatch.setattr(press, "SECONDS", 0.01)
    with pytest.raises(PressTooSlow):
        press.print_pdf({}, **_job(fonts))


def test_a_document_that_never_ends_is_not_tried_by_everybody(tmp_path):
    tries = []

    def never_ends() -> bytes:
        tries.append(1)
        raise PressTooSlow

    for later in (0, 30, 70):
        with pytest.raises(PressTooSlow):
            keeping.kept(tmp_path, "ef" * 32, never_ends, MADE_AT + timedelta(minutes=later))
    assert len(tries) == 2


def _write_nothing(folder: Path) -> None:
    (folder / "document.pdf").write_bytes(b"")


def _job(fonts: Path) -> dict:
    return {"pictures": {}, "fonts": fonts, "made_at": MADE_AT}


def test_what_nobody_asks_for_any_more_is_swept(tmp_path):
    keeping.kept(tmp_path, "ab" * 32, lambda: b"cu", MADE_AT)
    keeping.kept(tmp_path, "cd" * 32, lambda: b"moi", MADE_AT)
    later = datetime.now(UTC) + timedelta(days=40)
    assert keeping.kept(tmp_path, "cd" * 32, lambda: b"khac", later) == b"moi"
    assert keeping.sweep(tmp_path, later) == 1
    assert keeping.kept(tmp_path, "ab" * 32, lambda: b"lai", later) == b"lai"


# ----- over HTTP


@pytest.fixture
def unit(make):
    return make.agency("Y31", "Bộ Thử nghiệm")


@pytest.fixture
def edition(make, unit):
    return make.notice(unit, published=True, number="31", notation="QĐ-THU", type="quyet-dinh", title="Về việc in")


def test_the_public_gets_the_pdf_of_what_is_published(app, edition):
    answer = app.get(f"{edition.item.path}.pdf")
    assert answer.content_type == "application/pdf"
    assert "Set-Cookie" not in answer.headers
    assert "must-revalidate" in answer.headers["Cache-Control"]
    assert "inline" in answer.headers["Content-Disposition"]
    assert "31-Q%C4%90-THU.pdf" in answer.headers["Content-Disposition"]
    assert f'<http://localhost{edition.item.path}>; rel="canonical"' in answer.headers["Link"]
    text = words(answer.body)
    assert "Số: 31/QĐ-THU" in text
    assert f"http://localhost{edition.item.path}" in text
    assert "không thay thế bản gốc" in text
    app.get(f"{edition.item.path}.pdf", headers={"If-None-Match": answer.headers["ETag"]}, status=304)


def test_the_pdf_is_made_once(app, edition, monkeypatch):
    first = app.get(f"{edition.item.path}.pdf")
    monkeypatch.setattr(press, "_run", lambda folder: pytest.fail("it was made a second time"))
    assert app.get(f"{edition.item.path}.pdf").body == first.body


def test_a_new_edition_has_a_new_pdf(app, db, make, unit, edition, at):
    before = app.get(f"{edition.item.path}.pdf")
    editor, approver = make.person(editor=unit), make.person(approver=unit)
    copy = publishing.working_copy(db, edition.item, by=editor, at=at)
    data = copy.data | {"body": "<p>Nội dung mới hẳn.</p>"}
    publishing.save(db, copy, data, version=copy.version, by=editor, at=at)
    publishing.publish(db, copy, change_note="Sửa nội dung", version=copy.version, by=approver, at=at)
    after = app.get(f"{edition.item.path}.pdf", headers={"If-None-Match": before.headers["ETag"]})
    assert "Nội dung mới hẳn." in words(after.body)


def test_a_draft_has_no_public_pdf(app, make, unit):
    draft = make.notice(unit, number="32", title="Chưa công bố")
    assert draft.item.path is None
    app.get("/van-ban/32-tb-thu-2026.pdf", status=404)


def test_what_was_withdrawn_is_gone_as_pdf_too(app, db, make, unit, edition, at):
    app.get(f"{edition.item.path}.pdf", status=200)
    approver = make.person(approver=unit)
    publishing.withdraw(db, edition, why="Ban hành nhầm", version=edition.version, by=approver, at=at)
    assert "Ban hành nhầm" in app.get(f"{edition.item.path}.pdf", status=410).text


def test_a_moved_document_leads_to_its_new_pdf(app, db, make, unit, edition, at):
    old = edition.item.path
    publishing.move(db, edition.item, "/van-ban/dia-chi-moi", by=make.person(editor=unit), at=at)
    assert app.get(f"{old}.pdf", status=301).location.endswith("/van-ban/dia-chi-moi.pdf")


def test_a_busy_press_says_when_to_come_back(app, edition, monkeypatch):
    def busy(*_given, **_more):
        raise PressBusy

    monkeypatch.setattr(press, "print_pdf", busy)
    answer = app.get(f"{edition.item.path}.pdf", status=503)
    assert answer.headers["Retry-After"] == "30"
    assert "Hãy thử lại sau nửa phút" in answer.text


def test_the_desk_sees_a_draft_marked_as_such(app, sign_in, make, unit):
    draft = make.notice(unit, number="33", title="Đang soạn")
    address = f"/ban-lam-viec/van-ban/{draft.item.uid}/xem-truoc/{draft.number}.pdf"
    assert app.get(address, status="*").status_int in (303, 403)
    sign_in(app, make.person(reader=unit))
    answer = app.get(address)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "DỰ THẢO" in words(answer.body)
    sign_in(app, make.person(reader=make.agency()))
    app.get(address, status=403)


def test_pictures_of_a_document_come_from_the_files(app, db, make, unit, settings, at):
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "blue").save(stream, "PNG")
    stream.seek(0)
    file = files.store(db, stream, name="hinh.png", at=at, limits=files.Limits(), directory=settings.files_dir)
    edition = make.notice(unit, published=True, number="34", title="Có hình")
    edition.data = edition.data | {"body": f'<p>Hình:</p><p><img src="/tep/{file.sha256}/hinh.png" alt="Ô xanh"></p>'}
    db.flush()
    document = pdfium.PdfDocument(app.get(f"{edition.item.path}.pdf").body)
    kinds = [thing.type for thing in document[0].get_objects()]
    assert pdfium.raw.FPDF_PAGEOBJ_IMAGE in kinds


def test_the_states_that_have_a_mark_are_states():
    from portal.notices.printing.content import MARKS

    assert set(MARKS) < set(State)
    assert json.dumps(list(MARKS.values()))


def test_a_file_that_is_no_picture_is_opened_by_no_program_of_the_machine(tmp_path):
    drawing = tmp_path / "anh"
    drawing.write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n%%EOF\n")
    assert Image.open(drawing).format == "EPS"
    assert press._picture(tmp_path, "0" * 64, drawing) is None
    assert [path.name for path in tmp_path.iterdir()] == ["anh"]
