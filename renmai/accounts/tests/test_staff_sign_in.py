"""Password, authenticator app, recovery codes, lock-outs."""

from datetime import timedelta

import pyotp
import pytest

from renmai.accounts import actions, queries
from renmai.accounts.models import ActLog, RecoveryCode, Throttle, TotpDevice, User
from renmai.accounts.tests.factories import ELSEWHERE, HERE, PASSWORD, code_of, enrol, make_member, make_staff
from renmai.kernel.errors import DomainError
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def sign_in(username: str, password: str = PASSWORD, totp: str = "") -> User:
    return actions.sign_in_staff(username, password, totp=totp, ip_address=HERE)


def refused(username: str, password: str = PASSWORD, totp: str = "") -> DomainError:
    with pytest.raises(DomainError) as refusal:
        sign_in(username, password, totp)
    return refusal.value


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_password_and_app_together_sign_in(moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    app, _codes = enrol(person)
    moving_clock.advance(seconds=30)
    assert sign_in(" WANG ", PASSWORD, code_of(app)).pk == person.pk
    act = ActLog.objects.get(act="staff.sign_in")
    assert (act.actor_id, act.ip_address) == (person.pk, HERE)


def test_the_steps_can_be_asked_one_after_the_other(moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    first = actions.check_staff_password("wang", PASSWORD, ip_address=HERE)
    assert (first.user_id, first.needs) == (person.pk, "enrolment")
    assert refused("wang").code == "accounts.enrolment_needed"
    app, _codes = enrol(person)
    moving_clock.advance(seconds=30)
    second = actions.check_staff_password("wang", PASSWORD, ip_address=HERE)
    assert second.needs == "code"
    assert refused("wang").code == "accounts.totp_needed"
    assert actions.finish_staff_sign_in(second.user_id, code_of(app), ip_address=HERE).pk == person.pk


def test_nothing_tells_a_wrong_name_from_a_wrong_password() -> None:
    make_staff(username="wang")
    closed = make_staff(username="gone")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    member = make_member()
    User.objects.filter(pk=member.pk).update(username="member", password=closed.password)
    answers = {
        (refusal.code, refusal.status, refusal.sentence, refusal.field)
        for refusal in (refused("wang", "no"), refused("nobody"), refused("gone"), refused("member"), refused("", ""))
    }
    assert len(answers) == 1
    assert answers.pop()[0] == "accounts.sign_in_failed"


def test_an_endless_password_is_not_hashed() -> None:
    make_staff(username="wang")
    assert refused("wang", "x" * 1_000_000).code == "accounts.sign_in_failed"


def test_five_wrong_passwords_lock_a_name_for_fifteen_minutes(moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    app, _codes = enrol(person)
    for name in ("wang", "nobody"):
        for _time in range(5):
            assert refused(name, "no").code == "accounts.sign_in_failed"
        moving_clock.advance(minutes=1)
        locked = refused(name)
        assert (locked.code, locked.details) == ("request.too_many", {"seconds": 840})
    moving_clock.advance(minutes=15)
    assert sign_in("wang", PASSWORD, code_of(app)).pk == person.pk
    assert not Throttle.objects.filter(subject="wang").exists()


def test_a_network_address_is_limited_over_all_names() -> None:
    for number in range(30):
        with pytest.raises(DomainError, match=r"accounts.sign_in_failed"):
            actions.check_staff_password(f"name{number}", "no", ip_address=ELSEWHERE)
    with pytest.raises(DomainError, match=r"request.too_many"):
        actions.check_staff_password("another", "no", ip_address=ELSEWHERE)


def test_each_step_of_the_app_works_once(moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    app, _codes = enrol(person)
    assert refused("wang", PASSWORD, code_of(app)).code == "accounts.totp_wrong"
    early = app.at(moving_clock.now + timedelta(seconds=30))
    assert sign_in("wang", PASSWORD, early).pk == person.pk
    assert refused("wang", PASSWORD, early).code == "accounts.totp_wrong"
    moving_clock.advance(seconds=30)
    assert refused("wang", PASSWORD, code_of(app)).code == "accounts.totp_wrong"
    moving_clock.advance(seconds=30)
    assert sign_in("wang", PASSWORD, code_of(app)).pk == person.pk


def test_a_code_may_be_one_step_late_but_not_two(moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    app, _codes = enrol(person)
    moving_clock.advance(seconds=90)
    shown = code_of(app)
    moving_clock.advance(seconds=30)
    assert sign_in("wang", PASSWORD, shown).pk == person.pk
    moving_clock.advance(seconds=300)
    shown = code_of(app)
    moving_clock.advance(seconds=60)
    assert refused("wang", PASSWORD, shown).code == "accounts.totp_wrong"


def test_five_wrong_codes_lock_the_second_factor_and_say_for_how_long(moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    app, recovery = enrol(person)
    moving_clock.advance(seconds=30)
    bad = wrong(code_of(app))
    refusals = [refused("wang", PASSWORD, bad) for _time in range(5)]
    assert [refusal.code for refusal in refusals] == ["accounts.totp_wrong"] * 4 + ["accounts.locked"]
    moving_clock.advance(minutes=5)
    for attempt in (code_of(app), recovery[0]):
        locked = refused("wang", PASSWORD, attempt)
        assert (locked.code, locked.details, locked.status) == ("accounts.locked", {"minutes": 10}, 429)
    moving_clock.advance(minutes=10)
    assert sign_in("wang", PASSWORD, code_of(app)).pk == person.pk
    assert TotpDevice.objects.get().failures == 0


def test_a_success_forgets_earlier_failures(moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    app, _codes = enrol(person)
    for _round in range(3):
        moving_clock.advance(seconds=30)
        for _time in range(4):
            assert refused("wang", PASSWORD, wrong(code_of(app))).code == "accounts.totp_wrong"
        assert sign_in("wang", PASSWORD, code_of(app)).pk == person.pk


def test_ten_recovery_codes_work_once_each(moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    _app, codes = enrol(person)
    assert len(set(codes)) == 10
    for code in codes:
        assert sign_in("wang", PASSWORD, code.lower().replace("-", " ")).pk == person.pk
    assert refused("wang", PASSWORD, codes[0]).code == "accounts.totp_wrong"
    assert RecoveryCode.objects.filter(used_at__isnull=True).count() == 0
    moving_clock.advance(minutes=1)


def test_a_recovery_code_of_somebody_else_is_wrong() -> None:
    first, second = make_staff(username="wang"), make_staff(username="zhao")
    _app, codes = enrol(first)
    enrol(second)
    assert refused("zhao", PASSWORD, codes[0]).code == "accounts.totp_wrong"
    assert RecoveryCode.objects.filter(used_at__isnull=False).count() == 0


def test_new_recovery_codes_end_the_old_ones(moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    app, old = enrol(person)
    with pytest.raises(DomainError, match=r"accounts.totp_wrong"):
        actions.new_recovery_codes(person, wrong(code_of(app)))
    moving_clock.advance(seconds=30)
    new = actions.new_recovery_codes(person, code_of(app))
    assert not set(new) & set(old)
    assert refused("wang", PASSWORD, old[0]).code == "accounts.totp_wrong"
    assert sign_in("wang", PASSWORD, new[0]).pk == person.pk


def test_setting_up_can_begin_again_until_it_is_confirmed() -> None:
    person = make_staff(username="wang")
    abandoned, wanted = (actions.enrol_totp(person) for _time in range(2))
    assert wanted.secret not in repr(wanted)
    assert wanted.uri == f"otpauth://totp/Renmai:wang?secret={wanted.secret}&issuer=Renmai"
    assert TotpDevice.objects.get().secret != wanted.secret
    with pytest.raises(DomainError, match=r"accounts.totp_wrong"):
        actions.confirm_totp(person, code_of(pyotp.TOTP(abandoned.secret)))
    assert not queries.has_second_factor(person)
    assert len(actions.confirm_totp(person, code_of(pyotp.TOTP(wanted.secret)))) == 10
    assert queries.has_second_factor(person)
    for again in (lambda: actions.enrol_totp(person), lambda: actions.confirm_totp(person, "123456")):
        with pytest.raises(DomainError, match=r"accounts.totp_exists"):
            again()
    assert list(ActLog.objects.values_list("act", flat=True)) == ["staff.totp_confirm"]


def test_an_owner_lets_somebody_set_up_a_new_app_but_not_themselves() -> None:
    owner, person = make_staff(), make_staff(username="wang")
    _app, codes = enrol(person)
    actions.reset_second_factor(owner, person.pk)
    assert refused("wang", PASSWORD, codes[0]).code == "accounts.enrolment_needed"
    with pytest.raises(DomainError, match=r"accounts.own_account"):
        actions.reset_second_factor(owner, owner.pk)
    enrol(person)
    assert queries.has_second_factor(person)


def test_no_second_step_without_the_first() -> None:
    member, person = make_member(), make_staff()
    for user_id in (member.pk, person.pk, 0):
        with pytest.raises(DomainError, match=r"accounts.sign_in_failed"):
            actions.finish_staff_sign_in(user_id, "123456", ip_address=HERE)
