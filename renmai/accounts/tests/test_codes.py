"""Sign-in by phone code."""

import pytest
from django.db import transaction

from renmai.accounts import actions
from renmai.accounts.models import PhoneCode, Throttle, User
from renmai.accounts.tests.factories import ELSEWHERE, HERE, make_member
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
PHONE = "13800138000"


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def refused(code: str, phone: str = PHONE, *, ip_address: str = HERE) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        actions.verify_code(phone, code, ip_address=ip_address)
    return refusal.value


def test_a_code_signs_in_and_creates_the_member_on_first_use(moving_clock: MovingClock) -> None:
    issued = actions.request_code("+86 138 0013 8000", ip_address=HERE)
    assert issued.phone == PHONE
    assert (len(issued.code), issued.code.isdigit()) == (6, True)
    assert issued.code not in repr(issued)
    assert not PhoneCode.objects.filter(code_hash__contains=issued.code).exists()
    user = actions.verify_code(PHONE, f" {issued.code[:3]} {issued.code[3:]}", ip_address=HERE)
    assert (user.phone, user.is_staff) == (PHONE, False)
    assert OutboxEvent.objects.get().payload == {"user_id": user.pk}
    moving_clock.advance(minutes=10)
    again = actions.request_code(PHONE, ip_address=HERE)
    assert actions.verify_code(PHONE, again.code, ip_address=HERE).pk == user.pk
    assert OutboxEvent.objects.count() == 1


def test_full_width_digits_are_digits() -> None:
    issued = actions.request_code(PHONE, ip_address=HERE)
    typed = "".join(chr(ord(char) + 0xFEE0) for char in issued.code)
    assert actions.verify_code(PHONE, typed, ip_address=HERE).phone == PHONE


def test_a_code_works_once() -> None:
    issued = actions.request_code(PHONE, ip_address=HERE)
    actions.verify_code(PHONE, issued.code, ip_address=HERE)
    assert refused(issued.code).code == "accounts.code_expired"


def test_a_code_ends_after_five_minutes(moving_clock: MovingClock) -> None:
    issued = actions.request_code(PHONE, ip_address=HERE)
    moving_clock.advance(minutes=5)
    assert refused(issued.code).code == "accounts.code_expired"


def test_a_newer_code_ends_the_older_one(moving_clock: MovingClock) -> None:
    older = actions.request_code(PHONE, ip_address=HERE)
    moving_clock.advance(seconds=61)
    newer = actions.request_code(PHONE, ip_address=HERE)
    if older.code != newer.code:
        assert refused(older.code).code == "accounts.code_wrong"
    assert actions.verify_code(PHONE, newer.code, ip_address=HERE).phone == PHONE


def test_five_wrong_tries_end_the_code_and_each_says_what_is_left() -> None:
    issued = actions.request_code(PHONE, ip_address=HERE)
    refusals = [refused(wrong(issued.code)) for _try in range(5)]
    assert [refusal.details["left"] for refusal in refusals] == [4, 3, 2, 1, 0]
    assert [refusal.code for refusal in refusals] == ["accounts.code_wrong"] * 4 + ["accounts.code_expired"]
    assert {refusal.field for refusal in refusals} == {"code"}
    assert refused(issued.code).code == "accounts.code_expired"
    assert not User.objects.exists()


@pytest.mark.parametrize("typed", ["", "abc", "12345", "１２", "0" * 5000])
def test_something_that_is_no_code_is_a_wrong_try(typed: str) -> None:
    actions.request_code(PHONE, ip_address=HERE)
    refusal = refused(typed)
    assert refusal.code == "accounts.code_wrong"
    assert PhoneCode.objects.get().attempts == 1


def test_members_and_strangers_are_answered_alike() -> None:
    make_member(phone=PHONE)
    stranger = "13900139000"
    answers = []
    for phone in (PHONE, stranger):
        issued = actions.request_code(phone, ip_address=HERE)
        refusal = refused(wrong(issued.code), phone)
        answers.append((refusal.code, refusal.status, refusal.sentence))
    assert answers[0] == answers[1]
    assert refused("123456", "13700137000").code == "accounts.code_expired"


