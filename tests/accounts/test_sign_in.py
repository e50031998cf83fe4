"""Checking passwords: brakes on guessing, and what a sign-in is."""

from datetime import timedelta

import argon2
import argon2._password_hasher as hasher
import pytest
from makers import PASSWORD
from sqlalchemy import select

from portal import audit
from portal.accounts import queries, service, throttle
from portal.accounts.errors import TooManyAttempts, WrongPassword
from portal.accounts.models import Attempt, SignIn
from portal.accounts.throttle import Limits

LIMITS = Limits(attempts=3, lockout=60, idle=600, lifetime=3600)


@pytest.fixture
def attempt(db, at):
    def go(email, password=PASSWORD, *, after=0, ip="192.0.2.7", known=None):
        moment = at + timedelta(seconds=after)
        return service.sign_in(
            db, email, password, at=moment, ip=ip, agent="Firefox/140 Windows", limits=LIMITS, known=known
        )

    return go


@pytest.fixture
def verifications(monkeypatch):
    """How often argon2 has really compared."""
    calls = []
    real = hasher.verify_secret

    def counting(*args, **kw):
        calls.append(args)
        return real(*args, **kw)

    monkeypatch.setattr(hasher, "verify_secret", counting)
    return calls


def test_the_token_is_unguessable_and_only_its_hash_is_stored(db, make, attempt):
    person = make.person(unit=make.agency())
    one, other = attempt(person.email), attempt(person.email.upper())
    assert one != other
    assert len(one) >= 43
    stored = db.scalars(select(SignIn.token_hash)).all()
    assert service.token_hash(one) in stored
    assert one not in stored


def test_unknown_email_no_password_yet_and_wrong_password_take_the_same_path(db, make, at, attempt, verifications):
    unit = make.agency()
    person = make.person(unit=unit)
    waiting = service.add_person(db, email="cho@vidu.vn", name="Chờ", unit=unit, by=None, at=at)
    messages, parameters = set(), set()
    for email in (person.email, waiting.email, "khong.ai@vidu.vn"):
        verifications.clear()
        with pytest.raises(WrongPassword) as refused:
            attempt(email, "sai mật khẩu")
        messages.add(refused.value.message)
        assert len(verifications) == 1
        parameters.add(str(argon2.extract_parameters(verifications[0][0].decode())))
    assert len(messages) == len(parameters) == 1


def test_an_email_is_locked_after_the_allowed_tries_even_for_the_right_password(db, make, attempt):
    person = make.person(unit=make.agency())
    for _ in range(2):
        with pytest.raises(WrongPassword):
            attempt(person.email, "sai")
    with pytest.raises(TooManyAttempts) as locked:
        attempt(person.email, "sai")
    assert locked.value.wait == timedelta(seconds=60)
    assert "sau 1 phút" in locked.value.message.interpolate()
    with pytest.raises(TooManyAttempts):
        attempt(person.email, after=59)
    assert "locked out" in [line.action for line in audit.history(db, person.uid)]


def test_the_lock_opens_by_itself_and_doubles_when_guessing_goes_on(make, attempt):
    person = make.person(unit=make.agency())
    for _ in range(3):
        with pytest.raises((WrongPassword, TooManyAttempts)):
            attempt(person.email, "sai")
    with pytest.raises(TooManyAttempts) as locked:
        attempt(person.email, "sai", after=60)
    assert locked.value.wait == timedelta(seconds=120)
    with pytest.raises(TooManyAttempts):
        attempt(person.email, after=179)
    assert attempt(person.email, after=180)


def test_the_lock_never_grows_beyond_sixteen_times_and_a_quiet_day_forgets(make, attempt):
    person = make.person(unit=make.agency())
    moment = 0
    for _ in range(12):
        with pytest.raises((WrongPassword, TooManyAttempts)) as refused:
            attempt(person.email, "sai", after=moment)
        moment += int(getattr(refused.value, "wait", timedelta()).total_seconds())
    assert refused.value.wait == timedelta(seconds=16 * 60)
    with pytest.raises(WrongPassword):
        attempt(person.email, "sai", after=moment + 86_401)


def test_a_success_forgets_the_wrong_tries(make, attempt):
    person = make.person(unit=make.agency())
    for _ in range(4):
        with pytest.raises(WrongPassword):
            attempt(person.email, "sai")
        assert attempt(person.email)


def test_an_unknown_email_locks_just_like_a_known_one(attempt):
    for _ in range(2):
        with pytest.raises(WrongPassword):
            attempt("khong.ai@vidu.vn", "sai")
    with pytest.raises(TooManyAttempts):
        attempt("khong.ai@vidu.vn", "sai")


