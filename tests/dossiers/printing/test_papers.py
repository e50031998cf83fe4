"""Forms 01–07: what stands on them, as page and as PDF, and that they stay as they were issued."""

import hashlib
import io
from datetime import date, timedelta
from html import unescape

import pypdfium2
import pytest
from lxml import etree
from sqlalchemy import select

from portal import files
from portal.catalogue.data import Channel
from portal.dossiers import printing
from portal.dossiers.applications import HandedIn
from portal.dossiers.errors import PaperNotYet
from portal.dossiers.following import seals
from portal.dossiers.models import Applicant, IssuedPaper
from portal.dossiers.printing import press, register, wording
from portal.dossiers.printing.issuing import digest
from portal.dossiers.printing.page import svg_of
from portal.dossiers.profiles import PROFILES, Paper
from portal.dossiers.states import Outcome
from portal.eforms import service as eforms
from portal.eforms.definition import clean
from portal.files import Limits
from portal.settings import ROOT


@pytest.fixture
def given(counter):
    dossier = counter.take()
    counter.do("receive", dossier)
    counter.do("assign", dossier, to=counter.staff.handler.person)
    return dossier


@pytest.fixture
def do(counter):
    """An act with the paper that goes out with it."""

    def go(act, dossier, **more):
        event = counter.do(act, dossier, **more)
        return printing.issue(counter.db, dossier, event, counter.office, at=counter.at)

    return go


def text(counter, dossier, paper, lang="vi"):
    made = printing.render(counter.db, dossier, paper, counter.office, lang=lang, at=counter.at)
    found = etree.fromstring(made.html.replace("<br>", "<br/>"), etree.HTMLParser())
    return " ".join(" ".join(found.itertext()).split())


def on_paper(counter, dossier, paper, lang="vi"):
    made = printing.pdf(counter.db, dossier, paper, counter.office, lang=lang, at=counter.at)
    document = pypdfium2.PdfDocument(made)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


@pytest.mark.parametrize("draw", [text, on_paper])
def test_the_receipt_says_what_the_form_asks(counter, given, draw):
    said = draw(counter, given, Paper.RECEIPT)
    for part in (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        given.code,
        "Nguyễn Thị Hoa",
        "0912345678",
        given.title,
        "5 ngày làm việc",
        "09 giờ 00 phút, ngày 02 tháng 3 năm 2026",
        "17 giờ 00 phút, ngày 09 tháng 3 năm 2026",
        "50.000 đồng",
        counter.staff.receptionist.person.name,
        "Độc lập - Tự do - Hạnh phúc",
        "Mẫu số 01",
    ):
        assert part in said
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said.upper()


FORM = clean({"title": "Tờ khai", "sections": [{"id": "mot", "title": "Một", "fields": [
    {"type": "files", "id": "chung_sinh", "label": "Giấy chứng sinh"},
    {"type": "group", "id": "con", "label": "Con", "fields": [
        {"type": "files", "id": "anh", "label": "Ảnh của con"}]}]}]})  # fmt: skip
HANDED_IN = [("a.txt", "chung_sinh"), ("b.txt", "con.anh"), ("c.txt", "con.anh"), ("d.txt", None), ("e.txt", "cu")]


@pytest.fixture
def online(counter):
    """A dossier with files, for some of which its form has a field."""

    def take(form):
        given = []
        for name, field in HANDED_IN:
            content, folder = io.BytesIO(name.encode()), counter.office.files_dir
            limits = Limits(size=1000)
            stored = files.store(counter.db, content, name=name, at=counter.at, limits=limits, directory=folder)
            given.append(HandedIn(stored.sha256, name, field))
        return counter.take(files=tuple(given), form=form)

    return take


def papers_on(counter, dossier):
    made = printing.render(counter.db, dossier, Paper.RECEIPT, counter.office, lang="vi", at=counter.at).html
    return etree.fromstring(made.replace("<br>", "<br/>"), etree.HTMLParser()).xpath(
        "(//*[contains(@class, 'portal-sheet__items')])[1]/li/text()"
    )


