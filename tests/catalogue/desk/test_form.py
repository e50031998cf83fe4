"""The edit form of a procedure over HTTP: nothing is lost on the way to the form and back."""

import io

import pytest
from catalogue.desk.records import PLAIN, POOR, RICH
from webtest import Checkbox, Upload

from portal import files
from portal.catalogue.data import clean
from portal.catalogue.desk.nodes import Amount
from portal.publishing import service as publishing
from portal.publishing.models import Edition, State

DESK = "/ban-lam-viec/thu-tuc"


@pytest.fixture
def unit(make):
    return make.agency(code="G15", name="Bộ Tư pháp")


@pytest.fixture
def editor(make, unit):
    return make.person(editor=unit)


@pytest.fixture
def approver(make, unit):
    return make.person(approver=unit)


@pytest.fixture
def draft(make, unit, editor):
    return make.procedure(unit, by=editor)


@pytest.fixture
def rich(db, settings, at):
    """The fullest record, its blank form stored."""
    kept = files.store(
        db, io.BytesIO(b"Mau to khai"), name="mau.txt", at=at, limits=files.Limits(), directory=settings.files_dir
    )
    form = {"sha256": kept.sha256, "name": "mau.txt", "size": kept.size, "media_type": kept.media_type}
    papers = [RICH["documents"][0] | {"form": form}, *RICH["documents"][1:]]
    return clean(RICH | {"documents": papers})


def form_of(app, edition):
    return app.get(f"{DESK}/{edition.item.uid}/sua").forms["thu-tuc"]


def put(form, place, value):
    """Type into the control at `direct.fees.0.amount`."""
    wanted = f"thu-tuc-{place.replace('.', '-')}"
    control = next(one for fields in form.fields.values() for one in fields if one.id == wanted)
    if isinstance(control, Checkbox):
        control.checked = value
    else:
        control.force_value(value)


@pytest.mark.parametrize("name", ["rich", "poor", "plain"])
def test_a_record_goes_through_the_form_unchanged(app, sign_in, make, unit, editor, rich, db, at, name):
    before = {"rich": rich, "poor": clean(POOR), "plain": clean(PLAIN)}[name]
    edition = make.procedure(unit, by=editor)
    publishing.save(db, edition, before, version=edition.version, by=editor, at=at)
    sign_in(app, editor)
    form_of(app, edition).submit("save", status=303)
    assert edition.data == before


@pytest.mark.parametrize("name", ["rich", "poor", "plain"])
def test_the_form_says_all_of_a_record(app, sign_in, make, unit, editor, rich, db, at, name):
    """Typed over another record, it makes that one the same, apart from what editors do not write."""
    before = {"rich": rich, "poor": clean(POOR), "plain": clean(PLAIN)}[name]
    offered = {name: before[name] for name in ("audiences", "events", "fields", "eform")}  # no vocabulary in this test
    one, other = make.procedure(unit, by=editor), make.procedure(unit, by=editor, **offered)
    publishing.save(db, one, before, version=one.version, by=editor, at=at)
    sign_in(app, editor)
    typed = [(field, value) for field, value in form_of(app, one).submit_fields("save") if field != "confirmed"]
    sent = [(field, str(other.version) if field == "version" else value) for field, value in typed]
    app.post(f"{DESK}/{other.item.uid}/sua", sent, status=303)
    assert other.data == before | {"original": {}, "doubts": {}}


def test_a_procedure_is_begun_with_little(app, db, sign_in, editor):
    sign_in(app, editor)
    form = app.get(f"{DESK}/moi").forms["thu-tuc-moi"]
    form["code"], form["name"] = "2.000635", "Cấp bản sao trích lục"
    page = form.submit("begin", status=303).follow()
    edition = db.query(Edition).one()
    assert (edition.data["code"], edition.data["name"]) == ("2.000635", "Cấp bản sao trích lục")
    assert page.html.find(id="thu-tuc-code")["value"] == "2.000635"


def test_a_code_of_another_shape_is_refused_and_shown_back(app, db, sign_in, editor, draft):
    sign_in(app, editor)
    form = form_of(app, draft)
    code = draft.data["code"]
    put(form, "code", "1.12")
    put(form, "name", "Tên vẫn được lưu")
    page = form.submit("save", status=422)
    assert "“1.12” chưa đúng dạng mã thủ tục" in page.text
    assert page.html.find(id="thu-tuc-code")["value"] == "1.12"
    assert (draft.data["code"], draft.data["name"]) == (code, "Tên vẫn được lưu")