def test_the_code_of_one_phone_opens_no_other() -> None:
    mine = actions.request_code(PHONE, ip_address=HERE)
    theirs = actions.request_code("13900139000", ip_address=HERE)
    if mine.code != theirs.code:
        assert refused(mine.code, "13900139000").code == "accounts.code_wrong"


def test_a_phone_waits_a_minute_between_codes_and_is_told_how_long(moving_clock: MovingClock) -> None:
    actions.request_code(PHONE, ip_address=HERE)
    moving_clock.advance(seconds=20)
    with pytest.raises(DomainError) as refusal:
        actions.request_code(PHONE, ip_address=HERE)
    assert (refusal.value.code, refusal.value.status) == ("request.too_many", 429)
    assert refusal.value.details == {"seconds": 40}
    moving_clock.advance(seconds=40)
    actions.request_code(PHONE, ip_address=HERE)
    assert PhoneCode.objects.count() == 2


def test_a_phone_gets_five_codes_an_hour_and_ten_a_day(moving_clock: MovingClock) -> None:
    given = 0
    for _minute in range(24 * 60 - 1):
        try:
            actions.request_code(PHONE, ip_address=HERE)
            given += 1
        except DomainError:
            assert given in {5, 10}
            if given == 10:
                break
            moving_clock.advance(minutes=59)
        moving_clock.advance(minutes=1)
    assert given == 10


def test_signing_in_ends_the_limits_of_the_phone() -> None:
    for _time in range(12):
        issued = actions.request_code(PHONE, ip_address=HERE)
        actions.verify_code(PHONE, issued.code, ip_address=HERE)
    assert not Throttle.objects.filter(subject=PHONE).exists()


def test_a_network_address_is_limited_over_all_phones() -> None:
    for number in range(60):
        actions.request_code(f"139{number:08d}", ip_address=ELSEWHERE)
    with pytest.raises(DomainError) as refusal:
        actions.request_code("13800000000", ip_address=ELSEWHERE)
    assert refusal.value.code == "request.too_many"
    assert 3500 < int(str(refusal.value.details["seconds"])) <= 3600
    assert not PhoneCode.objects.filter(phone="13800000000").exists()


def test_a_closed_account_stays_out_even_with_the_right_code() -> None:
    user = make_member(phone=PHONE)
    User.objects.filter(pk=user.pk).update(is_active=False)
    issued = actions.request_code(PHONE, ip_address=HERE)
    assert refused(issued.code).code == "accounts.closed"


@pytest.mark.django_db(transaction=True)
def test_a_try_cannot_be_taken_back_by_the_transaction_of_the_caller() -> None:
    issued = actions.request_code(PHONE, ip_address=HERE)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        actions.verify_code(PHONE, wrong(issued.code), ip_address=HERE)


def test_a_clock_that_is_turned_back_lengthens_no_code_and_a_fresh_one_works(moving_clock: MovingClock) -> None:
    issued = actions.request_code(PHONE, ip_address=HERE)
    moving_clock.advance(hours=-1)
    assert refused(issued.code).code == "accounts.code_expired"
    Throttle.objects.all().delete()
    fresh = actions.request_code(PHONE, ip_address=HERE)
    assert actions.verify_code(PHONE, fresh.code, ip_address=HERE).phone == PHONE


def test_nobody_waits_longer_than_a_window_when_the_clock_is_turned_back(moving_clock: MovingClock) -> None:
    actions.request_code(PHONE, ip_address=HERE)
    moving_clock.advance(hours=-1)
    with pytest.raises(DomainError) as refusal:
        actions.request_code(PHONE, ip_address=HERE)
    assert (refusal.value.code, refusal.value.retry_after_seconds) == ("request.too_many", 60)
    moving_clock.advance(seconds=60)
    assert actions.request_code(PHONE, ip_address=HERE).phone == PHONE
