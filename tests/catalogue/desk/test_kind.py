"""Procedures and local variants as kinds of content."""

from datetime import date, timedelta

import pytest

from portal.agencies.service import add_field
from portal.audit.models import AuditLine
from portal.catalogue import behind, editions, local, service
from portal.catalogue.kind import PROCEDURE, problems
from portal.catalogue.models import LocalService, Procedure
from portal.catalogue.projecting import initial_of
from portal.publishing import service as publishing
from portal.publishing.errors import Incomplete
from portal.publishing.models import State


def said(found):
    return [str(one.interpolate()) for one in found]


def test_a_procedure_lives_at_its_code_and_is_asked_by_columns(db, make):
    agency = make.agency("G07", "Bộ Giao thông vận tải")
    edition = make.procedure(
        agency, published=True, code="1.001193", name="Đổi giấy phép lái xe", fields=["giao-thong"],
        audiences=["cong-dan"], also_called=["Đổi bằng lái"],
        legal_basis=[{"number": "42/2022/NĐ-CP"}, {"title": "Luật Đường bộ"}],
    )  # fmt: skip
    row = db.get_one(Procedure, edition.id)
    assert edition.item.path == "/thu-tuc/1.001193"
    assert edition.title == "1.001193 · Đổi giấy phép lái xe"
    assert (row.code, row.initial, row.free, row.authority_id) == ("1.001193", "Đ", False, agency.id)
    assert row.words_folded == "doi giay phep lai xe doi bang lai 1.001193"
    assert {(t.facet, t.slug) for t in row.terms} >= {("field", "giao-thong"), ("audience", "cong-dan")}
    assert [basis.key for basis in row.basis] == ["number:42/2022/nd-cp", None]


def test_a_procedure_without_code_lives_at_its_name(make):
    edition = make.procedure(make.agency(), published=True, code=None, name="Cấp thẻ đọc sách")
    assert edition.item.path == "/thu-tuc/cap-the-doc-sach"


def test_saving_again_rewrites_the_rows(db, make, at):
    person = make.person(editor=make.agency())
    edition = make.procedure(person.unit, person, fields=["a", "b"])
    data = edition.data | {"fields": ["b"], "name": "Tên mới", "authority": {"name": "Không rõ", "code": None}}
    publishing.save(db, edition, data, version=edition.version, by=person, at=at)
    row = db.get_one(Procedure, edition.id)
    assert (row.name, row.authority_id) == ("Tên mới", None)
    assert [t.slug for t in row.terms if t.facet == "field"] == ["b"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "tên thủ tục"),
        ({"authority": None}, "cơ quan công bố"),
        ({"cases": []}, "trình tự"),
        ({"channels": []}, "cách thức"),
        ({"audiences": []}, "đối tượng"),
        ({"results": []}, "kết quả"),
        ({"doubts": {"limits": "Không rõ đơn vị."}}, "1 điểm cần kiểm tra"),
        ({"effective_on": "2026-03-01", "expires_on": "2026-02-01"}, "hết hiệu lực"),
    ],
)
def test_what_a_citizen_could_not_do_without_is_asked_for(db, make, change, words):
    found = said(problems(db, make.procedure(make.agency(), **change)))
    assert len(found) == 1
    assert words in found[0]


def test_a_procedure_may_say_that_nothing_is_handed_out(db, make):
    assert problems(db, make.procedure(make.agency(), results=[], no_result=True)) == []


ONLINE = [{"channel": "online", "limits": [], "fees": []}]


