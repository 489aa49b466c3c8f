"""Codes belong to the browser that asked; nobody is locked out for ever by somebody who only knows the phone or the name."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from renmai.accounts import actions, queries
from renmai.accounts.events import SignedInElsewhere
from renmai.accounts.models import SignIn, User
from renmai.accounts.tests.factories import ELSEWHERE, HERE, make_member, make_staff
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
PHONE = "13800138000"
MINE, THEIRS = "my-browser", "their-browser"


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def refused(phone: str, code: str, device: str) -> str:
    with pytest.raises(DomainError) as refusal:
        actions.verify_code(phone, code, ip_address=ELSEWHERE, device=device)
    return refusal.value.code


def begun(user: User, device: str) -> SignIn:
    return actions.note_sign_in(user, device=device, label="Safari · iPhone", ip_address=HERE)


def test_a_stranger_can_neither_use_up_nor_replace_the_code_of_a_browser(moving_clock: MovingClock) -> None:
    mine = actions.request_code(PHONE, ip_address=HERE, device=MINE)
    for _try in range(9):
        assert refused(PHONE, wrong(mine.code), THEIRS) == "accounts.code_expired"
        assert refused(PHONE, wrong(mine.code), "") == "accounts.code_expired"
    assert refused(PHONE, mine.code, THEIRS) == "accounts.code_expired", "not even with the right code"
    moving_clock.advance(seconds=61)
    actions.request_code(PHONE, ip_address=ELSEWHERE, device=THEIRS)
    moving_clock.advance(seconds=61)
    actions.request_code(PHONE, ip_address=ELSEWHERE)
    assert actions.verify_code(PHONE, mine.code, ip_address=HERE, device=MINE).phone == PHONE


def test_a_code_that_nobody_in_particular_asked_for_works_in_any_browser() -> None:
    issued = actions.request_code(PHONE, ip_address=HERE)
    assert actions.verify_code(PHONE, issued.code, ip_address=HERE, device=MINE).phone == PHONE


def test_asking_again_ends_ones_own_earlier_code_for_good(moving_clock: MovingClock) -> None:
    first = actions.request_code(PHONE, ip_address=HERE, device=MINE)
    moving_clock.advance(seconds=61)
    second = actions.request_code(PHONE, ip_address=HERE, device=MINE)
    for _try in range(5):
        refused(PHONE, wrong(second.code), MINE)
    assert refused(PHONE, first.code, MINE) == "accounts.code_expired", "an older code gives no further tries"
    assert refused(PHONE, second.code, MINE) == "accounts.code_expired"


def test_the_browser_of_the_owner_gets_codes_whatever_strangers_ask_for(moving_clock: MovingClock) -> None:
    begun(make_member(phone=PHONE), MINE)
    for _day in range(3):
        for _code in range(10):
            moving_clock.advance(hours=1)
            actions.request_code(PHONE, ip_address=ELSEWHERE, device=THEIRS)
        with pytest.raises(DomainError, match=r"request.too_many"):
            actions.request_code(PHONE, ip_address=ELSEWHERE, device="another")
        issued = actions.request_code(PHONE, ip_address=HERE, device=MINE)
        assert issued.phone == PHONE
        moving_clock.advance(hours=15)


def test_a_browser_is_known_for_its_own_phone_only(moving_clock: MovingClock) -> None:
    begun(make_member(phone="13900139000"), THEIRS)
    make_member(phone=PHONE)
    actions.request_code(PHONE, ip_address=HERE, device=MINE)
    with pytest.raises(DomainError, match=r"request.too_many"):
        actions.request_code(PHONE, ip_address=ELSEWHERE, device=THEIRS)


def test_signing_out_everywhere_makes_every_browser_a_stranger(moving_clock: MovingClock) -> None:
    user = make_member(phone=PHONE)
    begun(user, THEIRS)
    actions.end_own_sessions(user)
    actions.request_code(PHONE, ip_address=HERE, device=MINE)
    with pytest.raises(DomainError, match=r"request.too_many"):
        actions.request_code(PHONE, ip_address=ELSEWHERE, device=THEIRS)


def test_a_new_browser_is_told_once_to_a_member_who_has_others() -> None:
    member, staff = make_member(), make_staff()
    for user in (member, staff):
        for device in (MINE, MINE, THEIRS, MINE):
            begun(user, device)
    events = OutboxEvent.objects.filter(name=SignedInElsewhere.NAME)
    third = SignIn.objects.filter(user=member).order_by("pk")[2]
    assert [event.payload for event in events] == [{"user_id": member.pk, "sign_in_id": third.pk}]


def test_the_list_leaves_out_what_ended_and_what_is_somebody_elses(moving_clock: MovingClock) -> None:
    user, other = make_member(), make_member()
    since = moving_clock.now
    old, ended, mine, theirs = begun(user, "a"), begun(user, "b"), begun(user, "c"), begun(other, "d")
    SignIn.objects.filter(pk=old.pk).update(began_at=since)
    actions.end_sign_in(user, ended.pk)
    actions.end_sign_in(user, theirs.pk)
    moving_clock.advance(seconds=1)
    newest = begun(user, "e")
    assert [row.pk for row in queries.sign_ins(user, since=since)] == [newest.pk]
    SignIn.objects.filter(pk=mine.pk).update(began_at=moving_clock.now)
    assert [row.pk for row in queries.sign_ins(user, since=since)] == [newest.pk, mine.pk]
    assert SignIn.objects.get(pk=theirs.pk).ended_at is None
    actions.end_own_sessions(user)
    assert queries.sign_ins(user, since=since) == []


def test_the_session_hash_changes_with_password_and_epoch_and_belongs_to_nobody_else() -> None:
    user, other = make_staff(), make_staff()
    hashes = {user.get_session_auth_hash(), other.get_session_auth_hash()}
    actions.end_own_sessions(user)
    hashes.add(user.get_session_auth_hash())
    user.set_password("something new and long 1")
    hashes.add(user.get_session_auth_hash())
    assert len(hashes) == 4


def test_sign_ins_are_forgotten_after_a_year_and_a_bit(moving_clock: MovingClock) -> None:
    begun(make_member(), MINE)
    moving_clock.advance(days=399)
    assert actions.forget_attempts(10) == 0
    moving_clock.advance(days=2)
    assert actions.forget_attempts(10) == 1
    assert not SignIn.objects.exists()


def test_a_session_begins_and_ends_by_one_clock(moving_clock: MovingClock) -> None:
    """It was written by the machine's clock and read by the kernel's: a year ahead, nobody stayed signed in."""
    moving_clock.advance(days=400)
    client = Client()
    client.force_login(make_member())
    assert SESSION_KEY in client.session
    assert client.get("/me/settings/").status_code == 200
    moving_clock.advance(days=30, seconds=1)
    assert client.get("/me/settings/").status_code == 302
