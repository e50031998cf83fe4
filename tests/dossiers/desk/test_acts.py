"""Every act on a dossier, by the pages that officers use: done, refused to others, refused when stale."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.dossiers import printing, service, tracking
from portal.dossiers.desk.acts import ACTS
from portal.dossiers.models import Applicant, DossierFile, IssuedPaper, Note, Reading
from portal.dossiers.service import log
from portal.dossiers.states import Delivery, Finance, Outcome, State
from portal.mail.models import Mail


@pytest.fixture
def new(counter):
    return counter.take()


@pytest.fixture
def received(counter, new):
    counter.do("receive", new)
    return new


@pytest.fixture
def given(counter, received):
    counter.do("assign", received, to=counter.staff.handler.person)
    return received


def kinds(counter, dossier):
    return [event.kind.value for event in log.events_of(counter.db, dossier)]


def last(counter, dossier):
    return log.events_of(counter.db, dossier)[-1]


def test_receiving_starts_the_clock_and_issues_form_01(desk, counter, staff, new):
    page = desk(staff.receptionist).get(new, "/tiep-nhan")
    assert "5 ngày làm việc" in page.html.main.get_text()
    answer = desk(staff.receptionist).send(new, "tiep-nhan").follow()
    assert new.state is State.RECEIVED
    assert "Đã tiếp nhận hồ sơ." in answer.html.main.get_text()
    assert [(row.paper, row.number) for row in printing.issued(counter.db, new)] == [("receipt", 1)]


def test_receiving_may_set_a_limit_of_its_own(desk, staff, new):
    desk(staff.receptionist).send(new, "tiep-nhan", limit_amount="3", limit_unit="working_hours")
    assert (new.limit_amount, new.limit_unit) == (3, "working_hours")


def test_refusing_needs_a_reason_and_issues_form_03(desk, counter, staff, new):
    at = desk(staff.receptionist)
    refused = at.send(new, "tu-choi", status=422, why="  ")
    assert "error-summary" in refused.text
    assert new.state is State.NEW
    at.send(new, "tu-choi", why="Không thuộc thẩm quyền")
    assert new.state is State.REFUSED
    assert [row.paper for row in printing.issued(counter.db, new)] == ["refusal"]


def test_transfer_by_code_of_another_agency(desk, counter, staff, make, received):
    other = make.agency("H17.09", "Sở khác")
    desk(staff.receptionist).send(received, "chuyen", code="h17.09")
    assert received.deciding_id == other.id
    assert kinds(counter, received)[-1] == "transferred"


def test_transfer_to_nowhere_keeps_what_was_typed(desk, staff, received):
    answer = desk(staff.receptionist).send(received, "chuyen", status=422, code="KHÔNG CÓ")
    assert answer.forms["thao-tac"]["code"].value == "KHÔNG CÓ"
    assert received.state is State.RECEIVED


def test_assigning_offers_the_handlers_of_the_unit(desk, counter, staff, received):
    form = desk(staff.leader).form(received, "phan-cong")
    assert [value for value, *_rest in form["thao-tac-person"].options] == [str(staff.handler.person.uid)]
    form["thao-tac-person"] = str(staff.handler.person.uid)
    form.submit("do", status=303)
    assert received.handler_id == staff.handler.person.id


def test_a_unit_without_handlers_is_told_so(desk, counter, staff, make, received):
    empty = make.agency("H17.10")
    leader = make.person(approver=empty)
    counter.do("transfer", received, to=empty, by=staff.receptionist)
    counter.db.refresh(received)
    page = desk(type(staff.leader)(counter.db, leader)).get(received, "/phan-cong", status=409)
    assert "chưa có cán bộ xử lý" in page.html.main.get_text()
    told_why(page, received)


def test_asking_for_a_supplement_stops_the_clock_and_issues_form_02(desk, counter, staff, given):
    desk(staff.handler).send(given, "yeu-cau-bo-sung", what="Bản sao hộ khẩu\nẢnh 3x4", until="25/3/2026")
    assert given.state is State.SUPPLEMENT
    assert given.paused_at is not None
    assert last(counter, given).payload["until"] == "2026-03-25"
    assert [row.paper for row in printing.issued(counter.db, given)] == ["supplement"]


def test_a_supplement_over_the_counter_with_scan_and_note(desk, counter, staff, given):
    counter.do("ask_supplement", given, what="Ảnh", by=staff.handler)
    scan = [("anh.txt", b"noi dung")]
    desk(staff.receptionist).send(given, "nhan-bo-sung", upload=scan, received="Hai ảnh 3x4")
    assert given.state is State.IN_PROGRESS
    files = counter.db.scalars(select(DossierFile).where(DossierFile.dossier_id == given.id)).all()
    assert [(file.part, file.name) for file in files] == [("supplement", "anh.txt")]
    assert counter.db.scalars(select(Note.words)).all() == ["Hai ảnh 3x4"]


def test_a_fee_beside_a_supplement_is_asked_without_a_wait(desk, counter, staff, given):
    assert "waits" in desk(staff.handler).form(given, "yeu-cau-nop-phi").fields
    counter.do("ask_supplement", given, what="Ảnh", by=staff.handler)
    form = desk(staff.handler).form(given, "yeu-cau-nop-phi")
    assert "waits" not in form.fields
    form["amount"] = "50000"
    form.submit("do", status=303)
    assert (given.state, given.finance) == (State.SUPPLEMENT, Finance.ASKED)
    assert last(counter, given).payload["waits"] is False


def test_fee_asked_and_paid(desk, counter, staff, given):
    desk(staff.handler).send(given, "yeu-cau-nop-phi", amount="50000", words="Lệ phí cấp phép")
    assert (given.state, given.finance) == (State.PAYMENT, Finance.ASKED)
    desk(staff.receptionist).send(given, "ghi-nop-phi", amount="50000", reference="BL 12")
    assert (given.state, given.finance) == (State.IN_PROGRESS, Finance.PAID)


def test_a_fee_that_does_not_stop_the_clock(desk, staff, given):
    form = desk(staff.handler).form(given, "yeu-cau-nop-phi")
    form["amount"], form["waits"] = "50000", False
    form.submit("do", status=303)
    assert (given.state, given.finance) == (State.IN_PROGRESS, Finance.ASKED)


def test_withdrawal_at_the_counter(desk, staff, new):
    desk(staff.receptionist).send(new, "rut", why="Nộp nhầm")
    assert new.state is State.WITHDRAWN


def test_stopping_needs_a_reason(desk, staff, given):
    at = desk(staff.leader)
    at.send(given, "dung", status=422, why="")
    at.send(given, "dung", why="Đối tượng không còn", basis="Điều 3")
    assert given.state is State.STOPPED


def test_deciding_with_a_file_and_a_denial_without_words(desk, counter, staff, given):
    at = desk(staff.leader)
    denied = at.send(given, "giai-quyet", status=422, outcome="denied", number="7/GP")
    assert denied.forms["thao-tac"]["number"].value == "7/GP"
    assert given.state is State.IN_PROGRESS
    at.send(given, "giai-quyet", outcome="granted", number="7/GP", signed_on="2/3/2026", upload=[("gp.txt", b"x")])
    assert (given.state, given.outcome) == (State.DONE, Outcome.GRANTED)
    assert [file.part for file in counter.db.scalars(select(DossierFile))] == ["result"]


def test_the_result_is_announced_and_returned(desk, counter, staff, given):
    counter.do("decide", given, outcome=Outcome.GRANTED)
    desk(staff.handler).send(given, "bao-ket-qua", place="Quầy 3")
    assert given.delivery is Delivery.READY
    desk(staff.receptionist).send(given, "tra-ket-qua", channel="direct")
    assert (given.state, given.delivery) == (State.RETURNED, Delivery.DELIVERED)


def test_an_apology_once_in_time_and_form_04(desk, counter, staff, given):
    desk(staff.leader).send(given, "xin-loi", why="Quá tải", due_on="16/3/2026")
    assert given.reschedules == 1
    assert [row.paper for row in printing.issued(counter.db, given)] == ["apology"]
    again = desk(staff.leader).get(given, "/xin-loi", status=409)
    assert "Hồ sơ đã được hẹn lại một lần" in again.html.main.get_text()
    told_why(again, given)


def told_why(page, dossier):
    assert page.html.title.get_text().startswith("Chưa thực hiện được: ")
    assert page.html.select(f'main a.govuk-button[href$="/ho-so/{dossier.uid}"]')


def test_an_apology_too_late_is_told_as_that_with_a_way_back(desk, counter, staff, make):
    late = counter.take(at=counter.at - timedelta(days=28))
    counter.do("receive", late, at=counter.at - timedelta(days=28))
    page = desk(staff.leader).get(late, "/xin-loi", status=409)
    assert "Đã quá thời điểm xin lỗi và hẹn lại" in page.html.main.get_text()
    told_why(page, late)


def test_an_act_that_does_not_fit_the_state_leads_back(desk, counter, staff, received):
    page = desk(staff.receptionist).get(received, "/tiep-nhan", status=409)
    assert "không còn làm được việc này" in page.html.main.get_text()
    told_why(page, received)


def test_a_new_date_that_is_no_working_day_is_refused(desk, staff, given):
    answer = desk(staff.leader).send(given, "xin-loi", status=422, why="Quá tải", due_on="15/3/2026")
    assert answer.forms["thao-tac"]["why"].value == "Quá tải"


def test_an_extension_by_a_provision(desk, counter, staff, given):
    desk(staff.leader).send(given, "gia-han", why="Phức tạp", basis="Điều 5 Luật X", due_on="20/3/2026")
    assert last(counter, given).payload["basis"] == "Điều 5 Luật X"


def test_a_note_is_for_colleagues(desk, counter, staff, given):
    page = desk(staff.handler).send(given, "ghi-chu", words="Đã gọi điện cho chị Hoa").follow()
    assert "Đã gọi điện cho chị Hoa" in page.text
    view = tracking.view_of(counter.db, given, counter.office, at=counter.at)
    assert not [step for step in view.steps if step.words and "gọi điện" in step.words]


def test_correcting_says_what_was_corrected_not_what_it_is(desk, counter, staff, given):
    desk(staff.receptionist).send(given, "sua-sai", name="Nguyễn Thị Hòa", why="Sai dấu")
    applicant = counter.db.get(Applicant, given.id)
    assert (applicant.name, applicant.name_folded) == ("Nguyễn Thị Hòa", "nguyen thi hoa")
    assert last(counter, given).payload == {"what": ["name"]}


def test_a_correction_to_an_address_that_is_none_is_refused(desk, counter, staff, given):
    answer = desk(staff.receptionist).send(given, "sua-sai", status=422, email="không phải thư", why="Sai")
    assert answer.forms["thao-tac"]["email"].value == "không phải thư"
    assert counter.db.get(Applicant, given.id).email == "hoa@vidu.vn"


def test_a_new_secret_is_shown_once_and_the_old_one_opens_nothing(desk, counter, staff, given):
    old = service.receipt_of(given, counter.office).secret
    page = desk(staff.receptionist).send(given, "cap-lai-ma", status=200)
    new = service.receipt_of(given, counter.office).secret
    assert new in page.text
    assert old not in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    look = {"network": "203.0.113.9", "office": counter.office, "at": counter.at}
    assert tracking.look(counter.db, given.code, old, **look) is None
    assert tracking.look(counter.db, given.code, new, **look)


def test_an_administrator_exports_for_a_purpose(desk, counter, staff, given):
    answer = desk(staff.administrator).send(given, "ban-sao", status=200, purpose="Người nộp yêu cầu")
    assert "dossier.json" in zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
    assert counter.db.scalars(select(Reading.purpose)).all() == ["Người nộp yêu cầu"]


def test_erasing_takes_papers_too(desk, counter, staff, new):
    desk(staff.receptionist).send(new, "tu-choi", why="Không thuộc thẩm quyền")
    desk(staff.administrator).send(new, "xoa-du-lieu", sure=True)
    assert new.anonymised_at is not None
    assert counter.db.get(Applicant, new.id).name_folded is None
    assert counter.db.scalars(select(IssuedPaper.facts)).all() == [None]


OTHERS = {
    "receptionist": {"phan-cong", "dung", "giai-quyet", "xin-loi", "gia-han", "ban-sao", "xoa-du-lieu"},
    "handler": {
        "tiep-nhan",
        "tu-choi",
        "chuyen",
        "phan-cong",
        "rut",
        "dung",
        "giai-quyet",
        "tra-ket-qua",
        "cap-lai-ma",
    },
    "leader": {"tiep-nhan", "tu-choi", "nhan-bo-sung", "ghi-nop-phi", "rut", "tra-ket-qua", "sua-sai", "cap-lai-ma"},
    "administrator": {act.name for act in ACTS} - {"ban-sao", "xoa-du-lieu"},
    "stranger": {act.name for act in ACTS},
}


@pytest.mark.parametrize("who", OTHERS)
def test_others_may_not(desk, counter, staff, given, who):
    at, before = desk(getattr(staff, who)), given.version
    token = {"csrf_token": at.app.get("/tai-khoan").html.find("input", {"name": "csrf_token"})["value"]}
    for act in sorted(OTHERS[who]):
        at.get(given, f"/{act}", status=403)
        at.app.post(f"/ban-lam-viec/ho-so/{given.uid}/{act}", {**token, "version": str(before)}, status=403)
    assert given.version == before


@pytest.mark.parametrize(
    ("act", "fields"),
    [("giai-quyet", {"outcome": "granted", "number": "9/GP"}), ("dung", {"why": "Lý do dài đã gõ"})],
)
def test_a_stale_page_shows_what_happened_since_and_keeps_what_was_typed(desk, counter, staff, given, act, fields):
    form, names = desk(staff.leader).form(given, act), {"outcome": "thao-tac-outcome"}
    counter.do("note", given, words="Khách đã gọi", by=staff.handler)
    for name, value in fields.items():
        form[names.get(name, name)] = value
    answer = form.submit("do", status=409)
    assert "Ghi chú nội bộ" in answer.html.find(id="vua-xay-ra").parent.get_text()
    again = answer.forms["thao-tac"]
    for name, value in fields.items():
        assert again[names.get(name, name)].value == value
    again.submit("do", status=303)
    assert given.ended_at is not None


def test_a_stale_page_of_what_is_no_longer_possible_says_so(desk, counter, staff, given):
    form = desk(staff.leader).form(given, "giai-quyet")
    form["thao-tac-outcome"], form["number"] = "granted", "9/GP"
    counter.do("stop", given, why="Dừng", by=staff.leader)
    answer = form.submit("do", status=409)
    assert "không còn ở trạng thái" in answer.html.main.get_text()
    assert answer.forms["thao-tac"]["number"].value == "9/GP"


def test_only_what_rule_and_state_allow_is_offered(desk, counter, staff, new):
    def offered(officer, dossier):
        page = desk(officer).get(dossier).html.main
        return {link["href"].rsplit("/", 1)[1] for link in page.find_all("a") if f"{dossier.uid}/" in link["href"]}

    assert offered(staff.receptionist, new) >= {"tiep-nhan", "tu-choi", "rut", "yeu-cau-bo-sung"}
    assert not offered(staff.receptionist, new) & {"chuyen", "giai-quyet", "tra-ket-qua", "nhan-bo-sung"}
    counter.do("receive", new)
    assert offered(staff.leader, new) >= {"phan-cong", "giai-quyet", "xin-loi", "dung"}
    assert not offered(staff.leader, new) & {"tiep-nhan", "tu-choi"}
    assert not offered(staff.administrator, new) & {act.name for act in ACTS} - {"ban-sao"}


def test_each_act_that_tells_the_applicant_writes_one_letter(desk, counter, staff, new):
    desk(staff.receptionist).send(new, "tiep-nhan")
    letters = counter.db.scalars(select(Mail.key).where(Mail.key.startswith("dossier:"))).all()
    assert sorted(letters) == [f"dossier:{new.uid}:1", f"dossier:{new.uid}:2"]


def test_what_must_go_on_is_said(desk, counter, staff, received):
    page = desk(staff.receptionist).get(received).html.main.get_text()
    assert "Hồ sơ chưa được chuyển đến cơ quan giải quyết" in page
    assert received.received_at < counter.at + timedelta(minutes=1)