def test_saving_and_handing_in_then_approving_makes_it_public(app, sign_in, editor, approver, draft):
    sign_in(app, editor)
    form = form_of(app, draft)
    put(form, "name", "Cấp giấy đã sửa tên")
    assert "Chờ duyệt" in form.submit("submit", status=303).follow().text
    sign_in(app, approver)
    item = app.get(f"/ban-lam-viec/muc/{draft.item.uid}")
    next(f for f in item.forms.values() if f.action.endswith("/cong-bo")).submit(status=303)
    app.reset()
    assert "Cấp giấy đã sửa tên" in app.get(draft.item.path).text


def test_a_partial_service_is_handed_in_only_with_reason_and_provision(app, sign_in, editor, draft):
    sign_in(app, editor)
    form = form_of(app, draft)
    form["service"] = "mot-phan"
    put(form, "online.used", True)
    page = form.submit("submit", status=422)
    assert "phải nêu lý do chưa cung cấp toàn trình" in page.text
    assert "phải nêu quy định pháp luật" in page.text
    form = page.forms["thu-tuc"]
    form["partial_reason"], form["partial_basis"] = "Phải đối chiếu bản chính.", "Điều 14 Nghị định thử"
    form.submit("submit", status=303)
    assert draft.state is State.IN_REVIEW


def test_a_stale_save_shows_both_texts_and_loses_neither(app, db, sign_in, editor, draft, at):
    sign_in(app, editor)
    form = form_of(app, draft)
    publishing.save(db, draft, draft.data | {"name": "Của người kia"}, version=draft.version, by=None, at=at)
    form.set("name", "Của tôi", 0)
    page = form.submit("save", status=409)
    assert page.forms["thu-tuc"].get("name", 0).value == "Của tôi"
    assert page.html.find("section", class_="portal-diff") is not None
    assert draft.data["name"] == "Của người kia"
    page.forms["thu-tuc"].submit("save", status=303)
    assert draft.data["name"] == "Của tôi"


def test_what_was_typed_is_kept_by_autosave_and_can_be_taken_up(app, sign_in, editor, draft):
    sign_in(app, editor)
    page = app.get(f"{DESK}/{draft.item.uid}/sua")
    form = page.forms["thu-tuc"]
    form.set("name", "Đang gõ dở", 0)
    app.post(page.html.find("form", id="thu-tuc")["data-autosave-url"], form.submit_fields("save"), status=200)
    assert "chưa lưu" in app.get(f"{DESK}/{draft.item.uid}/sua").text
    page = app.get(f"{DESK}/{draft.item.uid}/sua?tiep=1")
    assert page.forms["thu-tuc"].get("name", 0).value == "Đang gõ dở"


class TestTimesAndPayments:
    def test_an_amount_of_money_is_read_with_dots_and_words(self, app, sign_in, editor, draft):
        sign_in(app, editor)
        form = form_of(app, draft)
        assert "50.000" in [field.value for field in form.fields["amount"]]
        put(form, "direct.fees.0.amount", "1.250.000 đồng")
        form.submit("save", status=303)
        fee = draft.data["channels"][0]["fees"][0]
        assert (fee["amount"], fee["text"]) == (1250000, None)  # "50.000 đồng" spoke of another amount

    def test_words_of_a_new_row_are_read_into_a_time(self, app, sign_in, editor, draft):
        sign_in(app, editor)
        form = form_of(app, draft)
        form = form.submit("__row__", value="add:direct.limits", status=200).forms["thu-tuc"]
        put(form, "direct.limits.1.text", "10 ngày")
        form.submit("save", status=303)
        limits = draft.data["channels"][0]["limits"]
        assert [(row["amount"], row["unit"]) for row in limits] == [(5, "working_days"), (10, "days")]

    def test_a_time_without_unit_is_refused_and_shown_back(self, app, sign_in, editor, draft):
        sign_in(app, editor)
        form = form_of(app, draft)
        put(form, "direct.limits.0.unit", "")
        page = form.submit("save", status=422)
        assert "Hãy chọn đơn vị của thời hạn." in page.text
        assert draft.data["channels"][0]["limits"][0]["unit"] == "working_days"

    def test_something_said_of_a_channel_counts_as_using_it(self, app, sign_in, editor, draft):
        sign_in(app, editor)
        form = form_of(app, draft)
        put(form, "post.description", "Gửi qua bưu điện")
        form.submit("save", status=303)
        assert [row["channel"] for row in draft.data["channels"]] == ["direct", "post"]

    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("50.000", "50000"),
            ("50 000 đ", "50000"),
            ("1,250,000 VNĐ", "1250000"),
            ("0", "0"),
            ("5.5", "5.5"),
            ("abc", "abc"),
        ],
    )
    def test_grouped_amounts_are_whole_amounts(self, typed, read):
        assert Amount().deserialize(None, typed) == read