def test_one_network_that_tries_many_emails_is_stopped_and_others_are_not(make, attempt):
    person = make.person(unit=make.agency())
    for number in range(3 * throttle.OFFICE - 1):
        with pytest.raises(WrongPassword):
            attempt(f"nguoi.{number}@vidu.vn", "sai", ip="2001:db8:1:2::9")
    with pytest.raises(WrongPassword):
        attempt("cuoi@vidu.vn", "sai", ip="2001:db8:1:2::10")
    with pytest.raises(TooManyAttempts):
        attempt(person.email, ip="2001:db8:1:2:ffff::1")
    assert attempt(person.email, ip="2001:db8:1:3::1")


def test_an_own_account_does_not_reset_the_counter_of_the_network(db, make, attempt):
    person = make.person(unit=make.agency())
    for number in range(5):
        with pytest.raises(WrongPassword):
            attempt(f"nguoi.{number}@vidu.vn", "sai")
        attempt(person.email)
    counter = db.scalars(select(Attempt).where(Attempt.bucket == "address")).one()
    assert counter.failures == 5


def test_a_stranger_cannot_lock_a_person_out_of_the_browser_they_use(db, make, attempt):
    person = make.person(unit=make.agency())
    known = queries.sign_in_by_hash(db, service.token_hash(attempt(person.email)))
    for _ in range(3):
        with pytest.raises((WrongPassword, TooManyAttempts)):
            attempt(person.email, "sai", ip="198.51.100.1")
    with pytest.raises(TooManyAttempts):
        attempt(person.email)
    assert attempt(person.email, known=known)
    for _ in range(3):
        with pytest.raises((WrongPassword, TooManyAttempts)):
            attempt(person.email, "sai", known=known)
    with pytest.raises(TooManyAttempts):  # and the known browser is no way to guess for ever
        attempt(person.email, known=known)


def test_typed_emails_are_not_stored_in_the_counters(db, attempt):
    with pytest.raises(WrongPassword):
        attempt("mật khẩu gõ nhầm ô", "sai")
    assert all("nhầm" not in key for key in db.scalars(select(Attempt.key)))


@pytest.mark.real_hashes
def test_a_hash_with_old_parameters_is_made_again_at_the_next_sign_in(db, make, attempt):
    person = make.person(unit=make.agency())
    person.password_hash = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    attempt(person.email)
    assert person.password_hash.startswith("$argon2id$v=19$m=65536")
    assert attempt(person.email)


def test_a_sign_in_ends_unused_or_after_its_lifetime(db, make, at, attempt):
    person = make.person(unit=make.agency())
    one = queries.sign_in_by_hash(db, service.token_hash(attempt(person.email)))
    assert queries.is_live(one, at + timedelta(seconds=599))
    assert not queries.is_live(one, at + timedelta(seconds=600))
    service.touch(db, one.id, at=at + timedelta(seconds=500))
    db.refresh(one)
    assert queries.is_live(one, at + timedelta(seconds=1099))
    for seconds in range(900, 3600, 400):
        service.touch(db, one.id, at=at + timedelta(seconds=seconds))
    db.refresh(one)
    assert not queries.is_live(one, at + timedelta(seconds=3600))


def test_use_is_noted_at_most_every_five_minutes(db, make, at, attempt):
    person = make.person(unit=make.agency())
    one = queries.sign_in_by_hash(db, service.token_hash(attempt(person.email)))
    service.touch(db, one.id, at=at + timedelta(minutes=4, seconds=59))
    db.refresh(one)
    assert one.seen_at == at
    service.touch(db, one.id, at=at + timedelta(minutes=5))
    db.refresh(one)
    assert one.seen_at == at + timedelta(minutes=5)


def test_what_has_no_use_any_more_is_deleted(db, make, at, attempt):
    person = make.person(unit=make.agency())
    attempt(person.email)
    with pytest.raises(WrongPassword):
        attempt(person.email, "sai")
    service.keep_form(db, person.id, page="/x", fields=[("a", "b")], at=at, largest=100)
    service.tidy(db, at + timedelta(days=6))
    assert db.scalars(select(SignIn)).all()
    assert queries.kept_forms(db, person, at=at)
    assert not db.scalars(select(Attempt)).all()
    service.tidy(db, at + timedelta(days=31))
    assert not db.scalars(select(SignIn)).all()
    assert not queries.kept_forms(db, person, at=at)


def test_parallel_guesses_are_all_counted(live, at):
    from concurrent.futures import ThreadPoolExecutor

    _app, sessions = live

    def guess(number):
        with sessions() as db:
            try:
                service.sign_in(db, "a@vidu.vn", "sai", at=at, ip=f"192.0.2.{number}", agent="", limits=LIMITS)
            except (WrongPassword, TooManyAttempts) as refused:
                db.commit()
                return type(refused)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(guess, range(6)))
    assert answers.count(WrongPassword) == LIMITS.attempts - 1
    assert answers.count(TooManyAttempts) == 6 - LIMITS.attempts + 1
