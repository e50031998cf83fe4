"""What agencies add to a national procedure, on the desk."""

import pytest

from portal.catalogue.models import LocalService
from portal.publishing import service as publishing
from portal.publishing.models import Edition, State

DESK = "/ban-lam-viec/thu-tuc"


@pytest.fixture
def national(make):
    unit = make.agency("G15", "Bộ Tư pháp")
    return make.procedure(unit, published=True, code="1.001193", reception=[{"name": "Bộ phận của bộ"}])


@pytest.fixture
def province(make):
    return make.agency("H17", "Ủy ban nhân dân thành phố Ví Dụ", kind="province")


@pytest.fixture
def editor(make, province):
    return make.person(editor=province)


@pytest.fixture
def variant(make, national, province, editor):
    return make.local_service(national, province, by=editor)


def form_of(app, edition):
    return app.get(f"{DESK}/dia-phuong/{edition.item.uid}/sua").forms["dia-phuong"]


def change_national(db, national, at, **change):
    item = national.item
    copy = publishing.working_copy(db, item, by=None, at=at)
    publishing.save(db, copy, copy.data | change, version=copy.version, by=None, at=at)
    publishing.publish_imported(db, copy, at=at)


def test_an_editor_of_another_unit_begins_one_from_the_public_procedure(app, db, sign_in, national, province, editor):
    sign_in(app, editor)
    page = app.get(DESK, {"pham-vi": "tat-ca"})
    page = page.click(href=f"{national.item.uid}/dia-phuong")
    assert "Chưa có cơ quan nào" in page.text
    page = page.forms["dia-phuong-moi"].submit("begin", status=303).follow()
    assert "Bộ phận của bộ" in page.html.find(class_="portal-national").text
    edition = db.query(Edition).where(Edition.state == State.DRAFT).one()
    assert edition.data["agency"] == {"name": province.name, "code": "H17"}
    assert edition.data["procedure"] == str(national.item.uid)
    assert edition.item.unit_id == province.id


def test_a_procedure_that_is_not_public_is_not_for_other_units(app, make, sign_in, editor):
    draft = make.procedure(make.agency())
    sign_in(app, editor)
    app.get(f"{DESK}/{draft.item.uid}/dia-phuong", status=404)


def test_the_record_goes_through_the_form_unchanged(app, db, at, sign_in, editor, variant):
    rich = variant.data | {
        "code": "1.001193.000.00.00.H17",
        "reception": [{"name": "Một cửa", "address": "Số 1\nphố Ví Dụ", "hours": "7:30", "phone": "024"}],
        "channels": [
            {
                "channel": "direct",
                "description": "Tại quầy",
                "limits": [{"amount": 2, "unit": "days", "text": None, "note": "Ngày thường"}],
                "fees": [{"kind": "phi", "amount": 5000, "currency": "VND", "text": None, "note": None}],
            }
        ],
        "contact": {"name": "Tổ hộ tịch", "phone": "0", "email": "a@vidu.gov.vn", "website": None},
        "decision": {"number": "1/QĐ", "title": "Quyết định", "issued_on": "2026-01-01"},
        "online_url": "https://vidu.gov.vn",
        "notes": "Đến trước 16 giờ.\nMang bản chính.",
        "effective_on": "2026-01-01",
        "expires_on": "2027-01-01",
    }
    publishing.save(db, variant, rich, version=variant.version, by=editor, at=at)
    before = variant.data
    sign_in(app, editor)
    form_of(app, variant).submit("save", status=303)
    assert variant.data == before


def test_national_parts_are_no_fields_of_the_form(app, sign_in, editor, variant):
    sign_in(app, editor)
    form = form_of(app, variant)
    assert not {"conditions", "documents", "cases", "service", "legal_basis"} & form.fields.keys()


class TestLeftBehind:
    @pytest.fixture
    def behind(self, db, at, national, variant):
        publishing.publish_imported(db, variant, at=at)
        change_national(db, national, at, reception=[{"name": "Bộ phận mới của bộ"}])
        return variant

    def test_the_desk_marks_it_first(self, app, make, sign_in, editor, national, behind):
        make.local_service(make.procedure(make.agency(), published=True), editor.unit, by=editor)
        sign_in(app, editor)
        rows = app.get(f"{DESK}/dia-phuong").html.find("tbody").find_all("tr")
        assert len(rows) == 2
        assert "Cần đối chiếu" in rows[0].text
        assert "Cần đối chiếu" not in rows[1].text
        assert len(app.get(f"{DESK}/dia-phuong?xem=can-doi-chieu").html.find("tbody").find_all("tr")) == 1

    def test_saving_after_comparing_clears_the_mark(self, app, db, at, sign_in, editor, behind):
        copy = publishing.working_copy(db, behind.item, by=editor, at=at)
        sign_in(app, editor)
        form = form_of(app, copy)
        assert "đã thay đổi" in form.submit("save", status=303).follow().text  # saved, but nothing said of comparing
        assert db.get_one(LocalService, copy.id).behind
        form = form_of(app, copy)
        form["compared"] = True
        form.submit("save", status=303)
        assert not db.get_one(LocalService, copy.id).behind
        publishing.publish_imported(db, copy, at=at)
        assert app.get(f"{DESK}/dia-phuong?xem=can-doi-chieu").html.find("tbody") is None

    def test_it_is_not_published_before_somebody_has_compared(self, app, db, at, sign_in, editor, behind):
        copy = publishing.working_copy(db, behind.item, by=editor, at=at)
        sign_in(app, editor)
        page = form_of(app, copy).submit("submit", status=422)
        assert "hãy đối chiếu lại phần riêng trước khi công bố" in page.text
        form = page.forms["dia-phuong"]
        form["compared"] = True
        form.submit("submit", status=303)
        assert copy.state is State.IN_REVIEW

    def test_what_changed_after_the_form_was_opened_does_not_count_as_compared(
        self, app, db, at, sign_in, editor, national, variant
    ):
        sign_in(app, editor)
        form = form_of(app, variant)
        change_national(db, national, at, reception=[{"name": "Đổi trong lúc soạn"}])
        form.submit("save", status=303)
        assert db.get_one(LocalService, variant.id).behind


def test_a_second_public_one_of_the_agency_is_refused_with_words(
    app, db, at, make, sign_in, national, province, editor, variant
):
    publishing.publish_imported(db, variant, at=at)
    second = make.local_service(national, province, by=editor)
    sign_in(app, editor)
    page = form_of(app, second).submit("submit", status=422)
    assert "Cơ quan này đã công bố phần riêng của thủ tục." in page.text
    assert second.state is State.DRAFT


def test_a_stale_save_shows_both_texts_and_loses_neither(app, db, at, sign_in, editor, variant):
    sign_in(app, editor)
    form = form_of(app, variant)
    publishing.save(db, variant, variant.data | {"notes": "Của người kia"}, version=variant.version, by=None, at=at)
    form["notes"] = "Của tôi"
    page = form.submit("save", status=409)
    assert page.forms["dia-phuong"]["notes"].value == "Của tôi"
    assert variant.data["notes"] == "Của người kia"


def test_the_preview_is_the_public_page_with_the_agencys_parts(app, sign_in, editor, variant):
    sign_in(app, editor)
    page = app.get(f"{DESK}/dia-phuong/{variant.item.uid}/xem-truoc/1")
    assert "Bộ phận Một cửa" in page.text
    assert "chưa công bố" in page.text
