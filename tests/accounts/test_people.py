"""People come, change and go."""

import pytest

from portal import audit
from portal.accounts import queries, service
from portal.accounts.errors import (
    BadEmail,
    EmailTaken,
    LastAdministrator,
    LinkUsedUp,
    NameMissing,
    NotAdministrator,
    StalePerson,
    WeakPassword,
    WrongCurrentPassword,
    WrongPassword,
)
from portal.accounts.queries import PeopleFilter

PHRASE = "con mèo trèo cây cau"


def sign_in(db, person, password, at):
    return service.sign_in(db, person.email, password, at=at, ip="192.0.2.1", agent="Firefox/1")


def said(db, person):
    return [line.action for line in reversed(audit.history(db, person.uid))]


def test_an_email_is_stored_in_one_form_and_used_once(db, make, at):
    unit = make.agency()
    person = service.add_person(db, email=" An.LE@Vidu.GOV.vn ", name="  Lê   An ", unit=unit, by=None, at=at)
    assert (person.email, person.name, person.name_folded) == ("an.le@vidu.gov.vn", "Lê An", "le an")
    with pytest.raises(EmailTaken):
        service.add_person(db, email="AN.le@vidu.gov.vn", name="Khác", unit=unit, by=None, at=at)


@pytest.mark.parametrize(
    "email", ["", "an", "an@", "@vidu.vn", "a n@vidu.vn", "an@vidu", "an@vidu.vn\r\nBcc: x", "ạn@vidu.vn"]
)
def test_what_is_no_email_is_refused(db, make, at, email):
    with pytest.raises(BadEmail):
        service.add_person(db, email=email, name="An", unit=make.agency(), by=None, at=at)


def test_a_person_needs_a_name(db, make, at):
    with pytest.raises(NameMissing):
        service.add_person(db, email="a@vidu.vn", name="  ", unit=make.agency(), by=None, at=at)


def test_a_new_person_cannot_sign_in_before_choosing_a_password_by_the_link(db, make, at):
    person = service.add_person(db, email="a@vidu.vn", name="An", unit=make.agency(), by=None, at=at)
    for guess in ("", "None", PHRASE):
        with pytest.raises(WrongPassword):
            sign_in(db, person, guess, at)
    token = service.make_password_link(db, person, by=None, at=at)
    assert service.use_password_link(db, token, PHRASE, at=at) is person
    assert sign_in(db, person, PHRASE, at)
    assert said(db, person) == ["added", "made password link", "set password", "signed in"]


def test_a_link_works_once_and_dies_with_a_newer_one_with_time_and_with_the_account(db, make, at):
    from datetime import timedelta

    person = make.person(unit=make.agency())
    used = service.make_password_link(db, person, by=None, at=at)
    with pytest.raises(WeakPassword):
        service.use_password_link(db, used, "ngắn", at=at)
    service.use_password_link(db, used, PHRASE, at=at)
    older = service.make_password_link(db, person, by=None, at=at)
    newer = service.make_password_link(db, person, by=None, at=at)
    for token, moment in ((used, at), (older, at), (newer, at + timedelta(hours=72)), ("lạ", at)):
        with pytest.raises(LinkUsedUp):
            service.use_password_link(db, token, PHRASE, at=moment)
    service.deactivate(db, person, by=None, at=at)
    with pytest.raises(LinkUsedUp):
        service.use_password_link(db, newer, PHRASE, at=at)


def test_changing_the_password_needs_the_present_one_and_signs_other_browsers_out(db, make, at):
    person = make.person(unit=make.agency())
    service.set_password(db, person, PHRASE, by=person, at=at)
    here = queries.sign_in_by_hash(db, service.token_hash(sign_in(db, person, PHRASE, at)))
    there = queries.sign_in_by_hash(db, service.token_hash(sign_in(db, person, PHRASE, at)))
    with pytest.raises(WrongCurrentPassword):
        service.change_password(db, person, current="sai rồi", new="bèo dạt mây trôi", at=at, keep=here)
    service.change_password(db, person, current=PHRASE, new="bèo dạt mây trôi", at=at, keep=here)
    assert queries.is_live(here, at)
    assert (there.revoked_at, there.revoked_why) == (at, "password_changed")
    with pytest.raises(WrongPassword):
        sign_in(db, person, PHRASE, at)
    assert sign_in(db, person, "bèo dạt mây trôi", at)


