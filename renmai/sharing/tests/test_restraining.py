"""Whom somebody muted does not speak to her, in any list; who is paused makes no new links."""

from datetime import timedelta

import pytest

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.ordering.tests.making import refused
from renmai.sharing import actions, queries
from renmai.sharing.models import Share, ShopItem
from renmai.sharing.tests.factories import link, product, shop, user
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def test_whom_she_muted_stands_in_no_list_of_hers() -> None:
    reader, other = user(), user()
    muted, heard = shop(user("Muted")), shop(user("Heard"))
    peach = product()
    for each in (muted, heard):
        ShopItem.objects.create(shop=each, product=peach, voice="Sweet")
    actions.mute(receiver_id=reader.pk, sharer_id=muted.owner_id)
    for viewer, shops in ((reader, {heard}), (other, {muted, heard})):
        assert {item.shop for item in queries.recommended(viewer_id=viewer.pk).items} == shops
        assert {item.shop for item in queries.voices_for(peach.pk, viewer_id=viewer.pk)} == shops
        assert {item.shop for item in queries.said_of(peach.pk, shop=None, viewer_id=viewer.pk)[1]} == shops
        assert set(queries.open_shops(viewer_id=viewer.pk)) == shops
    assert len(queries.recommended().items) == 2
    own, others = queries.said_of(peach.pk, shop=muted, viewer_id=reader.pk)
    assert (own is not None and own.shop, [item.shop for item in others]) == (muted, [heard])
    actions.unmute(receiver_id=reader.pk, sharer_id=muted.owner_id)
    assert len(queries.recommended(viewer_id=reader.pk).items) == 2


def test_a_muted_agent_keeps_her_customer_but_is_not_shown() -> None:
    customer, place = user(), shop()
    actions.bind(customer_id=customer.pk, shop_id=place.pk, reason="test", evidence={})
    assert queries.heard_binding(customer) == queries.current_binding(customer)
    actions.mute(receiver_id=customer.pk, sharer_id=place.owner_id)
    assert queries.heard_binding(customer) is None
    assert queries.current_binding(customer) is not None


def test_nobody_mutes_herself_and_muting_twice_is_muting_once() -> None:
    one, other = user(), user()
    with refused("sharing.own_mute"):
        actions.mute(receiver_id=one.pk, sharer_id=one.pk)
    assert actions.mute(receiver_id=one.pk, sharer_id=other.pk)
    assert not actions.mute(receiver_id=one.pk, sharer_id=other.pk)
    assert queries.who_muted(other.pk, among=[one.pk]) == {one.pk}


def test_a_pause_ends_by_itself_or_by_the_staff(moving_clock: MovingClock) -> None:
    place = shop()
    old = link(place.owner, of=place)
    until = moving_clock.now + timedelta(days=30)
    pause = actions.pause_sharer(place.owner_id, until=until, reason="complaint", evidence="feedback:1")
    again = actions.pause_sharer(place.owner_id, until=until + timedelta(days=9), reason="complaint", evidence="feedback:1")
    assert again == pause
    assert link(place.owner, of=place) == old
    peach = product()
    with refused("sharing.paused"):
        actions.share(place.owner, kind=Share.Kind.PRODUCT, shop=place, product=peach)
    with refused("request.forbidden"):
        actions.lift_pause(place.owner, pause.pk, reason="I was good")
    staff = make_staff(Role.SERVICE)
    assert [row.pk for row in queries.pauses()] == [pause.pk]
    lifted = actions.lift_pause(staff, pause.pk, reason="The complaint was about another shop")
    assert (lifted.lifted_by, queries.pause_of(place.owner_id)) == (staff, None)
    with refused("request.conflict"):
        actions.lift_pause(staff, pause.pk, reason="again")
    assert actions.share(place.owner, kind=Share.Kind.PRODUCT, shop=place, product=peach).product == peach
    assert [row.pk for row in queries.pauses(running=False)] == [pause.pk]