def test_the_receipt_says_which_paper_each_file_is(counter, online):
    dossier = online(eforms.pin(counter.db, FORM, at=counter.at))
    assert papers_on(counter, dossier) == [
        "Giấy chứng sinh (a.txt)", "Ảnh của con (b.txt, c.txt)", "d.txt", "e.txt",
    ]  # fmt: skip


def test_files_without_a_form_stand_by_their_names(counter, online):
    assert papers_on(counter, online(None)) == [name for name, _field in HANDED_IN]


def test_a_receipt_before_reception_promises_nothing(counter):
    said = text(counter, counter.take(), Paper.RECEIPT)
    assert "đang chờ tiếp nhận" in said
    assert "Thời gian trả kết quả" not in said


@pytest.mark.parametrize(("channel", "said"), [("direct", True), ("online", False), ("post", False)])
def test_the_receipt_names_a_place_of_collection_only_for_what_was_handed_in_there(counter, channel, said):
    dossier = counter.take(channel=Channel(channel))
    assert ("Nhận kết quả tại" in text(counter, dossier, Paper.RECEIPT)) is said


def test_the_request_for_a_supplement(counter, given, do):
    do("ask_supplement", given, what="1. Bản sao hộ khẩu\n2. Ảnh <3x4> & đơn", until=date(2026, 3, 25))
    for draw in (text, on_paper):
        said = draw(counter, given, Paper.SUPPLEMENT)
        assert "2. Ảnh <3x4> & đơn" in unescape(said)
        assert "ngày 25 tháng 3 năm 2026" in said
        assert "khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP" in said or "118/2025" in said


def test_the_refusal_cites_the_article(counter, do):
    dossier = counter.take()
    do("refuse", dossier, why="Không thuộc thẩm quyền")
    said = text(counter, dossier, Paper.REFUSAL)
    assert "Không thuộc thẩm quyền" in said
    assert dossier.law.articles["refusal"] in said


def test_the_apology_names_the_old_and_the_new_date(counter, given, do):
    do("apologise", given, why="Quá tải", due_on=date(2026, 3, 16))
    said = on_paper(counter, given, Paper.APOLOGY)
    assert "ngày 09 tháng 3 năm 2026" in said
    assert "ngày 16 tháng 3 năm 2026" in said
    assert "THỦ TRƯỞNG ĐƠN VỊ" in said


def test_the_control_sheet_says_who_had_it_and_whether_in_time(counter, given):
    counter.do("decide", given, outcome=Outcome.GRANTED, at=counter.at + timedelta(days=9))
    said = text(counter, given, Paper.CONTROL)
    assert counter.staff.handler.person.name in said
    assert "Quá hạn" in said
    assert "Giải quyết xong" in said


def test_a_form_of_what_has_not_happened_is_no_form(counter, given):
    with pytest.raises(PaperNotYet):
        text(counter, given, Paper.APOLOGY)


def test_each_state_of_the_law_has_its_own_set_and_numbers():
    assert {name: set(papers) for name, papers in wording.SETS.items()} == {
        name: set(profile.papers) for name, profile in PROFILES.items()
    }
    assert PROFILES["vn-2018"].paper_number(Paper.CONTROL) == 5
    assert PROFILES["vn-2025"].paper_number(Paper.CONTROL) == 6
    assert Paper.STOP not in wording.SETS["vn-2018"]


def test_an_issued_paper_never_changes(counter, do):
    dossier = counter.take()
    row = do("receive", dossier)
    before = text(counter, dossier, Paper.RECEIPT)
    counter.db.get(Applicant, dossier.id).name = "Tên Khác"
    counter.staff.receptionist.person.name = "Người Khác"
    counter.db.flush()
    assert text(counter, dossier, Paper.RECEIPT) == before
    assert digest(row.template, row.facts) == row.sha256
    assert "Số: 01/TNHS" in before


def test_papers_are_numbered_without_gaps_by_agency_form_and_year(counter, do):
    for _number in range(3):
        do("receive", counter.take())
    do("refuse", counter.take(), why="Không đủ")
    rows = counter.db.execute(select(IssuedPaper.paper, IssuedPaper.number).order_by(IssuedPaper.id)).all()
    assert rows == [("receipt", 1), ("receipt", 2), ("receipt", 3), ("refusal", 1)]