@pytest.mark.parametrize(
    ("change", "missing"),
    [({}, 2), ({"partial_reason": "Phải kiểm tra hiện trường."}, 1), ({"partial_basis": "Điều 14 Nghị định thử"}, 1),
     ({"partial_reason": "Phải kiểm tra hiện trường.", "partial_basis": "Điều 14 Nghị định thử"}, 0)],
)  # fmt: skip
def test_a_partial_service_is_refused_without_reason_and_legal_provision(db, make, at, change, missing):
    person = make.person(approver=make.agency())
    person.unit.self_approval = True
    edition = make.procedure(person.unit, person, service="mot-phan", channels=ONLINE, **change)
    assert len(problems(db, edition)) == missing
    if missing:
        with pytest.raises(Incomplete):
            publishing.publish(db, edition, version=edition.version, by=person, at=at)
        assert edition.state is State.DRAFT
    else:
        publishing.publish(db, edition, version=edition.version, by=person, at=at)
        assert edition.state is State.PUBLISHED


def test_an_online_service_needs_an_online_channel(db, make):
    found = said(problems(db, make.procedure(make.agency(), service="toan-trinh")))
    assert len(found) == 1
    assert "nộp trực tuyến" in found[0]


def test_where_citizens_apply_here_an_online_service_needs_a_published_form(db, make):
    here = {"service": "toan-trinh", "channels": ONLINE}
    assert problems(db, make.procedure(make.agency(), **here), applied_for_elsewhere=False)
    form = "0191f0aa-0000-7000-8000-000000000001"
    assert problems(db, make.procedure(make.agency(), eform=form, **here), applied_for_elsewhere=False)
    assert not problems(
        db, make.procedure(make.agency(), online_url="https://vidu.gov.vn", **here), applied_for_elsewhere=False
    )
    assert not problems(db, make.procedure(make.agency(), **here))


@pytest.mark.parametrize(
    ("name", "letter"),
    [("đăng ký", "Đ"), ("Ủy quyền", "U"), ("ấn định", "Â"), ("1. Cấp", "#"), ("", "#"), ("  Ô tô", "Ô")],
)
def test_names_stand_under_their_vietnamese_letter(name, letter):
    assert initial_of(name) == letter


def test_the_keys_of_a_procedure_name_every_page_that_shows_it(make):
    edition = make.procedure(
        make.agency("G07"), code="1.001193", fields=["giao-thong"], events=["phuong-tien"], audiences=["cong-dan"],
        levels=["xa"], legal_basis=[{"number": "42/2022/NĐ-CP"}],
    )  # fmt: skip
    assert PROCEDURE.touches(edition.data) == {
        "number:42/2022/nd-cp", "catalogue:field:giao-thong", "catalogue:event:phuong-tien", "catalogue:level:xa",
        "catalogue:audience:cong-dan", "catalogue:agency:g07", "catalogue:code:1.001193",
    }  # fmt: skip


def test_duplicates_are_other_procedures_with_the_same_code(db, make):
    one, other = (make.procedure(make.agency(), code="1.001193") for _ in range(2))
    assert [row.edition_id for row in service.duplicates_of(db, one)] == [other.id]
    assert service.duplicates_of(db, make.procedure(make.agency(), code=None)) == []


def published_again(db, edition, at, **change):
    """A new public edition of the item."""
    copy = publishing.working_copy(db, edition.item, by=None, at=at)
    publishing.save(db, copy, copy.data | change, version=copy.version, by=None, at=at)
    publishing.publish_imported(db, copy, at=at)
    return copy


