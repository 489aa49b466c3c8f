"""Traces are gathered from real rows, once, and forgotten."""

from datetime import date, timedelta

import pytest

from renmai.accounts.models import SignIn, User
from renmai.accounts.tests.factories import make_address, make_member, make_staff
from renmai.distribution.models import Agent
from renmai.fraud import marks
from renmai.fraud.actions import gather
from renmai.fraud.actions.gathering import KEPT, LAG
from renmai.fraud.cases import Kind
from renmai.fraud.models import Bookmark, Trace
from renmai.kernel import clock
from renmai.ordering.models import Order
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def seen(user: User) -> set[str]:
    return {f"{row.kind}" for row in Trace.objects.filter(user=user)}


def sign_in(user: User, device: str = "browser", ip_address: str = "203.0.113.7") -> SignIn:
    return SignIn.objects.create(user=user, device=device, ip_address=ip_address, epoch=0)


def agent(user: User, account: str) -> Agent:
    return Agent.objects.create(user=user, born_on=date(1990, 5, 17), occupation="other", payout_account=account)


def test_everything_somebody_is_seen_with_leaves_a_trace_but_not_the_thing(moving_clock: MovingClock) -> None:
    member = make_member(phone="13800138001")
    sign_in(member)
    make_address(member)
    agent(member, "6225 8800 0000 1234")
    moving_clock.advance(minutes=10)
    assert gather(100) == 1
    assert seen(member) == {kind.value for kind in Kind}
    stored = " ".join(Trace.objects.values_list("digest", flat=True))
    for secret in ("browser", "203.0.113.7", "13800138001", "12345678", "1234", "科技园"):
        assert secret not in stored
    home = marks.address("440305", "科技园路1号", region_path="广东省 深圳市 南山区")
    assert home is not None
    assert Trace.objects.filter(digest=home.digest, kind="address", user=member).exists()


def test_an_order_leaves_its_address_and_phone_and_is_read_once(moving_clock: MovingClock) -> None:
    member = make_member()
    Order.objects.create(
        number="R1",
        buyer=member,
        goods_fen=1,
        payable_fen=1,
        phone="13900139000",
        region_code="440305",
        address="广东省 深圳市 南山区 科技园路 1 号",
        idempotency_key="1",
        pay_before=clock.now(),
    )
    make_address(member)
    moving_clock.advance(minutes=10)
    assert gather(100) == 1
    assert gather(100) == 0
    # The address book and the order say the same place; the phones differ, and her own is a third.
    assert Trace.objects.filter(user=member, kind="address").count() == 1
    assert Trace.objects.filter(user=member, kind="phone").count() == 3


def test_what_may_still_be_uncommitted_waits(moving_clock: MovingClock) -> None:
    member = make_member()
    sign_in(member)
    assert gather(100) == 0
    moving_clock.advance(seconds=LAG.total_seconds())
    assert gather(100) == 0
    assert "device" not in seen(member)
    moving_clock.advance(seconds=1)
    assert gather(100) == 1
    assert "device" in seen(member)


def test_rows_that_change_are_read_again_and_others_in_batches(moving_clock: MovingClock) -> None:
    members = [make_member() for _each in range(5)]
    for member in members:
        sign_in(member)
    earner = agent(members[0], "old-account")
    moving_clock.advance(minutes=10)
    # Two new sign-ins each time; the rounds through users and agents go on beside them and are no work to catch up with.
    assert [gather(2), gather(2), gather(2), gather(2)] == [2, 2, 1, 0]
    Agent.objects.filter(pk=earner.pk).update(payout_account="new-account")
    gather(2)
    assert Trace.objects.filter(user=members[0], kind="payout").count() == 2
    assert all(seen(member) >= {"device", "network", "phone", "block"} for member in members)


def test_gathering_again_writes_nothing(moving_clock: MovingClock) -> None:
    member = make_member()
    sign_in(member)
    moving_clock.advance(minutes=10)
    gather(100)
    before = list(Trace.objects.order_by("pk").values())
    moving_clock.advance(days=29)
    gather(100)
    assert list(Trace.objects.order_by("pk").values()) == before
    moving_clock.advance(days=2)
    gather(100)
    assert Trace.objects.get(user=member, kind="block").seen_at == clock.now()
    assert Trace.objects.count() == len(before)


def test_old_traces_are_forgotten(moving_clock: MovingClock) -> None:
    member = make_member()
    sign_in(member)
    moving_clock.advance(minutes=10)
    gather(100)
    moving_clock.advance(seconds=(KEPT - timedelta(minutes=10)).total_seconds())
    gather(100)
    assert "device" in seen(member)
    moving_clock.advance(minutes=11)
    gather(100)
    assert seen(member) == {"phone", "block"}


def test_staff_leave_no_trace(moving_clock: MovingClock) -> None:
    person = make_staff()
    sign_in(person)
    moving_clock.advance(minutes=10)
    assert gather(100) == 0
    assert not Trace.objects.exists()


def test_with_another_key_everything_is_gathered_anew(moving_clock: MovingClock, settings: object) -> None:
    member = make_member()
    sign_in(member)
    moving_clock.advance(minutes=10)
    gather(100)
    bookmarks = Bookmark.objects.count()
    settings.SECRET_KEY = "another-key-of-this-installation-0123456789"  # type: ignore[attr-defined]
    assert gather(100) == 1
    assert Trace.objects.filter(user=member, kind="device").count() == 2
    assert Bookmark.objects.count() == 2 * bookmarks