def test_no_line_break_parts_a_word_of_a_title(counter, do):
    refused = counter.take()
    do("refuse", refused, why="Không đủ")
    made = printing.render(counter.db, refused, Paper.REFUSAL, counter.office, lang="vi", at=counter.at)
    assert "PHIẾU TỪ\xa0CHỐI TIẾP\xa0NHẬN, GIẢI\xa0QUYẾT HỒ\xa0SƠ</h2>" in unescape(made.html)
    document = pypdfium2.PdfDocument(
        printing.pdf(counter.db, refused, Paper.REFUSAL, counter.office, lang="vi", at=counter.at)
    )
    try:
        lines = [" ".join(line.split()) for line in document[0].get_textpage().get_text_range().splitlines()]
    finally:
        document.close()
    assert not any(line.endswith("TIẾP") for line in lines)
    assert any("TIẾP NHẬN" in line for line in lines)


def test_issuing_twice_gives_the_same_paper(counter):
    dossier = counter.take()
    event = counter.do("receive", dossier)
    given = [printing.issue(counter.db, dossier, event, counter.office, at=counter.at) for _twice in (1, 2)]
    assert given[0] is given[1]


def test_the_code_on_a_paper_leads_to_its_seal_and_that_on_a_receipt_to_the_lookup(counter, given, do):
    row = do("ask_supplement", given, what="Ảnh")
    sealed = seals.address_of(counter.db, counter.office, given, row.sha256)
    assert sealed
    made = printing.render(counter.db, given, Paper.SUPPLEMENT, counter.office, lang="vi", at=counter.at)
    assert svg_of(sealed) in made.html
    receipt = printing.render(counter.db, given, Paper.RECEIPT, counter.office, lang="vi", at=counter.at)
    assert svg_of(f"http://localhost/tra-cuu-ho-so?ma={given.code}") in receipt.html


def test_the_seal_stands_under_the_code_of_every_paper_that_went_out(counter, given, do):
    row, other = do("ask_supplement", given, what="Ảnh"), counter.take()
    received = do("receive", other)
    for dossier, paper, issued in ((given, Paper.SUPPLEMENT, row), (other, Paper.RECEIPT, received)):
        seal = seals.text_of(counter.db, counter.office, dossier, issued.sha256)
        page = text(counter, dossier, paper)
        assert f"Mã xác minh: {seal}" in page
        assert dossier.code in page
        written = on_paper(counter, dossier, paper)
        assert "Mã xác minh" in written
        assert seal in written.replace("\u200b", "").replace("- ", "-").replace("\ufffe", "-")


@pytest.mark.parametrize(
    "evil", ["{{ 7*7 }}", "title Tên giả", "sign A :: B", "<script>alert(1)</script>", "#eval(1)", "a :: b"]
)
def test_what_people_wrote_is_never_a_block_nor_code(counter, do, evil):
    dossier = counter.take()
    do("refuse", dossier, why=f"Dòng đầu\n{evil}\nDòng cuối")
    made = printing.render(counter.db, dossier, Paper.REFUSAL, counter.office, lang="vi", at=counter.at)
    assert "<script" not in made.html
    assert evil in unescape(made.html)
    assert evil in on_paper(counter, dossier, Paper.REFUSAL)
    assert made.title == "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ"


def test_the_english_form_says_that_it_is_a_translation(counter, given):
    for draw in (text, on_paper):
        said = draw(counter, given, Paper.RECEIPT, "en")
        assert "5 working days" in said
        assert "Translation for information" in said


def test_the_pdf_is_the_same_each_time_and_for_archives(counter, given):
    first, second = (
        printing.pdf(counter.db, given, Paper.RECEIPT, counter.office, lang="vi", at=counter.at) for _twice in (1, 2)
    )
    assert first == second
    assert b"pdfaid" in first