class TestLocalVariants:
    def test_live_below_the_national_procedure(self, make):
        national = make.procedure(make.agency(), published=True, code="1.001193")
        variant = make.local_service(national, make.agency("H17", "Tỉnh Ví Dụ"), published=True)
        assert variant.item.path == "/thu-tuc/1.001193/h17"
        assert variant.data["name"] == national.data["name"]

    def test_a_second_public_one_of_an_agency_is_refused_with_words(self, db, make):
        national, agency = make.procedure(make.agency(), published=True), make.agency()
        first = make.local_service(national, agency, published=True)
        assert local.problems(db, first) == []
        found = said(local.problems(db, make.local_service(national, agency)))
        assert len(found) == 1
        assert "bản thứ hai" in found[0]
        assert local.problems(db, make.local_service(national, make.agency())) == []

    def test_need_a_public_procedure_a_known_agency_and_something_to_say(self, db, make):
        draft = make.procedure(make.agency())
        nothing = {"agency": {"name": "Cơ quan lạ", "code": None}, "reception": []}
        assert len(local.problems(db, make.local_service(draft, make.agency(), **nothing))) == 3

    def test_are_marked_when_a_part_that_they_replace_changes_nationally(self, db, make, at):
        fees = {"channels": [{"channel": "direct", "fees": [{"kind": "phi", "amount": 1}]}]}
        national = make.procedure(make.agency(), published=True)
        place = make.local_service(national, make.agency(), published=True)
        priced = make.local_service(national, make.agency(), published=True, **fees)
        published_again(db, national, at, channels=[{"channel": "direct", "fees": [{"kind": "phi", "amount": 2}]}])
        assert not db.get_one(LocalService, place.id).behind
        assert db.get_one(LocalService, priced.id).behind

    def test_are_no_longer_marked_once_somebody_has_compared_them(self, db, make, at):
        national = make.procedure(make.agency(), published=True)
        variant = make.local_service(national, make.agency())
        published_again(db, national, at, reception=[{"name": "Nơi khác"}])
        assert db.get_one(LocalService, variant.id).behind
        data = local.checked(db, variant.data)
        publishing.save(db, variant, data, version=variant.version, by=None, at=at)
        assert not db.get_one(LocalService, variant.id).behind

    def test_the_fingerprint_has_a_word_for_each_part(self, make):
        words = behind.fingerprint(make.procedure(make.agency()).data).split()
        assert [word.partition(":")[0] for word in words] == [
            "contact", "direct.description", "direct.fees", "direct.limits", "online", "online.description",
            "online.fees", "online.limits", "post.description", "post.fees", "post.limits", "reception",
        ]  # fmt: skip


class TestEditionsOverTime:
    def test_the_old_edition_holds_until_the_new_one_begins(self, db, make, at):
        old = make.procedure(make.agency(), published=True, effective_on="2025-01-01")
        new = published_again(db, old, at, effective_on="2026-07-01")
        item = old.item
        assert editions.editions_on(db, item, date(2024, 12, 31)) is None
        assert editions.editions_on(db, item, date(2026, 6, 30)) == old
        assert editions.editions_on(db, item, date(2026, 7, 1)) == new

    def test_a_correction_takes_the_place_of_what_it_corrects(self, db, make, at):
        old = make.procedure(make.agency(), published=True, effective_on="2025-01-01")
        new = published_again(db, old, at, name="Tên đã sửa")
        assert editions.editions_on(db, old.item, date(2025, 1, 1)) == new

    def test_after_its_last_day_nothing_holds(self, db, make, at):
        edition = make.procedure(make.agency(), published=True, effective_on="2025-01-01", expires_on="2026-01-31")
        assert editions.editions_on(db, edition.item, date(2026, 1, 31)) == edition
        assert editions.editions_on(db, edition.item, date(2026, 2, 1)) is None

    def test_without_a_date_an_edition_begins_the_day_it_is_published(self, db, make, at):
        edition = make.procedure(make.agency(), published=True)
        day = at.date()
        assert editions.editions_on(db, edition.item, day) == edition
        assert editions.editions_on(db, edition.item, day - timedelta(days=2)) is None


def test_a_field_outside_of_the_register_is_added_once_and_told_of(db, at):
    one = add_field(db, "Quản lý xuất nhập cảnh", by=None, at=at)
    assert (one.slug, one.number) == ("quan-ly-xuat-nhap-canh", None)
    assert add_field(db, "Quản lý xuất nhập cảnh", by=None, at=at) is one
    assert [line.details["slug"] for line in db.query(AuditLine).where(AuditLine.action == "added field of law")] == [
        "quan-ly-xuat-nhap-canh"
    ]
