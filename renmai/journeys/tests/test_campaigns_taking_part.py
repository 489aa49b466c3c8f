"""Orders with grants: the plays hear of each step, in the order's own transaction, and a refusal leaves nothing behind."""

from collections.abc import Callable, Iterator

import pytest

from renmai.accounts.models import User
from renmai.campaigns import actions, stacking
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.plays import Choice, Layer
from renmai.campaigns.tests.fakes import FakePlay, choice, installed, running_campaign
from renmai.journeys import cancelling, checkout
from renmai.journeys.tests.world import buy, customer, draft, fresh, goods, place, refused, stock, violations
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order, OrderAdjustment
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def play() -> Iterator[FakePlay]:
    with installed(FakePlay(off_fen=300)) as fake:
        yield fake


def test_a_grant_is_written_down_with_the_version_of_its_terms(play: FakePlay) -> None:
    who, (peach,), campaign = customer(), goods(price_fen=1000, freight=False), running_campaign()
    order = place(who, [(peach, 1)], plays=(choice(campaign, "C-1"),))
    part = Participation.objects.get()
    assert (part.order, part.campaign, part.version, part.reference, part.discount_fen) == (order, campaign, 1, "C-1", 300)
    assert (order.payable_fen, order.is_in_campaign, order.held_for) == (700, True, "")
    assert list(OrderAdjustment.objects.values_list("kind", "amount_fen")) == [("fake", -300)]
    assert violations() == []


def test_plays_hear_of_payment_and_of_the_end_without_it(play: FakePlay) -> None:
    who, (peach,), campaign = customer(), goods(), running_campaign()
    buy(who, [(peach, 1)], plays=(choice(campaign),))
    unpaid = place(who, [(peach, 1)], plays=(choice(campaign),))
    cancelling.cancel(who.user, unpaid.number)
    assert play.calls == ["placed", "paid", "placed", "cancelled"]


def test_plays_hear_of_an_order_that_costs_nothing_before_its_stock_moves(
    play: FakePlay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of every other: whoever pays holds the play's row and waits for the goods', and nobody may do it the other way round."""
    who, (peach,), campaign = customer(), goods(price_fen=300, freight=False), running_campaign()
    seen = []
    monkeypatch.setattr(play, "paid", lambda _order, _part: seen.append(stock(peach)))
    order = place(who, [(peach, 1)], plays=(choice(campaign),))
    assert (order.status, seen, stock(peach)) == ("paid", [(20, 0, 0)], (19, 0, 1))
    assert violations() == []


def test_a_play_that_refuses_leaves_no_order(play: FakePlay, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(order: Order, part: Participation) -> None:
        raise DomainError("campaigns.not_offered")

    monkeypatch.setattr(play, "placed", refuse)
    who, (peach,), campaign = customer(), goods(), running_campaign()
    with refused("campaigns.not_offered"):
        place(who, [(peach, 1)], plays=(choice(campaign),))
    assert not Order.objects.exists()
    assert not Participation.objects.exists()
    assert stock(peach) == (20, 0, 0)


def test_a_campaign_that_was_never_launched_gives_nothing(play: FakePlay) -> None:
    who, (peach,) = customer(), goods()
    campaign = running_campaign(status="draft", launched_at=None)
    with refused("campaigns.not_open"):
        place(who, [(peach, 1)], plays=(choice(campaign),))
    with refused("request.not_found"):
        place(who, [(peach, 1)], plays=(Choice("fake", 999_999),))
    with refused("request.not_found"):
        place(who, [(peach, 1)], plays=(Choice("groupbuy", campaign.pk),))
    with refused("campaigns.unknown_play"):
        place(who, [(peach, 1)], plays=(Choice("nothing", campaign.pk),))


def test_the_same_layer_twice_is_refused(play: FakePlay) -> None:
    who, (peach,), campaign = customer(), goods(), running_campaign()
    with refused("campaigns.once"):
        place(who, [(peach, 1)], plays=(choice(campaign, "a"), choice(campaign, "b")))


def test_the_same_form_twice_takes_part_once(play: FakePlay) -> None:
    who, (peach,), campaign = customer(), goods(), running_campaign()
    first, second = (place(who, [(peach, 1)], key="same", plays=(choice(campaign),)) for _twice in range(2))
    assert first == second
    assert Participation.objects.count() == 1
    with refused("request.repeated_key"):
        place(who, [(peach, 1)], key="same", plays=(choice(campaign, "other"),))


def test_every_pair_of_layers_is_in_the_table_both_ways() -> None:
    layers = [layer for layer in Layer if layer is not Layer.NONE]
    assert set(stacking.TOGETHER) == set(layers) == set(stacking.ORDER)
    for one in layers:
        assert one not in stacking.TOGETHER[one]
        for other in stacking.TOGETHER[one]:
            assert one in stacking.TOGETHER[other]


@pytest.mark.parametrize(
    ("layers", "code"),
    [
        ([Layer.PRICE, Layer.COUPON], "campaigns.not_together"),
        ([Layer.LEVEL, Layer.PRICE], "campaigns.not_together"),
        ([Layer.POINTS, Layer.POINTS], "campaigns.once"),
    ],
)
def test_what_does_not_go_together_is_refused(layers: list[Layer], code: str) -> None:
    with refused(code):
        stacking.check(layers)
    stacking.check([Layer.PRICE, Layer.RED_PACKET, Layer.POINTS])
    stacking.check([Layer.NONE, Layer.NONE])


def test_an_order_without_campaigns_costs_no_statement_more() -> None:
    who, (peach,) = customer(), goods()
    running_campaign()
    checkout.quote(who.user, draft(who, [(peach, 1)]))
    with exactly(4):
        checkout.quote(who.user, draft(who, [(peach, 1)]))


def test_a_budget_is_never_overspent() -> None:
    campaign = running_campaign(budget_fen=1000)
    actions.spend(campaign.pk, 700)
    with refused("campaigns.budget"):
        actions.spend(campaign.pk, 301)
    actions.unspend(campaign.pk, 1)
    actions.spend(campaign.pk, 301)
    assert Campaign.objects.get(pk=campaign.pk).spent_fen == 1000


def test_the_audit_sees_what_does_not_add_up() -> None:
    who, (peach,), campaign = customer(), goods(price_fen=1000, freight=False), running_campaign()
    order = place(who, [(peach, 1)], plays=(choice(campaign),))
    spoiled: dict[str, Callable[[], int]] = {
        "granted": lambda: Participation.objects.update(discount_fen=299),
        "does not know": lambda: Order.objects.update(is_in_campaign=False),
        "granted it nothing": lambda: Order.objects.update(held_for="other"),
        "is not kept": lambda: Campaign.objects.update(version=2),
        "which nobody knows": lambda: Participation.objects.update(version=3),
    }
    for said, spoil in spoiled.items():
        assert violations() == []
        spoil()
        assert any(said in found for found in violations()), said
        Participation.objects.update(discount_fen=300, version=1)
        Order.objects.filter(pk=order.pk).update(is_in_campaign=True, held_for="")
        Campaign.objects.update(version=1)
    assert fresh(order) == order
    assert User.objects.filter(pk=who.user.pk).exists()