def test_a_form_older_than_the_account_is_refused(db, make, at):
    unit = make.agency()
    person = make.person(unit=unit)
    seen = person.version
    change = {"email": person.email, "unit": unit, "language": "vi", "by": None, "at": at}
    service.change_person(db, person, name="Tên Một", version=seen, **change)
    with pytest.raises(StalePerson):
        service.change_person(db, person, name="Tên Hai", version=seen, **change)
    with pytest.raises(StalePerson):
        service.change_own(db, person, name="Tên Ba", language="vi", version=seen, at=at)
    assert person.name == "Tên Một"


def test_a_change_is_recorded_with_before_and_after(db, make, at):
    unit = make.agency()
    person = make.person(name="Tên Cũ", unit=unit)
    service.change_own(db, person, name="Tên Mới", language="en", version=None, at=at)
    line = audit.history(db, person.uid)[0]
    assert line.action == "changed"
    assert line.details["changes"] == {"name": ["Tên Cũ", "Tên Mới"], "language": ["vi", "en"]}


def test_a_taken_email_leaves_the_session_usable(db, make, at):
    unit = make.agency()
    one, other = make.person(unit=unit), make.person(unit=unit)
    with pytest.raises(EmailTaken):
        service.change_person(
            db, one, email=other.email, name=one.name, unit=unit, language="vi", version=None, by=None, at=at
        )
    db.flush()
    assert queries.person_by_email(db, other.email) is other


def test_a_closed_account_is_signed_out_and_cannot_sign_in_until_opened_again(db, make, at):
    from portal.accounts.errors import PersonInactive

    person = make.person(unit=make.agency())
    service.set_password(db, person, PHRASE, by=person, at=at)
    open_one = queries.sign_in_by_hash(db, service.token_hash(sign_in(db, person, PHRASE, at)))
    service.deactivate(db, person, by=None, at=at)
    assert open_one.revoked_why == "deactivated"
    with pytest.raises(PersonInactive):
        sign_in(db, person, PHRASE, at)
    with pytest.raises(WrongPassword):  # the state of the account is told to its owner only
        sign_in(db, person, "sai rồi", at)
    service.activate(db, person, by=None, at=at)
    assert sign_in(db, person, PHRASE, at)


def test_an_administrator_of_one_unit_cannot_take_over_somebody_with_rights_elsewhere(db, make, at):
    here, elsewhere = make.agency(), make.agency()
    administrator = make.person(administrator=here)
    person = make.person(unit=here, administrator=elsewhere)
    change = {"name": "X", "unit": here, "language": "vi", "version": None}
    for forbidden in (
        lambda: service.make_password_link(db, person, by=administrator, at=at),
        lambda: service.deactivate(db, person, by=administrator, at=at),
        lambda: service.change_person(db, person, email="x@vidu.vn", by=administrator, at=at, **change),
        lambda: service.add_person(db, email="y@vidu.vn", name="Y", unit=elsewhere, by=administrator, at=at),
    ):
        with pytest.raises(NotAdministrator):
            forbidden()


def test_the_last_administrator_cannot_be_deactivated(db, make, at):
    unit = make.agency()
    only = make.person(administrator=unit)
    with pytest.raises(LastAdministrator):
        service.deactivate(db, only, by=only, at=at)
    make.person(administrator=unit)
    service.deactivate(db, only, by=only, at=at)
    assert not only.active


def test_the_list_shows_the_people_of_ones_units_and_below_and_nobody_else(db, make, at):
    top = make.agency()
    below, other = make.agency(parent_id=top.id), make.agency()
    by = make.person(name="Quản Trị", administrator=top)
    make.person(name="Ở Dưới", unit=below)
    make.person(name="Vai Trò Dưới", unit=other, editor=below)
    make.person(name="Người Ngoài", unit=other, editor=other)
    page = queries.people_of(db, by, PeopleFilter(), page=1, size=10)
    assert [person.name for person in page.rows] == ["Ở Dưới", "Quản Trị", "Vai Trò Dưới"]
    assert page.total == 3

    def names(**wanted):
        return [p.name for p in queries.people_of(db, by, PeopleFilter(**wanted), page=1, size=10).rows]

    assert names(text="tro duoi") == ["Vai Trò Dưới"]
    assert names(role="editor") == ["Vai Trò Dưới"]
    assert names(unit_id=top.id) == ["Quản Trị"]
    assert names(state="inactive") == []
    assert names(text="100%_") == []
