"""Red packets that several want at the same moment, or one person twice."""

from collections import Counter
from functools import partial

import pytest

from renmai.campaigns.models import Campaign
from renmai.campaigns.tests.fakes import choice
from renmai.journeys import checkout
from renmai.journeys.tests.world import customer, draft, goods, violations
from renmai.plays.red_packet import actions
from renmai.plays.red_packet.models import Packet, Pool
from renmai.plays.red_packet.tests.world import campaign, opened
from tools.testing.together import Act, at_once, every_interleaving

pytestmark = pytest.mark.django_db(transaction=True)


def test_fifty_people_for_the_last_three_packets() -> None:
    running = campaign(packets=3, total_fen=100, split="random")
    crowd = [customer() for _one in range(50)]
    said = Counter(at_once(*[partial(lambda who: actions.open_packet(who.user, running.pk).status, who) for who in crowd]))
    assert said == {"free": 3, "red_packet.all_gone": 47}
    assert sum(Packet.objects.values_list("amount_fen", flat=True)) == Campaign.objects.get(pk=running.pk).spent_fen == 100
    assert Pool.objects.get().opened == 3
    assert violations() == []


def test_one_person_opens_two_at_every_statement() -> None:
    def scene() -> tuple[Act, Act]:
        who, running = customer(), campaign()
        return (lambda: actions.open_packet(who.user, running.pk).status,) * 2

    def check(first: str, second: str) -> None:
        assert sorted((first, second)) == ["free", "red_packet.had_yours"]

    every_interleaving(scene, check)
    assert violations() == []


def test_one_packet_for_five_orders_at_once() -> None:
    who, (peach,) = customer(), goods(stock=100)
    packet = opened(who)
    wanted = draft(who, [(peach, 1)], plays=(choice(packet.campaign, packet.code),))
    said = Counter(
        at_once(
            *[
                partial(lambda key: checkout.place_order(who.user, None, wanted, idempotency_key=key).status, str(n))
                for n in range(5)
            ]
        )
    )
    assert said == {"placed": 1, "red_packet.gone": 4}
    assert violations() == []