class TestPapers:
    def test_a_blank_form_is_uploaded_and_public_with_the_procedure(self, app, sign_in, editor, draft, db, at):
        sign_in(app, editor)
        form = form_of(app, draft)
        form.set("upload", Upload("to-khai.txt", "Tờ khai".encode(), "text/plain"), 0)
        form.submit("save", status=303)
        file = draft.data["documents"][0]["form"]
        assert file["name"] == "to-khai.txt"
        address = f"/tep/{file['sha256']}/{file['name']}"
        app.reset()
        app.get(address, status=404)
        publishing.publish_imported(db, draft, at=at)
        app.get(address, status=200)

    def test_a_paper_without_name_is_asked_for_it(self, app, sign_in, editor, draft):
        sign_in(app, editor)
        form = form_of(app, draft)
        put(form, "documents.0.name", "")
        page = form.submit("save", status=422)
        assert "Hãy ghi tên giấy tờ." in page.text
        assert draft.data["documents"][0]["name"] == "Đơn đề nghị"


class TestDoubts:
    DOUBTS = {"cases": "Không rõ các bước.", "cases.1": "Trường hợp thứ hai không có tên.", "la": "Điều lạ."}
    ORIGINAL = {"cases": "Bước 1. Nộp hồ sơ\nBước 2", "channels.0.limits": "05"}

    @pytest.fixture
    def doubted(self, make, unit, editor):
        return make.procedure(unit, by=editor, doubts=self.DOUBTS, original=self.ORIGINAL)

    def test_each_stands_beside_its_field_with_the_words_of_the_source(self, app, sign_in, editor, doubted):
        sign_in(app, editor)
        page = app.get(f"{DESK}/{doubted.item.uid}/sua")
        assert "Không rõ các bước." in page.html.find(id="thu-tuc-cases-hint").text
        paper = page.html.find(attrs={"data-paper": True})
        assert "Bước 1. Nộp hồ sơ" in paper.text
        assert {a["data-portal-read"] for a in paper.find_all("a")} == {"thu-tuc-cases", "thu-tuc-direct-limits"}
        start, end = (int(page.html.find(id="thu-tuc-cases")[f"data-passage-{side}"]) for side in ("start", "end"))
        assert paper.text[start:end] == "Bước 1. Nộp hồ sơ\nBước 2"

    def test_every_one_can_be_settled_and_only_then_is_it_handed_in(self, app, sign_in, editor, doubted):
        sign_in(app, editor)
        page = form_of(app, doubted).submit("submit", status=422)
        assert "Còn 3 điểm cần kiểm tra" in page.text
        boxes = page.html.find_all("input", attrs={"name": "confirmed"})
        assert {box["value"] for box in boxes} == set(self.DOUBTS)
        form = page.forms["thu-tuc"]
        for box in form.fields["confirmed"]:
            box.checked = True
        form.submit("submit", status=303)
        assert (doubted.state, doubted.data["doubts"]) == (State.IN_REVIEW, {})

    def test_one_that_is_settled_leaves_the_others(self, app, sign_in, editor, doubted):
        sign_in(app, editor)
        form = form_of(app, doubted)
        next(box for box in form.fields["confirmed"] if box._value == "cases").checked = True
        form.submit("save", status=303)
        assert set(doubted.data["doubts"]) == {"cases.1", "la"}


def test_a_second_procedure_with_the_same_code_is_warned_of(app, make, sign_in, unit, editor):
    first, second = (make.procedure(unit, by=editor, code="1.001193") for _ in range(2))
    sign_in(app, editor)
    page = app.get(f"{DESK}/{second.item.uid}/sua")
    assert "Đã có thủ tục khác cùng mã này." in page.text
    assert str(first.item.uid) in page.text


def test_the_preview_is_the_public_page_for_officials_only(app, sign_in, editor, draft):
    address = f"{DESK}/{draft.item.uid}/xem-truoc/1"
    app.get(address, status=303)
    sign_in(app, editor)
    page = app.get(address)
    assert "chưa công bố" in page.text
    assert draft.data["name"] in page.html.find("h1").text
    assert "no-store" in page.headers["Cache-Control"]
