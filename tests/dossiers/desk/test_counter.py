"""A dossier on paper over the counter: found procedure, form, receipt, once."""

import pytest
from dossiers.desk.conftest import field
from sqlalchemy import select

from portal.dossiers import service, tracking
from portal.dossiers.models import Applicant, Dossier, DossierFile, Reading
from portal.dossiers.service import readings
from portal.dossiers.states import State


@pytest.fixture
def procedure(make, staff):
    return make.procedure(staff.deciding, published=True, code="1.004321", name="Cấp giấy phép thử tại quầy")


def filled(at, **more):
    form = at.get(below="/tiep-nhan?thu-tuc=1.004321").forms["ho-so"]
    form["name"], form["content"] = "Lê Văn Đạt", "Xin cấp phép"
    form["email"], form["others"] = "dat@vidu.vn", "Sổ hộ khẩu\nẢnh"
    for name, value in more.items():
        form[name] = value
    return form


def test_a_procedure_is_found_by_words_without_accents(desk, staff, procedure):
    page = desk(staff.receptionist).get(below="/tiep-nhan?q=giay phep thu tai quay")
    assert [link["href"] for link in page.html.select(".portal-links a")] == [
        "/ban-lam-viec/ho-so/tiep-nhan?thu-tuc=1.004321"
    ]
    assert "Không tìm thấy" in desk(staff.receptionist).get(below="/tiep-nhan?q=khongco").text
    desk(staff.receptionist).get(below="/tiep-nhan?thu-tuc=9.999999", status=422)


def test_a_paper_dossier_is_registered_received_and_gets_a_receipt(desk, counter, staff, procedure):
    at = desk(staff.receptionist)
    receipt = filled(at, papers=["0"], upload=[("don.txt", b"don")]).submit("take", status=200)
    dossier = counter.db.scalars(select(Dossier)).one()
    assert (dossier.state, dossier.channel, dossier.procedure_code) == (State.RECEIVED, "direct", "1.004321")
    assert dossier.code in receipt.text
    assert service.receipt_of(dossier, counter.office).secret in receipt.text
    applicant = counter.db.get(Applicant, dossier.id)
    assert (applicant.name, applicant.email) == ("Lê Văn Đạt", "dat@vidu.vn")
    assert [file.name for file in counter.db.scalars(select(DossierFile))] == ["don.txt"]
    rendered = readings.personal_of(counter.db, dossier).rendered
    said = {row.label: row.value for section in rendered for row in section.rows}
    assert said["Giấy tờ đã nhận"] == "Đơn đề nghị\nSổ hộ khẩu\nẢnh"
    paper = at.get(dossier, "/mau/1").html.select_one(".portal-sheet__items")
    assert [item.get_text() for item in paper.find_all("li")] == ["Đơn đề nghị", "Sổ hộ khẩu", "Ảnh"]
    view = tracking.view_of(counter.db, dossier, counter.office, at=counter.at)
    assert view.steps[0].officer == staff.receptionist.person.name


def terms(page):
    rows = page.html.select("section:has(> #phi-thoi-han) tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])] for row in rows]


def variant(make, procedure, unit, days, fee):
    limits = [{"amount": days, "unit": "working_days", "text": "hạn"}]
    fees = [{"kind": "le_phi", "amount": fee, "text": f"{fee} đồng"}]
    channels = [{"channel": "direct", "limits": limits, "fees": fees}]
    return make.local_service(procedure, unit, published=True, channels=channels)


def test_fee_and_limit_of_the_procedure_are_shown_and_pinned(desk, counter, staff, procedure):
    at = desk(staff.receptionist)
    page = at.get(below="/tiep-nhan?thu-tuc=1.004321")
    assert terms(page) == [["Quy định chung", "Trực tiếp, Dịch vụ bưu chính", "5 ngày làm việc", "50.000 đồng"]]
    filled(at).submit("take", status=200)
    dossier = counter.db.scalars(select(Dossier)).one()
    assert (dossier.limit_amount, dossier.fees[0]["amount"]) == (5, 50000)


@pytest.mark.parametrize("parts", [{"reception": (2, 30000), "deciding": (3, 70000)}, {"deciding": (2, 30000)}])
def test_fee_and_limit_are_those_of_the_reception_or_else_of_who_decides(desk, counter, staff, make, procedure, parts):
    for name, (days, fee) in parts.items():
        variant(make, procedure, getattr(staff, name), days, fee)
    at = desk(staff.receptionist)
    name = next(getattr(staff, name).name for name in parts)
    shown = [name, "Trực tiếp, Dịch vụ bưu chính", "2 ngày làm việc", "30.000 đồng"]
    others = [] if "reception" in parts else ["Quy định chung"]
    lines = terms(at.get(below="/tiep-nhan?thu-tuc=1.004321"))
    assert lines[0] == shown
    assert [line[0] for line in lines[1:]] == others
    form = filled(at)
    field(form, "deciding").value = str(staff.deciding.uid)
    form.submit("take", status=200)
    dossier = counter.db.scalars(select(Dossier)).one()
    assert dossier.deciding is staff.deciding
    assert (dossier.limit_amount, dossier.limit_unit, dossier.fees[0]["amount"]) == (2, "working_days", 30000)


def test_a_second_click_gives_the_same_receipt(desk, counter, staff, procedure):
    form = filled(desk(staff.receptionist))
    first, second = form.submit("take"), form.submit("take")
    assert counter.db.scalars(select(Dossier)).one().code in first.text
    assert (
        first.html.select_one(".portal-dossier-receipt").get_text()
        == second.html.select_one(".portal-dossier-receipt").get_text()
    )


def test_an_incomplete_one_waits_unreceived(desk, counter, staff, procedure):
    filled(desk(staff.receptionist), receive=False).submit("take")
    assert counter.db.scalars(select(Dossier)).one().state is State.NEW


def test_a_bad_address_keeps_what_was_typed_and_makes_nothing(desk, counter, staff, procedure):
    answer = filled(desk(staff.receptionist), email="không phải thư").submit("take", status=422)
    assert answer.forms["ho-so"]["name"].value == "Lê Văn Đạt"
    assert counter.db.scalars(select(Dossier)).all() == []


def test_the_name_is_needed(desk, counter, staff, procedure):
    answer = filled(desk(staff.receptionist), name=" ").submit("take", status=422)
    assert answer.html.select_one(".govuk-error-summary")


def test_others_do_not_stand_at_the_counter(desk, staff, procedure):
    for officer in (staff.handler, staff.leader, staff.administrator):
        desk(officer).get(below="/tiep-nhan", status=403)


def test_a_scan_is_opened_from_the_content_and_the_look_is_noted(desk, counter, staff, procedure):
    at = desk(staff.receptionist)
    filled(at, upload=[("tờ khai.txt", b"noi dung")]).submit("take")
    dossier = counter.db.scalars(select(Dossier)).one()
    form = at.get(dossier, "/noi-dung").forms["muc-dich"]
    form["muc-dich-purpose"] = "tiep-nhan"
    shown = form.submit("look").follow()
    link = next(link["href"] for link in shown.html.select(".portal-files a"))
    assert at.app.get(link).body == b"noi dung"
    assert counter.db.scalars(select(Reading.what).order_by(Reading.id)).all() == ["application", "file"]