def test_the_register_counts_all_and_prints_what_fits(counter, given, monkeypatch):
    counter.take()
    monkeypatch.setattr(register, "MOST", 1)
    day = counter.at.date()
    asked = {"by": counter.staff.receptionist, "lang": "vi", "at": counter.at}
    rows, total = register.of_period(counter.db, day, day, by=asked["by"])
    sheet = register.sheet_for(counter.db, counter.office, rows, total, day, day, **asked)
    table = next(block for block in sheet.blocks if block["k"] == "table")
    assert len(table["rows"]) == 1
    assert "Tổng số: 2 hồ sơ. Sổ in 1 hồ sơ đầu" in sheet.blocks[-1]["text"]


def register_of(counter, by=None):
    """The sheet of the day's register."""
    day, by = counter.at.date(), by or counter.staff.receptionist
    rows, total = register.of_period(counter.db, day, day, by=by)
    return register.sheet_for(counter.db, counter.office, rows, total, day, day, by=by, lang="vi", at=counter.at)


def rows_in(sheet):
    return next(block["rows"] for block in sheet.blocks if block["k"] == "table")


@pytest.mark.parametrize(("channel", "word"), [(Channel.POST, "Bưu chính"), (Channel.DIRECT, "Trực tiếp")])
def test_the_register_says_how_a_result_was_handed_over_not_how_the_dossier_came(counter, given, channel, word):
    counter.do("decide", given, outcome=Outcome.GRANTED)
    counter.do("announce_result", given)
    assert rows_in(register_of(counter))[0][10] == ""
    counter.do("return_result", given, channel=channel)
    assert given.channel == Channel.ONLINE
    assert rows_in(register_of(counter))[0][10] == word


def boxes(page, word):
    """Left and right edge of each place where the word stands, in points."""
    texts = page.get_textpage()
    found, search = [], texts.search(word, match_case=True)
    while at := search.get_next():
        signs = [texts.get_charbox(at[0] + place) for place in range(at[1])]
        if len({round(one[1]) for one in signs}) > 2:
            continue
        found.append((min(one[0] for one in signs), max(one[2] for one in signs)))
    return found


def test_the_code_in_the_register_stays_in_its_column(counter, given):
    sheet = register_of(counter)
    document = pypdfium2.PdfDocument(press.pdf_of(sheet, counter.office, made_at=counter.at))
    try:
        page = document[0]
        (code,) = boxes(page, given.code)
        title = boxes(page, given.title.split()[0])[0]
        assert code[1] + 3 < title[0]
        assert page.get_width() - 42 > code[1]
    finally:
        document.close()


TEMPLATES = ROOT / "portal" / "dossiers" / wording.FOLDER


def test_every_template_stands_in_both_languages():
    names = {name for papers in wording.SETS.values() for name in papers.values()}
    for lang in ("vi", "en"):
        assert {path.stem for path in (TEMPLATES / lang).glob("*.txt")} >= names


GOLDEN = {
    "en/apology-1": "3057b6e980190c4e",
    "en/apology-2": "73c39fd92547b139",
    "en/control-1": "2f07d97516292ef2",
    "en/receipt-1": "f414cc60c35d4615",
    "en/receipt-2": "74aa977eb399b058",
    "en/refusal-1": "02471f4649e2e1da",
    "en/register-1": "5b4a8ac469892e4c",
    "en/stop-1": "cda89ebdfb2ad0a6",
    "en/supplement-1": "0dc1f76ad59d2f4b",
    "vi/apology-1": "5675dbe7d9e14b13",
    "vi/apology-2": "860e08b68f39c12c",
    "vi/control-1": "b37aa55503734564",
    "vi/receipt-1": "60321c841060c865",
    "vi/receipt-2": "a2ae95e7b50eafbb",
    "vi/refusal-1": "29928fc9209f1666",
    "vi/register-1": "32ae21e9201cd1ad",
    "vi/stop-1": "cdc8c71094919dd8",
    "vi/supplement-1": "75689fc84b0ac6a1",
}


def test_a_template_that_was_used_is_never_edited():
    """Other words need a next version: papers that went out by this one would change."""
    found = {
        f"{path.parent.name}/{path.stem}": hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted(TEMPLATES.glob("*/*.txt"))
    }
    assert found == GOLDEN
