"""Each rule of the audit of red packets is broken once, and found."""

from datetime import timedelta

import pytest
from django.db.models import F

from renmai.campaigns.models import Campaign, Participation
from renmai.journeys.tests.lives import pay
from renmai.journeys.tests.world import customer, goods
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.plays.red_packet.audit import violations
from renmai.plays.red_packet.models import Packet, Pool
from renmai.plays.red_packet.tests.world import opened, ordered

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [str(one) for one in violations()]


def used() -> Packet:
    who, (peach,) = customer(), goods()
    packet = opened(who)
    pay(who, ordered(who, packet, peach))
    assert found() == []
    return Packet.objects.get(pk=packet.pk)


def test_more_turns_than_packets() -> None:
    used()
    Pool.objects.update(opened=F("opened") + 1)
    assert any("2 turns taken, 1 packets" in one for one in found())


def test_another_amount_than_its_turn_finds() -> None:
    used()
    Packet.objects.update(amount_fen=201)
    said = found()
    assert any("201 fen in its opened packets, not 200" in one for one in said)
    assert any("200 fen spent, 201 in its packets" in one for one in said)


def test_used_without_money_or_by_a_stranger() -> None:
    packet = used()
    Order.objects.filter(packet=packet).update(paid_at=None)
    assert any("in another state" in one for one in found())
    Order.objects.filter(packet=packet).update(paid_at=clock.now())
    Packet.objects.update(owner=customer().user)
    assert any("not hers" in one for one in found())


def test_more_off_than_was_in_it() -> None:
    used()
    Participation.objects.update(discount_fen=201)
    assert any("got something else for it" in one for one in found())


def test_an_order_without_the_packet_that_it_got_money_for() -> None:
    used()
    Participation.objects.update(reference="OTHER")
    assert any("which it does not have" in one for one in found())


def test_a_budget_that_tells_another_story() -> None:
    used()
    Campaign.objects.update(spent_fen=1)
    assert ["1 fen spent, 200 in its packets" in one for one in found()] == [True]


def test_free_past_its_end() -> None:
    opened(customer())
    Packet.objects.update(valid_until=clock.now() - timedelta(hours=2))
    assert ["free past its end" in one for one in found()] == [True]
